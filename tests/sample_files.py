"""Which of the sample files goes to which feed, why the others go to none, and what became of each: the table in the docs."""

import json
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from fnmatch import fnmatch
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from apps.extracts.layouts.registry import LAYOUTS
from apps.extracts.models import Extract
from apps.extracts.readers import read_tables
from apps.extracts.recognise import _best
from apps.extracts.rules import RULES
from apps.pipeline.summaries import summary

DOC = Path(settings.BASE_DIR) / "docs" / "reference" / "sample-files.md"


class Sent(NamedTuple):
    """Files that are sent together to a feed."""

    feed: str
    files: tuple[str, ...]


def _each(feed: str, *files: str) -> list[Sent]:
    return [Sent(feed, (file,)) for file in files]


SSDA903 = "ad1 DoLo episodes header missing oc2 oc3 placed_for_adoption previous_permanence reviews sw_episodes uasc"
CENSUS = "pupilonroll pupilnolongeronroll senneeds termlyexclusionsonroll termlysessiondetailsonroll"
COHORTS = (
    "duplicate_except_postcode duplicate_nhs_numbers empty invalid_fields invalid_iso_8859_1_encoding malformed pds_extravaganza"
    " valid valid_instruction_row valid_iso_8859_1_encoding valid_unknown_school valid_with_bom valid_with_changes"
    " valid_with_duplicates"
)
SENT = [
    *_each("annex_a", "annex_a/Annex_A.xlsx", "annex_a/Annex_A_2024_Jan.xlsx"),
    *_each("cin_census", *(f"cin_census/{name}.xml" for name in (
        "CIN_Census_2021", "CIN_Census_2024", "CIN_Census_2026", "CIN_la_issues_2887Q", "fake_CIN_data")),
        "cin_census_liia/BAR_cin_2022.xml", "cin_census_liia/cin-2022.xml"),
    *_each("family_context_csc", "family_context/csc.csv"),
    *_each("family_context_education", "family_context/education.csv"),
    *_each("gias", "gias/edubase.csv", "gias/edubasealldata-test.csv", "gias/example_schools.csv",
           "gias/links_edubasealldata-test.csv", "gias/links_edubasealldata20240524_first2000.csv",
           "gias/nhs-gp-practices.csv", "ssda903/ch_fake.xlsx", "ssda903/combined_scp_ch_fake.xlsx",
           "ssda903/scp_ch_2025_fake.xlsx", "ssda903/scp_fake.xlsx"),
    *_each("nhs_cohort", *(f"mavis_cohort_import/{name}.csv" for name in COHORTS.split()),
           *(f"nhs_pds_test/{name}.csv" for name in ("i_negative", "i_positive", "i_whitespace", "pds"))),
    Sent("school_census", tuple(f"school_census/2025_spring_{name}.csv" for name in CENSUS.split())),
    *_each("send_annex_a", "send_annex_a/fake_sen.xlsx"),
    Sent("ssda903", tuple(f"ssda903/{name}.csv" for name in SSDA903.split())),
    *_each("ssda903", "ssda903/fake_903.xml"),
]  # fmt: skip

#: Why a file is sent to no feed, by what its path looks like.
NEITHER = {
    "*LICEN[SC]E*": "a licence",
    "SOURCES.md": "says where the samples are from",
    "annex_a/annex_a_value_variants.csv": "spellings of values, which the shipped maps are tested with",
    "cin_census_liia/*.xsd": "a schema",
    "family_context/*.yaml": "settings of another program",
    "gias/*-establishment-types.csv": "a list of kinds of establishment, and of no establishment",
    "imd/*": "deprivation by area, and nobody in it",
    "nccis_published/*": "figures of whole authorities",
    "npd_data_dictionary/*": "descriptions of columns and codes",
    "ons_postcodes/*": "postcodes",
    "ssda903/903_2024_25_rule_info.csv": "the text of the department's rules",
}
HEAD = """# What becomes of the sample files

Every published sample file that holds children or settings, previewed and then committed, by the page and by the command; the samples
themselves are not kept here (`VCDB_SAMPLES` says where they are). Accepted and rejected rows add up to the rows of the file; blank rows
and a row of instructions under the headings are no rows. The templates among the NHS files hold placeholders for names and days. A test
makes this table from the files and compares: `VCDB_WRITE_TABLE=1 pytest tests/integration/extracts/test_sample_files.py` writes it anew.

| file | feed | rows | accepted | rejected | by rule |
|---|---|---:|---:|---:|---|
"""


def samples() -> Path:
    """The folder of samples."""
    return Path(settings.VCDB_SAMPLES)


def why_neither(path: str) -> str:
    """Why a file is sent to no feed; empty where it should be sent to one."""
    return next((why for pattern, why in NEITHER.items() if fnmatch(path, pattern)), "")


