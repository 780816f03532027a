"""Somebody who leads, or is of the team."""

from typing import Any

from django import forms

from apps.agencies.models import Agency
from apps.core.forms import QuickSelect
from apps.reviews.forms import words


class PersonForm(forms.Form):
    """Who, from where, and how to phone them."""

    name = forms.CharField(label="Name", max_length=120)
    job = forms.CharField(label="Job", max_length=120, required=False)
    agency = forms.ModelChoiceField(
        label="Agency", queryset=Agency.objects.none(), empty_label="Choose", widget=QuickSelect
    )
    phone = forms.CharField(
        label="Phone",
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class LeadForm(PersonForm):
    """Who is to lead."""

    reason = words("Why", "Needed when somebody leads already.", required=False, rows=2)
    agreed = forms.BooleanField(label="The person has agreed to it", required=False)

    def __init__(self, *args: Any, runs: bool, handing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = handing
        if not runs:
            del self.fields["agreed"]


class AnswerForm(forms.Form):
    """Whether it is accepted."""

    reason = words("If not, why", required=False, rows=2)


class WhyForm(forms.Form):
    """Why it ends."""

    reason = words("Why nobody leads any more", rows=2)
