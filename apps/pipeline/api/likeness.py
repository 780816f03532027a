"""What another system is told of a child it may mean: no name, no number but its own, and services by agreement."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from apps.agencies.models import Agency
from apps.children.models import SourceRecord
from apps.core.clock import today
from apps.involvements.catalogue import SERVICES
from apps.involvements.models import Involvement
from apps.matching.lookup import Known

#: What the policy would do with one who is worth telling of.
LIKE = ("link", "ask")


def told(found: Sequence[Known], agency: Agency) -> list[dict[str, Any]]:
    """Each child as the document describes it: the agency's own references, and, of one that is known, services it may know of."""
    ids = [each.child for each in found]
    references: dict[int, list[str]] = {pk: [] for pk in ids}
    for child, local in (
        SourceRecord.objects.filter(child__in=ids, agency=agency)
        .order_by("pk")
        .values_list("child", "local_id")
    ):
        references[child].append(local)
    # of two that a rule would link neither is known: each is the other's rival
    links = [each.child for each in found if each.answer == "link"]
    sure = links if len(links) == 1 else []
    services = _services(sure)
    return [
        {
            "answer": "known" if each.child in sure else "perhaps",
            "your_references": references[each.child],
            "agreeing": sorted(field for field, (_, bits) in each.weights.items() if bits > 0),
            "services": services.get(each.child, []),
        }
        for each in found
    ]


def _services(children: Sequence[int]) -> dict[int, list[dict[str, str]]]:
    still = Q(end_on=None) | Q(end_on__gt=today())
    open_now = Involvement.objects.filter(
        still, record__child__in=children, recorded_to=None, service__in=SERVICES
    )
    found: dict[int, list[dict[str, str]]] = {}
    rows = (
        open_now.order_by("agency__name", "service")
        .values_list("record__child", "agency__name", "service")
        .distinct()
    )
    for child, agency, service in rows:
        found.setdefault(child, []).append({"agency": agency, "service": SERVICES[service].name})
    return found
