"""The forms of a rating scheme. What makes a scheme sound is said once, in ``ragp.drafting``."""

import json
from typing import Any

from django import forms

from apps.core.forms import DateField
from apps.involvements.catalogue import MEASURES, SERVICES
from apps.ragp.drafting import COLOURS, MOST_POINTS, SHAPES
from apps.ragp.models import Rule, Scheme

MOST_BYTES = 1 << 20
SUBJECTS = [
    ("", "Choose a service or a measure"),
    ("Services", [(service.code, service.name) for service in SERVICES.values()]),
    ("Measures", [(measure.code, measure.name) for measure in MEASURES.values()]),
]


class DraftForm(forms.Form):
    """A draft begins from a scheme that is there, or from a file."""

    title = forms.CharField(
        label="What the draft is called", max_length=120, error_messages={"required": "Give the draft a name"}
    )
    basis = forms.ModelChoiceField(
        label="Begin from", queryset=Scheme.objects.order_by("-pk"), to_field_name="version", required=False,
        empty_label="A file", error_messages={"invalid_choice": "Choose a scheme from the list"},
    )  # fmt: skip
    file = forms.FileField(
        label="File", required=False, help_text="A scheme as JSON, as a scheme’s page exports it."
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["basis"].label_from_instance = lambda one: f"Scheme {one.version}: {one.title}"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Read the file, where one is given."""
        found: dict[str, Any] = super().clean() or {}
        file = found.get("file")
        if file and file.size > MOST_BYTES:
            self.add_error("file", "This file is too large to be a rating scheme")
        elif file:
            try:
                found["data"] = json.loads(file.read())
            except ValueError:
                self.add_error("file", "This file is not a rating scheme: it cannot be read as JSON")
        elif not found.get("basis") and not self.errors:
            self.add_error("file", "Choose a scheme to begin from, or a file")
        return found


class RuleForm(forms.Form):
    """One line of a scheme."""

    sentence = forms.CharField(
        label="What people read", max_length=200, help_text="As it stands under a child’s rating: “Attendance below 80%”.",
        error_messages={"required": "Write what people read"},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="When",
        choices=Rule.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when"},
    )
    subject = forms.ChoiceField(
        label="Service or measure",
        choices=SUBJECTS,
        error_messages={"required": "Choose a service or a measure"},
    )
    categories = forms.CharField(
        label="Only these categories",
        required=False,
        help_text="The codes or words the source uses, such as N1, with commas between. Empty for all.",
    )
    at_least = forms.FloatField(
        label="At least", required=False, help_text="For a measure, its value; for a count, on how many days."
    )
    below = forms.FloatField(label="Below", required=False)
    window_days = forms.IntegerField(label="Looks back, in days", required=False, min_value=1, max_value=3650)
    points = forms.IntegerField(
        label="Points", min_value=0, max_value=MOST_POINTS, error_messages={"required": "Say how many points"}
    )
    floor = forms.ChoiceField(label="Never less than", required=False)
    policy = forms.CharField(
        label="What it rests on", max_length=200, required=False, help_text="The law or the policy."
    )

    def __init__(self, *args: Any, bands: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["floor"].choices = [("", "Any band: points alone decide"), *bands]  # type: ignore[attr-defined]
        for name in ("at_least", "below", "window_days", "points"):
            self.fields[name].widget = forms.TextInput(attrs={"class": "vcdb-in-s", "inputmode": "numeric"})

    def clean_categories(self) -> list[str]:
        """As a list."""
        return [each.strip() for each in self.cleaned_data["categories"].split(",") if each.strip()]


class BandForm(forms.Form):
    """One band of a scheme."""

    label = forms.CharField(label="Name", max_length=40, error_messages={"required": "Give the band a name"})
    definition = forms.CharField(
        label="What it means",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what it means"},
    )
    from_points = forms.IntegerField(
        label="From how many points",
        required=False,
        min_value=1,
        help_text="Empty only for children not rated.",
    )
    respond_within_hours = forms.IntegerField(
        label="A change to it is looked at within, in hours", min_value=1, max_value=2000,
        error_messages={"required": "Say within how many hours"},
    )  # fmt: skip
    colour = forms.ChoiceField(label="Colour", choices=[(each, each.capitalize()) for each in COLOURS])
    shape = forms.ChoiceField(label="Shape", choices=[(each, each.capitalize()) for each in SHAPES])

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("from_points", "respond_within_hours"):
            self.fields[name].widget = forms.TextInput(attrs={"class": "vcdb-in-s", "inputmode": "numeric"})


class SourcesForm(forms.Form):
    """When a rating is not given because nothing behind it is fresh."""

    unrated_after_days = forms.IntegerField(
        label="Once every source behind the rating is so many days old", required=False, min_value=7, max_value=366,
        help_text="Empty: a rating is always given, and says how old its sources are.",
    )  # fmt: skip
    unrated_up_to = forms.ChoiceField(
        label="Up to which rating", required=False, help_text="A higher rating always stands: an old warning is still a warning."
    )  # fmt: skip

    def __init__(self, *args: Any, bands: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unrated_up_to"].choices = [("", "None"), *bands]  # type: ignore[attr-defined]
        self.fields["unrated_after_days"].widget = forms.TextInput(
            attrs={"class": "vcdb-in-s", "inputmode": "numeric"}
        )


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