def by_command(sent: Sent) -> tuple[dict[str, Any], dict[str, Any]]:
    """The summaries of the preview and of what followed: its commit, or what stands in its way."""
    looked = _commanded(sent, "--preview")
    if looked["state"] != "previewed" or not looked["rows"]:
        return looked, looked
    # the file is the same, and was only looked at: nothing stands in the way of its commit
    return looked, _commanded(sent)


def _commanded(sent: Sent, *options: str) -> dict[str, Any]:
    out = StringIO()
    paths = [str(samples() / name) for name in sent.files]
    with suppress(SystemExit):
        call_command("load_extract", sent.feed, *paths, "--json", *options, stdout=out, stderr=StringIO())
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def by_page(sent: Sent, client: Client, capture: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The same by the upload page and the button that commits what was looked at."""
    with ExitStack() as opened, capture(execute=True):
        files = [opened.enter_context((samples() / name).open("rb")) for name in sent.files]
        answer = client.post(reverse("pipeline:upload"), {"feed": sent.feed, "files": files, "preview": "on"})
    extract = Extract.objects.latest("pk")
    if answer.status_code == 302:
        assert client.get(answer["Location"]).status_code == 200
    looked = summary(extract, ratings_changed=0, seconds=0)
    if looked["state"] != "previewed" or not looked["rows"]:
        return looked, looked
    with capture(execute=True):
        client.post(reverse("pipeline:commit", args=[extract.pk]), {"reason": "A sample"})
    return looked, summary(extract, ratings_changed=0, seconds=0)


def lines(sent: Sent, summary: dict[str, Any]) -> list[str]:
    """The lines of the table for files that were sent together."""
    if summary["state"] != "committed":
        what = "held" if summary["state"] == "previewed" else summary["state"]
        return [_line(sent.files[0], sent.feed, 0, 0, Counter(), f"{what}: {summary['reason']}")]
    rows, rejected, rules = _counted(summary)
    found = []
    for name in sent.files:
        mine = _modules(sent, name, rows)
        codes: Counter[str] = Counter()
        for module in mine:
            codes.update(rules.get(module, {}))
        found.append(
            _line(name, sent.feed, sum(rows[m] for m in mine), sum(rejected[m] for m in mine), codes)
        )
    return found


def _counted(summary: dict[str, Any]) -> tuple[Counter[str], Counter[str], dict[str, Counter[str]]]:
    """Rows, rejected rows and rules that rejected them, by table of the extract."""
    extract = Extract.objects.get(pk=summary["extract"])
    with connection.cursor() as cursor:
        cursor.execute(
            "select module, count(*) from extracts_row where extract_id = %s group by 1", [extract.pk]
        )
        rows = Counter(dict(cursor.fetchall()))
    if not rows:  # reference data is not staged
        rows[""] = extract.rows
    bad, rules = set(), dict[str, Counter[str]]()
    errors = extract.findings.filter(severity="error").values_list("module", "row_no", "code").distinct()
    for module, row_no, code in errors:
        place = module if module in rows else ""
        bad.add((place, module, row_no))
        rules.setdefault(place, Counter())[code] += 1
    return rows, Counter(place for place, _module, _row in bad), rules


def _modules(sent: Sent, name: str, rows: Iterable[str]) -> list[str]:
    """The tables of an extract that came out of one of its files."""
    if len(sent.files) == 1:
        return list(rows)
    [table] = read_tables(samples() / name, name)
    best = _best(LAYOUTS[sent.feed], table)
    return [best.module.code] if best else []


def _line(file: str, feed: str, rows: int, rejected: int, codes: Counter[str], instead: str = "") -> str:
    why = instead or ", ".join(f"{code} {number:,}" for code, number in sorted(codes.items()))
    return f"| {file} | {feed} | {rows:,} | {rows - rejected:,} | {rejected:,} | {why} |"


def document(told: Iterable[str], paths: Iterable[str]) -> str:
    """The whole page: the table, what the rules say, and the files that go to no feed."""
    table = sorted(told)
    named = sorted(
        code for code in (*RULES, "REFERENCE_UNUSED") if any(f" {code} " in line for line in table)
    )
    rules = "".join(f"- `{code}`: {_said(code)}\n" for code in named)
    others = "".join(f"| {path} | {why} |\n" for path in sorted(paths) if (why := why_neither(path)))
    return (
        HEAD + "\n".join(table) + "\n\n## What the rules say\n\n" + rules
        + "\n## Files that hold neither children nor settings\n\n| file | what it is |\n|---|---|\n" + others
    )  # fmt: skip


def _said(code: str) -> str:
    return RULES[code].message if code in RULES else "The row has no id or no name of its own."
