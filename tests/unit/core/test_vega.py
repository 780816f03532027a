"""Drawings by Vega-Lite: SVG that the pages' policy lets through, kept by what was asked, in the pages' own colours."""

import re
from pathlib import Path

import pytest

from apps.core import vega

CSS = Path("static/vcdb/vcdb.css").read_text()
BOLD = "<script>alert('x')</script> & \"more\""


def spec(*names, **more):
    values = [{"name": name, "number": 7} for name in names]
    encoding = {
        "y": {"field": "name", "type": "nominal"},
        "x": {"field": "number", "type": "quantitative"},
    }
    return {"data": {"values": values}, "mark": "bar", "encoding": encoding, **more}


def test_a_drawing_has_neither_script_nor_style_nor_marks_for_screen_readers():
    made = vega.svg(spec(BOLD))
    assert made.startswith("<svg") and made.count("<svg") == made.count("</svg>") == 1
    assert not re.search(r"<style|<script|style=|href=|role=|aria-|class=|\bon\w+=", made)
    assert "&lt;script&gt;" in made


def test_what_was_drawn_once_is_not_drawn_again(monkeypatch):
    made = vega.svg(spec("once", height=99))
    monkeypatch.setattr(vega.vl_convert, "vegalite_to_svg", lambda *given, **more: pytest.fail("drawn again"))
    assert vega.svg(spec("once", height=99)) == made
    with pytest.raises(pytest.fail.Exception):
        vega.svg(spec("once", height=98))


def test_a_drawing_fetches_nothing_from_anywhere():
    with pytest.raises(ValueError, match="not allowed"):
        vega.svg({**spec("x"), "data": {"url": "http://127.0.0.1:9/numbers.json"}})


@pytest.mark.parametrize(("name", "colours"), vega.BANDS.items())
def test_the_colours_of_bands_are_the_pages_own(name, colours):
    fill, edge = colours
    assert f"--vcdb-{name}: {fill};" in CSS
    assert f"--vcdb-{name}-edge: {edge};" in CSS or edge == fill


def test_the_other_colours_are_the_pages_own_too():
    for name, colour in (("ink", vega.INK), ("soft", vega.SOFT), ("line", vega.LINE)):
        assert f"--vcdb-{name}: {colour};" in CSS
    for place, tint in enumerate(vega.TINTS, 1):
        assert f".vcdb-chart .p{place} {{ fill: {tint}; }}" in CSS


def test_on_a_page_it_is_one_picture_with_a_sentence_in_two_widths():
    page = vega.Drawing("Most: <7>", lambda width: spec("x", width=width)).page
    assert page.count("<svg") == 2 and page.count('role="img"') == 1
    assert 'aria-label="Most: &lt;7&gt;"' in page and page.count('aria-hidden="true"') == 2
