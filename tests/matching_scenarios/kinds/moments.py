"""What comes later: corrections, and records that settle what was in question."""

from tests.matching_scenarios.kinds import kind
from tests.matching_scenarios.stage import CARE, EARLY, HEALTH, SCHOOL, YOUTH, Stage


@kind
def wrong_identifier_corrected(s: Stage) -> None:
    """The first week's number was another child's; the second week's is right."""
    child, other = s.cast.child(), s.cast.child()
    a, b = s.send(child, HEALTH), s.send(other, HEALTH)
    wrong = s.send(child, CARE, 1, nhs_number=other.nhs_number, upn="")
    right = s.send(child, CARE, 2, again=wrong, upn="")
    s.link(a, right)
    s.never(b, right, a)


@kind
def wrong_join_corrected(s: Stage) -> None:
    """An initial and the twin's number joined the wrong child; the correction takes it back."""
    child = s.cast.child(forename="Jack", sex="M")
    twin = s.cast.twin(child, forename="Jude", sex="M")
    a, b = s.send(child, HEALTH), s.send(twin, HEALTH)
    wrong = s.send(child, CARE, 1, forename="J", nhs_number=twin.nhs_number, upn="")
    right = s.send(child, CARE, 2, again=wrong, upn="")
    s.link(a, right)
    s.never(b, right, a)


@kind
def settled_later(s: Stage) -> None:
    """A record in question is given its number: nobody need be asked any more."""
    child = s.cast.child()
    a = s.send(child, HEALTH)
    b = s.send(child, CARE, 2, nhs_number="", upn="", address="", postcode="")
    s.link(a, s.send(child, CARE, 3, again=b, upn=""))


@kind
def poor_record_first(s: Stage) -> None:
    """The sparse record came first: the order of arrival changes nothing."""
    child = s.cast.child()
    a, b = s.send(child, YOUTH), s.send(child, HEALTH, 2)
    c = s.send(child, SCHOOL, 3)
    s.link(a, b, c)


@kind
def poor_record_first_elsewhere(s: Stage) -> None:
    """The sparse record came first, from an old address."""
    child = s.cast.child()
    home = s.cast.home()
    a = s.send(child, EARLY, address=home.address, postcode=home.postcode)
    s.ask(a, s.send(child, HEALTH, 2))


@kind
def corrected_name(s: Stage) -> None:
    """The name was another child's by a slip of the row; it is put right in the second week."""
    child, other = s.cast.child(), s.cast.child()
    a, b = s.send(child, HEALTH), s.send(other, HEALTH)
    wrong = s.send(child, CARE, 1, surname=other.surname, forename=other.forename, middle_names="", upn="")
    right = s.send(child, CARE, 2, again=wrong, upn="")
    s.link(a, right)
    s.never(b, right)
