"""The forms of a draft. What makes a scheme sound is said once, in ``ragp.drafting``."""

import json
from typing import Any, ClassVar

from django import forms
from django.utils.text import slugify

from apps.involvements.catalogue import MEASURES, SERVICES
from apps.ragp.drafting import COLOURS, MOST_POINTS, SHAPES
from apps.ragp.models import Rule, Scheme

MOST_BYTES = 1 << 20
SUBJECTS = [
    ("", "Choose a service or a measure"),
    ("Services", [(service.code, service.name) for service in SERVICES.values()]),
    ("Measures", [(measure.code, measure.name) for measure in MEASURES.values()]),
]
Part = dict[str, Any]
Bands = list[tuple[str, str]]


def _short(form: forms.Form, *names: str) -> None:
    """Fields of a few figures."""
    for name in names:
        form.fields[name].widget = forms.TextInput(attrs={"class": "vcdb-in-s", "inputmode": "numeric"})


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


class PartForm(forms.Form):
    """One part of a draft: ``there`` as it stands, or None for a new one; ``bands`` are those that points can reach.

    A kind of part says what it is called, ``among`` what it stands in a scheme's data, and which field names it and gives its code.
    """

    noun: ClassVar[str]
    among: ClassVar[str]
    named: ClassVar[str]
    longest: ClassVar[int]

    def __init__(self, data: Any, *, there: Part | None, bands: Bands) -> None:
        super().__init__(data, initial=there)
        self.there = there

    @property
    def title(self) -> str:
        """What the part is called, or that it is new."""
        return str(self.there[self.named]) if self.there else f"A new {self.noun}"

    @property
    def removable(self) -> bool:
        """Whether the draft can do without it."""
        return self.there is not None

    def written(self, taken: set[str]) -> Part:
        """The part as data; a new one has a code that is not ``taken``."""
        if self.there:
            return self.cleaned_data | {"code": self.there["code"]}
        base, number = slugify(self.cleaned_data[self.named])[: self.longest] or self.noun, 2
        code = base
        while code in taken:
            code, number = f"{base}-{number}", number + 1
        return self.cleaned_data | {"code": code}


class RuleForm(PartForm):
    """One line of a scheme."""

    noun, among, named, longest = "rule", "rules", "sentence", 36

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

    def __init__(self, data: Any, *, there: Part | None, bands: Bands) -> None:
        words = there and there | {"categories": ", ".join(there.get("categories", []))}
        super().__init__(data, there=words, bands=bands)
        self.fields["floor"].choices = [("", "Any band: points alone decide"), *bands]  # type: ignore[attr-defined]
        _short(self, "at_least", "below", "window_days", "points")

    def clean_categories(self) -> list[str]:
        """As a list."""
        return [each.strip() for each in self.cleaned_data["categories"].split(",") if each.strip()]

    def clean(self) -> Part:
        """Without what was left empty: a rule says only what it asks for."""
        return {name: given for name, given in (super().clean() or {}).items() if given not in (None, "", [])}


class BandForm(PartForm):
    """One band of a scheme; its place follows from its points."""

    noun, among, named, longest = "band", "bands", "label", 16

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
        _short(self, "from_points", "respond_within_hours")

    @property
    def removable(self) -> bool:
        """Not the one of children who are not rated."""
        return bool(self.there and self.there["from_points"] is not None)


class SourcesForm(forms.Form):
    """When a rating is not given because nothing behind it is fresh."""

    unrated_after_days = forms.IntegerField(
        label="Once every source behind the rating is so many days old", required=False, min_value=7, max_value=366,
        help_text="Empty: a rating is always given, and says how old its sources are.",
    )  # fmt: skip
    unrated_up_to = forms.ChoiceField(
        label="Up to which rating", required=False, help_text="A higher rating always stands: an old warning is still a warning."
    )  # fmt: skip

    def __init__(self, *args: Any, bands: Bands, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unrated_up_to"].choices = [("", "None"), *bands]  # type: ignore[attr-defined]
        _short(self, "unrated_after_days")
