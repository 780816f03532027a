"""What every page's frame shows: the service's names, the navigation, who is signed in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """Names from the settings; `nav` and `role_label` as the access middleware set them on the request."""
    return {
        "council_name": getattr(settings, "COUNCIL_NAME", "Borough Council"),
        "service_name": getattr(settings, "SERVICE_NAME", "Vulnerable Children Database"),
        "help_phone": getattr(settings, "HELP_PHONE", ""),
        "help_hours": getattr(settings, "HELP_HOURS", ""),
        "hub_phone": getattr(settings, "HUB_PHONE", ""),
        "nav": getattr(request, "nav", []),
        "role_label": getattr(request, "role_label", ""),
        "can_search": getattr(request, "can_search", True),
        "session_seconds": settings.SESSION_COOKIE_AGE if settings.SESSION_SAVE_EVERY_REQUEST else 0,
    }
