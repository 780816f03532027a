from apps.extracts.models import State
from apps.pipeline import actions
from apps.pipeline.management.deciding import Decision


class Command(Decision):
    help = "Drop an extract before its commit; one that is being worked on stops before its next step."
    permission = "import.run"
    ended_well = State.CANCELLED
    ask = actions.cancel
