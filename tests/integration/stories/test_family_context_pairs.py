"""The published samples of social care and education: what is the same links, what is near is asked about."""

from collections import Counter
from datetime import date

import pytest
from django.conf import settings

from apps.extracts.models import Feed
from apps.matching.models import Decision, Question
from tests.integration.stories.telling import send_files

pytestmark = pytest.mark.usefixtures("ground")
FOLDER = settings.VCDB_SAMPLES / "family_context"


@pytest.mark.skipif(not FOLDER.exists(), reason="the samples are not here")
def test_the_474_that_agree_link_and_the_26_that_nearly_do_are_asked_about():
    for feed, name in (("family_context_csc", "csc.csv"), ("family_context_education", "education.csv")):
        send_files(feed, {name: (FOLDER / name).read_bytes()}, as_of=date(2026, 11, 16))
    scheme = Feed.objects.get(code="family_context_education").id_scheme
    outcomes = Counter(Decision.objects.filter(record__id_scheme=scheme).values_list("outcome", flat=True))
    assert (outcomes["linked"], outcomes["question"]) == (474, 26)
    rules = Counter(Question.objects.filter(record__id_scheme=scheme).values_list("rule", flat=True))
    assert rules == {"perhaps_twins": 10, "birth_date_near": 9, "no_address": 7}
