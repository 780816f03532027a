"""The fields a column of any file can be mapped to, as data, and which of them a heading seems to be."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from apps.extracts.recognise import plain

Group = Literal["The child", "Involvement", "Seen", "Measure", "Other"]


class Field(NamedTuple):
    """A field: its words on the page, whether several columns may hold it, and the headings that mean it."""

    code: str
    label: str
    group: Group
    headings: str = ""
    kind: Literal["text", "date", "coded"] = "text"
    many: bool = False


FIELDS = {
    field.code: field
    for field in (
        Field("local_id", "The child's id in this system", "The child",
              "id|child id|la child id|client id|person id|case id|case number|case no|record id|unique id|child unique id"
              "|child ref|child reference|client ref|client no|client number|person number|pupil id|patient id|local patient id"
              "|local id|system id|mosaic id|eclipse id|liquidlogic id|reference|ref|ref no|young person id|cms id|kid no"),
        Field("surname", "Surname", "The child", "surname|last name|family name|child surname|pupil surname|legal surname"),
        Field("forename", "Forename", "The child",
              "forename|first name|given name|forenames|first names|child forename|pupil forename|christian name|legal forename"),
        Field("middle_names", "Middle names", "The child", "middle names|middle name|other given name|other names"),
        Field("known_as", "Known as", "The child", "known as|preferred name|preferred forename|preferred first name"
              "|preferred given name|also known as|aka"),
        Field("former_surname", "Former surname", "The child", "former surname|previous surname|maiden name"),
        Field("dob", "Date of birth", "The child", "date of birth|dob|birth date|born|born on|d.o.b.|person birth date", "date"),
        Field("expected", "Expected date of birth", "The child",
              "expected date of birth|expected birth date|expected dob|edd|estimated date of delivery|due date|expected person birth date",
              "date"),
        Field("mother", "Mother's name", "The child", "mother|mother's name|mother name|mothers name|name of mother"),
        Field("sex", "Sex", "The child", "sex|gender|m/f|gender current", "coded"),
        Field("ethnicity", "Ethnicity", "The child", "ethnicity|ethnic category|ethnic group|ethnic origin|ethnic code", "coded"),
        Field("nhs_number", "NHS number", "The child", "nhs number|nhs no|nhs"),
        Field("upn", "Unique pupil number (UPN)", "The child", "upn|unique pupil number"),
        Field("former_upn", "Former UPN", "The child", "former upn|previous upn"),
        Field("uln", "Unique learner number (ULN)", "The child", "uln|unique learner number"),
        Field("died_on", "Date of death", "The child", "date of death|died on|death date|dod", "date"),
        Field("left_area_on", "Day the child left the area", "The child", "left area|left area date|moved out of area", "date"),
        Field("address", "Address, or a line of it", "The child",
              "address|home address|address line 1|address line 2|address line 3|address line 4|address line 5"
              "|address1|address2|address3|street|house|town"
              "|city|county|full address", many=True),
        Field("postcode", "Postcode", "The child", "postcode|post code|home postcode|post_code|zip"),
        Field("restricted", "Yes: the record must be hidden", "The child", "restricted|restricted record|hidden|sensitive|sensitive flag"),
        Field("service", "Which service it is", "Involvement", "service|service name|service type|programme|involvement", "coded"),
        Field("start", "Involvement started on", "Involvement",
              "start|start date|started|started on|opened|date opened|open date|case opened|referral date|date of referral"
              "|from|from date|begin date|registered on|allocation date|accepted date|episode start|date from"
              "|start date of last involvement", "date"),
        Field("end", "Involvement ended on", "Involvement",
              "end|end date|ended|ended on|closed|date closed|close date|closure date|case closed|discharge date|to|to date"
              "|until|leaving date|episode end|date to", "date"),
        Field("key", "Episode or referral id", "Involvement", "episode id|referral id|involvement id|episode number|referral number"),
        Field("category", "Category", "Involvement",
              "category|type|level|pathway|support level|primary need|primary need code|category of abuse|legal status|case status"
              "|initial category of abuse|latest category of abuse|category of need|concern", "coded"),
        Field("worker", "Worker's id", "Involvement",
              "worker|worker id|lead worker|lead worker id|allocated worker|allocated worker id|key worker|keyworker"
              "|case manager id|lead practitioner id|practitioner id|clinician id"),
        Field("setting", "School or setting (URN or code)", "Involvement",
              "school urn|setting urn|urn|school|setting|establishment urn|laestab|school code|setting code"),
        Field("seen_on", "Last seen on", "Seen",
              "last seen|last seen date|date last seen|seen on|last contact date|last visit|date of last visit|last contact"
              "|date of most recent interaction", "date"),
        Field("seen_by", "Seen by", "Seen", "seen by|last seen by|last contact by|visited by"),
        Field("seen_how", "How seen", "Seen", "how seen|contact type|visit type|last contact type", "coded"),
        Field("observed_on", "Measured on", "Measure", "measured on|assessed on|observation date|score date|period end", "date"),
        Field("observed_until", "Holds until", "Measure", "valid until|holds until", "date"),
        Field("value", "Measure as a number", "Measure", "score|value|percentage|percent|attendance percent"),
        Field("text", "Measure in words", "Measure", "status|outcome|result"),
        Field("detail", "Keep as further detail", "Other", many=True),
    )
}  # fmt: skip

PERSON = frozenset(code for code, field in FIELDS.items() if field.group == "The child") - {
    "local_id",
    "restricted",
}
_MEANT = {plain(said): code for code, field in FIELDS.items() for said in field.headings.split("|") if said}

#: How a column writes its days: the first two also read yyyy-mm-dd, which nobody can mistake.
DATE_FORMS = {"": "Day first: 31/12/2026", "mdy": "Month first: 12/31/2026", "ymd": "Year first: 2026-12-31"}
#: What a heading may say before and after the field itself: whose it is, and a remark in brackets.
_ABOUT = re.compile(
    r"^\s*(child|pupil|student|patient|client|young person|person|pers)('?s)?[\s_\-]+|\s*\([^)]*\)\s*$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})", re.ASCII)
_TIME = re.compile(r"\s+\d{1,2}:\d{2}[\d:. APMapm]*", re.ASCII)


def guesses(headings: Sequence[str]) -> list[str]:
    """The field each heading seems to be; empty where it seems none, or one that a heading before it took."""
    taken: set[str] = set()
    found = []
    for heading in headings:
        code = _MEANT.get(plain(heading)) or _MEANT.get(plain(_ABOUT.sub("", heading)), "")
        if code and code in taken and not FIELDS[code].many:
            code = ""
        taken.add(code)
        found.append(code)
    return found


def date_form(values: Iterable[str]) -> str | None:
    """How a column seems to write its days; None where its values fit more than one form."""
    for value in values:
        if not (parts := _PARTS.match(value)):
            continue
        first, second = parts[1], parts[2]
        if len(first) == 4:
            return "ymd"
        if int(first) > 12:
            return ""
        if int(second) > 12:
            return "mdy"
    return None


def has_days(values: Iterable[str]) -> bool:
    """Whether any value is written as a day in figures."""
    return any(_PARTS.match(value) for value in values)


def british(value: str, form: str) -> str:
    """A day in a form this service reads; one that is not of the column's form is left as no day at all."""
    parts = _PARTS.match(value) if form else None
    if parts is None or len(parts[1]) == 4:
        return value
    if form == "ymd":
        return f"? {value}"
    rest = value[parts.end() :]
    return f"{parts[2]}/{parts[1]}/{parts[3]}" + ("" if _TIME.fullmatch(rest) else rest)
