"""What can be done with an extract: receive its files, stage their rows, interpret what changed."""

from apps.extracts.actions.findings import add_finding
from apps.extracts.actions.interpreting import interpret
from apps.extracts.actions.mapping import add_feed, mapping_of, save_mapping
from apps.extracts.actions.receiving import receive, refuse, turn_away
from apps.extracts.actions.referring import note_unused, reference_rows
from apps.extracts.actions.rejected import rejected_book
from apps.extracts.actions.staging import discard, rows_kept, stage

__all__ = [
    "add_feed", "add_finding", "discard", "interpret", "mapping_of", "note_unused", "receive", "reference_rows", "refuse", "rejected_book",
    "rows_kept",
    "save_mapping", "stage", "turn_away",
]  # fmt: skip
