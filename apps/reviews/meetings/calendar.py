"""A meeting as a calendar file: when and where, and nothing of any child. Pure."""

from datetime import UTC, datetime, timedelta

from apps.core.clock import today


def ics(*, uid: str, name: str, place: str, begins: datetime, minutes: int, address: str) -> str:
    """The file, by RFC 5545: lines end with CRLF, times are UTC."""
    ends = begins + timedelta(minutes=minutes)
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Vulnerable Children Database//Meetings//EN", "METHOD:PUBLISH", "BEGIN:VEVENT",
        f"UID:{uid}@vcdb", f"DTSTAMP:{today():%Y%m%d}T000000Z", f"DTSTART:{_stamp(begins)}", f"DTEND:{_stamp(ends)}",
        f"SUMMARY:{_words(name)}", f"LOCATION:{_words(place)}", f"URL:{address}", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "\r\n".join(map(_folded, lines)) + "\r\n"


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _words(text: str) -> str:
    for char in ("\\", ";", ","):
        text = text.replace(char, f"\\{char}")
    return " ".join(text.split())


def _folded(line: str) -> str:
    """No line is longer than 75 bytes; what is over goes on the next, after a space."""
    parts, part = [], ""
    for char in line:
        if len((part + char).encode()) > 74:
            parts.append(part)
            part = ""
        part += char
    return "\r\n ".join([*parts, part])
