"""The borough's second week does not come for two months, then does: what that alone moves is an artefact, what happened is real."""

from contextlib import ExitStack
from datetime import timedelta

import pytest

from apps.core.clock import behind, today, week_of
from apps.extracts.reference import install_reference
from apps.lists import actions as lists
from apps.pipeline import actions
from apps.pipeline.demo.files import write_borough
from apps.ragp.models import Change
from apps.triage.models import Item

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WEEKS = 9


def load(week):
    for feed in week.feeds:
        with ExitStack() as opened:
            files = [(path.name, opened.enter_context(path.open("rb"))) for path in week.files(feed)]
            summary = actions.load(feed, files, as_of=week.monday)
        assert summary["state"] in ("committed", "held") or summary["reason"].startswith("The same files"), (
            summary["reason"]
        )


def reasons(change):
    return {each["rule"] for each in change.gained + change.lost}


@pytest.fixture
def on_a_monday():
    """What was true in the second week, and what was in the first alone, lies a day apart: the later in the week, the less comes back."""
    since = today() - week_of(today())
    with behind(since):
        yield since


def test_a_file_that_is_late_and_then_comes_is_told_apart_from_what_happened(tmp_path, on_a_monday):
    install_reference(by=None)
    monday = today() - timedelta(weeks=WEEKS)
    written = write_borough(tmp_path, monday, children=400)
    with behind(on_a_monday + timedelta(weeks=WEEKS)):
        load(written.weeks[0])
        lists.publish(week=monday, by=None)
    assert not Item.objects.exists()

    actions.rate()
    lapsed = list(Change.objects.filter(item__isnull=False))
    assert lapsed, "nothing lapsed in two months: the test shows nothing"
    # a birthday is real; all else that two months without files change is not
    assert {each.nature for each in lapsed if each.lost and "late" in each.why} == {"artefact"}
    assert [each.why for each in lapsed if each.nature == "real" and each.after.band != "none"] == []

    before = Change.objects.latest("pk").pk
    load(written.weeks[1])
    came = list(Change.objects.filter(pk__gt=before))
    lost = {(each.child_id, reason["rule"]) for each in lapsed for reason in each.lost}
    back = [
        each for each in came if reasons(each) and {(each.child_id, rule) for rule in reasons(each)} <= lost
    ]
    assert back and {each.nature for each in back} == {"artefact"}
    news = [
        each for each in came if any((each.child_id, reason["rule"]) not in lost for reason in each.gained)
    ]
    assert news and {each.nature for each in news} == {"real"}
    opened = Item.objects.filter(change__in=back)
    assert opened.exists() and set(opened.values_list("nature", flat=True)) == {"artefact"}
