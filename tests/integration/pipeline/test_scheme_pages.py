"""A rating scheme in its pages: drafted, changed rule by rule, tried, approved by somebody else, told to the public."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from apps.audit.models import Event
from apps.core.clock import today
from apps.core.errors import Refused
from apps.ragp import install
from apps.ragp.actions import assess
from apps.ragp.models import Scheme

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_(world, django_capture_on_commit_callbacks):
    """Somebody at the pages; the worker does its part as soon as a request is committed."""

    def somebody(part):
        client = Client()
        client.force_login(world.user(part), backend="django.contrib.auth.backends.ModelBackend")

        def ask(name, *arguments, **fields):
            address = reverse(f"schemes:{name}", args=arguments)
            with django_capture_on_commit_callbacks(execute=True):
                return client.post(address, fields) if fields else client.get(address)

        return ask

    return somebody


@pytest.fixture
def author(as_):
    """A review administrator with a draft, version 2."""
    author = as_("review_admin")
    assert author("draft", title="Second thoughts", basis="1").status_code == 302
    return author


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def rule(**other):
    return {
        "sentence": "Early help", "kind": "open", "subject": "early_help", "categories": "", "at_least": "", "below": "",
        "window_days": "", "points": "16", "floor": "", "policy": "", **other,
    }  # fmt: skip


def test_the_live_scheme_is_read_back_in_plain_english(as_):
    page = words(as_("governance")("scheme", "1"))
    assert "Child protection plan is involved today" in page
    assert "Adds 8 points, and never less than Amber" in page
    assert "Try it on everybody" not in page


def test_a_draft_is_changed_rule_by_rule_and_band_by_band(author):
    assert author("rule", "2", "early_help", **rule()).status_code == 302
    assert (
        author(
            "new-rule", "2", **rule(sentence="Young carer again", subject="young_carer", points="1")
        ).status_code
        == 302
    )
    assert author("band", "2", "red", label="Scarlet", definition="More", from_points="16", respond_within_hours="12",
                  colour="red", shape="octagon").status_code == 302  # fmt: skip
    page = words(author("scheme", "2"))
    assert (
        "Adds 16 points" in page and "Young carer again" in page and "Scarlet" in page and "16 points" in page
    )
    assert author("rule", "2", "young-carer-again", remove="1").status_code == 302
    assert "Young carer again" not in words(author("scheme", "2"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"sentence": ""}, "Write what people read"),
        ({"points": "many"}, "Enter a whole number"),
        ({"points": "101"}, "less than or equal to 100"),
        ({"kind": "measure"}, "this is a service"),
        ({"below": "3"}, "only a measure can be below"),
        ({"kind": "count"}, "needs the number of days"),
    ],
)
def test_what_is_wrong_with_a_rule_is_said_and_nothing_is_kept(author, wrong, said):
    before = author("export", "2").content
    answer = author("rule", "2", "early_help", **rule(**wrong))
    assert answer.status_code == 422 and said in words(answer)
    assert author("export", "2").content == before


def test_nobody_approves_what_they_wrote_a_part_of(author, world):
    """Two who may write and approve could else pass each other's work: one draws it up, the other puts a comma right."""
    draft = Scheme.objects.get(version="2")
    colleague = world.user("leader")
    install.change(scheme=draft, data=install.exported(draft) | {"title": "With a comma"}, by=colleague)
    author("try", "2", go="1")
    own = author("approve", "2", live_from=f"{today():%d/%m/%Y}", reason="Agreed")
    assert own.status_code == 422 and "a second person approves it" in words(own)
    assert "Approve" not in words(author("scheme", "2"))
    with pytest.raises(Refused, match="second person"):
        install.approve(scheme=draft, live_from=today(), reason="Agreed", by=colleague)


def test_a_draft_is_approved_in_the_wording_that_was_read(author, as_):
    leader = as_("leader")
    author("try", "2", go="1")
    seen = re.search(r'name="seen" value="([^"]+)"', leader("approve", "2").content.decode())[1]
    answer = {"live_from": f"{today():%d/%m/%Y}", "reason": "Agreed"}
    assert author("new-rule", "2", **rule()).status_code == 302
    author("try", "2", go="1")
    late = leader("approve", "2", seen=seen, **answer)
    assert late.status_code == 422 and "was changed since you opened it" in words(late)
    assert Scheme.objects.get(version="2").state == "draft"


def test_a_draft_is_tried_and_approved_by_a_second_person(author, as_, world):
    assess(by=None)
    author("rule", "2", "early_help", **rule())
    own = author("approve", "2", live_from=f"{today():%d/%m/%Y}", reason="Agreed")
    assert own.status_code == 422 and "a second person approves it" in words(own)
    leader = as_("leader")
    untried = leader("approve", "2", live_from=f"{today():%d/%m/%Y}", reason="Agreed")
    assert untried.status_code == 422 and "has not been tried" in words(untried)
    assert author("try", "2", go="1").status_code == 302
    page = words(author("scheme", "2"))
    assert "children would move to another band" in page and "The children who would move" in page
    assert leader("approve", "2", live_from=f"{today():%d/%m/%Y}", reason="Agreed").status_code == 302
    assert Scheme.objects.get(version="2").state == "approved"
    assert "Live" in words(leader("scheme", "2"))
    assert author("rule", "2", "early_help", **rule()).status_code == 404
    assert (
        "Only a draft is tried" in words(author("try", "2", go="1"))
        or author("scheme", "2").status_code == 200
    )


