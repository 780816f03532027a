"""What can be done with a file and its run: request, look, release or cancel, undo, commit again; and the upkeep of each day."""

from apps.pipeline.actions.deciding import cancel, redo, release, take_rejected, undo
from apps.pipeline.actions.forgetting import forget
from apps.pipeline.actions.running import Files, carry_out, execute, load, request
from apps.pipeline.actions.upkeep import (
    map_setting,
    rate,
    refresh_child,
    refresh_family,
    take_back_setting,
    turn_the_day,
)

__all__ = [
    "Files", "cancel", "carry_out", "execute", "forget", "load", "map_setting", "rate", "redo", "refresh_child",
    "refresh_family", "release",
    "request", "take_back_setting", "take_rejected", "turn_the_day", "undo",
]  # fmt: skip
