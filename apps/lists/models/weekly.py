import builtins

from django.db import models

from apps.agencies.models import Agency
from apps.children.models import Child
from apps.core.privacy import privacy


class WeeklyList(models.Model):
    """One setting's list for one week: drafted, checked, released by a second person; frozen, and a correction is a new version."""

    class State(models.TextChoices):
        DRAFTED = "drafted", "Drafted"
        CHECKED = "checked", "Checked"
        RELEASED = "released", "Released"
        RECALLED = "recalled", "Recalled"

    setting = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="lists")
    week = models.DateField(help_text="Monday of the week")
    version = models.PositiveSmallIntegerField(default=1)
    as_at = models.DateTimeField(help_text="What was known at this moment")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFTED)
    drafted_by = models.BigIntegerField(null=True)
    checked_by = models.BigIntegerField(null=True)
    checked_at = models.DateTimeField(null=True)
    released_by = models.BigIntegerField(null=True)
    released_at = models.DateTimeField(null=True)
    recalled_by = models.BigIntegerField(null=True)
    recalled_at = models.DateTimeField(null=True)
    recall_reason = models.TextField(blank=True)
    compared_id = models.BigIntegerField(
        null=True, help_text="The list released before it, whose changes it marks"
    )
    correction = models.JSONField(
        default=dict, help_text="What differs from the version before: {added, removed, altered}"
    )
    entry_count = models.PositiveIntegerField(default=0)
    known_count = models.PositiveIntegerField(
        default=0, help_text="Entries with a rating or a service shared"
    )
    joined_count = models.PositiveIntegerField(default=0)
    left_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)

    PRIVACY = privacy(
        plain="setting week version as_at state drafted_by checked_by checked_at released_by released_at recalled_by recalled_at"
        " recall_reason compared_id correction entry_count known_count joined_count left_count changed_count"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "week", "version"], name="list_version_once")
        ]
        indexes = [models.Index(fields=["week"], name="list_week")]


class Entry(models.Model):
    """One child on one list, frozen: agencies correct spellings after the list is published."""

    class Mark(models.TextChoices):
        JOINED = "joined", "Joined list"
        UP = "up", "Rating up"
        DOWN = "down", "Rating down"
        CHANGED = "changed", "Services changed"
        SAME = "same", "No change"

    list = models.ForeignKey(WeeklyList, on_delete=models.PROTECT, related_name="entries")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="entries")
    public_id = models.UUIDField()
    surname = models.TextField(blank=True)
    forename = models.TextField(blank=True)
    known_as = models.TextField(blank=True)
    dob = models.DateField(null=True)
    year_group = models.CharField(max_length=4, blank=True)
    upn = models.CharField(max_length=20, blank=True)
    subsidiary = models.BooleanField(
        default=False, help_text="Dual registration or alternative provision: main list is elsewhere"
    )
    band = models.CharField(
        max_length=20, blank=True, help_text="Empty where the agreement does not let the setting see it"
    )
    previous_band = models.CharField(max_length=20, blank=True)
    mark = models.CharField(max_length=8, choices=Mark, default=Mark.SAME)
    services = models.JSONField(
        default=builtins.list, help_text="What the agreement shares: [{service, name, since, who, phone}]"
    )
    why = models.JSONField(
        default=builtins.list, help_text="Sentences of the contributions the setting may see"
    )
    last_seen_on = models.DateField(null=True)
    last_seen_by = models.TextField(blank=True)
    lead = models.TextField(blank=True)
    lead_phone = models.CharField(max_length=30, blank=True)
    began = models.JSONField(
        default=builtins.list, help_text="Names of services on it now and not on the list before"
    )
    ended = models.JSONField(
        default=builtins.list, help_text="Names of services on the list before and no longer on it"
    )
    asked = models.BooleanField(
        default=False, help_text="Whether the setting is asked to return something about the child"
    )
    corrected = models.BooleanField(default=False, help_text="New or different since the version before")

    PRIVACY = privacy(
        identifying="public_id surname forename known_as dob upn last_seen_by lead lead_phone",
        sensitive="year_group subsidiary band previous_band mark services why last_seen_on began ended asked",
        plain="list child corrected",
    )

    class Meta:
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["list", "child"], name="entry_once")]


class Departure(models.Model):
    """A child on the setting's list before who is not on this one, and the reason a school may be told (never a death)."""

    class Why(models.TextChoices):
        MOVED = "moved", "No longer on your roll"
        LEFT = "left", "No longer on the list"

    list = models.ForeignKey(WeeklyList, on_delete=models.PROTECT, related_name="departures")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="departures")
    surname = models.TextField(blank=True)
    forename = models.TextField(blank=True)
    why = models.CharField(max_length=8, choices=Why)

    PRIVACY = privacy(identifying="surname forename", sensitive="why", plain="list child")
