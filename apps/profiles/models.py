from django.db import models
from django.db.models.functions import Now

from apps.children.models import Child
from apps.core.privacy import privacy


class LastLook(models.Model):
    """When a person last opened a child's page, so that the page can say what has changed since; looks within an hour are one visit."""

    user_id = models.BigIntegerField()
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())
    before = models.DateTimeField(null=True, help_text="The visit before this one")

    PRIVACY = privacy(plain="user_id child at before")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_id", "child"], name="last_look_once")]
