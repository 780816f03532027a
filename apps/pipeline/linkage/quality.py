"""How well records are matched: what people answered, and how often a second look finds an automatic link wrong."""

from dataclasses import dataclass
from math import sqrt
from typing import Any

from django.db.models import Count, Q

from apps.matching.models import Act, Question, SecondLook
from apps.matching.rules import REASONS
from apps.pipeline.linkage.queries import names


@dataclass(frozen=True)
class Estimate:
    """So many wrong of so many looked at, and between which rates the true one lies, nineteen times in twenty."""

    wrong: int
    looked: int
    low: float
    high: float

    @property
    def rate(self) -> float:
        """The rate found, in per cent."""
        return 100 * self.wrong / self.looked if self.looked else 0


def wilson(wrong: int, looked: int, z: float = 1.96) -> tuple[float, float]:
    """The Wilson interval of a rate, in per cent: honest where few were looked at and none was wrong."""
    if not looked:
        return 0.0, 100.0
    rate, square = wrong / looked, z * z
    middle = rate + square / (2 * looked)
    width = z * sqrt(rate * (1 - rate) / looked + square / (4 * looked * looked))
    low, high = ((middle + sign * width) / (1 + square / looked) for sign in (-1, 1))
    return max(0.0, 100 * low), min(100.0, 100 * high)


def estimate(looks: Any = None) -> Estimate:
    """The error rate of automatic links by the second looks so far."""
    found = (looks if looks is not None else SecondLook.objects.all()).exclude(answer="")
    counted = found.aggregate(looked=Count("pk"), wrong=Count("pk", filter=Q(answer="different")))
    return Estimate(counted["wrong"], counted["looked"], *wilson(counted["wrong"], counted["looked"]))


COUNTS = {
    "asked": Count("pk"),
    "waiting": Count("pk", filter=Q(closed_at=None)),
    "same": Count("pk", filter=Q(answer="same")),
    "different": Count("pk", filter=Q(answer__in=("different", "new"))),
    "settled": Count("pk", filter=Q(closed_at__isnull=False, answer="")),
}


def by_rule() -> list[dict[str, Any]]:
    """For each reason to ask: how often, what people answered, and the share that were the same child."""
    found: Any = Question.objects.order_by().values("rule").annotate(**COUNTS).order_by("-asked")  # type: ignore[misc]
    return [
        each
        | {
            "label": REASONS.get(each["rule"], each["rule"].replace("_", " ").capitalize()),
            "yield": _share(each),
        }
        for each in found
    ]


def _share(counted: dict[str, Any]) -> int | None:
    answered = counted["same"] + counted["different"]
    return round(100 * counted["same"] / answered) if answered else None


def by_clerk() -> list[dict[str, Any]]:
    """For each who answers: how many, the share that were the same child, how many were undone, and the second looks."""
    answers = Act.objects.filter(question__isnull=False).order_by().values("by").annotate(
        answered=Count("pk"),
        same=Count("pk", filter=Q(kind="same")),
        different=Count("pk", filter=Q(kind__in=("different", "new"))),
        undone=Count("pk", filter=Q(state="undone")),
    )  # fmt: skip
    looked = dict(
        SecondLook.objects.exclude(by=None)
        .order_by()
        .values("by")
        .annotate(number=Count("pk"))
        .values_list("by", "number")
    )
    found = {each["by"]: each for each in answers}
    clerks = names([*found, *looked])
    none = {"answered": 0, "same": 0, "different": 0, "undone": 0}
    rows = [
        {"name": name, **none, **found.get(pk, {}), "looked": looked.get(pk, 0)}
        for pk, name in clerks.items()
    ]
    return sorted(
        (row | {"yield": _share(row), "stood": _stood(row)} for row in rows), key=lambda row: -row["answered"]
    )


def _stood(row: dict[str, Any]) -> int | None:
    return round(100 * (row["answered"] - row["undone"]) / row["answered"]) if row["answered"] else None


def page() -> dict[str, Any]:
    """Everything the page of figures shows."""
    return {"estimate": estimate(), "rules": by_rule(), "clerks": by_clerk(), "weeks": weeks()}


def weeks() -> list[dict[str, Any]]:
    """The samples, newest first."""
    found = SecondLook.objects.order_by().values("week").annotate(
        drawn=Count("pk"),
        looked=Count("pk", filter=~Q(answer="")),
        wrong=Count("pk", filter=Q(answer="different")),
    )  # fmt: skip
    return [dict(each) for each in found.order_by("-week")[:12]]
