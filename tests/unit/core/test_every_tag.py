"""Each tag of a page drawn once, as the guide at its head describes it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms
from django.template import Context, Template
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from apps.core import samples
from apps.core.presenters import Band, Cause, Change, Crumb, Freshness, State, Step, Tile
from apps.core.templatetags import vcdb

DAY = date(2026, 11, 16)
RED, AMBER = Band("Red", "red", "red"), Band("Amber", "amber", "amber")


def drawn(source, **context):
    return Template("{% load vcdb %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ d|day }}", "16 Nov 2026"),
        ("{{ d|longday }}", "Mon 16 Nov 2026"),
        ("{{ m|moment }}", "Mon 16 Nov 2026, 06:10"),
        ("{{ none|day }}{{ none|longday }}{{ none|moment }}{{ none|number }}{{ none|nhs }}", ""),
        ("{{ 8412|number }}", "8,412"),
        ("{{ '9992041188'|nhs }}", "999 204 1188"),
        ('{{ 2|plural:"child,children" }}', "2 children"),
        ('{{ 1|plural:"child,children" }}', "1 child"),
        ('{{ 3|plural:"row" }}', "3 rows"),
        ("{{ 12|difference:9 }}", "+3"),
    ],
)
def test_the_filters_say_what_the_guide_says(source, said):
    assert drawn(source, d=DAY, m=datetime(2026, 11, 16, 6, 10, tzinfo=UTC), none=None) == said


@pytest.mark.parametrize(
    ("source", "kind", "said"),
    [
        ('{% state "known" since=d %}', "known", "Known since 16 Nov 2026"),
        ('{% state "ended" until=d %}', "ended", "Ended 16 Nov 2026"),
        ('{% state "ended" until=d since=e %}', "ended", "Ended 16 Nov 2026, from 1 Jan 2026"),
        (
            '{% state "unchecked" reason="no source sends this" %}',
            "unchecked",
            "<b>Not checked</b> (no source sends this)",
        ),
        ("{% state held %}", "held", "Not shared with your agency"),
    ],
)
def test_a_state_in_words_or_as_a_shape(source, kind, said):
    page = drawn(source, d=DAY, e=date(2026, 1, 1), held=State.held())
    assert f"vcdb-state--{kind}" in page and said in page


def test_no_freshness_draws_nothing():
    assert drawn("{% fresh none %}", none=None) == ""
    assert "CAMHS" in drawn("{% fresh it %}", it=Freshness("CAMHS", DAY))
    assert "CAMHS" not in drawn("{% fresh it short=True %}", it=Freshness("CAMHS", DAY))
    assert "vcdb-fresh--late" in drawn('{% fresh "Four weeks old" "late" %}')


def test_a_clock_without_an_end_says_so():
    opened = timezone.now()
    assert "no time set" in drawn("{% clock opened due %}", opened=opened, due=None)
    assert "2 h left" in drawn(
        "{% clock opened due %}", opened=opened, due=opened + timedelta(hours=2, minutes=5)
    )


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ('{% badge "New" "new" "plus" %}', ["vcdb-badge--new", "#i-plus", "New"]),
        ('{% badge "Plain" %}', ['class="vcdb-badge"', "Plain"]),
        ('{% tel "01632 960300" %}', ['href="tel:01632960300"', "01632 960300"]),
        ('{% tel "+44 1632 960300" %}', ['href="tel:+441632960300"']),
        ("{% few 4 %}", ["under 5"]),
        ("{% few none %}", ["withheld"]),
        ('{% icon "lock" %}', ["#i-lock"]),
        ('{% icon "s-known" %}', ["#s-known"]),
        (
            "{% rating red size='big' was=True %}",
            ["vcdb-rating--red", "vcdb-rating--big", "vcdb-rating--was", "Red"],
        ),
        ("{% rating %}", ["vcdb-rating--none", "Not rated"]),
        ("{% bar 5 10 %}", ["M0 3h50", "<b>5</b>"]),
        ("{% bar 5 0 %}", ["M0 3h0"]),
        ('{% held "Hidden." "Ask them." %}', ["<b>Hidden.</b> Ask them."]),
        ('{% empty "All done." "Nothing waits." %}', ["#i-tick", "<b>All done.</b> Nothing waits."]),
        ('{% empty "Broken." "Try again." bad=True %}', ["vcdb-notice--stop", "Try again."]),
        ('{% back "Queue" "/queue/" %}', ['aria-label="Back"', 'href="/queue/"', "Queue"]),
        (
            '{% pick "item" 7 "Select MARSH, Una" %}',
            ['name="item"', 'value="7"', 'aria-label="Select MARSH, Una"'],
        ),
        ('{% pick "item" 7 "x" True %}', [" checked"]),
        ('{% progress 5 10 "Rows" %}', ['value="5"', 'max="10"', 'aria-label="Rows"']),
    ],
)
def test_a_mark_is_drawn_with_its_parts(source, parts):
    page = drawn(source, none=None, red=RED)
    assert [part for part in parts if part not in page] == []


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ('{% panel "T" id="p" mark=True flush=True level=3 kind="k" %}c{% endpanel %}',
         ['id="p"', 'aria-labelledby="p-title"', "<h3", "vcdb-panel--mark k", "</div>c</section>"]),
        ('{% panel "T" fresh=it %}c{% endpanel %}', ["CAMHS, as at", '<div class="vcdb-panel__body">c</div>']),
        ("{% panel %}c{% endpanel %}", ['<section class="vcdb-panel"><div']),
        ('{% side "Decide" %}c{% endside %}', ['id="decide"', "vcdb-side", "vcdb-panel--mark"]),
        ("{% bulk %}c{% endbulk %}", ["data-count", "Choose rows, then:", "c</div>"]),
        ("{% actions %}c{% endactions %}", ['<div class="vcdb-actions">c</div>']),
        ('{% heading "T" note="N" fresh=it %}b{% endheading %}', ["<h1>T</h1>", "<p>N · ", "CAMHS", "b</div>"]),
        ('{% heading "T" %} {% endheading %}', ["<h1>T</h1></div></div>"]),
        ('{% notice "done" %}c{% endnotice %}', ["vcdb-notice--done", "#i-tick", "<p>c</p>"]),
        ('{% notice "done" icon="lock" %}c{% endnotice %}', ["#i-lock"]),
        ('{% filters "L" button="Go" clear="/c/" target="#t" %}c{% endfilters %}',
         ['aria-label="L"', ">Go</button>", 'href="/c/"', 'hx-target="#t"', 'hx-select="#t"', 'method="get"']),
        ('{% table "C" "A|B:r" kind="tight queue" %}<tr><td>1</td><td>2</td></tr>{% endtable %}',
         ["vcdb-table--tight", "vcdb-queue", 'class="vcdb-hide">C</caption>', 'data-label="B"', 'class="r">B</th>']),
        ('{% table "C" "A" show_caption=True %}{% endtable %}', ["<caption>C</caption>"]),
    ],
)  # fmt: skip
def test_a_block_puts_its_content_where_it_belongs(source, parts):
    page = drawn(source, it=Freshness("CAMHS", DAY))
    assert [part for part in parts if part not in page] == []


def test_a_row_of_filters_without_a_target_is_an_ordinary_form():
    page = drawn('{% filters "L" %}c{% endfilters %}')
    assert "hx-" not in page and "Clear" not in page


def test_figures_lead_to_their_rows_where_they_have_any():
    page = drawn(
        "{% tiles items %}", items=[Tile("Waiting", 1204, "oldest 2 days", "/q/"), Tile("Late", "none")]
    )
    assert '<a href="/q/">1,204</a>' in page and "<small>oldest 2 days</small>" in page
    assert '<span class="vcdb-figure">none</span></div>' in page


def test_the_present_step_is_marked_and_a_stopped_one_too():
    page = drawn("{% steps items %}", items=[Step("A", "done"), Step("B", "stop", "held"), Step("C")])
    assert page.count('aria-current="step"') == 1
    assert 'class="is-stop" aria-current="step"' in page
    assert "Done: " in page and "Stopped: " in page and "3." in page and "1." not in page


def test_causes_and_late_sources_and_crumbs():
    page = drawn("{% causes items %}", items=[Cause("+", "Plan", "social care"), Cause("x", "Odd")])
    assert "gained" in page and "unsure" in page
    assert drawn("{% late items %}", items=[Freshness("CAMHS", DAY)]) == ""
    assert "2 sources are late" in drawn(
        "{% late items %}", items=[Freshness("A", None), Freshness("B", DAY, "5 days late")]
    )
    page = drawn("{% crumbs items %}", items=[Crumb("Lists", "/lists/"), Crumb("Wenlow")])
    assert 'href="/lists/"' in page and 'aria-current="page">Wenlow' in page


def test_the_twelve_months_stand_beside_a_table_newest_first():
    changes = [Change(date(2026, 1, 2), AMBER, "7 points"), Change(date(2026, 6, 3), RED, "16 points")]
    page = drawn("{% rating_line changes bands until %}", changes=changes, bands=[RED, AMBER], until=DAY)
    assert page.index("3 Jun 2026") < page.index("2 Jan 2026")
    assert "16 points" in page and page.count('<svg class="vcdb-chart') == 2


def test_a_field_of_a_row_of_filters_has_no_hint():
    class Asked(forms.Form):
        word = forms.CharField(help_text="Any part of it")

    bound = Asked()["word"]
    assert vcdb.field(bound)["hint"] == "Any part of it"
    assert vcdb.filter_field(bound)["hint"] == ""
    assert vcdb.field(bound, "Name", "Hint")["label"] == "Name"


@given(st.text(max_size=30))
def test_no_mark_lets_markup_of_data_through(text):
    raw = f"<script>{text}"
    for page in (
        drawn("{% child_name name name href %}", name=raw, href=raw),
        drawn("{% panel name %}{{ name }}{% endpanel %}", name=raw),
        drawn("{% badge name %}{% tel name %}{% held name name %}{% back name name %}", name=raw),
        drawn("{% tiles items %}", items=[Tile(raw, raw, raw, raw)]),
    ):
        assert "<script" not in page.lower()


def test_the_style_guide_has_a_clock_in_each_state():
    assert [clock.kind for clock in samples.clocks()] == ["", "soon", "over"]
