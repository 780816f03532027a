"""Children by the hundred thousand, straight into the tables: what is measured here begins after the import."""

from dataclasses import dataclass

from django.db import connection

from apps.agencies.models import Agency, SharingAgreement
from apps.core import sql
from apps.core.clock import today
from apps.extracts.models import Extract, Feed, State
from apps.pipeline.benchmarks.plain import as_owner

TO_A_SETTING = 60


@dataclass
class Invented:
    """Where the children made so far hang."""

    agency: Agency
    feed: Feed
    extract: Extract
    first_setting: int
    made: int = 0

    def grow_to(self, children: int) -> None:
        """Invent children until there are so many, each marked stale."""
        given = {"agency": self.agency.pk, "feed": self.feed.pk, "extract": self.extract.pk, "today": today()}
        sql.run(
            "pipeline",
            "benchmark_children",
            first=self.made,
            last=children - 1,
            settings=self.first_setting,
            **given,
        )
        self.made = children
        connection.close()
        as_owner("vacuum analyze")


def prepare(children: int) -> Invented:
    """An agency that shares all it knows with every school, its feed, and a setting for every sixty children."""
    agency = Agency.objects.create(code="bench", name="Bench service", kind="service")
    feed = Feed.objects.create(code="bench", title="Bench", agency=agency, layout="bench", id_scheme="bench")
    extract = Extract.objects.create(feed=feed, as_of=today(), sha256="bench", state=State.COMMITTED)
    SharingAgreement.objects.create(
        provider=agency,
        recipient_kind="school",
        services=["*"],
        level="content",
        shows_rating=True,
        valid_from=today(),
    )
    settings = [
        Agency(code=f"bench-{number}", name=f"Bench School {number:05}", kind="school")
        for number in range(children // TO_A_SETTING + 1)
    ]
    return Invented(agency, feed, extract, Agency.objects.bulk_create(settings)[0].pk)
