"""Lets files arrive at a feed through the actions alone."""

from datetime import date
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.db import connection

from apps.core import clock
from apps.extracts import actions
from apps.extracts.models import Extract, Feed, StagedFact, StagedPerson

FIXTURES = Path(settings.BASE_DIR) / "tests" / "fixtures"
Content = bytes | str | Path


def files(**named: Content) -> list[tuple[str, BytesIO]]:
    """Files by name: ``header_csv=...`` is header.csv."""
    return [
        (name.replace("_csv", ".csv").replace("_xml", ".xml"), BytesIO(_bytes(c)))
        for name, c in named.items()
    ]


def folder(path: str | Path) -> list[tuple[str, BytesIO]]:
    """Every file of a folder of the project's own fixtures, or of a folder named in full."""
    return [(file.name, BytesIO(file.read_bytes())) for file in sorted((FIXTURES / path).iterdir())]


def load(
    code: str, sent: list[tuple[str, BytesIO]], *, known: str | None = None, as_of: date | None = None
) -> Extract:
    """Receive, stage and interpret."""
    extract = actions.receive(feed=Feed.objects.get(code=code), files=sent, as_of=as_of, by=None)
    actions.stage(extract=extract)
    actions.interpret(extract=extract, known=known)
    return extract


def commit(extract: Extract) -> str:
    """Count an extract as committed; answers the SQL of the bundles its feed then knows."""
    Extract.objects.filter(pk=extract.pk).update(state="committed", committed_at=clock.commit_moment())
    with connection.cursor() as cursor:
        cursor.execute(
            "select local_id, bundle_hash from extracts_bundle where extract_id = %s", [extract.pk]
        )
        known = ", ".join(f"('{local_id}', '{bundle}'::uuid)" for local_id, bundle in cursor.fetchall())
    return f"select * from (values {known}) as known (local_id, bundle_hash)"


def findings(extract: Extract) -> dict[str, int]:
    """Code to how many."""
    counts: dict[str, int] = {}
    for code in extract.findings.values_list("code", flat=True):
        counts[code] = counts.get(code, 0) + 1
    return counts


def people(extract: Extract) -> dict[str, StagedPerson]:
    """Local id to what was read of the person."""
    return {person.local_id: person for person in StagedPerson.objects.filter(extract=extract)}


def facts(extract: Extract, code: str, **fields: object) -> list[StagedFact]:
    """The facts of a code, by record and start."""
    return list(
        StagedFact.objects.filter(extract=extract, code=code, **fields).order_by(
            "local_id", "start_on", "key"
        )
    )


def rows(extract: Extract) -> int:
    """How many rows lie staged."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from extracts_row where extract_id = %s", [extract.pk])
        return int(cursor.fetchone()[0])


def _bytes(content: Content) -> bytes:
    if isinstance(content, Path):
        return content.read_bytes()
    return content.encode() if isinstance(content, str) else content
