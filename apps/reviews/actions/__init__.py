"""What happens to a case review."""

from apps.reviews.actions.contributing import chase, contribute, invite
from apps.reviews.actions.moving import move
from apps.reviews.actions.raising import follow, look, raise_review, take_raised
from apps.reviews.actions.tasks import add_action, end_action
from apps.reviews.actions.types import save_type

__all__ = [
    "add_action", "chase", "contribute", "end_action", "follow", "invite", "look", "move", "raise_review", "save_type", "take_raised",
]  # fmt: skip
