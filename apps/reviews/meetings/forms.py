"""What people write about meetings and in them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from apps.agencies.models import Agency
from apps.core.forms import DateField, QuickSelect
from apps.reviews.forms import words
from apps.reviews.models import Attendee, MinuteLine, ReviewType, Series

WEEKDAYS = list(enumerate("Monday Tuesday Wednesday Thursday Friday".split()))


class SeriesForm(forms.Form):
    """A weekly meeting."""

    name = forms.CharField(label="Name", max_length=80)
    type = forms.ModelChoiceField(
        label="Type of review it takes", queryset=ReviewType.objects.none(), empty_label="Choose"
    )
    weekday = forms.TypedChoiceField(label="Day", choices=WEEKDAYS, coerce=int)
    starts = forms.TimeField(
        label="Begins at", help_text="For example, 10:00", widget=forms.TimeInput(format="%H:%M")
    )
    minutes = forms.IntegerField(label="Minutes it lasts", min_value=15, max_value=480, initial=240)
    place = forms.CharField(label="Place", max_length=200, required=False)
    chair = forms.CharField(label="Chair", max_length=120)
    people = words(
        "Who is asked each week",
        "One on each line: name, agency as it is named here.",
        required=False,
        rows=6,
    )
    active = forms.BooleanField(label="Held", required=False, initial=True)

    def __init__(self, *args: Any, types: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["type"]
        field.queryset, field.label_from_instance = types, lambda each: each.name

    def clean_people(self) -> list[list[Any]]:
        """Names with the ids of their agencies."""
        found = []
        for line in filter(str.strip, self.cleaned_data["people"].splitlines()):
            name, _, agency = (part.strip() for part in line.partition(","))
            there = Agency.objects.filter(name__iexact=agency).first()
            if not name or there is None:
                raise forms.ValidationError(
                    f"Write a name, a comma and an agency as it is named here, not “{line.strip()}”"
                )
            found.append([name, there.pk])
        return found


def of_series(series: Series | None) -> dict[str, Any]:
    """A series as its form shows it."""
    if series is None:
        return {}
    names = dict(Agency.objects.filter(pk__in=[pk for _, pk in series.people]).values_list("pk", "name"))
    plain = {
        name: getattr(series, name)
        for name in ("name", "type", "weekday", "starts", "minutes", "place", "chair", "active")
    }
    return plain | {"people": "\n".join(f"{name}, {names.get(pk, '')}" for name, pk in series.people)}


class PlanForm(forms.Form):
    """The day of one meeting."""

    on = DateField(label="Day of the meeting")


class AskForm(forms.Form):
    """One more person."""

    name = forms.CharField(label="Name", max_length=120)
    agency = forms.ModelChoiceField(
        label="Agency", queryset=Agency.objects.none(), empty_label="Choose", widget=QuickSelect
    )

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "ask_%s"} | kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class AttendanceForm(forms.Form):
    """Who is there."""

    def __init__(self, *args: Any, people: Iterable[Attendee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in people:
            label = f"{each.name}, {each.agency.name}"
            self.fields[f"p{each.pk}"] = forms.ChoiceField(
                label=label, choices=Attendee.Here.choices, initial=each.here
            )

    def here(self) -> dict[int, str]:
        """By attendee, of those that differ from what the page showed: a colleague may have said the others since."""
        given = self.cleaned_data.items()
        return {int(name[1:]): value for name, value in given if value != self.data.get(f"was_{name}")}


class AgreeForm(forms.Form):
    """What the meeting agrees about one child; every field is kept as it is typed."""

    band = forms.ChoiceField(label="Agreed rating", required=False)
    band_reason = words("Reason, where it is not the one worked out", required=False, rows=2)
    lead_name = forms.CharField(label="Lead professional", max_length=120, required=False)
    lead_job = forms.CharField(label="Their job", max_length=120, required=False)
    lead_agency = forms.ModelChoiceField(
        label="Their agency",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Choose",
        widget=QuickSelect,
    )
    lead_phone = forms.CharField(label="Their phone", max_length=30, required=False)
    summary = words("What was decided", "Every agency invited reads this.", rows=5)
    next_review_on = DateField(label="Next review", required=False)

    def __init__(self, *args: Any, bands: Mapping[str, str], agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "agree_%s"} | kwargs)
        self.fields["band"].choices = [("", "As it stands"), *bands.items()]  # type: ignore[attr-defined]
        self.fields["lead_agency"].queryset = agencies  # type: ignore[attr-defined]


def typed(data: Mapping[str, str], prefix: str = "") -> dict[str, str]:
    """What a request says of the fields, as it was typed; a field that it does not speak of is left out."""
    names = AgreeForm.base_fields
    return {
        name: data[f"{prefix}{name}"].replace("\r\n", "\n").strip()
        for name in names
        if f"{prefix}{name}" in data
    }


class ActionForm(forms.Form):
    """An action agreed in the meeting."""

    what = forms.CharField(label="New action", max_length=500)
    agency = forms.ModelChoiceField(
        label="By which agency", queryset=Agency.objects.none(), empty_label="Choose", widget=QuickSelect
    )
    owner = forms.CharField(label="Who there", max_length=120)
    due_on = DateField(label="By", help_text="")

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "action_%s"} | kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class CorrectForm(forms.Form):
    """Other words in the minutes."""

    correction = words(
        "What this version sets right",
        "Name no child here: everybody who was asked to the meeting reads it.",
        rows=2,
    )

    def __init__(self, *args: Any, lines: Iterable[MinuteLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in lines:
            self.fields[f"r{line.review_id}"] = forms.CharField(
                label=line.review.child.full_name,
                required=False,
                initial=line.summary,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def summaries(self) -> dict[int, str]:
        """By review."""
        return {int(name[1:]): text for name, text in self.cleaned_data.items() if name != "correction"}


def day_text(day: date | None) -> str:
    """A day as the fields show it."""
    return f"{day:%d/%m/%Y}" if day else ""
