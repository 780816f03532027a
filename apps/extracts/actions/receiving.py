"""Taking files in: stored as they came, known by their content, refused where they are no new extract."""

import hashlib
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from apps.audit.actions import record as audit
from apps.core import clock
from apps.core.errors import Refused
from apps.extracts.models import Extract, Feed, State, Via
from apps.extracts.sealed import Sealed

CHUNK = 1 << 20
MOST_BYTES = 1 << 30
MOST_FILES = 50

Files = Sequence[tuple[str, BinaryIO]]


def receive(
    *,
    feed: Feed,
    files: Files,
    as_of: date | None = None,
    by: Any,
    via: str = Via.PAGE,
    delivery: str | None = None,
) -> Extract:
    """Store the files of a new extract; a refusal is kept as an extract too and raised with its sentence.

    A ``delivery`` names what was sent, so that a sender who tries again after a fall makes no second extract.
    """
    extract = _begin(feed, as_of, by, via, delivery)
    try:
        with transaction.atomic():
            _check_dates(extract)
            _store(extract, files)
            _check_new(extract)
            extract.save(update_fields=["files", "sha256"])
            audit(
                "extract.receive",
                by=by,
                agency=feed.agency_id,
                subject=f"extract:{extract.pk}",
                detail={"feed": feed.code},
            )
    except Refused as refusal:
        refuse(extract=extract, reason=str(refusal), by=by)
        raise
    return extract


@transaction.atomic
def turn_away(*, feed: Feed, reason: str, by: Any, via: str, delivery: str | None = None) -> Extract:
    """Keep as a refused extract what was sent in a shape that is not even stored."""
    extract = _begin(feed, None, by, via, delivery)
    refuse(extract=extract, reason=reason, by=by)
    return extract


@transaction.atomic
def refuse(*, extract: Extract, reason: str, by: Any) -> None:
    """Keep why an extract was not taken; its files go, nothing else is touched."""
    extract.state, extract.reason = State.REFUSED, reason
    Extract.objects.filter(pk=extract.pk).update(state=State.REFUSED, reason=reason, sha256=extract.sha256)
    shutil.rmtree(folder_of(extract), ignore_errors=True)
    audit(
        "extract.refused",
        by=by,
        agency=extract.feed.agency_id,
        subject=f"extract:{extract.pk}",
        detail={"feed": extract.feed.code},
    )


def printable(name: str) -> str:
    """A file's name as it can be kept and shown: no folders, nothing that cannot be printed."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[:120]


def folder_of(extract: Extract) -> Path:
    """Where the files of an extract lie."""
    return Path(settings.VCDB_DATA) / "extracts" / str(extract.pk)


def stored_files(extract: Extract) -> list[tuple[str, Sealed]]:
    """Each file's name as it was sent, and the file as it is stored."""
    return [(entry["name"], sealed(extract, entry["stored"])) for entry in extract.files]


def sealed(extract: Extract, stored: str) -> Sealed:
    """A stored file of an extract, which opens as that and as nothing else."""
    return Sealed(folder_of(extract) / stored, f"extract {extract.pk} {stored}", settings.VCDB_FILE_KEYS)


def _begin(feed: Feed, as_of: date | None, by: Any, via: str, delivery: str | None) -> Extract:
    return Extract.objects.create(
        feed=feed,
        as_of=as_of or clock.today(),
        sha256="",
        received_by=_id(by),
        via=via,
        delivery=delivery,
    )


def _id(by: Any) -> int | None:
    return getattr(by, "pk", by) if not isinstance(by, str) else None


def _store(extract: Extract, files: Files) -> None:
    """Write the files under names of our own, encrypted, readable by this service alone."""
    if not files:
        raise Refused("No file was sent. Choose the files of this extract and send them again.")
    if len(files) > MOST_FILES:
        raise Refused(f"More than {MOST_FILES} files were sent at once. Send the files of one extract only.")
    folder = folder_of(extract)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    digests, room = [], MOST_BYTES
    for number, (name, file) in enumerate(files):
        shown, stored = printable(name) or f"file {number + 1}", f"{number}.bin"
        digest, size = _write(file, sealed(extract, stored), room, shown)
        room -= size
        digests.append(digest)
        extract.files.append({"stored": stored, "name": shown, "size": size})
    extract.sha256 = hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()


def _write(file: BinaryIO, into: Sealed, room: int, name: str) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with into.create() as out:
        while chunk := file.read(CHUNK):
            size += len(chunk)
            if size > room:
                raise Refused(
                    f"{name} takes the extract over one gigabyte. Send the files of one extract only."
                )
            digest.update(chunk)
            out.write(chunk)
    if not size:
        raise Refused(f"{name} is empty. Run the export again and send the new file.")
    return digest.hexdigest(), size


def _check_dates(extract: Extract) -> None:
    if extract.as_of > clock.today():
        raise Refused("The as-of date is in the future. Give the date the extract was taken.")


def _check_new(extract: Extract) -> None:
    """The same files as of the same day bring nothing; as of a later day a person is asked, see ``pipeline.holding``."""
    if same := _committed(extract).filter(sha256=extract.sha256, as_of__gte=extract.as_of).first():
        raise Refused(
            f"The same files were already loaded as of {same.as_of:%d/%m/%Y}. Run the export again and send the new files; "
            "nothing was changed."
        )


def _committed(extract: Extract) -> QuerySet[Extract]:
    return Extract.objects.filter(feed=extract.feed_id, state=State.COMMITTED)
