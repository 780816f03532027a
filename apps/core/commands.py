"""What commands that print for programs have in common."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class OneObject(BaseCommand):
    """With ``--json`` a refusal is one JSON object on standard output as well; its sentence stands on standard error either way."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run it, and say in the form asked for why it could not be done."""
        try:
            return super().execute(*args, **options)
        except CommandError as refusal:
            if options.get("json"):
                self.stdout.write(json.dumps({"error": str(refusal)}))
            raise
