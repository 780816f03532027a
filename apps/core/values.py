"""Reading what agencies type: numbers with check digits, dates of every form, and the keys that names are compared by."""

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from operator import mul

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
UPN_VALUES = {char: number for number, char in enumerate(UPN_LETTERS)} | {
    str(digit): digit for digit in range(10)
}
UPN_WEIGHTS = range(2, 14)
UPN_SHAPE = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]")
NHS_PLACEHOLDERS = {"1234567890", "0123456789", "2333455667"}
POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})")
POSTCODE_AT_END = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\s*$", re.IGNORECASE)
NO_NAME = frozenset(
    {
        "baby",
        "baby boy",
        "baby girl",
        "unborn",
        "unborn baby",
        "infant",
        "male infant",
        "female infant",
        "not known",
        "notknown",
        "unknown",
        "not given",
        "no name",
        "tbc",
        "n a",
        "x",
        "xx",
        "xxx",
    }
)
BLANKS = frozenset(
    {"", "#N/A", "NULL", "null", "#n/a", "N/A", "#REF!", "#VALUE!", "#NAME?", "NaN", "nan", "None"}
)
MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
DATE_FORMS = tuple(
    re.compile(form + TIME, re.ASCII)
    for form in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
        r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})",
        r"(?P<y>\d{4})-(?P<m>[A-Za-z]{3})-(?P<d>\d{1,2})",
        r"(?P<d>\d{1,2})[ -](?P<m>[A-Za-z]{3})[a-z]*[ -](?P<y>\d{4})",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})",
    )
)
YES = frozenset({"1", "y", "yes", "true", "t", "1.0"})
# Letters that do not decompose into a base letter and a mark.
PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff]")
SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")


def clean(text: str) -> str:
    """The text without control characters, with runs of spaces as one; what spreadsheets write for nothing becomes empty."""
    if not text.isascii() or not text.isprintable():
        text = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        text = "\n".join(SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()
    elif "  " in text:
        text = SPACES.sub(" ", text)
    text = text.strip()
    return "" if text in BLANKS else text


def ident(text: str) -> str:
    """An id on one line, without the ``.0`` a spreadsheet adds to numbers."""
    text = " ".join(text.split())
    return text[:-2] if text.endswith(".0") and text[:-2].isdecimal() else text


@lru_cache(maxsize=65536)
def parse_date(text: str) -> date | None:
    """The day a text names, day before month; None where it names none. A time of day is dropped."""
    for form in DATE_FORMS:
        if found := form.fullmatch(text.strip()):
            month = found["m"]
            try:
                return date(
                    int(found["y"]),
                    int(MONTHS.get(month.lower(), 0) if month.isalpha() else month),
                    int(found["d"]),
                )
            except ValueError:
                return None
    return None


def parse_number(text: str) -> Decimal | None:
    """A number of at most nine whole digits, to three places; None for anything else."""
    try:
        number = Decimal(text.strip().rstrip("%").replace(",", ""))
        return (
            number.quantize(Decimal("0.001")) if number.is_finite() and abs(number) < 1_000_000_000 else None
        )
    except (InvalidOperation, ValueError):
        return None


def is_yes(text: str) -> bool:
    """Whether a cell says yes."""
    return text.strip().lower() in YES


def nhs_number(text: str) -> str:
    """The ten digits of an NHS number without spaces or hyphens; anything else as it stands."""
    return re.sub(r"[\s-]", "", ident(text))


def nhs_number_valid(digits: str) -> bool:
    """Whether ten digits pass the modulus 11 check and are not a placeholder."""
    if (
        len(digits) != 10
        or not (digits.isascii() and digits.isdecimal())
        or len(set(digits)) == 1
        or digits in NHS_PLACEHOLDERS
    ):
        return False
    check = (
        11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    )
    return check % 11 == int(digits[9]) and check != 10


def right_nhs_number(text: str) -> str:
    """The digits of an NHS number that passes its check; empty where the text is none."""
    return digits if nhs_number_valid(digits := nhs_number(text)) else ""


def upn(text: str) -> str:
    """A UPN in capitals without spaces."""
    return "".join(text.split()).upper()


def upn_valid(text: str) -> bool:
    """Whether a permanent or temporary UPN has the right shape and check letter."""
    if not UPN_SHAPE.fullmatch(text):
        return False
    return UPN_LETTERS[sum(map(mul, map(UPN_VALUES.__getitem__, text[1:]), UPN_WEIGHTS)) % 23] == text[0]


def right_upn(text: str) -> str:
    """A UPN that passes its check; empty where the text is none."""
    return found if upn_valid(found := upn(text)) else ""


@lru_cache(maxsize=65536)
def postcode(text: str) -> str:
    """A postcode in capitals with one space; empty where the text is not one."""
    found = POSTCODE.fullmatch(text.strip().upper())
    return f"{found[1]} {found[2]}" if found else ""


def postcode_of(address: str) -> str:
    """The postcode an address ends with, or nothing."""
    found = POSTCODE_AT_END.search(address)
    return f"{found[1]} {found[2]}".upper() if found else ""


def unaccented(text: str) -> str:
    """Lower case without marks on letters."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(char for char in folded if not unicodedata.combining(char)).translate(PLAIN_LETTERS)


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """What names are compared by: unaccented, lower case, hyphens as spaces, apostrophes dropped; empty for "Baby" and the like."""
    key = part_key(name)
    return "" if key in NO_NAME else key


def part_key(text: str) -> str:
    """The key of a part of a name, of which an "x" is not yet to say that there is none."""
    words = re.sub(r"['’‘`´ʼ.]", "", unaccented(text))
    return " ".join(re.sub(r"[\W_]+", " ", words).split())


@lru_cache(maxsize=65536)
def address_key(address: str) -> str:
    """What addresses are compared by: letters and figures in lower case, one space between words."""
    return " ".join(re.sub(r"[\W_]+", " ", re.sub(r"['’‘`´ʼ]", "", unaccented(address))).split())
