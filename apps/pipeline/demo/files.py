"""Two consecutive weeks of every agency's files."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from apps.pipeline.demo import life
from apps.pipeline.demo.borough import CHILDREN, SEED, Borough
from apps.pipeline.demo.writers import write_week


@dataclass(frozen=True)
class Week:
    """What came in a week: its Monday, its folder, the feeds in loading order."""

    monday: date
    folder: Path
    feeds: list[str]

    def files(self, feed: str) -> list[Path]:
        """The files of one feed."""
        return sorted((self.folder / feed).iterdir())


def mondays(today: date) -> tuple[date, date]:
    """The Monday of this week and the one before, earlier first."""
    second = today - timedelta(days=today.weekday())
    return second - timedelta(days=7), second


@dataclass(frozen=True)
class Written:
    """Both weeks, the borough as it stands at the end, and to which children what happened in between."""

    weeks: list[Week]
    borough: Borough
    happened: dict[str, list[int]]


def write_borough(out: Path, monday: date, children: int = CHILDREN, seed: int = SEED) -> Written:
    """Write week1 and week2 under a folder."""
    borough = Borough.generate(children, seed, monday)
    weeks = [Week(monday, out / "week1", write_week(borough, out / "week1"))]
    happened = life.week(borough)
    weeks.append(Week(borough.monday, out / "week2", write_week(borough, out / "week2")))
    return Written(weeks, borough, happened)
