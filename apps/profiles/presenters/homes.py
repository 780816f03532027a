"""Which first page a role has."""

from collections.abc import Callable
from datetime import datetime

from apps.access.queries import may, role_of
from apps.accounts.models import User
from apps.profiles.presenters import figures, offices
from apps.profiles.presenters.home import Home
from apps.profiles.presenters.practitioner import practitioner
from apps.reviews.queries import awaited


def home_of(user: User, since: datetime | None) -> Home:
    """The first page of the user's role; ``since`` is when it was last opened."""
    pages: dict[str, Callable[[], Home]] = {
        "practitioner": lambda: practitioner(user, since),
        "triage_supervisor": lambda: offices.supervisor(user),
        "early_help": lambda: offices.early_help(user),
        "school_dsl": lambda: offices.school(user),
        "education_welfare": lambda: offices.school(user),
        "setting_admin": lambda: offices.setting_administrator(user),
        "review_admin": lambda: offices.review_admin(user),
        "sealed_records": lambda: practitioner(user, since),
        "data_officer": lambda: offices.data_officer(user),
        "leadership": figures.leadership,
        "information_governance": figures.information_governance,
        "system_admin": figures.system_admin,
    }
    page = pages.get(role_of(user).code)
    home = page() if page else Home("home/none.html", {"starts": None})
    if may(user, "review.contribute"):
        home.context["asked"] = awaited(user)
    return home
