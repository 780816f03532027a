"""What a person decided about who is who, carried out or taken back, with everything that follows for the children concerned."""

from django.db import transaction

from apps.core.errors import Refused
from apps.extracts.models import Extract
from apps.matching.acts import carrying
from apps.matching.models import Act
from apps.pipeline import plan
from apps.pipeline.actions.upkeep import rate


def carry_out(*, act: Act) -> None:
    """Do what was decided, then work out and rate the children anew; where it no longer fits, note why."""
    try:
        _do(act) if act.state == Act.State.APPROVED else _take_back(act)
    except Refused as refusal:
        carrying.give_up(act=act, sentence=str(refusal))
        return
    rate()


def carry_out_left() -> int:
    """Carry out what a worker that died has left; answers how many there were."""
    left = list(Act.objects.filter(state__in=(Act.State.APPROVED, Act.State.UNDOING)).order_by("pk"))
    for act in left:
        carry_out(act=act)
    return len(left)


@transaction.atomic
def _do(act: Act) -> None:
    concerned = carrying.carry_out(act=act)
    plan.refresh(concerned)


@transaction.atomic
def _take_back(act: Act) -> None:
    """The act's records first, then every record that was judged since by what the act had made of the children, in its turn."""
    if (ids := carrying.take_back(act=act)) is None:
        return
    found = Extract.objects.in_bulk(ids)
    for extract in (found[pk] for pk in ids):
        plan.judge_again(extract=extract, undone=None)
    carrying.leave_pointers(act=act)
    plan.settle()
