"""Brothers, sisters and cousins: alike in everything but who they are."""

from datetime import timedelta

from tests.matching_scenarios.kinds import kind
from tests.matching_scenarios.stage import CARE, EARLY, HEALTH, NO_HOME, NO_NUMBERS, SCHOOL, YOUTH, Stage


@kind
def twins(s: Stage) -> None:
    """Everything is the same but the forename; each is known to a second agency without a common number."""
    one = s.cast.child()
    two = s.cast.twin(one)
    a, b, c, d = s.send(one, HEALTH), s.send(two, HEALTH), s.send(one, SCHOOL), s.send(two, SCHOOL, 2)
    s.link(a, c)
    s.link(b, d)
    s.never(a, b, d)
    s.never(b, c)


@kind
def twins_of_near_names(s: Stage) -> None:
    """Jayden and Kayden: a letter tells them apart, and could be a slip."""
    one_name, two_name = s.chance.choice(
        [("Jayden", "Kayden"), ("Ellie", "Elsie"), ("Mia", "Mya"), ("Erin", "Eryn")]
    )
    one = s.cast.child(forename=one_name)
    two = s.cast.twin(one, forename=two_name, sex=one.sex)
    a, b = s.send(one, HEALTH), s.send(two, HEALTH)
    c = s.send(one, EARLY, 2)
    d = s.send(two, CARE, 2)
    s.ask(a, c)
    s.link(b, d)
    s.never(a, b, d)
    s.never(b, c)


@kind
def twin_seen_alone(s: Stage) -> None:
    """Only one of the twins is known when a record of the other comes, without numbers."""
    one = s.cast.child(forename="Jack", sex="M")
    two = s.cast.twin(one, forename="Jake", sex="M")
    s.never(s.send(one, HEALTH), s.send(two, EARLY, 2))


@kind
def triplets(s: Stage) -> None:
    """Three of one day; one is known to a third agency by a number, one without."""
    one = s.cast.child()
    two, three = s.cast.twin(one), s.cast.twin(one)
    while three.forename[0] in (one.forename[0], two.forename[0]):
        three = s.cast.twin(one)
    a, b, c = (s.send(child, HEALTH) for child in (one, two, three))
    d, e = s.send(two, CARE, 2), s.send(three, YOUTH, 2)
    s.link(b, d)
    s.link(c, e)
    s.never(a, b, c, d, e)
    s.never(b, c, e)


@kind
def siblings_nhs_number(s: Stage) -> None:
    """Social care wrote the elder sister's NHS number on the younger one."""
    elder = s.cast.child()
    younger = s.cast.sibling(elder)
    a, b = s.send(elder, HEALTH), s.send(younger, HEALTH)
    wrong = s.send(younger, CARE, 2, nhs_number=elder.nhs_number, upn="")
    s.never(a, wrong, b)
    s.ask(b, wrong)


@kind
def twins_nhs_number(s: Stage) -> None:
    """A twin's NHS number on the other twin: the birth date agrees too."""
    one = s.cast.child()
    two = s.cast.twin(one)
    a, b = s.send(one, HEALTH), s.send(two, HEALTH)
    wrong = s.send(two, CARE, 2, nhs_number=one.nhs_number, upn="")
    s.never(a, wrong, b)
    s.ask(b, wrong)


@kind
def brothers_of_one_name(s: Stage) -> None:
    """Two brothers called Muhammad, told apart by a middle name and the birth date."""
    elder = s.cast.child(surname="Hussain", forename="Muhammad", middle_names="Umar", sex="M")
    younger = s.cast.sibling(elder, forename="Muhammad", middle_names="Yusuf", sex="M")
    a, b, c, d = (
        s.send(elder, HEALTH),
        s.send(younger, HEALTH),
        s.send(elder, SCHOOL),
        s.send(younger, EARLY, 2),
    )
    s.link(a, c)
    s.link(b, d)
    s.never(a, b, d)
    s.never(b, c)


@kind
def named_after_one_who_died(s: Stage) -> None:
    """A child bears the name of an elder brother who died."""
    elder = s.cast.child()
    younger = s.cast.sibling(elder, forename=elder.forename, middle_names=elder.middle_names, sex=elder.sex)
    a, b, c = s.send(elder, HEALTH), s.send(younger, HEALTH, 2), s.send(younger, SCHOOL, 2)
    s.link(b, c)
    s.never(a, b, c)


@kind
def parent_and_child_of_one_name(s: Stage) -> None:
    """A young father on the books of social care, and his son of the same name."""
    son = s.cast.child(sex="M")
    father = s.cast.child(
        surname=son.surname,
        forename=son.forename,
        sex="M",
        home=son.home,
        dob=son.dob.replace(year=son.dob.year - 18),
    )
    s.never(s.send(father, CARE), s.send(son, HEALTH), s.send(son, YOUTH, 2))


