"""Child in need and child protection as CIN census XML, in the layout of 2026: ids and codes, no names."""

from datetime import date, timedelta
from io import TextIOBase
from pathlib import Path
from types import TracebackType
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from apps.pipeline.demo.borough import Borough
from apps.pipeline.demo.identifiers import LA_CODE, local_id
from apps.pipeline.demo.model import Child, Spell
from apps.pipeline.demo.spelling import Speech
from apps.pipeline.demo.writers.table import iso

SOURCES = ("6", "2A", "3E", "5A", "1B", "3A", "8", "4")
FACTORS = ("3A", "4B", "16A", "17A", "2B", "1C", "14A", "15A", "24A")

PLAIN: "AttributesImpl[str]" = AttributesImpl({})


class Xml:
    """Elements with text and elements with children, indented by nothing: the file is for a machine."""

    def __init__(self, stream: TextIOBase) -> None:
        self.out = XMLGenerator(stream, "utf-8", short_empty_elements=True)

    def text(self, name: str, value: str) -> None:
        """An element with text, left out where there is none."""
        if value:
            self.out.startElement(name, PLAIN)
            self.out.characters(value)
            self.out.endElement(name)

    def texts(self, values: dict[str, str]) -> None:
        """Several of them."""
        for name, value in values.items():
            self.text(name, value)

    def __call__(self, name: str) -> "_Element":
        return _Element(self.out, name)


class _Element:
    def __init__(self, out: XMLGenerator, name: str) -> None:
        self.out, self.name = out, name

    def __enter__(self) -> None:
        self.out.startElement(self.name, PLAIN)

    def __exit__(self, *error: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.out.endElement(self.name)
        self.out.ignorableWhitespace("\n")


def write(borough: Borough, folder: Path) -> None:
    """One file, every child referred, in need or on a plan."""
    speech = Speech(borough.seed, "csc_people")
    with (folder / f"CIN_Census_{borough.monday.year}.xml").open("w", encoding="utf-8") as stream:
        xml = Xml(stream)
        xml.out.startDocument()
        with xml("Message"):
            _header(xml, borough.monday)
            with xml("Children"):
                for child in borough.children:
                    if child.having("child_in_need") or child.having("child_protection"):
                        _child(xml, child, speech)


def _header(xml: Xml, monday: date) -> None:
    with xml("Header"):
        with xml("CollectionDetails"):
            xml.texts(
                {
                    "Collection": "CIN",
                    "Year": str(monday.year),
                    "ReferenceDate": f"{monday.year + (monday.month > 3)}-03-31",
                }
            )
        with xml("Source"):
            xml.texts({
                "SourceLevel": "L", "LEA": LA_CODE, "SoftwareCode": "Local Authority", "Release": "ver 1.0",
                "SerialNo": "001",
                "DateTime": f"{iso(monday)}T05:40:00",
            })  # fmt: skip


def _child(xml: Xml, child: Child, speech: Speech) -> None:
    upn = speech.of(child).upn
    with xml("Child"):
        with xml("ChildIdentifiers"):
            xml.texts({
                "LAchildID": local_id("la_child_id", child.n), "UPN": upn,
                "FormerUPN": child.former_upn if upn else "",
                "UPNunknown": "" if upn else "UN1", "PersonBirthDate": iso(child.dob), "Sex": child.sex,
                "PersonDeathDate": iso(child.died),
            })  # fmt: skip
        with xml("ChildCharacteristics"):
            xml.text("Ethnicity", child.ethnicity)
            with xml("Disabilities"):
                xml.text(
                    "Disability",
                    {"ASD": "AUT", "PD": "MOB", "HI": "HEAR", "VI": "VIS"}.get(_need(child), "NONE"),
                )
        for details in _periods(child):
            _details(xml, child, *details)


def _need(child: Child) -> str:
    plan = child.open("ehcp")
    return plan.category if plan else ""


def _periods(child: Child) -> list[tuple[Spell | None, list[Spell]]]:
    """Each period in need with the protection plans that fall into it."""
    plans = child.having("child_protection")
    needs = sorted(child.having("child_in_need"), key=lambda s: s.start)
    if not needs:
        return [(None, plans)]
    return [(spell, plans if spell is needs[-1] else []) for spell in needs]


def _details(xml: Xml, child: Child, need: Spell | None, plans: list[Spell]) -> None:
    first = min([plan.start for plan in plans] + ([need.start] if need else []))
    referred = max(first - timedelta(days=12 + child.n % 30), child.dob)
    open_now = any(not spell.end for spell in [*plans, *([need] if need else [])])
    closed = (
        None if open_now else max(spell.end for spell in [*plans, *([need] if need else [])] if spell.end)
    )
    with xml("CINdetails"):
        xml.texts({
            "CINreferralDate": iso(referred), "ReferralSource": SOURCES[child.n % 8],
            "PrimaryNeedCode": need.category if need else "N1",
            "CINclosureDate": iso(closed),
            "ReasonForClosure": "" if open_now else "RC2" if child.died else "RC8",
            "DateOfInitialCPC": iso(plans[0].start) if plans else "",
        })  # fmt: skip
        with xml("Assessments"):
            xml.texts({"AssessmentActualStartDate": iso(referred), "AssessmentAuthorisationDate": iso(first)})
            with xml("FactorsIdentifiedAtAssessment"):
                xml.text("AssessmentFactors", FACTORS[child.n % 9])
        if need:
            with xml("CINPlanDates"):
                xml.texts({"CINPlanStartDate": iso(need.start), "CINPlanEndDate": iso(need.end)})
        for plan in plans:
            _enquiry(xml, plan)
        xml.text("ReferralNFA", "false")
        for plan in plans:
            _protection(xml, plan)


def _enquiry(xml: Xml, plan: Spell) -> None:
    with xml("Section47"):
        xml.texts(
            {
                "S47ActualStartDate": iso(plan.start - timedelta(days=10)),
                "DateOfInitialCPC": iso(plan.start),
                "ICPCnotRequired": "false",
            }
        )


def _protection(xml: Xml, plan: Spell) -> None:
    with xml("ChildProtectionPlans"):
        xml.texts({
            "CPPstartDate": iso(plan.start), "CPPendDate": iso(plan.end),
            "InitialCategoryOfAbuse": plan.category,
            "LatestCategoryOfAbuse": plan.category, "NumberOfPreviousCPP": "0",
        })  # fmt: skip
        review = plan.start + timedelta(days=85)
        if plan.seen and review < plan.seen:
            with xml("Reviews"):
                xml.text("CPPreviewDate", iso(review))
