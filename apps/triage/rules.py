"""When changes of rating may be decided together, and why not: pure."""

from collections.abc import Iterable
from typing import Protocol


class ChangeLike(Protocol):
    """What the rule needs of a change."""

    to_band: str
    nature: str


def check_same_kind(changes: Iterable[ChangeLike]) -> str:
    """Empty when the changes may share one decision, else the sentence that says why not."""
    kinds = {(change.nature, change.to_band) for change in changes}
    if len(kinds) > 1:
        return "Only changes of the same kind, to the same rating, can be decided together. Choose fewer."
    return ""
