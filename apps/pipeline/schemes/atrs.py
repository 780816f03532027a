"""The algorithmic transparency record of a scheme: every field of the UK recording standard, both tiers, filled from the scheme itself.

What only the authority can say (who owns it, how to write to them, which assessments were made) is read from its own file, see
``VCDB_TRANSPARENCY``, and is shown as missing until it is there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from apps.core import words
from apps.pipeline.schemes.atrs_words import FIELDS, SECTIONS
from apps.ragp.drafting import Data, read_back
from apps.ragp.models import Scheme, WhatIf

OF_THIRD_PARTIES = (
    "third_party_name",
    "companies_house",
    "third_party_role",
    "procurement",
    "third_party_access",
)


@dataclass(frozen=True)
class Field:
    """One field of the standard; without paragraphs it is the authority's to fill in."""

    code: str
    name: str
    paragraphs: list[str]


@dataclass(frozen=True)
class Section:
    """One section of the standard."""

    title: str
    fields: list[Field]


@dataclass(frozen=True)
class Known:
    """What the service knows of itself when a record is made."""

    scheme: Scheme
    data: Data
    state: str
    council: str
    sources: list[str]
    bases: list[str]
    tried: WhatIf | None


def record(known: Known, own: Mapping[str, str]) -> list[Section]:
    """The whole record in the standard's order; ``own`` is what the authority says itself, by field, and comes before our words."""
    not_ours = {code: ["Not applicable."] for code in OF_THIRD_PARTIES} if alone(own) else {}
    worked_out = computed(known) | not_ours
    return [
        Section(title, [field(code, own.get(code), worked_out) for code in codes])
        for title, codes in SECTIONS.items()
    ]


def field(code: str, own: str | None, worked_out: Mapping[str, list[str]]) -> Field:
    """One field: the authority's own words, else what follows from the scheme, else what holds for every scheme."""
    name, always = FIELDS[code]
    paragraphs = [own] if own else worked_out.get(code, [always] if always else [])
    return Field(code, name, paragraphs)


def alone(own: Mapping[str, str]) -> bool:
    """Whether the authority says that no third party has a part in it."""
    return own.get("third_party", "").lower().startswith("no")


def computed(known: Known) -> dict[str, list[str]]:
    """The fields that follow from this scheme and this instance."""
    scheme, data = known.scheme, known.data
    rules = len(data["rules"])
    return {
        "name": [f"{scheme.title}, version {scheme.version}. {known.state}."],
        "organisation": [known.council],
        "detailed_description": [
            f"{words.count(rules, 'rule')} over facts that agencies send; each that holds adds its points, and some set a band that the"
            " rating cannot fall below while they hold. The sum decides the band.",
            *read_back(data),
        ],
        "human_decisions": [said("human_decisions"), _approval(scheme)],
        "frequency": [said("frequency"), *_tried(known.tried)],
        "model_version": [scheme.version],
        "model_output": [
            f"{band['label']}: {band['definition']}"
            for band in sorted(data["bands"], key=lambda band: -band["rank"])
        ],
        "phase": [_phase(known.state)],
        "data_sources": known.sources or ["No source is set up yet."],
        "operational_agreements": known.bases or ["No sharing agreement is in force."],
    }  # fmt: skip


def said(code: str) -> str:
    """What holds of a field for every scheme."""
    return FIELDS[code][1]


def _approval(scheme: Scheme) -> str:
    if scheme.approved_at:
        return (
            "The scheme was written by one person, tried on every child, and approved by a second person on"
            f" {words.longday(scheme.approved_at)}: {scheme.reason}"
        )
    if scheme.live_from:
        return "This scheme came with the service. It has not been approved here by two people; the next one will have to be."
    return "This scheme is a draft. It has not been approved yet."


def _tried(asked: WhatIf | None) -> list[str]:
    if asked is None or asked.done_at is None:
        return ["This version has not been tried on everybody."]
    return [
        f"Tried on {words.longday(asked.done_at)} on {asked.children:,} children in {asked.seconds:.1f} seconds."
    ]


def _phase(state: str) -> str:
    return (
        "Production"
        if state == "Live"
        else "Retired"
        if state in ("Replaced", "Dropped")
        else "Pre-deployment"
    )


def missing(sections: Iterable[Section]) -> list[Field]:
    """The fields that the authority has still to fill in."""
    return [each for section in sections for each in section.fields if not each.paragraphs]


#: What the public notice takes from the record: its headings, and the fields under each.
NOTICE = {
    "Name and version": ("name",),
    "What it is for": ("description",),
    "How it works": ("how_it_works", "detailed_description"),
    "Bands": ("model_output",),
    "Data it uses": ("operational_data", "sensitive_operational"),
    "Who decides": ("human_decisions",),
    "If you disagree": ("appeals",),
    "What it cannot see": ("limits",),
    "Who is responsible": ("organisation", "team", "senior_owner", "contact_email", "website"),
}


#: Fields that are a list, and how many paragraphs stand before it.
LISTED = {"detailed_description": 1, "model_output": 0}


@dataclass(frozen=True)
class Part:
    """One part of the public notice: what is said, and what is listed under it."""

    title: str
    paragraphs: list[str]
    items: list[str]


def notice(sections: Iterable[Section]) -> list[Part]:
    """What the public is told, in the record's own words; a part that nobody has said anything of is left out."""
    told = {each.code: each.paragraphs for section in sections for each in section.fields}
    parts = []
    for title, codes in NOTICE.items():
        said = [line for code in codes for line in told[code][: LISTED.get(code)]]
        items = [line for code in codes if code in LISTED for line in told[code][LISTED[code] :]]
        parts += [Part(title, said, items)] if said or items else []
    return parts
