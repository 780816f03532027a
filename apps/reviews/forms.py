"""What people write about a review."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from apps.agencies.models import Agency
from apps.core.forms import DateField, QuickSelect
from apps.reviews.machine import REQUIRED, STATES, State, Transition
from apps.reviews.models import ReviewType
from apps.triage.models import Cohort

WORDS = {"rows": 3}
LONGEST = 4000


def words(label: str, hint: str = "", required: bool = True, rows: int = 3) -> forms.CharField:
    """A box for several lines."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class FilterForm(forms.Form):
    """Which reviews are shown."""

    state = forms.ChoiceField(
        label="State", required=False,
        choices=[("", "All under way"), *((code, STATES[code][0]) for code in State), ("over", "All that are over")],
    )  # fmt: skip


class RaiseForm(forms.Form):
    """Which review is asked for, and why."""

    type = forms.ModelChoiceField(
        label="Type of review", queryset=ReviewType.objects.none(), empty_label="Choose"
    )
    reason = words("Why is a review needed?", "Read by those who run reviews and by your own agency.")

    def __init__(self, *args: Any, types: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["type"]
        field.queryset = types
        field.label_from_instance = lambda each: each.name


class MoveForm(forms.Form):
    """What a transition needs, by the table of the machine."""

    def __init__(self, *args: Any, step: Transition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for need in step.needs:
            self.fields |= NEEDED.get(need, dict)()


def _decision() -> dict[str, forms.Field]:
    hint = "Every agency invited reads this: write only what all of them may know."
    return {
        "summary": words("What was decided", hint, rows=5),
        "next_review_on": DateField(label="Next review", required=False),
    }


NEEDED: dict[str, Any] = {
    "reason": lambda: {"reason": words("Reason", "Every agency invited reads this.")},
    "until": lambda: {"until": DateField(label="Until")},
    "meets_on": lambda: {"meets_on": DateField(label="Day of the meeting")},
    "summary": _decision,
}


class ContributionForm(forms.Form):
    """A box for every question."""

    def __init__(self, *args: Any, questions: Sequence[str], answers: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, question in enumerate(
            questions or ["What does your agency know that the meeting should hear?"]
        ):
            self.fields[f"answer{number}"] = words(question, required=False)
            self.initial[f"answer{number}"] = answers[number] if number < len(answers) else ""

    def answers(self) -> list[str]:
        """In the order of the questions."""
        return [self.cleaned_data[name] for name in self.fields]


class InviteForm(forms.Form):
    """One more agency."""

    agency = forms.ModelChoiceField(
        label="Agency", queryset=Agency.objects.none(), empty_label="Choose", widget=QuickSelect
    )

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "invite_%s")
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class ActionForm(forms.Form):
    """Something to do."""

    what = forms.CharField(label="What is to be done", max_length=500)
    agency = forms.ModelChoiceField(
        label="By which agency", queryset=Agency.objects.none(), empty_label="Choose", widget=QuickSelect
    )
    owner = forms.CharField(label="Who there", max_length=120)
    due_on = DateField(label="By")

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "action_%s")
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """What came of an action."""

    done = forms.ChoiceField(
        label="What came of it?", choices=[("yes", "Done"), ("no", "Not done")], widget=forms.RadioSelect
    )
    outcome = words("In words", "What it led to, or why it was not done.")

    def clean_done(self) -> bool:
        """Whether it was."""
        return bool(self.cleaned_data["done"] == "yes")


class TypeForm(forms.Form):
    """A type of review."""

    name = forms.CharField(label="Name", max_length=80)
    purpose = words("What it is for", "Shown to everybody who takes part.")
    agencies = forms.ModelMultipleChoiceField(
        label="Agencies invited", queryset=Agency.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Only agencies whose people may contribute are listed. A school is invited on the review itself.",
    )  # fmt: skip
    accept_days = forms.IntegerField(label="Working days to take it up", min_value=0, max_value=60)
    contribute_days = forms.IntegerField(
        label="Working days an agency has to contribute", min_value=1, max_value=60
    )
    meet_days = forms.IntegerField(label="Working days until the meeting", min_value=1, max_value=90)
    questions = words("What each agency is asked", "One question on each line.", required=False, rows=5)
    required = forms.MultipleChoiceField(
        label="What a decision must have", choices=[(code, said.capitalize()) for code, said in REQUIRED.items()],
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    for_triage = forms.BooleanField(label="Reviews raised in triage are of this type", required=False)
    for_expired = forms.BooleanField(
        label="A rating set by hand that ends by itself raises one", required=False
    )
    cohort = forms.ModelChoiceField(
        label="Children who enter this watched cohort",
        queryset=Cohort.objects.none(),
        required=False,
        empty_label="None",
    )
    active = forms.BooleanField(label="In use", required=False, initial=True)

    def __init__(self, *args: Any, agencies: Any, cohorts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agencies"].queryset = agencies  # type: ignore[attr-defined]
        cohort: Any = self.fields["cohort"]
        cohort.queryset, cohort.label_from_instance = cohorts, lambda each: each.name

    def clean_questions(self) -> list[str]:
        """Line by line."""
        return [line.strip() for line in self.cleaned_data["questions"].splitlines() if line.strip()]


def of_type(type: ReviewType | None) -> dict[str, Any]:
    """A type as its form shows it."""
    if type is None:
        return {"accept_days": 2, "contribute_days": 5, "meet_days": 10, "active": True}
    plain = (
        "name purpose accept_days contribute_days meet_days required for_triage for_expired cohort active"
    ).split()
    shown: dict[str, Any] = {name: getattr(type, name) for name in plain}
    return shown | {"agencies": agencies_of(type.agencies.all()), "questions": "\n".join(type.questions)}


def agencies_of(found: Iterable[Agency]) -> list[int]:
    """Their ids."""
    return [agency.pk for agency in found]
