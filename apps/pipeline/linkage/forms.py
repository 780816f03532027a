"""The forms of who is who; every rule of theirs is checked here, on the server."""

from collections.abc import Sequence
from typing import Any

from django import forms

from apps.matching.rules import REASONS
from apps.pipeline.linkage.presenters import TITLES


class FilterForm(forms.Form):
    """Which questions to see."""

    agency = forms.ChoiceField(label="Sent by", required=False)
    rule = forms.ChoiceField(label="Why it is asked", required=False)
    who = forms.ChoiceField(
        label="Held by", required=False,
        choices=[("", "Anybody or nobody"), ("free", "Nobody else"), ("mine", "Me"), ("agency", "The agency was asked")],
    )  # fmt: skip

    def __init__(
        self, *args: Any, agencies: Sequence[tuple[str, str]], rules: Sequence[str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].choices = [("", "Any agency"), *agencies]  # type: ignore[attr-defined]
        named = [(rule, REASONS.get(rule, rule.replace("_", " ").capitalize())) for rule in rules]
        self.fields["rule"].choices = [("", "Any reason"), *named]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """One of the five answers, about one candidate."""

    answer = forms.ChoiceField(
        choices=list(TITLES.items()),
        error_messages={"required": "Choose an answer", "invalid_choice": "Choose an answer"},
    )
    candidate = forms.UUIDField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Note, if you like", required=False, max_length=500, help_text="Kept with the answer.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label="Why", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="Kept with the decision.",
        error_messages={"required": "Say why: it is kept with the decision"},
    )  # fmt: skip
