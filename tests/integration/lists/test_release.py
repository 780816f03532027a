"""From draft to reader: what two people do, what holds a list back, how it is recalled, and how a correction says what changed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from apps.access.models import Membership
from apps.agencies.actions import end_agreement
from apps.agencies.models import Agency, SharingAgreement
from apps.audit.models import Event
from apps.children.models import Child
from apps.core.clock import today, week_of
from apps.core.errors import Refused
from apps.involvements.models import Involvement
from apps.lists import actions, drafting, jobs, releasing
from apps.lists.models import Answer, Asking, Departure, Entry, Incident, Job, Receipt, Snag, Term, WeeklyList
from apps.lists.queries import own_list
from apps.lists.returns import actions as returns
from apps.lists.weeks import name_of
from apps.ragp.models import Scheme
from tests import world as worlds
from tests.world import bring

WEEK = week_of(today())
NEXT = WEEK + timedelta(days=7)
ELM, OAK = f"urn-{worlds.SCHOOL_URN}", f"urn-{worlds.OTHER_SCHOOL_URN}"


@pytest.fixture
def drafted(world):
    """This week's drafts."""
    actions.draft(week=WEEK, by=None)
    return world


def newest(code=ELM, week=WEEK):
    return WeeklyList.objects.filter(setting__code=code, week=week).latest("version")


def checked(world, *lists, by="early_help_officer"):
    releasing.check(lists=[each.pk for each in lists or WeeklyList.objects.all()], by=world.user(by))


def released(world, week=WEEK, by="supervisor"):
    job = releasing.ask_release(week=week, by=world.user(by))
    assert jobs.do(job_id=job.pk)
    return Job.objects.get(pk=job.pk).outcome


def out(world, week=WEEK):
    actions.draft(week=week, by=None)
    checked(world, *WeeklyList.objects.filter(week=week, state="drafted"))
    return released(world, week)


