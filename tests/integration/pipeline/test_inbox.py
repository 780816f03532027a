"""The watched folder: what is left there is taken once, whatever falls in between, and put where it can be found."""

import io
import json
import os
import zipfile
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from apps.audit.models import Event
from apps.core.clock import today
from apps.extracts.models import Extract, State, Via
from apps.pipeline.inbox import actions as inbox
from apps.pipeline.inbox import folder
from apps.pipeline.models import Run
from tests.integration.pipeline.files import BAD, HEADINGS, early_help
from tests.integration.pipeline.watched import GOOD, lying, put, sha


def newest():
    return Extract.objects.latest("pk")


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


# what is taken


def test_a_file_is_loaded_and_archived_under_its_hash(world, feed, look):
    put(feed)
    (done,) = look()
    extract = newest()
    assert (done.feed, done.name, done.state, done.extract) == (
        "early_help",
        "early_help.csv",
        "committed",
        extract.pk,
    )
    assert (extract.via, extract.received_by, extract.as_of) == (Via.INBOX, None, today())
    assert lying(feed) == {f"archive/{sha(GOOD)}.csv"}
    assert list((feed / "claimed").iterdir()) == []
    assert Event.objects.filter(
        kind="extract.receive", subject=f"extract:{extract.pk}", by_label="inbox"
    ).exists()
    assert look() == []


def test_a_file_that_still_grows_is_left_alone(world, feed, look):
    put(feed)
    assert look(quiet=60) == []
    assert lying(feed) == {"early_help.csv"}
    # a copy that keeps the date of the original is as fresh as any
    os.utime(feed / "early_help.csv", (0, 0))
    assert look(quiet=60) == []


@pytest.mark.parametrize("name", [".early_help.csv", "early_help.csv.part", "~$early_help.xlsx"])
def test_a_file_that_a_program_still_writes_is_left_alone(world, feed, look, name):
    put(feed, name)
    assert look() == []
    assert lying(feed) == {name}


def test_a_folder_is_one_extract_once_nothing_in_it_is_still_written(world, root, look):
    place = root / "ssda903"
    (place / "march").mkdir(parents=True)
    assert look() == []
    put(place / "march", "header.csv.part", b"x")
    assert look() == []
    (place / "march/header.csv.part").unlink()
    put(place / "march", "header.csv", b"CHILD,SEX,DOB\n")
    put(place / "march", "nothing.csv", b"Colour,Size\nred,4\n")
    (done,) = look()
    assert (done.state, len(newest().files)) == ("refused", 2)
    assert {"refused/march/header.csv", "refused/march/nothing.csv", "refused/march.findings.txt"} == lying(
        place
    )


def test_a_zip_of_one_file_is_loaded_like_the_file(world, feed, look):
    packed = zipped({"folder/early_help.csv": GOOD, "__MACOSX/x": b"y"})
    put(feed, "delivery.zip", packed)
    (done,) = look()
    assert (done.state, [entry["name"] for entry in newest().files]) == ("committed", ["early_help.csv"])
    assert lying(feed) == {f"archive/{sha(packed)}.zip"}


def test_a_folder_is_archived_under_the_hash_of_the_extract(world, feed, look):
    (feed / "delivery").mkdir()
    put(feed / "delivery")
    look()
    assert lying(feed) == {f"archive/{newest().sha256}/early_help.csv"}


def test_the_day_is_in_the_name_or_is_the_day_the_file_was_written(world, feed, look):
    week_ago, month_ago = today() - timedelta(days=7), today() - timedelta(days=30)
    named = put(feed, f"early_help_{week_ago}.csv", early_help(("H3", "Cleo")))
    os.utime(named, (0, 0))
    look()
    assert newest().as_of == week_ago
    moment = (date.fromordinal(month_ago.toordinal()) - date(1970, 1, 1)).days * 86_400 + 43_200
    os.utime(put(feed, "early_help.csv"), (moment, moment))
    look()
    assert newest().as_of == month_ago


