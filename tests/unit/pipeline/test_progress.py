import io
from types import SimpleNamespace

import pytest
import redis

from apps.pipeline import progress
from apps.pipeline.progress import RedisProgress, Silent, Stage, TerminalProgress, so_far


class Store(dict):
    """A dictionary that answers like the two Redis calls used."""

    def set(self, key, value, ex):
        self[key] = value
        self.expires = ex


@pytest.fixture
def store(monkeypatch):
    store = Store()
    monkeypatch.setattr(progress, "_redis", lambda: store)
    return store


def test_what_a_run_tells_is_what_the_page_reads(store):
    told = RedisProgress(7)
    told.step("stage", total=10)
    told.advance(4)
    told.advance(6)
    told.step("match")
    first, second = so_far(7)
    assert (first.name, first.done, first.total) == ("stage", 10, 10)
    assert first.seconds is not None
    assert (second.name, second.done, second.total, second.seconds) == ("match", 0, None, None)


def test_the_last_stage_is_closed_when_the_run_is_over(store):
    told = RedisProgress(7)
    told.step("stage")
    told.finish()
    assert so_far(7)[0].seconds is not None


def test_runs_do_not_read_each_others_progress(store):
    RedisProgress(7).step("stage")
    assert so_far(8) == []


def test_what_is_kept_expires(store):
    RedisProgress(7).step("stage")
    assert store.expires == progress.KEPT_SECONDS


def test_many_small_advances_write_few_times(store, monkeypatch):
    written = []
    monkeypatch.setattr(store, "set", lambda *a, **k: written.append(a))
    told = RedisProgress(7)
    told.step("stage", total=1000)
    for _ in range(1000):
        told.advance()
    assert told.stages[0].done == 1000
    assert len(written) < 10


def test_a_queue_that_is_gone_fails_neither_the_run_nor_the_page(monkeypatch):
    def gone():
        raise redis.ConnectionError("refused")

    monkeypatch.setattr(
        progress, "_redis", lambda: SimpleNamespace(get=lambda *a: gone(), set=lambda *a, **k: gone())
    )
    told = RedisProgress(7)
    told.step("stage")
    told.finish()
    assert so_far(7) == []


def test_the_terminal_has_one_line_a_finished_stage():
    out = io.StringIO()
    told = TerminalProgress(out)
    told.step("stage", total=2000)
    told.advance(2000)
    told.step("match")
    told.finish()
    lines = out.getvalue().splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("stage: 2,000 rows, ")
    assert lines[1].startswith("match: ")


def test_silence_takes_the_same_calls():
    Silent().step("stage", total=3)
    Silent().advance(3)


@pytest.mark.parametrize(
    ("done", "total", "ago", "said"),
    [
        (100, 400, 10, "less than a minute left of this step"),
        (100, 400, 30, "about 2 minutes left of this step"),
        (100, 700, 10, "about 1 minute left of this step"),
        (0, 400, 10, ""),
        (500, 400, 10, ""),
        (100, None, 10, ""),
    ],
)
def test_the_time_left_follows_from_the_pace_so_far(monkeypatch, done, total, ago, said):
    monkeypatch.setattr(progress.time, "time", lambda: 1000.0)
    assert Stage("stage", total, done, began=1000.0 - ago).left == said


def test_a_step_that_is_over_has_no_time_left():
    assert Stage("stage", 400, 100, seconds=3.0).left == ""
