"""Whether a list that is out is still open: as long as agreements share what it tells. A renewed agreement opens it again."""

from collections.abc import Collection

from apps.core import sql
from apps.core.errors import Refused
from apps.involvements.catalogue import SERVICES
from apps.lists.models import Basis, WeeklyList

RECALLED = "This list was recalled. Nothing can be returned for it; a corrected list comes as a new version."
ENDED = (
    "An agreement under which this list was shared has ended: the list is closed. What you filled in is kept."
)


def ended(lists: Collection[int]) -> set[int]:
    """Which of some lists tell what no agreement in force shares with their setting."""
    return {listed for listed, *_ in sql.rows("lists", "unshared", {"lists": list(lists)})}


def has_ended(listed: WeeklyList) -> bool:
    """Whether a list that is out is closed to its setting, because an agreement has ended."""
    return listed.state == WeeklyList.State.RELEASED and bool(ended([listed.pk]))


def missing(listed: WeeklyList) -> list[str]:
    """What would have to be shared for the list to open again, in words: "CAMHS: Mental health, with who works with the child"."""
    if listed.state != WeeklyList.State.RELEASED:
        return []
    return [in_words(*row[1:]) for row in sql.rows("lists", "unshared", {"lists": [listed.pk]})]


def in_words(provider: str, service: str, level: str) -> str:
    """One thing that a list tells."""
    if level == Basis.Level.RATING:
        return "the rating"
    name = SERVICES[service].name if service in SERVICES else service
    return f"{provider}: {name}{', with who works with the child' if level == Basis.Level.CONTENT else ''}"


def check_open(listed: WeeklyList) -> None:
    """Refuse what belongs to a list that its people cannot open."""
    if listed.state != WeeklyList.State.RELEASED:
        raise Refused(RECALLED)
    if ended([listed.pk]):
        raise Refused(ENDED)
