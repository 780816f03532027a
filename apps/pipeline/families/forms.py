"""What is asked of somebody who puts a family link right."""

from typing import Any

from django import forms

from apps.accounts.models import User
from apps.children.models import Child
from apps.profiles.queries.search import by_identifier

NOT_ONE = (
    "No one child that you can see has this number. Open the other child’s page and copy a number from there"
)


class UnrelatedForm(forms.Form):
    """Why two children are not related."""

    reason = forms.CharField(
        label="How do you know?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept with the link, for whoever asks. Say no more than that takes.",
        error_messages={"required": "Say how you know"},
    )  # fmt: skip


class FamilyForm(UnrelatedForm):
    """The other child by a number, what they are, and how that is known."""

    number = forms.CharField(
        label="The other child’s NHS number, UPN or case number", max_length=40,
        widget=forms.TextInput(attrs={"class": "vcdb-in-m", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter a number of the other child"},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="What is that child to this one?",
        widget=forms.RadioSelect,
        choices=[
            ("sibling", "Brother or sister"),
            ("twin", "Twin, or of one multiple birth"),
            ("parent", "Parent or carer"),
            ("child", "Son, daughter or in their care"),
        ],
        error_messages={"required": "Choose what they are to each other"},
    )
    field_order = ("number", "kind", "reason")

    def __init__(self, *given: Any, by: User, **options: Any) -> None:
        super().__init__(*given, **options)
        self.by = by

    def clean_number(self) -> Child:
        """The one child within reach that has the number: a hidden and a missing one are answered alike."""
        found = by_identifier(self.cleaned_data["number"], Child.objects.visible_to(self.by))
        if len(found) != 1:
            raise forms.ValidationError(NOT_ONE)
        return Child.objects.get(pk=found[0])
