"""The life of a scheme: shipped or drafted, tried on everybody, approved by somebody else, live from a day on, never edited again."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.actions import record
from apps.core.clock import today
from apps.core.errors import Refused
from apps.core.words import day
from apps.ragp.drafting import BAND, RULE, problems
from apps.ragp.models import Band, Rule, Scheme
from apps.ragp.shapes import TITLE, misshapen

NO_SCHEME = "This is not a rating scheme: it needs a title, a list of bands and a list of rules, as a scheme’s page exports them."
UNFIT = "As it stands this is not a rating scheme that can be kept."
UNRATED = ("unrated_after_days", "unrated_up_to")
SHIPPED = Path(__file__).parent / "schemes" / "scheme-1.json"


def read_scheme(path: Path = SHIPPED) -> dict[str, Any]:
    """The scheme a file describes; raise Refused with all that is wrong with it."""
    try:
        scheme: dict[str, Any] = json.loads(path.read_text())
    except OSError as error:
        raise Refused(f"{path.name} could not be opened: {error.strerror}.") from error
    except ValueError as error:
        raise Refused(f"{path.name} is not a scheme: it cannot be read as JSON.") from error
    if "title" not in checked(scheme):
        raise Refused(NO_SCHEME)
    return scheme


def checked(scheme: Any) -> dict[str, Any]:
    """A scheme without fault; raise Refused with a sentence for each."""
    if not isinstance(scheme, dict):
        raise Refused(NO_SCHEME)
    parts: list[Any] = [scheme.get(part) for part in ("bands", "rules")]
    if not all(isinstance(part, list) and all(isinstance(row, dict) for row in part) for part in parts):
        raise Refused(NO_SCHEME)
    try:
        found = problems(scheme)
    except TypeError as error:  # a word where a number belongs
        raise Refused(NO_SCHEME) from error
    if found:
        raise Refused(" ".join([*([UNFIT] if misshapen(*parts) else []), *found]))
    if "title" in scheme and not TITLE.fits(scheme["title"]):
        raise Refused(f"The title must be {TITLE.must}.")
    return scheme


@transaction.atomic
def install_scheme(*, by: Any = None, path: Path = SHIPPED) -> Scheme:
    """Install a scheme once; one that is there already is left as it is, because ratings rest on it."""
    data = read_scheme(path)
    there = Scheme.objects.filter(version=data["version"]).first()
    if there:
        return there
    scheme = Scheme.objects.create(
        version=data["version"], title=data["title"], live_from=data["live_from"], **_unrated(data)
    )
    _fill(scheme, data)
    record("ragp.install", by=by, subject=f"scheme:{scheme.version}")
    return scheme


@transaction.atomic
def draft(*, data: dict[str, Any], by: User | None) -> Scheme:
    """Begin a draft; its version is the next number."""
    checked(data)
    numbers = [
        int(version) for version in Scheme.objects.values_list("version", flat=True) if version.isdigit()
    ]
    scheme = Scheme.objects.create(
        version=str(max(numbers, default=0) + 1), title=data["title"], state=Scheme.State.DRAFT,
        written_by=by.pk if by else None, authors=[by.pk] if by else [], changed_at=timezone.now(), **_unrated(data),
    )  # fmt: skip
    _fill(scheme, data)
    record("scheme.draft", by=by, subject=f"scheme:{scheme.version}")
    return scheme


@transaction.atomic
def change(*, scheme: Scheme, data: dict[str, Any], by: User | None) -> Scheme:
    """Put other bands and rules into a draft; Refused once it is approved, or with what is wrong with them."""
    scheme = _locked(scheme)
    if scheme.state != Scheme.State.DRAFT:
        raise Refused(
            "A scheme that was approved is never changed: ratings rest on it. Draft a new one from it."
        )
    checked(data)
    scheme.rules.all().delete()
    scheme.bands.all().delete()
    _fill(scheme, data)
    authors = {*scheme.authors, scheme.written_by, by.pk if by else None}
    scheme.title, scheme.written_by, scheme.changed_at = data["title"], by.pk if by else None, timezone.now()
    scheme.authors = sorted(each for each in authors if each)
    for field, value in _unrated(data).items():
        setattr(scheme, field, value)
    scheme.save(update_fields=["title", "written_by", "authors", "changed_at", *UNRATED])
    record("scheme.change", by=by, subject=f"scheme:{scheme.version}")
    return scheme


@transaction.atomic
def approve(*, scheme: Scheme, live_from: date, reason: str, by: User, seen: str = "") -> Scheme:
    """Let a draft go live on a day; Refused for who wrote any of it, without a reason, or before it was tried as it stands.

    ``seen`` is the mark of the draft as a page has shown it: one that was changed since is not approved unseen.
    """
    scheme = _locked(scheme)
    if scheme.state != Scheme.State.DRAFT:
        raise Refused("Only a draft can be approved.")
    if by.pk in (scheme.written_by, *scheme.authors):
        raise Refused("You wrote this draft, or part of it: a second person approves it.")
    if seen and seen != mark(scheme):
        raise Refused("This draft was changed since you opened it. Read it again before you approve it.")
    if not reason.strip():
        raise Refused("Say what the approval rests on: it is kept with the scheme.")
    if live_from < today():
        raise Refused(
            "A scheme goes live today or later: ratings that stand are not worked out again backwards."
        )
    if Scheme.objects.filter(state=Scheme.State.APPROVED, live_from__gte=live_from).exists():
        raise Refused(f"Another scheme is approved from {day(live_from)} or later. Choose a later day.")
    if not tried(scheme):
        raise Refused("Try the draft on everybody first: it has not been tried since it was last changed.")
    scheme.state, scheme.live_from, scheme.reason = Scheme.State.APPROVED, live_from, reason.strip()
    scheme.approved_by, scheme.approved_at = by.pk, timezone.now()
    # what is watched now goes on being watched
    scheme.watched_from = (
        Scheme.objects.filter(watched_from__isnull=False)
        .order_by("-live_from")
        .values_list("watched_from", flat=True)
        .first()
    )
    scheme.save()
    record("scheme.approve", by=by, subject=f"scheme:{scheme.version}", detail={"live_from": str(live_from)})
    return scheme


@transaction.atomic
def drop(*, scheme: Scheme, by: User) -> None:
    """Put a draft away; it is kept to be read."""
    scheme = _locked(scheme)
    if scheme.state != Scheme.State.DRAFT:
        raise Refused("Only a draft can be dropped.")
    scheme.state = Scheme.State.DROPPED
    scheme.save(update_fields=["state"])
    record("scheme.drop", by=by, subject=f"scheme:{scheme.version}")


def mark(scheme: Scheme) -> str:
    """Which wording of a draft somebody has before them."""
    return scheme.changed_at.isoformat() if scheme.changed_at else ""


def tried(scheme: Scheme) -> bool:
    """Whether a draft was tried on everybody since it was last changed."""
    return scheme.what_ifs.filter(done_at__isnull=False, asked_at__gte=scheme.changed_at).exists()


def exported(scheme: Scheme) -> dict[str, Any]:
    """The scheme as the one file that installs it again."""
    return {
        "version": scheme.version,
        "title": scheme.title,
        "live_from": scheme.live_from and scheme.live_from.isoformat(),
        **{field: getattr(scheme, field) for field in UNRATED if getattr(scheme, field)},
        "bands": [{field: getattr(band, field) for field in BAND} for band in scheme.bands.order_by("-rank")],
        "rules": [_rule(rule) for rule in scheme.rules.order_by("-points", "sentence")],
    }


def _unrated(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "unrated_after_days": data.get("unrated_after_days"),
        "unrated_up_to": data.get("unrated_up_to") or "",
    }


def _rule(rule: Rule) -> dict[str, Any]:
    found = {field: getattr(rule, field) for field in RULE}
    for field in ("below", "at_least"):
        if found[field] is not None:
            found[field] = float(found[field])
    return {field: value for field, value in found.items() if value not in (None, "", [])}


def _fill(scheme: Scheme, data: dict[str, Any]) -> None:
    Band.objects.bulk_create(Band(scheme=scheme, **_kept(band, BAND)) for band in data["bands"])
    Rule.objects.bulk_create(Rule(scheme=scheme, **_kept(rule, RULE)) for rule in data["rules"])


def _kept(row: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    """What is said; a null in a file is a field that is left out."""
    return {field: row[field] for field in fields if row.get(field) is not None}


def _locked(scheme: Scheme) -> Scheme:
    return Scheme.objects.select_for_update().get(pk=scheme.pk)
