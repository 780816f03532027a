"""Working every rating out again: the band from its own reasons, and the reasons from the facts as they were known then."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from apps.core import sql
from apps.ragp.actions import rate_chosen
from apps.ragp.models import Assessment, Scheme
from apps.ragp.rules import recompute, total

Moment = tuple[int, date, datetime]


@dataclass(frozen=True)
class Checked:
    """How many ratings were worked out again, and how many came out otherwise."""

    assessments: int
    standing: int
    wrong_bands: int
    wrong_reasons: int

    @property
    def ok(self) -> bool:
        """Whether every one came out as it is kept."""
        return not self.wrong_bands and not self.wrong_reasons


def check() -> Checked:
    """Every assessment ever made by its own reasons, and each that stands from the facts known when it was made."""
    moments = list(
        Assessment.objects.filter(superseded_at=None)
        .values_list("scheme", "as_of", "assessed_at")
        .distinct()
        .order_by("assessed_at")
    )
    return Checked(
        Assessment.objects.count(),
        Assessment.objects.filter(superseded_at=None).count(),
        sum(_wrong_bands(scheme) for scheme in Scheme.objects.all()),
        sum(_wrong_reasons(moment) for moment in moments),
    )


def _wrong_bands(scheme: Scheme) -> int:
    bands = list(scheme.bands.all())
    floors = dict(scheme.rules.exclude(floor="").values_list("code", "floor"))
    made = Assessment.objects.filter(scheme=scheme).only("band", "points", "contributions", "unrated")
    return sum(
        each.band != recompute(each.contributions, bands, floors, each.unrated)
        or each.points != total(each.contributions)
        for each in made.iterator(chunk_size=2_000)
    )


@transaction.atomic
def _wrong_reasons(moment: Moment) -> int:
    """How many ratings of one run differ when all of it is done again as things were known then."""
    scheme, as_of, at = moment
    given = {"scheme": scheme, "true_at": as_of, "at": at}
    sql.run("ragp", "working_tables")
    sql.run("ragp", "target_moment", **given)
    with connection.cursor() as cursor:
        cursor.execute("analyze ragp_target")
    rate_chosen(Scheme.objects.get(pk=scheme), as_of, known_at=at)
    [(wrong,)] = sql.rows("ragp", "differs_from_kept", given)
    return wrong
