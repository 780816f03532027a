"""Who works with whom: a worker keeps the children of a family together."""

from random import Random

from apps.pipeline.demo import names
from apps.pipeline.demo.identifiers import phone
from apps.pipeline.demo.model import Child, Worker
from apps.pipeline.demo.spelling import ASCII

#: Kind of worker: id prefix, agency, job title, teams, cases each, services.
KINDS = {
    "social_worker": ("SW", "csc", "Social worker", ("North locality", "South locality",
    "Children in our care", "Assessment"), 21,
        ("looked_after", "child_protection", "child_in_need")),
    "adviser": ("PA", "csc", "Personal adviser", ("Leaving care",), 22, ("care_leaver",)),
    "family": ("FW", "early-help", "Family support worker", ("Early help north", "Early help south"), 15,
    ("early_help",)),
    "send": ("SN", "send", "SEND caseworker", ("SEND casework",), 90, ("ehcp",)),
    "camhs": ("CM", "health-camhs", "CAMHS practitioner", ("Getting help", "Getting more help"), 35,
    ("camhs",)),
    "community": ("CH", "health-community", "Clinician", ("Health visiting", "Children's therapies"), 60,
    ("community_health",)),
    "nurse": ("CC", "health-continuing-care", "Children's nurse", ("Children's continuing care",), 20,
    ("continuing_care",)),
    "youth": ("YJ", "youth-justice", "Youth justice officer", ("Youth justice service",), 16,
    ("youth_justice",)),
    "vemt": ("VE", "vemt", "Exploitation worker", ("VEMT team",), 25, ("vemt",)),
    "neet": ("PF", "neet", "Personal adviser", ("Preparing for adulthood",), 60, ("neet_risk",)),
    "carers": ("YC", "young-carers", "Young carers worker", ("Young carers service",), 50, ("young_carer",)),
}  # fmt: skip

#: Workers who also sign in: the first of their kind.
KNOWN = {
    "social_worker": "Priya Venn",
    "camhs": "Idris Callaghan-Moss",
    "family": "Tobias Wheatley",
    "youth": "Farrah Steele",
}


class Staff:
    """The directory, and the next worker with room for a family."""

    def __init__(self, rng: Random):
        self.rng = rng
        self.workers: list[Worker] = []
        self.by_id: dict[str, Worker] = {}
        self._current: dict[str, tuple[Worker, int]] = {}
        self._families: dict[tuple[str, int], Worker] = {}

    def allot(self, child: Child) -> None:
        """Give every open spell of a child without a worker one; one worker of a kind has them all."""
        for kind, (*_, room, services) in KINDS.items():
            waiting = [spell for spell in child.spells if spell.service in services and not spell.worker]
            if waiting:
                worker = self._for(kind, child.family, room)
                for spell in waiting:
                    spell.worker, spell.seen_by = worker.worker_id, worker.name

    def _for(self, kind: str, family: int, room: int) -> Worker:
        known = self._families.get((kind, family))
        current = self._current.get(kind)
        if known is None and (current is None or current[1] >= room):
            current = (self._hire(kind), 0)
        chosen = known or (current[0] if current else self._hire(kind))
        if current and chosen is current[0]:
            self._current[kind] = (chosen, current[1] + 1)
        self._families[kind, family] = chosen
        return chosen

    def _hire(self, kind: str) -> Worker:
        prefix, agency, title, teams, *_ = KINDS[kind]
        serial = sum(worker.worker_id.startswith(prefix) for worker in self.workers)
        name = KNOWN.get(kind) if not serial else None
        made = self.add(f"{prefix}{1001 + serial}", name, title, teams[serial % len(teams)], agency)
        made.user_name = made.email.split("@")[0] if name else ""
        return made

    def add(self, worker_id: str, name: str | None, title: str, team: str, agency: str) -> Worker:
        """A worker in the directory."""
        name = name or f"{self.rng.choice(names.GIRLS + names.BOYS)} {self.rng.choice(names.SURNAMES)}"
        made = Worker(worker_id, name, title, team, agency, phone(100 + len(self.workers)), email(name))
        self.workers.append(made)
        self.by_id[worker_id] = made
        return made


def email(name: str) -> str:
    """An address that cannot exist."""
    plain = name.translate(ASCII).lower().replace("'", "-").replace(" ", ".")
    return f"{plain}@brackmoor.example"
