"""The first pages of those who see figures, the audit record or the service itself, and no child."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from apps.agencies.models import Level, SharingAgreement
from apps.core import words
from apps.core.clock import today
from apps.core.presenters import NOT_RATED, Tile
from apps.involvements.catalogue import SERVICES
from apps.involvements.queries import late_anywhere
from apps.profiles.looks import SORTS, Looks
from apps.profiles.presenters.home import Home, address, bands
from apps.profiles.queries import homes as queries

FEW = 5
#: People named on the page of who looked.
MOST = 20
Figure = tuple[str, str, str, int, int]


def shown(number: int) -> str | int:
    """A figure, or that it is too small to be told."""
    return f"under {FEW}" if 0 < number < FEW else number


def suppressed(rows: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    """Where one small figure alone could be worked out from a total known elsewhere, the next smallest is withheld too."""
    for name in names:
        small = [row for row in rows if row[name] is not None and 0 < row[name] < FEW]
        others = [row for row in rows if row[name] is not None and row[name] >= FEW]
        if len(small) == 1 and others:
            min(others, key=lambda row: row[name])[name] = None
    return rows


def summed(parts: Sequence[int | None]) -> str | int:
    """The sum of figures shown elsewhere on the page; withheld where it would give away one of them that is not."""
    told = [part for part in parts if part is not None]
    small = sum(0 < part < FEW for part in told)
    return "withheld" if len(told) < len(parts) or small == 1 and sum(told) >= FEW else shown(sum(told))


def leadership() -> Home:
    """The week's figures by band and what moved; nobody is named and small numbers are suppressed."""
    worked_out, figures = queries.week_figures()
    marks, rows = bands(), of_part(figures, "band")
    now, before = {row[1]: row[3] for row in rows}, {row[1]: row[4] for row in rows}
    moves = sorted(of_part(figures, "move"), key=lambda row: -row[3])
    order = list(marks)
    up = [row[3] for row in moves if place(order, row[2]) < place(order, row[1])]
    down = [row[3] for row in moves if place(order, row[2]) >= place(order, row[1])]
    ratings: list[dict[str, Any]] = [
        {"band": band, "now": now.get(code, 0), "before": before.get(code, 0)}
        for code, band in marks.items()
        if code != "none"
    ]
    most = max((row["now"] for row in ratings), default=0)
    highest = [row for row in suppressed(ratings, "now", "before") if row["band"].code in ("red", "purple")]
    services = {row[1]: row for row in of_part(figures, "service")}
    compared = any(row[4] for row in [*rows, *services.values()])
    top = [Tile("Red or Purple now", summed([row["now"] for row in highest]))]
    if compared:
        top = [
            Tile("Rating went up, seven days", summed(up)),
            Tile("Rating went down", summed(down)),
            *top,
            Tile("Red or Purple a week ago", summed([row["before"] for row in highest])),
        ]
    return Home(
        "home/leadership.html",
        {
            "fresh": f"Worked out {words.moment(worked_out)}",
            "late": late_anywhere(),
            "compared": compared,
            "tiles": top,
            "most": most,
            "ratings": ratings,
            "moves": [
                {"was": marks.get(row[1], NOT_RATED), "now": marks.get(row[2], NOT_RATED), "count": row[3]} for row in moves
            ],
            "services": suppressed(
                [
                    {"name": service.name, "now": services[code][3], "before": services[code][4]}
                    for code, service in SERVICES.items() if code in services
                ],
                "now", "before",
            ),
        },
    )  # fmt: skip


def of_part(figures: list[Figure], part: str) -> list[Figure]:
    """The figures of one kind."""
    return [row for row in figures if row[0] == part]


def place(order: list[str], code: str) -> int:
    """Where a band stands from the highest down."""
    return order.index(code) if code in order else len(order)


def information_governance() -> Home:
    """Who looked how often this week, how far the audit record is sealed, and which agreements end soon."""
    week = timezone.now() - timedelta(days=7)
    looks, agreements = queries.looks(week), queries.agreements()
    ending = [each for each in agreements if ends_soon(each)]
    return Home(
        "home/information_governance.html",
        {
            "fresh": f"Counted {words.moment(timezone.now())}",
            "tiles": [
                Tile("Looks at children, seven days", looks.by_sort.total() - looks.by_sort["refused"]),
                Tile(
                    "Taken as files, packs or by systems", looks.taken, href="#kinds" if looks.taken else ""
                ),
                Tile("Searches", looks.by_sort["searches"]),
                Tile("Refused", looks.by_sort["refused"]),
                Tile("Agreements that end within 30 days", len(ending), href="#agreements" if ending else ""),
            ],
            "chain": chain(*queries.sealed()),
            "kinds": kinds_of(looks),
            "people": people_of(looks),
            "agreements": agreement_rows(agreements),
        },
    )


