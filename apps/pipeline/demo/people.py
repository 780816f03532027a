"""Who signs in to the demonstration: one or more for every role, with one password for all of them."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q

from apps.access.actions import grant
from apps.access.roles import ROLES
from apps.accounts.actions import open_account
from apps.accounts.models import User
from apps.agencies.actions import agree, set_contact
from apps.agencies.models import Agency, Kind, Level, SharingAgreement
from apps.core.errors import Refused
from apps.extracts.catalogue import AGENCIES, COOPERATE
from apps.lists.recipients.actions import verify
from apps.lists.recipients.queries import standing
from apps.pipeline.demo.borough import Borough
from apps.pipeline.demo.identifiers import phone
from apps.pipeline.demo.staff import email


class Person(NamedTuple):
    """A user: their name, job, role and the code (or URN) of their agency."""

    name: str
    job_title: str
    role: str
    agency: str

    @property
    def username(self) -> str:
        """priya.venn"""
        return email(self.name).split("@")[0]


PEOPLE = (
    Person("Priya Venn", "Social worker, North locality", "practitioner", "csc"),
    Person("Rowan Aldous", "Early help officer", "early_help", "early-help"),
    Person("Marisol Okonjo", "Early help team manager", "triage_supervisor", "early-help"),
    Person("Sol Whitlow", "Review administrator", "review_admin", "csc"),
    Person("Noor Askham-Reyes", "Data officer", "data_officer", "council"),
    Person("Hanne Oduya", "Adoption support manager", "sealed_records", "csc"),
    Person("Gideon Farrow", "Head of permanence", "sealed_records", "csc"),
    Person(
        "Calla Brightwater",
        "Children missing education officer",
        "education_welfare",
        "of-no-setting-unknown",
    ),
    Person("Bronwen Tallis", "Director of children's services", "leadership", "council"),
    Person("Wilfred Adderley", "Information governance officer", "information_governance", "council"),
    Person("Kofi Brackenridge", "System administrator", "system_admin", "council"),
    Person("Idris Callaghan-Moss", "CAMHS practitioner", "practitioner", "health-camhs"),
    Person("Tobias Wheatley", "Family support worker", "practitioner", "early-help"),
    Person("Farrah Steele", "Youth justice officer", "practitioner", "youth-justice"),
    Person("Juno Mbeki-Stroud", "Researcher, Family Context", "practitioner", "education-fc"),
)
#: Roles that are held beside another.
BESIDE = {"triage_supervisor": ("early_help",)}


#: Who says, each term, who reads the lists of the first school of a phase.
ADMINISTRATORS = {
    "Secondary": "Odile Penhallow",
    "Primary": "Merrick Adeyemi",
    "Special": "Saoirse Lindqvist",
}


def everyone(borough: Borough) -> Iterator[Person]:
    """The council's and health's users, and the safeguarding lead and the administrator of three schools."""
    yield from PEOPLE
    for phase, administrator in ADMINISTRATORS.items():
        school = borough.places.of(phase)[0]
        yield Person(school.lead, f"Designated safeguarding lead, {school.name}", "school_dsl", school.urn)
        yield Person(administrator, f"Business manager, {school.name}", "setting_admin", school.urn)


def introduce(borough: Borough) -> None:
    """Whom to phone: every service's number, every school's safeguarding lead."""
    agencies = Agency.objects.filter(Q(code__in=AGENCIES) | Q(kind=Kind.SCHOOL)).order_by("pk")
    schools = {school.urn: school for school in borough.places.schools}
    for number, agency in enumerate(agencies):
        school = schools.get(agency.urn or "")
        lead = school.lead if school else ""
        set_contact(
            agency=agency, phone=school.phone if school else phone(number), safeguarding_lead=lead, by=None
        )


def enlist(borough: Borough) -> int:
    """Create the users who are not there yet and give each their role; says how many there are."""
    people = list(everyone(borough))
    for person in people:
        if not User.objects.filter(username=person.username).exists():
            _enlist(person)
    _verify(borough)
    return len(people)


def _share(setting: Agency, recipient: Agency) -> None:
    """What the school returns, judges and has tried reaches those who work with its children."""
    reference = f"{setting.code} to {recipient.code}"
    if not SharingAgreement.objects.filter(reference=reference).exists():
        agree(
            provider=setting, recipient=recipient, services=["school_roll"], level=Level.CONTENT, reference=reference,
            legal_basis=COOPERATE, by=None,
        )  # fmt: skip


def _verify(borough: Borough) -> None:
    """Each school's administrator says that its safeguarding lead reads its lists; what the school tells is shared."""
    for phase in ADMINISTRATORS:
        setting = Agency.objects.get(urn=borough.places.of(phase)[0].urn)
        lead, administrator = (
            User.objects.get(memberships__agency=setting, memberships__role=role)
            for role in ("school_dsl", "setting_admin")
        )
        for recipient in ("csc", "early-help"):
            _share(setting, Agency.objects.get(code=recipient))
        if not standing().filter(setting=setting, user=lead).exists():
            verify(setting=setting, user=lead, by=administrator)


def _enlist(person: Person) -> None:
    first, _, last = person.name.partition(" ")
    user = open_account(
        username=person.username, email=email(person.name), first_name=first, last_name=last,
        job_title=person.job_title, password=password(), by=None,
    )  # fmt: skip
    by_urn = ROLES[person.role].of_settings
    agency = Agency.objects.get(urn=person.agency) if by_urn else Agency.objects.get(code=person.agency)
    for role in (person.role, *BESIDE.get(person.role, ())):
        grant(user=user, agency=agency, role=role, by=None)


def password() -> str:
    """The demonstration's password: random for each instance, kept where only its owner reads it."""
    if settings.PRODUCTION:
        raise Refused("This is a production environment: it has no demonstration sign-ins.")
    kept = Path(settings.VCDB_HOME) / "demo-password"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text("-".join(secrets.token_hex(2) for _ in range(4)))
    return kept.read_text()
