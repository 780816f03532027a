"""The form of a cohort: a name, a few conditions, and what happens with it."""

from typing import Any

from django import forms

from apps.involvements.catalogue import MEASURES, SERVICES
from apps.ragp.models import Rule

SUBJECTS = [
    ("", "Choose"),
    ("Services", [(service.code, service.name) for service in SERVICES.values()]),
    ("Measures", [(measure.code, measure.name) for measure in MEASURES.values()]),
]
#: How many conditions a form has room for: what needs more is a rating scheme.
ROOM = 4
SHORT = {"class": "vcdb-in-s", "inputmode": "numeric", "autocomplete": "off"}


class CohortForm(forms.Form):
    """What the cohort is called, and whether the children must not have been seen."""

    name = forms.CharField(label="Name", max_length=80, error_messages={"required": "Give the cohort a name"})
    unseen_days = forms.IntegerField(
        label="And not seen for, in days", required=False, min_value=1, max_value=3650, widget=forms.TextInput(attrs=SHORT),
        help_text="Empty where it does not matter. Who has never been seen counts too.",
    )  # fmt: skip
    shared = forms.BooleanField(label="Share it with my team", required=False)


class ConditionForm(forms.Form):
    """One thing that is known of every child in the cohort."""

    kind = forms.ChoiceField(label="What holds", choices=[("", "Choose"), *Rule.Kind.choices], required=False)
    subject = forms.ChoiceField(label="Service or measure", choices=SUBJECTS, required=False)
    categories = forms.CharField(
        label="Only these categories",
        required=False,
        max_length=200,
        help_text="The codes or words the source uses, such as N1, with commas between. Empty for all.",
    )
    at_least = forms.FloatField(label="At least", required=False, widget=forms.TextInput(attrs=SHORT))
    below = forms.FloatField(label="Below", required=False, widget=forms.TextInput(attrs=SHORT))
    window_days = forms.IntegerField(
        label="Looks back, in days",
        required=False,
        min_value=1,
        max_value=3650,
        widget=forms.TextInput(attrs=SHORT),
    )

    def clean(self) -> dict[str, Any]:
        """Both halves of what holds, or neither."""
        found: dict[str, Any] = super().clean() or {}
        if bool(found.get("kind")) != bool(found.get("subject")):
            self.add_error(
                "subject" if found.get("kind") else "kind",
                "Choose both what holds, and of which service or measure",
            )
        found["categories"] = [
            each.strip() for each in found.get("categories", "").split(",") if each.strip()
        ]
        return found


ConditionSet = forms.formset_factory(ConditionForm, extra=ROOM, max_num=ROOM, absolute_max=ROOM)


def conditions(forms_: Any) -> list[dict[str, Any]]:
    """What was filled in, as rules of a scheme without points."""
    return [
        {name: value for name, value in form.cleaned_data.items() if value not in (None, "", [])}
        for form in forms_
        if form.cleaned_data.get("kind")
    ]


class WatchForm(forms.Form):
    """Within how many working days an entry is decided about."""

    respond_in_days = forms.IntegerField(
        label="Decide about an entry within, in working days",
        min_value=1,
        max_value=60,
        widget=forms.TextInput(attrs=SHORT),
    )


class ExportForm(forms.Form):
    """What a file is for, and as what it comes."""

    reason = forms.CharField(
        label="What is the file for?", max_length=500, help_text="Kept with the record of this download.",
        widget=forms.Textarea(attrs={"rows": 2}), error_messages={"required": "Say what the file is for"},
    )  # fmt: skip
    form = forms.ChoiceField(label="File", choices=[("xlsx", "Spreadsheet (xlsx)"), ("csv", "Text (CSV)")])
