"""A conversation with a setting."""

from datetime import date
from typing import Any

from django import forms

from apps.core.clock import today
from apps.core.forms import DateField


class TalkForm(forms.Form):
    """When, what about, and when next."""

    on = DateField(label="Day")
    note = forms.CharField(
        label="What was talked about",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="Name no child: their pages have room for that.",
    )
    next_on = DateField(label="Next conversation", required=False, help_text="Empty where none is planned")

    def clean_on(self) -> date:
        """A day that has been."""
        if self.cleaned_data["on"] > today():
            raise forms.ValidationError("Enter a day that has been")
        return self.cleaned_data["on"]

    def clean(self) -> dict[str, Any]:
        """The next one comes after this one."""
        given = self.cleaned_data
        if given.get("on") and given.get("next_on") and given["next_on"] <= given["on"]:
            self.add_error("next_on", "Enter a day after this conversation")
        return given
