"""Installing a shipped scheme: data in, checked against the catalogue, never changed afterwards."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from apps.audit.actions import record
from apps.core.errors import Refused
from apps.involvements.catalogue import MEASURES, SERVICES
from apps.ragp.models import Band, Rule, Scheme

SHIPPED = Path(__file__).parent / "schemes" / "scheme-1.json"


def read_scheme(path: Path = SHIPPED) -> dict[str, Any]:
    """The scheme a file describes; raise Refused with the first thing that is wrong with it."""
    scheme: dict[str, Any] = json.loads(path.read_text())
    bands = {band["code"] for band in scheme["bands"]}
    if sum(band["from_points"] is None for band in scheme["bands"]) != 1:
        raise Refused("A scheme needs exactly one band without points: children not rated.")
    for rule in scheme["rules"]:
        if rule["subject"] not in SERVICES and rule["subject"] not in MEASURES:
            raise Refused(
                f"Rule {rule['code']} speaks of {rule['subject']}, which is neither a service nor a measure."
            )
        if rule.get("floor") and rule["floor"] not in bands:
            raise Refused(f"Rule {rule['code']} has the floor {rule['floor']}, which is not a band.")
    return scheme


@transaction.atomic
def install_scheme(*, by: Any = None, path: Path = SHIPPED) -> Scheme:
    """Install a scheme once; one that is there already is left as it is, because ratings rest on it."""
    data = read_scheme(path)
    there = Scheme.objects.filter(version=data["version"]).first()
    if there:
        return there
    scheme = Scheme.objects.create(version=data["version"], title=data["title"], live_from=data["live_from"])
    Band.objects.bulk_create(Band(scheme=scheme, **band) for band in data["bands"])
    Rule.objects.bulk_create(Rule(scheme=scheme, **rule) for rule in data["rules"])
    record("ragp.install", by=by, subject=f"scheme:{scheme.version}")
    return scheme
