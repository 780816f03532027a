"""Two feeds that speak of one child: neither closes, renames or unlinks what the other said."""

from django.db import transaction

from apps.children.models import RecordVersion, SourceRecord
from apps.involvements.models import Involvement
from apps.ragp.models import Assessment
from tests.integration.stories import telling
from tests.integration.stories.telling import bring, child_of, the


def rating(child):
    return Assessment.objects.get(child=child, superseded_at=None)


def current(**which):
    return Involvement.objects.filter(recorded_to=None, **which)


def sen(**more):
    """A row of SEN support."""
    return {"Person ID": "S1", **telling.person("Ada"), "SEN support start date": telling.days_ago(20), "SEN support end date": "",
            "SEN primary need": "SLCN", **more}  # fmt: skip


def plan(**more):
    """A row of education, health and care plans: the same scheme of ids as SEN support."""
    return {"Person ID": "S1", **telling.person("Ada"), "Date initial EHC plan issued": telling.days_ago(10),
            "Date EHC plan ceased": "", "SEN primary need": "ASD", **more}  # fmt: skip


def test_two_feeds_of_one_scheme_write_to_one_record(ground):
    bring("sen_support", sen())
    summary = bring("ehcp", plan())
    assert (summary["records"]["new"], summary["records"]["question"]) == (0, 0)
    record = SourceRecord.objects.get(id_scheme="send_id", local_id="S1")
    assert set(
        RecordVersion.objects.filter(record=record, recorded_to=None).values_list("feed__code", flat=True)
    ) == {
        "ehcp",
        "sen_support",
    }
    assert rating(the("Ada")).points == 3


def test_a_full_file_of_one_ends_nothing_of_the_other(ground):
    bring("sen_support", sen())
    bring("ehcp", plan())
    other = sen(**telling.apart("Ben")) | {"Person ID": "S2"}
    assert bring("sen_support", other)["involvements"]["ended"] == 1
    assert current(service="ehcp").get().end_on is None
    assert child_of("send_id", "S1") == the("Ada")


def test_each_keeps_its_own_words_and_the_more_trusted_names_the_child(ground):
    bring("camhs", telling.camhs("P1", "Ada"))
    bring("camhs", telling.camhs("P1", "Ada") | {"Surname": "Marshe"})
    said = dict(
        RecordVersion.objects.filter(recorded_to=None, record__child=the("Ada")).values_list(
            "feed__code", "surname"
        )
    )
    assert (said["csc_people"], said["camhs"], the("Ada").surname) == ("Marsh", "Marshe", "Marsh")


def test_what_only_the_less_trusted_knows_fills_the_gap_until_the_other_says_it(ground):
    bring("camhs", telling.camhs("P1", "Ada") | {"Ethnic Category": "WBRI", "NHS Number": "9990000018"})
    assert (the("Ada").ethnicity, the("Ada").nhs_number) == ("WBRI", "9990000018")
    bring(
        "csc_people",
        *(
            row | {"Ethnicity": "WIRI" if row["Forename"] == "Ada" else ""}
            for row in telling.known_to_social_care()
        ),
    )
    assert (the("Ada").ethnicity, the("Ada").nhs_number) == ("WIRI", "9990000018")


def test_points_of_two_feeds_add_up_and_go_one_by_one(ground):
    bring("early_help", telling.early_help("H1", "Ada"))
    bring("camhs", telling.camhs("P1", "Ada"))
    bring("sen_support", sen())
    assert (rating(the("Ada")).band, rating(the("Ada")).points) == ("amber", 7)
    bring("early_help", telling.early_help("H1", "Ada", end=telling.days_ago(1)))
    assert (rating(the("Ada")).band, rating(the("Ada")).points) == ("green", 4)
    assert {each["service"] for each in rating(the("Ada")).contributions} == {"camhs", "sen_support"}


def test_the_order_in_which_feeds_arrive_makes_no_difference_to_who_and_what(ground):
    loads = {
        "early_help": telling.early_help("H1", "Ada"), "camhs": telling.camhs("P1", "Ada"), "sen_support": sen(), "ehcp": plan(),
    }  # fmt: skip
    seen = []
    for order in (list(loads), list(reversed(loads))):
        with transaction.atomic():
            for feed in order:
                bring(feed, loads[feed])
            ada = the("Ada")
            ids = sorted(ada.records.values_list("id_scheme", "local_id"))
            seen.append((ids, rating(ada).points, sorted(ada.reach), ada.full_name))
            transaction.set_rollback(True)
    assert seen[0] == seen[1]
    assert seen[0][1] == 9


def test_a_death_told_by_one_ends_the_queue_and_the_list_of_all(ground):
    telling.publish_week()
    bring("early_help", telling.early_help("H1", "Ada"))
    rows = [
        row | ({"Date of Death": telling.days_ago(1)} if row["Forename"] == "Ada" else {})
        for row in telling.known_to_social_care()
    ]
    bring("csc_people", *rows)
    ada = the("Ada")
    assert ada.died_on is not None
    assert not ada.triage_items.filter(state="open").exists()
    telling.publish_week(telling.NEXT_MONDAY)
    assert not ada.entries.filter(list__week=telling.NEXT_MONDAY).exists()
