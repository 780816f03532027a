"""A real Chromium at two widths, axe on every page, and the same page without JavaScript."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests import migrated

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (320, 1280)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium; root has to do without its sandbox."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    flags = QUIET + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=found, args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The service at an address of its own, for pages that write nothing. Mark the test `django_db`."""
    with django_db_blocker.unblock():
        server = LiveServer("localhost")
        yield server.url
        server.stop()


@dataclass
class Town:
    """The service with the cast in it: where it answers, who there is, and a session of each of them."""

    url: str
    world: Any
    sessions: dict[str, str]

    def cookies(self, name: str) -> list[Any]:
        """The session of one of the cast, as the browser keeps it."""
        return [{"name": settings.SESSION_COOKIE_NAME, "value": self.sessions[name], "url": self.url}]


def signed_in(user: Any) -> str:
    """The key of a new session of the user."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(scope="module")
def town(cast_made: tuple[str, Any], django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """A module's own service with the cast in it, really committed. Mark the test `django_db`."""
    name, cast = cast_made
    with django_db_blocker.unblock(), migrated.copied(name, "town"):
        world = deepcopy(cast)
        sessions = {name: signed_in(user) for name, user in world.users.items()}
        server = LiveServer("localhost")
        yield Town(server.url, world, sessions)
        server.stop()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page at a width; what the browser complains of on its console fails the test."""
    contexts, complaints = [], []

    def opened(
        address: str, width: int = 1280, javascript: bool = True, cookies: list[Any] | None = None
    ) -> Page:
        viewport = {"width": width, "height": 900}
        context = chromium.new_context(viewport=viewport, java_script_enabled=javascript)
        context.add_cookies(cookies or [])
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda said: complaints.append(said.text) if "Security Policy" in said.text else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def check_page(page: Page) -> None:
    """No accessibility violation by axe, and nothing that makes the page scroll sideways."""
    page.wait_for_load_state()
    with scripted(page) as shown:
        if not shown.evaluate("window.axe"):
            shown.evaluate(AXE.read_text())
        found = shown.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found["violations"]] == []
    assert sideways(page) <= 0


@contextmanager
def scripted(page: Page) -> Iterator[Page]:
    """The page where axe can run: one without JavaScript is shown again as it is, for axe waits on timers that never fire there."""
    browser = page.context.browser
    if page.evaluate("matchMedia('(scripting: enabled)').matches") or not browser:
        yield page
        return
    read = page.content().replace("<noscript", "<div").replace("</noscript", "</div")
    context = browser.new_context(viewport=page.viewport_size)
    shown = context.new_page()
    shown.route("**/*.js", lambda asked: asked.abort())
    shown.route(page.url, lambda asked: asked.fulfill(body=read, content_type="text/html; charset=utf-8"))
    shown.goto(page.url)
    yield shown
    context.close()


def sideways(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
