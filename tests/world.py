"""A small cast, built only through actions: children arrive in the agencies' own files, people by accounts and roles."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from apps.access.actions import grant
from apps.accounts.actions import open_account
from apps.accounts.models import User
from apps.agencies.models import Agency, SharingAgreement
from apps.children.actions import restrict
from apps.children.models import Child
from apps.core.clock import today
from apps.extracts.reference import install_reference
from apps.lists.recipients.actions import verify
from apps.pipeline.actions import load
from tests.releasing import released

PASSWORD = "a long pass phrase of tests"

#: Every column the layouts of these feeds know; a row says only what matters to it.
COLUMNS = {
    "csc_people": "LA Child ID, NHS Number, UPN, Surname, Forename, Middle Names, Known As, Date of Birth, Sex, Ethnicity, Address, "
    "Postcode, Restricted, Date of Death, Left Area Date, Allocated Worker ID, Team, Allocation Date, Last Seen Date, Last Seen By, "
    "How Seen, Seen Alone",
    "early_help": "EHM ID, Forename, Surname, Date of Birth, Gender, Ethnicity, NHS Number, UPN, Address, Postcode, Episode ID, "
    "Start Date, End Date, Support Level, Reason, Lead Practitioner ID, Last Contact Date, Last Contact By, Last Contact Type",
    "camhs": "Local Patient ID, NHS Number, Family Name, Given Name, Birth Date, Gender, Ethnic Category, Address, Postcode, "
    "Referral ID, Referral Received, Discharge Date, Pathway, Care Coordinator ID, Last Contact Date, Last Contact By, Contact Type",
    "early_years_roll": "Child Ref, Forename, Surname, Date of Birth, Gender, Address, Postcode, Setting URN, Setting Name, "
    "Start Date, Leaving Date, Funded Hours",
}

SCHOOL_URN, OTHER_SCHOOL_URN = "900001", "900002"

#: Role and agency of each user of the cast; the outsider is signed in and holds nothing.
CAST = {
    "social_worker": ("practitioner", "csc"),
    "health": ("practitioner", "health-camhs"),
    "early_help_officer": ("early_help", "early-help"),
    "supervisor": ("triage_supervisor", "early-help"),
    "dsl": ("school_dsl", f"urn-{SCHOOL_URN}"),
    "other_dsl": ("school_dsl", f"urn-{OTHER_SCHOOL_URN}"),
    "welfare": ("education_welfare", "of-no-setting-unknown"),
    "elm_admin": ("setting_admin", f"urn-{SCHOOL_URN}"),
    "oak_admin": ("setting_admin", f"urn-{OTHER_SCHOOL_URN}"),
    "review_admin": ("review_admin", "council"),
    "data_officer": ("data_officer", "council"),
    "keeper": ("sealed_records", "csc"),
    "leader": ("leadership", "council"),
    "governance": ("information_governance", "council"),
    "sysadmin": ("system_admin", "council"),
    "outsider": None,
}
#: Roles that some hold beside their own.
BESIDE = {"supervisor": ("early_help", "early-help")}


@dataclass
class World:
    """Who there is: users by their part, children by forename."""

    users: dict[str, User] = field(default_factory=dict)
    children: dict[str, Child] = field(default_factory=dict)

    def user(self, name: str) -> User:
        """A fresh copy, as a request would have it."""
        return User.objects.get(pk=self.users[name].pk)

    def child(self, name: str) -> Child:
        """A fresh copy."""
        return Child.objects.get(pk=self.children[name].pk)

    def agreement(self, provider: str, recipient: str) -> SharingAgreement:
        """The agreement of a provider with a recipient agency or kind."""
        found = SharingAgreement.objects.filter(provider__code=provider)
        return found.filter(recipient__code=recipient).first() or found.get(recipient_kind=recipient)


def build() -> World:
    """Settings, users and five children.

    Ada: social care and the school's roll. Ben: CAMHS only. Cleo: early help and the other school.
    Dan: social care, early help and the school, restricted. Eve: social care only, address hidden.
    """
    world = World()
    install_reference(by=None)
    _settings()
    world.users = {name: _person(name, part) for name, part in CAST.items()}
    for lead, administrator in (("dsl", "elm_admin"), ("other_dsl", "oak_admin")):
        verify(
            setting=Agency.objects.get(code=CAST[lead][1]),
            user=world.users[lead],
            by=world.users[administrator],
        )
    _directory(world)
    _children()
    world.children = {child.forename.lower(): child for child in Child.objects.all()}
    restrict(child=world.child("dan"), hides="child", reason="Court order", by=None)
    restrict(child=world.child("eve"), hides="address", reason="Refuge", by=None)
    return world


def bring(feed: str, *rows: dict[str, str], as_of: date | None = None) -> dict[str, Any]:
    """Load one feed's file of these rows and insist that it is committed."""
    text = io.StringIO()
    writer = csv.DictWriter(
        text, fieldnames=COLUMNS[feed].split(", ") if feed in COLUMNS else list(rows[0]), restval=""
    )
    writer.writeheader()
    writer.writerows(rows)
    file = io.BytesIO(text.getvalue().encode())
    summary = released(load(feed, [(f"{feed}.csv", file)], as_of=as_of or today()))
    assert summary["state"] == "committed", summary
    assert not summary["rejected"], summary
    return summary


