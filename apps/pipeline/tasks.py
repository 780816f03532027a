"""Every task of the service: load by id, call one action. When they run is in ``timetable``."""

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings

from apps.accounts import actions as accounts
from apps.audit import actions as audit
from apps.core import clock
from apps.core.errors import Refused
from apps.core.workdays import is_working
from apps.lists import jobs
from apps.lists.endeavours import actions as endeavours
from apps.lists.notices import actions as notices
from apps.lists.recipients import actions as recipients
from apps.lists.returns import actions as returns
from apps.matching import sealing
from apps.matching.acts import sampling
from apps.pipeline import actions, queries, sweeps
from apps.pipeline.inbox import actions as inbox
from apps.pipeline.linkage import actions as linkage
from apps.pipeline.linkage import outlook
from apps.pipeline.progress import RedisProgress
from apps.pipeline.quality.measuring import measure
from apps.pipeline.releases import actions as releases
from apps.ragp import actions as ragp
from apps.reports import actions as reports
from apps.reports import reporting
from apps.reports.charts.ahead import ahead
from apps.reviews import actions as reviews
from apps.reviews import telling
from apps.reviews.log import actions as action_log
from apps.reviews.log import sightings
from apps.reviews.meetings import finishing
from apps.triage import actions as triage
from apps.triage import raising
from apps.triage.cohorts import actions as cohorts
from apps.triage.team import actions as team
from apps.triage.team import digests

log = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def run_extract(run_id: int) -> None:
    """Work on one run, if nobody else does and it is not done already."""
    run = queries.waiting_run(run_id)
    if run is None:
        return
    progress = RedisProgress(run_id)
    try:
        actions.execute(run=run, progress=progress)
    except Refused:
        log.info("run waits: another file of its feed is being loaded", extra={"run": run_id})
    finally:
        progress.finish()


@shared_task(ignore_result=True)
def map_setting(alias_id: int, setting_id: int, user_id: int) -> None:
    """Put a person's answer of what a code means in place, with every row that waited for it."""
    alias = queries.alias_to_map(alias_id)
    if alias is not None:
        actions.map_setting(alias=alias, setting=queries.setting(setting_id), by=queries.user(user_id))


@shared_task(ignore_result=True)
def take_back_setting(alias_id: int, setting_id: int, user_id: int) -> None:
    """Take back what a person had said a code means, if it still means that."""
    alias = queries.alias_answered(alias_id)
    if alias is not None and alias.setting_id == setting_id:
        actions.take_back_setting(alias=alias, by=queries.user(user_id))


@shared_task(ignore_result=True)
def refresh_child(child_id: int) -> None:
    """Choose a child's fields anew, after somebody said whose word stands."""
    actions.refresh_child(child_id)


@shared_task(ignore_result=True)
def refresh_family(child_ids: list[int]) -> None:
    """Work out the family links of children anew, after somebody said what they are to each other."""
    actions.refresh_family(child_ids)


@shared_task(ignore_result=True)
def seal_link(link_id: int) -> None:
    """Seal a link that a second person has confirmed."""
    link = queries.sealed_link(link_id)
    if link is not None:
        sealing.seal(link=link)


@shared_task(ignore_result=True)
def carry_out(act_ids: list[int]) -> None:
    """Do, or take back, what somebody decided about who is who."""
    for act in queries.acts(act_ids):
        linkage.carry_out(act=act)


@shared_task(ignore_result=True)
def look_ahead(question_ids: list[int] | None = None, act_id: int | None = None) -> None:
    """Work out what answers to open questions, or one act, would do to ratings."""
    for act in queries.acts([act_id] if act_id else []):
        outlook.of_act(act)
    if act_id is None:
        outlook.of_questions(question_ids or [])


@shared_task(ignore_result=True)
def sample_links() -> None:
    """Choose the automatic links that people look at a second time this week."""
    sampling.sample(week=clock.week_of(clock.today()))


@shared_task(ignore_result=True)
def sweep_runs() -> None:
    """Send again what a dead worker left, and what was never sent."""
    for run_id in {*sweeps.release_dead(), *sweeps.waiting_unsent()}:
        run_extract.delay(run_id)


@shared_task(ignore_result=True)
def watch_inbox() -> None:
    """Take what was left in the watched folder, and put away what is done."""
    if settings.VCDB_INBOX:
        inbox.watch(
            root=settings.VCDB_INBOX,
            start=lambda run: run_extract.delay_on_commit(run.pk),  # type: ignore[attr-defined]
            quiet=settings.VCDB_INBOX_QUIET,
        )


