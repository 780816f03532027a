"""How complete each agency's records are: counted at the commit, shown in figures, handed back to the agency that sent them."""

import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from apps.audit.models import Event
from apps.children.actions import restrict
from apps.core.clock import today
from apps.extracts.models import Extract, Feed, State
from apps.pipeline import tasks
from apps.pipeline.models import Figures
from apps.pipeline.quality import queries
from apps.pipeline.quality.measuring import measure
from tests.integration.stories.telling import signed_in
from tests.world import bring

NHS = ("9992041188", "9990000018", "9990000026", "9990000034", "9990000042")


def row(number, forename, **more):
    return {
        "LA Child ID": number,
        "Surname": "Quill",
        "Forename": forename,
        "Date of Birth": "09/03/2016",
        **more,
    }


@pytest.fixture
def two_weeks(world):
    """Social care sends five children, one of them without and then two with an NHS number that was lacking."""
    whole = [row(f"Q{n}", f"Ola{'abcde'[n]}", Sex="F", **{"NHS Number": NHS[n]}) for n in range(5)]
    first = [{**whole[0], "NHS Number": ""}, {**whole[1], "NHS Number": ""}, *whole[2:]]
    bring("csc_people", *first, as_of=today() - timedelta(days=1))
    second = [{**whole[0], "NHS Number": "", "Sex": ""}, *whole[1:]]
    bring("csc_people", *second)
    return world


def newest(feed="csc_people"):
    [line] = queries.lines(feed)
    return line


