"""The CSV layouts of the agencies as data: one row a spell, in each system's own headings."""

from apps.extracts.layouts.specs import Heading, InvolvementSpec, ObservationSpec, SightingSpec
from apps.extracts.layouts.tabular import TabularLayout

Person = dict[str, Heading | list[str]]

PERSON: Person = {
    "surname": ("Surname", "Last Name", "Family Name"),
    "forename": ("Forename", "First Name", "Given Name"),
    "dob": ("Date of Birth", "DOB", "Birth Date"),
    "sex": ("Gender", "Sex"),
}
HOME: Person = {"address": "Address", "postcode": "Postcode"}
NHS: Person = {"nhs_number": "NHS Number"}
UPN: Person = {"upn": "UPN"}
POSTCODE: Person = {"postcode": "Postcode"}
ETHNICITY: Person = {"ethnicity": ("Ethnicity", "Ethnic Category")}

CSC_PEOPLE = TabularLayout(
    code="csc_people",
    title="People known to children's social care",
    local_id="LA Child ID",
    person=PERSON | NHS | UPN | HOME | ETHNICITY | {
        "middle_names": "Middle Names", "known_as": "Known As", "died_on": "Date of Death",
        "left_area_on": "Left Area Date",
    },
    involvements=(
        InvolvementSpec("social_worker", start="Allocation Date", worker="Allocated Worker ID",
        category="Team", when=("Allocated Worker ID", ())),
    ),
    sightings=(SightingSpec(on="Last Seen Date", by="Last Seen By", how="How Seen",
    detail={"Seen alone": "Seen Alone"}),),
    restricted="Restricted",
)  # fmt: skip

EARLY_HELP = TabularLayout(
    code="early_help",
    title="Early help episodes",
    local_id="EHM ID",
    person=PERSON | NHS | UPN | HOME | ETHNICITY,
    involvements=(
        InvolvementSpec(
            "early_help", start="Start Date", end="End Date", key="Episode ID", category="Support Level",
            worker="Lead Practitioner ID",
            detail={"Reason": "Reason"},
        ),
    ),
    sightings=(SightingSpec(on="Last Contact Date", by="Last Contact By", how="Last Contact Type"),),
)  # fmt: skip

EHCP = TabularLayout(
    code="ehcp",
    title="Education, health and care plans",
    local_id="Person ID",
    person=PERSON | NHS | UPN | HOME | ETHNICITY,
    involvements=(
        InvolvementSpec(
            "ehcp", start="Date initial EHC plan issued", end="Date EHC plan ceased",
            category="SEN primary need", worker="Caseworker ID",
            detail={"Last reviewed": "Date EHC plan last reviewed",
            "Main setting (URN)": "Main education establishment - URN"},
        ),
    ),
)  # fmt: skip

SEN_SUPPORT = TabularLayout(
    code="sen_support",
    title="SEN support",
    local_id="Person ID",
    person=PERSON | UPN | POSTCODE,
    involvements=(
        InvolvementSpec(
            "sen_support", start="SEN support start date", end="SEN support end date",
            category="SEN primary need",
            detail={"Main setting (URN)": "Main education establishment - URN"},
        ),
    ),
)  # fmt: skip

VEMT = TabularLayout(
    code="vemt",
    title="Children discussed at VEMT",
    local_id="VEMT Ref",
    person=PERSON | HOME,
    involvements=(
        InvolvementSpec(
            "vemt",
            start="Case Opened",
            end="Case Closed",
            category="Concern",
            worker="Lead Worker ID",
            detail={"Level of risk": "Risk Level"},
        ),
    ),
)

NEET_RISK = TabularLayout(
    code="neet_risk",
    title="Risk of NEET",
    local_id="CCIS ID",
    person=PERSON | UPN | POSTCODE,
    involvements=(InvolvementSpec("neet_risk", start="At Risk From", end="At Risk To", worker="Adviser ID"),),
    observations=(ObservationSpec("neet_risk_score", on="Assessed On", value="Score"),),
)

