"""What people have decided about pairs of records, and whether a model would say the same."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from apps.children.models import RecordAddress, RecordVersion, SourceRecord
from apps.matching.compare.accounts import Account
from apps.matching.hearing import Told, hear
from apps.matching.judging import weigh
from apps.matching.linkage.model import Model
from apps.matching.models import Apart, Question


class Decided(NamedTuple):
    """Two records, and whether a person said that they are one child."""

    record: int
    other: int
    same: bool


def decided() -> Iterator[Decided]:
    """Every pair that an answer stands for: "same" for the record and its child's others, "different" for those set apart."""
    answered = Question.objects.filter(answer="same", answered_by__isnull=False)
    for record, child in answered.values_list("record_id", "record__child_id").distinct():
        for other in SourceRecord.objects.filter(child=child).exclude(pk=record).values_list("pk", flat=True):
            yield Decided(record, other, True)
    for record, other in Apart.objects.filter(lifted_at=None).values_list("record_id", "other_id"):
        yield Decided(record, other, False)


def agreement(pairs: Iterable[Decided], models: dict[str, Model]) -> dict[str, Any]:
    """How many pairs each model is with the person: it would at least ask where they said same, and not link where different."""
    pairs = list(pairs)
    accounts = _accounts({pk for pair in pairs for pk in pair[:2]})
    found: dict[str, Any] = {
        "same": sum(pair.same for pair in pairs),
        "different": sum(not pair.same for pair in pairs),
    }
    for name, model in models.items():
        with_them = [pair for pair in pairs if _agrees(pair, accounts, model)]
        found[name] = {
            "same": sum(p.same for p in with_them),
            "different": sum(not p.same for p in with_them),
        }
    return found


def _agrees(pair: Decided, accounts: dict[int, Account], model: Model) -> bool:
    seen = weigh(accounts[pair.record], accounts[pair.other], 0, model)
    return bool(seen.link or seen.ask) if pair.same else not seen.link


def _accounts(records: set[int]) -> dict[int, Account]:
    accounts = {pk: Account() for pk in records}
    for version in RecordVersion.objects.filter(record__in=records, recorded_to=None):
        words = {"surname": version.surname_key, "forename": version.forename_key}
        told = Told(**{name: words.get(name, getattr(version, name)) for name in Told._fields})
        hear(accounts[version.record_id], told, current=True)
    for address in RecordAddress.objects.filter(record__in=records, recorded_to=None):
        accounts[address.record_id].add("homes", (address.address_key, address.postcode_key))
    return accounts
