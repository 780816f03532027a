"""A file of any shape, from its first look to committed facts, as the data officer does it by the pages."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from apps.agencies.models import Agency
from apps.audit.models import Event
from apps.children.models import RecordVersion, SourceRecord
from apps.core.clock import today
from apps.core.errors import Refused
from apps.extracts.actions import add_feed, save_mapping
from apps.extracts.actions.receiving import stored_files
from apps.extracts.models import Extract, Feed, Finding, LearntValue, Mapping, StagedPerson, State
from apps.involvements.models import Involvement
from apps.pipeline import actions as pipeline
from apps.pipeline.actions import load
from apps.pipeline.models import Run
from tests.integration.pipeline.files import upload

HEADINGS = "Kid No.;Family Name;First Name;Born;M/F;Programme;From;To;Category of abuse;Fax"
ODD = "\n".join((
    HEADINGS,
    "K1;Cole;Cleo;5/4/2022;girl;Parenting group;10/13/2026;;NEG;1",
    "K2;Marsh;Ann;12/31/2015;boyish;CAMHS;9/2/2026;10/1/2026;Cold house;2",
    "K3;Oak;Tom;7/30/2014;M;Parenting group;13/13/2026;;PHY;3",
    ";Nobody;Tim;7/30/2014;M;CAMHS;9/2/2026;;PHY;3",
    "",
)).encode()  # fmt: skip
NEW = {
    "title": "Family hub", "agency": "early-help", "services": ["early_help", "camhs"], "is_full": "on",
    "every_days": "7", "max_ended_percent": "25", "max_fewer_percent": "30",
}  # fmt: skip
#: What the officer has to say beyond what is guessed: the odd headings, and three values nobody knows.
SAID = {
    "c0": "local_id",
    "c5": "service",
    "v4_2": "c) Not stated/recorded",
    "v5_0": "early_help",
    "v8_2": "=",
}


@pytest.fixture
def officer(world):
    client = Client()
    client.force_login(world.user("data_officer"))
    return client


@pytest.fixture
def asks(officer, django_capture_on_commit_callbacks):
    """POST to one of the pages; a worker does its part as soon as the request is committed."""

    def asked(name, *arguments, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return officer.post(reverse(f"pipeline:{name}", args=arguments), fields)

    return asked


@pytest.fixture
def waiting(asks):
    """The odd file, received and waiting for its mapping."""
    agency = Agency.objects.get(code="early-help").pk
    day = f"{today() - timedelta(7):%d/%m/%Y}"
    answer = asks("map-start", files=upload(ODD, "odd.csv"), as_of=day, **NEW | {"agency": agency})
    assert answer.status_code == 302, words(answer)
    return Extract.objects.latest("pk")


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def filled(officer, extract, **changes):
    """The form as the page shows it, with what the officer changes."""
    form = officer.get(reverse("pipeline:map", args=[extract.pk])).context["form"]
    return {name: form[name].value() or "" for name in form.fields} | changes


def test_the_page_guesses_the_headings_and_shows_five_rows_at_most(officer, waiting):
    answer = officer.get(reverse("pipeline:map", args=[waiting.pk]))
    form = answer.context["form"]
    guessed = [form[f"c{number}"].value() for number in range(10)]
    assert guessed == [
        "local_id",
        "surname",
        "forename",
        "dob",
        "sex",
        "service",
        "start",
        "end",
        "category",
        "",
    ]
    assert [line.heading for line in form.lines() if line.dates] == ["Born", "From", "To"]
    assert [form[f"d{number}"].value() for number in (3, 6, 7)] == ["mdy"] * 3
    assert len(answer.context["form"].look.first) == 4
    assert "Cold house" in words(answer)


def test_what_is_guessed_can_be_saved_as_it_is(officer, asks, world):
    """A list of pupils by UPN, with a school but no day of starting: who they are is all it says."""
    content = b"CHILD_UPN,CHILD_LAST_NAME,CHILD_SCHOOL_URN,Assessed on,Score\nA820012345001,Marsh,900001,1/2/2026,7\n"
    agency = Agency.objects.get(code="education").pk
    known = NEW | {"title": "Choir", "agency": agency, "id_scheme": "upn", "services": []}
    asks("map-start", files=upload(content), **known)
    extract = Extract.objects.latest("pk")
    answer = asks("map", extract.pk, **filled(officer, extract, do="save"))
    assert answer.status_code == 302, words(answer)
    columns = {
        column["heading"]: column["field"]
        for column in Mapping.objects.get(feed=extract.feed).spec["columns"]
    }
    assert columns == {
        "CHILD_UPN": "local_id",
        "CHILD_LAST_NAME": "surname",
        "CHILD_SCHOOL_URN": "",
        "Assessed on": "",
        "Score": "",
    }
    person = StagedPerson.objects.get(extract=extract)
    assert (person.local_id, person.upn, person.surname) == ("A820012345001", "A820012345001", "Marsh")


def test_a_look_at_the_first_rows_is_on_record(officer, waiting, world):
    officer.get(reverse("pipeline:map", args=[waiting.pk]))
    event = Event.objects.latest("pk")
    assert (event.kind, event.by, event.subject) == (
        "extract.look",
        world.user("data_officer").pk,
        f"extract:{waiting.pk}",
    )
    assert event.detail == {"rows": 4}


def test_without_its_event_no_row_is_shown(officer, waiting, monkeypatch):
    def fails(*args, **kwargs):
        raise ConnectionError("the audit record is full")

    monkeypatch.setattr("apps.pipeline.mapping.actions.audit", fails)
    with pytest.raises(ConnectionError):
        officer.get(reverse("pipeline:map", args=[waiting.pk]))


def test_an_odd_file_becomes_facts(officer, asks, waiting):
    answer = asks("map", waiting.pk, **filled(officer, waiting, **SAID, do="save"))
    assert answer.status_code == 302, words(answer)
    waiting.refresh_from_db()
    assert waiting.state == State.PREVIEWED
    assert (waiting.rows, waiting.accepted, waiting.rejected) == (4, 2, 2)
    assert waiting.mapping.version == 1
    assert not SourceRecord.objects.filter(id_scheme="family_hub").exists()
    committed(waiting)
    facts = Involvement.objects.filter(record__id_scheme="family_hub", recorded_to=None)
    assert set(
        facts.values_list("record__local_id", "service", "start_on", "end_on", "content__category")
    ) == {
        ("K1", "early_help", date(2026, 10, 13), None, "Neglect"),
        ("K2", "camhs", date(2026, 9, 2), date(2026, 10, 1), "Cold house"),
    }
    said = RecordVersion.objects.filter(record__id_scheme="family_hub").values_list("surname", "dob", "sex")
    assert set(said) == {("Cole", date(2022, 5, 4), "F"), ("Marsh", date(2015, 12, 31), "")}
    assert set(
        Finding.objects.filter(extract=waiting, severity="error").values_list("row_no", "field", "code")
    ) == {
        (4, "From", "DATE_WRONG"),
        (5, "Kid No.", "ID_MISSING"),
    }


def committed(extract):
    """The extract after somebody looked at its preview and let it go on."""
    run = pipeline.release(extract=extract, reason="Looked at", by=None)
    pipeline.execute(run=run)
    extract.refresh_from_db()
    assert extract.state == State.COMMITTED, extract.reason


def test_an_unknown_value_has_to_be_answered_and_is_then_remembered(officer, asks, waiting):
    answer = asks("map", waiting.pk, **filled(officer, waiting, do="save"))
    assert answer.status_code == 422
    assert "Say what Parenting group means" in words(answer)
    assert not Mapping.objects.filter(feed=waiting.feed).exists()
    asks("map", waiting.pk, **filled(officer, waiting, **SAID, do="save"))
    learnt = dict(LearntValue.objects.filter(feed=waiting.feed).values_list("value", "meaning"))
    assert (learnt["parenting group"], learnt["cold house"]) == ("early_help", "=")
    again = asks(
        "map-start",
        files=upload(ODD + b"K9;Elm;Zoe;1/2/2016;F;Parenting group;9/2/2026;;NEG;\n"),
        feed="family_hub",
    )
    form = officer.get(again.url).context["form"]
    asked = {value.value: value.field.value() for coded in form.coded() for value in coded.asked}
    assert (asked["Parenting group"], asked["Cold house"]) == ("early_help", "=")


def test_a_field_twice_and_no_id_are_told_in_place(officer, asks, waiting):
    answer = asks("map", waiting.pk, **filled(officer, waiting, **SAID | {"c0": "surname"}, do="save"))
    assert answer.status_code == 422
    form = answer.context["form"]
    assert "already another column" in form.errors["c1"][0]
    assert "the child&#x27;s id" in str(form.non_field_errors())
    assert 'href="#id_c1"' in answer.content.decode()


def test_showing_the_values_saves_nothing_and_says_nothing_is_wrong(officer, asks, waiting):
    answer = asks("map", waiting.pk, **filled(officer, waiting, c5="", do="look"))
    assert answer.status_code == 200
    assert "There is a problem" not in words(answer)
    shown = answer.context["form"].coded()
    assert [coded.heading for coded in shown] == ["M/F", "Category of abuse"]
    answer = asks("map", waiting.pk, c5="service", do="look")
    [coded] = answer.context["form"].coded()
    assert [(value.value, value.field.value()) for value in coded.asked] == [
        ("Parenting group", ""),
        ("CAMHS", "camhs"),
    ]
    assert not Mapping.objects.filter(feed=waiting.feed).exists()


@pytest.fixture
def mapped(officer, asks, waiting):
    """The feed after its first file is committed."""
    asks("map", waiting.pk, **filled(officer, waiting, **SAID, do="save"))
    waiting.refresh_from_db()
    committed(waiting)
    return waiting.feed


def test_the_next_file_needs_no_page(mapped):
    later = ODD.replace(b"Cole", b"Coal")
    answer = load(mapped.code, [("odd.csv", upload(later))], as_of=today())
    assert answer["state"] == "committed", answer
    assert RecordVersion.objects.filter(record__local_id="K1", recorded_to=None, surname="Coal").exists()
    assert Extract.objects.latest("pk").mapping.version == 1


def test_a_file_that_lacks_a_mapped_column_is_refused_rather_than_ending_everything(mapped):
    lacking = b"\n".join(line.rpartition(b";")[0].rpartition(b";")[0] for line in ODD.splitlines())
    answer = load(mapped.code, [("odd.csv", upload(lacking))], as_of=today())
    assert answer["state"] == "refused"
    assert "lacks the column Category of abuse" in answer["reason"]


def test_a_changed_mapping_is_a_new_version_and_reads_unchanged_rows_again(mapped, world):
    first = Mapping.objects.get(feed=mapped)
    spec = {**first.spec, "columns": [dict(column) for column in first.spec["columns"]]}
    spec["columns"][8]["meanings"] = {**spec["columns"][8]["meanings"], "neg": "b) Physical Abuse"}
    second = save_mapping(
        feed=mapped, columns=spec["columns"], service="", measure="", by=world.user("data_officer")
    )
    assert (first.version, second.version) == (1, 2)
    assert Event.objects.latest("pk").kind == "mapping.save"
    answer = load(mapped.code, [("odd.csv", upload(ODD + b"\n"))], as_of=today())
    assert answer["state"] == "committed", answer
    fact = Involvement.objects.get(record__local_id="K1", record__id_scheme="family_hub", recorded_to=None)
    assert fact.content.category == "Physical Abuse"
    assert Extract.objects.latest("pk").mapping == second


def test_undo_and_redo_read_each_file_by_its_own_version(mapped):
    spec = Mapping.objects.get(feed=mapped).spec
    columns = [dict(column) for column in spec["columns"]]
    columns[8] = {**columns[8], "field": ""}
    save_mapping(feed=mapped, columns=columns, by=None)
    load(mapped.code, [("odd.csv", upload(ODD + b"\n"))], as_of=today())
    first, second = Extract.objects.filter(feed=mapped).order_by("pk")
    assert category() == ""
    for action, extract, known in (
        ("undo", second, "Neglect"), ("redo", second, ""), ("undo", first, ""), ("redo", first, ""),
    ):  # fmt: skip
        run = getattr(pipeline, action)(extract=extract, reason="Try", by=None)
        pipeline.execute(run=run)
        extract.refresh_from_db()
        assert extract.state == {"undo": State.UNDONE, "redo": State.COMMITTED}[action], run.error
        assert category() == known


def category():
    """What is known of K1's involvement."""
    fact = Involvement.objects.get(record__local_id="K1", record__id_scheme="family_hub", recorded_to=None)
    return fact.content.category


