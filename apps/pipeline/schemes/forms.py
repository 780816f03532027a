"""The form by which somebody else lets a draft go live."""

from django import forms

from apps.core.forms import DateField


class ApprovalForm(forms.Form):
    """From when a draft is live, and what that rests on; of the wording that the page was opened on."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    live_from = DateField(
        label="Live from",
        error_messages={"required": "Say from which day", "invalid": "Enter a real date, like 27/3/2013"},
    )
    reason = forms.CharField(
        label="What the approval rests on", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept with the scheme, and printed in its public notice.",
        error_messages={"required": "Say what the approval rests on"},
    )  # fmt: skip
