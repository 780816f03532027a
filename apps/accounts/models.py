from django.contrib.auth.models import AbstractUser
from django.db import models

from apps.core.privacy import privacy


class User(AbstractUser):
    """A person who signs in. What they may do and see is in ``access``."""

    email = models.EmailField("email address", unique=True)
    job_title = models.CharField(max_length=120, blank=True)
    last_look = models.DateTimeField(null=True, blank=True, help_text="When the home page was last opened")

    PRIVACY = privacy(
        identifying="username first_name last_name email",
        plain="password last_login is_superuser is_staff is_active date_joined groups user_permissions job_title last_look",
    )

    @property
    def display_name(self) -> str:
        """Full name, or the user name where none is recorded."""
        return self.get_full_name() or self.username
