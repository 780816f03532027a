"""The search form: surname first, or one identifier alone."""

from datetime import date
from typing import Any

from django import forms

from apps.core import values
from apps.core.clock import today
from apps.core.forms import DateField
from apps.profiles.rules import Terms, read_born, read_name, read_quick

NARROW = {"class": "vcdb-in-m"}
PLAIN = {"autocomplete": "off", "spellcheck": "false"}


def line(label: str, hint: str = "", **attrs: str) -> forms.CharField:
    """A line of text that may stay empty."""
    widget = forms.TextInput(attrs={**PLAIN, **attrs})
    return forms.CharField(label=label, help_text=hint, required=False, max_length=200, widget=widget)


class SearchForm(forms.Form):
    """What a child is looked for by; ``q``, the line in every page's head, is read as one of the others."""

    name = line(
        "Surname first, then forename", "Use * for any letters. A comma parts a surname of several words"
    )
    born = line("Born", "A date, a year, or ages such as 12-14")
    school = line("School or early years setting")
    postcode = line("Postcode, now or earlier", **NARROW)
    identifier = line("Or one identifier", "NHS number, UPN, ULN or an agency’s own number")

    def __init__(self, data: Any = None, **options: Any) -> None:
        if data is not None and "q" in data:
            data = read_quick(data["q"])
        super().__init__(data, **options)

    def clean_born(self) -> tuple[Any, Any]:
        """First and last day of birth meant."""
        try:
            return read_born(self.cleaned_data["born"], today())
        except ValueError:
            raise forms.ValidationError(
                "Enter a date like 27/3/2013, a year like 2013, or ages like 12-14"
            ) from None

    def clean_postcode(self) -> str:
        """The postcode in its usual form."""
        typed = self.cleaned_data["postcode"]
        found = values.postcode(typed)
        if typed and not found:
            raise forms.ValidationError("Enter a full postcode, like TS1 2AB")
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse an empty search."""
        super().clean()
        if not self.errors and not self.terms().is_enough:
            raise forms.ValidationError("Enter a surname, or anything else you know about the child")
        return self.cleaned_data

    def terms(self) -> Terms:
        """The cleaned form as search terms."""
        data = self.cleaned_data
        (surname, forename), *others = read_name(data.get("name", ""))
        born_from, born_to = data.get("born") or (None, None)
        where = data.get("postcode", ""), data.get("school", ""), data.get("identifier", "")
        return Terms(surname, forename, born_from, born_to, *where, others=tuple(others))

    def typed(self) -> dict[str, str]:
        """The fields as typed, to fill the form again beside its results."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}


class AsAtForm(forms.Form):
    """The day a child's page is shown as known on."""

    as_at = DateField(label="See it as at", required=False, help_text="")

    def day(self) -> date | None:
        """The day asked for; None where none was, or where it is no day."""
        return self.cleaned_data.get("as_at") if self.is_valid() else None


class OverrideForm(forms.Form):
    """A band that a professional sets beside the one worked out."""

    band = forms.ChoiceField(
        label="The rating should be", widget=forms.RadioSelect, error_messages={"required": "Choose a rating"}
    )
    reason = forms.CharField(
        label="Why", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What you know that the facts here do not show. It stands beside the rating for ever;"
        " agencies that share no content with yours see that you set it, not why.",
        error_messages={"required": "Give a reason: it stands beside the rating"},
    )  # fmt: skip
    review_on = DateField(
        label="Look at it again by", help_text="On or before the day it ends. Triage is told.",
        error_messages={"required": "Say when somebody looks at it again", "invalid": "Enter a real date, like 27/3/2013"},
    )  # fmt: skip
    expires_on = DateField(
        label="It stands until", help_text="The last day it counts, at most 92 days from now. Then it goes to triage.",
        error_messages={"required": "Say until when it stands", "invalid": "Enter a real date, like 27/3/2013"},
    )  # fmt: skip

    def __init__(self, *args: Any, bands: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["band"].choices = bands  # type: ignore[attr-defined]


class TakeBackForm(forms.Form):
    """Why a band that was set by hand no longer stands."""

    reason = forms.CharField(
        label="Why it no longer stands", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why: it is kept beside the rating"},
    )  # fmt: skip
