"""Finding children: by identifier, or by name and what else is known, in shapes that stay fast under row-level security."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value

from apps.accounts.models import User
from apps.agencies.models import SETTING_KINDS, Agency
from apps.children import surnames
from apps.children.models import Child, RecordAddress, RecordVersion, SourceRecord
from apps.children.nicknames import forms_of
from apps.core import values
from apps.extracts.models import Feed
from apps.involvements.catalogue import ENROLMENTS
from apps.involvements.models import Involvement
from apps.profiles.rules import Grade, Terms, grade, pattern_key
from apps.ragp.queries import standing_bands

MOST = 50
LOOKED_AT = 3000
CANDIDATE = ("pk", "surname", "surname_key", "forename_key", "known_as", "dob")


@dataclass(frozen=True)
class Hit:
    """A child found, and how near it comes."""

    child: int
    grade: Grade


def starts_with(field: str, prefix: str) -> Func:
    """A prefix test that row-level security lets through to the index; LIKE is not."""
    return Func(F(field), Value(prefix), function="starts_with", output_field=BooleanField())


def search(terms: Terms, children: QuerySet[Child]) -> tuple[list[Hit], bool]:
    """The nearest children first, youngest first within each grade; and whether there were more than can be shown."""
    if terms.identifier:
        hits = [Hit(pk, Grade.EXACT) for pk in by_identifier(terms.identifier, children)]
    elif terms.surname:
        hits = by_name(terms, narrowed(terms, children))
    else:
        hits = ranked(terms, by_forename(terms, narrowed(terms, children)))
    return hits[:MOST], len(hits) > MOST


def by_identifier(text: str, children: QuerySet[Child]) -> list[int]:
    """Children who carry a number: NHS number, UPN, former UPN, ULN, or any agency's own id."""
    number, upn, local = values.nhs_number(text), values.upn(text), values.ident(text)
    current = RecordVersion.objects.filter(recorded_to__isnull=True)
    named = [
        current.filter(nhs_number=number), current.filter(upn=upn), current.filter(former_upn=upn), current.filter(uln=number)
    ] if number and upn else []  # fmt: skip
    found = {pk for versions in named for pk in versions.values_list("record__child", flat=True)}
    schemes = list(Feed.objects.order_by().values_list("id_scheme", flat=True).distinct())
    spellings = {local, local.upper(), upn}
    found.update(
        SourceRecord.objects.filter(id_scheme__in=schemes, local_id__in=spellings).values_list(
            "child", flat=True
        )
    )
    visible = children.filter(Q(pk__in=found) | Q(nhs_number=number) | Q(upn=upn))
    return list(
        visible.order_by(F("dob").desc(nulls_last=True), "pk").values_list("pk", flat=True)[: MOST + 1]
    )


def narrowed(terms: Terms, children: QuerySet[Child]) -> QuerySet[Child]:
    """The children left by date of birth, school and postcode."""
    if terms.born_from:
        children = children.filter(dob__gte=terms.born_from, dob__lte=terms.born_to)
    if terms.school:
        # a school gives a hidden address away
        children = children.filter(setting__in=settings_named(terms.school), address_hidden=False)
    if terms.postcode:
        # a hidden address finds nobody
        children = children.filter(pk__in=at_postcode(terms.postcode), address_hidden=False)
    return children.order_by(F("dob").desc(nulls_last=True), "pk")


def settings_named(text: str) -> list[int]:
    """Schools and early years settings whose name holds the words typed."""
    found = Agency.objects.filter(kind__in=SETTING_KINDS)
    for word in text.split():
        found = found.filter(name__icontains=word)
    return list(found.order_by().values_list("pk", flat=True)[:50])


def at_postcode(text: str) -> set[int]:
    """Children with an address at a postcode, now or earlier."""
    key = values.postcode(text).replace(" ", "")
    records = list(
        RecordAddress.objects.filter(postcode_key=key).values_list("record", flat=True)[:LOOKED_AT]
    )
    return set(SourceRecord.objects.filter(pk__in=records).values_list("child", flat=True))


def by_name(terms: Terms, children: QuerySet[Child]) -> list[Hit]:
    """Children by the words as they stand, surname first; where that finds nobody of the name, by the other ways to read them."""
    hits = by_surname(terms, children)
    for surname, forename in terms.others:
        if any(hit.grade < Grade.NEAR for hit in hits):
            break
        others = by_surname(replace(terms, surname=surname, forename=forename), children)
        hits = sorted({hit.child: hit for hit in (*hits, *others)}.values(), key=lambda hit: hit.grade)
    return hits


def by_surname(terms: Terms, children: QuerySet[Child]) -> list[Hit]:
    """Children of the surname, of surnames that begin with or hold it, then of surnames near it."""
    key = values.name_key(terms.surname)
    if not values.part_key(terms.surname):
        return []
    if "*" in terms.surname:
        return ranked(
            terms, some(terms, children.filter(surname_key__in=surnames.matching(pattern_key(terms.surname))))
        )
    if not key:
        return []
    plain = some(terms, children.filter(surname_key=key))
    begun = some(terms, children.filter(starts_with("surname_key", key + " ")))
    hits = ranked(terms, [*plain, *begun])
    if len(hits) <= MOST:
        others = [*surnames.holding(key), *surnames.near(key)]
        more = some(terms, children.filter(surname_key__in=others)) if others else []
        hits = ranked(terms, {row[0]: row for row in (*plain, *begun, *more)}.values())
    return hits


def by_forename(terms: Terms, children: QuerySet[Child]) -> list[tuple]:
    """Children of a forename, or of any, where no surname was given."""
    key = values.name_key(terms.forename)
    if "*" in terms.forename:
        children = children.filter(starts_with("forename_key", values.part_key(terms.forename.split("*")[0])))
    elif key:
        children = children.filter(forename_key__in=forms_of(key))
    return list(children.values_list(*CANDIDATE)[: MOST + 1])


def some(terms: Terms, children: QuerySet[Child]) -> list[tuple]:
    """As many candidates as it takes: all that may be looked through when a forename is still to be compared."""
    return list(children.values_list(*CANDIDATE)[: LOOKED_AT if terms.forename else MOST + 1])


def ranked(terms: Terms, rows: Iterable[tuple]) -> list[Hit]:
    """Candidates in order of nearness, then youngest first."""
    graded = []
    for pk, surname, surname_key, forename_key, known_as, dob in rows:
        near = grade(terms, surname, surname_key, forename_key, known_as)
        if near is not None:
            graded.append((near, -dob.toordinal() if dob else 0, pk))
    return [Hit(pk, near) for near, _, pk in sorted(graded)]


def found(ids: Collection[int], user: User) -> list[Child]:
    """The children of a kept result as they are now, in the order of the result; those no longer visible are left out."""
    children = Child.objects.visible_to(user).filter(pk__in=ids).select_related("setting")
    by_id = {child.pk: child for child in children}
    return [by_id[pk] for pk in ids if pk in by_id]


def bands_of(ids: Collection[int]) -> dict[int, str]:
    """The band that counts for each child now, by child: as worked out, or as a professional set it."""
    return standing_bands(ids)


def services_of(ids: Collection[int]) -> dict[int, list[str]]:
    """The services open with each child as far as the reader may see them, by child."""
    current = Involvement.objects.filter(record__child__in=ids, recorded_to__isnull=True, end_on__isnull=True)
    answer: dict[int, list[str]] = {}
    for child, service in (
        current.exclude(service__in=ENROLMENTS).values_list("record__child", "service").distinct()
    ):
        answer.setdefault(child, []).append(service)
    return answer
