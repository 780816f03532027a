"""What a worker does with a return: facts of it, and what it worries about into the queue, or neither."""

from django.db import transaction

from apps.lists.returns import actions as returns
from apps.triage import raising


@transaction.atomic
def take(*, return_id: int) -> None:
    """Take a return once; a worker killed in between has taken nothing."""
    children = returns.take(return_id=return_id)
    if children:
        raising.raise_worries(children=children, by=None)
