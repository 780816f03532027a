"""Actions handed to somebody else, taken from triage, told of when late; the day's log frozen; contacts with child and family."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.access.queries import agencies_of
from apps.access.roles import ROLES
from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.audit.actions import record
from apps.children.models import Child
from apps.core import sql
from apps.core.clock import today
from apps.core.errors import Refused
from apps.core.workdays import working_days_after
from apps.reviews.models import Action, Contact, Handing, LogDay
from apps.reviews.queries import first_in

By = User | int | str | None
#: How far back triage is looked through for what somebody is to do.
BACK = timedelta(days=14)


@transaction.atomic
def add(
    *, child: Child, what: str, agency: Agency, owner: str, due_on: date, team: str = "", by: User
) -> Action:
    """Write down an action about a child, beside any review."""
    made = Action.objects.create(
        child=child, source=Action.Source.PERSON, what=what.strip(), agency=agency, team=team.strip(), owner=owner.strip(),
        due_on=due_on, by=by.pk, by_agency=agencies_of(by)[0], at=timezone.now(),
    )  # fmt: skip
    record("action.add", by=by, subject=f"action:{made.pk}", children=[child.pk], agency=agency)
    return made


@transaction.atomic
def hand_on(
    *, action: Action, agency: Agency, owner: str, reason: str, due_on: date, team: str = "", by: User
) -> Action:
    """Give an open action to somebody else, with a reason; whose it was is kept."""
    if not reason.strip():
        raise Refused("Say why it goes to somebody else.")
    held = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if held.state != Action.State.OPEN:
        raise Refused(f"This action is {held.get_state_display().lower()} already.")
    # first what was: once it is another agency's, one's own may not write about it
    Handing.objects.create(
        action=held,
        owner=held.owner,
        agency_id=held.agency_id,
        reason=reason.strip(),
        by=by.pk,
        at=timezone.now(),
        due_on=held.due_on,
    )
    given = {"agency": agency, "owner": owner.strip(), "team": team.strip(), "due_on": due_on, "escalated_at": None,
             "by_agency": held.agency_id}  # fmt: skip
    record("action.hand_on", by=by, subject=f"action:{held.pk}", children=[held.child_id], agency=agency)
    Action.objects.filter(pk=held.pk).update(**given)
    return held


@transaction.atomic
def take_from_triage(*, by: By) -> int:
    """Make actions of what triage decided that somebody does, once each; drop those that triage took back. How many were made."""
    if not first_in():
        return 0
    at, day = timezone.now(), today()
    given: dict[str, Any] = {
        "at": at, "since": at - BACK, "tomorrow": working_days_after(day, 1), "later": working_days_after(day, 3),
        "deciding": [code for code, role in ROLES.items() if "triage.decide" in role.permissions],
    }  # fmt: skip
    children = [child for (child,) in sql.rows("reviews", "take_actions", given)]
    undone = Action.objects.filter(state=Action.State.OPEN, decision__undone_at__isnull=False)
    dropped = undone.update(
        state=Action.State.DROPPED, outcome="The decision in triage was undone.", ended_at=at
    )
    if children or dropped:
        record(
            "action.take",
            by=by,
            children=sorted(set(children)),
            detail={"made": len(children), "dropped": dropped},
        )
    return len(children)


@transaction.atomic
def escalate(*, by: By) -> int:
    """Tell those who run reviews of every action whose day is over, once; how many there are new."""
    late = Action.objects.filter(state=Action.State.OPEN, due_on__lt=today(), escalated_at=None)
    told = late.update(escalated_at=timezone.now())
    if told:
        record("action.escalate", by=by, detail={"actions": told})
    return told


@transaction.atomic
def freeze(*, day: date, by: By) -> int:
    """Keep a day's log as it stands now; a day that is frozen stays as it is. How many lines."""
    log, new = LogDay.objects.get_or_create(day=day, defaults={"frozen_at": timezone.now()})
    if not new:
        return 0
    begins = timezone.make_aware(datetime.combine(day, time.min))
    lines = sql.run("reviews", "freeze_day", log=log.pk, begins=begins)
    record("action.freeze", by=by, subject=f"logday:{log.pk}", detail={"lines": lines})
    return lines


@transaction.atomic
def keep_contact(*, child: Child, on: date, by: User, **fields: Any) -> Contact:
    """Keep a contact with a child or the family, or an attempt at one."""
    agencies = agencies_of(by)
    if not agencies:
        raise Refused("Only somebody who works with children in an agency keeps contacts.")
    if on > today():
        raise Refused("A contact is of today or an earlier day.")
    if fields["made"] and not fields.get("said", "").strip():
        raise Refused("Say what they said: for an attempt, choose that it was not made.")
    made = Contact.objects.create(
        child=child, on=on, agency=agencies[0], by=by.pk, at=timezone.now(), **fields
    )
    detail = {"made": made.made}
    record(
        "contact.keep",
        by=by,
        subject=f"contact:{made.pk}",
        children=[child.pk],
        agency=made.agency_id,
        detail=detail,
    )
    return made
