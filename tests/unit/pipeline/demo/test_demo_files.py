"""The files as written: each agency's own words, read back by its own layout."""

import csv
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from apps.extracts.layouts.agencies import LAYOUTS
from apps.extracts.layouts.base import Bundle, Interpreted, Layout, Problem, RawRow
from apps.extracts.recognise import plain
from apps.pipeline.demo.borough import Borough
from apps.pipeline.demo.files import Written, mondays, write_borough
from apps.pipeline.demo.spelling import Speech
from apps.pipeline.demo.writers.slips import SLIPS

MONDAY = date(2026, 11, 9)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write_borough(tmp_path_factory.mktemp("borough"), MONDAY, 3_000, 11)


def table(written: Written, week: int, feed: str, name: str = "") -> list[dict[str, str]]:
    path = next(p for p in written.weeks[week].files(feed) if name in p.name)
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read(written: Written, week: int, layout: Layout) -> dict[str, Interpreted]:
    """Every bundle of a one-table feed as its layout reads it."""
    [module] = layout.modules
    bundles: dict[str, list[RawRow]] = defaultdict(list)
    for number, row in enumerate(table(written, week, layout.code), 2):
        data = {
            field: row[heading]
            for field, spellings in module.headings.items()
            for heading in row
            if plain(heading) in map(plain, spellings) and row[heading]
        }
        local = data[module.local_id] if isinstance(module.local_id, str) else module.local_id(data)
        bundles[local].append(RawRow(module.code, number, data))
    return {local: layout.interpret(Bundle(local, rows)) for local, rows in bundles.items()}


def planted(feed: str, week: int) -> set[tuple[int, str]]:
    """Row and column of what was spoiled on purpose."""
    return {(s.row, s.column) for s in SLIPS if s.feed == feed and (week == 0 or not s.corrected)}


def test_what_was_spoiled_is_found_and_the_rest_put_right(written: Written) -> None:
    found = {
        week: {
            p.code
            for layout in LAYOUTS
            if layout.code in written.weeks[week].feeds
            for p in problems(written, week, layout)
        }
        for week in (0, 1)
    }
    assert {"DATE_WRONG", "NHS_CHECK", "UPN_CHECK", "END_BEFORE_START"} <= found[0]
    assert "DATE_WRONG" not in found[1]
    assert "END_BEFORE_START" in found[1]


def problems(written: Written, week: int, layout: Layout) -> list[Problem]:
    return [problem for said in read(written, week, layout).values() for problem in said.problems]


def test_the_same_seed_writes_the_same_bytes(written: Written, tmp_path: Path) -> None:
    again = write_borough(tmp_path, MONDAY, 3_000, 11)
    for before, after in zip(written.weeks, again.weeks, strict=True):
        assert before.feeds == after.feeds
        for feed in before.feeds:
            assert [p.read_bytes() for p in before.files(feed)] == [p.read_bytes() for p in after.files(feed)]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.code)
@pytest.mark.parametrize("week", [0, 1])
def test_every_file_is_read_by_its_own_layout_without_an_error(
    written: Written, layout: Layout, week: int
) -> None:
    if layout.code not in written.weeks[week].feeds:
        assert (layout.code, week) == ("youth_justice", 1)
        return
    bundles = read(written, week, layout)
    assert bundles
    errors = [p for said in bundles.values() for p in said.problems if p.severity == "error"]
    assert {(p.row_no - 1, p.field) for p in errors} <= planted(layout.code, week)
    people = [said.person for said in bundles.values() if said.person]
    assert len(people) >= len(bundles) - len(errors)
    assert all(person["surname"] and person["dob"] for person in people)
    facts = sum(len(said.facts) for said in bundles.values())
    assert facts >= 0.7 * len(bundles)


def test_youth_justice_is_late_in_the_second_week(written: Written) -> None:
    first, second = written.weeks
    assert "youth_justice" in first.feeds
    assert "youth_justice" not in second.feeds
    assert (second.monday - first.monday).days == 7


