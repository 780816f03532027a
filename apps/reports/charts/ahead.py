"""Drawing a frozen week before its first reader comes, who would wait some seconds for it."""

from apps.reports.charts.of_section import drawn
from apps.reports.charts.of_weeks import Weeks
from apps.reports.models import Report
from apps.reports.pages import termly, whole_or_not
from apps.reports.sections import sections


def ahead(report: Report) -> int:
    """Everything drawn of a week, as each kind of reader is told it; answers with how many drawings there are."""
    readings = [whole_or_not(report, True), whole_or_not(report, False), termly(report)[1]]
    weeks = [Weeks(reading) for reading in readings]
    found = [each.drawing for reading in readings for each in drawn(sections(reading))]
    found += [each.drawing for each in weeks] + [line.drawing for each in weeks for line in each.lines]
    return sum(bool(each.page and each.paper) for each in found if each)
