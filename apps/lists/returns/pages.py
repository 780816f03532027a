"""The page on which a setting returns its list: a form a child, what stands filled in, what could not be kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from apps.core.words import count, list_name, longday, moment, school_year
from apps.lists.asked_back import QUESTIONS
from apps.lists.models import Answer, Entry, Return, WeeklyList
from apps.lists.queries import living, place
from apps.lists.returns.forms import AnswerForm, UploadForm
from apps.ragp.queries import current_bands

#: Between the answers of a row in one hidden field; nobody types it.
SIGN = " ¦ "
#: So many rows of a sheet that cannot be matched are named one by one.
MOST_TOLD = 20


class Row(NamedTuple):
    """One child: the entry and its form."""

    entry: Entry
    form: AnswerForm

    @property
    def name(self) -> str:
        """Surname first."""
        return list_name(self.entry.surname, self.entry.forename)

    @property
    def year(self) -> str:
        """In words."""
        return school_year(self.entry.year_group)

    @property
    def was(self) -> str:
        """What the page showed, sent back with it: a row nobody touched must not undo what a colleague has filled in since."""
        initial = self.form.initial
        return SIGN.join(_text(initial.get(question.name)) for question in QUESTIONS)

    @property
    def was_name(self) -> str:
        """The name it is sent back by."""
        return f"{self.form.prefix}-was"

    def now(self, data: Any) -> str:
        """What the page shows as it is sent in."""
        return SIGN.join(_sent(str(self.form.prefix), data).values())

    def touched(self, data: Any) -> bool:
        """Whether what was sent in differs from what the page showed."""
        return bool(self.now(data) != data.get(self.was_name))


def _sent(prefix: str, data: Any) -> dict[str, str]:
    return {question.name: data.get(f"{prefix}-{question.name}", "").strip() for question in QUESTIONS}


def _meant(prefix: str, data: Any, stands: Mapping[str, str]) -> dict[str, str]:
    """What was sent in of a child; what its page shows as it was stays as a colleague has filled it in since."""
    now, was = _sent(prefix, data), data.get(f"{prefix}-was", "").split(SIGN)
    if len(was) != len(now):
        return now
    return {
        name: stands[name] if text == old else text
        for (name, text), old in zip(now.items(), was, strict=True)
    }


def _text(value: Any) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value or ""


def entries_of(listed: WeeklyList, everyone: bool) -> list[Entry]:
    """The children who are asked about, or every one on the list; who has died or left the area since is on neither."""
    found, bands = listed.entries.all(), current_bands()
    if not everyone:
        found = found.filter(asked=True)
    return sorted(living(found), key=lambda entry: place(entry, bands))


def forms_of(
    entries: list[Entry], data: Any = None, sheet: Mapping[int, dict[str, str]] | None = None
) -> list[Row]:
    """A form for each entry, with what was sent in, or what a sheet says, or what was kept."""
    kept = {answer.entry_id: answer for answer in Answer.objects.filter(entry__in=entries)}
    rows = []
    for entry in entries:
        prefix, given = f"e{entry.pk}", None
        initial = (
            {question.name: getattr(kept[entry.pk], question.name) for question in QUESTIONS}
            if entry.pk in kept
            else {}
        )
        stands = {question.name: _text(initial.get(question.name)) for question in QUESTIONS}
        if sheet is not None and entry.pk in sheet:
            # a sheet comes without answers: where it is left empty nothing is said, and what was typed on the page stays
            given = {name: text or stands[name] for name, text in sheet[entry.pk].items()}
        elif data is not None:
            given = _meant(prefix, data, stands)
        if given is not None:
            given = {f"{prefix}-{name}": text for name, text in given.items()}
        name = list_name(entry.surname, entry.forename)
        rows.append(Row(entry, AnswerForm(given, prefix=prefix, initial=initial, child=name)))
    return rows


def spoken_of(rows: list[Row], data: Any) -> list[Row]:
    """Those of whom the request speaks at all."""
    spoken = {key.partition("-")[0] for key in data}
    return [row for row in rows if row.form.prefix in spoken]


def sent_in(rows: list[Row], data: Any) -> list[Row]:
    """Those of whom the request says anything new: neither a page of some children nor an older one empties the others."""
    return [row for row in spoken_of(rows, data) if row.touched(data)]


def seen(rows: list[Row], data: Any) -> list[tuple[str, str]]:
    """By hidden field: what a page that stays open has seen kept."""
    return [(row.was_name, row.now(data)) for row in rows if row.form.is_valid()]


def answers(rows: list[Row]) -> dict[int, dict[str, Any]]:
    """What can be kept, by entry."""
    return {row.entry.pk: row.form.cleaned_data for row in rows if row.form.is_bound and row.form.is_valid()}


def wrong(rows: list[Row]) -> list[Row]:
    """Those with something that cannot be kept."""
    return [row for row in rows if row.form.is_bound and not row.form.is_valid()]


def return_page(
    listed: WeeklyList, rows: list[Row], everyone: bool, unmatched: list[str], upload: UploadForm
) -> dict[str, Any]:
    """Everything the page shows."""
    sent = Return.objects.filter(list=listed).first()
    number = answered(listed)
    return {
        "listed": listed,
        "rows": rows,
        "everyone": everyone,
        "unmatched": told(unmatched),
        "wrong": wrong(rows),
        "upload": upload,
        "answered": number,
        "title": f"{listed.setting.name}: return for the week of {longday(listed.week)}",
        "fresh": f"Sent {moment(sent.sent_at)}: {count(sent.answers, 'child', 'children')}"
        if sent
        else "Not sent yet",
        "sent": sent,
    }


def told(sentences: list[str]) -> list[str]:
    """The first of them, and how many more there are: a file of another kind has thousands of rows that are not of the list."""
    more = len(sentences) - MOST_TOLD
    return (
        [*sentences[:MOST_TOLD], f"{count(more, 'more row was', 'more rows were')} left out."]
        if more > 0
        else sentences
    )


def answered(listed: WeeklyList) -> int:
    """Of how many children something is kept."""
    return Answer.objects.filter(entry__list=listed).count()
