"""The log's filters, and what people write in it."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from apps.agencies.models import Agency
from apps.core.clock import today
from apps.core.forms import DateField, QuickSelect
from apps.reviews.forms import words
from apps.reviews.log.queries import ORDERS, SHOWS, Asked
from apps.reviews.models import Contact

#: What is said to who comes by an address of the time when a name stood in it.
NO_NAMES = "A name no longer stands in an address. Choose the person or the team from the list below; this is everybody."
KEY = re.compile(r"[at]\d{1,18}")


def without_name(given: QueryDict) -> QueryDict | None:
    """What is asked for without the name that stands in it; None where there is none."""
    if not given.get("who") or KEY.fullmatch(str(given["who"])):
        return None
    kept = given.copy()
    del kept["who"]
    return kept


class LogForm(forms.Form):
    """Which part of the log, in which order, of which day."""

    show = forms.ChoiceField(
        label="Show", required=False, choices=[(key, said) for key, said in SHOWS.items()]
    )
    agency = forms.ChoiceField(label="Agency", required=False, widget=QuickSelect)
    #: By a key, for an address is kept in histories and logs.
    who = forms.ChoiceField(
        label="Who or team",
        required=False,
        widget=QuickSelect,
        error_messages={
            "invalid_choice": "This person or team has no action here any more. Choose from the list."
        },
    )
    order = forms.ChoiceField(
        label="Order", required=False, choices=[(key, said) for key, (said, _) in ORDERS.items()]
    )
    day = DateField(label="As it stood on", required=False, help_text="")

    def __init__(
        self, *args: Any, agencies: Iterable[Agency], people: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(each.pk), each.name) for each in agencies]
        self.fields["agency"].choices = [("", "Every agency"), *named]  # type: ignore[attr-defined]
        self.fields["who"].choices = [("", "Everybody"), *people]  # type: ignore[attr-defined]
        self.fields["show"].initial = "all"

    def asked(self) -> Asked:
        """What was asked for; what no longer exists is left out."""
        if not self.is_bound:
            return Asked()
        self.is_valid()
        given = self.cleaned_data
        return Asked(
            given.get("show") or "all",
            given.get("order") or "due",
            given.get("agency", ""),
            given.get("who", ""),
        )

    def day_asked(self) -> date | None:
        """An earlier day, whose log is frozen."""
        if not self.is_bound or not self.is_valid():
            return None
        day: date | None = self.cleaned_data["day"]
        return day if day and day < today() else None


class ActionForm(forms.Form):
    """Something to do, by whom, by when."""

    what = forms.CharField(label="What is to be done", max_length=500)
    agency = forms.ModelChoiceField(
        label="By which agency", queryset=Agency.objects.none(), empty_label="Choose", widget=QuickSelect
    )
    team = forms.CharField(label="Team", max_length=120, required=False)
    owner = forms.CharField(label="Who there", max_length=120)
    due_on = DateField(label="By")

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "action_%s")
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]


class HandOnForm(ActionForm):
    """Whose it is from now on."""

    reason = words("Why", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "hand_%s"} | kwargs)
        del self.fields["what"]


class ContactForm(forms.Form):
    """A contact or an attempt."""

    on = DateField(label="When")
    way = forms.ChoiceField(label="How", choices=[("", "Choose"), *Contact.Way.choices])
    with_whom = forms.CharField(
        label="With whom", max_length=120, help_text="The child, or who of the family"
    )
    made = forms.ChoiceField(
        label="Was contact made?",
        choices=[("yes", "Made"), ("no", "Attempted, not made")],
        widget=forms.RadioSelect,
    )
    child_seen = forms.BooleanField(label="The child was seen", required=False)
    said = words("What they said", required=False)
    offered = words("What was offered", required=False, rows=2)
    met = forms.ChoiceField(
        label="Is what the child needs being met?",
        required=False,
        choices=[("", "Not asked"), *Contact.Met.choices],
    )

    def clean_made(self) -> bool:
        """Whether it was."""
        return bool(self.cleaned_data["made"] == "yes")
