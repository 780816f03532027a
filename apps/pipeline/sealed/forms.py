"""What a keeper is asked of a link."""

from typing import Any

from django import forms

from apps.accounts.models import User
from apps.accounts.queries import user_named
from apps.children.models import Child
from apps.matching.models import SealedLink
from apps.profiles.queries.search import by_identifier

NOT_ONE = "No one child that you can see has this number"


def number(label: str) -> forms.CharField:
    """A field for one identifier of a child."""
    widget = forms.TextInput(attrs={"class": "vcdb-in-m", "autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(
        label=label, max_length=40, widget=widget, help_text="NHS number, UPN or case number",
        error_messages={"required": "Enter a number of the record"},
    )  # fmt: skip


class SealForm(forms.Form):
    """The two records, why, and who will see that they are one."""

    former = number("The old identity")
    present = number("The new identity")
    kind = forms.ChoiceField(
        label="What is it?", choices=SealedLink.Kind, widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is"},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why, and on whose order?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the link is kept"},
    )  # fmt: skip
    named = forms.CharField(
        label="Who will see the link", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="E-mail addresses or user names, one a line. Once sealed nobody else sees it, not even you unless you are named.",
        error_messages={"required": "Name at least one person"},
    )  # fmt: skip

    def __init__(self, *given: Any, by: User, **options: Any) -> None:
        super().__init__(*given, **options)
        self.by = by

    def _child(self, name: str) -> Child:
        found = by_identifier(self.cleaned_data[name], Child.objects.visible_to(self.by))
        if len(found) != 1:
            raise forms.ValidationError(NOT_ONE)
        return Child.objects.get(pk=found[0])

    def clean_former(self) -> Child:
        """The record of the old identity."""
        return self._child("former")

    def clean_present(self) -> Child:
        """The record of the new identity."""
        return self._child("present")

    def clean_named(self) -> list[User]:
        """The people, each known and active."""
        words = [line.strip() for line in self.cleaned_data["named"].splitlines() if line.strip()]
        found = [user_named(word) for word in words]
        if unknown := [word for word, user in zip(words, found, strict=True) if user is None]:
            raise forms.ValidationError(f"There is no user {', '.join(unknown)}")
        return [user for user in found if user]
