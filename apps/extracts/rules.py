"""Every rule a row or a file is checked by, as data: its code, whether it rejects the row, and what to do about it."""

from typing import Literal, NamedTuple

from apps.extracts.dfe_rules import DFE_RULES
from apps.extracts.send_rules import SEND_RULES


class Rule(NamedTuple):
    """``error`` rejects the row, ``warning`` keeps it. The message names a remedy and never repeats what the cell holds."""

    code: str
    severity: Literal["error", "warning"]
    message: str
    fields: tuple[str, ...] = ()  # the columns it is about, where it is about certain ones


WEIGHT = {"error": "row not used", "warning": "used, please check"}
RULES = {
    rule.code: rule
    for rule in (
        Rule(
            "ID_MISSING",
            "error",
            "This column is empty, so the row belongs to nobody. Give the child's id and send the file again.",
        ),
        Rule(
            "ID_LONG",
            "error",
            "The id is longer than 200 characters. Check that the columns have not shifted.",
        ),
        Rule(
            "NHS_ID",
            "error",
            "The NHS number is this row's id and fails its check digit. Correct it at the source.",
        ),
        Rule(
            "JOIN_UNKNOWN",
            "error",
            "No pupil in the main table of this set has this table id. Send the tables of one export together.",
        ),
        Rule(
            "NOT_IN_MAIN",
            "error",
            "The main table of this set has no row for this child. Add the child there or correct the id.",
        ),
        Rule(
            "ADULTS",
            "error",
            "This list is about prospective adopters, who are adults, so none of it is read or kept. Nothing needs correcting.",
        ),
        Rule(
            "ROW_LONG",
            "error",
            "The row has more values than there are headings. Put quotation marks round values that hold commas.",
        ),
        Rule("VALUE_MISSING", "error", "This column may not be empty. Fill it in and send the file again."),
        Rule(
            "VALUE_LONG",
            "error",
            "The value is longer than any real one. Check that the columns have not shifted.",
        ),
        Rule("DATE_WRONG", "error", "This is not a date. Write it as dd/mm/yyyy or yyyy-mm-dd."),
        Rule(
            "DATE_CHECK",
            "warning",
            "This is not a date, so it was left out. Write it as dd/mm/yyyy or yyyy-mm-dd.",
        ),
        Rule("DATE_FUTURE", "warning", "This date is still to come, so it was left out. Please check it."),
        Rule("DATE_ORDER", "warning", "This date is before the one it should follow. Please check both."),
        Rule(
            "DOB_FUTURE",
            "error",
            "The date of birth is in the future. Correct it, or give an expected date for an unborn child.",
        ),
        Rule("DOB_OLD", "warning", "The date of birth makes this person older than 26. Check the year."),
        Rule(
            "DEATH_ORDER",
            "warning",
            "The date of death is before the date of birth, so it was not used. Please check both.",
        ),
        Rule("END_BEFORE_START", "error", "The end is before the start. Correct one of the two dates."),
        Rule("NUMBER_WRONG", "warning", "This is not a number, so it was left out. Write figures only."),
        Rule("NUMBER_RANGE", "warning", "The number is out of range, so it was left out. Please check it."),
        Rule(
            "NHS_CHECK",
            "warning",
            "The NHS number fails its check digit, so it was not used. Correct it at the source.",
        ),
        Rule("UPN_CHECK", "warning", "The UPN fails its check letter. It was kept; please check it."),
        Rule(
            "UPN_TWICE",
            "warning",
            "Another child of this file has the same UPN. Find out whose it is, or whether they are one child.",
        ),
        Rule(
            "NHS_TWICE",
            "warning",
            "Another child of this file has the same NHS number. Find out whose it is, or whether they are one child.",
        ),
        Rule("POSTCODE_CHECK", "warning", "This is not a postcode. It was kept as part of the address only."),
        Rule(
            "CODE_UNKNOWN",
            "warning",
            "The code is not in the code set. It was kept as it is; please check it.",
        ),
        Rule(
            "DUPLICATE_IN_FILE",
            "warning",
            "Rows with this id disagree about the same thing. The first was used; please check them.",
        ),
        Rule(
            "EPISODES_OVERLAP",
            "warning",
            "Episodes of this child overlap. They were read as one period of care; please correct the dates.",
        ),
        Rule(
            "INVOLVEMENT_UNSPECIFIED",
            "warning",
            "The file does not say whether the involvement is current, so none was recorded.",
        ),
        Rule("TOO_DEEP", "error", "The record holds more parts than can be read. Check the export."),
    )
}
RULES |= {code: Rule(code, "warning", message, tuple(fields.split())) for code, fields, message in DFE_RULES}
RULES |= {code: Rule(code, severity, message) for code, severity, message in SEND_RULES}


def table() -> str:
    """Every rule as a table for people to read, see docs/reference."""
    lines = [
        f"| `{rule.code}` | {WEIGHT[rule.severity]} | {', '.join(rule.fields)} | {rule.message} |"
        for rule in RULES.values()
    ]
    return "\n".join(["| rule | weight | columns | what it says |", "|---|---|---|---|", *lines])
