"""The first pages of those who work on queues, lists and files."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from apps.access.queries import agencies_of
from apps.accounts.models import User
from apps.core import words
from apps.core.clock import today, week_of
from apps.core.presenters import NOT_RATED, Tile
from apps.extracts.models import Extract, State
from apps.involvements.presenters import Source
from apps.involvements.queries import late_for, sources
from apps.lists.agreements import has_ended
from apps.lists.models import Entry, WeeklyList
from apps.lists.queries import marks_of
from apps.lists.recipients.pages import readers_page, unverified_page
from apps.lists.recipients.queries import waits
from apps.profiles.presenters.home import Home, address, bands, label, note_of
from apps.profiles.queries import homes as queries
from apps.profiles.queries.search import bands_of
from apps.reviews import queries as reviews
from apps.reviews.log import queries as log
from apps.reviews.meetings import queries as meetings
from apps.triage import queries as triage
from apps.triage.models import Item
from apps.triage.team import queries as team

KINDS: dict[str, str] = {State.COMMITTED: "", State.HELD: "alert", State.REFUSED: "late"}
ON_SHOW = 8


def early_help(user: User) -> Home:
    """How many rating changes wait, which have the least time left, and whose children they are."""
    (counts, schools), queue = triage.busiest(ON_SHOW), address("triage:queue")
    monday = week_of(today())
    settings, names = queries.lists_this_week(monday)
    return Home(
        "home/early_help_officer.html",
        {
            "name": user.first_name,
            "fresh": worked_out(triage.worked_out()),
            "late": late_for(user),
            "queue_url": queue,
            "tiles": [
                Tile("Rating changes wait", counts.waiting, href=queue),
                Tile(
                    "Over their time",
                    counts.over,
                    href=f"{queue}?clock=over" if queue and counts.over else "",
                ),
                Tile("Oldest", words.ago(counts.oldest) if counts.oldest else "none"),
                Tile(
                    "Due today",
                    counts.due_today,
                    href=f"{queue}?clock=today" if queue and counts.due_today else "",
                ),
                Tile("Likely data artefacts", counts.artefacts),
            ],
            "settings": [
                {
                    "name": name,
                    "url": f"{queue}?school={pk}",
                    "waiting": number,
                    "least": None,
                    "on_list": None,
                }
                for pk, name, number in schools
            ],
            "most": max((row[2] for row in schools), default=0),
            "oldest": least_time(user),
            "lists": [{"label": f"settings, {words.count(names, 'name')}", "count": settings}]
            if settings
            else [],
            "lists_url": address("lists:officer"),
        },
    )


def worked_out(when: datetime | None) -> str:
    """How fresh the queue is."""
    return f"Changes worked out {words.moment(when)}" if when else "No rating has changed yet"


def supervisor(user: User) -> Home:
    """What an officer sees, and first what waits beyond its time, how much each officer has, what is to be looked at again."""
    page, queue = early_help(user), address("triage:queue")
    told, looks = team.told(user), team.looks(user).count()
    loads = team.workload(triage.officers(user))
    number = sum(load.escalated for load in loads)
    tiles = [
        Tile("Told to you: over time", number, href=f"{queue}?clock=told" if number else ""),
        Tile("Second looks", looks, href=address("triage:second-looks") if looks else ""),
    ]
    more = {"told": item_rows(list(told[:ON_SHOW]), user), "told_number": number, "loads": loads}
    return Home(
        page.template,
        page.context
        | more
        | {"tiles": tiles + page.context["tiles"][:3], "team_url": address("triage:team")},
    )


def least_time(user: User) -> list[dict[str, Any]]:
    """The items with the least time left."""
    return item_rows(list(triage.wanted_items(user, triage.Wanted())[:6]), user)


def item_rows(items: list[Item], user: User) -> list[dict[str, Any]]:
    """Items as a first page shows them; a child that only entered a cohort stands with the rating it has."""
    marks, names = bands(), triage.names(item.assigned_to for item in items)
    standing = triage.beside(items).bands
    return [
        {
            "child": item.child_id, "surname": item.child.surname, "forenames": item.child.forename, "note": note_of(item.child),
            "url": address("profiles:child", item.child.public_id),
            "was": marks.get(item.change.from_band, NOT_RATED) if item.change else None,
            "now": marks.get(item.change.to_band if item.change else standing.get(item.child_id, ""), NOT_RATED),
            "opened_at": item.opened_at, "due_at": item.due_at, "with_whom": who_has(item, names, user),
        }
        for item in items
    ]  # fmt: skip


def who_has(item: Item, names: dict[int, str], user: User) -> str:
    """Whose an item is."""
    return "You" if item.assigned_to == user.pk else names.get(item.assigned_to or 0, "")


def school(user: User) -> Home:
    """This week's list: download, who joined, left or changed."""
    settings = agencies_of(user)
    lists = queries.newest_lists(settings)
    newest = lists[0] if lists else None
    fresh = f"What was known {words.moment(newest.as_at)}" if newest else ""
    context: dict[str, Any] = {
        "setting": ", ".join(agency.name for agency in settings) or "Your setting",
        "fresh": fresh,
        "list": None,
        **unverified_page(waits(user)),
    }
    marks = marks_of(lists)
    if newest and has_ended(newest):
        context["ended"] = newest
    elif newest:
        context |= of_list(newest, marks[newest.pk]) | {"late": late_for(user, newest.as_at)}
    context["earlier"] = [
        {"url": link(each), "week": each.week, "children": marks[each.pk].total()} for each in lists[1:]
    ]
    return Home("home/school.html", context)


