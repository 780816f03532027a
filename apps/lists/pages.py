"""What the pages of those who prepare lists need, put together from queries and presenters."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from apps.access.queries import may
from apps.accounts.models import User
from apps.core.clock import today
from apps.core.words import count, longday, moment
from apps.involvements.queries import late_for
from apps.lists import agreements, job_words, jobs, presenters, queries, stages
from apps.lists.counted import counts_of
from apps.lists.forms import FilterForm, NoteForm
from apps.lists.models import Incident, WeeklyList
from apps.lists.officer import queries as officer
from apps.lists.recipients import queries as recipients
from apps.lists.weeks import name_of, week_named

#: By then somebody at every setting should have opened its list.
WEDNESDAY = timedelta(days=2)


def officer_page(form: FilterForm, weeks: Sequence[date], number: str | None, user: User) -> dict[str, Any]:
    """The week asked for, else the newest; only the form where nothing is published yet."""
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    week = week_named(given["week"]) if given.get("week") else weeks[0] if weeks else None
    if week is None:
        return {"form": form} | job_part(None, newest=True)
    asked = given.get("kind", ""), given.get("which", ""), given.get("state", "")
    page = queries.page_of(week, *asked, number)
    figures = queries.figures(week)
    published = queries.published_at(week)
    leads = queries.lead_people([listed.setting_id for listed in page.object_list])
    counts = counts_of(list(page.object_list))
    ended = agreements.ended([listed.pk for listed in page.object_list])
    return {
        "form": form,
        "week": week,
        "title": f"Weekly lists: week of {longday(week)}",
        "fresh": f"As known {moment(published)}",
        "monday": week,
        "here": f"?week={name_of(week)}",
        **job_part(week, newest=week == weeks[0]),
        "sent": stages.sent_line(officer.notices_of(week)),
        "newest": week == weeks[0],
        "counts": figures,
        "unopened": queries.unopened(week) if today() >= week + WEDNESDAY else 0,
        "unopened_url": f"?week={name_of(week)}&state=unopened",
        "stages": stages.tiles(figures),
        "may_release": may(user, "list.release"),
        "late": late_for(user, published),
        "page": page,
        "rows": [presenters.row(listed, leads, counts[listed.pk], ended) for listed in page.object_list],
        "caption": f"{count(page.paginator.count, 'setting')}, by name.",
        "unread": queries.nobody_opens(week),
        "unverified": recipients.waiting(),
        "tiles": presenters.tiles(figures, queries.without_list(week)),
    }


def job_part(week: date | None, newest: bool) -> dict[str, Any]:
    """What was last asked for, and how far it is: a week that is still being drafted is told of on the newest page there is."""
    job = officer.newest_job(week, later=newest)
    if job is None:
        return {"job": None}
    return {"job": job_words.shown(job, job.done_at is None and jobs.at_work(job), week)}


def managed_page(listed: WeeklyList, user: User) -> dict[str, Any]:
    """What those who prepare lists see beside one: its way so far, what speaks against it, who has opened it."""
    who = officer.names([listed.drafted_by, listed.checked_by, listed.released_by, listed.recalled_by])
    incident = (
        Incident.objects.filter(list=listed).first() if listed.state == WeeklyList.State.RECALLED else None
    )
    return {
        "way": stages.way(listed, who),
        "snags": officer.snags_of(listed),
        "receipts": officer.receipts_of(listed),
        "answers": [stages.answer_line(each) for each in officer.answers_of(listed)],
        "incident": incident,
        "missing": agreements.missing(listed),
        "may_recall": listed.state == WeeklyList.State.RELEASED and may(user, "list.release"),
    }


def incident_page(incident: Incident, form: NoteForm) -> dict[str, Any]:
    """The note of a recall."""
    people = [each["user"] for each in incident.readers]
    listed = incident.list
    who = officer.names([*people, incident.started_by, incident.noted_by])
    return {
        "incident": incident,
        "listed": listed,
        "form": form,
        "title": f"Recalled: {listed.setting.name}, week of {longday(listed.week)}",
        "fresh": f"Recalled {moment(listed.recalled_at)} by {who.get(incident.started_by, 'somebody')}",
        "back": presenters.ALL.to("list", listed),
        "readers": [
            (who.get(each["user"], "Somebody"), datetime.fromisoformat(each["opened_at"]), each["downloads"])
            for each in incident.readers
        ],
        "noted": f"{moment(incident.noted_at)} by {who.get(incident.noted_by or 0, 'somebody')}"
        if incident.noted_at
        else "",
    }
