"""What is asked of whoever wants to know whether a child is known."""

from typing import Any

from django import forms

from apps.core import values
from apps.core.clock import today
from apps.core.forms import DateField
from apps.matching.lookup import Person
from apps.profiles.forms import NARROW, line


class KnownForm(forms.Form):
    """Who the child is, as far as it is known: a number alone, or names with a birth date."""

    surname = line("Surname")
    forename = line("Forename")
    dob = DateField(label="Date of birth", required=False)
    address = line("Address, without the postcode")
    postcode = line("Postcode", **NARROW)
    nhs_number = line("NHS number", **NARROW)
    upn = line("UPN", **NARROW)

    def clean_dob(self) -> Any:
        """A day that has been."""
        born = self.cleaned_data["dob"]
        if born and born > today():
            raise forms.ValidationError("Enter a date of birth in the past")
        return born

    def clean_postcode(self) -> str:
        """The postcode in its usual form."""
        return self._read("postcode", values.postcode, "Enter a full postcode, like TS1 2AB")

    def clean_nhs_number(self) -> str:
        """A number whose check digit is right."""
        return self._read(
            "nhs_number", values.right_nhs_number, "Check the NHS number: its last figure does not fit"
        )

    def clean_upn(self) -> str:
        """A UPN whose check letter is right."""
        return self._read("upn", values.right_upn, "Check the UPN: its first letter does not fit")

    def _read(self, name: str, reader: Any, sentence: str) -> str:
        typed = self.cleaned_data[name]
        found: str = reader(typed) if typed else ""
        if typed and not found:
            raise forms.ValidationError(sentence)
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse what could be anybody."""
        given = super().clean() or {}
        named = given.get("surname") and given.get("forename") and given.get("dob")
        if not self.errors and not (named or given.get("nhs_number") or given.get("upn")):
            raise forms.ValidationError("Enter surname, forename and date of birth, or an NHS number or UPN")
        return given

    def person(self) -> Person:
        """The cleaned form as the linker reads it."""
        return Person(**self.cleaned_data)

    def typed(self) -> dict[str, str]:
        """The fields as typed, for the erasable record of what was asked."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}
