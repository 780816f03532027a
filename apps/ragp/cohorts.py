"""Who fits conditions that are no rating: worked out by the very statement that rates, with a scheme that lasts as long as its run."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from apps.core.clock import today
from apps.ragp.actions import _everybody, _rate
from apps.ragp.drafting import condition, problems
from apps.ragp.models import Band, Rule, Scheme
from apps.ragp.rules import NOT_RATED

#: The band of a child that fits all conditions.
FITS = "fits"
FIELDS = ("kind", "subject", "categories", "below", "at_least", "window_days")


def wrong_with(conditions: Sequence[Mapping[str, Any]]) -> list[str]:
    """A sentence for each thing that is wrong with conditions, by the rules of schemes."""
    return problems({"bands": _bands(len(conditions)), "rules": _rules(conditions)})


def fit(*, conditions: Sequence[Mapping[str, Any]], everybody: bool) -> None:
    """Leave in ``ragp_result`` of this transaction who fits, of everybody or of those just rated; the rules are c1, c2 and so on."""
    if everybody:
        _everybody()
    with connection.cursor() as cursor:
        cursor.execute("truncate ragp_result")
    scheme = Scheme.objects.create(
        version=uuid.uuid4().hex[:20], title="Conditions", state=Scheme.State.DRAFT
    )
    Band.objects.bulk_create(Band(scheme=scheme, **band) for band in _bands(len(conditions)))
    Rule.objects.bulk_create(Rule(scheme=scheme, **rule) for rule in _rules(conditions))
    _rate(scheme, None, {"true_at": today()})
    scheme.delete()


def _bands(least: int) -> list[dict[str, Any]]:
    """Two bands: all conditions hold, or not."""
    shown = {"colour": "none", "shape": "dashed square", "definition": "", "respond_within_hours": 1}
    return [
        {"code": FITS, "label": "Fits", "rank": 1, "from_points": max(least, 1), **shown},
        {"code": NOT_RATED, "label": "Does not fit", "rank": 0, "from_points": None, **shown},
    ]


def _rules(conditions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One point each."""
    return [
        {field: each[field] for field in FIELDS if each.get(field) not in (None, "")}
        | {"code": f"c{number}", "sentence": condition(each)[:200], "points": 1}
        for number, each in enumerate(conditions, 1)
    ]
