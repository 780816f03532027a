"""Looks at children's data on the import pages, each one audit event."""

from collections.abc import Sequence

from apps.accounts.models import User
from apps.audit.actions import record
from apps.matching.queries import Sheet


def look_at_questions(sheets: Sequence[Sheet], *, by: User) -> None:
    """One event for a page of questions, with every child on it."""
    if not sheets:
        return
    children = {sheet.question.child_id for sheet in sheets}
    children |= {comparison.child.pk for sheet in sheets for comparison in sheet.comparisons}
    record("question.look", by=by, subject="questions", children=sorted(children))
