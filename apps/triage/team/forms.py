"""What a supervisor and an officer fill in: a view's name, who takes what, what a second look found."""

from collections.abc import Iterable
from typing import Any

from django import forms

from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.core.forms import QuickSelect


class SaveViewForm(forms.Form):
    """A name for the part of the queue that is shown."""

    name = forms.CharField(
        label="Name of this view", max_length=60, error_messages={"required": "Give the view a name"}
    )
    shared = forms.BooleanField(label="Share it with my team", required=False)


class AllocationForm(forms.Form):
    """An officer, and a school or a postcode sector."""

    officer = forms.ModelChoiceField(
        label="Officer",
        queryset=User.objects.none(),
        empty_label="Choose an officer",
        error_messages={"required": "Choose an officer"},
    )
    setting = forms.ChoiceField(label="School or setting", required=False, widget=QuickSelect)
    area = forms.CharField(
        label="Or postcode sector", max_length=8, required=False, help_text="As in TS18 1: the postcode without its last two letters.",
        widget=forms.TextInput(attrs={"class": "vcdb-in-s", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, officers: Iterable[User], settings: Iterable[tuple[int, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        officer: Any = self.fields["officer"]
        officer.queryset = User.objects.filter(pk__in=[each.pk for each in officers])
        officer.label_from_instance = lambda each: each.display_name
        self.fields["setting"].choices = [("", "None"), *settings]  # type: ignore[attr-defined]

    def clean_setting(self) -> Agency | None:
        """The school itself."""
        key = self.cleaned_data["setting"]
        return Agency.objects.get(pk=key) if key else None


class LookForm(forms.Form):
    """What somebody thinks of a decision of somebody else."""

    agrees = forms.TypedChoiceField(
        label="Was this right?",
        choices=[("yes", "Yes, nothing had to be done"), ("no", "No: put it back in the queue")],
        coerce=lambda given: given == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was right"},
    )
    note = forms.CharField(
        label="Note", required=False, max_length=2000, help_text="Needed where it was not right.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
