"""Who works with whom: a worker keeps the children of a family together."""

from random import Random
from typing import NamedTuple

from apps.pipeline.demo import names
from apps.pipeline.demo.identifiers import phone
from apps.pipeline.demo.model import Child, Worker
from apps.pipeline.demo.spelling import ASCII


class Kind(NamedTuple):
    """A kind of worker: how their ids begin, where they work, how many children each has, with which services."""

    prefix: str
    agency: str
    title: str
    teams: tuple[str, ...]
    cases: int
    services: tuple[str, ...]


LOCALITIES = ("North locality", "South locality", "Children in our care", "Assessment")
FAMILY_TEAMS = ("Early help north", "Early help south")
SOCIAL_WORK = ("looked_after", "child_protection", "child_in_need")
KINDS = {
    "social_worker": Kind("SW", "csc", "Social worker", LOCALITIES, 21, SOCIAL_WORK),
    "adviser": Kind("PA", "csc", "Personal adviser", ("Leaving care",), 22, ("care_leaver",)),
    "family": Kind("FW", "early-help", "Family support worker", FAMILY_TEAMS, 15, ("early_help",)),
    "send": Kind("SN", "send", "SEND caseworker", ("SEND casework",), 90, ("ehcp",)),
    "camhs": Kind("CM", "health-camhs", "CAMHS practitioner", ("Getting help", "Crisis"), 35, ("camhs",)),
    "community": Kind(
        "CH", "health-community", "Clinician", ("Health visiting", "Therapies"), 60, ("community_health",)
    ),
    "nurse": Kind(
        "CC", "health-continuing-care", "Children's nurse", ("Children's care",), 20, ("continuing_care",)
    ),
    "youth": Kind("YJ", "youth-justice", "Youth justice officer", ("Youth justice",), 16, ("youth_justice",)),
    "vemt": Kind("VE", "vemt", "Exploitation worker", ("VEMT team",), 25, ("vemt",)),
    "neet": Kind("PF", "neet", "Personal adviser", ("Preparing for adulthood",), 60, ("neet_risk",)),
    "carers": Kind("YC", "young-carers", "Young carers worker", ("Young carers",), 50, ("young_carer",)),
}

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
        for kind, about in KINDS.items():
            waiting = [
                spell for spell in child.spells if spell.service in about.services and not spell.worker
            ]
            if waiting:
                worker = self._for(kind, child.family, about.cases)
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
        about = KINDS[kind]
        serial = sum(worker.worker_id.startswith(about.prefix) for worker in self.workers)
        name = KNOWN.get(kind) if not serial else None
        team = about.teams[serial % len(about.teams)]
        made = self.add(f"{about.prefix}{1001 + serial}", name, about.title, team, about.agency)
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
