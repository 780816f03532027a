"""What the stories are told with: files of any feed, pages as a reader gets them, and what every table holds."""

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from apps.access.actions import grant
from apps.accounts.actions import open_account
from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.children.models import Child, SourceRecord
from apps.core.clock import today
from apps.extracts.models import Feed
from apps.extracts.reference import install_reference
from apps.lists.actions import publish
from apps.pipeline.actions import load
from tests.releasing import released

ELM, OAK, FAR = "900001", "900002", "900003"
BORN = "09/03/2014"
HOME = "ZZ1 1AA"
LAST_WEEK = today() - timedelta(days=7)
MONDAY = today() - timedelta(days=today().weekday())
NEXT_MONDAY = MONDAY + timedelta(days=7)

Row = dict[str, str]


def days_ago(days: int) -> str:
    """A day as British systems write it."""
    return f"{today() - timedelta(days=days):%d/%m/%Y}"


def person(forename: str, surname: str = "Marsh", born: str = BORN, postcode: str = HOME) -> Row:
    """Who a child is, in the words nearly every layout knows."""
    return {"Surname": surname, "Forename": forename, "Date of Birth": born, "Postcode": postcode}


def text_of(rows: Sequence[Row], columns: Sequence[str] = ()) -> bytes:
    """Rows as a CSV file; every column that any row has, in the order given or met."""
    met = columns or list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=met, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def send(feed: str, *rows: Row, as_of: date | None = None, **how: Any) -> dict[str, Any]:
    """Load one CSV file of a feed, whatever comes of it."""
    return send_files(feed, {f"{feed}.csv": text_of(rows)}, as_of=as_of, **how)


def send_files(feed: str, files: dict[str, bytes], as_of: date | None = None, **how: Any) -> dict[str, Any]:
    """Load a set of files of one feed, whatever comes of it."""
    given = [(name, io.BytesIO(content)) for name, content in files.items()]
    return released(load(feed, given, as_of=as_of or today(), **how))


def bring(feed: str, *rows: Row, as_of: date | None = None, **how: Any) -> dict[str, Any]:
    """Load one CSV file of a feed and insist that all of it was used."""
    summary = send(feed, *rows, as_of=as_of, **how)
    assert (summary["state"], summary["rejected"]) == ("committed", 0), summary
    return summary


def school(urn: str, name: str) -> Row:
    """A setting as the national register has it."""
    return {
        "URN": urn, "LA (code)": "890", "EstablishmentNumber": urn[-4:], "EstablishmentName": name,
        "PhaseOfEducation (name)": "Primary",
    }  # fmt: skip


def social_care(number: str, forename: str, worker: str = "", **more: str) -> Row:
    """A row of the people known to social care; with a worker, a social worker is allocated."""
    named = {"Allocated Worker ID": worker, "Allocation Date": days_ago(60) if worker else ""}
    return {"LA Child ID": number, **person(forename), **named, "Last Seen Date": "", **more}


def early_help(number: str, forename: str, end: str = "", **more: str) -> Row:
    """A row of an early help episode."""
    return {
        "EHM ID": number, **person(forename), "Episode ID": f"E{number}", "Start Date": days_ago(30), "End Date": end,
        "Support Level": "Family support", "Last Contact Date": "", **more,
    }  # fmt: skip


def camhs(number: str, forename: str, end: str = "", **more: str) -> Row:
    """A row of a CAMHS referral."""
    return {
        "Local Patient ID": number, **person(forename), "Referral ID": f"R{number}", "Referral Received": days_ago(40),
        "Discharge Date": end, "Pathway": "Anxiety", "Last Contact Date": "", **more,
    }  # fmt: skip


def on_roll(number: str, forename: str, urn: str = ELM, end: str = "", start: str = "", **more: str) -> Row:
    """A row of the early years roll."""
    return {
        "Child Ref": number, **person(forename), "Setting URN": urn, "Setting Name": "", "Start Date": start or days_ago(90),
        "Leaving Date": end, **more,
    }  # fmt: skip