def test_about_one_row_in_twenty_changes(written: Written) -> None:
    for feed in ("school_census", "ehcp", "sen_support", "early_years_roll"):
        name = "pupilonroll" if feed == "school_census" else ""
        before = {tuple(row.values()) for row in table(written, 0, feed, name)}
        after = {tuple(row.values()) for row in table(written, 1, feed, name)}
        assert 0 < len(after - before) < 0.08 * len(before), feed


def test_agencies_lack_numbers_and_mishear_names_but_seldom(written: Written) -> None:
    truth = {(child.forename, child.surname) for child in written.borough.children}
    rows = table(written, 0, "early_help")
    assert 0.2 < sum(not row["NHS Number"] for row in rows) / len(rows) < 0.6
    misheard = [row for row in rows if (row["Forename"], row["Surname"]) not in truth]
    assert 0 < len(misheard) < 0.05 * len(rows)
    assert any(not row["Address"] for row in rows)
    surnames = [row["Family Name"] for row in table(written, 0, "camhs")]
    assert all(name.isupper() and name.isascii() for name in surnames)


def test_an_agency_mishears_a_child_the_same_way_every_week() -> None:
    borough = Borough.generate(500, 3, MONDAY)
    speech = Speech(borough.seed, "early_help")
    first = [speech.of(child).surname for child in borough.children]
    assert [speech.of(child).surname for child in borough.children] == first
    assert [Speech(9, "early_help").of(child).nhs for child in borough.children] != [
        speech.of(child).nhs for child in borough.children
    ]


def test_no_file_of_the_yearly_returns_holds_a_name(written: Written) -> None:
    surnames = {child.surname for child in written.borough.children if len(child.surname) > 6}
    for feed in ("ssda903", "cin_census"):
        text = "".join(path.read_text() for path in written.weeks[0].files(feed))
        assert not any(surname in text for surname in list(surnames)[:300])


def test_the_census_joins_by_table_id_and_dates_as_it_does(written: Written) -> None:
    pupils = table(written, 0, "school_census", "pupilonroll")
    ids = {row["pupilonrolltableid"] for row in pupils}
    assert len(ids) == len(pupils)
    for name in ("senneeds", "termlysessiondetails", "addresses", "termlyexclusions"):
        assert {row["pupilonrolltableid"] for row in table(written, 0, "school_census", name)} <= ids
    assert all(row["dob"].endswith(" 00:00:00") and row["dob"][5:8].isalpha() for row in pupils)


def test_schools_go_by_their_urn_an_old_urn_or_their_estab(written: Written) -> None:
    with next(
        p for p in written.weeks[0].files("gias") if "edubase" in p.name and "links" not in p.name
    ).open(encoding="cp1252", newline="") as stream:
        register = list(csv.DictReader(stream))
    urns = {row["URN"] for row in register}
    estabs = {row["LA (code)"] + row["EstablishmentNumber"] for row in register}
    old = {row["LinkURN"] for row in table(written, 0, "gias", "links")}
    sent = Counter(row["NativeId"] for row in table(written, 0, "school_census", "pupilonroll"))
    assert set(sent) <= urns | estabs | old
    assert set(sent) & old and set(sent) & estabs


def test_a_death_is_told_by_social_care_and_ends_the_place_at_school(written: Written) -> None:
    [died] = [row for row in table(written, 1, "csc_people") if row["Date of Death"]]
    before = next(row for row in table(written, 0, "csc_people") if row["LA Child ID"] == died["LA Child ID"])
    assert not before["Date of Death"]
    left = {row["upn"] for row in table(written, 1, "school_census", "pupilnolongeronroll")}
    child = next(child for child in written.borough.children if child.died)
    assert child.upn in left


def test_the_weeks_are_the_mondays_before_a_day() -> None:
    assert mondays(date(2026, 11, 22)) == (date(2026, 11, 9), date(2026, 11, 16))
    assert mondays(date(2026, 11, 23)) == (date(2026, 11, 16), date(2026, 11, 23))
