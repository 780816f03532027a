"""When an extract must wait for a person. Pure."""

from dataclasses import dataclass
from datetime import date

from apps.core.words import day

#: Below this many endings a share says nothing: two of a team's nine cases may well close in a week.
FEW_ENDINGS = 10
#: Below this many rows fewer a share says nothing either.
FEW_ROWS = 10


@dataclass(frozen=True)
class Arrival:
    """What there is to know of an extract before it is committed, against what its feed sent last."""

    rows: int
    rows_before: int | None
    as_of: date
    as_of_before: date | None
    same_as: date | None
    is_full: bool
    agreement_ended: date | None
    ended: int
    open_before: int
    max_ended_percent: int
    max_fewer_percent: int


def reasons_to_hold(arrival: Arrival) -> list[str]:
    """A sentence for each thing about an extract that a person must accept before it is committed; none where it may go on."""
    return [sentence for rule in (_ended, *BESIDE) if (sentence := rule(arrival))]


def reasons_unseen(arrival: Arrival, shown: list[str]) -> list[str]:
    """Those that were not among what somebody was shown and accepted; how much it would end is compared by number, not here."""
    return [sentence for rule in BESIDE if (sentence := rule(arrival)) and sentence not in shown]


def _ended(a: Arrival) -> str:
    if a.ended <= FEW_ENDINGS or a.ended * 100 <= a.open_before * a.max_ended_percent:
        return ""
    return (
        f"This extract would end {a.ended} of {a.open_before} open involvements, more than the {a.max_ended_percent}% allowed for"
        " this feed. Nothing was changed. Check with the sending agency that the file is complete."
    )


def _fewer(a: Arrival) -> str:
    before = a.rows_before or 0
    if (
        not a.is_full
        or not a.rows
        or before - a.rows <= FEW_ROWS
        or (before - a.rows) * 100 <= before * a.max_fewer_percent
    ):
        return ""
    return (
        f"This file has {a.rows} rows and the last one had {before}: more than {a.max_fewer_percent}% fewer."
        " Check with the sending agency that it is complete."
    )


def _empty(a: Arrival) -> str:
    if a.rows:
        return ""
    return (
        "This file has headings but no rows. Run the export again, unless there is truly nobody left to send."
    )


def _not_newer(a: Arrival) -> str:
    if a.as_of_before is None or a.as_of > a.as_of_before or (not a.is_full and a.as_of == a.as_of_before):
        return ""
    if a.as_of == a.as_of_before:
        return (
            f"This feed already has an extract as of {day(a.as_of)}. Commit this one only if it corrects that one:"
            " it would take its place."
        )
    return (
        f"This feed already has an extract as of {day(a.as_of_before)}, which is newer than this one of {day(a.as_of)}."
        " Committing it would put older facts in the place of newer ones."
    )


def _same(a: Arrival) -> str:
    if a.same_as is None:
        return ""
    return (
        f"This is the very file that was loaded as of {day(a.same_as)}. Commit it only if nothing has changed since;"
        " if it was sent again by mistake, cancel it."
    )


def _agreement(a: Arrival) -> str:
    return without_agreement(a.agreement_ended) if a.agreement_ended else ""


def without_agreement(ended: date) -> str:
    """What speaks against taking in anything of an agency whose last agreement has ended."""
    return (
        f"The sharing agreements of the agency that sends this ended on {day(ended)}."
        " Ask information governance before anything more of it is taken in."
    )


#: What beside the endings can speak against an extract.
BESIDE = (_fewer, _empty, _not_newer, _same, _agreement)
