"""One child, several names."""

from tests.matching_scenarios.kinds import kind
from tests.matching_scenarios.stage import CAMHS, CARE, EARLY, HEALTH, SCHOOL, YOUTH, Stage


@kind
def muhammad_variants(s: Stage) -> None:
    """One name, five spellings."""
    child = s.cast.child(surname="Khan", forename="Mohammed", sex="M")
    a = s.send(child, HEALTH)
    s.link(a, s.send(child, CARE, forename="Muhammad"), s.send(child, CAMHS, 2, forename="Mohamed"))
    s.link(a, s.send(child, EARLY, 2, forename="Muhammed"))
    s.link(a, s.send(child, YOUTH, 3, forename="Mohammad"))


@kind
def muhammad_as_a_prefix(s: Stage) -> None:
    """Health writes the prefix as the forename, school the name he is called by."""
    child = s.cast.child(surname="Ahmed", forename="Muhammad", middle_names="Bilal", sex="M")
    brother = s.cast.sibling(child, forename="Muhammad", middle_names="Hamza", sex="M")
    a, b = s.send(child, HEALTH), s.send(brother, HEALTH)
    c = s.send(child, EARLY, 2, forename="Bilal", middle_names="")
    s.ask(a, c)
    s.never(b, c, a)


@kind
def double_barrelled(s: Stage) -> None:
    """Both parts of the surname here, one of them there."""
    child = s.cast.child(surname="Hartley-Booth")
    a = s.send(child, HEALTH)
    s.link(a, s.send(child, CARE, surname="Hartley"), s.send(child, CAMHS, 2, surname="Booth"))
    s.ask(a, s.send(child, YOUTH, 2, surname="Hartley"), s.send(child, EARLY, 2, surname="Booth-Hartley"))


@kind
def changed_surname(s: Stage) -> None:
    """The mother married: some agencies know the new name, one knows both."""
    child = s.cast.child(surname="Appleby")
    a, b = s.send(child, HEALTH), s.send(child, SCHOOL)
    c = s.send(child, CARE, 2, surname="Wragby", former_surname="Appleby")
    d = s.send(child, EARLY, 3, surname="Wragby", former_surname="Appleby")
    s.link(a, b, c)
    s.link(c, d)


@kind
def changed_surname_untold(s: Stage) -> None:
    """A new surname, and no word of the old one; the birth date, forename and house are the same."""
    child = s.cast.child(surname="Tallis")
    s.ask(s.send(child, HEALTH), s.send(child, EARLY, 2, surname="Bligh"))


@kind
def name_order(s: Stage) -> None:
    """Family name first, in the wrong column."""
    child = s.cast.child(surname="Nguyen", forename="Linh")
    a = s.send(child, HEALTH)
    s.link(a, s.send(child, CARE, surname="Linh", forename="Nguyen"))
    s.ask(a, s.send(child, EARLY, 2, surname="Linh", forename="Nguyen"))


@kind
def known_as(s: Stage) -> None:
    """Alexander is Alex to everybody but his doctor."""
    child = s.cast.child(forename="Alexander", sex="M")
    a = s.send(child, HEALTH, known_as="Alex")
    s.link(a, s.send(child, SCHOOL, forename="Alex"), s.send(child, EARLY, 2, forename="Alex"))
    other = s.cast.child(forename="Nikita", sex="F")
    b = s.send(other, SCHOOL, known_as="Poppy")
    s.ask(b, s.send(other, YOUTH, 2, forename="Poppy"))


@kind
def nicknames(s: Stage) -> None:
    """A short form that nobody has written down beside the long one."""
    full, short, sex = s.chance.choice(
        [
            ("Katherine", "Katie", "F"),
            ("William", "Billy", "M"),
            ("Elizabeth", "Lizzie", "F"),
            ("Robert", "Bob", "M"),
        ]
    )
    child = s.cast.child(forename=full, sex=sex)
    a = s.send(child, HEALTH)
    s.link(a, s.send(child, CARE, 2, forename=short))
    s.link(a, s.send(child, EARLY, 2, forename=short))


