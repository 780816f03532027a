"""Filters of the page of all lists, and the note of a recall."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from apps.agencies.models import Kind
from apps.lists.models import WeeklyList
from apps.lists.presenters import week_choices


class FilterForm(forms.Form):
    """Which week, which kind of setting, which state, whether only those that changed or are closed."""

    week = forms.ChoiceField(label="Week", required=False)
    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[
            ("", "Every kind"),
            (Kind.SCHOOL, "Schools and colleges"),
            (Kind.EARLY_YEARS, "Early years settings"),
            ("none", "Children of no setting"),
        ],
    )
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[
            ("", "Every state"),
            ("snag", "Something to put right"),
            ("unopened", "Released and not opened"),
            *WeeklyList.State.choices,
        ],
    )
    which = forms.ChoiceField(
        label="Which lists",
        required=False,
        choices=[
            ("", "All settings"),
            ("changed", "Only where something changed"),
            ("closed", "Only those that are closed"),
        ],
    )

    def __init__(self, *args: Any, weeks: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["week"].choices = week_choices(weeks)  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """What was done about a list that was recalled."""

    note = forms.CharField(
        label="What happened and what was done",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        help_text="Whom you told, who has deleted what, whether it goes to the data protection officer. Name no child.",
    )