def test_saving_what_stands_makes_no_new_version(mapped):
    spec = Mapping.objects.get(feed=mapped).spec
    again = save_mapping(feed=mapped, columns=spec["columns"], by=None)
    assert again.version == 1


def test_a_feed_without_a_mapping_takes_no_file_by_other_ways(world):
    feed = add_feed(title="Youth club", agency=Agency.objects.get(code="early-help"), by=None)
    answer = load(feed.code, [("odd.csv", upload(ODD))], as_of=today())
    assert answer["state"] == "refused"
    assert "Map its columns" in answer["reason"]


def test_a_new_feed_is_as_it_was_described(waiting):
    feed = Feed.objects.get(code="family_hub")
    assert (feed.layout, feed.id_scheme, feed.services) == ("generic", "family_hub", ["early_help", "camhs"])
    assert (feed.is_full, feed.max_ended_percent, feed.max_fewer_percent) == (True, 25, 30)
    assert Event.objects.filter(kind="feed.add", subject=f"feed:{feed.pk}").count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": ""}, "Enter this for a new feed"),
        ({"agency": ""}, "Enter this for a new feed"),
        ({"title": "Early Help"}, "There is a feed of this title"),
        ({"max_ended_percent": "200"}, "less than or equal to 100"),
        ({"as_of": "1/1/2126"}, "cannot be in the future"),
    ],
)
def test_a_feed_that_is_not_described_well_is_told_what_lacks(asks, world, fields, sentence):
    agency = Agency.objects.get(code="early-help").pk
    answer = asks("map-start", files=upload(ODD, "odd.csv"), **NEW | {"agency": agency} | fields)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Feed.objects.filter(code="family_hub").exists()


