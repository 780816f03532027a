"""What the page of open questions reads: the record that arrived beside each child it may be."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, F, Func, Min, Q, QuerySet
from django.utils import timezone

from apps.children.models import Child, RecordAddress, RecordVersion
from apps.core.words import day, nhs
from apps.matching.acts.rules import CLAIM
from apps.matching.models import Candidate, Question
from apps.matching.rules import FieldLine, compare, reason

#: What is compared of a record, and what stands where it was never said.
FIELDS = {"surname": "", "forename": "", "known_as": "", "dob": None, "sex": "", "nhs_number": "", "upn": ""}
#: Line of the page to the field of the linkage model whose weight it shows.
WEIGHED = {
    "Surname": "surname", "Forename": "forename", "Born": "dob", "Sex": "sex", "NHS number": "nhs", "UPN": "upn", "Address": "address",
}  # fmt: skip
Evidence = dict[str, Any]
SEXES = {"M": "Male", "F": "Female", "U": "Not known"}


@dataclass(frozen=True)
class Comparison:
    """One child the record may be, with every field of both."""

    child: Child
    lines: list[FieldLine]
    rule: str = ""
    total: float | None = None

    @property
    def differing(self) -> list[FieldLine]:
        """The fields that differ."""
        return [line for line in self.lines if line.verdict == "differs"]

    @property
    def agree(self) -> str:
        """The fields that agree, by name."""
        return ", ".join(line.label for line in self.lines if line.verdict == "agrees")

    @property
    def held_alone(self) -> list[FieldLine]:
        """What only the child already held has."""
        return [line for line in self.lines if line.held and not line.arrived]

    @property
    def arrived_alone(self) -> list[FieldLine]:
        """What only the record that arrived has."""
        return [line for line in self.lines if line.arrived and not line.held]


@dataclass(frozen=True)
class Sheet:
    """One question: why it is asked, and the children beside it that the reader may see.

    Without a ``source`` the record is one not shared with the reader: the question shows, its words do not.
    """

    question: Question
    source: str
    reason: str
    comparisons: list[Comparison]
    unseen: int


@dataclass(frozen=True)
class Said:
    """Everything current that is said of a record or child: its versions, newest first, and addresses."""

    versions: list[RecordVersion]
    addresses: list[RecordAddress]


def open_questions() -> QuerySet[Question]:
    """Questions nobody has answered: what is put off last, then what most hangs on, then the oldest. Row-level security hides the rest."""
    found = Question.objects.filter(closed_at__isnull=True).select_related("child")
    return found.order_by(F("later_at").asc(nulls_first=True), "-stake", "opened_at", "pk")


def oldest(questions: QuerySet[Question]) -> datetime | None:
    """When the oldest of some questions was asked."""
    return questions.order_by().aggregate(first=Min("opened_at"))["first"]


def unclaimed(questions: QuerySet[Question], by: int) -> QuerySet[Question]:
    """Those that nobody else holds at the moment."""
    return questions.filter(Q(claimed_by=None) | Q(claimed_by=by) | Q(claimed_at__lte=timezone.now() - CLAIM))


def open_count() -> int:
    """How many questions wait."""
    return Question.objects.filter(closed_at__isnull=True).count()


def sheets(questions: Collection[Question]) -> list[Sheet]:
    """The questions of one page with all that is compared, in five statements however many there are."""
    asked: dict[int, dict[int, Evidence]] = defaultdict(dict)
    for candidate in candidates_of(questions):
        asked[candidate.question_id][candidate.stands] = candidate.evidence or {}  # type: ignore[attr-defined]
    children = Child.objects.in_bulk({child for group in asked.values() for child in group})
    arrived = _said(record__in=[question.record_id for question in questions])
    held = _said(record__child__in=children, by_child=True)
    return [_sheet(question, asked[question.pk], children, arrived, held) for question in questions]


def candidates_of(questions: Collection[Question]) -> QuerySet[Candidate]:
    """The children still in question, the most like first; one made one with another since ``stands`` for that one."""
    stands = Func("child_id", function="vcdb_standing", output_field=BigIntegerField())
    found = Candidate.objects.filter(question__in=questions, ruled_out=None).annotate(stands=stands)
    return found.order_by(F("evidence__total").desc(nulls_last=True), "pk")


def _sheet(
    question: Question, asked: dict[int, Evidence], children: dict[int, Child], arrived: dict, held: dict
) -> Sheet:
    said = arrived[question.record_id]
    source = said.versions[0].feed.title if said.versions else ""
    seen = [children[pk] for pk in asked if pk in children]
    comparisons = [
        _comparison(child, held[child.pk], said, asked[child.pk] if source else {}) for child in seen
    ]
    return Sheet(question, source, reason(question.rule), comparisons, len(asked) - len(seen))


def _comparison(child: Child, held: Said, arrived: Said, evidence: Evidence) -> Comparison:
    """Field by field, with the evidence the question was asked on; none where the record is not shared."""
    weights = evidence.get("weights", {})
    weighed = [
        replace(line, level=weights[key][0], bits=weights[key][1])
        if (key := WEIGHED.get(line.label)) in weights
        else line
        for line in lines(held, arrived)
    ]
    return Comparison(child, weighed, evidence.get("rule", ""), evidence.get("total"))


def lines(held: Said, arrived: Said) -> list[FieldLine]:
    """Field by field, in the order a person would ask."""
    came, known = newest(arrived.versions), held.versions
    address = arrived.addresses[0] if arrived.addresses else RecordAddress()
    return [
        compare("Surname", (v.surname for v in known), came["surname"]),
        compare("Forename", (v.forename for v in known), came["forename"]),
        compare("Known as", (v.known_as for v in known), came["known_as"]),
        compare("Born", (day(v.dob) for v in known), day(came["dob"])),
        compare("Sex", (SEXES.get(v.sex, "") for v in known), SEXES.get(came["sex"], "")),
        compare("NHS number", (nhs(v.nhs_number) for v in known), nhs(came["nhs_number"])),
        compare("UPN", (v.upn for v in known), came["upn"]),
        compare("Address", (a.address for a in held.addresses), address.address),
        compare("Postcode", (a.postcode for a in held.addresses), address.postcode),
    ]


def newest(versions: Collection[RecordVersion]) -> dict[str, Any]:
    """The newest words for each field: a feed that sends no names leaves those of another feed standing."""
    return {
        name: next((value for each in versions if (value := getattr(each, name))), empty)
        for name, empty in FIELDS.items()
    }


def said_of(records: Iterable[int]) -> defaultdict[int, Said]:
    """What is currently said of each record."""
    return _said(record__in=list(records))


def said_of_children(children: Iterable[int]) -> defaultdict[int, Said]:
    """What is currently said of each child by all of its records."""
    return _said(record__child__in=list(children), by_child=True)


def _said(*, by_child: bool = False, **which: Iterable[int]) -> defaultdict[int, Said]:
    """Current versions and addresses by record, or by the record's child."""
    found: defaultdict[int, Said] = defaultdict(lambda: Said([], []))
    versions = RecordVersion.objects.filter(recorded_to__isnull=True, **which)
    for version in versions.select_related("feed", "record").order_by("-recorded_from", "-pk"):
        found[version.record.child_id if by_child else version.record_id].versions.append(version)
    addresses = RecordAddress.objects.filter(recorded_to__isnull=True, **which)
    for address in addresses.select_related("record").order_by("-recorded_from", "-pk"):
        found[address.record.child_id if by_child else address.record_id].addresses.append(address)
    return found
