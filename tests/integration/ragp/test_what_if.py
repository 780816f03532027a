"""A scheme is tried on everybody beside the ratings that stand; gone live, it does exactly what was shown."""

import json
from collections import Counter
from copy import deepcopy
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.core.clock import today
from apps.core.errors import Refused
from apps.involvements.models import Involvement
from apps.matching.models import LinkVersion
from apps.ragp.actions import ask_what_if, assess, what_if
from apps.ragp.install import approve, change, draft, drop, exported
from apps.ragp.models import Assessment, Scheme
from apps.ragp.queries import current_scheme
from tests.integration.ragp.facts import child, days_ago, involve, rating

pytestmark = pytest.mark.django_db
SERVICES = ("child_protection", "looked_after", "early_help", "camhs", "youth_justice", "ehcp")


def scheme_data(**points):
    """The shipped scheme with other points for some of its rules."""
    data = deepcopy(exported(current_scheme()))
    for rule in data["rules"]:
        rule["points"] = points.get(rule["code"], rule["points"])
    return data | {"title": "Another"}


@pytest.fixture
def author():
    return User.objects.create_user("author", "author@example.org")


@pytest.fixture
def second():
    return User.objects.create_user("second", "second@example.org")


def a_cohort(*children):
    found = []
    for services in children:
        one = child()
        for service in services:
            involve(one, service, days_ago(40))
        found.append(one)
    assess(by=None)
    return found


def tried(data, author=None):
    scheme = draft(data=data, by=author)
    return scheme, what_if(asked=ask_what_if(scheme=scheme, by=author))


def counted(matrix):
    return {(was, now): n for was, moves in matrix.items() for now, n in moves.items()}


def test_a_what_if_says_who_would_move_and_changes_nothing():
    calm, busy, unknown = a_cohort(["early_help"], ["child_protection", "camhs"], [])
    before = list(Assessment.objects.values())
    _, asked = tried(scheme_data(early_help=16))
    assert counted(asked.matrix) == {("green", "red"): 1, ("amber", "amber"): 1, ("none", "none"): 1}
    assert asked.children == 3
    assert list(asked.moves.values_list("child_id", "from_band", "to_band")) == [(calm.pk, "green", "red")]
    assert list(Assessment.objects.values()) == before
    assert {rating(busy).band, rating(calm).band} == {"amber", "green"} and rating(unknown) is None


def test_groups_count_each_child_once_and_say_up_and_down():
    a_cohort(["early_help"], ["early_help", "camhs"], ["child_protection"])
    _, asked = tried(scheme_data(early_help=16, child_protection=1))
    by = {(kind, value): rest for kind, value, *rest in asked.groups}
    assert by["Service", "early_help"] == [2, 2, 0]
    assert by["Service", "child_protection"] == [1, 0, 0]  # its floor holds
    assert by["Sex", ""] == [3, 2, 0]
    assert sum(rest[0] for (kind, _), rest in by.items() if kind == "Age") == 3
    assert by["Area", ""] == [3, 2, 0]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cohort=st.lists(st.sets(st.sampled_from(SERVICES)), min_size=1, max_size=6),
    points=st.dictionaries(st.sampled_from(SERVICES), st.integers(1, 30)),
)
def test_gone_live_a_scheme_makes_exactly_the_moves_that_were_shown(cohort, points):
    from django.db import transaction

    class Forgotten(Exception):
        pass

    try:
        with transaction.atomic():
            people = a_cohort(*cohort)
            before = {one.pk: getattr(rating(one), "band", "none") for one in people}
            scheme, asked = tried(scheme_data(**points))
            Scheme.objects.filter(pk=scheme.pk).update(state="approved", live_from=today())
            assess(by=None)
            after = {one.pk: getattr(rating(one), "band", "none") for one in people}
            assert counted(asked.matrix) == Counter((before[pk], after[pk]) for pk in before)
            assert {a.scheme_id for a in Assessment.objects.filter(superseded_at=None)} <= {scheme.pk}
            raise Forgotten
    except Forgotten:
        pass


