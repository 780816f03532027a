from apps.extracts.models import State
from apps.pipeline import actions
from apps.pipeline.management.deciding import Decision


class Command(Decision):
    help = "Commit again, in its old place, an extract that was undone."
    ended_well = State.COMMITTED
    ask = actions.redo
