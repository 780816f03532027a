"""Print who can sign in to the demonstration."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.access.models import Membership
from apps.access.roles import ROLES
from apps.pipeline.demo.people import password


class Command(BaseCommand):
    help = "Print the demonstration's sign-ins, one a line, and their password."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("This is a production environment: it has no demonstration sign-ins.")
        held = Membership.objects.filter(user__email__endswith=".example").select_related("user")
        for membership in sorted(held, key=lambda each: (list(ROLES).index(each.role), each.user_id)):
            user = membership.user
            self.stdout.write(f"{user.email:<46} {ROLES[membership.role].name:<28} {user.job_title}")
        self.stdout.write(f"Password of all of them: {password()}")
