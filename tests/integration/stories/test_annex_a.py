"""The Annex A workbook has ids and no names: each child is the one social care named, or nobody yet."""

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter

from apps.children.models import SourceRecord
from apps.extracts.layouts.annex_a import MODULES
from apps.involvements.models import Involvement, Sighting
from tests.integration.stories import telling
from tests.integration.stories.telling import child_of, send_files, the

pytestmark = pytest.mark.usefixtures("ground")

PLAN = {
    "Child Unique ID": "L1", "Gender": "b) Female", "Date of Birth": telling.BORN,
    "Child Protection Plan Start Date": "01/02/2026", "Latest Category of Abuse": "b) Physical Abuse",
    "Date of the Last Statutory Visit": "03/03/2026", "Was the Child Seen Alone?": "a) Yes",
}  # fmt: skip


def workbook(**rows):
    """A workbook of every list, with the rows of those that are named."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for module in MODULES:
            sheet = book.add_worksheet(module.code.replace("_", " ").title())
            headings = [accepted[0] for accepted in module.headings.values()]
            sheet.write_row(0, 0, headings)
            for number, row in enumerate(rows.get(module.code, ()), 1):
                sheet.write_row(number, 0, [row.get(heading, "") for heading in headings])
    return {"Annex_A.xlsx": content.getvalue()}


def current(service):
    return Involvement.objects.filter(recorded_to=None, service=service)


def test_a_plan_of_annex_a_is_the_named_childs_and_the_visit_a_sighting(ground):
    summary = send_files(
        "annex_a", workbook(list_7=[PLAN], list_11=[{"Individual adopter identifier": "99"}])
    )
    assert (summary["state"], summary["rows"], summary["accepted"], summary["rejected"]) == (
        "committed",
        2,
        1,
        1,
    )
    assert summary["findings"] == {"ADULTS": 1}
    plan = current("child_protection").get()
    assert plan.record == SourceRecord.objects.get(id_scheme="la_child_id", local_id="L1")
    assert (plan.record.child, plan.start_on, plan.content.category) == (the("Ada"), date(2026, 2, 1), "PHY")
    assert Sighting.objects.filter(record=plan.record, seen_on=date(2026, 3, 3)).exists()
    assert not SourceRecord.objects.filter(local_id="99").exists()


def test_a_child_nobody_has_named_is_provisional(ground):
    send_files("annex_a", workbook(list_7=[{**PLAN, "Child Unique ID": "L77"}]))
    assert child_of("la_child_id", "L77").provisional
