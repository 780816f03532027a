"""A queue to test with: children rated by facts put where they are wanted, and items opened for them."""

from apps.agencies.actions import agree
from apps.agencies.models import Agency
from apps.ragp.actions import assess
from apps.triage import actions
from apps.triage.models import Item
from tests.integration.ragp.facts import child, days_ago, feed, involve


def rated(*services, of=None):
    """A child rated by these services, and its queue brought up to date."""
    subject = of or child()
    for service in services:
        involve(subject, service, days_ago(3))
    assess(by=None)
    actions.open_items(by=None)
    return subject


def item_of(subject):
    """The child's newest item."""
    return Item.objects.filter(child=subject).latest("pk")


def shared(level="content", services=("*",), recipient="early-help"):
    """What the facts of these tests come from, shared with an agency."""
    return agree(
        provider=feed().agency, services=list(services), level=level, by=None,
        recipient=Agency.objects.get(code=recipient),
    )  # fmt: skip
