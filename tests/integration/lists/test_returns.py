"""What a setting returns: on screen and by its sheet, kept, sent, and made into facts that can change a rating."""

import csv
import io
import shutil
import subprocess
from datetime import timedelta

import openpyxl
import pytest

from apps.audit.models import Event
from apps.children.models import Child, Stale
from apps.core.clock import today, week_of
from apps.extracts.models import Extract
from apps.involvements.models import Observation, Sighting
from apps.lists import releasing
from apps.lists.asked_back import QUESTIONS
from apps.lists.files import csv_bytes, xlsx_bytes
from apps.lists.models import Answer, Asking, Return
from apps.lists.queries import read
from apps.lists.returns import actions
from tests.integration.lists.test_release import address, as_user, newest, out

WEEK = week_of(today())
SEEN = today() - timedelta(days=1)


@pytest.fixture
def released(world):
    """The lists are out; the schools are asked about everybody."""
    Asking.objects.create(from_week=WEEK, who="all")
    out(world)
    return world


def place(part=""):
    return f"{address(newest())}return/{part}"


def entry(world, child):
    return newest().entries.get(child=world.child(child))


def row(world, child, **said):
    prefix = f"e{entry(world, child).pk}"
    return {f"{prefix}-{question.name}": said.get(question.name, "") for question in QUESTIONS}


def sent(world, capture, **said):
    with capture(execute=True):
        answer = as_user(world, "dsl").post(place("send/"), row(world, "ada", **said), follow=True)
    assert b"The return is sent" in answer.content
    return Return.objects.get()


# on screen


def test_the_page_asks_about_those_the_list_says_and_shows_what_was_kept(released):
    newest().entries.exclude(child=released.child("ada")).update(asked=False)
    school = as_user(released, "dsl")
    assert [each.entry.forename for each in school.get(place()).context["rows"]] == ["Ada"]
    assert {each.entry.forename for each in school.get(place() + "?show=all").context["rows"]} == {
        "Ada",
        "Dan",
    }
    school.post(
        place("save/"), row(released, "ada", attended="some", seen_on=f"{SEEN:%d/%m/%Y}", seen_by="J. Marr")
    )
    page = school.get(place()).content
    assert b'value="some" selected' in page and b"J. Marr" in page
    assert b"Attended this week: ASHBY, Ada" in page


def test_what_is_typed_is_kept_at_once_and_said_in_one_line(released):
    school = as_user(released, "dsl")
    answer = school.post(
        place("save/"), row(released, "ada", attended="every"), headers={"HX-Request": "true"}
    )
    assert b"1 child filled in" in answer.content and b"<html" not in answer.content
    assert Answer.objects.get().attended == "every"
    school.post(place("save/"), row(released, "ada", attended="every"), headers={"HX-Request": "true"})
    events = Event.objects.filter(kind="list.answer")
    assert [event.children for event in events] == [[released.child("ada").pk]], (
        "the same again is no second write"
    )


def test_one_childs_answers_do_not_empty_anothers(released):
    school = as_user(released, "dsl")
    school.post(place("save/"), row(released, "ada", attended="every"))
    school.post(place("save/"), row(released, "dan", attended="none"))
    assert dict(Answer.objects.values_list("entry__forename", "attended")) == {"Ada": "every", "Dan": "none"}


def test_a_page_opened_earlier_does_not_undo_what_a_colleague_filled_in_since(released):
    deputy, lead = as_user(released, "dsl"), as_user(released, "dsl")
    earlier = {shown.entry.forename: shown for shown in lead.get(place()).context["rows"]}
    deputy.post(place("save/"), row(released, "dan", attended="none", seen_on=f"{SEEN:%d/%m/%Y}"))
    whole = row(released, "ada", attended="every") | row(released, "dan")
    whole |= {shown.was_name: shown.was for shown in earlier.values()}
    lead.post(place("save/"), whole)
    assert dict(Answer.objects.values_list("entry__forename", "attended")) == {"Ada": "every", "Dan": "none"}
    now = {shown.entry.forename: shown for shown in lead.get(place()).context["rows"]}
    lead.post(place("save/"), row(released, "dan") | {now["Dan"].was_name: now["Dan"].was})
    assert Answer.objects.get(entry__forename="Dan").seen_on is None, "who saw it may empty it"


