"""Every sample file is previewed and committed, its rows add up, and the page in the docs says what became of it."""

import os

import pytest
from django.test import Client

from apps.access.actions import grant
from apps.accounts.models import User
from apps.agencies.models import Agency
from apps.extracts.reference import install_reference
from tests import sample_files
from tests.sample_files import DOC, SENT, by_command, document, lines, samples, why_neither
from tests.samples import sample

pytestmark = pytest.mark.django_db
WRITING = bool(os.environ.get("VCDB_WRITE_TABLE"))
TOLD: list[str] = []


def paths():
    sample("SOURCES.md")
    return sorted(str(path.relative_to(samples())) for path in samples().rglob("*") if path.is_file())


def test_every_sample_goes_to_a_feed_or_says_why_not():
    sent = [name for each in SENT for name in each.files]
    assert len(sent) == len(set(sent))
    assert [path for path in paths() if (path in sent) == bool(why_neither(path))] == []


@pytest.fixture
def by_page(django_capture_on_commit_callbacks):
    """A data officer at the page; the worker does its part as soon as a request is committed."""
    officer = User.objects.create_user("samples", "samples@example.org")
    grant(user=officer, agency=Agency.objects.get(code="council"), role="data_officer", by=None)
    client = Client()
    client.force_login(officer)
    return lambda sent: sample_files.by_page(sent, client, django_capture_on_commit_callbacks)


@pytest.mark.parametrize("way", ["command", "page"])
@pytest.mark.parametrize("sent", SENT, ids=lambda sent: sent.files[0])
def test_a_sample_is_previewed_and_committed_and_its_rows_add_up(sent, way, request):
    for name in sent.files:
        sample(name)
    install_reference(by=None)
    looked, done = (request.getfixturevalue("by_page") if way == "page" else by_command)(sent)
    assert looked["rows"] == looked["accepted"] + looked["rejected"]
    told = lines(sent, done)
    if done["state"] == "committed":
        figures = [[int(cell.replace(",", "")) for cell in line.split("|")[3:6]] for line in told]
        assert [sum(column) for column in zip(*figures, strict=True)] == [
            done["rows"], done["accepted"], done["rejected"],
        ]  # fmt: skip
        assert (done["rows"], done["rejected"]) == (looked["rows"], looked["rejected"])
    else:
        assert looked["reason"].endswith(".")
    if way == "command":
        TOLD.extend(told)
    if not WRITING:
        page = DOC.read_text().splitlines()
        assert [line for line in told if line not in page] == []


def test_the_page_is_written():
    found = paths()
    if WRITING:
        DOC.write_text(document(TOLD, found))
    page = DOC.read_text()
    table = [
        line
        for line in page.splitlines()
        if line.startswith(tuple(f"| {name} |" for each in SENT for name in each.files))
    ]
    assert page == document(table, found)
    assert len(table) == sum(len(each.files) for each in SENT)
    assert sample_files.HEAD in page
