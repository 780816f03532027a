"""Finding the people who sign in."""

from django.db.models import Q

from apps.accounts.models import User


def user_named(word: str) -> User | None:
    """The active user of a user name or an e-mail address, however it is spelt; None where there is none."""
    return User.objects.filter(Q(username__iexact=word) | Q(email__iexact=word), is_active=True).first()
