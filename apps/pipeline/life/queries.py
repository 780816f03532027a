"""What the pages of a file's life read."""

from dataclasses import dataclass

from django.db.models import Max, QuerySet

from apps.access.roles import ROLES
from apps.accounts.models import User
from apps.core.clock import today
from apps.extracts.models import Extract, Feed
from apps.pipeline.models import Run
from apps.pipeline.queries.undoing import Since, UndoOffer, decided_since, undo_offer


@dataclass(frozen=True)
class Facts:
    """What somebody who decides about a file has to know."""

    offer: UndoOffer
    since: list[Since]
    may_release: list[str]
    newest_run: int


def extract(pk: int) -> Extract | None:
    """A file with its feed."""
    return Extract.objects.select_related("feed__agency").filter(pk=pk).first()


def feed(code: str) -> Feed | None:
    """A feed by its code."""
    return Feed.objects.select_related("agency").filter(code=code).first()


def history(feed: Feed) -> QuerySet[Extract]:
    """Every file of a feed, newest first, each with its newest run."""
    return Extract.objects.filter(feed=feed).annotate(newest_run=Max("runs__pk")).order_by("-pk")


def newest_run(extract: Extract) -> int:
    """The newest work on a file."""
    return int(extract.runs.aggregate(newest=Max("pk"))["newest"] or 0)


def facts(extract: Extract) -> Facts:
    """Read it for the page on which one decides."""
    offer = undo_offer(extract)
    since = decided_since(extract) if offer.possible else []
    return Facts(offer, since, may_release(), newest_run(extract))


def may_release() -> list[str]:
    """Who may commit a held file, by name."""
    roles = [code for code, role in ROLES.items() if "import.release" in role.permissions]
    found = User.objects.filter(is_active=True, memberships__role__in=roles)
    current = (
        found.exclude(memberships__valid_until__lt=today()).distinct().order_by("last_name", "first_name")
    )
    return [user.display_name for user in current]


def works(extract: Extract) -> list[tuple[Run, str]]:
    """All work on a file, oldest first, each with who asked for it."""
    runs = list(extract.runs.order_by("pk"))
    people = {
        user.pk: user.display_name
        for user in User.objects.filter(pk__in=[run.requested_by for run in runs if run.requested_by])
    }
    return [(run, people.get(run.requested_by or 0, "the service")) for run in runs]
