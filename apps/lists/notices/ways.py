"""The ways an e-mail leaves: GOV.UK Notify, the mail server (or the console in a trial), or files in a folder."""

import json
import uuid
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.mail import send_mail
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from apps.core.errors import Refused

SUBJECT = {
    "ready": "a list is ready",
    "reminder": "a list has not been opened",
    "verify": "please say who reads your lists",
}
TEXT = {
    "ready": "A weekly list is ready for you in {service}.\n\nSign in to open it: {address}\n\n"
    "This e-mail says nothing else. Please do not answer it.\n",
    "reminder": "A weekly list waits for you in {service}, and nobody at your setting has opened it yet.\n\n"
    "Sign in to open it: {address}\n\n"
    "This e-mail says nothing else. Please do not answer it.\n",
    "verify": "In {service} it is for you to say, each term, who reads the weekly lists of your setting. Somebody waits for that, or the"
    " term is nearly over.\n\nSign in to do it: {address}\n\n"
    "This e-mail says nothing else. Please do not answer it.\n",
}


class Way(Protocol):
    """How e-mails leave. ``knows`` is whether one with this reference has left; None where that cannot be told."""

    def send(self, *, to: str, kind: str, reference: uuid.UUID) -> None:
        """Hand it over; Refused where the e-mail service says that it never will be."""

    def knows(self, reference: uuid.UUID) -> bool | None:
        """Whether it has left."""


class Notify:
    """Through the official client. Notify keeps our reference, so that a worker that died can ask whether its e-mail left."""

    def __init__(self) -> None:
        self.client = NotificationsAPIClient(settings.VCDB_NOTIFY_KEY, base_url=settings.VCDB_NOTIFY_URL)

    def send(self, *, to: str, kind: str, reference: uuid.UUID) -> None:
        """What the template may fill in: the service's name and where to sign in."""
        try:
            self.client.send_email_notification(
                email_address=to,
                template_id=settings.VCDB_NOTIFY_TEMPLATES[kind],
                personalisation={"service": settings.VCDB_SERVICE_NAME, "address": settings.VCDB_URL},
                reference=str(reference),
            )
        except HTTPError as error:
            if error.status_code in (400, 403):
                raise Refused("GOV.UK Notify does not take this e-mail.") from None
            raise ConnectionError("GOV.UK Notify did not answer.") from None

    def knows(self, reference: uuid.UUID) -> bool:
        """Asked by our own reference."""
        try:
            found = self.client.get_all_notifications(reference=str(reference))
        except HTTPError:
            raise ConnectionError("GOV.UK Notify did not answer.") from None
        return bool(found["notifications"])


class Mail:
    """Through Django's mail backend: a mail server, the console, nothing. None of them can say afterwards what has left."""

    def send(self, *, to: str, kind: str, reference: uuid.UUID) -> None:
        """One plain message."""
        text = TEXT[kind].format(service=settings.VCDB_SERVICE_NAME, address=settings.VCDB_URL)
        subject = f"{settings.VCDB_SERVICE_NAME}: {SUBJECT[kind]}"
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [to])

    def knows(self, reference: uuid.UUID) -> None:
        """Nobody knows."""


class Files:
    """A file for each e-mail in a folder, for trials."""

    def __init__(self) -> None:
        self.folder = Path(settings.VCDB_NOTICES.partition(":")[2])
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def send(self, *, to: str, kind: str, reference: uuid.UUID) -> None:
        """Written beside and put in place whole, so that a name in the folder is an e-mail that left."""
        text = TEXT[kind].format(service=settings.VCDB_SERVICE_NAME, address=settings.VCDB_URL)
        beside = self.folder / f".{reference}"
        beside.write_text(json.dumps({"to": to, "subject": SUBJECT[kind], "text": text}))
        beside.replace(self.folder / f"{reference}.json")

    def knows(self, reference: uuid.UUID) -> bool:
        """Whether its file is there."""
        return (self.folder / f"{reference}.json").exists()


def way() -> Way:
    """The one this instance is set up for."""
    if settings.VCDB_NOTICES == "notify":
        return Notify()
    return Files() if settings.VCDB_NOTICES.startswith("files:") else Mail()
