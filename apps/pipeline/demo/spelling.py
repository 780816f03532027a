"""How each agency has heard of a child: a letter wrong, a number missing, an old address; always alike."""

from dataclasses import dataclass
from datetime import date
from zlib import crc32

from apps.pipeline.demo import names
from apps.pipeline.demo.model import Child, Home


@dataclass(frozen=True)
class Ear:
    """How often an agency lacks or mishears what it is told, as shares of children."""

    no_nhs: float = 0.05
    no_upn: float = 0.05
    no_address: float = 0.01
    stale: float = 0.35
    misheard: float = 0.006
    slip: float = 0.002
    capitals: bool = False
    plain: bool = False


EARS = {
    "csc_people": Ear(no_nhs=0.07, no_upn=0.08),
    "early_help": Ear(no_nhs=0.4, no_upn=0.25, misheard=0.01),
    "send_id": Ear(no_nhs=0.3, no_upn=0.02),
    "vemt": Ear(1, 1, no_address=0.02),
    "neet_risk": Ear(1, 0.05),
    "camhs": Ear(0.03, 1, capitals=True),
    "community_health": Ear(0.02, 1, capitals=True),
    "continuing_care": Ear(0.01, 1, capitals=True),
    "clinical_status": Ear(0, 1, capitals=True),
    "youth_justice": Ear(1, 1, no_address=0.03, plain=True),
    "young_carers": Ear(1, 1, misheard=0.012, plain=True),
    "early_years_roll": Ear(1, 1, misheard=0.004),
    "school_census": Ear(1, 0),
    "attendance": Ear(1, 0),
}
ASCII = str.maketrans("ÁáÂâÉéÈèÊêÍíÏïÓóÔôÖöÚúÜüÑñ’ąćęłńśźż", "AaAaEeEeEeIiIiOoOoOoUuUuNn'acelnszz")
NO_HOME = Home("", "", 0, "", "")


@dataclass(slots=True)
class Heard:
    """A child in one agency's words."""

    forename: str
    surname: str
    middle: str
    known_as: str
    dob: date
    sex: str
    nhs: str
    upn: str
    home: Home

    @property
    def address(self) -> str:
        """The address on one line, empty where the agency has none."""
        return self.home.line if self.home.street else ""


class Speech:
    """One agency's way of writing children down."""

    def __init__(self, seed: int, agency: str):
        self.ear = EARS[agency]
        self.salt = f"{seed}/{agency}/"

    def draw(self, n: int, what: str) -> float:
        """A number from 0 to 1 that is always the same for this agency, child and question."""
        return crc32(f"{self.salt}{n}/{what}".encode()) / 4_294_967_296

    def of(self, child: Child) -> Heard:
        """The child as this agency writes them down today."""
        ear, n = self.ear, child.n
        forename, surname, dob = child.forename, child.surname, child.dob
        if child.old_surname and self.draw(n, "surname") < ear.stale:
            surname = child.old_surname
        error = self.draw(n, "misheard")
        if error < ear.misheard:
            forename = names.MISHEARD.get(forename, forename)
            surname = _slip(surname, int(error * 1e7)) if forename == child.forename else surname
        if self.draw(n, "dob") < ear.slip and dob.day <= 12:
            dob = date(dob.year, dob.day, dob.month)
        heard = Heard(
            forename, surname, child.middle, child.known_as, dob, child.sex,
            "" if self.draw(n, "nhs") < ear.no_nhs else child.nhs, "" if self.draw(n,
            "upn") < ear.no_upn else child.upn, self._home(child),
        )  # fmt: skip
        if ear.plain:
            heard.forename, heard.surname = forename.translate(ASCII), surname.translate(ASCII)
        if ear.capitals:
            heard.surname = heard.surname.translate(ASCII).upper()
        return heard

    def _home(self, child: Child) -> Home:
        if self.draw(child.n, "address") < self.ear.no_address:
            return NO_HOME
        if child.old_home and self.draw(child.n, "moved") < self.ear.stale:
            return child.old_home
        return child.home


def _slip(word: str, at: int) -> str:
    """The word with two neighbouring letters changed round."""
    if len(word) < 4:
        return word
    place = 1 + at % (len(word) - 3)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
