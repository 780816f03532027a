"""Print who can sign in to the demonstration."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.access.models import Membership
from apps.access.roles import ROLES
from apps.accounts.models import User
from apps.pipeline.demo.people import password


class Command(BaseCommand):
    help = "Print the demonstration's sign-ins, one a line, and their password."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("This is a production environment: it has no demonstration sign-ins.")
        held = Membership.objects.filter(user__email__endswith=".example").select_related("user")
        order = list(ROLES)
        roles: dict[User, list[str]] = {}
        for membership in sorted(held, key=lambda each: (order.index(each.role), each.user_id)):
            roles.setdefault(membership.user, []).append(ROLES[membership.role].name)
        for user, names in roles.items():
            self.stdout.write(f"{user.email:<46} {', '.join(names):<28} {user.job_title}")
        self.stdout.write(f"Password of all of them: {password()}")
