"""The pages and files of a report: what each reader is told, the rows behind a number, and what is recorded of it."""

import io
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from apps.access.reach import reach_of
from apps.audit.models import Event
from apps.children.models import Child
from apps.core import vega
from apps.core.clock import today, week_of
from apps.lists.weeks import name_of
from apps.reports import pages, queries
from apps.reports.charts.ahead import ahead
from apps.reports.figures import FIGURES
from apps.reports.models import Capacity, Report
from apps.reports.moments import WEEK

NAME = name_of(week_of(today()))


@pytest.fixture
def open_as(client, world):
    def opened(who, name, *args, **query):
        client.force_login(world.user(who))
        return client.get(reverse(name, args=args), query)

    return opened


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_page_shows_every_figure_with_its_definition_and_names_nobody(open_as, report):
    response = open_as("leader", "reports:newest")
    said = words(response)
    assert response.status_code == 200
    for figure in FIGURES.values():
        assert figure.title in said and figure.definition[:40] in said and figure.source in said
    assert "1,000" not in said and "Mid-year estimates" not in said
    for name in Child.objects.values_list("surname", flat=True).distinct():
        assert name == "Test" or name not in said


def test_who_may_not_see_children_is_told_no_small_number(open_as, report):
    """Camhs has seven, looked after three: the one is told, the other is not."""
    assert report.figures["services"]["looked_after"] == 3
    leader, officer = (words(open_as(who, "reports:newest")) for who in ("leader", "early_help_officer"))
    assert re.search(r"Looked after withheld", leader)
    assert re.search(r"Looked after 3 ", officer)
    assert "are withheld" in leader and "are withheld" not in officer
    assert re.search(r"CAMHS 7 ", leader)


@pytest.mark.parametrize(
    ("figure", "key"),
    [
        ("bands", "red"),
        ("services", "camhs"),
        ("movement", "none/amber"),
        ("unseen", "red/within"),
        ("missing", "often"),
    ],
)
def test_a_number_leads_to_its_children_and_the_look_is_recorded(open_as, report, world, figure, key):
    response = open_as("review_admin", "reports:rows", NAME, figure, key=key)
    event = Event.objects.get(kind="report.rows")
    assert response.status_code == 200
    assert event.by == world.users["review_admin"].pk
    restricted = Child.objects.filter(restricted=True, pk__in=event.children)
    assert not restricted.exists()
    assert len(set(event.children)) == report.figures[figure][key] > 0
    assert event.detail == {"figure": figure, "key": key}


def test_of_a_service_that_is_not_shared_no_child_is_shown(open_as, report, world):
    """The facts of these tests are shared with the review administrator alone; CAMHS shares Ben with early help."""
    open_as("early_help_officer", "reports:rows", NAME, "services", key="camhs")
    event = Event.objects.get(kind="report.rows")
    assert report.figures["services"]["camhs"] == 7
    assert set(event.children) <= {world.child("ben").pk}


def test_a_restricted_child_is_behind_no_number(open_as, report, world):
    dan = world.child("dan")
    band = next(code for code in report.figures["bands"] if dan_is_in(dan, code))
    open_as("review_admin", "reports:rows", NAME, "bands", key=band)
    assert dan.pk not in Event.objects.get(kind="report.rows").children


@pytest.mark.parametrize("who", ["early_help_officer", "review_admin"])
@pytest.mark.parametrize("figure", ["bands", "areas", "schools", "overlap", "turnover"])
def test_a_number_counts_no_restricted_child_for_who_may_open_its_rows(report, world, who, figure):
    """One more than the rows would tell that somebody is hidden there; a number of hidden children alone is not there at all."""
    user, asked = world.user(who), FIGURES[figure]
    hidden = set(Child.objects.filter(restricted=True).values_list("pk", flat=True))
    told, held = pages.reading_of(report, user).of(report, figure), report.figures[figure]
    for key in held:
        children = [child for _, child in queries.rows(report, asked, key)]
        assert told.get(key, 0) == len([child for child in children if child not in hidden])
        assert (key in told) is bool(told.get(key))
    if (figure, who) == ("bands", "review_admin"):  # with whom every record here is shared
        with reach_of(user):
            shown = {key: pages.rows(report, asked, key, user, None)["page"].paginator.count for key in told}
        assert shown == told and sum(told.values()) == sum(held.values()) - 1


def test_who_opens_no_rows_is_told_of_every_child(report, world):
    told = pages.reading_of(report, world.user("leader"))
    assert told.known_in(report) == sum(report.figures["bands"].values())


def test_the_page_of_a_number_and_the_figures_total_are_the_readers(open_as, report):
    officer, leader = (open_as(who, "reports:newest") for who in ("early_help_officer", "leader"))
    known = [int(str(answer.context["tiles"][0].figure).replace(",", "")) for answer in (officer, leader)]
    assert known[0] == known[1] - 1


def test_a_restricted_childs_own_part_leads_nowhere(open_as, report):
    """Asked for by its address it is like a part that never was."""
    Report.objects.update(
        figures=report.figures | {"services": {"vemt": 1}}, restricted={"services": {"vemt": 1}}
    )
    assert open_as("early_help_officer", "reports:rows", NAME, "services", key="vemt").status_code == 404


def test_of_a_week_frozen_before_the_restricted_were_counted_no_small_number_is_told(open_as, report):
    Report.objects.update(restricted=None)
    said = words(open_as("early_help_officer", "reports:newest"))
    assert re.search(r"Looked after withheld", said) and "are withheld" in said


def dan_is_in(dan, band):
    standing = dan.assessments.filter(superseded_at=None).first()
    return (standing.band if standing else "none") == band