def test_several_files_of_a_feed_are_taken_in_the_order_of_their_days_one_at_a_time(world, feed, look):
    days = [today() - timedelta(days=back) for back in (0, 2, 1)]
    for number, day in enumerate(days):
        put(feed, f"{number}_{day}.csv", early_help(("H3", "Cleo"), ("H4", "Dan"), (f"K{number}", "Kit")))
    waits = []
    assert look(start=waits.append) == []
    assert [run.extract.as_of for run in waits] == [min(days)]
    assert len(lying(feed)) == 3
    done = look()
    assert [Extract.objects.get(pk=each.extract).as_of for each in done] == sorted(days)


def test_the_rules_that_hold_a_file_hold_it_here_too(world, feed, look):
    put(feed, "early_help.csv", HEADINGS.encode())
    (done,) = look()
    assert done.state == newest().state == State.HELD
    assert "no rows" in done.reason
    assert lying(feed) == {f"archive/{sha(HEADINGS.encode())}.csv"}


# what is refused


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_file_is_put_aside_with_what_is_wrong_beside_it(world, feed, look, fault):
    name, content, word = BAD[fault]
    put(feed, name, content)
    (done,) = look()
    assert (done.state, newest().state, newest().via) == ("refused", State.REFUSED, Via.INBOX)
    assert lying(feed) == {f"refused/{name}", f"refused/{name}.findings.txt"}
    assert word in (feed / f"refused/{name}.findings.txt").read_text()
    assert (feed / f"refused/{name}").read_bytes() == content


def test_what_was_refused_before_stays(world, feed, look):
    for content in (b"", b"Colour\nred\n"):
        put(feed, "a.csv", content)
        look()
    assert lying(feed) == {
        "refused/a.csv", "refused/a.csv.findings.txt", "refused/a (2).csv", "refused/a (2).csv.findings.txt",
    }  # fmt: skip


def test_the_same_file_again_is_refused_and_kept(world, feed, look):
    put(feed)
    look()
    put(feed)
    (done,) = look()
    assert "already loaded" in done.reason
    assert lying(feed) == {
        f"archive/{sha(GOOD)}.csv",
        "refused/early_help.csv",
        "refused/early_help.csv.findings.txt",
    }


def test_a_feed_that_does_not_exist_is_told_which_there_are(world, root, look):
    (root / "nothing").mkdir()
    put(root / "nothing")
    before = Extract.objects.count()
    (done,) = look()
    assert (done.extract, Extract.objects.count()) == (None, before)
    assert lying(root / "nothing") == {"refused/early_help.csv", "refused/early_help.csv.findings.txt"}
    assert "manage.py feeds" in done.reason
    assert Event.objects.filter(kind="inbox.refused", by_label="inbox").count() == 1


def test_a_file_in_no_feeds_folder_is_put_aside(world, root, look):
    put(root)
    look()
    assert {"refused/early_help.csv", "refused/early_help.csv.findings.txt"} == lying(root)


def test_a_zip_bomb_is_refused(world, feed, look, monkeypatch):
    monkeypatch.setattr("apps.extracts.packed.MOST_BYTES", 1 << 20)
    put(feed, "early_help.zip", zipped({"early_help.csv": b"0" * (4 << 20)}))
    (done,) = look()
    assert "unpacks to more" in done.reason


def test_a_path_in_a_packed_name_leads_nowhere(world, root, feed, look):
    put(feed, "early_help.zip", zipped({"../../../../escaped.csv": GOOD}))
    look()
    assert [entry["name"] for entry in newest().files] == ["escaped.csv"]
    assert not list(root.rglob("escaped.csv"))


@pytest.mark.parametrize("where", ["itself", "in a folder"])
def test_a_link_is_not_followed(world, feed, look, tmp_path_factory, where):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.csv"
    secret.write_bytes(GOOD)
    place = feed
    if where == "in a folder":
        place = feed / "delivery"
        place.mkdir()
    (place / "early_help.csv").symlink_to(secret)
    (done,) = look()
    assert (done.state, newest().state) == ("refused", State.REFUSED)
    assert "is a link" in done.reason
    assert secret.read_bytes() == GOOD


