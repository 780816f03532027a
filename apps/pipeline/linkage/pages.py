"""The pages of who is who, put together from queries and presenters."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator

from apps.access.queries import may
from apps.accounts.models import User
from apps.matching import queries as matching
from apps.matching.models import Question
from apps.pipeline.linkage import presenters, queries
from apps.pipeline.linkage.forms import AnswerForm, FilterForm
from apps.profiles.presenters.home import bands

A_PAGE = 20


def queue(user: User, given: Any) -> dict[str, Any]:
    """The queue, filtered."""
    agencies, kinds = queries.filters()
    form = FilterForm(given or None, agencies=agencies, rules=kinds)
    asked = queries.Asked(**form.cleaned_data) if form.is_bound and form.is_valid() else queries.Asked()
    page = Paginator(asked.of(matching.open_questions(), user), A_PAGE).get_page(given.get("page"))
    sheets = matching.sheets(list(page))
    names = queries.names(sheet.question.claimed_by for sheet in sheets)
    allowed = {"answer": may(user, "question.answer"), "approve": may(user, "child.merge_approve")}
    return presenters.queue(page, sheets, names, user) | {
        "form": form,
        "may_answer": allowed["answer"],
        "may_see_quality": may(user, "question.quality"),
        "tiles": presenters.tiles(
            queries.second_looks_left(), queries.acts_waiting().count(), queries.agencies_asked(), allowed
        ),
        "banner": presenters.banner(queries.last_done(user, given.get("done"))),
    }


def question(
    asked: Question, user: User, given: Any, form: AnswerForm | None = None, error: str = ""
) -> tuple[dict[str, Any], list[int]]:
    """One question with both records, and the children shown."""
    material = queries.read(asked, chosen(given.get("beside")), user)
    names = queries.names([asked.claimed_by])
    page = presenters.question_page(material, bands(), queries.as_of(asked)) | {
        "form": form or AnswerForm(),
        "chosen": (form["answer"].value() or "") if form else "",
        "may_answer": may(user, "question.answer"),
        "held_notice": presenters.held_notice(asked, names, user),
        "mine": asked.claimed_by == user.pk,
        "error": error,
        "banner": presenters.banner(queries.last_done(user, given.get("done"))),
    }
    seen = {asked.child_id, *(each.child.pk for each in material.sheet.comparisons)}
    return page, sorted(seen | {child.pk for child, _ in material.household})


def chosen(text: str | None) -> UUID | None:
    """The candidate somebody asks to see first."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
