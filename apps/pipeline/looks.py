"""Looks at children's data on the import pages, each one audit event."""

from collections.abc import Collection, Sequence

from apps.accounts.models import User
from apps.audit.actions import record
from apps.children.queries import FieldSheet
from apps.extracts.models import Extract
from apps.matching.queries import Sheet


def look_at_questions(sheets: Sequence[Sheet], *, by: User) -> None:
    """One event for a page of questions, with every child on it."""
    if not sheets:
        return
    children = {sheet.question.child_id for sheet in sheets}
    children |= {comparison.child.pk for sheet in sheets for comparison in sheet.comparisons}
    record("question.look", by=by, subject="questions", children=sorted(children))


def look_at_fields(sheets: Sequence[FieldSheet], *, by: User) -> None:
    """One event for a page of fields in question, with every child on it."""
    if sheets:
        children = sorted({sheet.question.child_id for sheet in sheets})
        record("field.look", by=by, subject="fields", children=children)


def look_at_moves(extract: Extract, children: Sequence[int], *, by: User) -> None:
    """One event for the children whose rating a file would change, as shown before its commit."""
    if children:
        record("extract.look", by=by, subject=f"extract:{extract.pk}", children=sorted(children))


def look_at_what_if(version: str, children: Sequence[int], *, by: User) -> None:
    """One event for the children whose rating a scheme would move, as shown on one page."""
    if children:
        record("scheme.look", by=by, subject=f"scheme:{version}", children=sorted(children))


def look_at_family(children: Sequence[int], *, by: User) -> None:
    """One event for the page on which a child's family links are put right, with everybody on it."""
    record("family.look", by=by, subject="family", children=list(children))


def look_at_sealed(link: int, *, by: User) -> None:
    """A look at a sealed link, without its children: two of them in one event would tell what is sealed."""
    record("sealed.look", by=by, subject=f"sealedlink:{link}")


def look(kind: str, subject: str, children: Collection[int], *, by: User) -> None:
    """One event for a page, with every child on it; a page without children is no look at any."""
    if children:
        record(f"{kind}.look", by=by, subject=subject, children=sorted(children))


def take_export(agency_code: str, children: Collection[int], *, by: User) -> None:
    """One event for the list taken for an agency that is asked."""
    record("question.export", by=by, subject=f"agency:{agency_code}", children=sorted(children))
