"""What programs may rely on: one JSON object on standard output, the exit code, and a sentence on standard error."""

import json

import pytest
from django.core.management import CommandError, call_command

from apps.core.clock import today, week_of
from apps.lists.models import WeeklyList
from apps.lists.weeks import name_of
from tests.integration.pipeline.files import early_help

WEEK = name_of(week_of(today()))


@pytest.fixture
def run(capsys):
    """Run a command as a shell does: exit code, standard output, standard error."""

    def ran(*words):
        capsys.readouterr()
        try:
            call_command(*words)
            code = 0
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran


def one_object(out):
    """The only JSON object of an output, on one line and nothing beside it."""
    found, end = json.JSONDecoder().raw_decode(out)
    assert isinstance(found, dict)
    assert out[end:].strip() == ""
    assert len(out.strip().splitlines()) == 1
    return found


OBJECTS = {
    "feeds": (["feeds"], {"feeds"}),
    "assess": (["assess"], {"seconds"}),
    "check_ratings": (
        ["check_ratings"],
        {"ok", "assessments", "standing", "wrong_bands", "wrong_reasons", "seconds"},
    ),
    "publish_lists": (["publish_lists", "--week", WEEK], {"lists", "entries", "seconds"}),
    "verify_audit": (["verify_audit"], {"ok", "seals", "events", "unsealed", "head", "broken"}),
}


@pytest.mark.parametrize("command", OBJECTS)
def test_with_json_it_prints_exactly_one_object(world, run, command):
    words, keys = OBJECTS[command]
    code, out, _ = run(*words, "--json")
    assert code == 0
    assert keys <= set(one_object(out))


@pytest.mark.parametrize("command", OBJECTS)
def test_without_it_a_person_reads_words(world, run, command):
    code, out, _ = run(*OBJECTS[command][0])
    assert code == 0
    assert out.strip() and not out.lstrip().startswith("{")


def test_load_extract_prints_one_object_and_progress_apart_from_it(world, run, tmp_path):
    path = tmp_path / "early_help.csv"
    path.write_bytes(early_help(("H3", "Cleo"), ("H4", "Dan"), ("H9", "Finn")))
    code, out, err = run("load_extract", "early_help", str(path), "--json")
    summary = one_object(out)
    assert (code, summary["state"], summary["rows"]) == (0, "committed", 3)
    assert "Finn" not in out + err
    code, out, err = run("load_extract", "early_help", str(path), "--json")
    assert (code, one_object(out)["state"]) == (1, "refused")
    assert "Refused: The same files" in err


def test_a_held_file_ends_with_exit_code_1_and_says_why(world, run, tmp_path):
    everybody = [(f"K{number}", f"Child{number}") for number in range(24)]
    for name, children in (("all.csv", everybody), ("few.csv", everybody[:2])):
        (tmp_path / name).write_bytes(early_help(*children))
    run("load_extract", "early_help", str(tmp_path / "all.csv"), "--json")
    code, out, err = run("load_extract", "early_help", str(tmp_path / "few.csv"), "--json")
    summary = one_object(out)
    assert (code, summary["state"]) == (1, "held")
    assert summary["involvements"]["ended"] == 22
    assert f"Held: {summary['reason']}" in err


def test_publish_lists_counts_what_it_made_and_nothing_the_second_time(world, run):
    first, second = (one_object(run("publish_lists", "--week", WEEK, "--json")[1]) for _ in range(2))
    assert (first["lists"], first["entries"]) == (2, 3)
    assert (second["lists"], second["entries"]) == (0, 0)
    assert WeeklyList.objects.count() == 2


def test_publish_lists_writes_both_files_of_every_list_into_the_folder(world, run, tmp_path):
    run("publish_lists", "--week", WEEK, "--out", str(tmp_path / "out"), "--json")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(names) == 4
    assert {name.rsplit(".", 1)[1] for name in names} == {"csv", "xlsx"}
    assert not any("Ashby" in name for name in names)
    assert all(path.stat().st_size for path in (tmp_path / "out").iterdir())


@pytest.mark.parametrize("week", ["2026-47", "2026-W99", "next", "2026-W00"])
def test_a_week_that_is_none_is_refused_with_an_example(world, week):
    with pytest.raises(CommandError, match="2026-W47"):
        call_command("publish_lists", "--week", week, "--json")
    assert not WeeklyList.objects.exists()


@pytest.mark.parametrize("ask", ["public", "local"])
def test_child_prints_what_the_page_shows_by_any_id(world, run, ask):
    ada = world.child("ada")
    code, out, _ = run("child", str(ada.public_id) if ask == "public" else "C1", "--json")
    shown = one_object(out)
    assert code == 0
    assert (shown["public_id"], shown["person"]["surname"]) == (str(ada.public_id), "Ashby")


@pytest.mark.parametrize("asked", ["C999", "00000000-0000-0000-0000-000000000000", "Ashby"])
def test_child_says_so_where_nobody_has_the_id(world, asked):
    with pytest.raises(CommandError, match="No child, or more than one"):
        call_command("child", asked, "--json")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["child", "C999"], "No child, or more than one"),
        (["child", "C1", "--as-at", "31/31/2026"], "not a date"),
        (["whatif", "/nowhere/scheme.json"], "scheme.json could not be opened: No such file"),
        (["evaluate_matching", "/nowhere/people.csv"], "people.csv cannot be read: No such file"),
        (["publish_lists", "--week", "next"], "2026-W47"),
        (["undo_extract", "1", "--as", "nobody"], "--as names nobody"),
    ],
)
def test_a_refusal_is_one_object_too_and_nothing_else_on_standard_output(world, capsys, words, said):
    with pytest.raises(CommandError, match=said):
        call_command(*words, "--json")
    assert said in one_object(capsys.readouterr().out)["error"]
    with pytest.raises(CommandError, match=said):
        call_command(*words)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nosuch", "x.csv"], "x.csv could not be opened"),
        (["nosuch", "/dev/null"], "There is no feed called nosuch"),
        (["early_help", "/"], "Is a directory"),
        (["early_help", "x.csv", "--as-of", "31/31/2026"], "not a date"),
    ],
)
def test_what_cannot_be_loaded_is_a_refused_summary(world, run, words, said):
    code, out, err = run("load_extract", *words, "--json")
    summary = one_object(out)
    assert (code, summary["state"]) == (1, "refused")
    assert said in summary["reason"] and said in err


def test_child_of_a_day_that_is_none_is_refused(world):
    with pytest.raises(CommandError, match="not a date"):
        call_command("child", "C1", "--as-at", "31/31/2026", "--json")


def test_verify_audit_with_a_head_that_is_not_there_ends_with_exit_code_1(world, run):
    code, out, _ = run("verify_audit", "--head", "0" * 64, "--json")
    verdict = one_object(out)
    assert (code, verdict["ok"]) == (1, False)
    assert "cut off" in verdict["broken"][0]["problem"]
    code, out, _ = run("verify_audit", "--head", "0" * 64)
    assert (code, "DOES NOT HOLD" in out) == (1, True)
