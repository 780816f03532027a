"""XML files: one row for each child, its elements flattened to paths; no entities, no network, bounded depth."""

from collections.abc import Iterator

from lxml import etree

from apps.core.errors import Refused
from apps.extracts.sealed import Source

DEEPEST = 12
MOST_PARTS = 5_000

Numbered = tuple[int, dict[str, str]]


def read_xml(path: Source, name: str, element: str) -> Iterator[Numbered]:
    """Each ``element`` with its ordinal as row number; a repeated part gets its number in the path: ``CINdetails[2]/CINreferralDate``."""
    with path.open("rb") as file:
        events = etree.iterparse(
            file,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            recover=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            yield from _elements(events, name, element)
        except etree.XMLSyntaxError as error:
            place = f"{name}, line {error.lineno}" if error.lineno else name
            raise Refused(
                f"{place}: the XML is not well formed or too large. Export it again and send the new file."
            ) from None


def _elements(events: etree.iterparse, name: str, element: str) -> Iterator[Numbered]:
    number = depth = 0
    for event, node in events:
        if event == "start":
            depth += 1
            if depth == 1 and node.getroottree().docinfo.doctype:
                raise Refused(
                    f"{name} declares a document type (DOCTYPE), which is not accepted. Export it without one."
                )
            if depth > DEEPEST:
                raise Refused(
                    f"{name} nests its elements more than {DEEPEST} deep. Check that it is the right export."
                )
            continue
        depth -= 1
        if _tag(node) == element:
            number += 1
            yield number, flat(node)
            node.clear()
            while node.getprevious() is not None:
                del node.getparent()[0]


def _tag(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def flat(node: etree._Element) -> dict[str, str]:
    """Path to text of everything inside an element; more parts than any child has end in a mark the rules know."""
    found: dict[str, str] = {}
    _flatten(node, "", found)
    return found


def _flatten(node: etree._Element, path: str, found: dict[str, str]) -> None:
    seen: dict[str, int] = {}
    for part in node:
        tag = _tag(part)
        if not tag:
            continue
        seen[tag] = seen.get(tag, 0) + 1
        here = f"{path}{tag}" if seen[tag] == 1 else f"{path}{tag}[{seen[tag]}]"
        if len(found) > MOST_PARTS:
            found["!"] = "TOO_DEEP"
            return
        if len(part):
            _flatten(part, here + "/", found)
        elif part.text and part.text.strip():
            found[here] = part.text.strip()
