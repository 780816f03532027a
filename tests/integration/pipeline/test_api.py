"""Extracts over HTTP, as another system sends them: with a token, within its scope, and never a child's data in an answer."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from apps.agencies.models import Agency
from apps.audit.models import Event
from apps.core.clock import today
from apps.core.errors import Refused
from apps.extracts.models import Extract, Feed, State, Via
from apps.pipeline import actions as pipeline
from apps.pipeline.api import actions, gate
from apps.pipeline.api.document import DOCUMENT
from apps.pipeline.models import SENDING, Answer, Scope, Token
from tests.integration.pipeline.files import BAD, HEADINGS, early_help, upload

GOOD = early_help(("H3", "Cleo"), ("H4", "Dan"), ("H9", "Finn"))
SEND = "/api/v1/extracts"


def token_for(code="early_help", scopes=tuple(Scope.values), **more):
    feed = Feed.objects.get(code=code) if code else None
    return actions.make_token(title="Case system", feed=feed, scopes=scopes, by=None, **more)


@pytest.fixture
def secret(world):
    return token_for()[1]


@pytest.fixture
def post(secret, django_capture_on_commit_callbacks):
    """Send an extract; the worker does its part as soon as the request is committed."""

    def sent(content=GOOD, *, name="early_help.csv", using=secret, key="", **fields):
        files = {"files": [upload(content, name)] if isinstance(content, bytes) else content}
        headers = {"Authorization": f"Bearer {using}"} | ({"Idempotency-Key": key} if key else {})
        with django_capture_on_commit_callbacks(execute=True):
            answer = Client().post(SEND, {"feed": "early_help", **fields, **files}, headers=headers)
        return fits(answer, "/extracts", "post")

    return sent


@pytest.fixture
def get(secret):
    def asked(pk, using=secret):
        answer = Client().get(f"{SEND}/{pk}", headers={"Authorization": f"Bearer {using}"})
        return fits(answer, "/extracts/{id}", "get")

    return asked


def fits(answer, path, method):
    """The answer, held against the document."""
    described = DOCUMENT["paths"][path][method]["responses"][str(answer.status_code)]["content"]
    ((kind, content),) = described.items()
    assert answer.headers["Content-Type"].startswith(kind)
    schema = content["schema"] | {"components": DOCUMENT["components"]}
    Draft202012Validator(schema).validate(answer.json())
    if answer.status_code >= 400:
        assert answer.json()["status"] == answer.status_code
        assert answer.json()["detail"].endswith((".", "..."))
    return answer


def newest():
    return Extract.objects.latest("pk")


# the document


def test_the_document_is_openapi_and_open_to_all(db):
    answer = Client().get("/api/v1/openapi.json")
    validate(answer.json())
    assert answer.json() == json.loads(json.dumps(DOCUMENT))
    assert set(answer.json()["paths"]) == {"/extracts", "/extracts/{id}", "/lookup", "/openapi.json"}


# sending and asking


def test_a_file_is_taken_in_and_told_of_until_it_is_committed(post, get, world):
    sent = post(as_of=str(today()))
    extract = newest()
    assert (sent.status_code, sent.headers["Location"]) == (202, f"{SEND}/{extract.pk}")
    assert (sent.json()["state"], sent.json()["finished"]) == ("received", False)
    assert (extract.via, extract.received_by, extract.as_of) == (Via.API, None, today())
    told = get(extract.pk).json()
    assert (told["state"], told["finished"], told["rows"], told["accepted"]) == ("committed", True, 3, 3)
    assert told["counts"]["involvements"]["opened"] == 1
    uses = Event.objects.filter(kind="api.use", subject=f"extract:{extract.pk}")
    assert {(each.by, each.by_label, each.detail["for"], each.detail["status"]) for each in uses} == {
        (None, f"token {Token.objects.get().pk}", "extracts:write", 202),
        (None, f"token {Token.objects.get().pk}", "extracts:read", 200),
    }
    assert Token.objects.get().last_used_at


def test_a_preview_commits_nothing(post, get):
    assert post(preview="true").status_code == 202
    assert get(newest().pk).json()["state"] == State.PREVIEWED


def test_the_rules_that_hold_a_file_hold_it_here_too(post, get):
    post(HEADINGS.encode())
    told = get(newest().pk).json()
    assert (told["state"], told["finished"]) == ("held", True)
    assert "no rows" in told["reason"]


def test_what_a_person_wrote_of_a_file_is_not_told(post, get):
    """A reason is written for colleagues, and may name a child."""
    post(HEADINGS.encode())
    held = newest()
    pipeline.execute(run=pipeline.release(extract=held, reason="Finn Cole has moved away", by=None))
    told = get(held.pk).json()
    assert (told["state"], told["reason"]) == (State.COMMITTED, "")
    pipeline.execute(run=pipeline.undo(extract=held, reason="Finn Cole is still there", by=None))
    told = get(held.pk).json()
    assert (told["state"], told["reason"]) == (State.UNDONE, "")


def test_several_files_or_a_zip_of_them_are_one_extract(post):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../early_help.csv", GOOD)
    assert post(out.getvalue(), name="all.zip").status_code == 202
    assert [entry["name"] for entry in newest().files] == ["early_help.csv"]


def test_findings_are_told_by_code_with_nothing_of_a_child(post, get):
    post(GOOD.replace(b"04/05/2022", b"31/02/2022", 1).replace(b"Finn", b"Secretname"))
    answer = get(newest().pk)
    (finding,) = [each for each in answer.json()["findings"] if each["code"].startswith("DATE")]
    assert (finding["rows"], len(finding["first"])) == (1, 1)
    for word in ("Secretname", "Cole", "31/02", "H9", "ZZ1"):
        assert word not in answer.content.decode()


# bad requests


@pytest.mark.parametrize("fault", [fault for fault in BAD if fault != "a zip bomb"])
def test_a_bad_file_is_refused_at_once_or_told_of(post, get, fault):
    name, content, word = BAD[fault]
    before = Extract.objects.filter(state=State.COMMITTED).count()
    answer = post(content, name=name)
    detail = answer.json()["detail"] if answer.status_code == 422 else get(newest().pk).json()["reason"]
    assert word in detail
    assert newest().state == State.REFUSED
    assert Extract.objects.filter(state=State.COMMITTED).count() == before


@pytest.mark.parametrize(
    ("fields", "status", "word"),
    [
        ({"feed": "nothing"}, 403, "no feed of this code"),
        ({"feed": "camhs"}, 403, "no feed of this code"),
        ({"feed": "a\x00b"}, 403, "no feed of this code"),
        ({"as_of": "22/11/2026"}, 400, "2026-11-16"),
        ({"as_of": "2999-01-01"}, 422, "future"),
        ({"preview": "yes"}, 400, "true or false"),
        ({"previw": "true"}, 400, "no field called previw"),
        ({"key": "k" * 201}, 400, "longer than 200"),
    ],
)
def test_a_request_that_is_wrong_is_told_what_to_send(post, fields, status, word):
    answer = post(**fields)
    assert answer.status_code == status
    assert word in answer.json()["detail"]


def test_no_file_and_too_many_files_are_refused(post):
    assert "No file was sent" in post([]).json()["detail"]
    assert "More than 50 files" in post([upload(b"x", f"{n}.csv") for n in range(51)]).json()["detail"]


def test_another_type_of_body_is_refused(secret):
    answer = Client().post(
        SEND, "{}", content_type="application/json", headers={"Authorization": f"Bearer {secret}"}
    )
    assert fits(answer, "/extracts", "post").status_code == 415


def test_a_claim_of_ten_gigabytes_is_refused_before_a_byte_is_read(secret):
    class Body(io.BytesIO):
        def read(self, *size):
            raise AssertionError("the body was read")

    for using, status in ((secret, 413), ("vcdb_wrong", 401)):
        answer = Client().generic(
            "POST", SEND, b"x", content_type="multipart/form-data; boundary=x",
            CONTENT_LENGTH=str(10 << 30), HTTP_AUTHORIZATION=f"Bearer {using}", **{"wsgi.input": Body()},
        )  # fmt: skip
        assert fits(answer, "/extracts", "post").status_code == status


def test_a_body_that_breaks_off_is_refused(secret):
    answer = Client().generic(
        "POST", SEND, b"--x\r\nContent-Disposition: form-data", content_type="multipart/form-data; boundary=",
        HTTP_AUTHORIZATION=f"Bearer {secret}",
    )  # fmt: skip
    assert fits(answer, "/extracts", "post").status_code == 400


def test_a_path_in_a_file_name_leads_nowhere(post, settings):
    post([SimpleUploadedFile("x", GOOD)], name="x")
    body = (
        b'--x\r\nContent-Disposition: form-data; name="feed"\r\n\r\nearly_help\r\n'
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="..\\..\\../../etc/passwd"\r\n\r\n'
        + HEADINGS.encode()
        + b"\r\n--x--\r\n"
    )
    secret = token_for()[1]
    Client().generic(
        "POST",
        SEND,
        body,
        content_type="multipart/form-data; boundary=x",
        HTTP_AUTHORIZATION=f"Bearer {secret}",
    )
    assert [(entry["name"], entry["stored"]) for entry in newest().files] == [("passwd", "0.bin")]


# tokens


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer vcdb_wrong", "Basic {secret}", "{secret}"]
)
def test_without_a_token_nothing_opens(secret, header):
    for method, address in (("post", SEND), ("get", f"{SEND}/1")):
        answer = getattr(Client(), method)(address, headers={"Authorization": header.format(secret=secret)})
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert Event.objects.filter(kind="api.refused", by_label="api").count() == 2


@pytest.mark.parametrize("how", ["expired", "withdrawn"])
def test_a_token_that_is_over_opens_nothing(world, post, how):
    token, secret = token_for()
    if how == "withdrawn":
        actions.withdraw_token(token=token, by=None)
    else:
        Token.objects.filter(pk=token.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert post(using=secret).status_code == 401
    assert Event.objects.get(kind="api.refused").detail == {"why": how}


def test_a_scope_opens_what_it_says_and_nothing_else(world, post, get):
    reads, writes = (token_for(scopes=[scope])[1] for scope in (Scope.READ, Scope.WRITE))
    assert post(using=reads).status_code == 403
    assert post(using=writes).status_code == 202
    assert get(newest().pk, using=writes).status_code == 403
    assert get(newest().pk, using=reads).status_code == 200


def test_a_token_is_for_its_feed_or_its_agencys_feeds(world, post, get):
    post()
    mine = newest()
    other = token_for("camhs")[1]
    assert post(using=other).status_code == 403
    missing = get(10**30, using=other)
    hidden = get(mine.pk, using=other)
    assert (hidden.status_code, hidden.json()) == (404, missing.json())
    of_agency = actions.make_token(title="x", agency=mine.feed.agency, scopes=Scope.values, by=None)[1]
    assert get(mine.pk, using=of_agency).status_code == 200
    strangers = actions.make_token(
        title="x", agency=Agency.objects.get(code="csc"), scopes=Scope.values, by=None
    )[1]
    assert get(mine.pk, using=strangers).status_code == 404


def test_a_session_opens_nothing_here(world):
    client = Client()
    client.force_login(world.user("data_officer"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(SEND).status_code == 401
    assert client.get(f"{SEND}/1").status_code == 401


def test_a_token_beside_a_session_has_no_childs_reach(world, secret, monkeypatch):
    seen = []

    def look(token, pk):
        with connection.cursor() as cursor:
            cursor.execute(
                "select current_user, current_setting('vcdb.user_id'), (select count(*) from children_child)"
            )
            seen.append(cursor.fetchone())

    monkeypatch.setattr("apps.pipeline.api.queries.extract_for", look)
    client = Client()
    client.force_login(world.user("data_officer"), backend="django.contrib.auth.backends.ModelBackend")
    client.get(f"{SEND}/1", headers={"Authorization": f"Bearer {secret}"})
    assert seen == [("vcdb_web", "0", 0)]


def test_only_the_hash_of_a_secret_is_kept(secret):
    token = Token.objects.get()
    assert secret not in str(vars(token))
    assert token.secret_hash == actions.hash_of(secret)
    assert len(secret) > 40


def test_more_requests_than_the_limit_wait(post, get, monkeypatch):
    monkeypatch.setattr(gate, "PER_MINUTE", 2)
    monkeypatch.setattr(gate, "time", lambda: 1_000_000)
    post()
    assert get(newest().pk).status_code == 200
    answer = get(newest().pk)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    monkeypatch.setattr(gate, "time", lambda: 1_000_060)
    assert get(newest().pk).status_code == 200


def test_guessing_tokens_is_stopped_and_does_not_fill_the_record(get, monkeypatch):
    monkeypatch.setattr(gate, "WRONG_PER_MINUTE", 3)
    monkeypatch.setattr(gate, "time", lambda: 1_000_000)
    assert [get(1, using=f"vcdb_{n}").status_code for n in range(5)] == [401, 401, 401, 429, 429]
    assert Event.objects.filter(kind="api.refused").count() == 3


# the same request again


def test_the_same_key_and_request_give_the_same_answer_and_one_extract(post):
    first, second = post(key="k1"), post(key="k1")
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json() == second.json()
    assert first.headers["Location"] == second.headers["Location"]
    assert second.headers["Idempotent-Replayed"] == "true"
    assert Extract.objects.filter(via=Via.API).count() == 1


def test_a_refusal_is_given_again_too(post):
    first, second = post(b"", key="k1"), post(b"", key="k1")
    assert (first.status_code, first.json()) == (second.status_code, second.json()) == (422, first.json())
    assert Extract.objects.filter(via=Via.API).count() == 1


@pytest.mark.parametrize(
    "change",
    [{"content": HEADINGS.encode()}, {"name": "other.csv"}, {"preview": "true"}, {"as_of": "2026-11-01"}],
)
def test_a_key_that_stands_for_another_request_is_refused(post, change):
    post(key="k1")
    answer = post(key="k1", **change)
    assert answer.status_code == 422
    assert "another request" in answer.json()["detail"]
    assert Extract.objects.filter(via=Via.API).count() == 1


def test_a_key_is_a_tokens_own(world, post):
    post(key="k1", preview="true")
    assert "Idempotent-Replayed" not in post(key="k1", preview="true", using=token_for()[1]).headers
    assert Answer.objects.count() == 2


def test_a_request_that_fails_leaves_its_key_free(post, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("apps.pipeline.actions.running.Run.objects.create", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            post(key="k1")
    assert Answer.objects.count() == 0
    assert post(key="k1").status_code == 202


# making one


def test_the_command_prints_the_secret_once(world, capsys):
    call_command(
        "make_token",
        "Case system",
        "--feed",
        "early_help",
        "--days",
        "30",
        "--as",
        world.users["sysadmin"].email,
        "--json",
    )
    made = json.loads(capsys.readouterr().out)
    token = Token.objects.get(pk=made["id"])
    assert (token.secret_hash, token.made_by) == (actions.hash_of(made["token"]), world.users["sysadmin"].pk)
    assert token.scopes == sorted(SENDING)
    assert made["token"] not in str(Event.objects.get(kind="token.made").detail)
    call_command("make_token", "Case system", "--agency", "csc", "--scope", "extracts:read")
    assert capsys.readouterr().out.startswith("vcdb_")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "one of the two"),
        (["--feed", "early_help", "--agency", "csc"], "one of the two"),
        (["--feed", "nothing"], "no feed called nothing"),
        (["--agency", "nothing"], "no agency called nothing"),
        (["--feed", "early_help", "--days", "0"], "1 to 366 days"),
        (["--feed", "early_help", "--as", "nobody"], "names nobody"),
        (["--feed", "early_help", "--as", "leader@example.org"], "may not do this"),
    ],
)
def test_the_command_says_what_is_missing(world, words, said):
    with pytest.raises(CommandError, match=said):
        call_command("make_token", "Case system", *words)


def test_a_token_without_a_title_or_scope_is_refused(world):
    for wrong in ({"title": " "}, {"scopes": []}, {"scopes": ["everything"]}):
        with pytest.raises(Refused):
            actions.make_token(
                **{"title": "x", "feed": Feed.objects.first(), "scopes": Scope.values, "by": None} | wrong
            )


def test_the_administrator_withdraws_a_token_in_the_page(world):
    token, _ = token_for()
    client = Client()
    client.force_login(world.user("sysadmin"), backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("admin:pipeline_token_changelist")
    assert "Case system" in client.get(address).content.decode()
    client.post(address, {"action": "withdraw", "_selected_action": [token.pk]})
    token.refresh_from_db()
    assert token.withdrawn_at
    assert Event.objects.get(kind="token.withdrawn").by == world.users["sysadmin"].pk
