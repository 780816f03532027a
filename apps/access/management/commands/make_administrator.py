"""Who signs in first: a new instance has no account, and accounts are made in the administration."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from apps.access.actions import grant
from apps.accounts.actions import open_account
from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.core.errors import Refused

BY = "make_administrator"


class Command(BaseCommand):
    help = (
        "Give somebody the role of a system administrator, with an account where they have none: "
        "the first person of a new instance, or another where nobody can sign in any more."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", type=str.strip, help="The address they sign in with")
        parser.add_argument("--name", default="", help='As in "Kofi Brackenridge"')

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        try:
            validate_email(email)
            password = made(email, name)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except ValidationError as wrong:
            raise CommandError(f"{email} is not an e-mail address.") from wrong
        self.stdout.write(f"{email} is a system administrator from now on.")
        if password:
            self.stdout.write(
                f"Password: {password}\nIt is shown this once. After signing in, change it: their name at the top of the page leads there."
            )


@transaction.atomic
def made(email: str, name: str) -> str:
    """The role, and an account where there is none: its password, or nothing where there was one already."""
    user, password = User.objects.filter(email__iexact=email).first(), ""
    if user is None:
        first, _, last = name.strip().rpartition(" ")
        password = secrets.token_urlsafe(18)
        user = open_account(email=email, password=password, first_name=first, last_name=last, by=BY)
    elif not user.is_active:
        raise Refused("This account is closed. Name another address.")
    grant(user=user, agency=Agency.objects.get(code="council"), role="system_admin", by=BY)
    return password
