"""The steps of one plan's links, each a statement over the whole extract, and how things stood when an extract first came."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Q

from apps.core import sql
from apps.extracts.models import Extract, Feed, State
from apps.matching.compare.places import NO_ADDRESS
from apps.matching.linkage.model import Model, live

#: A version of a record or address that was current when an extract came: one that nothing ended but a file that came later. What files
#: say is ordered by the files, never by when it was recorded: a replay records anew.
AS_IT_STOOD = "({row}.recorded_to is null or {row}.feed_id is distinct from %(undone)s and {row}.recorded_to = any(%(ended_later)s))"
#: A forename that more than one child in so many bears is no reason alone to compare two children born that day.
COMMON = 0.0005


#: Steps of a plan, in their order; each leaves less to the next.
STEPS = (
    "reopen",
    "want",
    "block",
    "within",
    "told",
    "settle_own",
    "house",
    "told",
    "settle",
)
#: What follows while this process weighs what those have found.
FURTHER = ("home", "settle_moved", "widen")
#: Parts that steps share, by the word that stands for them.
PARTS = {
    name: name
    for name in (
        "hits_own", "hits_house", "hits_home", "hits_wide", "hits_far", "housemates", "neighbours", "crowded_houses", "crowded_streets",
        "sure", "children", "open",
    )
}  # fmt: skip


def filled(step: str, **instead: str) -> str:
    """The text of a step with the parts that it shares with others, or others instead."""
    text = sql.statement("matching", step)
    for word, part in (PARTS | instead).items():
        text = text.replace(f"{{{word}}}", sql.statement("matching", part))
    return text


@dataclass(frozen=True)
class Passes:
    """The steps for one extract, whose own words count once it is ``applied``.

    With ``undone``, or ``as_it_stood``, all is judged as things stood when the extract first came; an undone feed's past is being changed.
    """

    extract: Extract
    undone: Feed | None = None
    applied: bool = False
    as_it_stood: bool = False

    @property
    def model(self) -> Model:
        """The linkage model that decides."""
        return live()

    @cached_property
    def params(self) -> dict[str, Any]:
        """What the steps are told."""
        return {
            "extract": self.extract.pk,
            "feed": self.extract.feed_id,
            "scheme": self.extract.feed.id_scheme,
            "undone": self.undone.pk if self.undone else None,
            "unsaid": self._unsaid(),
            "ended_later": self._ended_later(),
            "nowhere": ["", *sorted(NO_ADDRESS)],
            **self.model.crowd,
            "link": self.model.thresholds["link"],
            "common": self.model.common("forename", COMMON),
            "weights": json.dumps(self.model.weights),
            "rarity": json.dumps(self.model.rarity()),
        }

    def _unsaid(self) -> list[int]:
        """Extracts whose words are no evidence: those undone, and in the past those that had not come yet."""
        out = Q(state=State.UNDONE)
        if self._in_the_past:
            out |= self._later()
        return list(Extract.objects.filter(out).values_list("pk", flat=True))

    def _ended_later(self) -> list[datetime]:
        """The moments that the words bear which files ended that had not come yet."""
        if not self._in_the_past:
            return []
        later = Extract.objects.filter(self._later(), state=State.COMMITTED).exclude(applied_at=None)
        return [moment for moment in later.values_list("applied_at", flat=True) if moment]

    def _later(self) -> Q:
        later = Q(committed_at__gte=self.extract.committed_at)
        return later & ~Q(pk=self.extract.pk) if self.applied else later

    @property
    def _in_the_past(self) -> bool:
        return self.as_it_stood or self.undone is not None

    def run(self, *steps: str) -> None:
        """Carry out steps one after the other."""
        with connection.cursor() as cursor:
            for step in steps:
                cursor.execute(self._text(step), self.params)

    @contextmanager
    def beside(self, *steps: str) -> Iterator[None]:
        """Let the database carry out steps while this process thinks; a query within waits for them."""
        held, texts = connection.connection, [self._text(step) for step in steps]
        with ThreadPoolExecutor(max_workers=1) as beside:
            done = [beside.submit(held.execute, text, self.params) for text in texts]
            yield
            for each in done:
                each.result()

    def rows(self, step: str) -> list[tuple[Any, ...]]:
        """Carry out a step that answers with rows."""
        with connection.cursor() as cursor:
            cursor.execute(self._text(step), self.params)
            return cursor.fetchall()

    def _text(self, step: str) -> str:
        text = filled(step)
        if self._in_the_past:
            for table in ("v", "a"):
                stood = AS_IT_STOOD.replace("{row}", table)
                text = text.replace(f"{table}.recorded_to is null", stood)
        return text
