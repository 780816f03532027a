"""What Splink learns of records: how often each level is seen of one child, and of two."""

import logging
from collections.abc import Iterable, Mapping
from importlib import import_module
from math import log2
from typing import Any

from apps.core.errors import Refused
from apps.pipeline.training.comparing import BLOCKED_ON, LEVELS, SURE, TRAINED_ON, comparisons
from apps.pipeline.training.extra import splink

FEWEST = 1_000
MOST_PAIRS, SEED, RECALL = 2_000_000, 1, 0.8
#: No level weighs more than this either way.
MOST_BITS = 22.0
#: A level that hardly any pair of one child showed was not learnt: it is rare, not impossible.
HARDLY = 1e-4
#: A name is common, and may be written into a model, from so many bearers on.
COMMON, MOST_COMMON = 25, 250

Weights = dict[str, dict[str, float]]


def linker(rows: Iterable[Mapping[str, Any]], settings: dict[str, Any] | None = None) -> Any:
    """Splink over these records; raise Refused where it is not installed or there are too few."""
    package = splink()
    logging.getLogger("splink").setLevel(logging.ERROR)
    table = arrow(rows)
    if table.num_rows < FEWEST:
        raise Refused(
            f"A model needs at least {FEWEST:,} records to learn from; there are {table.num_rows:,}."
        )
    api = package.DuckDBAPI()
    return package.Linker(
        api.register(table, table_name="people"), settings or plan(), log_level=logging.ERROR
    )


def arrow(rows: Iterable[Mapping[str, Any]]) -> Any:
    """Rows as a table of columns, in the form Splink's engine takes without a copy."""
    pyarrow = import_module("pyarrow")
    text, texts = pyarrow.string(), pyarrow.list_(pyarrow.string())
    kinds = {"parts": texts, "familiar": pyarrow.list_(pyarrow.int64())}
    listed = list(rows)
    return pyarrow.table(
        {
            name: pyarrow.array([row[name] for row in listed], kinds.get(name, text))
            for name in (listed[0] if listed else ())
        }
    )


def plan() -> dict[str, Any]:
    """Splink's settings before it has learnt anything."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "comparisons": comparisons(),
        "blocking_rules_to_generate_predictions": list(BLOCKED_ON),
    }


def train(learner: Any) -> dict[str, Any]:
    """Let it learn, and answer its settings with what it has learnt."""
    training = learner.training
    training.estimate_probability_two_random_records_match(list(SURE), recall=RECALL)
    training.estimate_u_using_random_sampling(max_pairs=MOST_PAIRS, seed=SEED)
    for rule in TRAINED_ON:
        training.estimate_parameters_using_expectation_maximisation(rule)
    learnt: dict[str, Any] = learner.misc.save_model_to_json()
    return learnt


def weights(learnt: Mapping[str, Any]) -> Weights:
    """Bits by field and level, where both probabilities were learnt."""
    found: Weights = {}
    for comparison in learnt["comparisons"]:
        field = comparison["output_column_name"]
        named = zip(LEVELS[field], comparison["comparison_levels"][1:], strict=True)
        found[field] = {
            name: bits(level["m_probability"], level["u_probability"])
            for (name, _condition), level in named
            if level.get("m_probability", 0) > HARDLY and level.get("u_probability")
        }
    return found


def bits(one: float, two: float) -> float:
    """How much likelier a level is for one child than for two, in bits, within bounds."""
    return round(max(-MOST_BITS, min(MOST_BITS, log2(one / two))), 1)


def frequencies(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """How large a part of children bears each common name; no name that few bear leaves the database."""
    listed, found = list(rows), {}
    for field in ("surname", "forename"):
        counted: dict[str, int] = {}
        for row in listed:
            if row[field]:
                counted[row[field]] = counted.get(row[field], 0) + 1
        common = sorted(
            (name for name, number in counted.items() if number >= COMMON), key=lambda name: -counted[name]
        )
        found[field] = {name: round(counted[name] / len(listed), 6) for name in common[:MOST_COMMON]}
    return found
