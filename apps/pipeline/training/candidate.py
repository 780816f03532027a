"""A candidate model: the live one with what was learnt in its place, and how it does beside it."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from apps.core.clock import today
from apps.core.errors import Refused
from apps.matching.linkage import model as linkage
from apps.matching.linkage.model import Model
from apps.pipeline.evaluation.linking import link
from apps.pipeline.evaluation.reading import Given
from apps.pipeline.evaluation.reporting import figures
from apps.pipeline.training.learning import Weights


def next_version() -> str:
    """The number after the highest there is."""
    found = (path.stem.removeprefix("model-") for path in linkage.FOLDER.glob("model-*.json"))
    return str(max((int(number) for number in found if number.isdecimal()), default=0) + 1)


def made(version: str, learnt: Weights, often: Mapping[str, Mapping[str, float]], how: str) -> dict[str, Any]:
    """The content of a candidate's file: what was not learnt is the live model's; raise Refused where it is not whole."""
    live = linkage.live()
    model = {
        "version": version,
        "made": f"{how}, on {today().isoformat()}. Thresholds, and levels Splink cannot see, are model {live.version}'s",
        "thresholds": dict(live.thresholds),
        "crowd": dict(live.crowd),
        "weights": {field: {**levels, **learnt.get(field, {})} for field, levels in live.weights.items()},
        "frequencies": {
            field: {**names, **often.get(field, {})} for field, names in live.frequencies.items()
        },
    }
    if wrong := linkage.faults(model):
        raise Refused(f"What was learnt makes no whole model. {' '.join(wrong)}")
    return model


def beside(models: Mapping[str, Model], people: Sequence[Given], truth: Mapping[str, str]) -> dict[str, Any]:
    """What each model makes of a file whose truth is known, by the real linker."""
    found = {}
    for name, model in models.items():
        with linkage.trying(model):
            found[name] = figures(people, link(people), truth)
    return found


def write(model: Mapping[str, Any], path: Path) -> None:
    """The file, in the form the live one has."""
    path.write_text(json.dumps(model, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
