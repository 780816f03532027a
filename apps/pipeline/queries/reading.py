"""What the import pages read. No child's data: feeds, extracts, findings by code, settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from apps.accounts.models import User
from apps.agencies.models import SETTING_KINDS, Agency, SettingAlias
from apps.core.clock import today
from apps.core.words import span
from apps.extracts.models import Extract, Feed, Finding, Severity, State
from apps.matching.models import Act, SealedLink
from apps.pipeline.models import Run
from apps.pipeline.reference import IMPORTS
from apps.ragp.models import WhatIf

REFERENCE_LAYOUTS = frozenset(IMPORTS)


@dataclass(frozen=True)
class FeedLine:
    """One feed on the imports page: how fresh it is, and what became of its newest file."""

    feed: Feed
    as_of: date | None
    committed_at: datetime | None
    findings: int
    newest: Extract | None
    newest_run: int | None

    @property
    def late(self) -> str:
        """ "5 days late", or nothing while it is in time or has never come."""
        return lateness(self.as_of, self.feed.every_days)

    @property
    def held(self) -> bool:
        """Whether its newest file waits for a person."""
        return self.newest is not None and self.newest.state == State.HELD

    @property
    def refused(self) -> bool:
        """Whether its newest file was refused."""
        return self.newest is not None and self.newest.state == State.REFUSED


@dataclass(frozen=True)
class FindingGroup:
    """All findings of one code in one column: how many, where the first ones are, and what to do."""

    code: str
    severity: str
    field: str
    message: str
    rows: int
    first: tuple[str, ...]

    @property
    def is_error(self) -> bool:
        """Whether the rows were left out."""
        return self.severity == Severity.ERROR


@dataclass(frozen=True)
class SettingQuestion:
    """A school code of some feed that nobody has said the meaning of yet."""

    alias: SettingAlias
    feed: Feed | None
    rows: int


def lateness(as_of: date | None, every_days: int) -> str:
    """How much later than its feed is due a newest file has become."""
    days = (today() - as_of).days - every_days if as_of else 0
    return f"{span(days)} late" if days > 0 else ""


def feed_lines() -> list[FeedLine]:
    """Every active feed, those that need somebody first."""
    committed = Extract.objects.filter(feed=OuterRef("pk"), state=State.COMMITTED).order_by("-as_of", "-pk")
    latest = Extract.objects.filter(feed=OuterRef("pk")).order_by("-pk")
    feeds = list(
        Feed.objects.filter(active=True)
        .select_related("agency")
        .annotate(
            committed_pk=Subquery(committed.values("pk")[:1]), newest_pk=Subquery(latest.values("pk")[:1])
        )
    )
    wanted = {pk for feed in feeds for pk in (feed.committed_pk, feed.newest_pk) if pk}
    extracts = {
        extract.pk: extract
        for extract in Extract.objects.filter(pk__in=wanted).annotate(newest_run=Max("runs__pk"))
    }
    counts = dict(
        Finding.objects.filter(extract__in=wanted)
        .values_list("extract")
        .annotate(rows=Count("*"))
        .values_list("extract", "rows")
    )
    return sorted((_line(feed, extracts, counts) for feed in feeds), key=_urgency)


def _line(feed: Feed, extracts: Mapping[int, Extract], counts: dict[int, int]) -> FeedLine:
    good, newest = extracts.get(feed.committed_pk), extracts.get(feed.newest_pk)  # type: ignore[attr-defined]
    return FeedLine(
        feed=feed,
        as_of=good.as_of if good else None,
        committed_at=good.committed_at if good else None,
        findings=counts.get(good.pk, 0) if good else 0,
        newest=newest,
        newest_run=newest.newest_run if newest else None,  # type: ignore[attr-defined]
    )


def _urgency(line: FeedLine) -> tuple[bool, bool, bool, bool, str]:
    return (not line.held, not line.refused, not line.late, line.as_of is None, line.feed.title)


def feeds_to_upload() -> QuerySet[Feed]:
    """The feeds a file can be sent for."""
    return Feed.objects.filter(active=True).order_by("title")


def recent_runs(limit: int = 12) -> list[Run]:
    """The newest runs, whoever asked for them."""
    return list(Run.objects.select_related("extract", "feed").order_by("-pk")[:limit])


def run_to_show(run_id: int) -> Run | None:
    """A run with its extract and feed."""
    return Run.objects.select_related("extract", "feed__agency").filter(pk=run_id).first()


def waiting_run(run_id: int) -> Run | None:
    """A run nobody works on yet."""
    return Run.objects.select_related("extract", "feed").filter(pk=run_id, state=Run.State.WAITING).first()


def commit_before(run: Run) -> Extract | None:
    """The last good file of the same feed before this run's."""
    others = Extract.objects.filter(feed=run.feed, state=State.COMMITTED).exclude(pk=run.extract_id)
    return others.filter(pk__lt=run.extract_id).order_by("-pk").first()


