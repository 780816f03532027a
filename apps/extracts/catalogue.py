"""What every new instance starts with: agencies, feeds and who shares what with whom. Data only."""

from typing import NamedTuple

from apps.agencies.models import Kind, Level

AGENCIES = {
    "council": ("Borough Council", Kind.SERVICE),
    "csc": ("Children's social care", Kind.SERVICE),
    "early-help": ("Early help", Kind.SERVICE),
    "send": ("Special educational needs and disabilities service", Kind.SERVICE),
    "education": ("Education service", Kind.SERVICE),
    "youth-justice": ("Youth justice service", Kind.SERVICE),
    "young-carers": ("Young carers service", Kind.SERVICE),
    "vemt": ("VEMT (vulnerable, exploited, missing, trafficked)", Kind.SERVICE),
    "neet": ("Preparing for adulthood", Kind.SERVICE),
    "health-camhs": ("CAMHS", Kind.HEALTH),
    "health-community": ("Community health and therapies", Kind.HEALTH),
    "health-continuing-care": ("Children's continuing care", Kind.HEALTH),
    "csc-fc": ("Children's social care (Family Context)", Kind.SERVICE),
    "education-fc": ("Education service (Family Context)", Kind.SERVICE),
    # the teams that answer for children of no setting: each has a weekly list, and sees what is shared with the education service
    "of-no-setting-home": ("Home educated", Kind.SERVICE),
    "of-no-setting-elsewhere": ("At a setting not known to us", Kind.SERVICE),
    "of-no-setting-unknown": ("No setting known", Kind.SERVICE),
}


class FeedSpec(NamedTuple):
    """A feed as it is first installed. ``priority``: whose words win for a child's fields, lowest first."""

    code: str
    title: str
    agency: str
    scheme: str
    services: tuple[str, ...]
    priority: int
    full: bool = True
    days: int = 7


FEEDS = (
    FeedSpec("gias", "Schools and settings (GIAS)", "education", "urn", (), 99, days=31),
    FeedSpec("professionals", "Directory of professionals", "council", "worker_id", (), 99),
    FeedSpec("wards", "Wards by postcode (ONS)", "council", "postcode", (), 99, days=365),
    FeedSpec("school_census", "School census", "education", "upn", ("school_roll", "sen_support",
    "exclusion"), 20),
    FeedSpec("csc_people", "People known to social care", "csc", "la_child_id", ("social_worker",), 10),
    FeedSpec("ssda903", "Children looked after (SSDA903)", "csc", "la_child_id", ("looked_after",
    "care_leaver", "missing"), 80),
    FeedSpec(
        "cin_census", "Children in need (CIN census)", "csc", "la_child_id", ("child_in_need",
        "child_protection", "social_care_referral"), 81
    ),
    FeedSpec(
        "annex_a", "Children's social care (Annex A)", "csc", "la_child_id", ("social_care_referral",
        "early_help", "child_in_need", "child_protection", "looked_after", "care_leaver"), 82, days=31
    ),
    FeedSpec("early_years_roll", "Early years roll", "education", "early_years_roll", ("early_years_roll",),
    45),
    FeedSpec("community_health", "Community health and therapies", "health-community", "community_health",
    ("community_health",), 30),
    FeedSpec("early_help", "Early help", "early-help", "early_help", ("early_help",), 40),
    FeedSpec("ehcp", "Education, health and care plans", "send", "send_id", ("ehcp",), 41),
    FeedSpec("sen_support", "SEN support", "send", "send_id", ("sen_support",), 42),
    FeedSpec("attendance", "Attendance", "education", "upn", ("school_roll",), 85, full=False),
    FeedSpec(
        "attendance_codes", "Attendance by code", "education", "upn", ("school_roll",), 86, full=False
    ),
    FeedSpec("suspensions", "Suspensions and exclusions", "education", "upn", ("exclusion",), 87, full=False),
    FeedSpec("send_annex_a", "SEND lists (Annex A)", "send", "send_id", ("ehcp", "sen_support"), 83, days=31),
    FeedSpec("sen2", "Plans (SEN2)", "send", "sen2", ("ehcp",), 46, days=365),
    FeedSpec(
        "nhs_cohort", "NHS cohort and class lists", "health-community", "nhs_number", ("school_roll",), 71,
        full=False, days=365
    ),
    FeedSpec("neet_risk", "Risk of NEET", "neet", "neet_risk", ("neet_risk",), 60),
    FeedSpec("camhs", "CAMHS", "health-camhs", "camhs", ("camhs",), 31),
    FeedSpec("continuing_care", "Continuing care", "health-continuing-care", "continuing_care",
    ("continuing_care",), 32),
    FeedSpec("clinical_status", "Clinical status", "health-community", "nhs_number", ("community_health",),
    70),
    FeedSpec("youth_justice", "Youth justice", "youth-justice", "youth_justice", ("youth_justice",), 61),
    FeedSpec("young_carers", "Young carers", "young-carers", "young_carers", ("young_carer",), 62),
    FeedSpec("vemt", "VEMT", "vemt", "vemt", ("vemt",), 63),
    FeedSpec(
        "family_context_csc", "Family Context: social care", "csc-fc", "family_context_csc",
        ("social_worker",), 50, days=31
    ),
    FeedSpec(
        "family_context_education", "Family Context: education", "education-fc", "family_context_education",
        ("school_roll",), 51, days=31
    ),
)  # fmt: skip


