from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.core.privacy import privacy


class Event(models.Model):
    """One write or one look: append-only by privilege and trigger, sealed in batches, without foreign keys."""

    at = models.DateTimeField(db_default=models.Func(function="clock_timestamp"))
    kind = models.CharField(max_length=60)
    by = models.BigIntegerField(null=True, help_text="User id; empty for the system itself")
    by_label = models.CharField(max_length=60, blank=True, help_text="Process name where there is no user")
    agency = models.BigIntegerField(null=True)
    children = ArrayField(models.BigIntegerField(), default=list, blank=True)
    subject = models.CharField(max_length=80, blank=True, help_text="Model and id the event is about")
    detail = models.JSONField(default=dict, blank=True)
    xid = models.BigIntegerField(db_default=models.Func(function="vcdb_current_xid"))

    PRIVACY = privacy(sensitive="kind children detail", plain="at by by_label agency subject xid")

    class Meta:
        indexes = [
            models.Index(fields=["kind", "at"]),
            models.Index(fields=["by", "at"]),
            models.Index(fields=["xid"], name="event_xid"),
        ]


class Seal(models.Model):
    """The events of the transactions from ``xid_from`` up to, not including, ``xid_to``, and the hash that chains them to the seal before.

    A batch is a range of transactions, not of ids: ids are given out before they commit, so a range of ids can still fill up.
    """

    sealed_at = models.DateTimeField(db_default=models.Func(function="clock_timestamp"))
    events = models.PositiveIntegerField()
    first_event = models.BigIntegerField(null=True)
    last_event = models.BigIntegerField(null=True)
    xid_from = models.BigIntegerField(unique=True)
    xid_to = models.BigIntegerField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    PRIVACY = privacy(plain="sealed_at events first_event last_event xid_from xid_to previous_hash hash")


class SearchTerms(models.Model):
    """The words of one search, kept apart from its event so that they can be erased."""

    event = models.BigIntegerField(unique=True)
    terms = models.JSONField()

    PRIVACY = privacy(identifying="terms", plain="event")
