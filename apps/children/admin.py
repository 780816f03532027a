"""The administration of feeds learns here which policies a child's fields may have: extracts know nothing of children."""

from typing import Any

from django import forms
from django.contrib import admin

from apps.children.survivorship import FIELDS, POLICIES, faults
from apps.extracts.admin import FeedAdmin
from apps.extracts.models import Feed


class FeedForm(forms.ModelForm):
    """A feed, with its table of policies held to the fields and policies there are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "survivorship" in self.fields:
            self.fields["survivorship"].help_text = (
                f"{{field: policy}}. Fields: {', '.join(FIELDS)}. "
                + " ".join(f"{name}: {meaning}." for name, meaning in POLICIES.items())
                + " Where not named: ask for birth date and NHS number, else always."
            )

    def clean_survivorship(self) -> dict[str, str]:
        """Only fields and policies there are; empty stands for the defaults."""
        given = self.cleaned_data["survivorship"] or {}
        if found := faults(given):
            raise forms.ValidationError(found)
        return given


admin.site.unregister(Feed)


@admin.register(Feed)
class FeedWithPolicies(FeedAdmin):
    """Whose file a feed is, how it is read, and when its word stands for a child's field."""

    form = FeedForm
