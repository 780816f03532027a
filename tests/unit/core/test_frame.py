"""The frame round every page: who is signed in, where they may go, and what it does without."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from apps.core import views
from apps.core.context_processors import frame


@pytest.fixture
def request_of(rf):
    def made(**carried):
        request = rf.get("/")
        user = SimpleNamespace(is_authenticated=True, get_full_name=lambda: "Priya Venn")
        vars(request).update({"user": user} | carried)
        return request

    return made


def page(request) -> str:
    return render_to_string("base.html", {"user": request.user, "messages": []}, request)


def test_the_frame_takes_what_the_middleware_set(request_of):
    nav = [{"label": "Triage", "url": "/triage/", "current": True, "count": 24}]
    drawn = page(request_of(nav=nav, role_label="Early help officer"))
    assert 'href="/triage/" aria-current="page"' in drawn and ">24<" in drawn
    assert "Priya Venn" in drawn and "Early help officer" in drawn


def test_the_frame_stands_where_nothing_was_set(rf):
    shown = frame(rf.get("/"))
    assert (shown["nav"], shown["role_label"]) == ([], "")


def test_a_stranger_sees_no_search_and_no_navigation(request_of):
    drawn = page(request_of(user=SimpleNamespace(is_authenticated=False)))
    assert "vcdb-masthead__find" not in drawn and "Sign out" not in drawn


def test_a_role_that_may_not_search_gets_no_search(request_of):
    assert "vcdb-masthead__find" not in page(request_of(can_search=False))


def test_names_are_searched_by_post(request_of):
    drawn = page(request_of())
    start = drawn.index("vcdb-masthead__find")
    assert 'method="post"' in drawn[start : start + 200]


def test_signing_out_is_a_form(request_of):
    drawn = page(request_of())
    assert 'method="post" action="/accounts/logout/"' in drawn


def test_my_name_leads_to_my_password_and_second_step(request_of):
    drawn = page(request_of())
    assert '<a href="/accounts/2fa/"><b>Priya Venn</b>' in drawn


def test_names_in_the_frame_are_escaped(request_of):
    user = SimpleNamespace(is_authenticated=True, get_full_name=lambda: "<b>Priya")
    assert "<b>Priya" not in page(request_of(user=user))


def test_every_page_says_that_it_is_logged(request_of):
    assert "Every search and every page opened is logged." in page(request_of())


def test_staying_signed_in_answers_with_nothing(rf):
    answer = views.stay(rf.head("/stay/"))
    assert (answer.status_code, answer.content) == (204, b"")
