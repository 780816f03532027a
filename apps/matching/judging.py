"""The policy in one place: what two accounts are to each other, and what a record's candidates together mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from apps.matching.asking import (
    ALIKE_NAME,
    ALIKE_SURNAME,
    AT_HOME,
    NEAR_BIRTH,
    NEVER_WITHIN,
    OF_HOUSEHOLD,
    PERHAPS_AT_HOME,
    SAME_BIRTH,
    SAME_NAME,
    SAME_SURNAME,
    STRONG,
    asks,
)
from apps.matching.compare.accounts import FIELDS, Account, Levels, compare
from apps.matching.linkage.model import Model

#: Fields whose agreement weighs the less the commoner the word is.
NAMES = frozenset({"surname", "forename"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One child a record may belong to: how far they agree, in bits, and what the policy says of the two alone."""

    child: int
    levels: Levels
    weights: dict[str, tuple[str, float]]
    total: float
    link: str = ""
    ask: str = ""
    undecided: frozenset[int] = frozenset()  # a provisional child: the children its open question asks about

    @property
    def namesake(self) -> bool:
        """Someone of that very name and birth date."""
        seen = self.levels
        return (
            seen.surname in SAME_SURNAME and seen.forename in SAME_NAME and seen.dob in ("exact", "assumed")
        )

    @property
    def sibling(self) -> bool:
        """Someone born that day in the household, whose forename could be this one."""
        seen = self.levels
        return (
            seen.dob in ("exact", "assumed", "swap")
            and seen.address in PERHAPS_AT_HOME
            and seen.surname in ALIKE_SURNAME
            and seen.forename in SAME_NAME | ALIKE_NAME
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a record: linked, question or new, by which rule, and what it was weighed against."""

    match: str
    rule: str = ""
    child: int | None = None
    candidates: Sequence[Candidate] = field(default_factory=tuple)
    runner_up: Candidate | None = None

    @property
    def best(self) -> Candidate | None:
        """The candidate it was linked to, or the likeliest."""
        return self.candidates[0] if self.candidates else None

    @property
    def margin(self) -> float | None:
        """By how many bits the best beats the next."""
        if self.best is None or self.runner_up is None:
            return None
        return round(self.best.total - self.runner_up.total, 1)


def weigh(
    came: Account, held: Account, child: int, model: Model, crowded: frozenset[str] = frozenset()
) -> Candidate:
    """One candidate with its weights and what the policy says of the two; ``crowded`` are addresses of many families."""
    levels = compare(came, held)
    if levels.agreed_at and is_crowd(levels.agreed_at, crowded):
        levels = replace(levels, address="crowd")
    weights = {
        name: (
            level := getattr(levels, name),
            model.bits(name, level, _key(name, came) if name in NAMES else ""),
        )
        for name in FIELDS
    }
    total = round(sum(bits for _level, bits in weights.values()), 1)
    link, ask = alone(levels, total, model, held)
    return Candidate(child, levels, weights, total, link, ask)


def is_crowd(agreed_at: frozenset[str], crowded: frozenset[str]) -> bool:
    """Whether the address agreed by is one of many families; where a household agrees, its postcode does not matter."""
    houses = {key for key in agreed_at if " " in key}
    return bool((houses or agreed_at) & crowded)


def _key(name: str, came: Account) -> str:
    """The name whose rarity counts; of several the commonest would be unknown, so only a single one does."""
    said = came.surnames if name == "surname" else {key.split()[0] for key in came.forenames if key}
    return next(iter(said)) if len(said) == 1 else ""


def alone(seen: Levels, total: float, model: Model, held: Account) -> tuple[str, str]:
    """Link rule and question rule of two accounts, were there no other child; at most one of them is not empty."""
    link = _link(seen)
    ask = "" if link else asks(seen, total, model.thresholds["ask"])
    if seen.same_system:
        return _within(seen, link, ask)
    if link == "name_birth_address" and seen.dob == "assumed" and total < model.thresholds["assumed"]:
        return "", "assumed_birth_date"
    if link == "name_birth_address" and seen.address == "street" and total < model.thresholds["street"]:
        return "", "no_address"
    if link and total < model.thresholds["link"]:
        return "", "too_little"
    return link, ask


def _within(seen: Levels, link: str, ask: str) -> tuple[str, str]:
    """One system that gave two ids says they are two children: only the same number and the same words overrule it."""
    whole = seen.surname in SAME_SURNAME - {"typo"} and seen.forename == "exact" and seen.dob == "exact"
    if (
        link in ("nhs_number", "upn")
        and whole
        and "exact" in (seen.nhs, seen.upn)
        and seen.middle != "conflict"
    ):
        return link, ""
    return "", "same_system" if link else "" if ask in NEVER_WITHIN else ask


def _link(seen: Levels) -> str:
    """The rule that links by itself: a strong identifier, or name, birth date and address; else empty."""
    if seen.nhs in STRONG and seen.upn != "conflict" and _borne_out(seen, seen.nhs) and not _was_a_slip(seen):
        return "nhs_number"
    if seen.upn in STRONG and seen.nhs != "conflict" and _borne_out(seen, seen.upn):
        return "upn"
    if "conflict" in (seen.nhs, seen.upn) or seen.address not in AT_HOME or seen.middle == "conflict":
        return ""
    if seen.dob == "assumed":
        whole = seen.surname == "exact" and seen.forename == "exact" and seen.address == "exact"
        return "name_birth_address" if whole else ""
    if seen.sex == "differs" and seen.lone_middle:
        return ""
    return "name_birth_address" if _names_and_day(seen) else ""


def _names_and_day(seen: Levels) -> bool:
    """Whether names and birth date are the same, but for one thing that no brother or sister of that day would explain."""
    if seen.forename == "order":
        return seen.dob == "exact" and seen.sex != "differs" and seen.address != "street"
    if seen.lone_former:
        return False
    if seen.surname == "missing":  # twins would bear two forenames
        return seen.forename == "exact" and seen.dob == "exact" and seen.address in ("exact", "near")
    if seen.surname == "near" and (seen.forename != "exact" or seen.sex == "differs"):
        return False
    slips = (seen.surname in ("typo", "near")) + (seen.dob == "swap") + (seen.forename != "exact")
    sure = seen.surname in SAME_SURNAME | {"near"} and seen.forename in SAME_NAME and seen.dob in SAME_BIRTH
    return sure and slips <= (seen.address != "street")


def _borne_out(seen: Levels, number: str) -> bool:
    """Whether name and birth date stand by an identifier: neither contradicts, and two of the three are the same."""
    if seen.dob == "missing":
        named = seen.surname == seen.forename == number == "exact"
        return named and seen.address in AT_HOME and seen.middle != "conflict"
    if seen.forename not in SAME_NAME | ALIKE_NAME or seen.dob not in NEAR_BIRTH:
        return False
    if number == "former":
        known = seen.surname in ALIKE_SURNAME or seen.address in AT_HOME
        return known and seen.forename in SAME_NAME and seen.dob in SAME_BIRTH and seen.middle != "conflict"
    agreeing = (
        (seen.forename in SAME_NAME and seen.middle != "conflict")
        + (seen.dob in SAME_BIRTH)
        + (seen.surname in ALIKE_SURNAME)
    )
    return agreeing >= 2


def _was_a_slip(seen: Levels) -> bool:
    """Whether an NHS number that one no longer bears may have been another child's, since put right at source."""
    told = seen.upn == "exact" or seen.surname in ALIKE_SURNAME and seen.address in AT_HOME
    return seen.nhs == "former" and not told


def together(candidates: Iterable[Candidate], model: Model) -> Outcome:
    """What a record's candidates mean together: linked, a question that shows all of them, or a child of its own."""
    likely = sorted((c for c in candidates if c.link or c.ask), key=lambda c: (not c.link, -c.total, c.child))
    if not likely:
        return Outcome("new")
    links = _settled([each for each in likely if each.link])
    best = links[0] if links else likely[0]
    others = [each for each in likely if each is not best]
    runner_up = max(others, key=lambda c: c.total, default=None)
    stopped = _stopped(best, links, others, model)
    if not stopped:
        return Outcome("linked", best.link, best.child, (best, *others), runner_up)
    ordered = sorted(likely, key=lambda c: (-c.total, c.child))[: model.crowd["most_candidates"]]
    return Outcome("question", stopped, None, ordered, ordered[1] if len(ordered) > 1 else None)


def _settled(links: list[Candidate]) -> list[Candidate]:
    """Without those that are only a question about another of them: that question stands, and may now resolve."""
    firm = {each.child for each in links if not each.undecided}
    return [each for each in links if not (each.undecided & firm)] or links


def _stopped(best: Candidate, links: list[Candidate], others: list[Candidate], model: Model) -> str:
    """The rule that stops the link of the best candidate, or empty."""
    if not links:
        return _foremost(best, others)
    if len(links) > 1:
        return "several_children"
    if any(each.ask == "identifier_contradicted" for each in others):
        return "identifier_contradicted"
    strong = best.link in ("nhs_number", "upn")
    for each in others:
        if each.link or each.ask in OF_HOUSEHOLD or _asked_already(best, each):
            continue
        nearer = each.sibling and each.levels.forename in SAME_NAME and best.levels.forename not in SAME_NAME
        if each.total > best.total - model.thresholds["margin"] or nearer:
            return "rival"
        if not strong and (each.namesake or each.sibling):
            return "rival"
    return ""


def _asked_already(best: Candidate, other: Candidate) -> bool:
    """Whether an open question already asks if the two are one, and only the best lives where the record does."""
    tied = other.child in best.undecided or best.child in other.undecided
    apart = best.levels.address in AT_HOME and other.levels.address == "differs"
    return tied and not best.levels.same_system and (apart or best.link != "name_birth_address")


#: Where several rules ask at once, the gravest is named.
ORDER = (
    "identifier_contradicted", "identifiers_differ", "same_system", "no_address", "perhaps_twins", "birth_date_near", "forename_near",
    "birth_dates_differ", "names_differ",
)  # fmt: skip


def _foremost(best: Candidate, others: list[Candidate]) -> str:
    rules = {best.ask, *(each.ask for each in others)}
    return next((rule for rule in ORDER if rule in rules), best.ask)
