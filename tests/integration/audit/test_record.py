"""Every event has its author, and shares its transaction with what it records."""

import pytest
from django.db import connection, transaction

from apps.access.reach import reach_of
from apps.accounts.actions import open_account
from apps.accounts.models import User
from apps.audit.actions import hash_terms, record, record_search
from apps.audit.models import Event, SearchTerms

pytestmark = pytest.mark.django_db


def test_an_event_names_a_user_by_object_or_id(django_user_model):
    user = django_user_model.objects.create_user("u", "u@example.org")
    for by in (user, user.pk):
        event = Event.objects.get(pk=record("x.y", by=by))
        assert (event.by, event.by_label) == (user.pk, "")


@pytest.mark.parametrize("by, label", [(None, "system"), ("timetable", "timetable")])
def test_an_event_without_a_user_names_the_process(by, label):
    event = Event.objects.get(pk=record("x.y", by=by))
    assert (event.by, event.by_label) == (None, label)


def test_an_event_keeps_children_agency_subject_and_detail():
    event = Event.objects.get(
        pk=record("x.y", by=1, children=[3, 4], agency=5, subject="list:9", detail={"n": 1})
    )
    assert (event.children, event.agency, event.subject, event.detail) == ([3, 4], 5, "list:9", {"n": 1})
    assert event.at is not None


def test_the_web_role_can_add_an_event(django_user_model):
    user = django_user_model.objects.create_user("u", "u@example.org")
    with reach_of(user):
        event = record("x.y", by=user)
    assert Event.objects.filter(pk=event).exists()


def test_a_write_is_undone_when_its_event_cannot_be_written():
    with pytest.raises(Exception, match="refused for the test"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "create function refuse() returns trigger language plpgsql as $$ begin raise 'refused for the test'; end $$;"
                "create trigger refuse before insert on audit_event for each row execute function refuse()"
            )
        with transaction.atomic():
            open_account(email="new@example.org", by=None)
    assert not User.objects.filter(email="new@example.org").exists()


def test_an_event_is_undone_with_the_write_it_records():
    before = Event.objects.count()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("x.y", by=1)
        raise ZeroDivisionError
    assert Event.objects.count() == before


def test_search_terms_can_be_erased_and_still_be_proved():
    terms = {"surname": "ashby", "dob": "2012"}
    event = Event.objects.get(pk=record_search(by=1, terms=terms, children=[5]))
    assert event.kind == "search.run"
    assert "ashby" not in str(event.detail)
    assert SearchTerms.objects.get(event=event.pk).terms == terms
    SearchTerms.objects.filter(event=event.pk).delete()
    assert event.detail["terms_hash"] == hash_terms({"dob": "2012", "surname": "ashby"})


def test_the_hash_of_terms_is_keyed(settings):
    before = hash_terms({"surname": "ashby"})
    settings.SECRET_KEY = "another key, as long as it has to be, of another council"
    assert hash_terms({"surname": "ashby"}) != before
