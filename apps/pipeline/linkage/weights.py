"""What the linker noted of a pair, as a person reads it. Evidence may be missing: then the words stand without figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.matching.rules import FieldLine

#: The label of a field on the page -> its name in the evidence.
NAMES = {
    "Surname": "surname", "Forename": "forename", "Known as": "known_as", "Born": "dob", "Sex": "sex", "NHS number": "nhs_number",
    "UPN": "upn", "Address": "address", "Postcode": "postcode",
}  # fmt: skip


@dataclass(frozen=True)
class Weighed:
    """A field of both with the bits it adds, or None where none were worked out; ``part`` is its share of the largest."""

    line: FieldLine
    bits: float | None
    part: float

    @property
    def shown(self) -> str:
        """ "+7.1" or "−4.2"."""
        return signed(self.bits) if self.bits is not None else ""


def weighed(lines: list[FieldLine], evidence: Mapping[str, Any] | None) -> list[Weighed]:
    """Every field with its weight."""
    bits = {label: _bits(evidence, name) for label, name in NAMES.items()}
    most = max((abs(value) for value in bits.values() if value is not None), default=0) or 1
    return [Weighed(line, value := bits.get(line.label), abs(value or 0) / most) for line in lines]


def _bits(evidence: Mapping[str, Any] | None, name: str) -> float | None:
    found = ((evidence or {}).get("weights") or {}).get(name)
    if isinstance(found, Mapping):
        found = found.get("bits", found.get("weight"))
    return float(found) if isinstance(found, int | float) else None


def number(evidence: Mapping[str, Any] | None, name: str) -> float | None:
    """A figure of the evidence, where it is one."""
    found = (evidence or {}).get(name)
    return float(found) if isinstance(found, int | float) else None


def signed(bits: float) -> str:
    """With a sign, one decimal, and a minus that is one."""
    return f"{bits:+.1f}".replace("-", "−")