CHILDREN = (("L1", "Y1", "Ada"), ("L2", "Y2", "Ben"), ("L3", "Y3", "Cal"))


def lay_ground() -> None:
    """Reference data, three schools, and three unrelated children known to social care and on Elm's roll."""
    install_reference(by=None)
    bring(
        "gias",
        school(ELM, "Elm Primary"),
        school(OAK, "Oak Primary"),
        school(FAR, "Far Primary"),
        as_of=LAST_WEEK,
    )
    bring("csc_people", *known_to_social_care(), as_of=LAST_WEEK)
    bring("early_years_roll", *whole_roll(), as_of=LAST_WEEK)


def apart(forename: str) -> Row:
    """What keeps the three from being each other's siblings."""
    where = {"Ada": HOME, "Ben": "ZZ2 2BB", "Cal": "ZZ3 3CC"}
    when = {"Ada": BORN, "Ben": "21/07/2012", "Cal": "30/11/2016"}
    surname = {"Ada": "Marsh", "Ben": "Okafor", "Cal": "Prentice"}
    return person(forename, surname[forename], when[forename], where[forename])


def known_to_social_care() -> list[Row]:
    """The rows of the ground's social care file."""
    return [social_care(number, forename) | apart(forename) for number, _, forename in CHILDREN]


def whole_roll() -> list[Row]:
    """The rows of the ground's roll."""
    return [on_roll(number, forename) | apart(forename) for _, number, forename in CHILDREN]


def the(forename: str) -> Child:
    """The one child of that name that is nobody's shadow."""
    return Child.objects.get(forename=forename, provisional=False, merged_into=None)


def child_of(scheme: str, local_id: str) -> Child:
    """Whose a record is."""
    return SourceRecord.objects.get(id_scheme=scheme, local_id=local_id).child


def somebody(role: str, agency: str, name: str = "") -> User:
    """A person with one role in one agency."""
    email = f"{name or role}.{agency}@example.org"
    user = User.objects.filter(email=email).first()
    user = user or open_account(
        email=email,
        password="a long pass phrase of stories",
        first_name=name or role,
        last_name="Story",
        by=None,
    )
    grant(user=user, agency=Agency.objects.get(code=agency), role=role, by=None)
    return User.objects.get(pk=user.pk)


def agency_of(feed: str) -> str:
    """The code of the agency a feed belongs to."""
    return Feed.objects.get(code=feed).agency.code


def signed_in(user: User) -> Client:
    """A browser of somebody who has signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def look(user: User, child: Child, **query: str) -> Any:
    """The answer to opening a child's page."""
    return signed_in(user).get(reverse("profiles:child", args=[child.public_id]), query)


def lines_of(response: Any) -> dict[str, Any]:
    """The services of a child's page by code."""
    assert response.status_code == 200, response.status_code
    return {line.service.code: line for group in response.context["page"].groups for line in group.lines}


def publish_week(week: date = MONDAY) -> dict[str, Any]:
    """Publish a week's lists; the first time starts the watch."""
    return publish(week=week, by=None)


#: What a load may not touch unless it is committed: everything but the extract's own papers and the audit record.
PAPERS = (
    "extracts_",
    "pipeline_run",
    "audit_",
    "django_",
    "children_planned",
    "ragp_planned",
    "involvements_planned",
    "accounts_",
)


def live_tables() -> list[str]:
    """Every table of the service but the papers of extracts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by 1"
        )
        return [name for (name,) in cursor.fetchall() if not name.startswith(PAPERS)]


def contents(tables: Iterable[str] = ()) -> dict[str, str]:
    """A digest of every row of each live table, whatever order they lie in."""
    found = {}
    with connection.cursor() as cursor:
        for name in tables or live_tables():
            cursor.execute(
                f"select coalesce(string_agg(t::text, chr(10) order by t::text), '') from {name} t"
            )
            found[name] = hashlib.sha256(cursor.fetchone()[0].encode()).hexdigest()
    return found


def touched(before: dict[str, str]) -> set[str]:
    """Tables whose rows are no longer what they were."""
    now = contents(before)
    return {name for name in before if now[name] != before[name]}