@kind
def cousins(s: Stage) -> None:
    """Cousins of one surname under one roof, months apart."""
    one = s.cast.child()
    two = s.cast.child(surname=one.surname, home=one.home, dob=one.dob + timedelta(days=62))
    two = s.cast.sibling(two, dob=two.dob)
    a, b = s.send(one, HEALTH), s.send(two, HEALTH)
    c, d = s.send(one, EARLY, 2), s.send(two, EARLY, 2)
    s.link(a, c)
    s.link(b, d)
    s.never(a, b, d)
    s.never(b, c)


@kind
def cousins_of_one_name(s: Stage) -> None:
    """Both are named after the same grandfather, and live in two houses."""
    one = s.cast.child()
    two = s.cast.child(surname=one.surname, forename=one.forename, sex=one.sex)
    a, b, c = s.send(one, HEALTH), s.send(two, HEALTH), s.send(two, SCHOOL, 2)
    s.link(b, c)
    s.never(a, b, c)


@kind
def step_siblings(s: Stage) -> None:
    """Two families become one household: two boys of one forename, each with his own surname."""
    one = s.cast.child(forename="Alfie", sex="M")
    two = s.cast.child(forename="Alfie", sex="M", home=one.home)
    a, b = s.send(one, HEALTH), s.send(two, HEALTH)
    c = s.send(two, EARLY, 2)
    s.link(b, c)
    s.never(a, b, c)


@kind
def step_siblings_who_share_a_surname(s: Stage) -> None:
    """One takes the family's surname later; nothing else changes."""
    one = s.cast.child()
    two = s.cast.sibling(one, surname="Ravenscroft", dob=one.dob + timedelta(days=20))
    a = s.send(one, SCHOOL)
    b = s.send(two, SCHOOL)
    c = s.send(two, CARE, 2, surname=one.surname, former_surname="Ravenscroft")
    s.link(b, c)
    s.never(a, b, c)


@kind
def name_collision(s: Stage) -> None:
    """Two children of one name and birth date, in two houses: a record without address or number is nobody's yet."""
    one = s.cast.child()
    two = s.cast.child(surname=one.surname, forename=one.forename, sex=one.sex, dob=one.dob)
    a, b = s.send(one, HEALTH), s.send(two, HEALTH)
    c = s.send(two, EARLY, 2, **NO_HOME)
    s.ask(b, c)
    s.never(a, b, c)


@kind
def name_collision_seen_alone(s: Stage) -> None:
    """Of two children of one name and birth date only one is known when the other comes."""
    one = s.cast.child()
    two = s.cast.child(surname=one.surname, forename=one.forename, sex=one.sex, dob=one.dob)
    s.never(s.send(one, HEALTH), s.send(two, YOUTH, 2), s.send(two, SCHOOL, 3))


@kind
def neighbours(s: Stage) -> None:
    """Two families of one surname in one street; the children are of one day."""
    one = s.cast.child(surname="Khan")
    two = s.cast.twin(one, mother="", home=type(one.home)("7 Other Court", one.home.postcode))
    s.never(s.send(one, HEALTH), s.send(two, HEALTH), s.send(two, EARLY, 2))


@kind
def number_copied_down(s: Stage) -> None:
    """A spreadsheet's fill handle gave one UPN to a whole class."""
    first, *rest = [s.cast.child() for _ in range(4)]
    sent = [s.send(first, SCHOOL)] + [s.send(child, CARE, 2, nhs_number="", upn=first.upn) for child in rest]
    s.never(*sent)


@kind
def bridge(s: Stage) -> None:
    """One record carries the NHS number of one child and the UPN of another: it joins nobody to anybody."""
    one = s.cast.child()
    two = s.cast.twin(one)
    a, b = s.send(one, HEALTH), s.send(two, SCHOOL)
    both = s.send(one, CARE, 2, upn=two.upn)
    s.never(a, b)
    s.never(b, both)
    s.ask(a, both)


@kind
def sparse_bridge(s: Stage) -> None:
    """One record fits two children equally well, by an initial: it is asked about and links nobody."""
    one = s.cast.child(forename="Oscar", sex="M")
    two = s.cast.twin(one, forename="Oliver", sex="M")
    a, b = s.send(one, HEALTH), s.send(two, HEALTH)
    c = s.send(two, EARLY, 2, forename="O", **NO_NUMBERS)
    s.ask(b, c)
    s.never(a, b, c)
