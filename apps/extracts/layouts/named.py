"""An id for a child who comes without a number: made of who they are, so that the same child gets the same one."""

from hashlib import md5

from apps.core import values


def named_id(surname: str, forename: str, dob: str, within: str = "") -> str:
    """A short hash of names and birth date, however written; empty where one of them is missing.

    ``within`` keeps two namesakes of different places apart.
    """
    day = values.parse_date(dob[:40])
    keys = (values.name_key(surname), values.name_key(forename), day.isoformat() if day else "")
    if not all(keys):
        return ""
    return "n-" + md5("|".join((within, *keys)).encode(), usedforsecurity=False).hexdigest()[:16]
