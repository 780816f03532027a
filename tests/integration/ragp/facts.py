"""Facts put exactly where a rule's edge is, as a commit leaves them; files cannot be cut that fine for every rule."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from apps.agencies.models import Agency
from apps.children.models import Child, SourceRecord, Stale
from apps.core.clock import today
from apps.extracts.models import Extract, Feed, State
from apps.involvements.models import Involvement, InvolvementDetail, Observation
from apps.matching.models import Decision, LinkVersion
from apps.ragp.models import Assessment, Change

numbers = count(1)


def days_ago(days: int) -> date:
    """A day so many days before today."""
    return today() - timedelta(days=days)


def feed(code: str = "facts", **fields: Any) -> Feed:
    """A feed of an agency of its own, with an older committed extract so that no file is its first."""
    agency, _ = Agency.objects.get_or_create(
        code=f"{code}-agency", defaults={"name": f"{code} agency", "kind": "service"}
    )
    made = {"title": code, "agency": agency, "layout": "facts", "id_scheme": code, **fields}
    found, new = Feed.objects.get_or_create(code=code, defaults=made)
    if new:
        extract(found, days_ago(14))
    return found


def extract(of: Feed, as_of: date | None = None) -> Extract:
    """A committed extract."""
    return Extract.objects.create(
        feed=of, as_of=as_of or today(), sha256=str(next(numbers)), state=State.COMMITTED
    )


def child(**fields: Any) -> Child:
    """A child of ten, marked stale."""
    made = {
        "surname": "Test",
        "forename": f"No{next(numbers)}",
        "dob": date(today().year - 10, 1, 1),
        **fields,
    }
    found = Child.objects.create(**made)
    mark(found)
    return found


def mark(of: Child) -> None:
    """Say that the child's rating no longer rests on what is known."""
    Stale.objects.update_or_create(child=of, defaults={"since": timezone.now()})


def record(of: Child, source: Feed | None = None) -> SourceRecord:
    """A record of the child in a feed, linked."""
    source = source or feed()
    made = SourceRecord.objects.create(
        id_scheme=source.id_scheme, local_id=str(next(numbers)), agency=source.agency, child=of
    )
    link(made, of)
    return made


def link(made: SourceRecord, to: Child) -> None:
    """Link a record to a child, ending the link before."""
    now = timezone.now()
    LinkVersion.objects.filter(record=made, recorded_to=None).update(recorded_to=now)
    decision = Decision.objects.create(record=made, child=to, outcome="linked", at=now)
    LinkVersion.objects.create(record=made, child=to, decision=decision, recorded_from=now)
    SourceRecord.objects.filter(pk=made.pk).update(child=to)
    made.refresh_from_db()


def involve(
    of: Child | SourceRecord, service: str, start: date | None = None, end: date | None = None, **more: Any
) -> Involvement:
    """An involvement with its content."""
    on = of if isinstance(of, SourceRecord) else record(of, more.get("source"))
    source = more.get("source") or feed()
    made = Involvement.objects.create(
        record=on, feed=source, agency=source.agency, key=str(next(numbers)), row_no=2, recorded_from=timezone.now(),
        extract_id=more.get("extract_id") or extract(source).pk, service=service, start_on=start, end_on=end,
        setting=more.get("setting"),
    )  # fmt: skip
    InvolvementDetail.objects.create(
        involvement=made,
        category=more.get("category", ""),
        worker=more.get("worker"),
        detail=more.get("detail", {}),
    )
    mark(on.child)
    return made


def observe(
    of: Child | SourceRecord, measure: str, on: date, value: float | None = None, until: date | None = None
) -> Observation:
    """A measure taken."""
    where, source = of if isinstance(of, SourceRecord) else record(of), feed()
    made = Observation.objects.create(
        record=where, feed=source, agency=source.agency, key=str(next(numbers)), row_no=2, recorded_from=timezone.now(),
        extract_id=extract(source).pk, measure=measure, on=on, until=until, value=value,
    )  # fmt: skip
    mark(where.child)
    return made


def rating(of: Child) -> Assessment | None:
    """The standing assessment."""
    return Assessment.objects.filter(child=of, superseded_at=None).first()


def rules_of(of: Child) -> set[str]:
    """Codes of the rules that count for a child now."""
    found = rating(of)
    return {each["rule"] for each in found.contributions} if found else set()


def change(of: Child) -> Change:
    """The newest change of a child's band."""
    return Change.objects.filter(child=of).latest("at")
