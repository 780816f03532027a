"""Every figure of the report in its order. Another app's figures are one module more here, with statements of its own."""

from apps.reports.figures import agreed, ratings, services, sources, work
from apps.reports.figures.kinds import About, Drawn, Figure, Named

FIGURES: dict[str, Figure] = {
    figure.code: figure for part in (ratings, services, work, agreed, sources) for figure in part.FIGURES
}

__all__ = ["FIGURES", "About", "Drawn", "Figure", "Named"]
