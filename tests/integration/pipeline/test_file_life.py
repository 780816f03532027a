"""What a person decides about a file, as the data officer does it in the page: look, commit, release, cancel, undo, commit again."""

import io
import re

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from apps.audit.models import Event
from apps.children.models import Child
from apps.extracts.models import Extract, State
from apps.involvements.models import Involvement
from tests.integration.pipeline.files import HEADINGS, early_help, upload

WORLD = (("H3", "Cleo"), ("H4", "Dan"))


@pytest.fixture
def officer(world):
    client = Client()
    client.force_login(world.user("data_officer"))
    return client


@pytest.fixture
def post(officer, django_capture_on_commit_callbacks):
    """Send a form; the worker does its part as soon as the request is committed."""

    def sent(name, extract=None, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return officer.post(reverse(name, args=[extract.pk] if extract else []), fields)

    return sent


@pytest.fixture
def load(post):
    """Send a file by the page; the extract as it then stands."""

    def loaded(content, **fields):
        post("pipeline:upload", feed="early_help", files=[upload(content)], **fields)
        return newest()

    return loaded


def newest():
    return Extract.objects.latest("pk")


def page_of(officer, extract):
    answer = officer.get(reverse("pipeline:run", args=[extract.runs.latest("pk").pk]))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def current():
    found = Involvement.objects.filter(recorded_to=None, feed__code="early_help")
    return set(found.values_list("record__local_id", "start_on", "end_on"))


def test_a_file_that_was_looked_at_is_committed_by_one_button(officer, post, load):
    before = current()
    seen = load(early_help(*WORLD, ("H9", "Finn")), preview="on")
    page = page_of(officer, seen)
    assert (seen.state, current()) == (State.PREVIEWED, before)
    assert "Commit this file" in page
    assert "Ratings it would change" in page
    post("pipeline:commit", seen)
    assert newest().state == State.COMMITTED
    assert len(current()) == len(before) + 1


def test_children_whose_rating_would_change_are_named_to_those_who_reach_them_and_the_look_is_on_record(
    officer, load, world
):
    seen = load(early_help(("H3", "Cleo"), ("H4", "Dan"), ended="02/11/2026"), preview="on")
    moves = {(move[0], move[1]): move[2] for move in seen.counts["ratings"]}
    assert moves == {("green", "none"): 1}
    page = page_of(officer, seen)
    named = [name for name in ("COLE, Cleo", "DUNNE, Dan") if name in page]
    event = Event.objects.filter(kind="extract.look").last()
    if named:
        # Dan is restricted: the data officer does not reach him
        assert named == ["COLE, Cleo"]
        assert event.children == [world.child("cleo").pk]
    else:
        assert event is None


def test_a_held_file_says_why_and_who_may_go_on_and_is_committed_with_a_reason_alone(
    officer, post, load, world
):
    before = current()
    held = load(HEADINGS.encode())
    page = page_of(officer, held)
    assert (held.state, current()) == (State.HELD, before)
    assert "no rows" in page
    assert world.user("data_officer").display_name in page
    assert post("pipeline:release", held, reason=" ").status_code == 422
    assert newest().state == State.HELD
    post("pipeline:release", held, reason="The service has closed")
    assert newest().state == State.COMMITTED
    assert "The service has closed" in page_of(officer, newest())
    assert {end for _, _, end in current()} != {None}


def test_a_preview_is_no_way_round_what_would_hold_the_file(officer, post, load):
    before = current()
    seen = load(HEADINGS.encode(), preview="on")
    page = page_of(officer, seen)
    assert (seen.state, current()) == (State.PREVIEWED, before)
    assert "no rows" in page and "What speaks against it" in page
    assert "Commit this file" not in page and "Commit it all the same" in page
    assert post("pipeline:commit", seen).status_code == 409
    assert (newest().state, current()) == (State.PREVIEWED, before)
    post("pipeline:release", seen, reason="The service has closed")
    assert newest().state == State.COMMITTED


def test_a_preview_that_another_file_has_overtaken_is_held_and_says_so(officer, post, load):
    """Older facts would else take the place of newer ones by one button."""
    seen = load(early_help(*WORLD, ("H9", "Finn")), preview="on")
    load(early_help(*WORLD, ("H8", "Gil")))
    stands = current()
    post("pipeline:commit", seen)
    seen.refresh_from_db()
    assert (seen.state, current()) == (State.HELD, stands)
    assert "it would take its place" in page_of(officer, seen)
    post("pipeline:release", seen, reason="The other was sent for another service")
    seen.refresh_from_db()
    assert seen.state == State.COMMITTED


def test_a_rejected_row_of_a_hidden_child_is_not_handed_out(officer, load, world):
    """Dan is restricted and early help knows him: his row holds his name, his day of birth and where he lives."""
    wrong = early_help(*WORLD, ("H9", "Finn")).replace(b"01/10/2026", b"41/10/2026")
    done = load(wrong)
    assert (done.state, done.rejected) == (State.COMMITTED, 3)
    book = officer.get(reverse("pipeline:rejected", args=[done.pk]))
    cells = [
        str(cell.value)
        for sheet in openpyxl.load_workbook(io.BytesIO(book.content)).worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert "Finn" in cells and "Cleo" in cells
    assert "Dan" not in cells and "H4" not in cells


def test_a_rejected_row_is_not_handed_out_where_the_address_is_hidden(officer, load, world):
    Child.objects.filter(pk=world.child("cleo").pk).update(address_hidden=True)
    done = load(early_help(("H3", "Cleo")).replace(b"01/10/2026", b"41/10/2026"), as_of="")
    assert done.rejected == 1
    book = officer.get(reverse("pipeline:rejected", args=[done.pk]))
    assert book.status_code == 409
    assert "handed out" in book.content.decode()


def test_a_file_that_waits_can_be_cancelled_and_nothing_can_be_done_with_it_then(officer, post, load):
    seen = load(early_help(*WORLD, ("H9", "Finn")), preview="on")
    post("pipeline:cancel", seen)
    assert newest().state == State.CANCELLED
    assert "Cancelled." in page_of(officer, seen)
    assert post("pipeline:commit", seen).status_code == 409
    assert post("pipeline:cancel", seen).status_code == 409


def test_a_committed_file_is_undone_with_a_reason_and_committed_again(officer, post, load):
    before = current()
    done = load(early_help(*WORLD, ("H9", "Finn")))
    after = current()
    page = page_of(officer, done)
    assert "Undo this file" in page
    assert post("pipeline:undo", done, reason="").status_code == 422
    asked = officer.get(reverse("pipeline:undo", args=[done.pk])).content.decode()
    assert "Undo is offered until" in asked
    post("pipeline:undo", done, reason="Sent for the wrong month")
    assert (newest().state, current()) == (State.UNDONE, before)
    page = page_of(officer, done)
    assert "Sent for the wrong month" in page
    assert Child.objects.get(forename="", withdrawn=True)
    post("pipeline:redo", done, reason="It was right")
    assert (newest().state, current()) == (State.COMMITTED, after)
    assert Child.objects.filter(forename="Finn", withdrawn=False).count() == 1


@pytest.mark.parametrize("what", ["commit", "cancel", "release", "undo", "redo"])
def test_a_page_that_is_out_of_date_is_told_so_in_a_sentence(post, load, what):
    """Whatever is asked of a file twice at once is done once."""
    done = load(early_help(*WORLD, ("H9", "Finn")))
    if what == "undo":
        post("pipeline:undo", done, reason="Wrong")
    answer = (
        post(f"pipeline:{what}", done, reason="Again")
        if what != "redo"
        else post("pipeline:redo", done, reason="Again")
    )
    assert answer.status_code == 409
    assert "That was not done" in answer.content.decode()


def test_every_file_of_a_feed_is_listed_with_what_became_of_it(officer, load):
    load(early_help(*WORLD, ("H9", "Finn")))
    page = officer.get(reverse("pipeline:history", args=["early_help"])).content.decode()
    assert page.count("Committed") >= 2
    assert officer.get(reverse("pipeline:history", args=["nothing"])).status_code == 404
