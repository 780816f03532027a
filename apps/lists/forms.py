"""Filters of the page of all lists."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from apps.agencies.models import Kind
from apps.lists.presenters import week_choices


class FilterForm(forms.Form):
    """Which week, which kind of setting, whether only those that changed."""

    week = forms.ChoiceField(label="Week", required=False)
    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[
            ("", "Schools and early years"),
            (Kind.SCHOOL, "Schools and colleges"),
            (Kind.EARLY_YEARS, "Early years settings"),
        ],
    )
    changed = forms.ChoiceField(
        label="Which lists",
        required=False,
        choices=[("", "All settings"), ("1", "Only where something changed")],
    )

    def __init__(self, *args: Any, weeks: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["week"].choices = week_choices(weeks)  # type: ignore[attr-defined]
