"""From a draft to the people who read it: checked by one person, released by another, recalled at once."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.actions import record
from apps.core import sql
from apps.core.clock import commit_moment
from apps.core.errors import Refused
from apps.lists import drafting, receipts
from apps.lists.models import Incident, Job, Notice, Snag, WeeklyList
from apps.lists.notices import actions as notices
from apps.ragp.models import Scheme
from apps.ragp.queries import current_scheme

State = WeeklyList.State


@transaction.atomic
def check(*, lists: Collection[int], by: User) -> int:
    """Say of drafts that somebody has looked at them; what has a snag is left as it is. How many were."""
    snagged = Exists(Snag.objects.filter(list=OuterRef("pk"), settled_at=None))
    drafts = WeeklyList.objects.filter(~snagged, pk__in=lists, state=State.DRAFTED)
    done = drafts.update(state=State.CHECKED, checked_by=by.pk, checked_at=timezone.now())
    if not done:
        raise Refused(
            "None of these lists can be checked: each is out already, or has something to put right first."
        )
    record("list.check", by=by, detail={"lists": done})
    return done


@transaction.atomic
def ask_release(*, week: date, lists: Collection[int] | None = None, by: User) -> Job:
    """Ask for the release of lists, or of every list of a week, that somebody else has checked."""
    ready = WeeklyList.objects.filter(week=week, state=State.CHECKED)
    if lists is not None:
        ready = ready.filter(pk__in=lists)
    others = list(ready.exclude(checked_by=by.pk).order_by("pk").values_list("pk", flat=True))
    if not others:
        raise Refused(_why_none(ready.exists()))
    job = Job.objects.create(
        kind=Job.Kind.RELEASE, week=week, lists=others, asked_by=by.pk, asked_at=timezone.now()
    )
    record("list.ask_release", by=by, subject=f"listjob:{job.pk}", detail={"lists": len(others)})
    return job


def _why_none(own: bool) -> str:
    if own:
        return "You have checked these lists yourself: a second person releases them."
    return "No list is ready: check them first."


@transaction.atomic
def ask_draft(*, week: date, by: User) -> Job:
    """Ask for a week's lists to be drafted again."""
    drafting.check_week(week)
    job = Job.objects.create(kind=Job.Kind.DRAFT, week=week, asked_by=by.pk, asked_at=timezone.now())
    record("list.ask_draft", by=by, subject=f"listjob:{job.pk}", detail={"week": str(week)})
    return job


@transaction.atomic
def release(*, job: Job) -> dict[str, int]:
    """Release the lists of a job that the newest roll of any source still bears out; the others go back with what speaks against them."""
    at = commit_moment()
    ready = WeeklyList.objects.select_for_update().filter(pk__in=job.lists, state=State.CHECKED)
    lists = list(ready.exclude(checked_by=job.asked_by).values_list("pk", flat=True))
    drafting.gather()
    drafting.find_snags(lists)
    sql.run("lists", "find_unshared", lists=lists)
    given = {"lists": lists, "by": job.asked_by, "at": at}
    states = dict(sql.rows("lists", "release", given))
    out = [pk for pk, state in states.items() if state == State.RELEASED]
    sql.run("lists", "carry_answers", lists=out)
    notices.queue(lists=out, kind=Notice.Kind.READY)
    done = {"released": len(out), "held": len(states) - len(out)}
    if done["released"]:
        start_watch(at=at)
    record("list.release", by=job.asked_by, subject=f"listjob:{job.pk}", detail=done)
    return done


def start_watch(*, at: datetime) -> None:
    """The first lists start the watch on ratings: from then on a change waits for somebody."""
    Scheme.objects.filter(pk=current_scheme().pk, watched_from=None).update(watched_from=at)


@transaction.atomic
def settle(*, snag: Snag, note: str, by: User) -> None:
    """Accept what speaks against a list, with a reason; what only a new draft or an account takes away is refused."""
    if snag.kind not in Snag.ACCEPTABLE:
        raise Refused(f"“{snag.get_kind_display()}” cannot be accepted: put it right, then draft again.")
    if not note.strip():
        raise Refused("Say why the list may go out all the same.")
    settled = Snag.objects.filter(pk=snag.pk, settled_at=None).update(
        settled_by=by.pk, settled_at=timezone.now(), note=note.strip()
    )
    if not settled:
        raise Refused("Somebody has settled this already.")
    record("list.settle", by=by, subject=f"weeklylist:{snag.list_id}", detail={"snag": snag.kind})


@transaction.atomic
def recall(*, listed: WeeklyList, reason: str, by: User) -> Incident:
    """Take a list back at once: nobody at the setting opens it from now on. Who had opened it stands in the note that this begins."""
    if not reason.strip():
        raise Refused("Say why the list is recalled.")
    now = timezone.now()
    taken = WeeklyList.objects.filter(pk=listed.pk, state=State.RELEASED).update(
        state=State.RECALLED, recalled_by=by.pk, recalled_at=now, recall_reason=reason.strip()
    )
    if not taken:
        raise Refused("Only a list that is out can be recalled.")
    note = Incident.objects.create(
        list=listed, started_by=by.pk, started_at=now, readers=receipts.readers(listed)
    )
    record(
        "list.recall", by=by, subject=f"weeklylist:{listed.pk}", agency=listed.setting_id,
        detail={"version": listed.version, "readers": len(note.readers)},
    )  # fmt: skip
    return note


@transaction.atomic
def write_note(*, incident: Incident, note: str, by: User) -> None:
    """Say what was done about a recalled list."""
    Incident.objects.filter(pk=incident.pk).update(note=note.strip(), noted_by=by.pk, noted_at=timezone.now())
    record("list.incident", by=by, subject=f"weeklylist:{incident.list_id}")