def test_who_sees_no_child_is_told_no_small_number(author, as_):
    assess(by=None)
    author("rule", "2", "early_help", **rule())
    author("try", "2", go="1")
    page = words(as_("leader")("scheme", "2"))
    assert "under 5 of" in page
    assert as_("leader")("moves", "2").status_code == 403


def test_the_children_who_would_move_are_shown_with_why_and_the_look_is_kept(author, world):
    assess(by=None)
    author("rule", "2", "early_help", **rule())
    author("try", "2", go="1")
    page = words(author("moves", "2"))
    assert "COLE, Cleo" in page and "Early help" in page
    event = Event.objects.filter(kind="scheme.look").latest("pk")
    assert event.children == [world.child("cleo").pk]
    assert "Dan" not in page and "DUNNE" not in page  # restricted


def test_a_scheme_travels_as_a_file(author):
    file = SimpleUploadedFile("scheme.json", author("export", "2").content)
    assert author("draft", title="A third", basis="", file=file).status_code == 302
    first, second = (json.loads(author("export", version).content) for version in ("2", "3"))
    assert (first["rules"], first["bands"]) == (second["rules"], second["bands"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "cannot be read as JSON"),
        (b"[]", "not a rating scheme"),
        (
            b'{"bands": [{"code": 1, "label": "A", "colour": "red", "shape": "circle", "rank": "1", "from_points": "x"}], "rules": []}',
            "not a rating scheme",
        ),
        (b'{"bands": [], "rules": []}', "exactly one band without points"),
        (b'{"bands": [1], "rules": []}', "not a rating scheme"),
    ],
)
def test_a_file_that_is_no_scheme_is_refused_with_a_sentence(author, content, said):
    answer = author("draft", title="A third", basis="", file=SimpleUploadedFile("scheme.json", content))
    assert answer.status_code == 422 and said in words(answer)
    assert not Scheme.objects.filter(version="3").exists()


def test_the_public_notice_is_made_from_the_scheme(as_):
    page = words(as_("governance")("notice", "1"))
    assert "no learning, no prediction, no hidden weights" in page
    assert "Early help is involved today: adds 3 points" in page


def test_the_transparency_record_holds_what_this_instance_does_and_names_what_is_missing(as_, settings):
    page = words(as_("governance")("record", "1"))
    assert "Still to be filled in by the authority:" in page and "Senior responsible owner" in page
    assert "Early help (Early help), every week" in page
    assert "social care with " in page and "Children Act 2004" in page
    settings.VCDB_TRANSPARENCY = {"senior_owner": "Director of Children’s Services"}
    assert "Director of Children’s Services" in words(as_("governance")("record", "1"))


def test_a_draft_can_be_put_away(author):
    assert author("drop", "2", go="1").status_code == 302
    assert "Dropped" in words(author("index"))


def test_a_version_that_is_not_there_is_not_found(as_):
    assert as_("governance")("scheme", "99").status_code == 404


BAND = {
    "label": "Blue", "definition": "Discussed weekly", "from_points": "10", "respond_within_hours": "48", "colour": "amber",
    "shape": "triangle",
}  # fmt: skip


def test_a_band_is_added_in_its_place_and_taken_out_again(author):
    assert author("new-band", "2", **BAND).status_code == 302
    bands = {band.code: band.rank for band in Scheme.objects.get(version="2").bands.all()}
    assert bands == {"none": 0, "green": 1, "amber": 2, "blue": 3, "red": 4, "purple": 5}
    assert "10 points" in words(author("scheme", "2"))
    assert author("band", "2", "blue", remove="1").status_code == 302
    assert not Scheme.objects.get(version="2").bands.filter(code="blue").exists()


def test_a_band_that_a_rule_needs_is_not_taken_out(author):
    response = author("band", "2", "amber", remove="1")
    assert response.status_code == 422 and "its floor amber is not a band" in words(response)
    assert author("band", "2", "none", remove="1").status_code == 422


def test_when_a_rating_is_not_given_is_set_and_read_back(author):
    assert author("sources", "2", unrated_after_days="28", unrated_up_to="").status_code == 422
    assert author("sources", "2", unrated_after_days="28", unrated_up_to="green").status_code == 302
    page = words(author("scheme", "2"))
    assert "Up to Green, a child is not rated once every source behind the rating is 28 days old" in page
    file = json.loads(author("export", "2").content)
    assert (file["unrated_after_days"], file["unrated_up_to"]) == (28, "green")