def kinds_of(looks: Looks) -> list[dict[str, Any]]:
    """Looks of every sort, also of those that nobody made."""
    return [
        {
            "label": sort.label,
            "taken": sort.taken,
            "looks": looks.by_sort[code],
            "children": looks.children[code],
            "people": len(looks.people.get(code, ())),
        }
        for code, sort in SORTS.items()
    ]


def people_of(looks: Looks) -> list[dict[str, Any]]:
    """Those who looked most."""
    order = {
        who: (counted["refused"] - counted.total(), -counted["refused"])
        for who, counted in looks.by_person.items()
    }
    most = sorted(order, key=lambda who: (*order[who], who))[:MOST]
    names = queries.users_by_id(most)
    return [person(names.get(who, f"User {who}"), looks.by_person[who]) for who in most]


def person(name: str, counted: Counter[str]) -> dict[str, Any]:
    """One person's looks: at pages, at anything else on screen, taken away, searches, refused."""
    taken = sum(counted[code] for code, sort in SORTS.items() if sort.taken)
    apart = counted["pages"] + counted["searches"] + counted["refused"] + taken
    return {
        "who": name, "looks": counted["pages"], "other": counted.total() - apart, "taken": taken,
        "searches": counted["searches"], "refused": counted["refused"],
    }  # fmt: skip


def chain(sealed_to: datetime | None, waiting: int, since: datetime | None) -> dict[str, Any]:
    """How far the audit record is sealed; an event that has waited for more than ten minutes is a fault."""
    late = since is not None and since < timezone.now() - timedelta(minutes=10)
    return {"sealed_to": sealed_to, "late": late, "waiting": waiting}


def ends_soon(agreement: SharingAgreement) -> bool:
    """Whether it ends within thirty days."""
    return agreement.valid_until is not None and agreement.valid_until <= today() + queries.SOON


def agreement_rows(agreements: list[SharingAgreement]) -> list[dict[str, Any]]:
    """Who gives what to whom until when; agreements that differ in the recipient alone make one row."""
    recipients: dict[tuple[Any, ...], list[str]] = {}
    for each in agreements:
        same = each.provider.name, tuple(each.services), each.level, each.valid_until
        recipients.setdefault(same, []).append(recipient_of(each))
    return [
        {
            "name": f"{provider}: {services_of(services)}",
            "agency": "; ".join(sorted(to)),
            "level": Level(level).label,
            "until": until,
            "ends_soon": until is not None and until <= today() + queries.SOON,
        }
        for (provider, services, level, until), to in recipients.items()
    ]


def recipient_of(agreement: SharingAgreement) -> str:
    """One agency, or every one of a kind."""
    if agreement.recipient:
        return agreement.recipient.name
    return f"every {agreement.get_recipient_kind_display().lower()}"


def services_of(codes: tuple[str, ...]) -> str:
    """The services by name."""
    if "*" in codes:
        return "all services"
    return ", ".join(SERVICES[code].name for code in codes if code in SERVICES)


def system_admin() -> Home:
    """Users, agencies, and whether the parts of the service answer. No child's data."""
    active, without = queries.users()
    unfinished, answers = queries.runs_unfinished(), queries.queue_answers()
    return Home(
        "home/system_administrator.html",
        {
            "fresh": f"Looked at {words.moment(timezone.now())}",
            "tiles": [
                Tile("Users", active), Tile("Without a second step", without),
                Tile("Agencies and settings", queries.agencies()), Tile("Files in work", unfinished),
            ],
            "health": [
                {"part": "Database", "sound": True, "text": "Answers"},
                {"part": "Queue", "sound": answers, "text": "Answers" if answers else "Does not answer: files wait"},
            ],
            "links": [
                {"label": label, "url": url, "text": text} for label, name, text in LINKS if (url := address(name))
            ],
        },
    )  # fmt: skip


LINKS = (
    ("Users", "admin:accounts_user_changelist", "Who may sign in"),
    ("Memberships", "admin:access_membership_changelist", "Who holds which role in which agency, until when"),
    ("Agencies and settings", "admin:agencies_agency_changelist", "Services, schools, early years settings"),
    (
        "Sharing agreements",
        "admin:agencies_sharingagreement_changelist",
        "What is shared with whom, until when",
    ),
)
