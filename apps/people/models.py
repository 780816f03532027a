from django.conf import settings
from django.db import models

from apps.agencies.models import Agency
from apps.core.privacy import privacy


class Professional(models.Model):
    """A worker named in extracts (worker id, name, team, phone); some of them are users."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="professionals")
    worker_id = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    job_title = models.CharField(max_length=120, blank=True)
    team = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="professional",
    )
    left_on = models.DateField(null=True, blank=True)

    PRIVACY = privacy(identifying="name email phone", plain="agency worker_id job_title team user left_on")

    def __str__(self) -> str:
        return self.worker_id
