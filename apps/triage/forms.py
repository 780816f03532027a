"""What an officer chooses: a part of the queue, an outcome with its reason, somebody to give it to."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from apps.accounts.models import User
from apps.core.forms import QuickSelect
from apps.ragp.models import Band
from apps.triage import parts
from apps.triage.models import Decision
from apps.triage.parts import Wanted
from apps.triage.queries import SORTS

#: The letter that chooses each.
KEYS = {
    Decision.Outcome.RAISE_REVIEW: "r",
    Decision.Outcome.CONTACT_SCHOOL: "c",
    Decision.Outcome.ASK: "a",
    Decision.Outcome.NO_ACTION: "n",
    Decision.Outcome.ARTEFACT: "d",
}
ORDER = (
    Decision.Outcome.RAISE_REVIEW, Decision.Outcome.CONTACT_SCHOOL, Decision.Outcome.ASK,
    Decision.Outcome.NO_ACTION, Decision.Outcome.ARTEFACT,
)  # fmt: skip


class KeyedRadio(forms.RadioSelect):
    """Choices that a letter chooses as well."""

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        """With its letter, for the script and for whoever reads the page."""
        option = super().create_option(name, value, *args, **options)
        if value in KEYS:
            option["attrs"] |= {"data-key": KEYS[value], "aria-keyshortcuts": KEYS[value].upper()}
        return option


class FilterForm(forms.Form):
    """Filters and order of the queue, by GET."""

    to = forms.ChoiceField(label="Change to", required=False)
    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[("", "Real and artefact"), ("real", "Real change"), ("artefact", "Data artefact")],
    )
    school = forms.ChoiceField(label="School", required=False, widget=QuickSelect)
    with_whom = forms.ChoiceField(label="With", required=False)
    clock = forms.ChoiceField(
        label="Clock", required=False, choices=[("", "Any time left"), *parts.CLOCKS.items()]
    )
    sort = forms.ChoiceField(
        label="Sort", required=False, choices=[(key, label) for key, (label, _) in SORTS.items()]
    )
    was = forms.ChoiceField(label="Change from", required=False)
    cause = forms.ChoiceField(
        label="Waits because", required=False, choices=[("", "Any reason"), *parts.CAUSES.items()]
    )
    service = forms.ChoiceField(label="Moved by", required=False)
    age = forms.ChoiceField(
        label="Age",
        required=False,
        choices=[("", "Any age"), *((code, label) for code, (label, _, _) in parts.AGES.items())],
    )
    area = forms.CharField(
        label="Postcode sector", required=False, max_length=8,
        widget=forms.TextInput(attrs={"class": "vcdb-in-s", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    #: Behind "More filters".
    MORE = ("was", "cause", "service", "age", "area")

    def __init__(
        self,
        *args: Any,
        bands: Iterable[Band],
        schools: Iterable[tuple[int, str, int]],
        officers: Iterable[User] = (),
        services: Iterable[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(pk), f"{name} ({waiting})") for pk, name, waiting in schools]
        coded = [(band.code, band.label) for band in bands]
        people = [(str(officer.pk), officer.display_name) for officer in officers]
        choices = {
            "to": [("", "Any rating"), *coded],
            "was": [("", "Any rating"), *coded],
            "school": [("", "All schools"), *named],
            "with_whom": [("", "Anyone"), ("me", "Me"), ("nobody", "Nobody"), *people],
            "service": [("", "Any service"), *services],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What was asked for; a choice that no longer exists is left out."""
        self.is_valid()
        return Wanted(**{name: self.cleaned_data.get(name) or getattr(Wanted, name) for name in self.fields})

    @property
    def more_asked(self) -> bool:
        """Whether any of those behind "More filters" is set."""
        return any(self[name].value() for name in self.MORE)


def kept(query: str) -> str:
    """The filters of an address and nothing else of it."""
    given = QueryDict(query)
    asked = [(name, given.get(name, "")) for name in FilterForm.base_fields]
    return urlencode([(name, value) for name, value in asked if value])


class DecisionForm(forms.Form):
    """One outcome and its reason; nothing is chosen beforehand."""

    outcome = forms.ChoiceField(
        label="What happens next?",
        choices=[(each.value, f"{each.label} ({KEYS[each].upper()})") for each in ORDER],
        widget=KeyedRadio,
        error_messages={"required": "Choose what happens next"},
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Kept with the decision. Seen by everyone who can see this queue.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "data-next": True}),
        error_messages={"required": "Give a reason"},
    )


class AssignForm(forms.Form):
    """Whom to give a change to."""

    to = forms.ModelChoiceField(
        label="Give to", queryset=User.objects.none(), required=False, empty_label="Nobody"
    )

    def __init__(self, *args: Any, officers: Iterable[User], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "give_%s")  # the filters beside it have a field of the same name
        super().__init__(*args, **kwargs)
        known = list(officers)
        field: Any = self.fields["to"]
        field.queryset = User.objects.filter(pk__in=[officer.pk for officer in known])
        field.label_from_instance = lambda officer: officer.display_name
