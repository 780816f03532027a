from apps.extracts.models import State
from apps.pipeline import actions
from apps.pipeline.management.deciding import Decision


class Command(Decision):
    help = "Take back what a committed extract did; later extracts of the feed are applied again."
    ended_well = State.UNDONE
    ask = actions.undo
