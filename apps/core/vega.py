"""Drawings by Vega-Lite: specifications as plain dicts, made into SVG on the server, so that a page needs no script and paper has the same.

The compiler starts threads of its own when it first draws: a process that has drawn must not fork.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import vl_convert
from django.core.cache import cache
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

Spec = Mapping[str, Any]

#: How wide a drawing is, in pixels: half a page or a sheet of paper, a telephone, the whole page.
WIDE, NARROW, WHOLE = 560, 262, 1200
KEPT = 60 * 60 * 24 * 35
#: What the compiler writes for scripts and screen readers, who have the sentence and the table; half of a drawing's length.
SPARE = re.compile(
    r'<path class="(?:fore|back)ground" aria-hidden="true" d="(?:M0,0h0v0h0Z)?"[^>]*/>'
    r'|(?<=[\w"]) (?:(?:class|role|aria-[a-z]+|pointer-events)="[^"]*"|opacity="1")'
)

# The colours of static/vcdb/vcdb.css, since a drawing on paper has no style sheet; a test compares the two.
INK, SOFT, LINE = "#15202b", "#46535f", "#d3dae0"
TINTS = ("#17324d", "#2b5b88", "#4f7fae", "#83a6c8", "#b9cee2")
BANDS = {
    "red": ("#a81020", "#a81020"),
    "amber": ("#ffc14a", "#7d4f00"),
    "green": ("#e4f3e6", "#17733b"),
    "purple": ("#56297f", "#56297f"),
    "none": ("#fff", "#6b7883"),
}
CONFIG = {
    "background": None,
    "font": "Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK, "labelFontSize": 13, "domain": False, "ticks": False, "grid": False, "gridColor": LINE, "title": None,
        "labelPadding": 6, "labelLimit": 190,
    },
    "legend": {"labelColor": INK, "labelFontSize": 13, "labelLimit": 240, "title": None, "orient": "top", "symbolType": "square",
               "symbolStrokeWidth": 0, "columnPadding": 28, "offset": 8},
    "title": {"color": SOFT, "fontSize": 13, "fontWeight": "normal", "anchor": "start", "frame": "bounds", "offset": 8},
    "text": {"color": INK, "fontSize": 13},
}  # fmt: skip


@dataclass(frozen=True)
class Drawing:
    """What is drawn at any width, and the sentence for who does not see it; the table beside it says the same."""

    says: str
    spec: Callable[[int], Spec]
    wide: int = WIDE

    @property
    def page(self) -> SafeString:
        """The drawing twice, wide and narrow; CSS shows the one that fits."""
        shown = (mark_safe(svg(self.spec(width))) for width in (self.wide, NARROW))  # noqa: S308
        return format_html(
            '<div class="vcdb-drawn" role="img" aria-label="{}"><div class="vcdb-only-wide" aria-hidden="true">{}</div>'
            '<div class="vcdb-only-narrow" aria-hidden="true">{}</div></div>',
            self.says, *shown,
        )  # fmt: skip

    @property
    def paper(self) -> dict[str, str]:
        """The same for a sheet of paper."""
        return {"svg": svg(self.spec(WIDE)), "alt": self.says}


def svg(spec: Spec) -> str:
    """The drawing, kept by the digest of all that makes it; words in it are escaped by the compiler."""
    asked = json.dumps({"config": CONFIG, **spec}, sort_keys=True)
    mark = hashlib.sha256(f"{version('vl-convert-python')} {asked}".encode()).hexdigest()
    return str(cache.get_or_set(f"drawing:{mark}", lambda: _drawn(asked), KEPT))


def _drawn(asked: str) -> str:
    made: str = vl_convert.vegalite_to_svg(asked, allowed_base_urls=[])
    return SPARE.sub("", made)
