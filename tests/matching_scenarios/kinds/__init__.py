"""Every kind of scenario: a function that sends records and says what must come of them; its name is the kind's."""

from collections.abc import Callable

from tests.matching_scenarios.stage import Stage

Kind = Callable[[Stage], None]
KINDS: dict[str, Kind] = {}


def kind(function: Kind) -> Kind:
    """Register a kind."""
    KINDS[function.__name__] = function
    return function


from tests.matching_scenarios.kinds import (  # noqa: E402
    births,
    families,
    hidden,
    homes,
    moments,
    names,
    numbers,
)

__all__ = ["KINDS", "births", "families", "hidden", "homes", "kind", "moments", "names", "numbers"]
