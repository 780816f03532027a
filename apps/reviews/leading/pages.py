"""The page of the lead professional and the team round a child."""

from typing import Any

from apps.access.queries import may
from apps.accounts.models import User
from apps.children.models import Child
from apps.reviews.leading import queries
from apps.reviews.leading.forms import AnswerForm, LeadForm, PersonForm, WhyForm
from apps.reviews.models import Lead
from apps.reviews.pages import bands_for
from apps.reviews.presenters import note
from apps.reviews.queries import agencies, names, own


def page(user: User, child: Child, **bound: Any) -> dict[str, Any]:
    """Everything it shows; forms that could not be kept stand in place of empty ones."""
    found, ours, runs = queries.leads(user, child), own(user), may(user, "review.manage")
    now = queries.standing(found)
    stands, asked = now.stands, now.asked
    who = names([each.by for each in found])
    return {
        "child": child,
        "note": note(child),
        "band": bands_for(user, [child.pk]).get(child.pk),
        "stands": stands,
        "asked": asked,
        "refused": now.refused,
        "may_answer": asked and (runs or asked.agency_id in ours),
        "may_hand_over": not asked and (not stands or runs or stands.agency_id in ours),
        "may_end": stands and (runs or stands.agency_id in ours),
        "history": [(each, who.get(each.by, "")) for each in found],
        "team": queries.team(user, child),
        "lead_form": lead_form(user, stands),
        "team_form": team_form(),
        "answer_form": AnswerForm(auto_id="answer_%s"),
        "end_form": WhyForm(auto_id="end_%s"),
    } | bound


def lead_form(user: User, stands: Lead | None, given: Any = None) -> LeadForm:
    """Who is to lead; with a reason where somebody does already."""
    runs = may(user, "review.manage")
    return LeadForm(given, auto_id="lead_%s", agencies=agencies(), runs=runs, handing=stands is not None)


def team_form(given: Any = None) -> PersonForm:
    """Who is to be of the team."""
    return PersonForm(given, auto_id="team_%s", agencies=agencies())
