"""A candidate model is learnt from records, judged beside the live one, and decides nothing."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.children.models import SourceRecord
from apps.core.clock import commit_moment
from apps.matching.linkage import model as linkage
from apps.matching.models import Apart
from apps.pipeline.training import decided, extra, people
from tests.integration.matching.arrivals import arrive, feed, person
from tests.matching_scenarios.background import populate
from tests.matching_scenarios.making import table
from tests.matching_scenarios.stage import COLUMNS, Stage

pytestmark = pytest.mark.django_db
ADA = {"surname": "Marsh", "forename": "Ada", "dob": date(2014, 3, 9), "postcode": "ZZ1 1AA"}


def test_live_records_are_read_in_their_current_words() -> None:
    arrive(feed("one"), [person("a", **ADA)])
    arrive(feed("one"), [person("a", **{**ADA, "surname": "Hall", "postcode": "ZZ1 1AB"})])
    [row] = people.live()
    assert (row["surname"], row["forename"], row["dob"], row["postcode"]) == (
        "hall",
        "ada",
        "2014-03-09",
        "ZZ11AB",
    )


def test_a_model_is_with_the_person_or_against() -> None:
    arrive(
        feed("one"), [person("a", **ADA), person("b", **{**ADA, "forename": "Zoe", "postcode": "ZZ9 9ZZ"})]
    )
    arrive(feed("two"), [person("c", **{**ADA, "address": "1 Fern Row"})])
    one, two, three = SourceRecord.objects.order_by("pk")
    by = User.objects.create_user("clerk")
    for a, b in ((one, two), (one, three)):
        Apart.objects.create(record=a, other=b, by=by.pk, at=commit_moment())
    pairs = list(decided.decided())
    assert pairs == [(one.pk, two.pk, False), (one.pk, three.pk, False)]
    found = decided.agreement(pairs, {"live": linkage.live()})
    assert found == {"same": 0, "different": 2, "live": {"same": 0, "different": 1}}


def test_without_the_extra_the_command_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(extra, "import_module", missing)
    with pytest.raises(CommandError, match="Splink is not installed"):
        call_command("train_linkage", "--out", str(tmp_path / "model.json"))
    assert not (tmp_path / "model.json").exists()


@pytest.mark.slow
@pytest.mark.skipif(not extra.is_installed(), reason="Splink is an extra")
def test_a_candidate_is_learnt_and_judged_beside_the_live_model(tmp_path: Path, capsys: Any) -> None:
    stage = Stage(7)
    populate(stage, 500)
    table(tmp_path / "PEOPLE.csv", COLUMNS, ([row[name] for name in COLUMNS] for row in stage.rows))
    table(tmp_path / "TRUTH.csv", ("record_id", "child_id"), stage.truth.items())
    out = tmp_path / "model.json"
    call_command(
        "train_linkage",
        str(tmp_path / "PEOPLE.csv"),
        "--truth",
        str(tmp_path / "TRUTH.csv"),
        "--out",
        str(out),
        "--json",
    )
    said = json.loads(capsys.readouterr().out)
    made = json.loads(out.read_text())
    assert linkage.faults(made) == []
    assert made["weights"]["nhs"]["exact"] > 5 > 0 > made["weights"]["forename"]["conflict"]
    assert said["evaluation"]["truth"]["live"]["model"] == linkage.LIVE
    assert said["evaluation"]["truth"]["candidate"]["model"] == made["version"] != linkage.LIVE
    assert said["evaluation"]["truth"]["candidate"]["false_pairs"] == 0
