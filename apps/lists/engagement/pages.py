"""The page of one setting: its weeks, and what was talked about."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from apps.agencies.models import SETTING_KINDS, Agency
from apps.core.clock import today
from apps.core.words import longday
from apps.lists import agreements
from apps.lists.counted import Counts, counts_of
from apps.lists.engagement import queries
from apps.lists.engagement.forms import TalkForm
from apps.lists.models import WeeklyList
from apps.lists.officer.queries import names
from apps.lists.presenters import ALL
from apps.lists.recipients import queries as recipients
from apps.lists.recipients.pages import Reader, reader
from apps.ragp.models import Band
from apps.ragp.queries import current_bands


class Week(NamedTuple):
    """One list of the setting."""

    listed: WeeklyList
    href: str
    bands: list[tuple[Band, int]]
    counts: Counts
    answers: int
    ended: bool


def bands_of(counted: Mapping[str, int], bands: Mapping[str, Band]) -> list[tuple[Band, int]]:
    """How many are in each band, the highest first."""
    ranked = sorted((band for code, band in bands.items() if counted.get(code)), key=lambda band: -band.rank)
    return [(band, counted[band.code]) for band in ranked]


def readers_of(setting: Agency) -> list[Reader]:
    """Who reads the setting's lists, or waits to be verified."""
    members = recipients.everyone_at([setting.pk])
    who = names([each.said_by for each in members])  # type: ignore[attr-defined]
    return [reader(each, who) for each in members]


def setting_page(setting: Agency, form: TalkForm) -> dict[str, Any]:
    """Everything the page shows: figures of children, no child."""
    lists = queries.weeks_of(setting)
    counted, bands = queries.bands_of(lists), current_bands()
    counts, answers = counts_of(lists), queries.answers_of(lists)
    out = [each.pk for each in lists if each.state == WeeklyList.State.RELEASED]
    ended = agreements.ended(out)
    talks = queries.conversations_of(setting)
    who = names([each.by for each in talks])
    planned = [each.next_on for each in talks if each.next_on and each.next_on >= today()]
    return {
        "setting": setting,
        "title": f"{setting.name}: working with the lists",
        "weeks": [
            Week(
                each,
                ALL.to("list", each),
                bands_of(counted.get(each.pk, {}), bands),
                counts[each.pk],
                answers.get(each.pk, 0),
                each.pk in ended,
            )
            for each in lists
        ],
        "talks": [(each, who.get(each.by, "Somebody")) for each in talks],
        "fresh": f"Next conversation {longday(min(planned))}" if planned else "No conversation is planned",
        "form": form,
        "readers": readers_of(setting) if setting.kind in SETTING_KINDS else None,
        "administrators": [each.user for each in recipients.administrators([setting.pk])],
    }
