"""What the pages of acts read: a child's records, who else it may be, and what was decided before."""

from uuid import UUID

from django.db.models import Q

from apps.accounts.models import User
from apps.children.models import Child, SourceRecord
from apps.matching.models import Act, Question
from apps.pipeline.linkage.queries import HOUSEHOLD
from apps.profiles.queries.search import by_identifier


def act(pk: int) -> Act | None:
    """Something decided or proposed, where both children are within reach."""
    return Act.objects.select_related("child", "target", "question").filter(pk=pk).first()


def acts_of(child: Child) -> list[Act]:
    """What was decided about a child, newest first."""
    mine = Q(child=child) | Q(target=child)
    shown = Act.objects.filter(mine).exclude(state__in=(Act.State.DRAFTED, Act.State.REFUSED))
    return list(shown.select_related("child", "target").order_by("-at")[:20])


def records_of(child: Child) -> list[SourceRecord]:
    """The child's records that may be shown, with who sent them and what they say now."""
    found = SourceRecord.objects.filter(child=child, loose=False).select_related("agency").order_by("pk")
    return list(found.prefetch_related("versions__feed"))


def child(public_id: UUID, user: User) -> Child | None:
    """A child within reach; None alike where there is none."""
    return Child.objects.visible_to(user).filter(public_id=public_id, merged_into=None).first()


def by_number(text: str, user: User) -> list[Child]:
    """The children within reach who carry a number."""
    found = by_identifier(text, Child.objects.visible_to(user).filter(merged_into=None))
    return list(Child.objects.filter(pk__in=found))


def alike(child: Child, user: User) -> list[Child]:
    """Who may be the same child: in question with it, or of its surname and birth date."""
    asked = Question.objects.filter(Q(child=child) | Q(candidates__child=child), closed_at=None)
    pairs = asked.values_list("child_id", "candidates__child_id")
    near = Q(pk__in={each for pair in pairs for each in pair if each})
    if child.dob and child.surname_key:
        near |= Q(dob=child.dob, surname_key=child.surname_key)
    found = (
        Child.objects.visible_to(user).filter(near, merged_into=None, withdrawn=False).exclude(pk=child.pk)
    )
    return list(found.order_by("surname_key", "forename_key")[:HOUSEHOLD])
