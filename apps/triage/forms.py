"""What an officer chooses: a part of the queue, an outcome with its reason, somebody to give it to."""

from collections.abc import Iterable
from typing import Any

from django import forms

from apps.accounts.models import User
from apps.core.forms import QuickSelect
from apps.ragp.models import Band
from apps.triage.models import Decision
from apps.triage.queries import SORTS, Wanted

HINTS = {
    Decision.Outcome.RAISE_REVIEW: "Notes that a review is wanted",
    Decision.Outcome.ARTEFACT: "The rating should not have moved",
}
ORDER = (
    Decision.Outcome.RAISE_REVIEW, Decision.Outcome.CONTACT_SCHOOL, Decision.Outcome.ASK,
    Decision.Outcome.NO_ACTION, Decision.Outcome.ARTEFACT,
)  # fmt: skip


class FilterForm(forms.Form):
    """Filters and order of the queue, by GET."""

    to = forms.ChoiceField(label="Change to", required=False)
    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[("", "Real and artefact"), ("real", "Real change"), ("artefact", "Data artefact")],
    )
    school = forms.ChoiceField(label="School", required=False, widget=QuickSelect)
    with_whom = forms.ChoiceField(
        label="With", required=False, choices=[("", "Anyone"), ("me", "Me"), ("nobody", "Nobody")]
    )
    clock = forms.ChoiceField(
        label="Clock",
        required=False,
        choices=[("", "Any time left"), ("over", "Over time"), ("today", "Due today")],
    )
    sort = forms.ChoiceField(
        label="Sort", required=False, choices=[(key, label) for key, (label, _) in SORTS.items()]
    )

    def __init__(
        self, *args: Any, bands: Iterable[Band], schools: Iterable[tuple[int, str, int]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "Any rating"), *((band.code, band.label) for band in bands)]  # type: ignore[attr-defined]
        named = [(str(pk), f"{name} ({waiting})") for pk, name, waiting in schools]
        self.fields["school"].choices = [("", "All schools"), *named]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What was asked for; a choice that no longer exists is left out."""
        self.is_valid()
        return Wanted(**{name: self.cleaned_data.get(name) or getattr(Wanted, name) for name in self.fields})


class DecisionForm(forms.Form):
    """One outcome and its reason; nothing is chosen beforehand."""

    outcome = forms.ChoiceField(
        label="What happens next?",
        choices=[(each.value, each.label) for each in ORDER],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happens next"},
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Kept with the decision. Seen by everyone who can see this queue.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
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
