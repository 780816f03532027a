"""What the commands print, for programs and for people."""

import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command

from apps.extracts.models import Extract, Feed, State
from apps.pipeline.management.commands import benchmark
from tests.integration.pipeline.files import BAD, HEADINGS, early_help

KEYS = {
    "state", "reason", "extract", "rows", "accepted", "rejected", "findings", "records", "involvements", "sightings",
    "observations", "ratings_changed", "seconds",
}  # fmt: skip


@pytest.fixture
def file(tmp_path):
    def written(content, name="early_help.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return written


@pytest.fixture
def run(capsys):
    """Run a command; its exit code, standard output and standard error."""

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


def test_a_committed_file_is_one_json_object_and_exit_code_0(world, run, file):
    code, out, _ = run(
        "load_extract", "early_help", file(early_help(("H3", "Cleo"), ("H4", "Dan"))), "--json"
    )
    summary = json.loads(out)
    assert set(summary) == KEYS
    assert (code, summary["state"]) == (0, "committed")
    assert (summary["rows"], summary["accepted"], summary["rejected"]) == (2, 2, 0)
    assert {"new", "linked", "question"} <= set(summary["records"])
    assert set(summary["involvements"]) == {"opened", "changed", "ended", "unchanged"}


@pytest.mark.parametrize("fault", BAD)
def test_a_refused_file_is_one_json_object_exit_code_1_and_a_sentence(world, run, file, fault):
    name, content, word = BAD[fault]
    code, out, err = run("load_extract", "early_help", file(content, name), "--json")
    summary = json.loads(out)
    assert set(summary) == KEYS
    assert (code, summary["state"]) == (1, "refused")
    assert word in summary["reason"]
    assert summary["reason"] in err


def test_a_zip_stands_for_the_files_in_it_and_a_broken_one_is_refused(world, run, file):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("early_help.csv", early_help(("H3", "Cleo"), ("H4", "Dan")))
    code, _, _ = run("load_extract", "early_help", file(out.getvalue(), "set.zip"), "--json")
    assert (code, Extract.objects.latest("pk").files[0]["name"]) == (0, "early_help.csv")
    code, said, _ = run("load_extract", "early_help", file(out.getvalue()[:-30], "set.zip"), "--json")
    assert (code, Extract.objects.latest("pk").state) == (1, "refused")
    assert "no .zip" in json.loads(said)["reason"]


def test_headings_without_rows_are_held_for_a_person(world, run, file):
    code, out, _ = run("load_extract", "early_help", file(HEADINGS.encode()), "--json")
    summary = json.loads(out)
    assert (code, summary["state"]) == (1, "held")
    assert "headings but no rows" in summary["reason"]


def test_a_preview_ends_well_and_commits_nothing(world, run, file):
    before = Extract.objects.filter(state=State.COMMITTED).count()
    code, out, _ = run("load_extract", "early_help", file(early_help(("H9", "Finn"))), "--preview", "--json")
    summary = json.loads(out)
    assert (code, summary["state"]) == (0, "previewed")
    assert summary["involvements"]["opened"] == 1
    assert Extract.objects.filter(state=State.COMMITTED).count() == before


def test_without_json_a_person_reads_one_sentence(world, run, file):
    code, out, _ = run("load_extract", "early_help", file(early_help(("H3", "Cleo"), ("H4", "Dan"))))
    assert code == 0
    assert out.startswith("Committed: 2 of 2 rows used, 0 rejected;")
    assert len(out.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["early_help", "missing.csv"], "could not be opened"),
        (["nothing", "{file}"], "no feed called nothing"),
        (["early_help", "{file}", "--as-of", "22/11/2026"], "Write it as year, month and day"),
        (["early_help", "{file}", "--agency", "csc"], "belongs to the agency early-help"),
    ],
)
def test_what_cannot_be_loaded_is_a_refusal_like_any_other(world, run, file, words, sentence):
    path = file(early_help(("H3", "Cleo")))
    code, out, err = run("load_extract", *(word.format(file=path) for word in words), "--json")
    assert code == 1
    assert sentence in json.loads(out)["reason"]
    assert sentence in err


def test_feeds_lists_every_feed_with_its_last_day(world, run):
    code, out, _ = run("feeds", "--json")
    feeds = {feed["code"]: feed for feed in json.loads(out)["feeds"]}
    assert code == 0
    assert set(feeds) == set(Feed.objects.values_list("code", flat=True))
    needed = {
        "ssda903",
        "cin_census",
        "school_census",
        "family_context_csc",
        "family_context_education",
        "gias",
    }
    assert needed <= set(feeds)
    assert feeds["early_help"]["last_as_of"]
    assert feeds["early_help"]["state"] == "fresh"
    assert feeds["ssda903"] == {
        "code": "ssda903", "title": "Children looked after (SSDA903)", "layout": "ssda903", "agency": "csc", "kind": "full",
        "every_days": 7, "last_as_of": None, "state": "never", "held": False,
    }  # fmt: skip


def test_feeds_for_people_has_a_line_for_each(world, run):
    _, out, _ = run("feeds")
    assert len(out.splitlines()) == Feed.objects.filter(active=True).count()


def test_a_benchmark_runs_in_an_instance_of_its_own_and_leaves_none(monkeypatch, run):
    seen = []

    def managed(words, env, check=True):
        seen.append((words[0], env["VCDB_HOME"], "DATABASE_URL" in env, "VCDB_DB_ROLE" in env))
        return json.dumps({"benchmark": "import"})

    monkeypatch.setattr(benchmark, "manage", managed)
    monkeypatch.setenv("DATABASE_URL", "postgresql://council/live")
    _, out, _ = run("benchmark", "import", "--children", "10", "--json")
    assert json.loads(out) == {"benchmark": "import"}
    assert [step for step, *_ in seen] == ["migrate", "benchmark", "stop"]
    homes = {home for _, home, *_ in seen}
    assert len(homes) == 1
    assert not benchmark.Path(homes.pop()).exists()
    assert not any(live or role for *_, live, role in seen)


def test_a_benchmark_that_fails_still_stops_its_instance(monkeypatch):
    seen = []

    def managed(words, env, check=True):
        seen.append(words[0])
        if words[0] == "benchmark":
            raise CommandError("benchmark import did not succeed.")
        return ""

    monkeypatch.setattr(benchmark, "manage", managed)
    with pytest.raises(CommandError):
        call_command("benchmark", "import", "--json")
    assert seen[-1] == "stop"


@pytest.mark.slow
def test_the_import_benchmark_measures_a_whole_way(run):
    _, out, _ = run("benchmark", "import", "--children", "60", "--json")
    figures = json.loads(out)
    assert figures["rows"] > 60 * 4
    ratios = {"ratio_copy", "ratio_import_export", "ratio_import_export_reload"}
    assert all(figures[key] > 0 for key in {"rows_per_second", "reload_rows_per_second", *ratios})
    assert list(figures["stages"]) == ["stage", "validate", "plan", "preview", "commit", "assess"]