def _settings() -> None:
    for urn, name in ((SCHOOL_URN, "Elm Primary School"), (OTHER_SCHOOL_URN, "Oak Primary School")):
        bring(
            "gias",
            {
                "URN": urn, "LA (code)": "890", "EstablishmentNumber": urn[-4:], "EstablishmentName": name,
                "PhaseOfEducation (name)": "Primary",
            },
            as_of=today() - timedelta(days=2 if urn == SCHOOL_URN else 1),
        )  # fmt: skip


def _person(name: str, part: tuple[str, str] | None) -> User:
    user = open_account(
        email=f"{name}@example.org", password=PASSWORD, first_name=name.title(), last_name="Test", by=None
    )
    for role, agency in filter(None, (part, BESIDE.get(name))):
        grant(user=user, agency=Agency.objects.get(code=agency), role=role, by=None)
    return user


def _directory(world: World) -> None:
    row = {
        "Worker ID": "W1",
        "Name": "Sol Worker",
        "Team": "North",
        "Agency": "csc",
        "Email": world.users["social_worker"].email,
    }
    bring("professionals", row)


def _children() -> None:
    born, yesterday = "04/05/2022", today() - timedelta(days=1)
    bring(
        "csc_people",
        *(
            {
                "LA Child ID": number, "Surname": surname, "Forename": forename, "Date of Birth": born, "Address": address,
                "Postcode": "ZZ2 1ZZ", "Allocated Worker ID": worker, "Allocation Date": "01/10/2026",
                "Last Seen Date": "02/11/2026", "Last Seen By": "Sol Worker", "How Seen": "Home visit",
            }
            for number, surname, forename, address, worker in (
                ("C1", "Ashby", "Ada", "1 First Street", "W1"),
                ("C4", "Dunne", "Dan", "4 Fourth Street", "W9"),
                ("C5", "Everett", "Eve", "5 Fifth Street", "W9"),
            )
        ),
        as_of=yesterday,
    )  # fmt: skip
    bring("camhs", {
        "Local Patient ID": "P2", "Family Name": "Bright", "Given Name": "Ben", "Birth Date": born, "Referral ID": "R2",
        "Referral Received": "01/09/2026", "Pathway": "Anxiety",
    }, as_of=yesterday)  # fmt: skip
    bring(
        "early_help",
        *(
            {
                "EHM ID": number, "Forename": forename, "Surname": surname, "Date of Birth": born, "Postcode": "ZZ2 1ZZ",
                "Episode ID": f"E{number}", "Start Date": "01/10/2026", "End Date": "", "Support Level": "Family support",
            }
            for number, surname, forename in (("H3", "Cole", "Cleo"), ("H4", "Dunne", "Dan"))
        ),
        as_of=yesterday,
    )  # fmt: skip
    bring(
        "early_years_roll",
        *(
            {
                "Child Ref": number, "Forename": forename, "Surname": surname, "Date of Birth": born, "Postcode": "ZZ2 1ZZ",
                "Setting URN": urn, "Setting Name": "", "Start Date": "01/09/2026", "Leaving Date": "",
            }
            for number, surname, forename, urn in (
                ("Y1", "Ashby", "Ada", SCHOOL_URN),
                ("Y3", "Cole", "Cleo", OTHER_SCHOOL_URN),
                ("Y4", "Dunne", "Dan", SCHOOL_URN),
            )
        ),
        as_of=yesterday,
    )  # fmt: skip