class Agreement(NamedTuple):
    """An agreement as first installed: one provider; the recipients are agencies by code, or all of a kind."""

    provider: str
    recipients: tuple[str | Kind, ...]
    services: tuple[str, ...]
    level: Level
    basis: str
    rating: bool = False


SETTINGS = (Kind.SCHOOL, Kind.EARLY_YEARS)
COUNCIL = ("early-help", "send", "youth-justice", "young-carers", "vemt", "neet")
COOPERATE = "Children Act 2004, sections 10 and 11; UK GDPR articles 6(1)(e) and 9(2)(g)"
CRIME = "Crime and Disorder Act 1998, section 115; Data Protection Act 2018, schedule 1"

AGREEMENTS = (
    Agreement("csc", ("early-help", "vemt", "council"), ("*",), Level.CONTENT, COOPERATE, True),
    Agreement(
        "csc",
        ("send", "education", "youth-justice", "young-carers", "neet"),
        ("*",),
        Level.EXISTENCE,
        COOPERATE,
        True,
    ),
    Agreement(
        "csc",
        (Kind.HEALTH,),
        ("looked_after", "child_protection", "social_worker"),
        Level.EXISTENCE,
        COOPERATE,
    ),
    Agreement(
        "csc",
        SETTINGS,
        ("looked_after", "child_protection", "child_in_need"),
        Level.EXISTENCE,
        COOPERATE,
        True,
    ),
    # a school must know whom to call about a child who has a social worker
    Agreement("csc", SETTINGS, ("social_worker",), Level.CONTENT, COOPERATE, True),
    Agreement("early-help", ("csc", "vemt", "council"), ("*",), Level.CONTENT, COOPERATE, True),
    Agreement(
        "early-help",
        ("send", "education", "youth-justice", "young-carers", "neet"),
        ("*",),
        Level.EXISTENCE,
        COOPERATE,
    ),
    Agreement("early-help", (*SETTINGS, Kind.HEALTH), ("early_help",), Level.EXISTENCE, COOPERATE),
    Agreement(
        "send",
        ("csc", "early-help", "education", "neet", "council", *SETTINGS),
        ("*",),
        Level.CONTENT,
        COOPERATE,
    ),
    Agreement("send", (Kind.HEALTH,), ("*",), Level.EXISTENCE, COOPERATE),
    Agreement("education", ("csc", *COUNCIL, "council", *SETTINGS), ("*",), Level.CONTENT, COOPERATE, True),
    Agreement(
        "neet",
        ("csc", "early-help", "education", "youth-justice", "council", Kind.SCHOOL),
        ("*",),
        Level.CONTENT,
        COOPERATE,
    ),
    Agreement("young-carers", ("csc", "early-help", "council"), ("*",), Level.CONTENT, COOPERATE),
    Agreement("young-carers", SETTINGS, ("*",), Level.EXISTENCE, COOPERATE),
    Agreement("vemt", ("csc", "early-help", "youth-justice", "council"), ("*",), Level.EXISTENCE, COOPERATE),
    Agreement("youth-justice", ("csc", "vemt"), ("*",), Level.CONTENT, CRIME),
    Agreement("youth-justice", ("early-help", "council"), ("*",), Level.EXISTENCE, CRIME),
    Agreement("health-camhs", ("csc", "early-help", "council"), ("camhs",), Level.EXISTENCE, COOPERATE),
    Agreement(
        "health-community",
        ("csc", "early-help", "send", "council"),
        ("community_health",),
        Level.EXISTENCE,
        COOPERATE,
    ),
    Agreement("health-community", (Kind.SCHOOL,), ("community_health",), Level.EXISTENCE, COOPERATE),
    Agreement(
        "health-continuing-care", ("csc", "send", "council"), ("continuing_care",), Level.EXISTENCE, COOPERATE
    ),
    # The data officer compares their records, so both share with the council
    Agreement(
        "csc-fc", ("education-fc", "csc", "early-help", "council"), ("*",), Level.CONTENT, COOPERATE, True
    ),
    Agreement(
        "education-fc", ("csc-fc", "csc", "early-help", "council"), ("*",), Level.CONTENT, COOPERATE, True
    ),
)
