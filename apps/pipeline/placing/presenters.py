"""What an act would do and did, in words that can be kept and shown again as they were."""

from collections.abc import Iterable, Sequence
from typing import Any

from apps.children.models import Child
from apps.core import words
from apps.core.presenters import NOT_RATED, Band
from apps.involvements.catalogue import SERVICES
from apps.involvements.models import Involvement
from apps.matching.models import Act
from apps.pipeline.linkage.presenters import hidden


def lists_words(children: Iterable[Child]) -> list[str]:
    """Which setting's weekly list each child is on, as far as that may be said."""
    return [
        f"{child.full_name}: the weekly list of {child.setting.name}"
        for child in children
        if child.setting and not child.address_hidden
    ]


def picture(
    act: Act,
    moving: Sequence[Involvement],
    bands: Sequence[Sequence[Any]],
    standing: dict[int, str],
    marks: dict[str, Band],
) -> dict[str, Any]:
    """What an act would do, in words that can be kept and shown again as they were."""
    children = [child for child in (act.child, act.target) if child]
    name = {child.pk: child.full_name for child in children}
    return {
        "involvements": [
            {
                "service": SERVICES[each.service].name if each.service in SERVICES else each.service, "code": each.service,
                "agency": each.agency_id, "from": words.day(each.start_on) or "not known",
                "to": words.day(each.end_on) if each.end_on else "open", "by": each.agency.name,
            }
            for each in moving
        ],
        "bands": [
            [name.get(child, "The child they become"), *(marks.get(code, NOT_RATED).label for code in (now, after))]
            for child, now, after in bands
            if not (act.kind == Act.Kind.MERGE and child == act.child_id)
        ],
        "ratings": [[child.full_name, marks.get(standing.get(child.pk, ""), NOT_RATED).label] for child in children],
        "lists": lists_words(children),
        "hidden": [
            f"{child.full_name}: {'the child and every address' if child.restricted else 'every address'}"
            for child in children
            if hidden(child)
        ],
    }  # fmt: skip


def seen_by(picture: dict[str, Any], shares: Any) -> tuple[dict[str, Any], int]:
    """A kept picture as a second person may see it, and how many of its lines are not shared with them."""
    told = [each for each in picture.get("involvements", []) if shares(each["agency"], each["code"])]
    return picture | {"involvements": told}, len(picture.get("involvements", [])) - len(told)


def differences(then: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What is no longer as it was when it was proposed, in sentences."""
    said = {
        "involvements": "The involvements that move are no longer the same.",
        "ratings": "A rating is no longer the same.",
        "lists": "The weekly lists are no longer the same.",
        "hidden": "What is restricted is no longer the same.",
    }
    return [sentence for key, sentence in said.items() if then.get(key, []) != now.get(key, [])]


TITLE_OF = {
    Act.Kind.MERGE: "Make two children one",
    Act.Kind.SPLIT: "Make records a child of their own",
    Act.Kind.MOVE: "Move a record to another child",
}


def act_title(act: Act) -> str:
    """What the page of an act is called."""
    return TITLE_OF.get(Act.Kind(act.kind), f"Answer: {act.get_kind_display().lower()}")


def act_main(act: Act) -> str:
    """One sentence of what happens to whom."""
    target = act.target.full_name if act.target else "a child of their own"
    if act.kind == Act.Kind.MERGE:
        return "Every record of the first child joins the second. The page of the first leads to that of the second."
    if act.kind == Act.Kind.SPLIT:
        return f"The records chosen leave {act.child.full_name} and become a child of their own, never joined with it again by itself."
    if act.kind == Act.Kind.MOVE:
        return f"The record leaves {act.child.full_name} and joins {target}."
    return ""
