"""Writes about involvements, sightings and observations."""

from datetime import date, datetime

from apps.agencies.models import Agency, SettingAlias
from apps.core import clock, sql
from apps.extracts.models import Extract, Feed
from apps.involvements.catalogue import ENROLMENTS
from apps.involvements.models import PlannedFact


def plan_facts(*, extract: Extract) -> None:
    """Write which facts the extract opens, changes or ends; a run that is repeated starts its plan afresh."""
    PlannedFact.objects.filter(extract_id=extract.pk).delete()
    params = {"extract": extract.pk, "feed": extract.feed_id}
    sql.run("involvements", "plan_settings", extract=extract.pk, feed_code=extract.feed.code)
    sql.run("involvements", "plan_involvements", **params)
    sql.run("involvements", "plan_sightings", **params)
    sql.run("involvements", "plan_observations", **params)
    if extract.is_full:
        sql.run("involvements", "plan_ended", **params, as_of=extract.as_of)


def apply_facts(*, extract: Extract, at: datetime) -> None:
    """Carry out the fact part of a plan: close what it replaces, open what it brings, stamped ``at``."""
    sql.run("involvements", "apply_close", extract=extract.pk, at=at)
    params = {"extract": extract.pk, "feed": extract.feed_id, "at": at}
    sql.run(
        "involvements", "apply_open", **params, agency=extract.feed.agency_id, feed_code=extract.feed.code
    )


def restore_facts(*, feed: Feed, before: datetime, at: datetime) -> None:
    """Put the facts a feed gave back to how they stood just before a moment; adds their records to ``restored``."""
    sql.run("involvements", "restore_facts", feed=feed.pk, feed_code=feed.code, before=before, at=at)


def gather_roll() -> None:
    """Work out who of the touched children is on whose roll today; weekly lists and reach stand on this one answer."""
    sql.run("involvements", "gather_roll", enrolments=list(ENROLMENTS), today=clock.today())


def gather_reach() -> None:
    """Work out whose users may reach the touched children, and their main setting, for the refresh of the children."""
    gather_roll()
    sql.run("involvements", "gather_reach")


def turned(*, since: date) -> list[int]:
    """The ids of children one of whose enrolments began or ended, with time alone, since a day."""
    days = {"since": since, "today": clock.today(), "enrolments": list(ENROLMENTS)}
    return [row[0] for row in sql.rows("involvements", "turned", days)]


def settle_alias(*, alias: SettingAlias, setting: Agency | None) -> list[int]:
    """Point every enrolment that came with this code at the setting, or at none; return the ids of the children concerned."""
    return [
        row[0]
        for row in sql.rows(
            "involvements",
            "settle_alias",
            {"scheme": alias.scheme, "code": alias.code, "setting": setting and setting.pk},
        )
    ]


def resolve_settings() -> list[int]:
    """Point enrolments that waited for their setting at it; return the ids of the children concerned."""
    return [row[0] for row in sql.rows("involvements", "resolve_settings", {})]


def resolve_workers() -> int:
    """Join involvements to workers that the directory has named since; return how many."""
    return sql.run("involvements", "resolve_workers")
