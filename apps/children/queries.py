"""What is read about children's fields: the open questions of whose word stands, side by side."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from apps.children.models import Child, FieldQuestion, RecordVersion
from apps.children.survivorship import FIELDS
from apps.core import words


@dataclass(frozen=True)
class Word:
    """What one feed says of a field, and since when it is known."""

    agency: str
    feed: str
    text: str
    since: datetime


@dataclass(frozen=True)
class FieldSheet:
    """One question with both sides; a side is None where its agency's words are not shared with the reader."""

    question: FieldQuestion
    label: str
    kept: Word | None
    offered: Word | None

    @property
    def answerable(self) -> bool:
        """Nobody chooses between words they may not read."""
        return self.kept is not None and self.offered is not None


def open_fields() -> QuerySet[FieldQuestion]:
    """Questions of fields that nobody has answered, oldest first; row-level security hides the rest."""
    return FieldQuestion.objects.filter(closed_at=None).select_related("child").order_by("opened_at", "pk")


def fields_in_question(child: Child, at: datetime | None = None) -> list[FieldQuestion]:
    """The questions of one child that were open at a moment, or are now, with the version each is about."""
    then = (
        Q(closed_at=None) if at is None else Q(opened_at__lte=at) & (Q(closed_at=None) | Q(closed_at__gt=at))
    )
    found = FieldQuestion.objects.filter(then, child=child)
    return list(found.select_related("offered_version").order_by("pk"))


def field_sheets(questions: Collection[FieldQuestion]) -> list[FieldSheet]:
    """The questions with the words of both agencies, as far as the reader may see them."""
    wanted = {pk for each in questions for pk in (each.kept_version_id, each.offered_version_id)}
    found = RecordVersion.objects.select_related("feed__agency").in_bulk(wanted)
    return [
        FieldSheet(
            each,
            FIELDS[each.field],
            word(found.get(each.kept_version_id), each.field),
            word(found.get(each.offered_version_id), each.field),
        )
        for each in questions
    ]


def word(version: RecordVersion | None, field: str) -> Word | None:
    """A version's word of a field as pages write it."""
    if version is None:
        return None
    return Word(version.feed.agency.name, version.feed.title, text_of(version, field), version.recorded_from)


def text_of(version: RecordVersion, field: str) -> str:
    """One value in words."""
    if field == "name":
        return words.list_name(version.surname, version.forename)
    value = getattr(version, field)
    if field == "nhs_number":
        return words.nhs(value)
    return words.day(value) if hasattr(value, "year") else str(value)