@kind
def diacritics(s: Stage) -> None:
    """Accents that one system keeps and another has lost."""
    child = s.cast.child(surname="Núñez-Müller", forename="Zoë", sex="F")
    a = s.send(child, HEALTH)
    s.link(
        a,
        s.send(child, SCHOOL, surname="NUNEZ-MULLER", forename="ZOE"),
        s.send(child, YOUTH, 2, surname="Nunez Muller", forename="Zoe"),
    )
    s.ask(a, s.send(child, EARLY, 2, surname="Nunez-Mueller", forename="Zoe"))


@kind
def apostrophes(s: Stage) -> None:
    """O’Brien, O'Brien, OBrien and O Brien; McDonald and Mc Donald."""
    child = s.cast.child(surname="O’Brien")
    a = s.send(child, HEALTH)
    s.link(a, s.send(child, SCHOOL, surname="OBRIEN"), s.send(child, YOUTH, 2, surname="O Brien"))
    other = s.cast.child(surname="McDonald")
    s.link(s.send(other, HEALTH), s.send(other, EARLY, 2, surname="Mc Donald"))


@kind
def hyphen_lost(s: Stage) -> None:
    """Anne-Marie, Anne Marie, Annemarie, and Anne with a middle name."""
    child = s.cast.child(forename="Anne-Marie", middle_names="", sex="F")
    a = s.send(child, HEALTH)
    s.link(a, s.send(child, SCHOOL, forename="Annemarie"), s.send(child, YOUTH, 2, forename="Anne Marie"))
    s.link(a, s.send(child, EARLY, 2, forename="Anne", middle_names="Marie"))


@kind
def initials(s: Stage) -> None:
    """The referral says J."""
    child = s.cast.child(forename="James", sex="M")
    a = s.send(child, HEALTH)
    s.link(a, s.send(child, CARE, 2, forename="J"))
    s.ask(a, s.send(child, EARLY, 2, forename="J"))


@kind
def transliteration(s: Stage) -> None:
    """A name written in Latin letters twice."""
    surname, other, forename, again = s.chance.choice(
        [
            ("Chowdhury", "Choudhury", "Yusuf", "Youssef"),
            ("Mohammadi", "Mohamadi", "Zahra", "Zehra"),
            ("Tesfaye", "Tesfay", "Yonas", "Jonas"),
        ]
    )
    child = s.cast.child(surname=surname, forename=forename)
    a = s.send(child, HEALTH)
    s.link(a, s.send(child, CARE, 2, surname=other, forename=again))
    s.ask(a, s.send(child, EARLY, 2, surname=other), s.send(child, YOUTH, 2, forename=again))


@kind
def middle_name_used(s: Stage) -> None:
    """Everybody calls her by her middle name, and one agency writes only that."""
    child = s.cast.child(forename="Margaret", middle_names="Rose", sex="F")
    a = s.send(child, HEALTH)
    s.link(a, s.send(child, CARE, 2, forename="Rose", middle_names=""))
    s.ask(a, s.send(child, EARLY, 2, forename="Rose", middle_names=""))


@kind
def two_forenames_in_one(s: Stage) -> None:
    """Forename and middle name in one column."""
    child = s.cast.child(forename="Ella", middle_names="Grace", sex="F")
    a = s.send(child, HEALTH)
    s.link(a, s.send(child, YOUTH, 2, forename="Ella Grace", middle_names=""))


@kind
def slip_in_the_forename(s: Stage) -> None:
    """Two letters changed round; the house, surname and day are the same, and there is no twin."""
    child = s.cast.child(forename="Thomas", sex="M")
    s.ask(s.send(child, HEALTH), s.send(child, EARLY, 2, forename="Thoams"))


@kind
def slip_in_the_surname(s: Stage) -> None:
    """A letter left out of the surname."""
    child = s.cast.child(surname="Pemberton")
    s.ask(s.send(child, HEALTH), s.send(child, EARLY, 2, surname="Pembeton"))


@kind
def sex_differs(s: Stage) -> None:
    """The recorded sex differs; it is evidence of little."""
    child = s.cast.child(sex="F")
    a = s.send(child, HEALTH)
    s.link(a, s.send(child, CARE, sex="M"), s.send(child, YOUTH, 2, sex="M"))
