"""The form of a mapping: what each column is, how it writes days, what its values mean."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField

from apps.extracts import valuemaps
from apps.extracts.layouts.fields import DATE_FORMS, FIELDS, date_form, guesses, has_days
from apps.extracts.layouts.generic import KEEP, Column, is_coded
from apps.extracts.mappings import NEEDS, faults
from apps.extracts.models import Extract, Feed
from apps.extracts.recognise import plain
from apps.involvements.catalogue import MEASURES, SERVICES
from apps.pipeline.mapping import queries
from apps.pipeline.mapping.meanings import LEAVE_OUT, meanings, meant
from apps.pipeline.mapping.reading import Look

MOST_ASKED = 60


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
    dates: BoundField | None


def _fields() -> list[Any]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for field in FIELDS.values():
        groups.setdefault(field.group, []).append((field.code, field.label))
    return [("", "Do not use"), *groups.items()]


def _guessed(headings: list[str], feed: Feed) -> list[str]:
    """The guesses that can be saved as they are; where a feed's ids are UPNs or NHS numbers, that column is the id."""
    found = guesses(headings)
    if "local_id" not in found:
        found = ["local_id" if code and code == feed.id_scheme else code for code in found]
    # Nothing in a heading says which measure it is
    lacking = {field for field, lacks, _sentence in NEEDS if lacks not in found or lacks == "observed_on"}
    lacking.add("observed_on")
    return ["" if code in lacking else code for code in found]


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
        guessed = _guessed(self.look.headings, self.feed)
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
        chosen = self._chosen()
        self.initial["service"] = self.before.get(
            "service", only if "start" in chosen and "service" not in chosen else ""
        )
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
                name, known = f"v{number}_{place}", meant(column, value)
                self.fields[name] = forms.ChoiceField(
                    label=f"What {value[:60]} means in {column.heading}",
                    choices=meanings(column), required=False, initial=known,
                )  # fmt: skip
                # Values of a column that was chosen just now were not on the page before
                if self.is_bound and name not in self.data:
                    self.data[name] = known  # type: ignore[index]

    def _column(self, number: int, code: str) -> Column:
        heading = self.look.headings[number]
        return Column(code, heading, code, "", self.learnt.get(plain(heading)[:200], {}))

    def lines(self) -> Iterator[ColumnLine]:
        """Each column with its first values and its two fields."""
        for number, heading in enumerate(self.look.headings):
            dates = self[f"d{number}"] if has_days(self.look.found[number]) else None
            yield ColumnLine(heading, self.look.shown(number), self[f"c{number}"], dates)

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