def test_the_weeks_are_replayed_by_what_was_known_then():
    one = child()
    for service, days in (("early_help", 100), ("camhs", 20)):
        fact = involve(one, service, days_ago(days))
        known = timezone.now() - timedelta(days=days)
        Involvement.objects.filter(pk=fact.pk).update(recorded_from=known)
        LinkVersion.objects.filter(record=fact.record_id).update(recorded_from=known)
    _, asked = tried(scheme_data(camhs=10))
    assert len(asked.weeks) == 8
    assert sum(up for _, up, _ in asked.weeks) == 1
    [week] = [monday for monday, up, _ in asked.weeks if up]
    assert days_ago(20) <= today().fromisoformat(week) < days_ago(20) + timedelta(days=7)


def test_a_draft_is_approved_by_somebody_else_once_it_was_tried(author, second):
    scheme = draft(data=scheme_data(early_help=16), by=author)
    for by, said in ((author, "second person"), (second, "Try the draft")):
        with pytest.raises(Refused, match=said):
            approve(scheme=scheme, live_from=today(), reason="Agreed", by=by)
    what_if(asked=ask_what_if(scheme=scheme, by=author), weeks=0)
    change(scheme=scheme, data=scheme_data(early_help=17), by=author)
    with pytest.raises(Refused, match="since it was last changed"):
        approve(scheme=scheme, live_from=today(), reason="Agreed", by=second)
    what_if(asked=ask_what_if(scheme=scheme, by=author), weeks=0)
    with pytest.raises(Refused, match="rests on"):
        approve(scheme=scheme, live_from=today(), reason=" ", by=second)
    with pytest.raises(Refused, match="today or later"):
        approve(scheme=scheme, live_from=today() - timedelta(days=1), reason="Agreed", by=second)
    approve(scheme=scheme, live_from=today() + timedelta(days=1), reason="Agreed", by=second)
    assert current_scheme().version == "1"
    assert current_scheme(today() + timedelta(days=1)).pk == scheme.pk


def test_what_was_approved_or_dropped_is_never_changed(author):
    live = current_scheme()
    for act in (
        lambda: change(scheme=live, data=scheme_data(), by=author),
        lambda: drop(scheme=live, by=author),
    ):
        with pytest.raises(Refused):
            act()
    scheme = draft(data=scheme_data(), by=author)
    drop(scheme=scheme, by=author)
    with pytest.raises(Refused):
        change(scheme=scheme, data=scheme_data(), by=author)


def test_once_another_scheme_is_live_everybody_is_rated_by_it():
    calm, busy = a_cohort(["early_help"], ["child_protection", "camhs"])
    scheme = draft(data=scheme_data(early_help=16), by=None)
    Scheme.objects.filter(pk=scheme.pk).update(state="approved", live_from=today())
    assert assess(by=None)["changed"] == 1
    assert (rating(calm).band, rating(busy).band) == ("red", "amber")
    assert {rating(calm).scheme_id, rating(busy).scheme_id} == {scheme.pk}
    assert assess(by=None)["assessed"] == 0
    assert rating(calm).change.nature == "artefact" and "scheme" in rating(calm).change.why


def test_the_command_prints_the_matrix_and_keeps_nothing(tmp_path, capsys):
    a_cohort(["early_help"], ["child_protection"])
    path = tmp_path / "scheme.json"
    path.write_text(json.dumps(scheme_data(early_help=16)))
    call_command("whatif", str(path), "--json")
    said = json.loads(capsys.readouterr().out)
    assert said["matrix"] == {"green": {"red": 1}, "amber": {"amber": 1}}
    assert said["children"] == 2 and said["seconds"] >= 0
    assert Scheme.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "cannot be read as JSON"),
        ("[]", "list of bands"),
        ("{}", "list of bands"),
        (
            '{"bands": [{"code": "a", "label": "A", "colour": "red", "shape": "circle", "rank": "1", "from_points": "x"}], "rules": []}',
            "The band in line 1: from points must be a whole number",
        ),
    ],
)
def test_a_file_that_is_no_scheme_is_refused_with_a_sentence(tmp_path, content, said):
    path = tmp_path / "scheme.json"
    path.write_text(content)
    with pytest.raises(CommandError, match=said):
        call_command("whatif", str(path))


def test_a_scheme_travels_in_its_file_unchanged(author):
    scheme = draft(data=scheme_data(early_help=16), by=author)
    again = draft(data=exported(scheme), by=author)
    same = ("bands", "rules", "title")
    assert {k: exported(scheme)[k] for k in same} == {k: exported(again)[k] for k in same}
