"""Findings that a later step adds about the whole extract or one record."""

from apps.extracts.models import Extract, Finding, Severity


def add_finding(
    *, extract: Extract, code: str, message: str, severity: str = Severity.WARNING, local_id: str = ""
) -> Finding:
    """Note something about an extract that no single row shows; the message must not repeat a person's data."""
    return Finding.objects.create(
        extract=extract, code=code, message=message, severity=severity, local_id=local_id
    )
