"""The services a child can be involved with and the measures taken of one: code as data, so that every page agrees."""

from typing import NamedTuple


class Service(NamedTuple):
    """A service: its group on the child's page, and whether it is an enrolment rather than help."""

    code: str
    name: str
    group: str
    enrolment: bool = False


GROUPS = {
    "social_care": "Children's social care",
    "early_help": "Early help",
    "send": "Special educational needs and disabilities",
    "health": "Health",
    "education": "Education",
    "youth_justice": "Youth justice",
    "exploitation": "Exploitation",
}

SERVICES = {
    s.code: s
    for s in (
        Service("looked_after", "Looked after", "social_care"),
        Service("child_protection", "Child protection plan", "social_care"),
        Service("child_in_need", "Child in need", "social_care"),
        Service("social_worker", "Allocated social worker", "social_care"),
        Service("social_care_referral", "Referral to social care", "social_care"),
        Service("care_leaver", "Care leaver", "social_care"),
        Service("missing", "Missing from care or home", "social_care"),
        Service("early_help", "Early help", "early_help"),
        Service("young_carer", "Young carer", "early_help"),
        Service("ehcp", "Education, health and care plan", "send"),
        Service("sen_support", "SEN support", "send"),
        Service("camhs", "CAMHS", "health"),
        Service("community_health", "Community health and therapies", "health"),
        Service("continuing_care", "Continuing care", "health"),
        Service("neet_risk", "Risk of NEET", "education"),
        Service("exclusion", "Suspension or permanent exclusion", "education"),
        Service("youth_justice", "Youth justice", "youth_justice"),
        Service("vemt", "VEMT", "exploitation"),
        Service("school_roll", "On a school roll", "education", enrolment=True),
        Service("early_years_roll", "At an early years setting", "education", enrolment=True),
    )
}

ENROLMENTS = tuple(code for code, service in SERVICES.items() if service.enrolment)


class Measure(NamedTuple):
    """A measure: its name, unit, the service whose sharing decides who may see it, and the feeds without which nobody has measured."""

    code: str
    name: str
    unit: str
    service: str
    feeds: tuple[str, ...] = ()


MEASURES = {
    m.code: m
    for m in (
        Measure(
            "attendance",
            "Attendance",
            "percent of possible sessions",
            "school_roll",
            ("attendance", "attendance_codes"),
        ),
        Measure("suspension", "Suspension", "sessions", "exclusion", ("suspensions",)),
        Measure("permanent_exclusion", "Permanent exclusion", "sessions", "exclusion", ("suspensions",)),
        Measure("clinical_status", "Clinical status", "", "community_health"),
        Measure("neet_risk_score", "NEET risk score", "points", "neet_risk"),
        Measure("placement", "Placement", "", "looked_after"),
        Measure("sdq", "Strengths and difficulties score", "points (0 to 40)", "looked_after", ("ssda903",)),
        Measure("disability", "Disability", "", "child_in_need"),
        Measure("sen_need", "Primary need", "", "sen_support"),
        Measure("free_school_meals", "Free school meals", "", "school_roll"),
        Measure("education_status", "Education other than at school", "", "school_roll"),
        Measure("school_week", "Attended in the week, by the setting’s return", "", "school_roll"),
        Measure("school_concern", "Concern, by the setting’s return", "", "school_roll"),
        Measure("school_risk", "Risk, by the setting’s assessment", "", "school_roll"),
        Measure("school_expected", "Attendance expected by the setting", "", "school_roll"),
        Measure("school_contact", "Contact attempt by the setting", "", "school_roll"),
    )
}
