"""Every assessment can be worked out again from its stored facts and scheme, to the same band and reasons."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.core.clock import behind, today
from apps.involvements.models import Involvement, Observation
from apps.matching.models import LinkVersion
from apps.ragp.actions import assess
from apps.ragp.checking import check
from apps.ragp.models import Assessment, Rule
from apps.ragp.rules import recompute
from tests.integration.ragp.facts import child, involve, observe, rating

pytestmark = pytest.mark.django_db

fact = st.one_of(
    st.tuples(
        st.just("I"),
        st.sampled_from(
            ("child_protection", "social_care_referral", "early_help", "missing", "camhs", "vemt")
        ),
        st.integers(-3, 200),
        st.none() | st.integers(-3, 200),
    ),
    st.tuples(
        st.just("O"),
        st.sampled_from(("attendance", "suspension", "sdq")),
        st.integers(-3, 420),
        st.sampled_from((0, 16, 17, 49, 50, 79, 80, 100)),
    ),
)


class Forgotten(Exception):
    """Ends an example, whose facts are taken back."""


def tell(one, facts):
    for kind, what, days, more in facts:
        start = today() - timedelta(days=days)
        if kind == "O":
            observe(one, what, start, more)
        else:
            involve(one, what, start, None if more is None else max(start, today() - timedelta(days=more)))


def known(at):
    """Everything told so far was known from a moment on."""
    for model in (Involvement, Observation, LinkVersion):
        model.objects.update(recorded_from=at)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(fact, max_size=6), later=st.lists(fact, max_size=3))
def test_whatever_the_facts_and_whenever_they_came(before, later):
    try:
        with transaction.atomic():
            one, other = child(), child()
            with behind(timedelta(days=3)):
                tell(one, before)
                tell(other, before)
                known(timezone.now() - timedelta(days=3, minutes=1))
                assess(by=None)
            tell(one, later)
            assess(by=None)
            found = check()
            assert found.ok, found
            assert found.assessments == Assessment.objects.count()
            raise Forgotten
    except Forgotten:
        pass


def test_a_rating_that_was_tampered_with_is_found():
    one = child()
    involve(one, "child_protection", today())
    assess(by=None)
    assert check().ok
    Assessment.objects.filter(child=one).update(band="green")
    assert (check().wrong_bands, check().wrong_reasons) == (1, 1)


def test_facts_that_were_tampered_with_are_found():
    one = child()
    involve(one, "child_protection", today())
    observe(one, "attendance", today(), 40)
    assess(by=None)
    Observation.objects.update(value=60)
    found = check()
    assert (found.wrong_bands, found.wrong_reasons) == (0, 1)
    assert Involvement.objects.exists()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(fact, max_size=8))
def test_the_band_follows_from_the_reasons_alone(facts):
    try:
        with transaction.atomic():
            one = child()
            tell(one, facts)
            assess(by=None)
            found = rating(one)
            if found:
                floors = dict(Rule.objects.exclude(floor="").values_list("code", "floor"))
                bands = list(found.scheme.bands.all())
                assert found.band == recompute(found.contributions, bands, floors, found.unrated)
            raise Forgotten
    except Forgotten:
        pass
