"""Rules about special educational needs and health lists: code, severity, message. The layouts say what breaks them."""

from typing import Literal

Severity = Literal["error", "warning"]

SEND_RULES: tuple[tuple[str, Severity, str], ...] = (
    (
        "SEND_NUMBER",
        "warning",
        "A child of 6 or over has no UPN, no ULN and no code that says why. Give one of the three.",
    ),
    (
        "SEND_SETTING",
        "warning",
        "A child of 5 to 15 has neither a main nor a subsidiary setting. Give the setting, or say who educates the child.",
    ),
    ("SEND_AGE", "warning", "The person is 25 years old. Please check the date of birth and whether support goes on."),
    ("SEND_OLD", "error", "The person is 26 or over, beyond the age of a plan. Correct the date of birth or leave the row out."),
    ("DATE_TO_COME", "error", "This date is in the future. Correct it: what it dates has not happened yet."),
    (
        "NO_IDENTITY",
        "error",
        "Without an NHS number a row needs both names and the date of birth. Fill them in and send the file again.",
    ),
    ("SCHOOL_UNKNOWN", "warning", "The row says that the school is not known, so the child was not put on a roll."),
    ("URN_WRONG", "warning", "This is not a school's URN, so the child was not put on a roll. Write six figures."),
)  # fmt: skip
