"""What is made of what Splink has learnt; Splink itself is an extra that need not be there."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from apps.core.errors import Refused
from apps.matching.linkage import model as linkage
from apps.pipeline.training import candidate, comparing, extra, learning, people

#: Levels with no pendant in two records side by side: earlier names, crowds, both numbers; and addresses compared by their words.
CARRIED = {
    "former",
    "known_as",
    "first",
    "middle",
    "order",
    "crossed",
    "similar",
    "assumed",
    "expected",
    "crowd",
}
WORDS = {"address": {"near", "street", "number"}}


def learnt(**probabilities: tuple[float, float]) -> dict[str, Any]:
    """Splink's answer, of the fields given as their best level's probabilities."""
    return {
        "comparisons": [
            {
                "output_column_name": field,
                "comparison_levels": [{"is_null_level": True}]
                + [
                    {"m_probability": m, "u_probability": u} if number == 0 else {"sql_condition": "ELSE"}
                    for number, _ in enumerate(comparing.LEVELS[field])
                ],
            }
            for field, (m, u) in probabilities.items()
        ]
    }


def test_every_level_is_one_of_the_linkers() -> None:
    for field, levels in comparing.LEVELS.items():
        names = {name for name, _ in levels}
        assert names <= set(linkage.LEVELS[field])
        assert set(linkage.LEVELS[field]) - names <= CARRIED | WORDS.get(field, set()) | {"missing"}, field
        assert levels[-1][1] == "" and all(condition for _, condition in levels[:-1])


def test_weights_are_bits_within_bounds_and_what_was_not_seen_is_not_learnt() -> None:
    found = learning.weights(learnt(nhs=(0.96, 1e-9), sex=(0.9, 0.45), dob=(1e-6, 0.5)))
    assert found == {"nhs": {"exact": learning.MOST_BITS}, "sex": {"agree": 1.0}, "dob": {}}


def test_a_candidate_is_the_live_model_with_what_was_learnt() -> None:
    live = linkage.live()
    made = candidate.made("9", {"sex": {"agree": 0.7}}, {"surname": {"quill": 0.5}}, "Trained by a test")
    assert linkage.faults(made) == []
    assert made["weights"]["sex"] == {**live.weights["sex"], "agree": 0.7}
    assert made["weights"]["nhs"] == live.weights["nhs"]
    assert made["thresholds"] == live.thresholds
    assert made["frequencies"]["surname"]["quill"] == 0.5


def test_a_candidate_that_is_not_whole_is_refused() -> None:
    with pytest.raises(Refused, match="parts of one"):
        candidate.made("9", {}, {"surname": {"quill": 3.0}}, "Trained by a test")


def test_a_candidate_has_the_next_number_and_the_form_of_the_live_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("model-1.json", "model-12.json", "model-old.json"):
        (tmp_path / name).write_text("{}")
    monkeypatch.setattr(linkage, "FOLDER", tmp_path)
    assert candidate.next_version() == "13"
    candidate.write({"version": "13"}, tmp_path / "model-13.json")
    assert json.loads((tmp_path / "model-13.json").read_text()) == {"version": "13"}


def test_another_model_decides_only_within_its_block() -> None:
    live = linkage.live()
    other = linkage.read(candidate.made("9", {}, {}, "Trained by a test") | {"version": "9"})
    with linkage.trying(other):
        assert linkage.live() is other
    assert linkage.live() is live


def test_names_that_few_bear_stay_out_of_a_model() -> None:
    rows = [{"surname": "smith", "forename": None}] * learning.COMMON
    rows += [{"surname": "quillfeather", "forename": "ada"}] * (learning.COMMON - 1)
    assert learning.frequencies(rows) == {"surname": {"smith": round(25 / 49, 6)}, "forename": {}}


def test_a_record_becomes_the_linkers_own_keys() -> None:
    row = people.plain(
        {
            "unique_id": 7, "surname_key": "marsh lee", "forename_key": "mohamed ali", "dob": date(2014, 3, 9), "sex": "U",
            "address_key": "flat 2 1 fern rd", "postcode_key": "ZZ993VZ",
        }
    )  # fmt: skip
    assert (row["surname"], row["parts"], row["forename"], row["spelling"]) == (
        "marshlee",
        ["lee", "marsh"],
        "mohamed",
        "muhammad",
    )
    assert (row["dob"], row["sex"], row["address"], row["postcode"]) == (
        "2014-03-09",
        None,
        "2 1 fern road",
        None,
    )
    assert (
        people.plain({"unique_id": 8, "forename_key": "unborn", "dob": date(2026, 1, 1), "unborn": True})[
            "dob"
        ]
        is None
    )


def test_without_splink_a_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(extra, "import_module", missing)
    assert not extra.is_installed()
    with pytest.raises(Refused, match=r"requirements-linkage\.txt"):
        learning.linker([])
