"""The answers of a setting about one child, by code: the same on its own page, in the facts and on the child's page."""

RISK = {"low": "Low risk", "medium": "Medium risk", "high": "High risk"}
EXPECTED = {
    "full": "Expected every day",
    "part": "Expected part of the week",
    "remote": "Learning at home by agreement",
    "not": "Not expected",
}
WHOM = {"parent": "Parent or carer", "child": "Child", "both": "Parent and child", "other": "Other relative"}
HOW = {
    "phone": "Phone",
    "message": "Message or e-mail",
    "visit": "Home visit",
    "school": "At the setting",
    "letter": "Letter",
}
OUTCOME = {
    "reached": "Reached",
    "no_answer": "No answer",
    "declined": "Reached, declined what was offered",
    "not_there": "Not at the address",
}
SAID = {"risk": RISK, "expected": EXPECTED, "contact": OUTCOME}
#: The measure that each becomes.
MEASURES = {"risk": "school_risk", "expected": "school_expected", "contact": "school_contact"}
