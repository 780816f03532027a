"""Where children live: they move, and many live in one house."""

from tests.matching_scenarios.cast import Child, Home
from tests.matching_scenarios.kinds import kind
from tests.matching_scenarios.stage import CAMHS, CARE, EARLY, HEALTH, NO_NUMBERS, SCHOOL, YOUTH, Stage


def at(home: Home) -> dict[str, str]:
    """The words of another address."""
    return {"address": home.address, "postcode": home.postcode}


@kind
def moved_house(s: Stage) -> None:
    """A new address; with a number it is the same child, without one a person is asked."""
    child = s.cast.child()
    a = s.send(child, HEALTH)
    s.link(a, s.send(child, CARE, 2, **at(s.cast.home())))
    s.ask(a, s.send(child, EARLY, 2, **at(s.cast.home())))


@kind
def moved_and_still_found(s: Stage) -> None:
    """The same record moves in the second week; a third agency still has the old house."""
    child = s.cast.child()
    new = s.cast.home()
    a = s.send(child, HEALTH)
    s.send(child, HEALTH, 2, again=a, **at(new))
    s.ask(a, s.send(child, YOUTH, 3))


@kind
def foster_placement(s: Stage) -> None:
    """A child in care lives with carers of another surname, beside their own child of the same age."""
    child = s.cast.child()
    carers = s.cast.child(surname="Thornbury", dob=child.dob)
    a, b = s.send(child, HEALTH), s.send(carers, HEALTH)
    c = s.send(child, CARE, 2, upn="", **at(carers.home))
    d = s.send(child, YOUTH, 3, **at(carers.home))
    s.link(a, c)
    s.link(c, d)
    s.never(b, a, c, d)


@kind
def childrens_home(s: Stage) -> None:
    """Seven children at one address: it is evidence of nothing between two of them."""
    house = Home("The Larches, 1 Paddock Way, Hallowby", s.cast.home().postcode)
    living: list[Child] = []
    for _ in range(5):
        living.append(s.cast.child(home=house, dob=s.cast.birthday().replace(year=2012)))
    living.append(s.cast.child(home=house, surname="Jones", forename="Chloe", sex="F", dob=living[0].dob))
    living.append(s.cast.child(home=house, surname="Jones", forename="Zara", sex="F", dob=living[0].dob))
    sent = [s.send(child, CARE) for child in living]
    for first, a in enumerate(sent):
        s.never(a, *sent[first + 1 :])
    family = s.cast.home()
    s.link(sent[1], s.send(living[1], CAMHS, 2, **at(family)))
    s.link(sent[2], s.send(living[2], EARLY, 2))
    s.ask(sent[3], s.send(living[3], YOUTH, 2, **at(family)))


@kind
def another_flat(s: Stage) -> None:
    """The postcode is the same, the line is written another way."""
    child = s.cast.child(home=Home("Flat 2, 14 Orchard Road, Wendhope", s.cast.home().postcode))
    s.link(s.send(child, HEALTH), s.send(child, EARLY, 2, address="14B Orchard Rd"))


@kind
def slip_in_the_postcode(s: Stage) -> None:
    """The postcode's last letter is wrong; the line is the same."""
    child = s.cast.child(home=Home("31 Kestrel Grove, Thistleby", "BK4 6DA"))
    s.ask(s.send(child, HEALTH), s.send(child, EARLY, 2, postcode="BK4 6DB"))


@kind
def no_fixed_address(s: Stage) -> None:
    """Words that say there is no address are no address two children have in common."""
    one = s.cast.child()
    two = s.cast.child(surname=one.surname, forename=one.forename, sex=one.sex, dob=one.dob)
    words = s.chance.choice(
        [{"address": "NFA", "postcode": "ZZ99 3VZ"}, {"address": "Not known", "postcode": "ZZ99 3WZ"}]
    )
    a = s.send(one, CARE, **NO_NUMBERS, **words)
    b = s.send(two, YOUTH, 2, **words)
    s.never(a, b)


@kind
def two_homes(s: Stage) -> None:
    """Parents apart: school has the one address, health the other, and early help knows both in turn."""
    child = s.cast.child()
    other = s.cast.home()
    a, b = s.send(child, HEALTH), s.send(child, SCHOOL, **at(other))
    first = s.send(child, EARLY, 2)
    s.send(child, EARLY, 3, again=first, **at(other))
    s.link(a, first)
    s.ask(a, b)