def setting_administrator(user: User) -> Home:
    """Who waits for a word about who reads the lists; no child."""
    return Home("home/setting_administrator.html", readers_page(user))


def of_list(weekly: WeeklyList, marks: Counter[str]) -> dict[str, Any]:
    """The panel and the figures of the newest list, this week's or until that is out the last: of the lines that its page shows."""
    moved, children = queries.entries_moved(weekly), marks.total()
    changed = sum(marks[mark] for mark in (Entry.Mark.UP, Entry.Mark.DOWN, Entry.Mark.CHANGED))
    return {
        "list": {
            "url": link(weekly), "xlsx_url": link(weekly, "lists:xlsx"), "csv_url": link(weekly, "lists:csv"),
            "week": weekly.week, "children": children, "this_week": weekly.week == week_of(today()),
        },
        "tiles": [
            Tile("On the list", children, href=link(weekly)),
            Tile("Joined", marks[Entry.Mark.JOINED]),
            Tile("Left", weekly.departures.count(), note="please delete older lists"),
            Tile("Changed", changed),
        ],
        "moved": [entry_row(entry) for entry in moved],
    }  # fmt: skip


def entry_row(entry: Entry) -> dict[str, Any]:
    """A child whose rating moved, as the list has it."""
    marks = bands()
    return {
        "child": entry.child_id, "surname": entry.surname, "forenames": entry.forename, "url": address("profiles:child", entry.public_id),
        "note": words.school_year(entry.year_group),
        "was": marks.get(entry.previous_band, NOT_RATED), "now": marks.get(entry.band, NOT_RATED),
        "why": "; ".join(entry.why[:2]) or ("Nothing that counts is known now" if entry.band == "none" else ""),
        "who": entry.lead, "phone": entry.lead_phone,
    }  # fmt: skip


def link(weekly: WeeklyList, name: str = "lists:list") -> str:
    """Where a list is read or downloaded."""
    return address(name, weekly.setting.code, weekly.week)


