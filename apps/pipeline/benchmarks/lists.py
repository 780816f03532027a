"""Publishing every setting's list at once with its file, against the ORM and openpyxl one setting after the other."""

import io
import time
from datetime import timedelta
from typing import Any

import openpyxl
from django.utils import timezone

from apps.agencies.models import Agency
from apps.children.models import Child
from apps.core.clock import today, week_of
from apps.involvements.models import Involvement, Sighting
from apps.lists import actions, files, jobs, queries
from apps.lists.export import AT_ONCE
from apps.lists.models import Job, WeeklyList
from apps.pipeline.benchmarks import invented
from apps.ragp import actions as ragp
from apps.ragp.models import Assessment

SMALL, SAMPLE = 100, 10


def run(children: int) -> dict[str, Any]:
    """Publish a hundred lists, then all of them; write files of some; and make a sample of lists the plain way."""
    small = min(children, SMALL * invented.TO_A_SETTING)
    there, week = invented.prepare(children), week_of(today())
    there.grow_to(small)
    small_each, _ = published(week)
    if children > small:
        there.grow_to(children)
    each, done = published(week + timedelta(days=7))
    file_each, plain_each, release_each = (
        file_seconds(),
        plain_seconds(),
        release_seconds(week + timedelta(days=14)),
    )
    return {
        "benchmark": "lists",
        "children": children,
        "lists": done["lists"],
        "entries": done["entries"],
        "seconds": done["seconds"],
        "publish_seconds_per_list": round(each, 5),
        "draft_and_release_seconds_per_list": round(release_each, 5),
        "file_seconds_per_list": round(file_each, 5),
        "plain_seconds_per_list": round(plain_each, 5),
        "ratio_openpyxl_loop": round(plain_each / (each + file_each), 1),
        "growth_per_list": round(each / small_each, 2),
        "sample": SAMPLE,
    }


def published(week: Any) -> tuple[float, dict[str, Any]]:
    """Seconds a list, and what was published."""
    ragp.assess(by="benchmark")
    began = time.perf_counter()
    done = actions.publish(week=week, by="benchmark")
    return (time.perf_counter() - began) / done["lists"], done


def release_seconds(week: Any) -> float:
    """Seconds a list takes from draft to release by a second person, the roll asked again at the release."""
    began = time.perf_counter()
    actions.draft(week=week, by="benchmark")
    drafts = WeeklyList.objects.filter(week=week)
    drafts.update(state=WeeklyList.State.CHECKED, checked_by=1)
    ids = list(drafts.values_list("pk", flat=True))
    asked = {"week": week, "lists": ids, "asked_by": 2, "asked_at": timezone.now()}
    jobs.do(job_id=Job.objects.create(kind=Job.Kind.RELEASE, **asked).pk)
    return (time.perf_counter() - began) / len(ids)


def file_seconds() -> float:
    """Seconds to read a published list and write its workbook, as where all are written into a folder."""
    listed = list(WeeklyList.objects.select_related("setting").order_by("-week", "pk")[:SMALL])
    began = time.perf_counter()
    for first in range(0, len(listed), AT_ONCE):
        for asked in queries.read_all(listed[first : first + AT_ONCE]):
            files.xlsx_bytes(asked)
    return (time.perf_counter() - began) / len(listed)


def plain_seconds() -> float:
    """Seconds a list takes as one would write it first: a query a child for each thing on it, cells one by one."""
    settings = list(Agency.objects.filter(code__startswith="bench-").order_by("pk")[:SAMPLE])
    began = time.perf_counter()
    for setting in settings:
        plain_list(setting)
    return (time.perf_counter() - began) / len(settings)


def plain_list(setting: Agency) -> bytes:
    """One setting's workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(
        ["Surname", "Forename", "Date of birth", "Rating", "Services", "Lead", "Phone", "Last seen", "Why"]
    )
    enrolled = Involvement.objects.filter(
        setting=setting, service="school_roll", recorded_to=None, end_on=None
    )
    for child in Child.objects.filter(pk__in=enrolled.values("record__child")):
        sheet.append(plain_row(child))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def plain_row(child: Child) -> list[Any]:
    """One child's cells."""
    rating = Assessment.objects.filter(child=child, superseded_at=None).first()
    facts = [each for each in involvements(child) if each.end_on is None or each.end_on > today()]
    seen = Sighting.objects.filter(record__child=child, recorded_to=None).order_by("-seen_on").first()
    led = next(
        (each.content.worker for each in facts if getattr(each, "content", None) and each.content.worker),
        None,
    )
    return [
        child.surname, child.forename, child.dob, rating.band if rating else "none",
        "; ".join(f"{each.service} since {each.start_on} ({each.agency.name})" for each in facts),
        led.name if led else "", led.phone if led else "", seen.seen_on if seen else None,
        "; ".join(each["sentence"] for each in rating.contributions) if rating else "",
    ]  # fmt: skip


def involvements(child: Child) -> list[Involvement]:
    """The child's current involvements but the enrolment, with worker and agency."""
    found = Involvement.objects.filter(record__child=child, recorded_to=None).exclude(service="school_roll")
    return list(found.select_related("agency", "content__worker"))
