"""The forms of a feed of any shape: the feed and its first file, and what its columns and values mean."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField

from apps.agencies.models import Agency
from apps.core.clock import today
from apps.core.forms import DateField
from apps.extracts import valuemaps
from apps.extracts.layouts.fields import DATE_FORMS, FIELDS, date_form, guesses
from apps.extracts.layouts.generic import KEEP, Column, is_coded
from apps.extracts.mappings import faults
from apps.extracts.models import Extract, Feed, Weekday
from apps.extracts.recognise import plain
from apps.involvements.catalogue import MEASURES, SERVICES
from apps.pipeline.forms import FilesField
from apps.pipeline.mapping import queries
from apps.pipeline.mapping.reading import Look

LEAVE_OUT = "-"
MOST_ASKED = 60
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


class Asked(NamedTuple):
    """One value of a coded column, how often it is there, and the field that says what it means."""

    value: str
    rows: int
    field: BoundField


class Coded(NamedTuple):
    """A coded column and its values."""

    heading: str
    anchor: str
    asked: list[Asked]


class ColumnLine(NamedTuple):
    """One column of the file on the page."""

    heading: str
    shown: list[str]
    field: BoundField
    dates: BoundField


def _fields() -> list[Any]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for field in FIELDS.values():
        groups.setdefault(field.group, []).append((field.code, field.label))
    return [("", "Do not use"), *groups.items()]


class MapForm(forms.Form):
    """What each column is, how it writes days, what its values mean, and what holds for every row."""

    service = forms.ChoiceField(label="Service these rows are about", required=False)
    measure = forms.ChoiceField(
        label="Measure these rows hold", required=False,
        choices=[("", "None"), *((measure.code, measure.name) for measure in MEASURES.values())],
    )  # fmt: skip

    def __init__(self, *args: Any, extract: Extract, look: Look, **options: Any) -> None:
        super().__init__(*args, **options)
        self.look = look
        self.feed = extract.feed
        before = queries.newest_mapping(extract.feed)
        self.before = before.spec if before else {}
        self.learnt = queries.learnt(extract.feed)
        offered = [SERVICES[code] for code in extract.feed.services if code in SERVICES] or list(
            SERVICES.values()
        )
        services = self.fields["service"]
        services.choices = [("", "None, or a column says it"), *((each.code, each.name) for each in offered)]  # type: ignore[attr-defined]
        self._columns()
        self._values()

    def _columns(self) -> None:
        known = {plain(column["heading"]): column for column in self.before.get("columns", [])}
        fields = [known.get(plain(heading), {}).get("field") for heading in self.look.headings]
        guessed = guesses(self.look.headings)
        forms_seen = [date_form(counter) for counter in self.look.found]
        # A column whose days fit both forms is written as its neighbours are
        usual = next((form for form in forms_seen if form is not None), "")
        for number, heading in enumerate(self.look.headings):
            field = (
                fields[number] if fields[number] is not None else guessed[number] if not self.before else ""
            )
            seen = forms_seen[number]
            dates = known.get(plain(heading), {}).get("dates", usual if seen is None else seen)
            name = heading or f"number {number + 1}"
            self.fields[f"c{number}"] = forms.ChoiceField(
                label=f"What column {name} is", choices=_fields(), required=False, initial=field
            )
            self.fields[f"d{number}"] = forms.ChoiceField(
                label=f"How column {name} writes days",
                choices=list(DATE_FORMS.items()),
                required=False,
                initial=dates,
            )
        one = self.fields["service"].choices  # type: ignore[attr-defined]
        only = one[1][0] if len(one) == 2 else ""
        self.initial["service"] = self.before.get("service", only if "start" in self._chosen() else "")
        self.initial["measure"] = self.before.get("measure", "")

    def _chosen(self) -> list[str]:
        """The field of each column, as it was sent or as it is guessed."""
        if self.is_bound:
            return [str(self.data.get(f"c{number}", "")) for number in range(len(self.look.headings))]
        return [str(self.fields[f"c{number}"].initial or "") for number in range(len(self.look.headings))]

    def _values(self) -> None:
        """A field for each value of each coded column, the most frequent first."""
        self.asked: dict[int, list[tuple[str, int]]] = {}
        if self.is_bound:
            self.data = self.data.copy()  # type: ignore[attr-defined]
        for number, code in enumerate(self._chosen()):
            column = self._column(number, code)
            if code not in FIELDS or not is_coded(column):
                continue
            said = self.look.found[number].most_common(MOST_ASKED)
            self.asked[number] = said
            for place, (value, _rows) in enumerate(said):
                name, meant = f"v{number}_{place}", _meant(column, value)
                self.fields[name] = forms.ChoiceField(
                    label=f"What {value[:60]} means in {column.heading}",
                    choices=_meanings(column), required=False, initial=meant,
                )  # fmt: skip
                # Values of a column that was chosen just now were not on the page before
                if self.is_bound and name not in self.data:
                    self.data[name] = meant  # type: ignore[index]

    def _column(self, number: int, code: str) -> Column:
        heading = self.look.headings[number]
        return Column(code, heading, code, "", self.learnt.get(plain(heading)[:200], {}))

    def lines(self) -> Iterator[ColumnLine]:
        """Each column with its first values and its two fields."""
        for number, heading in enumerate(self.look.headings):
            yield ColumnLine(heading, self.look.shown(number), self[f"c{number}"], self[f"d{number}"])

    def coded(self) -> Iterator[Coded]:
        """The coded columns with their values, each with what it means or a question."""
        for number, said in self.asked.items():
            asked = [
                Asked(value, rows, self[f"v{number}_{place}"]) for place, (value, rows) in enumerate(said)
            ]
            yield Coded(self.look.headings[number], f"values-{number}", asked)

    def clean(self) -> None:
        """Every value has its meaning, and the columns together can be read."""
        for number, said in self.asked.items():
            for place, (value, _rows) in enumerate(said):
                name = f"v{number}_{place}"
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, f"Say what {value[:60]} means")
        for fault in faults(self.spec()):
            self.add_error(None if fault.column is None else f"c{fault.column}", fault.sentence)

    def spec(self) -> dict[str, Any]:
        """The mapping as it is saved."""
        columns = [
            {
                "heading": heading,
                "field": self.cleaned_data.get(f"c{number}", ""),
                "dates": self.cleaned_data.get(f"d{number}", ""),
                "meanings": self._meanings_of(number),
            }
            for number, heading in enumerate(self.look.headings)
        ]
        return {
            "columns": columns,
            "service": self.cleaned_data.get("service", ""),
            "measure": self.cleaned_data.get("measure", ""),
        }

    def _meanings_of(self, number: int) -> dict[str, str]:
        """What was learnt before of the column, and what was answered now."""
        if number not in self.asked:
            return {}
        found = dict(self.learnt.get(plain(self.look.headings[number])[:200], {}))
        for place, (value, _rows) in enumerate(self.asked[number]):
            said = self.cleaned_data.get(f"v{number}_{place}") or KEEP
            found[valuemaps.plain(value)] = "" if said == LEAVE_OUT else said
        return found


def _meanings(column: Column) -> list[tuple[str, str]]:
    if column.field == "service":
        choices = [(service.code, service.name) for service in SERVICES.values()]
        return [("", "Choose"), *choices, (LEAVE_OUT, "No service: leave it out")]
    about = column.field if column.field in ("sex", "ethnicity") else column.heading
    choices = [(category, valuemaps.PREFIX.sub("", category)) for category in valuemaps.categories(about)]
    kept = [] if column.field in ("sex", "ethnicity") else [(KEEP, "Keep it as it is")]
    return [("", "Choose"), *choices, *kept, (LEAVE_OUT, "Nothing: leave it out")]


def _meant(column: Column, value: str) -> str:
    """What a value is known to mean, from what was taught, the shipped maps or the services' own names."""
    taught: Mapping[str, str] = column.meanings
    if (said := taught.get(valuemaps.plain(value))) is not None:
        return said or LEAVE_OUT
    if column.field == "service":
        names = {
            valuemaps.plain(text): each.code for each in SERVICES.values() for text in (each.code, each.name)
        }
        return names.get(valuemaps.plain(value.replace("_", " ")), names.get(valuemaps.plain(value), ""))
    about = column.field if column.field in ("sex", "ethnicity") else column.heading
    return valuemaps.canonical(about, value) or ""
