"""What the values of a coded column can mean, and what is known of one before anybody answers."""

from apps.extracts import valuemaps
from apps.extracts.layouts.generic import KEEP, Column
from apps.involvements.catalogue import SERVICES

LEAVE_OUT = "-"


def meanings(column: Column) -> list[tuple[str, str]]:
    """What a value of a column can mean, as choices."""
    if column.field == "service":
        choices = [(service.code, service.name) for service in SERVICES.values()]
        return [("", "Choose"), *choices, (LEAVE_OUT, "No service: leave it out")]
    about = column.field if column.field in ("sex", "ethnicity") else column.heading
    choices = [(category, valuemaps.PREFIX.sub("", category)) for category in valuemaps.categories(about)]
    kept = [] if column.field in ("sex", "ethnicity") else [(KEEP, "Keep it as it is")]
    return [("", "Choose"), *choices, *kept, (LEAVE_OUT, "Nothing: leave it out")]


def meant(column: Column, value: str) -> str:
    """What a value is known to mean, from what was taught, the shipped maps or the services' own names."""
    taught = column.meanings
    if (said := taught.get(valuemaps.plain(value))) is not None:
        return said or LEAVE_OUT
    if column.field == "service":
        names = {
            valuemaps.plain(text): each.code for each in SERVICES.values() for text in (each.code, each.name)
        }
        return names.get(valuemaps.plain(value.replace("_", " ")), names.get(valuemaps.plain(value), ""))
    about = column.field if column.field in ("sex", "ethnicity") else column.heading
    return valuemaps.canonical(about, value) or ""
