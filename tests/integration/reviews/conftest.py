"""Who runs reviews, and the weekly meeting that the tests of meetings start from."""

from datetime import time

import pytest


@pytest.fixture
def admin(world):
    return world.user("review_admin")


@pytest.fixture
def series(admin):
    # a conftest is read before the apps are there
    from apps.reviews.meetings import actions
    from apps.reviews.models import ReviewType
    from tests.integration.reviews.reviewing import agency

    return actions.save_series(
        series=None, name="Weekly", type=ReviewType.objects.get(for_triage=True), weekday=0, chair="Ina Chair",
        starts=time(10), minutes=240, people=[["Sol Worker", agency("csc").pk], ["Dee Essel", agency("urn-900001").pk]], by=admin,
    )  # fmt: skip