def as_user(world, name):
    client = Client()
    client.force_login(world.user(name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(listed, form="", prefix="mine"):
    return f"/lists/{prefix}/{listed.setting.code}/{name_of(listed.week)}{form or '/'}"


def moves(forename_urns):
    """The whole early years roll as it is from now on."""
    of = {"Ada": ("Y1", "Ashby"), "Cleo": ("Y3", "Cole"), "Dan": ("Y4", "Dunne")}
    bring("early_years_roll", *(
        {"Child Ref": of[name][0], "Forename": name, "Surname": of[name][1], "Date of Birth": "04/05/2022", "Postcode": "ZZ2 1ZZ",
         "Setting URN": urn, "Start Date": "01/09/2026"}
        for name, urn in forename_urns.items()
    ))  # fmt: skip


# two people


def test_a_draft_is_seen_by_those_who_prepare_lists_and_by_nobody_at_the_school(drafted):
    school, officer = as_user(drafted, "dsl"), as_user(drafted, "early_help_officer")
    assert own_list(drafted.user("dsl"), ELM, WEEK) is None
    assert [school.get(address(newest(), form)).status_code for form in ("", ".xlsx", ".csv")] == [404] * 3
    page = officer.get(address(newest(), prefix="all"))
    assert page.status_code == 200 and b"A draft." in page.content


def test_row_level_security_hides_a_draft_and_a_recalled_lists_lines_from_the_school(drafted):
    from tests.integration.test_rls import as_web

    dsl = str(drafted.users["dsl"].pk)
    asked = "select (select count(*) from lists_weeklylist), (select count(*) from lists_entry), (select count(*) from lists_departure)"
    assert as_web(asked, dsl) == [(0, 0, 0)]
    WeeklyList.objects.update(state="released")
    assert as_web(asked, dsl) == [(1, 2, 0)]
    WeeklyList.objects.update(state="recalled")
    assert as_web(asked, dsl) == [(1, 0, 0)]
    assert as_web("update lists_weeklylist set state = 'released'", dsl) == 0


def test_who_checks_does_not_release(drafted):
    checked(drafted)
    with pytest.raises(Refused, match="second person"):
        releasing.ask_release(week=WEEK, by=drafted.user("early_help_officer"))
    assert released(drafted) == {"released": 2, "held": 0}
    listed = newest()
    assert (listed.state, listed.checked_by, listed.released_by) == (
        "released", drafted.users["early_help_officer"].pk, drafted.users["supervisor"].pk,
    )  # fmt: skip


def test_a_list_that_was_checked_again_by_who_releases_does_not_go_out(drafted):
    checked(drafted)
    job = releasing.ask_release(week=WEEK, by=drafted.user("supervisor"))
    WeeklyList.objects.filter(pk=newest().pk).update(checked_by=drafted.users["supervisor"].pk)
    jobs.do(job_id=job.pk)
    assert newest().state == "checked" and newest(OAK).state == "released"


def test_nothing_is_released_that_nobody_checked(drafted):
    with pytest.raises(Refused, match="check them first"):
        releasing.ask_release(week=WEEK, by=drafted.user("supervisor"))


def test_some_or_all_are_released(drafted):
    checked(drafted, newest())
    with pytest.raises(Refused, match="None of these"):
        checked(drafted, newest())
    assert released(drafted) == {"released": 1, "held": 0}
    assert newest(OAK).state == "drafted"


def test_the_first_release_starts_the_watch_and_a_draft_does_not(drafted):
    assert Scheme.objects.get().watched_from is None
    checked(drafted), released(drafted)
    assert Scheme.objects.get().watched_from == newest().released_at


def test_officers_do_all_of_it_on_the_page(drafted, django_capture_on_commit_callbacks):
    first, second = as_user(drafted, "early_help_officer"), as_user(drafted, "supervisor")
    week = name_of(WEEK)
    first.post(f"/lists/check/{week}/", {"list": [newest().pk, "x", "9" * 30]})
    assert newest().state == "checked"
    first.post(f"/lists/check/{week}/", {"all": "1"})
    with django_capture_on_commit_callbacks(execute=True):
        answer = first.post(f"/lists/release/{week}/", {"all": "1"}, follow=True)
    assert b"a second person releases them" in answer.content
    with django_capture_on_commit_callbacks(execute=True):
        second.post(f"/lists/release/{week}/", {"list": [newest().pk]})
    assert (newest().state, newest(OAK).state) == ("released", "checked")
    page = second.get(f"/lists/?week={week}")
    assert b"1 list released" in page.content
    assert [row.state for row in second.get(f"/lists/?week={week}&state=released").context["rows"]] == [
        "Released"
    ]


def test_a_draft_asked_for_on_the_page_replaces_drafts_that_are_no_longer_so(
    drafted, django_capture_on_commit_callbacks
):
    Child.objects.filter(pk=drafted.child("ada").pk).update(surname="Corrected")
    before = newest().pk, newest(OAK).pk
    with django_capture_on_commit_callbacks(execute=True):
        as_user(drafted, "early_help_officer").post(f"/lists/draft/{name_of(WEEK)}/")
    assert (newest().pk != before[0], newest(OAK).pk == before[1], newest().version) == (True, True, 1)
    assert not Entry.objects.filter(list=before[0]).exists()
    assert set(newest().entries.values_list("surname", flat=True)) == {"Corrected", "Dunne"}


def test_a_job_that_is_refused_says_why(drafted):
    job = Job.objects.create(kind="draft", week=WEEK - timedelta(days=7), asked_at=newest().as_at)
    assert jobs.do(job_id=job.pk) and not jobs.do(job_id=job.pk)
    assert "earlier week" in Job.objects.get(pk=job.pk).outcome["refused"]


# what holds a list back


def test_a_child_that_moved_since_the_draft_holds_both_settings_lists_until_they_are_drafted_again(drafted):
    checked(drafted)
    moves({"Ada": worlds.OTHER_SCHOOL_URN, "Cleo": worlds.OTHER_SCHOOL_URN, "Dan": worlds.SCHOOL_URN})
    assert released(drafted) == {"released": 0, "held": 2}
    assert {(s.list.setting.code, s.kind, s.children) for s in Snag.objects.all()} == {
        (ELM, "moved", 1),
        (OAK, "moved", 1),
    }
    assert (newest().state, newest().checked_by, newest().released_at) == ("drafted", None, None)
    with pytest.raises(Refused, match="None of these"):
        checked(drafted)
    with pytest.raises(Refused, match="cannot be accepted"):
        releasing.settle(snag=Snag.objects.first(), note="x", by=drafted.user("early_help_officer"))
    assert out(drafted) == {"released": 2, "held": 0}
    assert set(newest(OAK).entries.values_list("forename", flat=True)) == {"Ada", "Cleo"}


@pytest.mark.parametrize("told", ["died_on", "left_area_on"])
def test_a_child_that_died_or_left_since_the_draft_holds_it(drafted, told):
    checked(drafted)
    Child.objects.filter(pk=drafted.child("cleo").pk).update(**{told: today()})
    assert released(drafted) == {"released": 1, "held": 1}
    assert newest(OAK).state == "drafted"


def test_an_agreement_that_ended_since_the_draft_holds_what_was_drafted_under_it(drafted):
    assert newest().entries.exclude(services=[]).exists()
    checked(drafted)
    for each in SharingAgreement.objects.all():
        end_agreement(agreement=each, reason="Review", by=drafted.user("sysadmin"))
    assert released(drafted) == {"released": 0, "held": 2}
    assert set(Snag.objects.values_list("kind", flat=True)) == {"unshared"}
    actions.draft(week=WEEK, by=None)
    assert not newest().entries.exclude(services=[], band="").exists()
    checked(drafted)
    assert released(drafted) == {"released": 2, "held": 0}


def test_an_agreement_to_existence_alone_holds_what_names_a_worker(drafted):
    checked(drafted)
    SharingAgreement.objects.update(level="existence")
    named = Entry.objects.exclude(lead="").values_list("list__setting__code", flat=True)
    assert set(named) and released(drafted)["held"] == len(set(named))
    assert set(Snag.objects.values_list("list__setting__code", "kind")) == {
        (code, "unshared") for code in named
    }


def test_a_list_nobody_could_open_is_not_checked(world):
    Membership.objects.filter(user=world.users["other_dsl"]).update(
        valid_until=today() - timedelta(days=1), valid_from=WEEK - timedelta(days=30)
    )
    actions.draft(week=WEEK, by=None)
    assert Snag.objects.get().kind == "nobody"
    checked(world)
    assert (newest().state, newest(OAK).state) == ("checked", "drafted")


def test_a_closed_setting_is_held(world):
    Agency.objects.filter(code=OAK).update(closed_on=today())
    actions.draft(week=WEEK, by=None)
    assert [(s.list.setting.code, s.kind) for s in Snag.objects.all()] == [(OAK, "closed")]


def test_a_list_that_halved_goes_out_once_somebody_says_why(world, monkeypatch):
    monkeypatch.setattr("apps.lists.drafting.SHRUNK_FROM", 2)
    out(world)
    moves({"Ada": worlds.OTHER_SCHOOL_URN, "Cleo": worlds.OTHER_SCHOOL_URN, "Dan": worlds.OTHER_SCHOOL_URN})
    actions.draft(week=NEXT, by=None)
    snag, officer = Snag.objects.get(), world.user("early_help_officer")
    assert (snag.kind, snag.children) == ("shrunk", 2)
    page = as_user(world, "early_help_officer").get(address(newest(week=NEXT), prefix="all"))
    assert b"Why it may go out all the same" in page.content
    with pytest.raises(Refused, match="Say why"):
        releasing.settle(snag=snag, note=" ", by=officer)
    as_user(world, "early_help_officer").post(f"/lists/snags/{snag.pk}/", {"note": "A class has closed"})
    with pytest.raises(Refused, match="already"):
        releasing.settle(snag=snag, note="again", by=officer)
    checked(world, newest(week=NEXT), newest(OAK, NEXT))
    assert released(world, NEXT) == {"released": 2, "held": 0}


# recall


def test_a_recalled_list_is_closed_at_once_and_says_so_to_its_own_people_alone(world):
    out(world)
    school, other = as_user(world, "dsl"), as_user(world, "other_dsl")
    assert school.get(address(newest(), ".xlsx")).status_code == 200
    officer = as_user(world, "early_help_officer")
    answer = officer.post(f"/lists/recall/{newest().pk}/", {"reason": "A line of another child"})
    note = Incident.objects.get()
    assert answer.headers["Location"] == reverse("lists:incident", args=[note.pk])
    assert [(each["user"], each["downloads"]) for each in note.readers] == [(world.users["dsl"].pk, 1)]
    for form in ("", ".xlsx", ".csv"):
        refused = school.get(address(newest(), form))
        assert refused.status_code == 410
        assert b"was recalled" in refused.content and b"ASHBY" not in refused.content
        assert other.get(address(newest(), form)).status_code == 404
    assert Event.objects.filter(kind="list.recalled", by=world.users["dsl"].pk).count() == 3


def test_the_note_of_a_recall_shows_who_had_opened_it_and_is_kept(world):
    out(world)
    as_user(world, "dsl").get(address(newest()))
    note = releasing.recall(listed=newest(), reason="Wrong", by=world.user("supervisor"))
    officer, address_of = as_user(world, "early_help_officer"), reverse("lists:incident", args=[note.pk])
    page = officer.get(address_of)
    assert b"Dsl Test" in page.content and b"Supervisor Test" in page.content
    assert officer.post(address_of, {"note": ""}).status_code == 422
    assert officer.post(address_of, {"note": "Phoned, copy deleted"}).status_code == 302
    assert b"copy deleted" in officer.get(address_of).content
    assert officer.get(reverse("lists:incident", args=[note.pk + 1])).status_code == 404


@pytest.mark.parametrize(("reason", "said"), [(" ", "Say why"), ("Wrong", "Only a list that is out")])
def test_a_recall_needs_a_reason_and_a_list_that_is_out(drafted, reason, said):
    with pytest.raises(Refused, match=said):
        releasing.recall(listed=newest(), reason=reason, by=drafted.user("supervisor"))


def test_after_a_recall_the_next_draft_is_a_new_version_and_opens_again(world):
    out(world)
    releasing.recall(listed=newest(), reason="Wrong", by=world.user("supervisor"))
    assert out(world) == {"released": 1, "held": 0}
    assert (newest().version, newest().state) == (2, "released")
    assert as_user(world, "dsl").get(address(newest())).status_code == 200


def test_an_officers_look_is_no_receipt_of_the_school(world):
    out(world)
    as_user(world, "early_help_officer").get(address(newest(), prefix="all"))
    assert not Receipt.objects.exists()
    for _ in range(2):
        as_user(world, "dsl").get(address(newest()))
    assert Receipt.objects.get().user == world.users["dsl"]


# corrections


def test_a_correction_is_a_new_version_that_says_what_changed(world):
    out(world)
    Child.objects.filter(pk=world.child("ada").pk).update(surname="Ashby-Hill")
    moves({"Ada": worlds.SCHOOL_URN, "Cleo": worlds.SCHOOL_URN, "Dan": worlds.OTHER_SCHOOL_URN})
    Child.objects.filter(pk=world.child("ada").pk).update(surname="Ashby-Hill")
    actions.draft(week=WEEK, by=None)
    school = as_user(world, "dsl")
    assert b"version 2" not in school.get(address(newest())).content, (
        "the first version stands until the second is out"
    )
    checked(world, *WeeklyList.objects.filter(state="drafted"))
    released(world)
    assert newest().correction == {"added": 1, "removed": 1, "altered": 1}
    assert set(newest().entries.filter(corrected=True).values_list("forename", flat=True)) == {"Ada", "Cleo"}
    page = school.get(address(newest()) + "?show=all").content
    assert b"1 added, 1 taken off, details changed for 1" in page
    officers = as_user(world, "early_help_officer").get(address(newest(), prefix="all")).content
    assert b"Version 2 corrects the version before." in officers and b"taken off" not in officers, (
        "Dan is hidden"
    )
    assert [each.child_id for each in Departure.objects.filter(list=newest())] == [world.child("dan").pk]


def test_a_correction_begins_with_what_was_answered_about_the_lines_it_leaves(world):
    out(world)
    said = {
        entry.pk: {"attended": "every", "seen_by": "J. Marr", "seen_on": today()}
        for entry in newest().entries.all()
    }
    returns.save(listed=newest(), given=said, by=world.user("dsl"))
    Child.objects.filter(pk=world.child("ada").pk).update(surname="Ashby-Hill")
    out(world)
    assert newest().version == 2
    kept = Answer.objects.filter(entry__list=newest()).values_list(
        "entry__forename", "attended", "seen_by", "saved_by"
    )
    assert list(kept) == [("Dan", "every", "J. Marr", world.users["dsl"].pk)], (
        "not about the line that is another now"
    )


def test_changes_are_marked_against_the_last_list_that_was_released(world):
    out(world)
    bring("vemt", {"VEMT Ref": "V1", "Surname": "Ashby", "Forename": "Ada", "Date of Birth": "04/05/2022", "Postcode": "ZZ2 1ZZ",
                   "Case Opened": "01/11/2026", "Case Closed": "", "Concern": "x"})  # fmt: skip
    actions.draft(week=NEXT, by=None)
    assert newest(week=NEXT).compared_id == newest().pk
    actions.draft(week=NEXT + timedelta(days=7), by=None)
    assert newest(week=NEXT + timedelta(days=7)).compared_id == newest().pk, (
        "nobody has seen the draft in between"
    )


def test_a_service_that_begins_or_is_no_longer_shown_is_named(world):
    send = {"EHM ID": "H1", "Forename": "Ada", "Surname": "Ashby", "Date of Birth": "04/05/2022", "Postcode": "ZZ2 1ZZ",
            "Episode ID": "E1", "Start Date": "01/10/2026", "End Date": "", "Support Level": "x"}  # fmt: skip
    out(world)
    bring("early_help", send)
    actions.draft(week=NEXT, by=None)
    entry = newest(week=NEXT).entries.get(forename="Ada")
    assert (entry.began, entry.ended) == (["Early help"], [])
    assert newest(week=NEXT).entries.get(forename="Dan").began == []


# what is asked, and when


@pytest.mark.parametrize(
    ("who", "asked"), [(None, {"Ada", "Dan"}), ("all", {"Ada", "Dan"}), ("plan", {"Ada", "Dan"})]
)
def test_the_list_says_of_whom_something_is_asked(world, who, asked):
    if who:
        Asking.objects.create(from_week=WEEK, who=who)
    actions.draft(week=WEEK, by=None)
    assert set(newest().entries.filter(asked=True).values_list("forename", flat=True)) == asked
    assert newest(OAK).entries.get().asked is (who != "plan")


@pytest.mark.parametrize("service", drafting.PLAN)
def test_who_is_in_need_protected_or_looked_after_has_a_social_worker_too(world, service):
    Asking.objects.create(from_week=WEEK, who="plan")
    cleo = Involvement.objects.filter(record__child=world.child("cleo"))
    SharingAgreement.objects.update(services=["*"])
    shown = cleo.exclude(service__in=("school_roll", "early_years_roll")).first()
    Involvement.objects.filter(pk=shown.pk).update(service=service)
    actions.draft(week=WEEK, by=None)
    assert newest(OAK).entries.get().asked


def term(name, first, last, code=None):
    setting = Agency.objects.get(code=code) if code else None
    return Term.objects.create(name=name, setting=setting, first_day=first, last_day=last)


def test_in_the_holidays_a_setting_gets_no_list(world):
    Agency.objects.filter(code__in=(ELM, OAK)).update(kind="school")
    friday, autumn = WEEK + timedelta(days=4), WEEK - timedelta(days=70)
    term("Autumn", autumn, WEEK - timedelta(days=1))
    term("Autumn", autumn, friday, OAK)
    actions.draft(week=WEEK, by=None)
    assert set(WeeklyList.objects.values_list("setting__code", flat=True)) == {OAK}


@pytest.mark.parametrize("opens", [0, 4])
def test_a_week_with_one_day_of_term_has_its_lists(world, opens):
    day = WEEK + timedelta(days=opens)
    term("Last day" if opens == 0 else "First day", day, day)
    Agency.objects.filter(code=ELM).update(kind="school")
    actions.draft(week=WEEK, by=None)
    assert WeeklyList.objects.filter(setting__code=ELM).exists()


def test_the_terms_of_schools_are_none_of_an_early_years_settings(world):
    Agency.objects.filter(code__in=(ELM, OAK)).update(kind="early_years")
    term("Summer", WEEK - timedelta(days=200), WEEK - timedelta(days=100))
    actions.draft(week=WEEK, by=None)
    assert WeeklyList.objects.count() == 2
