"""Which children a person sees: the same reasons as row-level security, asked once more in every list and every page."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from apps.access.queries import agencies_of, opened_by, sees_borough


class ChildPolicy:
    """The one rule for lists and details of children."""

    @staticmethod
    def visible(user: Any, of: str = "", opened: Collection[int] | None = None) -> Q:
        """Own agencies' children, those opened by name, and the whole borough but for the restricted where the role says so.

        Who knows already which were opened by name need not have it asked again.
        """
        own = [agency.pk for agency in agencies_of(user)]
        reach = Q((f"{of}reach__overlap", own)) | Q(
            (f"{of}pk__in", opened_by(user) if opened is None else opened)
        )
        return reach | Q((f"{of}restricted", False)) if sees_borough(user) else reach
