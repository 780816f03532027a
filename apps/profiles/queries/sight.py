"""What one reader may see beyond the child itself: which agencies' services exist, which in content, whether the rating."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.db.models import QuerySet

from apps.access.queries import agencies_of, may, sharing_of
from apps.accounts.models import User
from apps.children.models import Child
from apps.children.policy import ChildPolicy
from apps.extracts.models import Feed
from apps.involvements.catalogue import ENROLMENTS, MEASURES
from apps.involvements.presenters import Source

Shared = frozenset[tuple[int, str]]


@dataclass(frozen=True)
class Sight:
    """The reader's own agencies, what others share: (agency, service) in existence and in content, the rating, and sealed links."""

    own: frozenset[int]
    existence: Shared
    content: Shared
    rating: bool
    children: Callable[[], QuerySet[Child]]
    everything: bool = False
    sealed: bool = False

    def shares(self, agency: int, service: str) -> bool:
        """Whether the reader may see that an agency's service exists; the roll of a school is no secret from those who reach the child."""
        return service in ENROLMENTS or self._in(self.existence, agency, service)

    def shares_content(self, agency: int, service: str) -> bool:
        """Whether the reader may see worker, plan and measures of an agency's service."""
        return self._in(self.content, agency, service)

    def of_feed(self, feed: Feed) -> bool:
        """Whether a feed's words of who the child is may be shown: a record of a service held back would give it away."""
        codes = feed.services or ["*"]
        return any(self.shares(feed.agency_id, code) for code in codes)

    def of_source(self, source: Source) -> bool:
        """Whether how fresh a source is concerns the reader."""
        return any(self.shares(source.agency, code) for code in source.services or ["*"])

    def content_of_feed(self, feed: Feed, agency: int) -> bool:
        """Whether what an agency says in a feed, beyond a record's existence, may be shown."""
        return any(self.shares_content(agency, code) for code in feed.services or ["*"])

    def of_measure(self, agency: int, code: str) -> bool:
        """Whether an agency's measure may be shown: the service it belongs to decides."""
        return code in MEASURES and self.shares_content(agency, MEASURES[code].service)

    def _in(self, seen: Shared, agency: int, service: str) -> bool:
        return self.everything or agency in self.own or (agency, service) in seen or (agency, "*") in seen


def sight_of(user: User) -> Sight:
    """What a user sees, by role, membership and today's agreements."""
    existence, content, rating = sharing_of(user)
    return Sight(
        frozenset(agency.pk for agency in agencies_of(user)),
        existence,
        content,
        rating,
        reached_by(user),
        sealed=may(user, "sealed.view"),
    )


def reached_by(user: User) -> Callable[[], QuerySet[Child]]:
    """The children within reach; whose they are is asked once, however often a page wants some of them."""
    policy = cache(lambda: ChildPolicy.visible(user))
    return lambda: Child.objects.filter(policy())


def whole() -> Sight:
    """What the service itself sees, for checks at the command line."""
    return Sight(frozenset(), frozenset(), frozenset(), True, Child.objects.all, everything=True)
