"""Print the states of a case review as documentation."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.reviews.machine import printed


class Command(BaseCommand):
    help = "Print docs/reference/review-states.md: the state machine of case reviews as a diagram and tables."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(printed(), ending="")
