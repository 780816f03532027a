"""What is kept no longer: gone on the day after the last, with an event; undo is offered exactly as long as it can be done."""

import io
import os
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from apps.audit.models import Event
from apps.core.clock import today
from apps.core.errors import Refused
from apps.extracts import actions as extracts
from apps.extracts.actions.receiving import folder_of
from apps.extracts.models import Extract, Feed, Finding, State
from apps.pipeline import actions
from apps.pipeline.actions import forgetting
from apps.pipeline.api import actions as api
from apps.pipeline.models import Answer, Run
from apps.pipeline.queries.undoing import undo_offer
from tests.integration.pipeline.files import early_help
from tests.integration.pipeline.watched import put

KEEP_ROWS, KEEP_FILES = 90, 30


def load(*children, preview=False, wrong=False):
    body = early_help(*(children or [("H3", "Cleo"), ("H4", "Dan"), ("H9", "Finn")]))
    if wrong:
        body = body.replace(b"04/05/2022", b"31/02/2022", 1)
    summary = actions.load("early_help", [("e.csv", io.BytesIO(body))], as_of=today(), preview=preview)
    return Extract.objects.get(pk=summary["extract"])


def aged(extract, days):
    """As if it had come, and been committed, so many days ago."""
    past = timezone.now() - timedelta(days=days)
    Extract.objects.filter(pk=extract.pk).update(
        received_at=past, **({"committed_at": past, "applied_at": past} if extract.committed_at else {})
    )
    extract.refresh_from_db()
    return extract


def working_rows(extract):
    with connection.cursor() as cursor:
        counts = []
        for table in ("extracts_stagedperson", "extracts_stagedfact", "extracts_bundle", "children_plannedrecord",
                      "involvements_plannedfact", "ragp_plannedmove"):  # fmt: skip
            cursor.execute(f"select count(*) from {table} where extract_id = %s", [extract.pk])
            counts.append(cursor.fetchone()[0])
    return sum(counts)


def events(kind):
    return Event.objects.filter(kind=kind)


# rows


def test_undo_is_offered_on_the_last_day_and_rows_go_on_the_next(world):
    extract = aged(load(), KEEP_ROWS)
    assert (undo_offer(extract).possible, undo_offer(extract).until) == (True, today())
    assert actions.forget()["rows"] == 0
    assert extracts.rows_kept(extract=extract)
    aged(extract, KEEP_ROWS + 1)
    before = undo_offer(extract)
    assert actions.forget()["rows"] == 1
    after = undo_offer(extract)
    assert (before.possible, before.sentence) == (after.possible, after.sentence) == (False, after.sentence)
    assert "no longer kept" in after.sentence
    assert not extracts.rows_kept(extract=extract)
    assert working_rows(extract) == 0
    with pytest.raises(Refused, match="no longer kept"):
        actions.undo(extract=extract, reason="Wrong", by=None)


def test_each_extract_that_loses_its_rows_has_one_event_with_figures(world):
    extract = aged(load(), KEEP_ROWS + 1)
    actions.forget()
    actions.forget()
    event = events("extract.forget_rows").get()
    assert (event.by_label, event.subject) == ("retention", f"extract:{extract.pk}")
    assert event.detail == {"feed": "early_help", "rows": 3, "cancelled": 0}


def test_each_feed_has_its_own_days(world):
    extract = aged(load(), 8)
    Feed.objects.filter(code="early_help").update(keep_rows_days=7)
    assert actions.forget()["rows"] == 1
    assert not extracts.rows_kept(extract=extract)


def test_what_was_cancelled_loses_rows_and_files_at_once(world):
    extract = load(preview=True)
    assert working_rows(extract)
    actions.cancel(extract=extract, by=None)
    done = actions.forget()
    assert (done["rows"], done["files"]) == (1, 1)
    assert working_rows(extract) == 0
    assert not folder_of(extract).exists()


def test_what_nobody_decided_about_is_cancelled_with_a_sentence(world):
    extract = aged(load(preview=True), KEEP_ROWS + 1)
    actions.forget()
    extract.refresh_from_db()
    assert (extract.state, events("extract.forget_rows").get().detail["cancelled"]) == (State.CANCELLED, 1)
    assert "Nobody decided" in extract.reason
    with pytest.raises(Refused):
        actions.release(extract=extract, reason="Go on", by=None)


def test_work_that_is_under_way_keeps_what_it_needs(world):
    extract = aged(load(), KEEP_ROWS + 1)
    Run.objects.create(extract=extract, feed=extract.feed, kind=Run.Kind.UNDO)
    assert actions.forget()["rows"] == actions.forget()["files"] == 0
    assert extracts.rows_kept(extract=extract)


