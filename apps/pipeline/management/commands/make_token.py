import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from apps.agencies.models import Agency
from apps.core.commands import OneObject
from apps.core.errors import Refused
from apps.pipeline import summaries
from apps.pipeline.api import actions
from apps.pipeline.management.operators import operator
from apps.pipeline.models import SENDING, Scope


class Command(OneObject):
    help = "Make a token with which another system sends files. Its secret is printed once and cannot be shown again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("title", help="Which system uses it")
        parser.add_argument("--feed", default="", metavar="CODE", help="For one feed")
        parser.add_argument("--agency", default="", metavar="CODE", help="For the feeds of one agency")
        parser.add_argument(
            "--scope", action="append", choices=Scope.values, help="Sending and seeing, unless given"
        )
        parser.add_argument("--days", type=int, default=actions.LONGEST_DAYS, help="How long it lasts")
        parser.add_argument(
            "--as", dest="by", default="", metavar="USER", help="The administrator who makes it"
        )
        parser.add_argument("--json", action="store_true", help="Print one JSON object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        by = operator(options["by"], "admin.use")
        try:
            token, secret = actions.make_token(
                title=options["title"],
                scopes=options["scope"] or SENDING,
                feed=summaries.feed(options["feed"]) if options["feed"] else None,
                agency=_agency(options["agency"]),
                days=options["days"],
                by=by,
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(
                json.dumps({"id": token.pk, "token": secret, "expires_at": token.expires_at.isoformat()})
            )
            return
        self.stdout.write(
            f"{secret}\nKeep it now: it cannot be shown again. It ends on {token.expires_at:%d/%m/%Y}."
        )


def _agency(code: str) -> Agency | None:
    if not code:
        return None
    found = Agency.objects.filter(code=code).first()
    if found is None:
        raise Refused(f"There is no agency called {code}.")
    return found
