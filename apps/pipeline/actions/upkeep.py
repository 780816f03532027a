"""What is put right between files: answers about settings, the turn of the day, ratings."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.agencies.models import Agency, SettingAlias
from apps.audit.actions import record as audit
from apps.children import actions as children
from apps.core import clock
from apps.involvements import actions as involvements
from apps.pipeline import plan
from apps.ragp import actions as ragp
from apps.ragp import overriding
from apps.triage import actions as triage
from apps.triage.cohorts import actions as cohorts


@transaction.atomic
def map_setting(*, alias: SettingAlias, setting: Agency, by: User) -> int:
    """Answer which setting a feed's code means, once and for all; return how many children it concerns."""
    SettingAlias.objects.filter(pk=alias.pk).update(
        setting=setting, answered_by=by.pk, answered_at=timezone.now()
    )
    concerned = involvements.settle_alias(alias=alias, setting=setting)
    plan.refresh(concerned)
    audit("setting.map", by=by, agency=setting.pk, subject=f"settingalias:{alias.pk}", children=concerned)
    return len(concerned)


@transaction.atomic
def take_back_setting(*, alias: SettingAlias, by: User) -> int:
    """Take an answer back: the code is asked again, and its children leave that setting's roll; return how many they are."""
    agency = alias.setting_id
    SettingAlias.objects.filter(pk=alias.pk).update(setting=None, answered_by=None, answered_at=None)
    concerned = involvements.settle_alias(alias=alias, setting=None)
    plan.refresh(concerned)
    audit(
        "setting.take_back",
        by=by,
        agency=agency,
        subject=f"settingalias:{alias.pk}",
        children=concerned,
    )
    return len(concerned)


def refresh_child(child_id: int) -> None:
    """Work a child out anew after an answer about its fields; the answer itself was recorded when it was given."""
    plan.refresh([child_id])


@transaction.atomic
def refresh_family(of: list[int]) -> None:
    """Work family links out anew, after somebody said what two children are to each other; that was recorded when it was said."""
    children.relate_families(of=of, at=clock.commit_moment())


def turn_the_day(*, days: int = 31) -> int:
    """Let enrolments that began or ended with time alone change who reaches the child; return how many children were looked at.

    The window of ``days`` outlasts a service that stood still; looking at a child again changes nothing.
    """
    concerned = involvements.turned(since=clock.today() - timedelta(days=days))
    plan.refresh(concerned)
    return len(concerned)


@transaction.atomic
def rate() -> int:
    """Rate every child whose rating is stale or due, see which cohorts they fit, and queue what moved; return how many ratings changed."""
    overriding.end_overrides(by=None)
    done = ragp.assess(by=None)
    if done["assessed"]:
        cohorts.work_out_rated(by=None)
    triage.open_items(by=None)
    return done["changed"]