def test_two_colleagues_at_one_child_lose_nothing(released):
    """Both have the page open; each fills in another part of Ada's row, which is kept as it is typed, and one sends it all."""
    deputy, lead, by_itself = as_user(released, "dsl"), as_user(released, "dsl"), {"HX-Request": "true"}
    [shown] = [each for each in lead.get(place()).context["rows"] if each.entry.forename == "Ada"]
    was = {shown.was_name: shown.was}
    deputy.post(
        place("save/"), row(released, "ada", concern="serious", words="Bruises") | was, headers=by_itself
    )
    mine = row(released, "ada", attended="every")
    line = lead.post(place("save/"), mine | was, headers=by_itself).content.decode()
    assert f'name="{shown.was_name}" value="every ¦ ' in line, "the page now knows what it has seen kept"
    kept = Answer.objects.values_list("attended", "concern", "words")
    assert list(kept.all()) == [("every", "serious", "Bruises")]
    seen = {shown.was_name: shown.now(mine)}
    lead.post(place("save/"), row(released, "ada") | seen, headers=by_itself)
    assert list(kept.all()) == [("", "serious", "Bruises")], "who saw it kept may take it back"


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"seen_by": "J. Marr"}, "Enter the day the child was seen"),
        ({"seen_on": "31/02/2026"}, "Enter a real date"),
        ({"seen_on": f"{today() + timedelta(days=1):%d/%m/%Y}"}, "Enter a day of the past year"),
        ({"left_on": f"{SEEN:%d/%m/%Y}", "roll": "ours"}, "Choose “Left”"),
        ({"concern": "serious"}, "Say in words"),
        ({"attended": "sometimes"}, "Select a valid choice"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_shown_at_its_child_and_all_else_is_kept(released, said, error):
    both = row(released, "ada", **said) | row(released, "dan", attended="every")
    answer = as_user(released, "dsl").post(place("save/"), both)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert [each.entry.forename for each in answer.context["wrong"]] == ["Ada"]
    assert [each.entry.forename for each in Answer.objects.select_related("entry")] == ["Dan"]


def test_another_schools_lead_gets_the_answer_as_for_nothing(released):
    other = as_user(released, "other_dsl")
    assert other.get(place()).status_code == 404
    for part in ("save/", "upload/", "send/"):
        assert other.post(place(part), row(released, "ada", attended="every")).status_code == 404
    assert not Answer.objects.exists()


def test_row_level_security_lets_nobody_write_another_settings_answers(released):
    from django.db import DatabaseError

    from tests.integration.test_rls import as_web

    line = entry(released, "ada").pk
    add = (
        "insert into lists_answer (entry_id, attended, seen_by, concern, words, roll, contact, saved_by, saved_at)"
        f" values ({line}, 'every', '', '', '', '', '', 1, now())"
    )
    for who in ("other_dsl", "early_help_officer", "social_worker"):
        with pytest.raises(DatabaseError, match="row-level security"):
            as_web(add, str(released.users[who].pk))
    assert as_web(add, str(released.users["dsl"].pk)) == 1
    asked = "select count(*) from lists_answer"
    as_user(released, "dsl").post(place("save/"), row(released, "ada", attended="some"))
    seen = {
        who: as_web(asked, str(released.users[who].pk)) for who in ("dsl", "other_dsl", "early_help_officer")
    }
    assert seen == {"dsl": [(1,)], "other_dsl": [(0,)], "early_help_officer": [(1,)]}


def test_a_list_recalled_in_another_tab_takes_nothing_more(released):
    school = as_user(released, "dsl")
    school.get(place())
    releasing.recall(listed=newest(), reason="Wrong", by=released.user("supervisor"))
    for part in ("save/", "send/", "upload/"):
        answer = school.post(place(part), row(released, "ada", attended="every"), follow=True)
        assert answer.status_code in (410, 422), part
    assert not Answer.objects.exists() and school.get(place()).status_code == 410


def test_nothing_filled_in_is_no_return(released):
    answer = as_user(released, "dsl").post(place("send/"), {}, follow=True)
    assert b"Nothing is filled in yet." in answer.content and not Return.objects.exists()


# facts


def test_a_return_becomes_a_sighting_and_observations_of_the_setting(
    released, django_capture_on_commit_callbacks
):
    Stale.objects.all().delete()
    done = sent(
        released, django_capture_on_commit_callbacks,
        attended="some", seen_on=f"{SEEN:%d/%m/%Y}", seen_by="J. Marr", concern="serious", words="Was hungry",
    )  # fmt: skip
    ada = released.child("ada")
    seen = Sighting.objects.get(feed__code="setting_returns")
    assert (seen.record.child, seen.agency, seen.seen_on, seen.by) == (ada, newest().setting, SEEN, "J. Marr")
    said = dict(Observation.objects.filter(feed__code="setting_returns").values_list("measure", "text"))
    assert said == {"school_week": "Some days", "school_concern": "Serious concern"}
    assert done.taken_at and Extract.objects.get(pk=seen.extract_id).received_by == released.users["dsl"].pk
    assert set(Stale.objects.values_list("child", flat=True)) == {ada.pk}, "and the child is rated anew"
    event = Event.objects.get(kind="list.take_return")
    assert event.children == [ada.pk] and "hungry" not in str(event.detail)


def test_sent_again_the_newer_answers_take_the_place_of_the_older_and_nothing_is_lost(
    released, django_capture_on_commit_callbacks
):
    days = [SEEN, today()]
    for day in days:
        sent(released, django_capture_on_commit_callbacks, seen_on=f"{day:%d/%m/%Y}", concern="some")
    found = Sighting.objects.filter(feed__code="setting_returns").order_by("pk")
    assert [(each.seen_on, each.recorded_to is None) for each in found] == [(days[0], False), (days[1], True)]
    assert Observation.objects.get(feed__code="setting_returns").recorded_to is None, (
        "the same again is no new version"
    )
    sent(released, django_capture_on_commit_callbacks, attended="every")
    assert not Sighting.objects.filter(feed__code="setting_returns", recorded_to=None).exists()
    assert not Observation.objects.filter(measure="school_concern", recorded_to=None).exists()


def test_the_sighting_follows_the_record_when_it_is_linked_to_another_child(
    released, django_capture_on_commit_callbacks
):
    from tests.integration.ragp.facts import link

    sent(released, django_capture_on_commit_callbacks, seen_on=f"{SEEN:%d/%m/%Y}")
    seen = Sighting.objects.get(feed__code="setting_returns")
    link(seen.record, released.child("cleo"))
    assert Sighting.objects.get(pk=seen.pk).record.child == released.child("cleo")


def test_a_return_is_taken_once_and_a_dead_workers_is_taken_by_the_sweep(released):
    from apps.pipeline import tasks

    actions.save(
        listed=newest(), given={entry(released, "ada").pk: {"attended": "every"}}, by=released.user("dsl")
    )
    made = actions.send(listed=newest(), by=released.user("dsl"))
    assert actions.left() == [made.pk]
    tasks.sweep_lists()
    assert actions.left() == [] and actions.take(return_id=made.pk) == []
    assert Event.objects.filter(kind="list.take_return").count() == 1


# the sheet


def filled(listed, said, turn=False):
    """The workbook of a list as somebody fills it in with a program; with `turn` sorted the other way round."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(read(listed))))
    sheet = book["List"]
    headings = [cell.value for cell in sheet[1]]
    rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)]
    for line in rows:
        for heading, value in said.get(line[headings.index("Forename")], {}).items():
            line[headings.index(heading)] = value
    for number, line in enumerate(reversed(rows) if turn else rows, 2):
        for column, value in enumerate(line, 1):
            sheet.cell(number, column).value = value
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def uploaded(world, content, name="list.xlsx"):
    file = io.BytesIO(content)
    file.name = name
    return as_user(world, "dsl").post(place("upload/"), {"file": file})


SAID = {
    "Ada": {
        "Attended this week": "some days",
        "Seen on": SEEN,
        "Seen by whom": "J. Marr",
        "Concern": "No concern",
        "On your roll": "Ours",
    },
    "Dan": {"Attended this week": "Not at all", "Contact made": "Yes"},
}


def assert_read():
    ada, dan = (Answer.objects.get(entry__forename=name) for name in ("Ada", "Dan"))
    assert (ada.attended, ada.seen_on, ada.seen_by, ada.concern, ada.roll) == (
        "some",
        SEEN,
        "J. Marr",
        "none",
        "ours",
    )
    assert (dan.attended, dan.contact, dan.seen_on) == ("none", "yes", None)


@pytest.mark.parametrize("turn", [False, True])
def test_a_filled_in_sheet_is_read_however_it_is_sorted(released, turn):
    assert uploaded(released, filled(newest(), SAID, turn)).status_code == 302
    assert_read()


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
def test_a_sheet_that_libreoffice_saved_is_read(released, tmp_path):
    (tmp_path / "in.xlsx").write_bytes(filled(newest(), SAID, turn=True))
    convert = [
        "soffice",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(tmp_path / "out"),
    ]
    command = [*convert, str(tmp_path / "in.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert uploaded(released, (tmp_path / "out" / "in.xlsx").read_bytes()).status_code == 302
    assert_read()


def test_the_csv_is_read_as_well_also_without_some_rows(released):
    rows = list(csv.reader(io.StringIO(csv_bytes(read(newest())).decode("utf-8-sig"))))
    ada = next(line for line in rows if "Ada" in line)
    ada[rows[0].index("Seen on")] = f"{SEEN:%d/%m/%Y}"
    text = io.StringIO()
    csv.writer(text).writerows([rows[0], ada])
    assert uploaded(released, text.getvalue().encode(), "list.csv").status_code == 302
    assert Answer.objects.get().seen_on == SEEN


def test_errors_stand_at_their_child_and_the_others_are_kept(released):
    said = {"Ada": {"Attended this week": "Now and then"}, "Dan": {"Attended this week": "Every day"}}
    answer = uploaded(released, filled(newest(), said))
    assert answer.status_code == 422
    assert [(each.entry.forename, list(each.form.errors)) for each in answer.context["wrong"]] == [
        ("Ada", ["attended"])
    ]
    assert Answer.objects.get().entry.forename == "Dan"


def test_a_sheet_of_the_version_before_or_of_another_list_is_told_row_by_row(released):
    old = filled(newest(), SAID)
    Child.objects.filter(pk=released.child("ada").pk).update(surname="Ashby-Hill")
    out(released)
    answer = uploaded(released, old)
    assert len(answer.context["unmatched"]) == 2 and not Answer.objects.exists()
    assert b"missing or another list" in answer.content
    assert uploaded(released, filled(newest(), SAID)).status_code == 302


def test_the_same_row_twice_counts_once_and_is_told(released):
    rows = list(csv.reader(io.StringIO(csv_bytes(read(newest())).decode("utf-8-sig"))))
    for number, said in enumerate(("Every day", "Not at all")):
        rows.append([*rows[1]])
        rows[-1][rows[0].index("Attended this week")] = said
        assert number < 2
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    answer = uploaded(released, text.getvalue().encode(), "list.csv")
    assert b"has the same" in answer.content
    assert Answer.objects.get().attended == "every"


def test_an_empty_row_of_the_sheet_leaves_what_was_typed(released):
    as_user(released, "dsl").post(place("save/"), row(released, "ada", attended="every"))
    uploaded(released, filled(newest(), {"Dan": {"Attended this week": "Not at all"}}))
    assert dict(Answer.objects.values_list("entry__forename", "attended")) == {"Ada": "every", "Dan": "none"}


def test_an_empty_cell_of_the_sheet_leaves_what_was_typed(released):
    typed = row(released, "ada", concern="serious", words="Bruises")
    as_user(released, "dsl").post(place("save/"), typed)
    uploaded(released, filled(newest(), {"Ada": {"Attended this week": "Every day"}}))
    kept = Answer.objects.get(entry__forename="Ada")
    assert (kept.attended, kept.concern, kept.words) == ("every", "serious", "Bruises")


def test_a_sheet_of_many_strange_rows_is_told_of_in_a_few_lines(released):
    rows = list(csv.reader(io.StringIO(csv_bytes(read(newest())).decode("utf-8-sig"))))
    text, strange = io.StringIO(), ["Every day" if head == "Attended this week" else "" for head in rows[0]]
    csv.writer(text).writerows([rows[0], *[strange] * 500])
    told = uploaded(released, text.getvalue().encode(), "list.csv").context["unmatched"]
    assert (len(told), told[-1]) == (21, "480 more rows were left out.")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", b"empty"),
        (b"Surname,Forename\nAshby,Ada\n", b"has no column"),
        (b"PK\x03\x04broken", b"cannot be read|damaged"),
        (b"<html>", b"XML or HTML"),
        (b"\xd0\xcf\x11\xe0 locked", b"password"),
    ],
)  # fmt: skip
def test_what_is_no_sheet_is_refused_with_a_sentence(released, content, said):
    file = io.BytesIO(content)
    file.name = "x.xlsx"
    answer = as_user(released, "dsl").post(place("upload/"), {"file": file}, follow=True)
    assert any(part in answer.content for part in said.split(b"|"))
    assert not Answer.objects.exists()


def test_words_that_a_spreadsheet_would_run_stay_words(released):
    said = {"Ada": {"Concern in words": "'=cmd|x", "Concern": "Some concern"}}
    uploaded(released, filled(newest(), said))
    assert Answer.objects.get(entry__forename="Ada").words in ("'=cmd|x", "=cmd|x")
