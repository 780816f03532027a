"""What the import pages and the workers read."""

from apps.pipeline.queries.reading import *  # noqa: F403
from apps.pipeline.queries.undoing import (
    Move,
    Since,
    UndoOffer,
    children_who_move,
    decided_since,
    later_commits,
    rating_moves,
    undo_offer,
)

__all__ = [
    "Move",
    "Since",
    "UndoOffer",
    "children_who_move",
    "decided_since",
    "later_commits",
    "rating_moves",
    "undo_offer",
]
