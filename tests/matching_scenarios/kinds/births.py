"""Birth dates: swapped, slipped, missing, assumed, expected."""

from datetime import date, timedelta

from tests.matching_scenarios.cast import Home
from tests.matching_scenarios.kinds import kind
from tests.matching_scenarios.stage import CARE, EARLY, HEALTH, NO_NUMBERS, SCHOOL, YOUTH, Stage


@kind
def swapped_dates(s: Stage) -> None:
    """Day and month changed round."""
    child = s.cast.child(dob=date(s.chance.randint(2011, 2019), 4, 9))
    swapped = child.dob.replace(day=4, month=9).isoformat()
    a = s.send(child, HEALTH)
    s.link(a, s.send(child, CARE, dob=swapped))
    s.ask(a, s.send(child, YOUTH, 2, dob=swapped))


@kind
def day_slipped(s: Stage) -> None:
    """One figure of the day is wrong."""
    child = s.cast.child(dob=date(s.chance.randint(2011, 2019), 6, 17))
    a = s.send(child, HEALTH)
    s.link(a, s.send(child, CARE, dob=child.dob.replace(day=11).isoformat()))
    s.ask(a, s.send(child, EARLY, 2, dob=child.dob.replace(day=18).isoformat()))


@kind
def year_slipped(s: Stage) -> None:
    """The year is one out, and there is no brother or sister of the name."""
    child = s.cast.child()
    s.ask(
        s.send(child, HEALTH),
        s.send(child, EARLY, 2, dob=child.dob.replace(year=child.dob.year + 1).isoformat()),
    )


@kind
def missing_birth_date(s: Stage) -> None:
    """No birth date on the referral: the number, or name and house, are all there is."""
    child = s.cast.child()
    a = s.send(child, HEALTH)
    s.ask(a, s.send(child, CARE, 2, dob=""), s.send(child, EARLY, 2, dob=""))


@kind
def default_dates(s: Stage) -> None:
    """A system that writes 1 January where it does not know."""
    child = s.cast.child()
    other = s.cast.child(surname=child.surname)
    first = date(child.dob.year, 1, 1).isoformat()
    a, b = s.send(child, HEALTH), s.send(child, CARE, 2, dob=first)
    c = s.send(other, CARE, 2, dob=first, **NO_NUMBERS)
    s.ask(a, b)
    s.never(b, c)


@kind
def unborn_then_born(s: Stage) -> None:
    """Social care opens a record before the birth; health writes the child down three weeks early."""
    child = s.cast.child(dob=date(2024, 9, 14), forename="Isla", middle_names="", sex="F")
    due = (child.dob + timedelta(days=s.chance.randint(2, 20))).isoformat()
    before = s.send(
        child, CARE, 1, forename="Unborn", dob=due, unborn="yes", sex="", mother=child.mother, **NO_NUMBERS
    )
    born = s.send(child, HEALTH, 2, mother=child.mother)
    s.ask(before, born)
    neighbour = s.cast.child(dob=date(2024, 9, 18), surname="Fairweather")
    s.never(before, s.send(neighbour, HEALTH, 2, mother=neighbour.mother))


@kind
def unborn_then_named(s: Stage) -> None:
    """The record opened before the birth is given the child's name and number: it joins the child."""
    child = s.cast.child(dob=date(2024, 8, 15), middle_names="")
    due = (child.dob + timedelta(days=9)).isoformat()
    before = s.send(
        child, CARE, 1, forename="Baby", dob=due, unborn="yes", sex="", mother=child.mother, **NO_NUMBERS
    )
    born = s.send(child, HEALTH, 2, mother=child.mother)
    named = s.send(child, CARE, 3, again=before, upn="", mother=child.mother)
    s.link(born, named)


@kind
def two_unborn_of_one_surname(s: Stage) -> None:
    """Two expectant mothers of one surname, due in the same week, in two houses."""
    one = s.cast.child(surname="Begum", dob=date(2024, 10, 19), mother="Rukhsana Begum")
    two = s.cast.child(surname="Begum", dob=date(2024, 10, 22), mother="Nasreen Begum")
    unborn = {"forename": "Unborn", "unborn": "yes", "sex": "", **NO_NUMBERS}
    a = s.send(one, CARE, mother=one.mother, **unborn)
    b = s.send(two, EARLY, mother=two.mother, **unborn)
    s.never(a, b, s.send(two, HEALTH, 2, mother=two.mother))


@kind
def unaccompanied_children(s: Stage) -> None:
    """Six boys in one hostel, all with 1 January of one year, some of one surname, one pair of one name."""
    hostel = Home("Harbour House, 2 Quay Lane, Saltwick", s.cast.home().postcode)
    named = [
        ("Ahmadi", "Mohammad"),
        ("Ahmadi", "Ahmad"),
        ("Ahmadi", "Mohammad"),
        ("Noori", "Ali"),
        ("Noori", "Reza"),
        ("Tesfay", "Yonas"),
    ]
    boys = [
        s.cast.child(
            surname=surname, forename=forename, middle_names="", sex="M", dob=date(2010, 1, 1), home=hostel
        )
        for surname, forename in named
    ]
    health = [s.send(boy, HEALTH) for boy in boys]
    for first, a in enumerate(health):
        s.never(a, *health[first + 1 :])
    s.link(health[3], s.send(boys[3], CARE, 2))
    s.ask(health[2], s.send(boys[2], SCHOOL, 2))
    s.ask(health[5], s.send(boys[5], YOUTH, 2))


@kind
def born_on_one_day(s: Stage) -> None:
    """Unrelated children of one surname, born on one day, at opposite ends of the borough."""
    one = s.cast.child(surname="Smith")
    two = s.cast.child(
        surname="Smith", dob=one.dob, forename=s.cast.unlike(one.forename, one.sex), sex=one.sex
    )
    s.never(s.send(one, HEALTH), s.send(two, HEALTH), s.send(two, SCHOOL, 2))
