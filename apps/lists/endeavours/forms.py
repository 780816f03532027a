"""What a setting says of one child: three short forms, each of which gives the fields of an ``Endeavour``."""

from datetime import date, timedelta
from typing import Any

from django import forms

from apps.core.clock import today
from apps.core.forms import DateField
from apps.lists.endeavours.words import EXPECTED, HOW, OUTCOME, RISK, WHOM


def _choice(label: str, answers: dict[str, str]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "Choose"), *answers.items()])


def _words(label: str, help_text: str = "", required: bool = True) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, max_length=2000, widget=area, required=required)


class DatedForm(forms.Form):
    """The day of what is said, in the past year or today."""

    on = DateField(label="Day", help_text="")

    def clean_on(self) -> date:
        """Nobody has tried tomorrow."""
        if not today() - timedelta(days=366) <= self.cleaned_data["on"] <= today():
            raise forms.ValidationError("Enter a day of the past year")
        return self.cleaned_data["on"]

    def _check_after(self, message: str) -> None:
        given = self.cleaned_data
        if given.get("on") and given.get("until") and given["until"] <= given["on"]:
            self.add_error("until", message)


class RiskForm(DatedForm):
    """The setting's own risk assessment."""

    said = _choice("Level", RISK)
    until = DateField(label="Look at it again on", help_text="")
    words = _words("The risk, and what you do about it")
    field_order = ["said", "on", "until", "words"]

    def clean(self) -> dict[str, Any]:
        """A review comes after what it reviews."""
        self._check_after("Enter a day after the assessment")
        return self.cleaned_data


class ExpectedForm(DatedForm):
    """Whether the child is expected, and why not."""

    said = _choice("Is the child expected?", EXPECTED)
    on = DateField(label="From", help_text="")
    until = DateField(label="Until", required=False, help_text="Empty while it is open")
    words = _words("Why", required=False)
    field_order = ["said", "on", "until", "words"]

    def clean(self) -> dict[str, Any]:
        """Whoever does not expect a child says why."""
        self._check_after("Enter a day after it began")
        given = self.cleaned_data
        if given.get("said") not in ("full", "", None) and not given.get("words", "").strip():
            self.add_error("words", "Say why the child is not expected every day")
        return given


class ContactForm(DatedForm):
    """One attempt to reach parent or child."""

    whom = _choice("Whom", WHOM)
    how = _choice("How", HOW)
    said = _choice("Outcome", OUTCOME)
    words = _words("What was offered, what was said", required=False)
    field_order = ["whom", "on", "how", "said", "words"]


FORMS: dict[str, type[DatedForm]] = {"risk": RiskForm, "expected": ExpectedForm, "contact": ContactForm}
