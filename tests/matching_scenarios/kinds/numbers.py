"""NHS numbers and UPNs: mistyped, missing, changed, and no numbers at all."""

from tests.matching_scenarios.cast import Child
from tests.matching_scenarios.kinds import kind
from tests.matching_scenarios.stage import CAMHS, CARE, EARLY, HEALTH, NO_NUMBERS, SCHOOL, YOUTH, Stage


@kind
def typo_that_hits_another(s: Stage) -> None:
    """A mistyped number is the valid number of a child at the other end of the borough."""
    child, other = s.cast.child(), s.cast.child()
    a, b = s.send(child, HEALTH), s.send(other, HEALTH)
    c = s.send(child, CARE, 2, nhs_number=other.nhs_number, upn="")
    s.ask(a, c)
    s.never(b, c, a)


@kind
def typo_that_hits_a_namesake(s: Stage) -> None:
    """The mistyped number is that of a child of the same forename, of another day."""
    child = s.cast.child()
    other = s.cast.child(forename=child.forename, sex=child.sex)
    a, b = s.send(child, HEALTH), s.send(other, HEALTH)
    c = s.send(child, CARE, 2, nhs_number=other.nhs_number, upn="")
    s.ask(a, c)
    s.never(b, c, a)


@kind
def typo_that_fails(s: Stage) -> None:
    """A mistyped number fails its check digit: it says nothing, and contradicts nothing."""
    child = s.cast.child()
    wrong = child.nhs_number[:-1] + str((int(child.nhs_number[-1]) + 1) % 10)
    s.link(s.send(child, HEALTH), s.send(child, CARE, 2, nhs_number=wrong, upn=""))


@kind
def placeholders(s: Stage) -> None:
    """Numbers and names that many share because they mean nothing."""
    children = [s.cast.child() for _ in range(4)]
    number = s.chance.choice(("9999999999", "1111111111", "0000000000", "4444444444"))
    sent = [s.send(child, HEALTH, nhs_number=number) for child in children[:2]]
    sent += [s.send(child, CARE, 2, nhs_number=number, upn="UN1") for child in children[2:]]
    for first, a in enumerate(sent):
        s.never(a, *sent[first + 1 :])
    s.link(sent[0], s.send(children[0], EARLY, 2))


@kind
def nameless(s: Stage) -> None:
    """ "Baby" of one surname, born on one day, in two houses."""
    one = s.cast.child(surname="Jones")
    two = s.cast.child(surname="Jones", dob=one.dob)
    words = {"forename": s.chance.choice(("Baby", "Infant", "Not known")), "middle_names": ""}
    s.never(s.send(one, HEALTH, nhs_number="", **words), s.send(two, CARE, 2, **words, **NO_NUMBERS))


@kind
def former_upn(s: Stage) -> None:
    """A new UPN after a move; the new school names the former one."""
    child = s.cast.child()
    new = s.cast.upn()
    a = s.send(child, SCHOOL)
    b = s.send(child, CARE, 2, nhs_number="", upn=new, former_upn=child.upn)
    s.link(a, b)
    s.link(b, s.send(child, CARE, 3, upn=new, nhs_number=""))


@kind
def superseded_nhs_number(s: Stage) -> None:
    """A new NHS number replaced the old one, which others still hold; everything else agrees."""
    child = s.cast.child()
    new = s.cast.nhs_number()
    a = s.send(child, HEALTH)
    s.ask(a, s.send(child, CARE, 2, nhs_number=new, upn=""))


@kind
def superseded_and_told(s: Stage) -> None:
    """The same record changes from the old number to the new: who comes with either is the same child."""
    child = s.cast.child()
    new = s.cast.nhs_number()
    a = s.send(child, HEALTH)
    s.send(child, HEALTH, 2, again=a, nhs_number=new)
    s.ask(a, s.send(child, CARE, 3, upn=""))
    s.link(a, s.send(child, CAMHS, 3, nhs_number=new))


@kind
def duplicates_within_an_extract(s: Stage) -> None:
    """One system has written the child down twice."""
    child = s.cast.child()
    a, b = s.send(child, CARE), s.send(child, CARE)
    other = s.cast.child()
    c, d = s.send(other, YOUTH), s.send(other, YOUTH)
    s.ask(a, b)
    s.ask(c, d)


@kind
def duplicate_of_last_week(s: Stage) -> None:
    """One system gives a child a second id a week later."""
    child = s.cast.child()
    s.ask(s.send(child, EARLY), s.send(child, EARLY, 2))


@kind
def numbers_alone_differ(s: Stage) -> None:
    """Two UPNs for one child at two schools: name, day and house agree."""
    child = s.cast.child()
    s.ask(s.send(child, SCHOOL), s.send(child, CARE, 2, nhs_number="", upn=s.cast.upn()))


@kind
def both_numbers(s: Stage) -> None:
    """Social care knows both numbers and joins health to school, whatever else has changed."""
    child = s.cast.child(surname="Salter", forename="Imogen", sex="F")
    a, b = s.send(child, HEALTH), s.send(child, SCHOOL, 1, surname="Venn", **moved(s, child))
    c = s.send(child, CARE, 2)
    s.ask(a, c)
    s.ask(b, c)


def moved(s: Stage, child: Child) -> dict[str, str]:
    """The words of another address."""
    home = s.cast.home()
    return {"address": home.address, "postcode": home.postcode}
