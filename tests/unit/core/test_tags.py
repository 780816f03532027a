"""The tags pages are written with."""

from datetime import date

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from apps.core.presenters import Entry


def drawn(source: str, **context: object) -> str:
    return Template("{% load vcdb %}" + source).render(Context(context))


def test_a_page_link_keeps_the_query():
    request = RequestFactory().get("/", {"school": "7", "page": "2"})
    page = drawn('{% pages page "changes" %}', page=Paginator(range(95), 10).page(2), request=request)
    assert 'href="?school=7&amp;page=3"' in page and "11 to 20 of 95 changes" in page


def test_one_page_needs_no_links():
    page = drawn('{% pages page "changes" %}', page=Paginator([1], 10).page(1))
    assert "<ul>" not in page and "1 to 1 of 1 changes" in page
    assert "No changes" in drawn('{% pages page "changes" %}', page=Paginator([], 10).page(1))


def test_a_timeline_is_newest_first_by_month():
    entries = [
        Entry(date(2026, 10, 1), "Old"),
        Entry(date(2026, 11, 12), "New"),
        Entry(date(2026, 11, 2), "Mid"),
    ]
    page = drawn("{% timeline entries %}", entries=entries)
    assert (
        page.index("November 2026")
        < page.index("New")
        < page.index("Mid")
        < page.index("October 2026")
        < page.index("Old")
    )


def test_an_empty_timeline_says_so():
    assert "Nothing dated yet" in drawn("{% timeline entries %}", entries=[])


def test_nothing_so_far_has_no_tick():
    assert "i-tick" in drawn('{% empty "Nothing waits." %}')
    page = drawn('{% empty "Nobody has answered yet." yet=True %}')
    assert "i-tick" not in page and "i-info" in page and "Nobody has answered yet." in page


def test_a_notice_takes_plain_words_or_paragraphs():
    assert "<p><b>Late.</b> Since Monday</p>" in drawn(
        '{% notice "late" title="Late." %}Since Monday{% endnotice %}'
    )
    assert "<p><b>Late.</b> </p><p>One</p>" in drawn('{% notice title="Late." %}<p>One</p>{% endnotice %}')


def test_data_inside_a_block_is_escaped_once():
    page = drawn("{% panel title %}{{ name }}{% endpanel %}", title="A & B", name="O'Neill & <b>")
    assert "A &amp; B" in page and "O&#x27;Neill &amp; &lt;b&gt;" in page


def test_a_search_with_names_is_not_sent_in_an_address():
    assert 'method="post"' in drawn('{% filters "Search" method="post" %}{% endfilters %}')


def test_a_child_without_a_link_is_a_name_alone():
    assert drawn('{% child_name "Varnell" "Ottilie" %}') == '<span class="vcdb-name">VARNELL, Ottilie</span>'
    assert 'href="/c/x"' in drawn('{% child_name "Varnell" "Ottilie" "/c/x" %}')


@pytest.mark.parametrize(
    "role",
    [
        "practitioner",
        "early_help_officer",
        "school",
        "review_administrator",
        "data_officer",
        "leadership",
        "information_governance",
        "system_administrator",
        "none",
    ],
)
def test_every_home_stands_with_nothing_to_show(role, rf):
    assert "<h1>" in render_to_string(f"home/{role}.html", {}, rf.get("/"))
