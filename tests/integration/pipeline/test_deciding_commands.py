"""Releasing, cancelling, undoing and committing again from a terminal: the summaries and exit codes of loading."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from apps.audit.models import Event
from apps.extracts.models import Extract, State
from apps.involvements.models import Involvement
from apps.pipeline import actions, lease
from apps.pipeline.models import Run
from tests.integration.pipeline.files import HEADINGS, early_help
from tests.integration.pipeline.test_commands import KEYS

GOOD = early_help(("H3", "Cleo"), ("H4", "Dan"), ("H9", "Finn"))
COMMANDS = ("release_extract", "cancel_extract", "undo_extract", "redo_extract")


def load(content=GOOD, **how):
    return actions.load("early_help", [("e.csv", io.BytesIO(content))], **how)["extract"]


def current():
    found = Involvement.objects.filter(recorded_to=None, feed__code="early_help")
    return set(found.values_list("record__local_id", "end_on"))


@pytest.fixture
def run(world, capsys):
    """Run a command as the data officer; its exit code, its JSON object and standard error."""

    def ran(command, extract, *words, by=world.users["data_officer"].email):
        capsys.readouterr()
        try:
            call_command(command, str(extract), *words, *(["--as", by] if by else []), "--json")
            code = 0
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        summary = json.loads(said.out)
        assert set(summary) == KEYS
        assert code == 0 or summary["reason"] in said.err
        return code, summary, said.err

    return ran


def test_a_preview_is_committed(world, run):
    pk = load(preview=True)
    code, summary, _ = run("release_extract", pk)
    assert (code, summary["state"], summary["extract"], summary["accepted"]) == (0, "committed", pk, 3)
    event = Event.objects.get(kind="extract.committed", subject=f"extract:{pk}")
    assert event.by == world.users["data_officer"].pk


def test_a_held_extract_needs_a_reason(world, run):
    pk, before = load(HEADINGS.encode()), current()
    code, summary, _ = run("release_extract", pk)
    assert (code, summary["state"], current()) == (1, "refused", before)
    assert "Give a reason" in summary["reason"]
    assert Extract.objects.get(pk=pk).state == State.HELD
    code, summary, _ = run("release_extract", pk, "--reason", "The service has closed")
    assert (code, summary["state"]) == (0, "committed")
    assert Extract.objects.get(pk=pk).reason == "The service has closed"
    assert current() != before


def test_undo_and_redo_put_everything_back_and_again(world, run):
    before = current()
    pk = load()
    after = current()
    code, summary, _ = run("undo_extract", pk, "--reason", "Wrong month")
    assert (code, summary["state"], current()) == (0, "undone", before)
    code, summary, _ = run("redo_extract", pk, "--reason", "It was right")
    assert (code, summary["state"], current()) == (0, "committed", after)


def test_a_waiting_extract_is_cancelled_and_the_reason_kept(world, run):
    pk = load(preview=True)
    code, summary, _ = run("cancel_extract", pk, "--reason", "Sent twice")
    assert (code, summary["state"], summary["reason"]) == (0, "cancelled", "Sent twice")


def test_work_that_is_under_way_is_asked_to_stop_and_keeps_the_reason(world, run):
    asked = actions.request(
        feed=Extract.objects.filter(feed__code="early_help").first().feed,
        files=[("e.csv", io.BytesIO(GOOD))],
        as_of=None,
        by=None,
    )
    lease.claim(asked)
    code, summary, _ = run("cancel_extract", asked.extract_id, "--reason", "Sent twice")
    asked.refresh_from_db()
    assert (code, asked.cancel_asked, summary["state"]) == (1, True, "received")
    assert "stops before its next step" in summary["reason"]
    Run.objects.filter(pk=asked.pk).update(state=Run.State.WAITING)
    assert actions.execute(run=Run.objects.get(pk=asked.pk))["state"] == "cancelled"
    assert Extract.objects.get(pk=asked.extract_id).reason == "Sent twice"


@pytest.mark.parametrize("command", COMMANDS)
def test_what_cannot_be_done_is_a_refusal_with_a_sentence(world, run, command):
    pk = load()
    if command == "undo_extract":
        run("undo_extract", pk, "--reason", "Wrong")
    before = current()
    code, summary, _ = run(command, pk, "--reason", "Again")
    assert (code, summary["state"], current()) == (1, "refused", before)
    assert summary["reason"].endswith(".")
    code, summary, _ = run(command, 999_999_999)
    assert (code, summary["extract"]) == (1, None)
    assert "no extract of this number" in summary["reason"]


@pytest.mark.parametrize("command", ["undo_extract", "redo_extract"])
def test_undo_and_redo_need_a_reason(world, run, command):
    pk = load()
    code, summary, _ = run(command, pk)
    assert (code, summary["state"]) == (1, "refused")
    assert "Give a reason" in summary["reason"]


def test_while_another_file_of_the_feed_is_loaded_nothing_is_done_and_nothing_waits(world, run):
    pk = load(preview=True)
    other = actions.request(
        feed=Extract.objects.get(pk=pk).feed,
        files=[("o.csv", io.BytesIO(early_help(("H3", "Cleo"))))],
        as_of=None,
        by=None,
    )
    lease.claim(other)
    code, summary, _ = run("release_extract", pk)
    assert (code, summary["state"]) == (1, "refused")
    assert "Another extract of this feed" in summary["reason"]
    assert Extract.objects.get(pk=pk).state == State.PREVIEWED
    assert not Run.objects.filter(extract=pk, state=Run.State.WAITING).exists()
    assert Event.objects.filter(kind="run.give-back", subject=f"extract:{pk}").count() == 1


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("who", ["leader", "outsider", "nobody"])
def test_whoever_may_not_in_the_page_may_not_here(world, command, who):
    pk = load(preview=True)
    name = world.users[who].email if who != "nobody" else "nobody@example.org"
    with pytest.raises(CommandError, match="--as"):
        call_command(command, str(pk), "--reason", "x", "--as", name)
    assert Extract.objects.get(pk=pk).state == State.PREVIEWED


def test_without_json_a_person_reads_one_sentence(world, capsys):
    pk = load(preview=True)
    call_command("release_extract", str(pk))
    said = capsys.readouterr().out
    assert said.startswith("Committed: 3 of 3 rows used")
    assert len(said.splitlines()) == 1
