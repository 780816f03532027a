"""Writes about which record belongs to which child."""

from datetime import datetime

from apps.core import sql
from apps.extracts.models import Extract


def plan_links(*, extract: Extract) -> None:
    """Answer *linked*, *new*, *question* or *nameless* for every planned record without a child, by the deterministic passes."""
    sql.run("matching", "plan_links", extract=extract.pk)


def apply_links(*, extract: Extract, at: datetime) -> None:
    """Carry out the link part of a plan: decisions, link versions and questions, stamped ``at``."""
    sql.run("matching", "apply_links", extract=extract.pk, at=at)
