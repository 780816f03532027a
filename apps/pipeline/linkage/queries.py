"""What the pages of who is who read, within the reader's reach."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.children.models import Child, RecordAddress, RecordVersion, SourceRecord
from apps.involvements.models import Involvement
from apps.involvements.queries import involvements_of
from apps.matching import queries as matching
from apps.matching.acts import rules
from apps.matching.models import Act, Candidate, Decision, Question, SecondLook
from apps.matching.queries import Comparison, Sheet
from apps.profiles.queries.search import bands_of
from apps.profiles.queries.sight import sight_of

#: So many of a household are shown; more is a children's home, where an address says little.
HOUSEHOLD = 12


@dataclass(frozen=True)
class Asked:
    """Which questions somebody wants to see."""

    agency: str = ""
    rule: str = ""
    who: str = ""

    def of(self, questions: QuerySet[Question], user: User) -> QuerySet[Question]:
        """Those of the questions that are asked for."""
        if self.agency:
            questions = questions.filter(record__agency__code=self.agency)
        if self.rule:
            questions = questions.filter(rule=self.rule)
        if self.who == "mine":
            questions = questions.filter(claimed_by=user.pk, claimed_at__gt=timezone.now() - rules.CLAIM)
        if self.who == "agency":
            questions = questions.exclude(asked_agency_at=None)
        return matching.unclaimed(questions, user.pk) if self.who == "free" else questions


@dataclass
class Material:
    """Everything one question rests on, before it is put in words."""

    sheet: Sheet
    comparison: Comparison | None
    candidate: Candidate | None
    others: list[tuple[Candidate, Child]]
    decision: Decision | None
    row: tuple[int, int] | None
    history: list[tuple[str, RecordVersion, RecordAddress | None]] = field(default_factory=list)
    household: list[tuple[Child, list[matching.FieldLine]]] = field(default_factory=list)
    bands: dict[int, str] = field(default_factory=dict)
    moving: list[Involvement] = field(default_factory=list)
    place: int = 0
    open_count: int = 0


def filters() -> tuple[list[tuple[str, str]], list[str]]:
    """The agencies and rules that have open questions."""
    asked = Question.objects.filter(closed_at=None).order_by()
    agencies = Agency.objects.filter(pk__in=asked.values("record__agency")).order_by("name")
    return list(agencies.values_list("code", "name")), sorted(set(asked.values_list("rule", flat=True)))


def question(pk: int) -> Question | None:
    """An open question within reach."""
    return matching.open_questions().filter(pk=pk).first()


def next_free(user: User, besides: int | None = None) -> Question | None:
    """The first question of the queue that nobody else holds."""
    return matching.unclaimed(matching.open_questions(), user.pk).exclude(pk=besides or 0).first()


def soon(user: User, besides: int, most: int = 5) -> list[int]:
    """The questions whose turn comes next, of which no outlook is known yet."""
    found = matching.unclaimed(matching.open_questions(), user.pk).exclude(pk=besides)
    return list(found.filter(candidates__outlook__isnull=True).values_list("pk", flat=True)[:most])


def names(ids: Iterable[int | None]) -> dict[int, str]:
    """Who somebody is, by id."""
    found = User.objects.filter(pk__in={each for each in ids if each})
    return {user.pk: user.display_name for user in found}


def read(asked: Question, chosen: UUID | None, user: User) -> Material:
    """One question with the candidate chosen, or the most like."""
    [sheet] = matching.sheets([asked])
    seen = {comparison.child.pk: comparison for comparison in sheet.comparisons}
    candidates = [each for each in matching.candidates_of([asked]) if each.stands in seen]  # type: ignore[attr-defined]
    ordered = sorted(candidates, key=lambda each: seen[_stands(each)].child.public_id != chosen)
    first = ordered[0] if ordered else None
    material = Material(
        sheet,
        seen[_stands(first)] if first else None,
        first,
        [(each, seen[_stands(each)].child) for each in ordered[1:]],
        Decision.objects.filter(record=asked.record_id, outcome="question").order_by("-at").first(),
        _row_of(asked),
    )
    if sheet.source:
        _fill(material, asked, user)
    ids = list(matching.open_questions().values_list("pk", flat=True))
    material.open_count, material.place = len(ids), ids.index(asked.pk) + 1 if asked.pk in ids else 0
    return material


def _stands(candidate: Candidate) -> int:
    return int(candidate.stands)  # type: ignore[attr-defined]


def _row_of(asked: Question) -> tuple[int, int] | None:
    found = RecordVersion.objects.filter(record=asked.record_id, recorded_to=None).order_by("-recorded_from")
    return found.values_list("extract_id", "row_no").first()


def _fill(material: Material, asked: Question, user: User) -> None:
    arrived = list(SourceRecord.objects.filter(child=asked.child_id).values_list("pk", flat=True))
    held = material.comparison.child if material.comparison else None
    sides = {"Arrived": arrived}
    if held:
        sides["Held"] = list(held.records.values_list("pk", flat=True))
    material.history = history(sides, user)
    around = household(asked, besides={asked.child_id})
    material.household = [(child, told) for child, told in around if told]
    everybody = [child.pk for child, _ in around] + [child.pk for _, child in material.others]
    material.bands = bands_of([*everybody, asked.child_id, *([held.pk] if held else [])])
    sight = sight_of(user)
    material.moving = [
        each for each in involvements_of(arrived) if sight.shares(each.agency_id, each.service)
    ]


def history(sides: dict[str, list[int]], user: User) -> list[tuple[str, RecordVersion, RecordAddress | None]]:
    """Everything ever said of either side: each version with the address the feed gave at the time, newest first."""
    sight, told = sight_of(user), []
    whose = {record: side for side, records in sides.items() for record in records}
    places: dict[tuple[int, int], list[RecordAddress]] = defaultdict(list)
    for place in RecordAddress.objects.filter(record__in=whose).order_by("recorded_from"):
        places[place.record_id, place.feed_id].append(place)
    versions = RecordVersion.objects.filter(record__in=whose).select_related("feed__agency", "record")
    for version in versions.order_by("-recorded_from", "-pk"):
        if sight.of_feed(version.feed):
            told.append(
                (
                    whose[version.record_id],
                    version,
                    _then(places[version.record_id, version.feed_id], version),
                )
            )
    return _without_repeats(told)


def _then(places: list[RecordAddress], version: RecordVersion) -> RecordAddress | None:
    until = version.recorded_to
    then = [each for each in places if (until is None or each.recorded_from < until) and each.recorded_to is None or
            each.recorded_to and each.recorded_to > version.recorded_from and (until is None or each.recorded_from < until)]  # fmt: skip
    return then[-1] if then else None


def _without_repeats(
    told: list[tuple[str, RecordVersion, RecordAddress | None]],
) -> list[tuple[str, RecordVersion, RecordAddress | None]]:
    """The same words of the same feed stand once, with their newest date."""
    met, kept = set(), []
    for side, version, place in told:
        words = (
            side, version.feed_id, version.surname, version.forename, version.known_as, version.former_surname, version.dob,
            version.nhs_number, version.upn, version.former_upn, place and (place.address, place.postcode),
        )  # fmt: skip
        if words not in met:
            met.add(words)
            kept.append((side, version, place))
    return kept


def household(asked: Question, besides: set[int]) -> list[tuple[Child, list[matching.FieldLine]]]:
    """Others at the arrived record's address, or of its surname and born on its day, each compared with it."""
    said = matching.said_of([asked.record_id])[asked.record_id]
    came = matching.newest(said.versions)
    at = {each.address_key for each in said.addresses if each.address_key}
    there = RecordAddress.objects.filter(recorded_to=None, address_key__in=at).values("record__child")
    surname = {each.surname_key for each in said.versions if each.surname_key}
    born = RecordVersion.objects.filter(recorded_to=None, dob=came["dob"], surname_key__in=surname).values(
        "record__child"
    )
    near = Q(pk__in=there, address_hidden=False) | (Q(pk__in=born) if came["dob"] else Q(pk=None))
    found = Child.objects.filter(near, merged_into=None, withdrawn=False).exclude(pk__in=besides)
    children = list(found.order_by("dob", "surname_key", "forename_key")[:HOUSEHOLD])
    held = matching.said_of_children([child.pk for child in children])
    return [(child, matching.lines(held[child.pk], said)) for child in children]


