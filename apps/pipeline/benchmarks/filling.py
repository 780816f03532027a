"""A borough of any size, loaded the way a council's is: two weeks of files, lists published in between."""

import random
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connection

from apps.access.models import Membership
from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.children.models import Child
from apps.core.clock import today, week_of
from apps.lists import actions as lists
from apps.lists.models import WeeklyList
from apps.pipeline import actions
from apps.pipeline.benchmarks.plain import as_owner
from apps.pipeline.demo.files import Week, mondays, write_borough

LOOKED_AT = 100
PASSABLE = ("committed", "held")


@dataclass(frozen=True)
class Filled:
    """What there is to look at, and who looks."""

    officer: User
    children: list[str]
    surnames: list[str]
    lists: list[tuple[str, date]]


def fill(children: int) -> Filled:
    """Load the borough; the second week's changes of rating fill the triage queue."""
    officer = an_officer()
    with tempfile.TemporaryDirectory() as folder:
        weeks = write_borough(Path(folder), mondays(today())[0], children).weeks
        load(weeks[0])
        lists.publish(week=week_of(weeks[0].monday), by=officer)
        load(weeks[1])
        lists.publish(week=week_of(weeks[1].monday), by=officer)
    settle()
    return some(officer)


def an_officer() -> User:
    """Somebody who sees the whole borough and decides in triage."""
    officer = User.objects.create_user("bench", "bench@example.org", first_name="Bench", last_name="Officer")
    agency = Agency.objects.get(code="early-help")
    Membership.objects.create(user=officer, agency=agency, role="early_help", valid_from=today())
    return officer


def load(week: Week) -> None:
    """Every feed of a week, through the pipeline."""
    for feed in week.feeds:
        with ExitStack() as opened:
            files = [(path.name, opened.enter_context(path.open("rb"))) for path in week.files(feed)]
            summary = actions.load(feed, files, as_of=week.monday)
        # A small agency may have nothing new to say in a week
        if summary["state"] not in PASSABLE and not summary["reason"].startswith("The same files"):
            raise RuntimeError(f"{feed} was {summary['state']}: {summary['reason']}")


def settle() -> None:
    """Statistics and visibility as they are on any morning after a night's vacuum."""
    connection.close()
    as_owner("vacuum analyze")


def some(officer: User) -> Filled:
    """A spread of children, surnames and lists to open in turn."""
    chance = random.Random(LOOKED_AT)  # noqa: S311
    children = Child.objects.filter(restricted=False, merged_into=None).exclude(surname="")
    known = list(children.order_by("pk").values_list("public_id", "surname"))
    chosen = chance.sample(known, min(LOOKED_AT, len(known)))
    published = list(
        WeeklyList.objects.order_by("-week", "pk").values_list("setting__code", "week")[:LOOKED_AT]
    )
    return Filled(officer, [str(pk) for pk, _ in chosen], [surname for _, surname in chosen], published)
