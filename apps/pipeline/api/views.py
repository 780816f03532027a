"""Extracts over HTTP: read what was sent, call one action, answer."""

import hashlib
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.access.views import open_to_all
from apps.core.errors import Refused
from apps.extracts.models import Extract, Feed, Via
from apps.pipeline import actions as pipeline
from apps.pipeline import tasks
from apps.pipeline.api import actions, queries
from apps.pipeline.api.document import DOCUMENT
from apps.pipeline.api.gate import Answered, Problem, answered, offers
from apps.pipeline.models import Token

FIELDS = {"feed", "as_of", "preview"}
YES_NO = {"": False, "false": False, "true": True}
LONGEST_KEY = 200


class Asked(NamedTuple):
    """A request as it was understood."""

    feed: Feed
    as_of: date | None
    preview: bool
    files: list[UploadedFile]

    def hash(self) -> str:
        """The same for the same request: by content, not by how it was written down."""
        parts = [self.feed.code, str(self.as_of), str(self.preview)]
        for file in self.files:
            parts += [str(file.name), hashlib.file_digest(file, "sha256").hexdigest()]
            file.seek(0)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@offers("POST", "extracts:write")
def send(request: HttpRequest, token: Token) -> Answered:
    """Take an extract in and start its run; with an Idempotency-Key at most once."""
    asked = _read(request, token)
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return _answer(*_taken_in(asked, token))
    if len(key) > LONGEST_KEY:
        raise Problem(400, f"The Idempotency-Key is longer than {LONGEST_KEY} characters.")
    try:
        answer, is_new = actions.once(token=token, key=key, body_hash=asked.hash())
    except Refused as refusal:
        raise Problem(422, str(refusal)) from refusal
    if not is_new:
        return _answer(answer.status, answer.body, answer.extract, {"Idempotent-Replayed": "true"})
    status, body, extract = _taken_in(asked, token)
    actions.keep(answer=answer, status=status, body=body, extract=extract)
    return _answer(status, body, extract)


@offers("GET", "extracts:read")
def extract(request: HttpRequest, token: Token, extract_id: int) -> Answered:
    """How far an extract is, and what was found in it."""
    found = queries.extract_for(token, extract_id)
    if found is None:
        raise Problem(404, "There is no extract of this number among those the token is for.")
    return _answer(200, queries.told(found), found)


@require_safe
@open_to_all
def document(request: HttpRequest) -> JsonResponse:
    """What this API offers, as OpenAPI describes it."""
    return JsonResponse(DOCUMENT)


def _taken_in(asked: Asked, token: Token) -> tuple[int, dict[str, Any], Extract | None]:
    by = actions.name_of(token)
    files = [(file.name or "", file.file) for file in asked.files]
    try:
        run = pipeline.request(
            feed=asked.feed, files=files, as_of=asked.as_of, by=by, commit=not asked.preview, via=Via.API
        )
    except Refused as refusal:
        return 422, Problem(422, str(refusal)).body(), None
    tasks.run_extract.delay_on_commit(run.pk)  # type: ignore[attr-defined]
    return 202, queries.told(run.extract), run.extract


def _answer(
    status: int, body: dict[str, Any], extract: Extract | None, headers: dict[str, str] | None = None
) -> Answered:
    if status >= 400:
        return answered(Problem(status, body["detail"], headers)), extract
    response = JsonResponse(body, status=status, headers=headers)
    if extract is not None and status == 202:
        response.headers["Location"] = reverse("api:extract", args=[extract.pk])
    return response, extract


def _read(request: HttpRequest, token: Token) -> Asked:
    if request.content_type != "multipart/form-data":
        raise Problem(415, "Send the extract as multipart/form-data, with feed, as_of and files.")
    try:
        given, sent = request.POST, request.FILES
    except RequestDataTooBig:
        raise Problem(
            413, "An extract holds at most one gigabyte. Send the files of one extract only."
        ) from None
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        raise Problem(
            400, "The multipart body is not well formed, or broke off. Send the request again."
        ) from None
    if unknown := (set(given) - FIELDS) | (set(sent) - {"files"}):
        raise Problem(
            400,
            f"There is no field called {sorted(unknown)[0][:40]}. The fields are feed, as_of, preview and files.",
        )
    feed = queries.feed_for(token, given.get("feed", ""))
    if feed is None:
        raise Problem(403, "There is no feed of this code that the token may send files for.")
    if given.get("preview", "") not in YES_NO:
        raise Problem(400, "Give preview as true or false.")
    return Asked(feed, _day(given.get("as_of", "")), YES_NO[given.get("preview", "")], sent.getlist("files"))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Problem(400, "Give as_of as a date: 2026-11-16.") from None
