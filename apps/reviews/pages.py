"""What each page of reviews needs, put together."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from apps.access.queries import may, permissions_of, sees_rating
from apps.accounts.models import User
from apps.children.models import Child
from apps.involvements.queries import late_for
from apps.ragp.models import Band
from apps.ragp.queries import current_bands, standing_bands
from apps.reviews import forms, machine, presenters, queries
from apps.reviews.leading import queries as leading
from apps.reviews.machine import BEFORE
from apps.reviews.models import CaseReview, ReviewType


def bands_for(user: User, children: Sequence[int]) -> dict[int, Band]:
    """The band that counts for each child, where the reader may see bands."""
    if not children or not sees_rating(user):
        return {}
    named = current_bands()
    return {child: named[code] for child, code in standing_bands(children).items() if code in named}


def queue(user: User, given: QueryDict) -> dict[str, Any]:
    """The list of reviews."""
    form = forms.FilterForm(given if "state" in given else None)
    state = form.cleaned_data["state"] if form.is_bound and form.is_valid() else ""
    page = Paginator(queries.queue(user, state, over=state == "over"), queries.A_PAGE).get_page(
        given.get("page")
    )
    shown = list(page.object_list)
    bands, answered = bands_for(user, [each.child_id for each in shown]), queries.answered(shown)
    doubles = queries.doubles(user, shown)
    return {
        "filters": form,
        "page": page,
        "rows": [presenters.row(each, bands, answered, each.pk in doubles) for each in shown],
        "tiles": presenters.tiles(queries.counts(user)),
        "late": late_for(user),
        "children": [each.child_id for each in shown],
        "may_configure": may(user, "review.configure"),
    }


def review(user: User, of: CaseReview) -> dict[str, Any]:
    """One review: where it stands, what comes next, what agencies said, what was decided, what is to be done."""
    causes, moves, said = queries.causes(user, of), queries.moves(of), queries.contributions(user, of)
    outcomes = queries.outcomes(of)
    acted: list[Any] = [*causes, *moves, *said, *outcomes]
    who = queries.names([each.by for each in acted])
    runs = may(user, "review.manage")
    return {
        "review": of,
        "child": of.child,
        "note": presenters.note(of.child),
        "band": bands_for(user, [of.child_id]).get(of.child_id),
        "double": queries.doubles(user, [of]).get(of.pk),
        "lead": leading.standing(leading.leads(user, of.child)),
        "state": machine.STATES[machine.State(of.state)],
        "steps": presenters.steps(of.state),
        "offered": machine.offered(of.state, permissions_of(user)),
        "causes": [(each, who.get(each.by or 0, "")) for each in causes],
        "said": [presenters.said(each, who) for each in said],
        "own": queries.own_contribution(user, of) if of.state in BEFORE else None,
        "invited": queries.agency_names(of.agencies) if runs else [],
        "outcomes": [(each, who.get(each.by, "")) for each in outcomes],
        "actions": queries.actions_of(of),
        "history": presenters.history(moves, who),
        "runs": runs,
        "awaited": of.state in BEFORE and any(not each.given_at and not each.frozen_at for each in said),
        "late": late_for(user),
        **(entry(of) if runs else {}),
    }


def entry(of: CaseReview, given: QueryDict | None = None) -> dict[str, Any]:
    """The forms beside a review for who runs it."""
    able = queries.agencies()
    return {
        "invite": forms.InviteForm(agencies=able.exclude(pk__in=of.agencies)),
        "action": forms.ActionForm(given, agencies=able),
    }


def raising(user: User, child: Child, given: QueryDict | None) -> dict[str, Any]:
    """The form to raise a review, with what is under way."""
    return {
        "child": child,
        "form": forms.RaiseForm(given, types=queries.active_types()),
        "live": list(queries.live(user, child).select_related("type")),
    }


def contributing(of: CaseReview, own: Any, given: QueryDict | None) -> dict[str, Any]:
    """The form of one's own agency's contribution."""
    form = forms.ContributionForm(given, questions=own.questions, answers=own.answers)
    return {"review": of, "child": of.child, "own": own, "form": form, "version": own.version}


def type_page(type: ReviewType | None, given: QueryDict | None) -> dict[str, Any]:
    """The form of a type."""
    form = forms.TypeForm(
        given, initial=forms.of_type(type), agencies=queries.agencies().exclude(kind__in=("school", "early_years")),
        cohorts=queries.watched_cohorts(),
    )  # fmt: skip
    return {"type": type, "form": form}
