"""The row of one child in a return, and the upload of the sheet."""

from datetime import date, timedelta
from typing import Any

from django import forms

from apps.core.clock import today
from apps.core.forms import DateField, QuickSelect
from apps.lists.asked_back import QUESTIONS, Question

LONGEST = {"seen_by": 120, "words": 1000}
UPLOAD_BYTES = 5 << 20
#: The form the rows belong to. It stands beside the table, so that a row kept as it is typed is sent alone.
RETURN = "return"


def _field(question: Question) -> forms.Field:
    if question.answers:
        choices = [("", "Choose"), *question.answers.items()]
        return forms.ChoiceField(label=question.heading, required=False, choices=choices, widget=QuickSelect)
    if question.is_day:
        return DateField(label=question.heading, required=False, help_text="")
    return forms.CharField(label=question.heading, required=False, max_length=LONGEST[question.name])


class AnswerForm(forms.Form):
    """What is asked of one child: every part may be left empty, and what is filled in must fit together."""

    def __init__(self, *args: Any, child: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self.fields[question.name] = field = _field(question)
            # the column says the question; who does not see the column is told of whom as well
            field.widget.attrs |= {"aria-label": f"{question.heading}: {child}", "form": RETURN}

    def clean_seen_on(self) -> date | None:
        """A day in the past year."""
        return _past(self.cleaned_data["seen_on"])

    def clean_left_on(self) -> date | None:
        """A day in the past year."""
        return _past(self.cleaned_data["left_on"])

    def clean(self) -> dict[str, Any]:
        """A day needs what it is the day of, and the other way round."""
        given = self.cleaned_data
        if given.get("seen_by") and not given.get("seen_on") and "seen_on" not in self.errors:
            self.add_error("seen_on", "Enter the day the child was seen")
        if given.get("left_on") and given.get("roll") != "left":
            self.add_error("roll", "Choose “Left”, or take the leaving day away")
        if given.get("concern") == "serious" and not given.get("words"):
            self.add_error("words", "Say in words what the serious concern is")
        return given

    @property
    def filled(self) -> bool:
        """Whether anything is said."""
        return any(self.cleaned_data.get(question.name) for question in QUESTIONS)


class UploadForm(forms.Form):
    """The sheet, filled in."""

    file = forms.FileField(label="The filled-in sheet", help_text="Excel or CSV, without a password")

    def clean_file(self) -> Any:
        """No sheet of a list is large."""
        if self.cleaned_data["file"].size > UPLOAD_BYTES:
            raise forms.ValidationError("This file is larger than any list: choose the sheet of this list")
        return self.cleaned_data["file"]


def _past(day: date | None) -> date | None:
    if day and not today() - timedelta(days=366) <= day <= today():
        raise forms.ValidationError("Enter a day of the past year")
    return day
