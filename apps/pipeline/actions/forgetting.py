"""Files and rows whose days are over are deleted, each extract with an event of its own. Running it again finds nothing."""

import logging
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import time

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from apps.audit.actions import record as audit
from apps.core import sql
from apps.extracts import actions as extracts
from apps.extracts.actions.receiving import folder_of
from apps.extracts.models import Extract, Feed, State
from apps.pipeline.inbox import folder as inbox
from apps.pipeline.keeping import files_until, is_over, rows_until
from apps.pipeline.models import Answer, Run

log = logging.getLogger(__name__)

BY = "retention"
ANSWERS_DAYS = 30
#: Of what lies in the watched folder for no feed.
INBOX_DAYS = 30
DAY_SECONDS = 86_400
LOCK_SECONDS = 10
UNDER_WAY = (Run.State.WAITING, Run.State.RUNNING)
TOO_OLD = "Nobody decided about this file while its rows were kept, so it was cancelled. Send it again if it is still wanted."
PARTITIONS = """
    select substring(relname from 'extracts_row_(\\d+)$')::bigint from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and relname ~ '^extracts_row_\\d+$'
"""


def forget() -> dict[str, int]:
    """Delete what is kept no longer; return how many extracts lost their rows and their files, and what else went."""
    done = {"rows": 0, "files": 0}
    for pk in _with_rows():
        done["rows"] += _try(_forget_rows, pk)
    for pk in _with_files():
        done["files"] += _try(_forget_files, pk)
    return done | _forget_the_rest()


def _try(forget_one, pk: int) -> bool:  # type: ignore[no-untyped-def]
    """One that cannot go now, because somebody reads it or the disk refuses, goes another night and holds up no other."""
    try:
        with transaction.atomic():
            return bool(forget_one(pk))
    except (OperationalError, OSError) as error:
        log.warning("an extract was not forgotten", extra={"extract": pk, "kind": type(error).__name__})
        return False


def _forget_rows(pk: int) -> bool:
    extract = _idle(pk)
    if extract is None or not is_over(extract, rows_until(extract)):
        return False
    with connection.cursor() as cursor:
        # dropping a partition waits for every reader of staged rows, and every later one would wait behind it
        cursor.execute("select set_config('lock_timeout', %s, true)", [f"{LOCK_SECONDS}s"])
    extracts.discard(extract=extract)
    sql.run("pipeline", "forget_extract", extract=pk)
    waited = extract.state in (State.PREVIEWED, State.HELD)
    if waited:
        extract.state, extract.reason = State.CANCELLED, TOO_OLD
        extract.save(update_fields=["state", "reason"])
    _tell("extract.forget_rows", extract, rows=extract.rows, cancelled=int(waited))
    return True


def _forget_files(pk: int) -> bool:
    extract = _idle(pk)
    if extract is None or not is_over(extract, files_until(extract)):
        return False
    _tell("extract.forget_files", extract, files=len(extract.files))
    shutil.rmtree(folder_of(extract))
    return True


def _idle(pk: int) -> Extract | None:
    """The extract, locked, unless somebody works on it."""
    found = Extract.objects.select_for_update(of=("self",)).select_related("feed").filter(pk=pk).first()
    return None if found is None or found.runs.filter(state__in=UNDER_WAY).exists() else found


def _with_rows() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(PARTITIONS)
        return sorted(pk for (pk,) in cursor.fetchall())


def _with_files() -> list[int]:
    root = Path(settings.VCDB_DATA) / "extracts"
    return sorted(int(each.name) for each in root.iterdir() if each.name.isdigit()) if root.is_dir() else []


@transaction.atomic
def _forget_the_rest() -> dict[str, int]:
    """What belongs to no extract that is kept: whose row a finding was, answers of the API, files put away in the watched folder."""
    old = timezone.now() - timedelta(days=ANSWERS_DAYS)
    done = {
        "findings": sql.run("pipeline", "forget_findings"),
        "answers": Answer.objects.filter(at__lt=old).delete()[0],
        "strays": _forget_strays(),
        "inbox": sum(_forget_put_away(path, days) for path, days in _shelves()),
    }
    if any(done.values()):
        audit("retention.done", by=BY, detail=done)
    return done


def _forget_strays() -> int:
    """Files of an extract that was never saved: their worker or their request fell."""
    kept = Extract.objects.in_bulk(_with_files())
    gone = [pk for pk in _with_files() if pk not in kept]
    return sum(_delete_if_older(folder_of(Extract(pk=pk)), days=1) for pk in gone)


def _shelves() -> Iterator[tuple[Path, int]]:
    if settings.VCDB_INBOX and settings.VCDB_INBOX.is_dir():
        days = dict(Feed.objects.values_list("code", "keep_files_days"))
        for place in inbox.places(settings.VCDB_INBOX):
            for name in (inbox.ARCHIVE, inbox.REFUSED):
                shelf = place.path / name
                if shelf.is_dir() and not shelf.is_symlink():
                    yield shelf, days.get(place.feed, INBOX_DAYS)


def _forget_put_away(shelf: Path, days: int) -> int:
    return sum(_delete_if_older(entry, days=days) for entry in list(shelf.iterdir()))


def _delete_if_older(path: Path, *, days: int) -> bool:
    """By the moment it was put there, which a file's own date does not tell; a link goes, never what it leads to."""
    if path.lstat().st_ctime > time() - days * DAY_SECONDS:
        return False
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
    return True


def _tell(kind: str, extract: Extract, **counts: int) -> None:
    audit(
        kind,
        by=BY,
        agency=extract.feed.agency_id,
        subject=f"extract:{extract.pk}",
        detail={"feed": extract.feed.code, **counts},
    )
