"""Feeds of any shape: the feed itself, and the versions of the mapping its files are read by."""

from collections.abc import Mapping as Values
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from apps.agencies.models import Agency
from apps.audit.actions import record as audit
from apps.core.errors import Refused
from apps.extracts.mappings import faults
from apps.extracts.models import Extract, Feed, LearntValue, Mapping, State
from apps.extracts.recognise import plain

GENERIC = "generic"
IDS = ("upn", "nhs_number")


def mapping_of(extract: Extract) -> Mapping | None:
    """The version an extract is read with: its own, else the newest of its feed; None for other layouts and new feeds."""
    if extract.feed.layout != GENERIC:
        return None
    return extract.mapping or Mapping.objects.filter(feed=extract.feed_id).order_by("-version").first()


def code_of(title: str) -> str:
    """The code a new feed gets."""
    return slugify(title)[:40].replace("-", "_")


@transaction.atomic
def add_feed(*, title: str, agency: Agency, by: Any, **options: Any) -> Feed:
    """A new feed whose columns are mapped in a page; its code follows from its title."""
    code = code_of(title)
    if not code:
        raise Refused("Give the feed a title with letters in it.")
    if Feed.objects.filter(code=code).exists():
        raise Refused(
            "There is a feed of this title already. Choose it from the list, or give another title."
        )
    scheme = options.pop("id_scheme", "") or code
    feed = Feed.objects.create(
        code=code, title=title, agency=agency, layout=GENERIC, id_scheme=scheme, **options
    )
    audit("feed.add", by=by, agency=agency.pk, subject=f"feed:{feed.pk}", detail={"feed": feed.code})
    return feed


@transaction.atomic
def save_mapping(
    *,
    feed: Feed,
    columns: list[dict[str, Any]],
    by: Any,
    service: str = "",
    measure: str = "",
    extract: Extract | None = None,
) -> Mapping:
    """The next version of a feed's mapping, with what was answered about values remembered; ``extract`` is read with it.

    A version is never edited. Saving what the newest version says already gives that version back.
    """
    spec = {"columns": columns, "service": service, "measure": measure, "id_is": _id_is(feed)}
    if found := faults(spec):
        raise Refused(found[0].sentence)
    # Two officers who save at once get two versions, one after the other
    Feed.objects.select_for_update().get(pk=feed.pk)
    newest = Mapping.objects.filter(feed=feed).order_by("-version").first()
    if newest is None or newest.spec != spec:
        newest = _next(feed, spec, by)
    if extract is not None:
        _give(extract, newest)
    return newest


def _next(feed: Feed, spec: Values[str, Any], by: Any) -> Mapping:
    last = Mapping.objects.filter(feed=feed).aggregate(last=Max("version"))["last"] or 0
    saved = Mapping.objects.create(feed=feed, version=last + 1, spec=spec, saved_by=_id(by))
    _learn(feed, spec["columns"], by)
    audit(
        "mapping.save",
        by=by,
        agency=feed.agency_id,
        subject=f"feed:{feed.pk}",
        detail={"feed": feed.code, "version": saved.version},
    )
    return saved


def _learn(feed: Feed, columns: list[dict[str, Any]], by: Any) -> None:
    """What values mean, kept for the next version of this feed's mapping."""
    LearntValue.objects.bulk_create(
        [
            LearntValue(
                feed=feed,
                heading=plain(column["heading"])[:200],
                value=value,
                meaning=meaning,
                learnt_by=_id(by),
            )
            for column in columns
            for value, meaning in column.get("meanings", {}).items()
        ],
        update_conflicts=True,
        unique_fields=["feed", "heading", "value"],
        update_fields=["meaning", "learnt_by", "learnt_at"],
    )


def _give(extract: Extract, mapping: Mapping) -> None:
    given = Extract.objects.filter(pk=extract.pk, feed=mapping.feed_id, state=State.RECEIVED).update(
        mapping=mapping
    )
    if not given:
        raise Refused("This file is no longer waiting for its mapping. Send it again.")
    extract.mapping = mapping


def _id_is(feed: Feed) -> str:
    """The number a feed's ids are, where they are one that other agencies know a child by."""
    return feed.id_scheme if feed.id_scheme in IDS else ""


def _id(by: Any) -> int | None:
    return getattr(by, "pk", by) if not isinstance(by, str) else None
