"""python -m tests.matching_scenarios --seed 3 [--out DIR] [--report]"""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path


def main() -> None:
    """Write a seed's files, or put them to the linker and say kind by kind what happened."""
    parser = ArgumentParser(prog="python -m tests.matching_scenarios", description=__doc__)
    parser.add_argument("--seed", type=int, nargs="+", default=[1])
    parser.add_argument(
        "--out", type=Path, help="Write PEOPLE.csv, TRUTH.csv and EXPECT.csv here, in a folder a seed"
    )
    parser.add_argument(
        "--report", action="store_true", help="Link them in the instance of VCDB_HOME or DATABASE_URL"
    )
    options = parser.parse_args()
    prepare()
    from tests.matching_scenarios.making import write

    for seed in options.seed:
        if options.out:
            write(seed, options.out / f"seed-{seed}")
    if options.report:
        report(options.seed)


def prepare() -> None:
    """Django, as the owner of the tables; the embedded server where no other is named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vcdb.settings")
    os.environ.setdefault("VCDB_ENV", "demo")
    os.environ.setdefault("VCDB_DB_ROLE", "owner")
    import django
    from django.conf import settings

    django.setup()
    if "--report" in sys.argv and "DATABASE_URL" not in os.environ:
        from vcdb.embedded import ensure

        ensure(settings.VCDB_HOME, queue=True)


def report(seeds: list[int]) -> None:
    """The figures of each seed, then every kind with what was expected and what became of it."""
    from tests.matching_scenarios.judging import judged

    verdicts = [judged(seed) for seed in seeds]
    kinds: dict[str, dict[tuple[str, str], int]] = {}
    for verdict in verdicts:
        print(f"seed {verdict.seed}: {verdict.figures}")  # noqa: T201
        for kind, counted in verdict.by_kind().items():
            for what, number in counted.items():
                sums = kinds.setdefault(kind, {})
                sums[what] = sums.get(what, 0) + number
    for kind, sums in sorted(kinds.items()):
        said = ", ".join(f"{expect}: {became} {number}" for (expect, became), number in sorted(sums.items()))
        print(f"{kind:34} {said}")  # noqa: T201
    for wrong in (line for verdict in verdicts for line in verdict.wrong):
        print(wrong)  # noqa: T201


if __name__ == "__main__":
    main()
