"""What the codes of national returns mean in words, as data; a code not listed stands as it came."""

NEEDS = {
    "N0": "Need not stated",
    "N1": "Abuse or neglect",
    "N2": "Child’s disability or illness",
    "N3": "Parental disability or illness",
    "N4": "Family in acute stress",
    "N5": "Family dysfunction",
    "N6": "Socially unacceptable behaviour",
    "N7": "Low income",
    "N8": "Absent parenting",
    "N9": "Not a child in need",
}
ABUSE = {
    "NEG": "Neglect",
    "PHY": "Physical abuse",
    "SAB": "Sexual abuse",
    "EMO": "Emotional abuse",
    "MUL": "Multiple categories",
}
LEGAL_STATUS = {
    "C1": "Interim care order",
    "C2": "Full care order",
    "D1": "Freeing order",
    "E1": "Placement order",
    "V2": "Accommodated under section 20",
    "V3": "Series of short breaks",
    "V4": "Series of short breaks",
    "L1": "Police protection",
    "L2": "Emergency protection order",
    "L3": "Child assessment order",
    "J1": "On remand",
    "J2": "Detained, in local authority accommodation",
    "J3": "Youth rehabilitation order with residence",
}
EXCLUSION = {
    "PERM": "Permanent exclusion",
    "SUSP": "Suspension",
    "FIXD": "Suspension",
    "LNCH": "Lunchtime suspension",
}
PLACEMENT = {
    "H5": "Semi-independent living",
    "K1": "Secure children’s home",
    "K2": "Children’s home",
    "P1": "With own parents",
    "P2": "Independent living",
    "P3": "Residential employment",
    "R1": "Residential care home",
    "R2": "Health establishment",
    "R3": "Family centre or mother and baby unit",
    "R5": "Young offender institution",
    "S1": "Residential school",
    "U1": "Foster care with a relative or friend, long term",
    "U2": "Foster care with a relative or friend, also approved adopter",
    "U3": "Foster care with a relative or friend",
    "U4": "Foster care, long term",
    "U5": "Foster care, also approved adopter",
    "U6": "Foster care",
    "Z1": "Other placement",
}
#: What a care leaver does; F is full time, P part time.
ACTIVITY = {
    "F1": "Higher education, full time",
    "P1": "Higher education, part time",
    "F2": "Other education, full time",
    "P2": "Other education, part time",
    "F4": "Apprenticeship, full time",
    "P4": "Apprenticeship, part time",
    "F5": "Training or employment, full time",
    "P5": "Training or employment, part time",
    "G4": "Not in education or work: illness or disability",
    "G5": "Not in education or work: other reasons",
    "G6": "Not in education or work: pregnancy or parenting",
}
SEN_NEED = {
    "E": "Education, health and care plan",
    "K": "SEN support",
    "SPLD": "Specific learning difficulty",
    "MLD": "Moderate learning difficulty",
    "SLD": "Severe learning difficulty",
    "PMLD": "Profound and multiple learning difficulty",
    "SEMH": "Social, emotional and mental health",
    "SLCN": "Speech, language and communication",
    "HI": "Hearing impairment",
    "VI": "Vision impairment",
    "MSI": "Multi-sensory impairment",
    "PD": "Physical disability",
    "ASD": "Autistic spectrum disorder",
    "DS": "Down syndrome",
    "OTH": "Other difficulty or disability",
    "NSA": "No specialist assessment of need yet",
}
DISABILITY = {
    "NONE": "No disability",
    "MOB": "Mobility",
    "HAND": "Hand function",
    "PC": "Personal care",
    "INC": "Incontinence",
    "COMM": "Communication",
    "LD": "Learning",
    "HEAR": "Hearing",
    "VIS": "Vision",
    "BEH": "Behaviour",
    "CON": "Consciousness",
    "AUT": "Autism",
    "DDA": "Another disability",
}
CATEGORIES = {
    "child_in_need": NEEDS,
    "child_protection": ABUSE,
    "looked_after": LEGAL_STATUS,
    "exclusion": EXCLUSION,
    "placement": PLACEMENT,
    "care_leaver": ACTIVITY,
    "missing": {"M": "Missing", "A": "Away from placement without authorisation"},
    "ehcp": SEN_NEED,
    "sen_support": SEN_NEED,
    "sen_need": SEN_NEED,
    "disability": DISABILITY,
}


def worded(about: str, code: str) -> str:
    """The words of a category of a service or measure."""
    return CATEGORIES.get(about, {}).get(code.strip().upper(), code)
