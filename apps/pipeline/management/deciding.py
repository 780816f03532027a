"""What the four commands that decide about an extract have in common."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any, ClassVar

from apps.accounts.models import User
from apps.core.commands import OneObject
from apps.core.errors import Refused
from apps.extracts.models import Extract
from apps.pipeline import actions, summaries
from apps.pipeline.management.commands.load_extract import tell
from apps.pipeline.management.operators import operator
from apps.pipeline.models import Run
from apps.pipeline.progress import TerminalProgress

NONE = "There is no extract of this number. The numbers are in the addresses of the import pages and in every summary."

STOPS = "Work on it is under way: it stops before its next step. Ask again to see that it has."


class Decision(OneObject):
    """Decide about one extract, carry it out in this process, and say what became of it as ``load_extract`` does."""

    permission: ClassVar[str] = "import.release"
    ended_well: ClassVar[str]
    ask: ClassVar[Callable[..., Run | None]]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("extract", type=int, help="Its number")
        parser.add_argument("--reason", default="", help="Why: kept with the extract. Name no child")
        parser.add_argument(
            "--as",
            dest="by",
            default="",
            metavar="USER",
            help="User name or e-mail address of whoever decides",
        )
        parser.add_argument("--json", action="store_true", help="Print one JSON object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        by = operator(options["by"], self.permission)
        summary = self._decided(options["extract"], options["reason"], by)
        tell(self, summary, (self.ended_well,), as_json=options["json"])

    def _decided(self, number: int, reason: str, by: User | None) -> dict[str, Any]:
        extract = Extract.objects.select_related("feed").filter(pk=number).first()
        if extract is None:
            return summaries.refusal(NONE)
        try:
            run = type(self).ask(extract=extract, reason=reason, by=by)
        except Refused as refusal:
            return summaries.refusal(str(refusal), extract=extract.pk)
        if run is None:
            summary = summaries.summary(extract, ratings_changed=0, seconds=0.0)
            return summary if summary["state"] == self.ended_well else summary | {"reason": STOPS}
        progress = TerminalProgress()
        try:
            return actions.carry_out(run=run, by=by, progress=progress)
        finally:
            progress.finish()
