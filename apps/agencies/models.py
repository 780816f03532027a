from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from apps.core.privacy import privacy


class Kind(models.TextChoices):
    SERVICE = "service", "Council service"
    HEALTH = "health", "Health service"
    SCHOOL = "school", "School or college"
    EARLY_YEARS = "early_years", "Early years setting"
    TRUST = "trust", "Academy trust"
    CARE = "care", "Children's home or care provider"
    GP = "gp", "GP practice"


SETTING_KINDS = (Kind.SCHOOL, Kind.EARLY_YEARS)


class Agency(models.Model):
    """An organisation or team that holds records, receives lists or has users; a setting is a school or early years one."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    phase = models.CharField(max_length=40, blank=True)
    urn = models.CharField("URN", max_length=10, null=True, blank=True, unique=True)
    laestab = models.CharField("LAEstab", max_length=10, blank=True, db_index=True)
    phone = models.CharField(max_length=30, blank=True)
    safeguarding_lead = models.CharField(max_length=120, blank=True)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    trust = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="schools")
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    PRIVACY = privacy(
        identifying="safeguarding_lead",
        plain="code name kind phase urn laestab phone address postcode trust opened_on closed_on",
    )

    class Meta:
        verbose_name_plural = "agencies"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SettingLink(models.Model):
    """A predecessor or successor of a setting (GIAS links): old URNs go on arriving in extracts for years."""

    setting = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="links")
    linked_urn = models.CharField(max_length=10, db_index=True)
    link_type = models.CharField(max_length=60)
    established_on = models.DateField(null=True, blank=True)

    PRIVACY = privacy(plain="setting linked_urn link_type established_on")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["setting", "linked_urn", "link_type"], name="setting_link_once")
        ]


class SettingAlias(models.Model):
    """A code some feed uses for a setting; without an agency it is a question, asked once and remembered."""

    scheme = models.CharField(max_length=40, help_text="Feed code the spelling belongs to")
    code = models.CharField(max_length=200)
    setting = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="aliases"
    )
    first_seen_extract = models.BigIntegerField(null=True, blank=True)
    answered_by = models.BigIntegerField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    PRIVACY = privacy(plain="scheme code setting first_seen_extract answered_by answered_at")

    class Meta:
        verbose_name_plural = "setting aliases"
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="setting_alias_once")]


class Ward(models.Model):
    """The ward a postcode lies in; where no list names a postcode, figures by area fall back on its sector."""

    postcode = models.CharField(max_length=8, primary_key=True, help_text="Without its space: TS181AA")
    code = models.CharField(max_length=12, blank=True, help_text="ONS code, as E05014000")
    name = models.CharField(max_length=80)

    PRIVACY = privacy(plain="postcode code name")


class Level(models.TextChoices):
    EXISTENCE = "existence", "That the child is known, since when and who to phone"
    CONTENT = "content", "Also the worker, plan, category and reason"


class SharingAgreement(models.Model):
    """Lets a recipient see the existence or the content of a provider's services between two dates."""

    provider = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements_given")
    recipient = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements_held"
    )
    recipient_kind = models.CharField(
        max_length=20, choices=Kind, blank=True, help_text="Instead of one recipient: all of a kind"
    )
    services = ArrayField(
        models.CharField(max_length=40), help_text="Service codes, or * for all of the provider's"
    )
    level = models.CharField(max_length=10, choices=Level)
    shows_rating = models.BooleanField(default=False, help_text="Whether the recipient sees the rating band")
    reference = models.CharField(max_length=80, blank=True)
    legal_basis = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True, help_text="Last day it holds")

    PRIVACY = privacy(
        plain="provider recipient recipient_kind services level shows_rating reference legal_basis valid_from valid_until"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, recipient_kind="")
                | (Q(recipient__isnull=True) & ~Q(recipient_kind="")),
                name="agreement_one_recipient",
            )
        ]
