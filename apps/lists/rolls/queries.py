"""What settings deny of their rolls, within the reader's reach: row-level security leaves out children whose place is a secret."""

from django.core.paginator import Page, Paginator

from apps.lists.models import RollQuestion

A_PAGE = 25


def page_of(number: str | None) -> Page:
    """One page of the open questions, by the agency to ask, oldest first."""
    found = RollQuestion.objects.filter(closed_at=None).select_related("setting", "child", "feed__agency")
    return Paginator(found.order_by("feed__agency__name", "opened_at", "pk"), A_PAGE).get_page(number)


def question_with(pk: int) -> RollQuestion | None:
    """One of them."""
    return RollQuestion.objects.filter(pk=pk).first()