CAMHS = TabularLayout(
    code="camhs",
    title="CAMHS referrals",
    local_id="Local Patient ID",
    person=PERSON | NHS | HOME | ETHNICITY,
    involvements=(
        InvolvementSpec(
            "camhs",
            start="Referral Received",
            end="Discharge Date",
            key="Referral ID",
            category="Pathway",
            worker="Care Coordinator ID",
        ),
    ),
    sightings=(SightingSpec(on="Last Contact Date", by="Last Contact By", how="Contact Type"),),
)

COMMUNITY_HEALTH = TabularLayout(
    code="community_health",
    title="Community health and therapies",
    local_id="Local Patient ID",
    person=PERSON | NHS | HOME | ETHNICITY,
    involvements=(
        InvolvementSpec(
            "community_health",
            start="Accepted Date",
            end="Discharge Date",
            key="Caseload ID",
            category="Service",
            worker="Clinician ID",
        ),
    ),
    sightings=(SightingSpec(on="Last Contact Date", by="Last Contact By"),),
)

CONTINUING_CARE = TabularLayout(
    code="continuing_care",
    title="Children's continuing care",
    local_id="Case ID",
    person=PERSON | NHS | POSTCODE,
    involvements=(
        InvolvementSpec(
            "continuing_care", start="Eligible From", end="Eligible To", category="Package", worker="Nurse ID"
        ),
    ),
)

YOUTH_JUSTICE = TabularLayout(
    code="youth_justice",
    title="Youth justice interventions",
    local_id="ChildView ID",
    person=PERSON | HOME | ETHNICITY,
    involvements=(
        InvolvementSpec(
            "youth_justice",
            start="Start Date",
            end="End Date",
            key="Intervention ID",
            category="Order Type",
            worker="Case Manager ID",
        ),
    ),
    sightings=(SightingSpec(on="Last Contact Date", by="Last Contact By"),),
)

YOUNG_CARERS = TabularLayout(
    code="young_carers",
    title="Young carers",
    local_id="YC Ref",
    person=PERSON | HOME,
    involvements=(
        InvolvementSpec(
            "young_carer",
            start="Registered On",
            end="Closed On",
            category="Cares For",
            worker="Support Worker ID",
            detail={"School": "School"},
        ),
    ),
)

ATTENDANCE = TabularLayout(
    code="attendance",
    title="Attendance",
    local_id="UPN",
    person=PERSON | UPN,
    observations=(
        ObservationSpec(
            "attendance", on="Period End", part="Sessions Attended", whole="Sessions Possible",
            detail={"From": "Period Start", "School (URN)": "School URN"},
        ),
    ),
    upper_id=True,
)  # fmt: skip

CLINICAL_STATUS = TabularLayout(
    code="clinical_status",
    title="Clinical status",
    local_id="NHS Number",
    person=PERSON | NHS | POSTCODE,
    observations=(ObservationSpec("clinical_status", on="From", until="Until", text="Status"),),
)

EARLY_YEARS_ROLL = TabularLayout(
    code="early_years_roll",
    title="Early years roll",
    local_id="Child Ref",
    person=PERSON | HOME,
    involvements=(
        InvolvementSpec(
            "early_years_roll", start="Start Date", end="Leaving Date", setting="Setting URN",
            detail={"Setting": "Setting Name", "Funded hours": "Funded Hours"},
        ),
    ),
)  # fmt: skip

LAYOUTS = tuple(
    spec.layout()
    for spec in (
        CSC_PEOPLE, EARLY_HELP, EHCP, SEN_SUPPORT, VEMT, NEET_RISK, CAMHS, COMMUNITY_HEALTH, CONTINUING_CARE,
        YOUTH_JUSTICE, YOUNG_CARERS,
        ATTENDANCE, CLINICAL_STATUS, EARLY_YEARS_ROLL,
    )
)  # fmt: skip
