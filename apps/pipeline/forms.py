"""The forms of the import pages; every rule of theirs is checked here, on the server."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from apps.agencies.models import Agency, SettingAlias
from apps.core.clock import today
from apps.core.forms import DateField, QuickSelect
from apps.extracts.models import Feed
from apps.pipeline import queries


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files that belong together; an empty one is left for the importer to refuse by name."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            raise forms.ValidationError("Choose the file, or all files of the set")
        return [super(FilesField, self).clean(file, initial) for file in given]


class UploadForm(forms.Form):
    """Which feed, as of when, and the files."""

    feed = forms.ModelChoiceField(
        queryset=Feed.objects.none(), empty_label="Choose a feed", to_field_name="code",
        error_messages={
            "required": "Choose the feed the file belongs to",
            "invalid_choice": "Choose a feed from the list",
        },
    )  # fmt: skip
    as_of = DateField(
        label="The day the data is from", required=False,
        help_text="For example, 27/3/2013. Leave empty for today.",
    )  # fmt: skip
    files = FilesField(  # type: ignore[assignment]  # the field stands in for the base class's name
        label="Files",
        allow_empty_file=True,
        help_text="One file, every file of the set, or a .zip of them: CSV, xlsx or XML. Choose them, or drop them on the box.",
    )
    preview = forms.BooleanField(
        label="Stop before the commit: show me what it would change",
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        feed = self.fields["feed"]
        feed.queryset = queries.feeds_to_upload()  # type: ignore[attr-defined]
        feed.label_from_instance = lambda one: one.title  # type: ignore[attr-defined]

    def clean_as_of(self) -> Any:
        """A file cannot be from a day still to come."""
        day = self.cleaned_data["as_of"]
        if day and day > today():
            raise forms.ValidationError("The day the data is from cannot be in the future")
        return day


class MappingForm(forms.Form):
    """What setting a feed's code means."""

    setting = forms.ModelChoiceField(
        queryset=Agency.objects.none(), empty_label="Choose a setting", widget=QuickSelect,
        error_messages={
            "required": "Choose the setting this code means",
            "invalid_choice": "Choose a setting from the list",
        },
    )  # fmt: skip

    def __init__(
        self, *args: Any, alias: SettingAlias, settings: list[tuple[str, str]] | None = None, **options: Any
    ) -> None:
        super().__init__(*args, auto_id=f"alias-{alias.pk}-%s", **options)  # type: ignore[misc]
        self.alias = alias
        field = self.fields["setting"]
        field.queryset = queries.settings_open()  # type: ignore[attr-defined]
        field.label = f"Setting that {alias.code} means"
        if settings is not None:  # one query for a page of forms
            field.choices = [("", "Choose a setting"), *settings]  # type: ignore[attr-defined]
