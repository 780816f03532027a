"""The pages of acts, put together from queries and presenters."""

from typing import Any
from uuid import UUID

from apps.access.queries import may
from apps.accounts.models import User
from apps.children.models import Child
from apps.core.errors import Refused
from apps.involvements.queries import involvements_of
from apps.matching.acts import rules
from apps.matching.models import Act
from apps.pipeline.linkage import outlook
from apps.pipeline.linkage.forms import ReasonForm
from apps.pipeline.linkage.queries import names as names_of
from apps.pipeline.placing import presenters, queries
from apps.pipeline.placing.forms import PlaceForm
from apps.profiles.presenters.home import bands
from apps.profiles.queries.search import bands_of
from apps.profiles.queries.sight import sight_of


def place(child: Child, user: User, given: Any = None) -> dict[str, Any]:
    """What can be put right with one child."""
    records, alike, acts = queries.records_of(child), queries.alike(child, user), queries.acts_of(child)
    form = PlaceForm(given or None, records=records, alike=alike)
    named = {each.pk for each in alike} | {pk for act in acts for pk in (act.child_id, act.target_id) if pk}
    return {
        "child": child,
        "form": form,
        "acts": acts,
        "records": records,
        "named": sorted(named | {child.pk}),
    }


def other_child(form: PlaceForm, user: User) -> Child | None:
    """Whom the form names; raise Refused where a number names nobody, or several."""
    given = form.cleaned_data
    if given["kind"] == Act.Kind.SPLIT:
        return None
    if given.get("number"):
        found = queries.by_number(given["number"], user)
        if len(found) != 1:
            raise Refused(
                "No one child within your reach has this number. Check it, or search for the child first."
            )
        return found[0]
    return queries.child(UUID(given["other"]), user)


def act(
    asked: Act, user: User, form: ReasonForm | None = None, error: str = ""
) -> tuple[dict[str, Any], list[int]]:
    """What was drafted, proposed or done, as it was shown to whoever decided, and what differs since."""
    now = live(asked, user)
    kept = asked.preview or {}
    drafted = asked.state == Act.State.DRAFTED
    shown, left_out = presenters.seen_by(now if drafted else kept, sight_of(user).shares)
    waits = asked.state == Act.State.PROPOSED
    page = {
        "act": asked,
        "title": presenters.act_title(asked),
        "main": presenters.act_main(asked),
        "picture": shown,
        "left_out": left_out,
        "differences": presenters.differences(kept, now) if waits else [],
        "working": drafted and "bands" not in kept,
        "drafted": drafted,
        "waits": waits,
        "refusal": rules.check_second(asked, user.pk) if waits else "",
        "undoable": not rules.check_undo(asked) and may(user, "question.answer"),
        "kept": asked.records.filter(kept=True).select_related("record__agency"),
        "records": asked.records.select_related("record__agency").order_by("record_id"),
        "names": names_of([asked.by, asked.second_by, asked.undone_by]),
        "by": names_of([asked.by]).get(asked.by, ""),
        "second": names_of([asked.second_by]).get(asked.second_by or 0, ""),
        "undone_by": names_of([asked.undone_by]).get(asked.undone_by or 0, "somebody"),
        "mine": asked.by == user.pk,
        "may_merge": may(user, "child.merge"),
        "form": form or ReasonForm(),
        "error": error,
    }
    return page, [each for each in (asked.child_id, asked.target_id) if each]


def live(asked: Act, user: User) -> dict[str, Any]:
    """What the act would do by what is known now, to this reader."""
    records = [record for record, _, _ in outlook.moves_of(asked)]
    sight = sight_of(user)
    moving = [each for each in involvements_of(records) if sight.shares(each.agency_id, each.service)]
    worked = (asked.preview or {}).get("bands", []) if asked.state == Act.State.DRAFTED else []
    standing = bands_of([each for each in (asked.child_id, asked.target_id) if each])
    return presenters.picture(asked, moving, worked, standing, bands())
