"""What the mapping page reads: feeds of any shape, the file that waits, and what was learnt before."""

from collections import defaultdict
from collections.abc import Mapping as Values

from django.db.models import QuerySet

from apps.agencies.models import SETTING_KINDS, Agency
from apps.extracts.actions.mapping import GENERIC, code_of
from apps.extracts.models import Extract, Feed, LearntValue, Mapping, State


def mapped_feeds() -> QuerySet[Feed]:
    """Feeds whose columns are mapped in a page."""
    return Feed.objects.filter(layout=GENERIC, active=True).order_by("title")


def providers() -> QuerySet[Agency]:
    """Agencies that may send a file."""
    return Agency.objects.exclude(kind__in=SETTING_KINDS).order_by("name")


def schemes() -> list[str]:
    """Every scheme of ids that a feed uses already."""
    return sorted(set(Feed.objects.exclude(id_scheme="").values_list("id_scheme", flat=True)))


def title_taken(title: str) -> bool:
    """Whether a feed has that title, or one that gives the same code."""
    return Feed.objects.filter(code=code_of(title)).exists()


def all_waiting() -> QuerySet[Extract]:
    """Files of such feeds that wait for their mapping, the newest first."""
    found = Extract.objects.filter(state=State.RECEIVED, feed__layout=GENERIC, runs=None)
    return found.select_related("feed", "feed__agency").order_by("-pk")


def waiting(extract_id: int) -> Extract | None:
    """One file that waits for its mapping."""
    return all_waiting().filter(pk=extract_id).first()


def newest_mapping(feed: Feed) -> Mapping | None:
    """The version a feed's next file is read with."""
    return Mapping.objects.filter(feed=feed).order_by("-version").first()


def learnt(feed: Feed) -> Values[str, Values[str, str]]:
    """What values of a feed's columns were said to mean, by heading as headings are compared."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for heading, value, meaning in LearntValue.objects.filter(feed=feed).values_list(
        "heading", "value", "meaning"
    ):
        found[heading][value] = meaning
    return found
