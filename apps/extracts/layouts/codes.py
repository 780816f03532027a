"""Code sets of the national returns, as far as rows are checked against them (sources in docs/formats)."""

ETHNICITIES = frozenset(
    [
        "WBRI",
        "WIRI",
        "WOTH",
        "WIRT",
        "WROM",
        "MWBC",
        "MWBA",
        "MWAS",
        "MOTH",
        "AIND",
        "APKN",
        "ABAN",
        "AOTH",
        "BCRB",
        "BAFR",
        "BOTH",
        "CHNE",
        "OOTH",
        "REFU",
        "NOBT",
    ]
)
LEGAL_STATUSES = frozenset(["C1", "C2", "D1", "E1", "V2", "V3", "V4", "L1", "L2", "L3", "J1", "J2", "J3"])
#: Series of short breaks: not counted as looked after.
RESPITE = frozenset({"V3", "V4"})
NEEDS = frozenset(f"N{number}" for number in range(10))
PLACEMENTS = frozenset(
    [
        "A3",
        "A4",
        "A5",
        "A6",
        "H5",
        "K1",
        "K2",
        "P1",
        "P2",
        "P3",
        "R1",
        "R2",
        "R3",
        "R5",
        "S1",
        "T0",
        "T1",
        "T2",
        "T3",
        "T4",
        "U1",
        "U2",
        "U3",
        "U4",
        "U5",
        "U6",
        "Z1",
    ]
)
PROVIDERS = frozenset(f"PR{number}" for number in range(6))
CEASED = frozenset(
    [
        "X1",
        "E11",
        "E12",
        "E2",
        "E3",
        "E4A",
        "E4B",
        "E13",
        "E41",
        "E45",
        "E46",
        "E47",
        "E48",
        "E5",
        "E6",
        "E7",
        "E8",
        "E9",
        "E14",
        "E15",
        "E16",
        "E17",
    ]
)
MISSING_KINDS = frozenset({"M", "A"})
IN_TOUCH = frozenset(["YES", "NO", "DIED", "REFU", "NREQ", "RHOM"])
ABSENT = frozenset(["DIED", "RHOM"])
ACTIVITIES = frozenset(["F1", "P1", "F2", "P2", "F4", "P4", "F5", "P5", "G4", "G5", "G6"])

ACCOMMODATIONS = frozenset(letter + number for letter in "BCDEGHKRSTUVWXYZ" for number in "12")
NEW_EPISODES = frozenset("SLPTBU")
ADOPTED = frozenset({"E11", "E12"})
GUARDIANS = frozenset({"E45", "E46", "E47", "E48"})
INDEPENDENT = frozenset({"E5", "E6"})
#: Episodes that no other can follow: death, and an age assessment.
FINAL = frozenset({"E2", "E15"})
PLACE_CHANGES = frozenset("CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE CUSTOD OTHER".split())
PARTICIPATION = frozenset(f"PN{number}" for number in range(8))
REVERSALS = frozenset({"RD1", "RD2", "RD3", "RD4"})
WORKER_CHANGES = frozenset("MANAGE FCONTA LEFTRL ORGRST TSPROC ABSENC CHCHAN PCCHAN SWDIED OTHERS".split())

REFERRAL_SOURCES = frozenset(
    [
        "1A",
        "1B",
        "1C",
        "1D",
        "2A",
        "2B",
        "3A",
        "3B",
        "3C",
        "3D",
        "3E",
        "3F",
        "4",
        "5A",
        "5B",
        "5C",
        "5D",
        "6",
        "7",
        "8",
        "9",
        "10",
    ]
)
ABUSE = frozenset(["NEG", "PHY", "SAB", "EMO", "MUL"])
CLOSURES = frozenset(f"RC{number}" for number in range(1, 10))
DISABILITIES = frozenset(
    ["NONE", "MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH", "CON", "AUT", "DDA"]
)

ENROLMENTS = frozenset(["C", "M", "S", "F", "O"])
YEAR_GROUPS = frozenset(
    [
        "E1",
        "E2",
        "N1",
        "N2",
        "R",
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
        "10",
        "11",
        "12",
        "13",
        "14",
        "M",
        "X",
    ]
)
SEN_PROVISIONS = frozenset(["N", "K", "E", "S", "A", "P"])
SEN_TYPES = frozenset(
    ["SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "DS", "OTH", "NSA"]
)
EXCLUSIONS = frozenset(["PERM", "SUSP", "FIXD", "LNCH"])
EXCLUSION_REASONS = frozenset("PP PA VP VA OW BU RA LG DS SM DA DM TH DB MT PH OT".split())

PRESENT = frozenset(["/", "\\", "L", "K", "V", "P", "W", "B"])
AUTHORISED = frozenset(["C1", "M", "J1", "S", "C2", "C", "T", "R", "I", "E", "H", "J"])
UNAUTHORISED = frozenset(["G", "N", "O", "U"])
NOT_COUNTED = frozenset(["D", "X", "Q", "Y", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "Z", "#"])
