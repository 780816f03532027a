"""The ordinary children of a borough, as several agencies know them, with the errors that agencies make."""

from datetime import timedelta

from apps.pipeline.demo import names
from tests.matching_scenarios.cast import Child
from tests.matching_scenarios.stage import CAMHS, CARE, EARLY, HEALTH, SCHOOL, YOUTH, Stage

FAMILIES = 220
#: How often each agency knows of a child.
KNOWN = {HEALTH: 0.9, SCHOOL: 0.85, CARE: 0.35, EARLY: 0.2, CAMHS: 0.15, YOUTH: 0.08}
TWINS, SECOND, MOVED, NO_NUMBER = 0.03, 0.35, 0.04, 0.07
MISHEARD, LETTERS, DAYS, MARRIED = 0.012, 0.008, 0.004, 0.006


def populate(stage: Stage, families: int = FAMILIES) -> None:
    """Families of one or two children, now and then twins, each sent by the agencies that know of them."""
    stage.kind = "background"
    for _ in range(families):
        child = stage.cast.child()
        children = [child]
        if stage.chance.random() < TWINS:
            children.append(stage.cast.twin(child))
        elif stage.chance.random() < SECOND:
            children.append(stage.cast.sibling(child))
        for each in children:
            known_of(stage, each)


def known_of(stage: Stage, child: Child) -> None:
    """The records of one child over three batches."""
    for agency, often in KNOWN.items():
        if stage.chance.random() < often:
            stage.send(child, agency, stage.chance.choice((1, 1, 1, 2, 3)), **heard(stage, child))


def heard(stage: Stage, child: Child) -> dict[str, str]:
    """What an agency has wrong of a child: mostly nothing, else one thing."""
    error, words = stage.chance.random(), {}
    if stage.chance.random() < NO_NUMBER:
        words |= {"nhs_number": "", "upn": ""}
    if stage.chance.random() < MOVED:
        old = stage.cast.home()
        return words | {"address": old.address, "postcode": old.postcode}
    if error < MISHEARD:
        return words | {"forename": names.MISHEARD.get(child.forename, child.forename)}
    if error < MISHEARD + LETTERS:
        return words | {"surname": slip(stage, child.surname)}
    if error < MISHEARD + LETTERS + DAYS:
        return words | {"dob": (child.dob - timedelta(days=1)).isoformat()}
    if error < MISHEARD + LETTERS + DAYS + MARRIED:
        return words | {"surname": stage.cast.surname(), "former_surname": child.surname}
    return words


def slip(stage: Stage, word: str) -> str:
    """The word with two neighbouring letters changed round."""
    if len(word) < 4:
        return word
    at = stage.chance.randint(1, len(word) - 3)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