@pytest.fixture
def as_officer(two_weeks):
    """The statement asks who is signed in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('vcdb.user_id', %s, true)", [str(two_weeks.users["data_officer"].pk)]
        )


def test_a_commit_counts_what_the_records_hold(two_weeks, as_officer):
    count = newest().count
    assert (count.records, count.nhs_number.part, count.nhs_number.whole) == (5, 4, 5)
    assert count.nhs_number.text == "80 %" and not count.nhs_number.reaches
    assert dict(count.fields)["Sex"].part == 4
    assert dict(count.fields)["Ethnicity"].text == "not sent"
    assert count.upn.text == "not sent" and count.upn.whole == 5


def test_every_committed_file_is_a_point_and_keeps_its_figures(two_weeks):
    points = queries.over_time("csc_people")
    assert [count.nhs_number.part for _, count in points][-2:] == [3, 4]
    assert [when for when, _ in points] == sorted(when for when, _ in points)


def test_a_file_that_was_undone_is_no_point(two_weeks, as_officer):
    last = Extract.objects.filter(feed__code="csc_people", state=State.COMMITTED).latest("pk")
    before = len(queries.over_time("csc_people"))
    last.state = State.UNDONE
    last.save()
    assert len(queries.over_time("csc_people")) == before - 1


def test_the_night_counts_anew_without_another_point(two_weeks):
    kept = Figures.objects.count()
    Figures.objects.update(records=99)
    tasks.turn_the_day()
    assert Figures.objects.filter(records=99).count() == kept - Extract.objects.filter(
        state=State.COMMITTED).values("feed").distinct().count()  # fmt: skip
    assert Figures.objects.count() == kept


def test_a_number_that_another_agency_gives_is_known_but_not_sent(two_weeks, as_officer):
    bring("camhs", {"Local Patient ID": "P9", "NHS Number": NHS[2], "Family Name": "Quill", "Given Name": "Olac",
                    "Birth Date": "09/03/2016", "Referral ID": "R9", "Referral Received": "01/11/2026"})  # fmt: skip
    version = queries.records_of(Feed.objects.get(code="csc_people")).get(record__local_id="Q2")
    type(version).objects.filter(pk=version.pk).update(nhs_number="")
    measure()
    count = newest().count
    assert (count.nhs_number.part, count.nhs_number_known.part) == (3, 4)


@pytest.mark.parametrize("part", ["data_officer", "leader"])
def test_the_pages_answer_by_word_beside_the_bar(two_weeks, part):
    client = signed_in(two_weeks.user(part))
    page = client.get(reverse("pipeline:quality"))
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))
    assert "Under 95 %" in said and "Never came" in said
    detail = client.get(reverse("pipeline:feed-quality", args=["csc_people"])).content.decode()
    assert "vcdb-chart" in detail and "File by file" in detail
    assert ("What is lacking" in detail) is (part == "data_officer")
    assert "Quill" not in detail + page.content.decode()


def test_leadership_sees_no_figure_of_a_handful_of_children(two_weeks):
    """CAMHS holds one child: how much of one record is filled in says something of that child."""
    client = signed_in(two_weeks.user("leader"))
    assert (
        "Fewer than 5 records"
        in client.get(reverse("pipeline:feed-quality", args=["camhs"])).content.decode()
    )
    assert "csc_people" in client.get(reverse("pipeline:quality")).content.decode()
    officer = signed_in(two_weeks.user("data_officer"))
    assert (
        "Fewer than 5" not in officer.get(reverse("pipeline:feed-quality", args=["camhs"])).content.decode()
    )


def test_the_page_of_all_feeds_is_one_statement(two_weeks, as_officer):
    with CaptureQueriesContext(connection) as asked:
        assert len(queries.lines()) > 10
    assert len(asked) == 1


def test_the_figures_are_for_their_readers_alone(two_weeks):
    for part in ("social_worker", "dsl", "outsider", "sysadmin", "governance"):
        assert signed_in(two_weeks.user(part)).get(reverse("pipeline:quality")).status_code == 403


def take(world, kind="xlsx", feed="csc_people"):
    return signed_in(world.user("data_officer")).get(reverse("pipeline:lacking", args=[feed, kind]))


def test_the_agency_gets_its_own_records_that_lack_something_and_what_was_found(two_weeks):
    before = Event.objects.latest("pk").pk
    book = load_workbook(io.BytesIO(take(two_weeks).content))
    assert book.sheetnames == ["Records", "Findings"]
    rows = list(book["Records"].iter_rows(values_only=True))[1:]
    assert [(each[0], each[2], each[5]) for each in rows] == [("Q0", "Olaa", "sex, NHS number")]
    [event] = Event.objects.filter(pk__gt=before)
    assert (event.kind, event.agency) == ("quality.export", Feed.objects.get(code="csc_people").agency_id)
    assert len(event.children) == 1
    assert event.detail["rows"] == 1 and "Quill" not in str(event.detail)


def test_no_other_agencys_word_is_in_it(two_weeks):
    """Early help knows Cleo; nothing of it goes to social care, not even a number social care lacks."""
    text = take(two_weeks, "csv").content.decode()
    assert "Olaa" in text
    assert not {"Cole", "Cleo", "Bright", NHS[0]} & set(re.split(r"[,\r\n]", text))


def test_a_restricted_child_is_not_in_it(two_weeks):
    child = queries.records_of(Feed.objects.get(code="csc_people")).get(record__local_id="Q0").record.child
    restrict(child=child, hides="child", reason="Court order", by=None)
    assert "Olaa" not in take(two_weeks, "csv").content.decode()


def test_a_hidden_address_is_not_said_to_be_lacking(two_weeks):
    feed = Feed.objects.get(code="csc_people")
    bring(
        "csc_people",
        *(
            # born years apart: whoever may be a hidden child is hidden with it
            row(f"Q{n}", f"Ola{'abcde'[n]}", Postcode="" if n == 1 else "ZZ9 9ZZ")
            | {"Date of Birth": f"{n + 3:02}/{n + 2:02}/{2010 + 2 * n}"}
            for n in range(5)
        ),
    )
    assert "Olab" in take(two_weeks, "csv").content.decode()
    restrict(
        child=queries.records_of(feed).get(record__local_id="Q2").record.child,
        hides="address",
        reason="Refuge",
        by=None,
    )
    text = take(two_weeks, "csv").content.decode()
    assert "Olab" in text and "Olac" not in text


@pytest.mark.parametrize("args", [["no-such-feed", "csv"], ["csc_people", "exe"]])
def test_what_there_is_not_is_not_found(two_weeks, args):
    assert (
        signed_in(two_weeks.user("data_officer")).get(reverse("pipeline:lacking", args=args)).status_code
        == 404
    )