@shared_task(ignore_result=True)
def turn_the_day() -> None:
    """Just after midnight: who is on whose roll today, and what that and the day change in ratings, figures and what is set apart."""
    actions.turn_the_day()
    actions.rate()
    raising.raise_overrides(by=None)
    sealing.set_apart_again()
    measure()


@shared_task(ignore_result=True)
def work_out_cohorts() -> None:
    """Work every cohort out for everybody: days have gone by for all of them."""
    cohorts.work_out_all(by=None)
    triage.open_items(by=None)


@shared_task(ignore_result=True)
def sweep_cohorts() -> None:
    """Work out the cohorts that were made since the last look."""
    cohorts.work_out_all(by=None, only_new=True)


@shared_task(ignore_result=True)
def what_if(asked_id: int) -> None:
    """Try a rating scheme on everybody; asked for again in the meantime, the earlier one is dropped."""
    asked = queries.what_if(asked_id)
    if asked is not None:
        ragp.what_if(asked=asked)


@shared_task(ignore_result=True)
def assess_due() -> None:
    """Rate the children whose facts or whose day has changed, and open what somebody must decide."""
    actions.rate()
    raising.raise_overrides(by=None)
    linkage.carry_out_left()
    outlook.of_questions()


@shared_task(ignore_result=True)
def escalate_triage() -> None:
    """Tell supervisors of what waits beyond its time."""
    triage.escalate(by=None)


@shared_task(ignore_result=True)
def sweep_reviews() -> None:
    """Raise the reviews that triage, cohorts and ended overrides ask for, follow joined records, and tell agencies what is awaited.

    Whom a contact says was seen, was seen. What a meeting left of children whom its chair does not reach is carried over.
    """
    reviews.follow(by=None)
    finishing.finish(by=None)
    sightings.take(by=None)
    reviews.take_raised(by=None)
    action_log.take_from_triage(by=None)
    action_log.escalate(by=None)
    telling.send_all(by=None)


@shared_task(ignore_result=True)
def close_action_log() -> None:
    """At the end of a working day keep its action log as it stands."""
    if is_working(clock.today()):
        action_log.freeze(day=clock.today(), by=None)


@shared_task(ignore_result=True)
def send_digests() -> None:
    """Send the counts of the queue to those who asked for them, on working days."""
    digests.send_all(by=None)


@shared_task(ignore_result=True)
def draw_second_looks() -> None:
    """Draw the decisions of last week that a supervisor looks at again."""
    team.draw(week=clock.week_of(clock.today()) - timedelta(days=7), by=None)


@shared_task(ignore_result=True)
def draft_week() -> None:
    """Draft this week's lists; running again only replaces drafts, and adds versions, where something differs."""
    actions.rate()
    jobs.do(job_id=jobs.begin_draft(week=clock.week_of(clock.today())).pk)


@shared_task(ignore_result=True)
def freeze_report() -> None:
    """Freeze the week that is over; one that is frozen already stays as it is."""
    try:
        ahead(reports.freeze(week=clock.week_of(clock.today()) - timedelta(days=7), by=None))
    except Refused:
        log.info("no report: nothing was known in that week")


@shared_task(ignore_result=True)
def pseudonymise() -> None:
    """Give new children the pseudonyms by which reporting tools know them."""
    reporting.pseudonymise(by=None)


@shared_task(ignore_result=True)
def do_list_job(job_id: int) -> None:
    """Draft or release lists as somebody asked, if nobody has done it already, and tell who can open one now."""
    if jobs.do(job_id=job_id):
        notices.send_all()


@shared_task(ignore_result=True)
def sweep_lists() -> None:
    """Send again what a dead worker left of drafting and releasing, and of telling people."""
    for job_id in jobs.left():
        do_list_job.delay(job_id)
    notices.send_all()
    for return_id in returns.left():
        releases.take(return_id=return_id)
    endeavours.take()


@shared_task(ignore_result=True)
def take_return(return_id: int) -> None:
    """Make facts of what a setting returned; the children are rated with the next look at what is due."""
    releases.take(return_id=return_id)


@shared_task(ignore_result=True)
def take_endeavours() -> None:
    """Make facts of what settings said of single children."""
    endeavours.take()


@shared_task(ignore_result=True)
def remind_of_lists() -> None:
    """On working days remind those whose setting has not opened a list, and those who say who reads a setting's lists."""
    notices.remind()
    recipients.remind()
    notices.send_all()


@shared_task(ignore_result=True)
def forget_kept() -> None:
    """Delete the files and rows whose days are over."""
    actions.forget()


@shared_task(ignore_result=True)
def forget_sessions() -> None:
    """Delete the sessions that are over, with the searches kept in them."""
    accounts.forget_sessions()


@shared_task(ignore_result=True)
def seal_audit() -> None:
    """Chain the audit events committed since the last minute."""
    audit.seal()
