"""What is to be put right with a child; every rule of the form is checked here, on the server."""

from collections.abc import Sequence
from typing import Any

from django import forms

from apps.children.models import Child, SourceRecord


class PlaceForm(forms.Form):
    """What is to be put right with a child, which records it is about, and who the other child is."""

    kind = forms.ChoiceField(
        label="What is wrong",
        widget=forms.RadioSelect,
        choices=[
            ("merge", "Two pages are one child"),
            ("split", "Records of another child are on this page, and that child has no page yet"),
            ("move", "A record on this page belongs to a child who has a page"),
        ],
        error_messages={"required": "Choose what is wrong"},
    )
    records = forms.MultipleChoiceField(
        label="The records that belong to somebody else", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="For a split or a move. The others stay.",
    )  # fmt: skip
    other = forms.ChoiceField(label="The other child", required=False, widget=forms.RadioSelect)
    number = forms.CharField(
        label="Or a number of the other child", required=False, max_length=40,
        help_text="NHS number, UPN, or a case number, for a child who is not named above.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, records: Sequence[SourceRecord], alike: Sequence[Child], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["records"].choices = [(str(each.pk), named(each)) for each in records]  # type: ignore[attr-defined]
        self.fields["other"].choices = [(str(each.public_id), described(each)) for each in alike]  # type: ignore[attr-defined]
        if not alike:
            del self.fields["other"]
            self.fields["number"].label = "A number of the other child"

    def clean(self) -> dict[str, Any]:
        """A merge and a move need the other child, a split and a move the records."""
        given = super().clean() or {}
        kind = given.get("kind")
        if kind in ("split", "move") and not given.get("records"):
            self.add_error("records", "Choose the records that belong to somebody else")
        if kind in ("merge", "move") and not given.get("other") and not given.get("number"):
            self.add_error("number", "Choose the other child, or enter a number of theirs")
        return given


def named(record: SourceRecord) -> str:
    """A record by who sent it, its number and its newest words."""
    current = [each for each in record.versions.all() if each.recorded_to is None]
    words = f": {current[0].surname.upper()}, {current[0].forename}" if current else ""
    return f"{record.agency.name} {record.local_id}{words}"


def described(child: Child) -> str:
    """A child by name and birth date."""
    return f"{child.full_name}, born {child.dob:%d/%m/%Y}" if child.dob else child.full_name
