"""Children whom somebody must not find: adopted, restricted."""

from tests.matching_scenarios.kinds import kind
from tests.matching_scenarios.stage import CARE, HEALTH, SCHOOL, YOUTH, Stage


@kind
def adoption(s: Stage) -> None:
    """A new surname, new numbers and a new house: the two identities are never linked by themselves."""
    child = s.cast.child()
    new = s.cast.child(forename=child.forename, sex=child.sex, dob=child.dob)
    a, b = s.send(child, HEALTH), s.send(new, HEALTH, 2, restricted="yes")
    s.never(a, b, s.send(new, SCHOOL, 3))


@kind
def adoption_under_one_roof(s: Stage) -> None:
    """Adopted by the foster carers: the house stays, name and numbers are new."""
    child = s.cast.child()
    new = s.cast.child(
        forename=s.cast.unlike(child.forename, child.sex), sex=child.sex, dob=child.dob, home=child.home
    )
    s.never(s.send(child, HEALTH), s.send(new, HEALTH, 2, restricted="yes"), s.send(new, YOUTH, 3))


@kind
def restricted_address(s: Stage) -> None:
    """One agency may not give the address away; the numbers say who it is."""
    child = s.cast.child()
    a = s.send(child, CARE, restricted="yes")
    s.link(a, s.send(child, HEALTH, 2), s.send(child, SCHOOL, 2, address="", postcode=""))
    s.ask(a, s.send(child, YOUTH, 3, address="", postcode=""))
