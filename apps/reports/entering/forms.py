"""The upload of capacities."""

from django import forms

UPLOAD_BYTES = 5 << 20


class UploadForm(forms.Form):
    """The file, changed."""

    file = forms.FileField(label="The changed file", help_text="Excel or CSV, without a password")

    def clean_file(self) -> object:
        """No list of teams is large."""
        if self.cleaned_data["file"].size > UPLOAD_BYTES:
            raise forms.ValidationError(
                "This file is larger than any list of teams: choose the one you changed"
            )
        return self.cleaned_data["file"]
