"""Names compared: surnames with their parts, earlier forms and slips; forenames with what else one child may be called."""

from collections.abc import Collection
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from apps.core.values import NO_NAME
from apps.matching.compare.variants import nicknames, same_spelling

#: Words that say there is no forename yet, wherever they stand in it.
NOT_YET = frozenset({"baby", "unborn", "infant", "newborn", "foetus", "fetus", "twin", "unknown"})
#: Parts of a surname that tell nobody apart.
PARTICLES = frozenset(
    "de da do dos del della di la le van von der den ter al el bin bint ibn abu ap ab o mac mc st".split()
)


@lru_cache(maxsize=65536)
def is_name(key: str) -> bool:
    """Whether a key names a child at all."""
    return bool(key) and key not in NO_NAME and not NOT_YET.intersection(key.split())


def parts(surname: str) -> frozenset[str]:
    """The telling parts of a surname: "marsh lee" is both."""
    return frozenset(part for part in surname.split() if part not in PARTICLES and len(part) > 1)


@lru_cache(maxsize=65536)
def surnames(one: str, other: str) -> str:
    """How two surnames compare: exact, part, typo, near, differs or missing."""
    if not is_name(one) or not is_name(other):
        return "missing"
    if one == other or one.replace(" ", "") == other.replace(" ", ""):
        return "exact"
    mine, theirs = parts(one), parts(other)
    if mine & theirs and (mine <= theirs or theirs <= mine):
        return "part"
    if slip(one, other, 5):
        return "typo"
    if mine & theirs or JaroWinkler.similarity(one, other) >= 0.9 or slip(one, other, 4, 2):
        return "near"
    return "differs"


@lru_cache(maxsize=65536)
def slip(one: str, other: str, least: int, most: int = 1) -> bool:
    """Whether two words are a slip of the finger apart, one letter by default; short words are too alike to tell."""
    if min(len(one), len(other)) < least + (most - 1) * 3 or one[0] != other[0] and most > 1:
        return False
    return DamerauLevenshtein.distance(one, other, score_cutoff=most) <= most


def forenames(one: str, other: str) -> str:
    """How two forenames compare: exact, first, initial, spelling, nickname, near, similar, conflict or missing."""
    if not is_name(one) or not is_name(other):
        return "missing"
    return "exact" if one == other else _forenames(*sorted((one, other)))


@lru_cache(maxsize=65536)
def _forenames(one: str, other: str) -> str:
    if one.replace(" ", "") == other.replace(" ", ""):
        return "exact"
    first, second = one.split()[0], other.split()[0]
    if first == second and len(first) > 1:
        return "first"
    if min(len(first), len(second)) == 1:
        return "initial" if first[0] == second[0] else "conflict"
    if same_spelling(first, second):
        return "spelling"
    if nicknames(first, second):
        return "nickname"
    short, long = sorted((first, second), key=len)
    if len(short) >= 3 and long.startswith(short):
        return "nickname"
    if slip(first, second, 4) or JaroWinkler.similarity(first, second) >= 0.93 and first[:2] == second[:2]:
        return "near"
    if slip(one.replace(" ", ""), other.replace(" ", ""), 4):
        return "near"
    return "similar" if similar(first, second) else "conflict"


def similar(one: str, other: str) -> bool:
    """Whether a careful reader would wonder if two names are one: a letter of a short name, two of a longer one."""
    if min(len(one), len(other)) < 3:
        return False
    most = 1 if max(len(one), len(other)) < 5 else 2
    return DamerauLevenshtein.distance(one, other, score_cutoff=most) <= most


def middle_agrees(forename: str, middles: Collection[str]) -> bool:
    """Whether a forename is one of another's middle names: one agency calls the child by the second name."""
    wanted = forename.split()[0] if forename else ""
    return len(wanted) > 1 and any(wanted in middle.split() for middle in middles)


def middles(one: Collection[str], other: Collection[str]) -> str:
    """How middle names compare: agree, initial, conflict or missing."""
    mine = [name for text in one for name in text.split()]
    theirs = [name for text in other for name in text.split()]
    if not mine or not theirs:
        return "missing"
    if set(mine) & set(theirs):
        return "agree"
    firsts = {name[0] for name in mine} & {name[0] for name in theirs}
    if firsts and (any(len(name) == 1 for name in mine) or any(len(name) == 1 for name in theirs)):
        return "initial"
    near = any(forenames(a, b) in ("spelling", "near", "nickname") for a in mine for b in theirs)
    return "initial" if near else "conflict"
