"""The form of a file of any shape: the file, and the feed it belongs to."""

from typing import Any

from django import forms

from apps.agencies.models import Agency
from apps.core.clock import today
from apps.core.forms import DateField
from apps.extracts.models import Feed, Weekday
from apps.involvements.catalogue import SERVICES
from apps.pipeline.forms import FilesField
from apps.pipeline.mapping import queries

NEW = "Enter this for a new feed, or choose a feed that is known"


class StartForm(forms.Form):
    """The file, and the feed it belongs to: one that is known or a new one."""

    feed = forms.ModelChoiceField(
        queryset=Feed.objects.none(), required=False, empty_label="A new feed", to_field_name="code",
        help_text="Choose a feed to map its columns anew, or describe a new one below.",
    )  # fmt: skip
    files = FilesField(
        label="File", allow_empty_file=True, help_text="CSV or xlsx, its headings in the first row."
    )  # type: ignore[assignment]
    as_of = DateField(
        label="The day the data is from",
        required=False,
        help_text="For example, 27/3/2013. Leave empty for today.",
    )
    title = forms.CharField(label="Title of the new feed", max_length=120, required=False)
    agency = forms.ModelChoiceField(
        label="Agency that sends it",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Choose an agency",
    )
    id_scheme = forms.ChoiceField(
        label="Whose ids are the child's ids in it", required=False,
        help_text="Two feeds with the same ids speak of the same records.",
    )  # fmt: skip
    services = forms.MultipleChoiceField(
        label="Services it is about", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(service.code, service.name) for service in SERVICES.values()],
    )  # fmt: skip
    is_full = forms.BooleanField(
        label="Each file lists everyone: who is missing from the next one has ended",
        required=False,
        initial=True,
    )
    every_days = forms.IntegerField(
        label="Days between two files", min_value=1, max_value=400, initial=7, required=False
    )
    expected_weekday = forms.TypedChoiceField(
        label="Day it is expected",
        choices=[("", "Any day"), *Weekday.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    max_ended_percent = forms.IntegerField(
        label="Hold a file that would end more than this percent of its involvements",
        min_value=0, max_value=100, initial=10, required=False,
    )  # fmt: skip
    max_fewer_percent = forms.IntegerField(
        label="Hold a file with this percent fewer rows than the last",
        min_value=0,
        max_value=100,
        initial=20,
        required=False,
    )

    OPTIONS = (
        "id_scheme",
        "services",
        "is_full",
        "every_days",
        "expected_weekday",
        "max_ended_percent",
        "max_fewer_percent",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        feed, agency = self.fields["feed"], self.fields["agency"]
        feed.queryset, agency.queryset = queries.mapped_feeds(), queries.providers()  # type: ignore[attr-defined]
        feed.label_from_instance = lambda one: one.title  # type: ignore[attr-defined]
        agency.label_from_instance = lambda one: one.name  # type: ignore[attr-defined]
        known = [(scheme, scheme.replace("_", " ")) for scheme in queries.schemes()]
        self.fields["id_scheme"].choices = [("", "Its own"), *known]  # type: ignore[attr-defined]

    def clean_as_of(self) -> Any:
        """A file cannot be from a day still to come."""
        day = self.cleaned_data["as_of"]
        if day and day > today():
            raise forms.ValidationError("The day the data is from cannot be in the future")
        return day

    def clean(self) -> None:
        """A new feed needs a title and an agency."""
        for name in ("title", "agency"):
            if (
                not self.cleaned_data.get("feed")
                and not self.cleaned_data.get(name)
                and name not in self.errors
            ):
                self.add_error(name, NEW)
        if not self.cleaned_data.get("feed") and queries.title_taken(self.cleaned_data.get("title", "")):
            self.add_error("title", "There is a feed of this title. Choose it above, or give another title")

    def keep(self, feed: Feed) -> None:
        """Show the feed as chosen: if its file is refused, the next try is not for a second new feed."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["feed"] = feed.code  # type: ignore[index]

    def options(self) -> dict[str, Any]:
        """What a new feed is told beside its title and agency; what is left empty stays as feeds are."""
        said = {name: self.cleaned_data[name] for name in self.OPTIONS}
        return {name: value for name, value in said.items() if value is not None}
