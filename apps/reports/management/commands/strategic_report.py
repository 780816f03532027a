"""The strategic report of a week: manage.py strategic_report --week 2026-W47 [--out FILE.pdf] [--json] [--check]."""

import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from apps.core.commands import OneObject
from apps.core.errors import Refused
from apps.lists.weeks import name_of, week_named
from apps.reports.actions import differs, downloaded, freeze, so_far
from apps.reports.files import pdf_bytes
from apps.reports.models import Report
from apps.reports.moments import Span
from apps.reports.pages import whole_or_not


class Command(OneObject):
    """Freeze a week that is over, or say what stands of one that is not; a frozen week always answers with the same figures."""

    help = "Freezes the strategic report of a week and prints its figures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--week", required=True, help="like 2026-W47")
        parser.add_argument("--out", type=Path, help="also write it as a PDF, small numbers withheld")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--check",
            action="store_true",
            help="work the figures out once more and compare them with what is kept",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            report = _report(options["week"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        if options["check"] and report.pk and differs(report=report):
            raise CommandError("Worked out once more, the figures are not those that were frozen.")
        if options["out"]:
            reading = whole_or_not(report, False)
            options["out"].write_bytes(pdf_bytes(reading))
            downloaded(report=report, form="pdf", suppressed=True, by="strategic_report")
        self._say(report, round(time.monotonic() - began, 2), options)

    def _say(self, report: Report, seconds: float, options: dict[str, Any]) -> None:
        if options["json"]:
            about = {
                "week": name_of(report.week),
                "as_at": report.as_at.isoformat(),
                "frozen": report.pk is not None,
            }
            told = {**about, "digest": report.digest, "figures": report.figures, "seconds": seconds}
            self.stdout.write(json.dumps(told, sort_keys=True))
            return
        for code, parts in report.figures.items():
            self.stdout.write(f"{code}: " + ", ".join(f"{key} {number:,}" for key, number in parts.items()))


def _report(named: str) -> Report:
    report = so_far(week=week_named(named))
    if report.pk is None and report.figures["bands"] and Span(report.week, report.as_at).over:
        return freeze(week=report.week, by="strategic_report")
    return report