def review_admin(user: User) -> Home:
    """Reviews that nobody has taken up, what is late, and the week's changes of rating."""
    changes, marks = list(queries.changes_this_week(user)), bands()
    ranks = {code: number for number, code in enumerate(marks)}
    up = sum(ranks.get(each.to_band, 0) < ranks.get(each.from_band, 0) for each in changes)
    raised = queries.reviews_raised(user)
    doubles = reviews.doubles(user, raised)
    rating = bands_of([each.child_id for each in raised])
    names = reviews.names(cause.by for each in raised for cause in each.causes.all())
    rows = [
        {
            "child": each.child_id, "surname": each.child.surname, "forenames": each.child.forename, "note": note_of(each.child),
            "url": address("reviews:review", each.public_id), "band": marks.get(rating.get(each.child_id, ""), NOT_RATED),
            "when": each.raised_at, "double": each.pk in doubles,
            "causes": [(cause, names.get(cause.by or 0, "")) for cause in each.causes.all()],
        }
        for each in raised
    ]  # fmt: skip
    tiles = [
        Tile("Rating changes, seven days", len(changes), href=address("triage:queue")),
        Tile("Up", up), Tile("Down", len(changes) - up), Tile("Reviews to take up", len(raised)),
    ]  # fmt: skip
    tiles += due(user)
    context = {
        "name": user.first_name,
        "tiles": tiles,
        "raised": rows,
        "fresh": moved_words(changes, marks),
        "late": late_for(user),
    }
    return Home("home/review_administrator.html", context)


def due(user: User) -> list[Tile]:
    """What of reviews has to be looked at: those over their time, late actions, the next meeting."""
    counts, late = reviews.counts(user), log.counts(user)["late"]
    met = meetings.following()
    when = words.longday(met.on) if met else "none planned"
    return [
        Tile("Reviews over their time", counts["late"], href=address("reviews:queue")),
        Tile("Actions over their day", late, href=f"{address('reviews:log')}?show=late"),
        Tile(
            "Next meeting",
            when,
            href=address("reviews:meeting", met.public_id) if met else address("reviews:meetings"),
        ),
    ]


def moved_words(changes: list[Any], marks: dict[str, Any]) -> str:
    """The newest change in words."""
    if not changes:
        return "No rating changed in the last seven days"
    return f"Newest change {words.moment(changes[0].at)}, to {label(marks, changes[0].to_band)}"


def data_officer(user: User) -> Home:
    """Every feed, fresh or late; what is held; what is asked."""
    waiting, day = queries.waiting(), today()
    every = sorted(
        sources(), key=lambda source: (not source.late_since(day), source.as_of is None, source.title)
    )
    late = sum(bool(source.late_since(day)) for source in every)
    never = sum(source.as_of is None for source in every)
    mapping = address("pipeline:settings-to-map")
    return Home(
        "home/data_officer.html",
        {
            "name": user.first_name,
            "tiles": [
                Tile("Feeds late", late, note=f"{never} never came" if never else "", href="#feeds"),
                Tile("Held extracts", len(waiting.held)),
                Tile(
                    "Open match questions",
                    waiting.questions,
                    href=address("pipeline:questions") if waiting.questions else "",
                ),
                Tile("Settings to map", waiting.settings, href=mapping if waiting.settings else ""),
            ],
            "feeds": [feed_row(source, waiting.newest, day) for source in every],
            "held": [
                {"name": each.feed.title, "url": run_of(each), "why": each.reason, "when": each.received_at}
                for each in waiting.held
            ],
            "imports_url": address("pipeline:upload"),
            "questions_url": address("pipeline:questions"),
        },
    )


def run_of(extract: Extract) -> str:
    """Where a file is looked at and decided about: its newest run, else among the files of its feed."""
    run = getattr(extract, "newest_run", None)
    return address("pipeline:run", run) if run else address("pipeline:history", extract.feed.code)


def feed_row(source: Source, newest: dict[int, Extract], day: Any) -> dict[str, Any]:
    """One feed: how fresh, what became of its newest file, and when the next is due."""
    extract = newest.get(source.feed_id)
    due = source.as_of + timedelta(days=source.every_days) if source.as_of else None
    return {
        "name": source.title, "url": address("pipeline:history", source.code), "agency": source.agency_name, "fresh": source.freshness(day),
        "state": State(extract.state).label if extract else "Never came", "kind": KINDS.get(extract.state, "") if extract else "late",
        "rows": extract.rows if extract else None, "rejected": extract.rejected if extract else None,
        "next": f"due {words.day(due)}" if due else "no file yet",
    }  # fmt: skip
