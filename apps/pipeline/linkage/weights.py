"""What the linker noted of a pair, as a person reads it. Evidence may be missing: then the words stand without figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.matching.rules import FieldLine


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


def weighed(lines: list[FieldLine]) -> list[Weighed]:
    """Every field with its weight."""
    most = max((abs(line.bits) for line in lines if line.bits is not None), default=0) or 1
    return [Weighed(line, line.bits, abs(line.bits or 0) / most) for line in lines]


def number(evidence: Mapping[str, Any] | None, name: str) -> float | None:
    """A figure of the evidence, where it is one."""
    found = (evidence or {}).get(name)
    return float(found) if isinstance(found, int | float) else None


def signed(bits: float) -> str:
    """With a sign, one decimal, and a minus that is one."""
    return f"{bits:+.1f}".replace("-", "−")
