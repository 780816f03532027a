"""A worker that is killed at any point of a load, a preview, a release, an undo or a redo: one outcome, and until then the one before.

`VCDB_FAULT_ROWS` says how many rows the extract has and `VCDB_FAULT_POINTS` at how many points of each kind of run a worker dies.
"""

import io
import os
import signal
import traceback
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from apps.core.clock import today
from apps.extracts.models import Extract, Feed, State
from apps.extracts.reference import install_reference
from apps.pipeline import actions, sweeps, tasks
from apps.pipeline.demo.identifiers import postcode
from apps.pipeline.models import Run
from apps.pipeline.progress import Silent
from tests.current import current
from tests.integration.pipeline.files import HEADINGS

ROWS = int(os.environ.get("VCDB_FAULT_ROWS", "600"))
POINTS = int(os.environ.get("VCDB_FAULT_POINTS", "6"))
#: A worker dies before a statement is sent, while the database works on it, or when its answer is here.
WAYS = ("before", "during", "after")

pytestmark = pytest.mark.slow


def week(number: int) -> bytes:
    """The early help file of a week: in the second, children came, left, were seen and changed their names."""
    rows = []
    for child in range(number * ROWS // 40, ROWS + number * ROWS // 40):
        surname = f"Cole{child}" + ("x" if number and child % 7 == 0 else "")
        ended = "01/11/2026" if number and child % 40 == 0 else ""
        seen = "02/11/2026,A. R.,Visit" if number and child % 5 == 0 else ",,"
        born = f"{date(2010, 1, 1) + timedelta(days=child * 37 % 4_380):%d/%m/%Y}"
        rows.append(
            f"H{child},Jo{child},{surname},{born},,,,,,{postcode(child % 72_000)},E{child},01/10/2026,{ended},Family support,,,{seen}"
        )
    return "\r\n".join([HEADINGS, *rows, ""]).encode()


def ask(number: int, *, commit: bool) -> Run:
    file = ("early_help.csv", io.BytesIO(week(number)))
    as_of = today() - timedelta(days=7 - 7 * number)
    return actions.request(
        feed=Feed.objects.get(code="early_help"), files=[file], as_of=as_of, by=None, commit=commit
    )


def newest() -> Extract:
    return Extract.objects.latest("pk")


ASK = {
    "load": lambda: ask(1, commit=True),
    "undo": lambda: actions.undo(extract=newest(), reason="Wrong", by=None),
    "redo": lambda: actions.redo(extract=newest(), reason="Right", by=None),
    "undo again": lambda: actions.undo(extract=newest(), reason="Wrong", by=None),
    "preview": lambda: ask(1, commit=False),
    "release": lambda: actions.release(extract=newest(), by=None),
    "undo at last": lambda: actions.undo(extract=newest(), reason="Wrong", by=None),
}
#: What each kind of run ends with: the state of the extract, and which week stands.
ENDS = {
    "load": (State.COMMITTED, 1), "undo": (State.UNDONE, 0), "redo": (State.COMMITTED, 1), "undo again": (State.UNDONE, 0),
    "preview": (State.PREVIEWED, 0), "release": (State.COMMITTED, 1), "undo at last": (State.UNDONE, 0),
}  # fmt: skip


@dataclass
class Doom(Silent):
    """Counts what a worker does, statements and rows told, and kills it at one of them."""

    at: int = 0
    way: str = "before"
    done: int = 0

    def __call__(self, execute, sql, params, many, context):
        self.done += 1
        if self.done == self.at:
            if self.way == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            if self.way == "during":
                signal.setitimer(signal.ITIMER_REAL, 0.002)
        answer = execute(sql, params, many, context)
        if self.done == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    def advance(self, n: int = 1) -> None:
        self.done += 1
        if self.done == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


def in_a_process(run: Run, doom: Doom) -> tuple[bool, int]:
    """Work on a run in a process of its own; whether it lived, and how much it did."""
    connections.close_all()
    ours, theirs = os.pipe()
    if not (child := os.fork()):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        try:
            with connection.execute_wrapper(doom):
                actions.execute(run=run, progress=doom)
            os.write(theirs, str(doom.done).encode())
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    os.close(theirs)
    with os.fdopen(ours) as told:
        said = told.read()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the worker failed by itself"
    return not os.WIFSIGNALED(status), int(said or 0)


def recovered(run: Run) -> None:
    """What the service does about a dead worker, once its lease is over."""
    Run.objects.filter(pk=run.pk, state=Run.State.RUNNING).update(
        lease_until=timezone.now() - timedelta(seconds=1)
    )
    while Run.objects.filter(pk=run.pk, state=Run.State.RUNNING).exists():
        sweeps.release_dead()  # passes over a run whose worker's last statement is still being rolled back
    tasks.run_extract(run.pk)


def but_ratings(state: dict) -> dict:
    return {table: rows for table, rows in state.items() if table != "ratings"}


def test_whenever_a_worker_is_killed_there_is_one_outcome(committed):
    install_reference(by=None)
    tasks.run_extract(ask(0, commit=True).pk)
    stands = {0: current()}
    does = {}
    for kind, asked in ASK.items():
        lived, does[kind] = in_a_process(asked(), Doom())
        assert lived and newest().state == ENDS[kind][0]
        stands.setdefault(ENDS[kind][1], current())
        assert current() == stands[ENDS[kind][1]]
    assert stands[0] != stands[1]
    for point in range(POINTS):
        before = stands[0]
        for turn, (kind, asked) in enumerate(ASK.items()):
            run = asked()
            doom = Doom(at=1 + (2 * point + 1) * does[kind] // (2 * POINTS), way=WAYS[(point + turn) % 3])
            lived, _ = in_a_process(run, doom)
            said = f"{kind} killed {doom.way} {doom.at} of {does[kind]}"
            state, number = ENDS[kind]
            after = stands[number]
            assert not lived, said
            over = newest().state == state
            assert but_ratings(current()) == but_ratings(after if over else before), said
            recovered(run)
            run.refresh_from_db()
            assert (run.state, newest().state) == (Run.State.DONE, state), said
            assert current() == after, said
            before = after
    committed_now = Extract.objects.filter(feed__code="early_help", state=State.COMMITTED)
    assert committed_now.count() == 1