def acts_waiting() -> QuerySet[Act]:
    """Merges that wait for a second person, oldest first."""
    return Act.objects.filter(state=Act.State.PROPOSED).select_related("child", "target").order_by("at", "pk")


def sent_by(agency: str) -> list[dict[str, Any]]:
    """The records one agency is asked about, in its own words and nobody else's."""
    asked = matching.open_questions().filter(record__agency__code=agency).exclude(asked_agency_at=None)
    questions = list(asked.select_related("record"))
    said = matching.said_of([each.record_id for each in questions])
    return [
        {"question": each, "local_id": each.record.local_id, "words": matching.newest(said[each.record_id].versions),
         "address": next(iter(said[each.record_id].addresses), None)}
        for each in questions
    ]  # fmt: skip


def agencies_asked() -> list[tuple[str, str, int]]:
    """(code, name, how many) of the agencies that are asked about records of theirs."""
    asked = Question.objects.filter(closed_at=None).exclude(asked_agency_at=None).order_by()
    counted = asked.values("record__agency__code", "record__agency__name").annotate(number=Count("pk"))
    return sorted(
        (each["record__agency__code"], each["record__agency__name"], each["number"])
        for each in counted
        if each["record__agency__code"]
    )


def second_look(user: User, besides: int | None = None) -> SecondLook | None:
    """The next pair of the sample that nobody has answered."""
    return (
        SecondLook.objects.filter(answer="")
        .exclude(pk=besides or 0)
        .select_related("child", "record")
        .order_by("week", "pk")
        .first()
    )


def second_look_named(text: str) -> SecondLook | None:
    """One of the sample that still waits."""
    return SecondLook.objects.filter(pk=text, answer="").first() if text.isdecimal() else None


def second_looks_left() -> int:
    """How many wait."""
    return SecondLook.objects.filter(answer="").count()


def pair(look: SecondLook) -> list[matching.FieldLine]:
    """The record beside the child's other records; nothing of how they came together."""
    others = list(
        SourceRecord.objects.filter(child=look.child_id)
        .exclude(pk=look.record_id)
        .values_list("pk", flat=True)
    )
    said = matching.said_of([look.record_id, *others])
    held = matching.Said(
        [version for pk in others for version in said[pk].versions],
        [place for pk in others for place in said[pk].addresses],
    )
    return matching.lines(held, said[look.record_id])


def last_done(user: User, pk: str | None) -> Act | None:
    """What the person has just decided, for the banner that offers its undo."""
    if not pk or not pk.isdecimal():
        return None
    states = (Act.State.APPROVED, Act.State.DONE)
    return Act.objects.filter(pk=pk, by=user.pk, state__in=states).select_related("child", "target").first()


def as_of(asked: Question) -> datetime | None:
    """When the newest words of the record in question were taken in."""
    found = RecordVersion.objects.filter(record=asked.record_id, recorded_to=None).order_by("-recorded_from")
    return found.values_list("recorded_from", flat=True).first()
