"""The one thing that every decision about a file needs."""

from django import forms


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label="Why", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept with the file. Name no child.",
        error_messages={"required": "Say why: it is kept with the file"},
    )  # fmt: skip
