"""What the figures say in plain words: each sentence carries its numbers, and one whose numbers are withheld is not said."""

from collections.abc import Callable, Iterator

from apps.core.words import count
from apps.involvements.catalogue import SERVICES
from apps.reports import rules
from apps.reports.figures import FIGURES
from apps.reports.reading import Numbers, Reading


def sentences(reading: Reading) -> list[str]:
    """The week in sentences, in the order of the figures; nothing is said that no figure shows."""
    tellers: tuple[Callable[[Reading], Iterator[str]], ...] = (
        _known,
        _high,
        _moved,
        _came,
        _many,
        _unseen,
        _lists,
        _triage,
        _actions,
        _late,
    )
    return [sentence for teller in tellers for sentence in teller(reading)]


def total(numbers: Numbers) -> int | None:
    """The sum of a figure's parts; None where one of them is withheld and the sum would not be told elsewhere."""
    parts = list(numbers.values())
    return None if None in parts else sum(part for part in parts if part is not None)


def known(reading: Reading, code: str = "bands") -> int:
    """How many children are known: told to everybody."""
    return sum(reading.counted(reading.report, code).values())


def _than(reading: Reading, now: int, before: int) -> str:
    when = reading.before_label.lower()
    return (
        f"as many as the {when}"
        if now == before
        else f"{abs(now - before):,} {'more' if now > before else 'fewer'} than the {when}"
    )


def _known(reading: Reading) -> Iterator[str]:
    now = known(reading)
    compared = f", {_than(reading, now, reading.known_in(reading.before))}" if reading.before else ""
    each = (
        f": {rules.per_10_000(now, reading.people):,} of every 10,000 who live in the borough"
        if reading.people
        else ""
    )
    yield f"{count(now, 'child is', 'children are')} known{compared}{each}."


def _high(reading: Reading) -> Iterator[str]:
    numbers, all_known = reading.now("bands"), known(reading)
    before = reading.of(reading.before, "bands")
    for code, band in list(reading.bands.items())[:2]:
        number, was = numbers.get(code, 0), before.get(code, 0)
        if number is None:
            continue
        compared = f", {_than(reading, number, was)}" if reading.before and was is not None else ""
        yield f"{number:,} {'is' if number == 1 else 'are'} {band.label}, {rules.percent(number, all_known)} % of them{compared}."


def _moved(reading: Reading) -> Iterator[str]:
    moves = {key: number for key, number in reading.now("movement").items() if number}
    if not moves or not reading.report.basis["begun"]:
        return
    key = max(sorted(moves), key=lambda each: moves[each] or 0)
    was, now = (reading.label(FIGURES["movement"], part) for part in rules.parted(key))
    yield f"The most frequent move between ratings was from {was} to {now}: {count(moves[key] or 0, 'child', 'children')}."


def _came(reading: Reading) -> Iterator[str]:
    if not reading.report.basis["begun"]:
        return
    turned, open_now = reading.now("turnover"), reading.now("services")
    grown = {code: (turned.get(f"{code}/new", 0), turned.get(f"{code}/ended", 0)) for code in open_now}
    told = {
        code: (new, ended)
        for code, (new, ended) in grown.items()
        if new is not None and ended is not None and (new or ended)
    }
    if not told:
        return
    code = max(sorted(told), key=lambda each: abs(told[each][0] - told[each][1]))
    new, ended = told[code]
    caseload = open_now.get(code)
    if new != ended and caseload is not None:
        yield f"{SERVICES[code].name} changed most: {new:,} new and {ended:,} ended, to {count(caseload, 'child', 'children')}."


def _many(reading: Reading) -> Iterator[str]:
    several = reading.now("overlap").get("5", 0)
    if several:
        yield f"{count(several, 'child is', 'children are')} open to five or more services at once."


def _unseen(reading: Reading) -> Iterator[str]:
    numbers, standards = reading.now("unseen"), reading.report.basis["standards"]
    for code in (code for code in reading.bands if code in standards):
        parts = [numbers.get(f"{code}/{part}", 0) for part in ("longer", "never", "within")]
        longer, never, within = parts
        if longer is None or never is None or within is None or not sum((longer, never, within)):
            continue
        share = rules.percent(longer + never, longer + never + within)
        label = reading.bands[code].label
        yield f"Of {longer + never + within:,} {label} {longer + never:,} ({share} %) were not seen within {standards[code]} days."


def _lists(reading: Reading) -> Iterator[str]:
    numbers = reading.now("lists")
    if numbers.get("released"):
        out, opened, returned = (numbers.get(key) or 0 for key in ("released", "opened", "returned"))
        yield f"{count(out, 'weekly list')} went out; {opened:,} were opened and {returned:,} returned by the end of the week."


def _triage(reading: Reading) -> Iterator[str]:
    numbers = reading.now("triage")
    waiting, overdue = numbers.get("waiting", 0), numbers.get("overdue", 0)
    if waiting is not None and overdue is not None and waiting + overdue:
        yield f"{count(waiting + overdue, 'child waits', 'children wait')} for a decision in triage, {overdue:,} of them beyond their time."


def _actions(reading: Reading) -> Iterator[str]:
    numbers = reading.now("actions")
    waiting, overdue = numbers.get("open", 0), numbers.get("overdue", 0)
    if waiting is not None and overdue is not None and waiting + overdue:
        yield f"{count(waiting + overdue, 'action is', 'actions are')} open, {overdue:,} of them beyond their day."


def _late(reading: Reading) -> Iterator[str]:
    late = sorted(rules.parted(key)[1] for key in reading.now("freshness") if rules.parted(key)[0] == "late")
    if late:
        names = ", ".join(reading.feeds.get(code, code) for code in late)
        rest = "it" if len(late) == 1 else "them"
        yield f"{count(len(late), 'source is', 'sources are')} late ({names}): figures that rest on {rest} may be too low."