def name_of(user_id: int | None) -> str:
    """Who asked for a run; the service itself where nobody did."""
    found = User.objects.filter(pk=user_id).first() if user_id else None
    return found.display_name if found else "the service"


def user(pk: int) -> User:
    """Who asked for what a task does."""
    return User.objects.get(pk=pk)


FINDINGS = """
select code, severity, field, min(message), count(*),
       (array_agg(row_no order by module, row_no))[1:3], (array_agg(module order by module, row_no))[1:3]
from extracts_finding
where extract_id = %s
group by code, severity, field
order by severity, count(*) desc, code
"""


def findings_by_code(extract: Extract) -> list[FindingGroup]:
    """An extract's findings by code and column, errors first, with the first rows as numbered in the file."""
    with connection.cursor() as cursor:
        cursor.execute(FINDINGS, [extract.pk])
        return [
            FindingGroup(code, severity, field, message, rows, places(modules, numbers))
            for code, severity, field, message, rows, numbers, modules in cursor.fetchall()
        ]


def places(modules: Sequence[str], numbers: Sequence[int | None]) -> tuple[str, ...]:
    """ "senneeds rows 3, 5, 14": the first rows by table."""
    rows: dict[str, list[str]] = {}
    for module, number in zip(modules, numbers, strict=True):
        if number:
            rows.setdefault(module, []).append(f"{number:,}")
    return tuple(
        f"{module} row{'s' * (len(found) > 1)} {', '.join(found)}".strip() for module, found in rows.items()
    )


def settings_to_map() -> list[SettingQuestion]:
    """Codes no setting is known for, those that hold up most rows first."""
    feeds = {feed.code: feed for feed in Feed.objects.all()}
    asked = SettingAlias.objects.filter(setting__isnull=True).order_by("scheme", "code")
    rows = _unmapped_rows()
    found = [
        SettingQuestion(alias, feeds.get(alias.scheme), rows.get((alias.scheme, alias.code), 0))
        for alias in asked
    ]
    return sorted(found, key=lambda question: -question.rows)


def settings_answered() -> list[tuple[SettingAlias, Feed | None, str]]:
    """The codes whose setting a person has named, newest first, each with its feed and who answered."""
    feeds = {feed.code: feed for feed in Feed.objects.all()}
    answered = SettingAlias.objects.filter(setting__isnull=False, answered_by__isnull=False)
    found = list(answered.select_related("setting").order_by("-answered_at", "-pk"))
    people = {
        each.pk: each.display_name for each in User.objects.filter(pk__in=[one.answered_by for one in found])
    }
    return [(one, feeds.get(one.scheme), people.get(one.answered_by or 0, "")) for one in found]


def _unmapped_rows() -> dict[tuple[str, str], int]:
    """Counted by the database beyond the reader's reach: a figure names nobody."""
    with connection.cursor() as cursor:
        cursor.execute("select feed, code, waiting from vcdb_unmapped()")
        return {(feed, code): waiting for feed, code, waiting in cursor.fetchall()}


def settings_open() -> QuerySet[Agency]:
    """The settings a code can mean, closed ones too while their rows still arrive."""
    recent = Q(closed_on__isnull=True) | Q(closed_on__gte=today() - timedelta(days=730))
    return Agency.objects.filter(recent, kind__in=SETTING_KINDS).order_by("name")


def setting(pk: int) -> Agency:
    """A setting somebody chose."""
    return settings_open().get(pk=pk)


def alias_to_map(pk: int) -> SettingAlias | None:
    """A code that still waits for its setting."""
    return SettingAlias.objects.filter(pk=pk, setting__isnull=True).first()


def alias_answered(pk: int) -> SettingAlias | None:
    """A code whose setting a person has named."""
    found = SettingAlias.objects.filter(pk=pk, setting__isnull=False, answered_by__isnull=False)
    return found.select_related("setting").first()


def acts(ids: Sequence[int]) -> list[Act]:
    """What somebody decided about who is who, in the order it was decided."""
    return list(Act.objects.filter(pk__in=ids).order_by("pk"))


def what_if(asked_id: int) -> WhatIf | None:
    """A what-if that nobody has worked out yet."""
    return WhatIf.objects.filter(pk=asked_id, done_at=None).select_related("scheme").first()


def sealed_link(pk: int) -> SealedLink | None:
    """A sealed link, for the worker that seals it."""
    return SealedLink.objects.filter(pk=pk).first()
