"""What the agencies send of the cast, and what must come of it."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from tests.matching_scenarios.cast import Cast, Child

CARE, HEALTH, SCHOOL, EARLY, YOUTH, CAMHS = (
    "Social care", "Community health", "Schools", "Early help", "Youth justice", "CAMHS",
)  # fmt: skip
COLUMNS = (
    "record_id", "batch", "agency", "local_id", "nhs_number", "upn", "former_upn", "surname", "former_surname", "forename",
    "middle_names", "known_as", "dob", "unborn", "sex", "address", "postcode", "restricted", "mother",
)  # fmt: skip
#: link: a good linker links; ask: a person should be asked; may: whatever comes of it is right; never: must not be linked.
Expected = Literal["link", "ask", "may", "never"]
#: What an agency is never told.
UNTOLD = {
    HEALTH: ("upn",), CAMHS: ("upn",), SCHOOL: ("nhs_number",), YOUTH: ("nhs_number", "upn"), EARLY: ("nhs_number", "upn"),
    CARE: (),
}  # fmt: skip
NO_HOME = {"address": "", "postcode": ""}
NO_NUMBERS = {"nhs_number": "", "upn": ""}


class Expectation(NamedTuple):
    """What must come of two records, and why."""

    kind: str
    a: str
    b: str
    expect: Expected


@dataclass(frozen=True)
class Sent:
    """One record as it was sent."""

    record_id: str
    local_id: str


class Stage:
    """Collects the records of one seed, the truth, and what is expected of pairs."""

    def __init__(self, seed: int) -> None:
        self.cast = Cast(seed)
        self.chance = self.cast.chance
        self.kind = ""
        self.rows: list[dict[str, str]] = []
        self.truth: dict[str, str] = {}
        self.kind_of: dict[str, str] = {}
        self.expected: list[Expectation] = []

    def send(
        self, child: Child, agency: str, batch: int = 1, again: Sent | None = None, **words: str
    ) -> Sent:
        """One agency's record of a child, as it truly is but for what the agency never learns and the words given."""
        number = len(self.rows) + 1
        record_id = f"r{number:05}"
        local_id = again.local_id if again else f"{agency[:2].upper()}{10_000 + number * 7}"
        told = {
            "surname": child.surname, "forename": child.forename, "middle_names": child.middle_names, "sex": child.sex,
            "dob": child.dob.isoformat(), "nhs_number": child.nhs_number, "upn": child.upn, "address": child.home.address,
            "postcode": child.home.postcode,
        }  # fmt: skip
        told |= dict.fromkeys(UNTOLD[agency], "") | words
        head = {"record_id": record_id, "batch": str(batch), "agency": agency, "local_id": local_id}
        self.rows.append(dict.fromkeys(COLUMNS, "") | told | head)
        self.truth[record_id] = child.key
        self.kind_of[record_id] = self.kind
        return Sent(record_id, local_id)

    def link(self, a: Sent, *others: Sent) -> None:
        """A good linker links these to the first."""
        self._expect("link", a, *others)

    def ask(self, a: Sent, *others: Sent) -> None:
        """A person should be asked about these and the first; linking them is as right, where the truth says so."""
        self._expect("ask", a, *others)

    def may(self, a: Sent, *others: Sent) -> None:
        """Nobody could be blamed for either."""
        self._expect("may", a, *others)

    def never(self, a: Sent, *others: Sent) -> None:
        """These are never linked to the first, though a person may be asked."""
        self._expect("never", a, *others)

    def _expect(self, expect: Expected, a: Sent, *others: Sent) -> None:
        for b in others:
            self.expected.append(Expectation(self.kind, a.record_id, b.record_id, expect))