def test_a_pipe_is_refused_and_stops_nobody(world, feed, look):
    os.mkfifo(feed / "early_help.csv")
    (done,) = look()
    assert "no file that can be read" in done.reason


def test_a_folder_within_a_folder_is_refused(world, feed, look):
    (feed / "delivery/inner").mkdir(parents=True)
    put(feed / "delivery/inner")
    (done,) = look()
    assert "is a link, a folder" in done.reason
    assert "refused/delivery/inner/early_help.csv" in lying(feed)


def test_a_linked_folder_is_no_feeds_folder(world, root, look, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    put(elsewhere)
    (root / "camhs").symlink_to(elsewhere)
    assert look() == []
    assert lying(elsewhere) == {"early_help.csv"}


def test_a_link_in_place_of_the_archive_is_not_written_through(world, feed, look, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (feed / "claimed").symlink_to(elsewhere)
    put(feed)
    assert look() == []
    assert lying(elsewhere) == set()
    assert (feed / "early_help.csv").exists()


@pytest.mark.parametrize(
    "name",
    [
        os.fsdecode(b"roll\xff\xfe.csv"),
        "x" * 250 + ".csv",
        "x" * 255,
        "=1+1.csv",
        "a\nb.csv",
        "é" * 120 + ".x",
    ],
)
def test_any_name_a_disk_takes_is_put_away(world, feed, look, name):
    put(feed, name, b"")
    (done,) = look()
    assert done.name.isprintable()
    json.dumps(done)
    assert len(lying(feed / "refused")) == 2
    put(feed, name, GOOD)
    (done,) = look()
    assert (done.state, len(lying(feed / "archive"))) == ("committed", 1)


def test_one_folder_that_fails_does_not_stop_another(world, root, feed, look, caplog):
    (root / "camhs").mkdir()
    (root / "camhs/claimed").write_bytes(b"a file where a folder belongs")
    put(root / "camhs", "Ada Ashby.csv")
    put(feed)
    (done,) = look()
    assert done.feed == "early_help"
    assert "a folder of the inbox failed" in caplog.text
    assert "Ashby" not in caplog.text


def test_a_folder_that_is_gone_is_said_in_the_log(world, tmp_path, caplog):
    assert inbox.watch(root=tmp_path / "gone", start=print, quiet=0) == []
    assert "not there" in caplog.text


# falls


class Killed(BaseException):
    """As a process ends: nothing catches it."""


def test_a_fall_in_the_run_itself_is_gone_on_with(world, feed, look):
    put(feed)

    def falls(run):
        raise Killed

    with pytest.raises(Killed):
        look(start=falls)
    assert newest().state == State.RECEIVED
    (done,) = look()
    assert (done.state, lying(feed)) == ("committed", {f"archive/{sha(GOOD)}.csv"})
    assert Run.objects.filter(extract=newest()).count() == 1


def test_without_the_lock_a_claim_is_still_one_extract(world, feed):
    put(feed)
    place = folder.Place(feed, "early_help")
    entry = feed / "early_help.csv"
    taken = folder.claim(place, entry)
    assert folder.claim(place, entry) is None
    assert inbox._receive(taken).delivery == taken.token
    with pytest.raises(IntegrityError, match="delivery"), transaction.atomic():
        inbox._receive(taken)


# the command


def test_the_command_waits_for_what_is_being_written_then_looks_once(world, root, feed, settings, capsys):
    settings.VCDB_INBOX, settings.VCDB_INBOX_QUIET = root, 0.2
    put(feed)
    call_command("watch_inbox", "--once", "--json")
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert (file["feed"], file["state"], file["extract"]) == ("early_help", "committed", newest().pk)
    call_command("watch_inbox", "--once")
    assert capsys.readouterr().out == "0 files put away.\n"


@pytest.mark.parametrize(("inbox_at", "word"), [(None, "VCDB_INBOX"), ("gone", "no folder")])
def test_the_command_says_what_is_not_set_up(settings, tmp_path, inbox_at, word):
    settings.VCDB_INBOX = tmp_path / inbox_at if inbox_at else None
    with pytest.raises(CommandError, match=word):
        call_command("watch_inbox", "--once")