def test_lists_lead_to_settings(open_as, report):
    said = words(open_as("early_help_officer", "reports:rows", NAME, "lists", key="opened"))
    assert "Elm Primary School" in said
    assert Event.objects.get(kind="report.rows").children == []


@pytest.mark.parametrize("query", [("bands", "nowhere"), ("nothing", "red"), ("freshness", "in_time/camhs")])
def test_a_number_that_is_not_there_leads_nowhere(open_as, report, query):
    figure, key = query
    assert open_as("early_help_officer", "reports:rows", NAME, figure, key=key).status_code == 404


@pytest.mark.parametrize("name", ["reports:pdf", "reports:term-pdf"])
def test_the_pdf_is_tagged_titled_and_in_its_language(open_as, report, name):
    response = open_as("leader", name, *([NAME] if name == "reports:pdf" else []))
    made = response.content
    assert response["Content-Type"] == "application/pdf"
    assert b"<pdfuaid:part>1<" in made and b"/Marked true" in made and b"/Lang(en-GB)" in made
    assert b"/DisplayDocTitle true" in made and b"<dc:title>" in made
    event = Event.objects.get(kind="report.download")
    assert event.detail == {"form": "pdf", "suppressed": True}


def test_the_workbook_has_every_number_as_a_number_and_says_what_it_means(open_as, report):
    book = load_workbook(io.BytesIO(open_as("early_help_officer", "reports:xlsx", NAME).content))
    lines = {row[:3]: row[3] for row in book["Figures"].iter_rows(min_row=2, values_only=True)}
    assert lines[("Children open to each service", "CAMHS", "Now")] == 7
    assert lines[("Children open to each service", "CAMHS", "Per 10,000")] == 3.5
    assert lines[("Children open to each service", "Looked after", "Now")] == 3
    meanings = [row[0] for row in book["What they mean"].iter_rows(min_row=2, values_only=True)]
    assert meanings == [figure.title for figure in FIGURES.values()]
    assert not any(
        isinstance(cell, str) and cell.startswith("=") for cells in book["Figures"].values for cell in cells
    )


def test_the_workbook_of_who_sees_no_children_has_no_small_number(open_as, report):
    book = load_workbook(io.BytesIO(open_as("leader", "reports:xlsx", NAME).content))
    of_children = {figure.title for figure in FIGURES.values() if figure.about == "children"}
    numbers = [
        row[3] for row in book["Figures"].iter_rows(min_row=2, values_only=True)
        if row[0] in of_children and row[2] != "Per 10,000" and isinstance(row[3], int)
    ]  # fmt: skip
    assert numbers and not any(0 < number < 5 for number in numbers)


def test_schools_and_partners_are_told_less_and_never_a_small_number(open_as, report):
    said = words(open_as("dsl", "reports:term"))
    assert "figures for schools and partners" in said
    for figure in FIGURES.values():
        assert (figure.title in said) is figure.partners
    assert "Looked after withheld" in said
    assert "rows/" not in open_as("early_help_officer", "reports:term").content.decode()
    assert open_as("dsl", "reports:week", NAME).status_code == 403
    inside, within = (
        words(open_as("early_help_officer", "reports:newest")),
        ("in triage", "were not seen within"),
    )
    for sentence in within:
        assert sentence in inside and sentence not in said, (
            "sentences tell no figure that schools are not given"
        )


def test_resources_stand_beside_need_with_the_caveat(open_as, report):
    said = words(open_as("leader", "reports:resources"))
    assert "No capacity has been entered" in said
    Capacity.objects.create(
        from_week=report.week, service="camhs", team="Clinic", places=5, cost=50_000, source="Contract"
    )
    said = words(open_as("leader", "reports:resources"))
    assert "1 service has more children than places: CAMHS." in said
    assert re.search(r"CAMHS Clinic \(5\) 7 5 140 % £10,000", said)
    assert "This does not say that the service was the cause" in said


def test_a_page_asks_the_database_as_often_whatever_the_size(
    open_as, report, world, django_assert_max_num_queries
):
    with django_assert_max_num_queries(45):
        open_as("early_help_officer", "reports:newest")
    with django_assert_max_num_queries(45):
        open_as("early_help_officer", "reports:rows", NAME, "bands", key="red")


def test_the_command_writes_the_pdf_with_small_numbers_withheld(report, tmp_path):
    from django.core.management import call_command

    call_command("strategic_report", week=NAME, out=tmp_path / "r.pdf", stdout=io.StringIO())
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    assert Event.objects.get(kind="report.download").by_label == "strategic_report"
    assert Report.objects.count() == 1


def test_a_week_is_drawn_before_its_first_reader_comes(open_as, report, monkeypatch):
    """Whoever reads it, and on paper: nothing is left to draw. A second week is there, so that the ratings are drawn over time."""
    Report.objects.create(
        week=report.week - WEEK, as_at=report.as_at - WEEK, frozen_at=report.as_at, basis=report.basis, figures=report.figures,
        restricted=report.restricted, digest="x",
    )  # fmt: skip
    assert ahead(report) > 30
    monkeypatch.setattr(
        vega.vl_convert, "vegalite_to_svg", lambda *given, **more: pytest.fail("drawn for a reader")
    )
    for who in ("leader", "early_help_officer"):
        assert 'role="img"' in open_as(who, "reports:newest").content.decode()
        assert open_as(who, "reports:pdf", NAME).status_code == 200
    assert 'role="img"' in open_as("dsl", "reports:term").content.decode()
    assert open_as("dsl", "reports:term-pdf").status_code == 200
