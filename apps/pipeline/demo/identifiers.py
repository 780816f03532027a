"""Numbers that look right and belong to nobody: NHS test range, retired authority, drama telephones."""

from collections.abc import Iterator
from functools import cache

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"

#: A code still recognised but no longer issued from, so that no number here is any pupil's.
LA_CODE = "837"
LA_NAME = "Brackmoor"

#: A postcode area that does not exist.
POSTCODE_AREA = "BK"
INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def nhs_number(serial: int) -> str | None:
    """The number of the 999 range with this serial, or None where modulus 11 allows no check digit or all are nines."""
    body = f"999{serial:06d}"
    if set(body) == {"9"}:
        return None
    check = 11 - sum(int(digit) * weight for digit, weight in zip(body, range(10, 1, -1), strict=True)) % 11
    return None if check == 10 else body + ("0" if check == 11 else str(check))


def nhs_numbers() -> Iterator[str]:
    """Every valid number of the test range, in an order that does not follow the children's."""
    serial = 204_118
    for _ in range(1_000_000):
        serial = (serial + 7_919) % 1_000_000
        number = nhs_number(serial)
        if number:
            yield number


def upn(estab: str, year: int, serial: int) -> str:
    """A pupil number issued by a school in a year, with its check letter."""
    digits = f"{LA_CODE}{estab}{year % 100:02d}{serial:03d}"
    return UPN_LETTERS[sum(int(d) * w for d, w in zip(digits, range(2, 14), strict=True)) % 23] + digits


def phone(serial: int) -> str:
    """One of the thousand numbers kept for drama."""
    return f"01632 960{serial % 1000:03d}"


@cache
def postcode(serial: int) -> str:
    """A postcode of an area that does not exist; one for each serial up to 72,000."""
    rest, second = divmod(serial, 20)
    rest, first = divmod(rest, 20)
    district, sector = divmod(rest, 9)
    return f"{POSTCODE_AREA}{district + 1} {sector + 1}{INWARD_LETTERS[first]}{INWARD_LETTERS[second]}"


def local_id(scheme: str, n: int) -> str:
    """A system's own id for the n-th child: no two systems agree, and the order means nothing."""
    prefix, first, step, size = SCHEMES[scheme]
    return f"{prefix}{first + (n * step) % size}"


#: Prefix, first number, a step and a size without a common factor.
SCHEMES = {
    "la_child_id": ("", 400_009, 7_919, 599_983),
    "early_help": ("EHM", 100_003, 6_841, 899_981),
    "send_id": ("S", 200_003, 5_987, 799_999),
    "vemt": ("V", 10_007, 4_001, 989_999),
    "neet_risk": ("CC", 310_019, 8_123, 689_987),
    "camhs": ("LP", 1_000_003, 9_341, 8_999_993),
    "community_health": ("RX", 2_000_003, 9_787, 7_999_993),
    "continuing_care": ("CC-", 1_009, 3_301, 998_989),
    "youth_justice": ("YJ", 20_011, 6_143, 979_987),
    "young_carers": ("YC-", 1_013, 2_833, 998_983),
    "early_years_roll": ("EY", 500_009, 7_001, 499_979),
}