def test_a_file_that_cannot_be_read_is_refused_and_the_new_feed_is_kept_for_the_next(asks, world):
    agency = Agency.objects.get(code="early-help").pk
    answer = asks("map-start", files=upload(b"\x89PNG\x00", "odd.csv"), **NEW | {"agency": agency})
    assert answer.status_code == 422
    assert "not a text file" in words(answer)
    assert answer.context["form"]["feed"].value() == "family_hub"
    assert Extract.objects.latest("pk").state == State.REFUSED


def test_a_file_that_is_no_longer_kept_is_asked_for_again(officer, waiting):
    for _name, path in stored_files(waiting):
        path.path.unlink()
    answer = officer.get(reverse("pipeline:map", args=[waiting.pk]), follow=True)
    assert "odd.csv is no longer kept. Send it again." in words(answer)


def test_a_file_that_no_longer_waits_is_not_found(officer, mapped):
    extract = Extract.objects.filter(feed=mapped).latest("pk")
    assert officer.get(reverse("pipeline:map", args=[extract.pk])).status_code == 404
    assert Run.objects.filter(extract=extract).exists()


def test_a_workbook_is_mapped_as_a_table_is(officer, asks, mapped):
    book = Workbook()
    for line in ODD.decode().splitlines():
        book.active.append(line.split(";"))
    content = BytesIO()
    book.save(content)
    answer = load(mapped.code, [("odd.xlsx", upload(content.getvalue(), "odd.xlsx"))], as_of=today())
    assert answer["state"] == "committed", answer
    assert (answer["rows"], answer["accepted"], answer["rejected"]) == (4, 2, 2)


@pytest.mark.parametrize("who", ["social_worker", "leader", "sysadmin"])
def test_nobody_else_sees_a_row_of_it(waiting, world, who):
    client = Client()
    client.force_login(world.user(who))
    answer = client.get(reverse("pipeline:map", args=[waiting.pk]))
    assert answer.status_code == 403
    assert "Cole" not in words(answer)


def test_a_mapping_cannot_be_given_to_a_file_of_another_feed(waiting, world):
    feed = add_feed(title="Youth club", agency=Agency.objects.get(code="early-help"), by=None)
    columns = [{"heading": "Kid No.", "field": "local_id", "dates": "", "meanings": {}}]
    with pytest.raises(Refused, match="no longer waiting"):
        save_mapping(feed=feed, columns=columns, extract=waiting, by=None)
