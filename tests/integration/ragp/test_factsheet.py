"""The documented function of facts: one row a child, one column a fact, as at any day, and the same facts that ratings rest on."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from apps.core.clock import today
from apps.involvements.models import Involvement
from apps.matching.models import LinkVersion
from apps.ragp import factsheet
from apps.ragp.actions import assess
from tests.integration.ragp.facts import child, days_ago, involve, observe, rating

pytestmark = pytest.mark.django_db


def facts(children, on=None, known_at=None):
    """Rows by child, each a dictionary of its columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from ragp_facts(%s, %s, %s)", [[one.pk for one in children], on or today(), known_at]
        )
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {
        row["child_id"]: {k: json.loads(v) if isinstance(v, str) else v for k, v in row.items()}
        for row in rows
    }


def test_a_row_a_child_and_a_column_a_fact_with_source_and_day():
    one, other = child(), child()
    fact = involve(one, "early_help", days_ago(9))
    observe(one, "attendance", days_ago(20), 90)
    observe(one, "attendance", days_ago(5), 71.5)
    found = facts([one, other])
    assert set(found) == {one.pk, other.pk}
    assert found[one.pk]["early_help"] == {
        "open": True, "since": str(days_ago(9)), "feed": "facts", "kind": "I", "fact": fact.pk, "as_of": str(today()),
    }  # fmt: skip
    assert (found[one.pk]["attendance"]["value"], found[one.pk]["attendance"]["on"]) == (
        71.5,
        str(days_ago(5)),
    )
    assert found[one.pk]["camhs"] is None and found[other.pk]["early_help"] is None
    assert found[one.pk]["age"] == 10 or found[one.pk]["age"] == today().year - one.dob.year


def test_what_has_ended_is_told_and_what_is_open_goes_before():
    one = child()
    involve(one, "camhs", days_ago(90), days_ago(30))
    assert facts([one])[one.pk]["camhs"]["open"] is False
    involve(one, "camhs", days_ago(10))
    assert facts([one])[one.pk]["camhs"]["since"] == str(days_ago(10))
    assert facts([one], on=days_ago(40))[one.pk]["camhs"]["since"] == str(days_ago(90))


def test_as_known_at_an_earlier_moment():
    one = child()
    involve(one, "camhs", days_ago(90))
    long_ago = timezone.now() - timedelta(days=5)
    LinkVersion.objects.update(recorded_from=long_ago)
    Involvement.objects.update(recorded_from=timezone.now() - timedelta(days=2))
    assert facts([one], known_at=timezone.now() - timedelta(days=3))[one.pk]["camhs"] is None
    assert facts([one], known_at=timezone.now() - timedelta(days=1))[one.pk]["camhs"] is not None


def test_a_rating_rests_on_these_facts():
    one = child()
    involve(one, "child_protection", days_ago(40))
    involve(one, "child_protection", days_ago(4))
    involve(one, "early_help", days_ago(1))
    observe(one, "attendance", days_ago(3), 40)
    assess(by=None)
    sheet = facts([one])[one.pk]
    for reason in rating(one).contributions:
        subject = {"attendance_under_50": "attendance"}.get(reason["rule"], reason["rule"])
        assert (sheet[subject]["fact"], sheet[subject]["kind"], sheet[subject]["feed"]) == (
            reason["fact"], reason["kind"], reason["feed"],
        )  # fmt: skip


def test_the_reference_page_is_printed_from_the_catalogue():
    page = Path(settings.BASE_DIR) / "docs" / "reference" / "facts.md"
    assert page.read_text() == factsheet.document()


def test_the_web_is_shown_only_what_its_reader_may_see(world):
    ada, ben = world.child("ada"), world.child("ben")
    with connection.cursor() as cursor:
        cursor.execute("savepoint s")
        cursor.execute("select set_config('vcdb.user_id', %s, true)", [str(world.users["health"].pk)])
        cursor.execute("set local role vcdb_web")
        found = facts([ada, ben])
        cursor.execute("rollback to savepoint s")
    assert set(found) == {ben.pk}
    assert found[ben.pk]["camhs"]["open"] is True
