from apps.extracts.models import State
from apps.pipeline import actions
from apps.pipeline.management.deciding import Decision


class Command(Decision):
    help = "Commit an extract that was previewed, or held: then with the reason why it is right all the same."
    ended_well = State.COMMITTED
    ask = actions.release