def test_whose_row_a_finding_was_goes_with_the_rows_once_a_newer_file_has_it(world):
    aged(Extract.objects.get(feed__code="early_help"), KEEP_ROWS + 2)
    first = aged(load(wrong=True), KEEP_ROWS + 1)
    assert actions.forget()["findings"] == 0
    newest = Finding.objects.filter(extract=first).exclude(local_id="")
    assert newest.exists()
    Extract.objects.filter(pk=first.pk).update(as_of=today() - timedelta(days=91))
    second = load(("H3", "Cleo"), ("H4", "Dan"), ("H9", "Finn"), ("H10", "Gus"), wrong=True)
    carried = Finding.objects.filter(extract=second).exclude(local_id="").count()
    assert carried
    assert actions.forget()["findings"] > 0
    assert not newest.exists()
    assert Finding.objects.filter(extract=first).exists()
    assert Finding.objects.filter(extract=second).exclude(local_id="").count() == carried
    assert actions.forget()["findings"] == 0


def test_the_pipelines_own_role_can_do_it_and_the_webs_cannot(world):
    extract = aged(load(), KEEP_ROWS + 1)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local role vcdb_pipeline")
        assert actions.forget()["rows"] == 1
        cursor.execute("reset role")
    assert not extracts.rows_kept(extract=extract)
    with (
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("set local role vcdb_web")
        cursor.execute("select vcdb_rows_drop(%s)", [extract.pk])


def test_what_still_stands_is_untouched(world):
    before = Extract.objects.filter(state=State.COMMITTED).count()
    done = actions.forget()
    assert set(done.values()) == {0}
    assert Extract.objects.filter(state=State.COMMITTED).count() == before
    assert not events("retention.done").exists()


# files


def test_files_go_on_the_day_after_their_last(world):
    extract = aged(load(), KEEP_FILES)
    assert actions.forget()["files"] == 0
    assert folder_of(extract).exists()
    aged(extract, KEEP_FILES + 1)
    assert [actions.forget()["files"] for _ in range(2)] == [1, 0]
    assert not folder_of(extract).exists()
    assert events("extract.forget_files").get().detail == {"feed": "early_help", "files": 1}
    assert undo_offer(extract).possible  # the rows are kept longer


def test_without_its_event_no_file_goes(world, monkeypatch):
    extract = aged(load(), KEEP_FILES + 1)
    monkeypatch.setattr(forgetting, "audit", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.forget()
    assert folder_of(extract).exists()


def test_a_disk_that_refuses_holds_up_no_other(world, monkeypatch):
    first, second = aged(load(), KEEP_FILES + 1), aged(load(("H3", "Cleo"), ("H8", "Hal")), KEEP_FILES + 1)
    real = forgetting.shutil.rmtree

    def refuses(path):
        if path == folder_of(first):
            raise PermissionError
        real(path)

    with monkeypatch.context() as broken:
        broken.setattr(forgetting.shutil, "rmtree", refuses)
        assert actions.forget()["files"] == 1
    assert (folder_of(first).exists(), folder_of(second).exists()) == (True, False)
    assert events("extract.forget_files").get().subject == f"extract:{second.pk}"
    assert actions.forget()["files"] == 1


def test_files_of_an_extract_that_was_never_saved_are_cleared_after_a_day(world, monkeypatch):
    stray = folder_of(Extract(pk=987_654_321))
    stray.mkdir(parents=True)
    (stray / "0.bin").write_bytes(b"x")
    actions.forget()
    assert stray.exists()
    monkeypatch.setattr(forgetting, "time", lambda: stray.stat().st_ctime + 86_401)
    assert actions.forget()["strays"] >= 1  # with those of tests that were undone
    assert not stray.exists()


# the ways in


def test_what_lies_put_away_in_the_watched_folder_goes_by_its_feeds_days(
    world, root, feed, look, settings, monkeypatch
):
    settings.VCDB_INBOX = root
    put(feed)
    look()
    put(feed, "bad.csv", b"")
    look()
    waits = put(feed, "waits.csv")
    os.utime(waits, (0, 0))
    target = put(root, "target.csv", b"x")
    (feed / "archive/link").symlink_to(target)
    now = forgetting.time()
    monkeypatch.setattr(forgetting, "time", lambda: now + KEEP_FILES * 86_400 - 60)
    assert actions.forget()["inbox"] == 0
    monkeypatch.setattr(forgetting, "time", lambda: now + KEEP_FILES * 86_400 + 60)
    assert actions.forget()["inbox"] == 4
    assert (list((feed / "archive").iterdir()), list((feed / "refused").iterdir())) == ([], [])
    assert waits.exists() and target.exists()
    assert events("retention.done").get().detail["inbox"] == 4


def test_answers_of_the_api_go_after_a_month(world):
    token, _ = api.make_token(title="x", feed=Feed.objects.first(), scopes=["extracts:read"], by=None)
    for key in ("old", "new"):
        api.once(token=token, key=key, body_hash="")
    Answer.objects.filter(key_hash=api.hash_of("old")).update(at=timezone.now() - timedelta(days=31))
    assert actions.forget()["answers"] == 1
    assert Answer.objects.get().key_hash == api.hash_of("new")
