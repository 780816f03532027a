"""A child's family links as one reader may see them, with the other children and what each link rests on."""

from dataclasses import dataclass

from django.db.models import BigIntegerField, Func, Q

from apps.accounts.models import User
from apps.children.models import Child, RecordAddress, Relationship
from apps.involvements.queries import known_at
from apps.matching.models import SealedLink
from apps.profiles.queries.moment import Moment
from apps.profiles.queries.search import bands_of
from apps.profiles.queries.sight import Sight


@dataclass(frozen=True)
class Kin:
    """One link, the child at its other end, and the agencies or the person that say so, as far as the reader may know."""

    link: Relationship
    child: Child
    says: list[str]
    band: str


def family_of(child: Child, moment: Moment, sight: Sight) -> list[Kin]:
    """The links of a child as known at a moment; row-level security leaves out those that would tell too much."""
    found = Relationship.objects.filter(Q(child=child) | Q(other=child), known_at(moment.at))
    links = {
        link.other_id if link.child_id == child.pk else link.child_id: link
        for link in found.select_related("statement")
    }
    if not links:
        return []
    others = sight.children().filter(pk__in=links).select_related("setting")
    says = _sources(list(links.values()), sight)
    bands = bands_of(links) if sight.rating and moment.at is None else {}
    kin = [
        Kin(links[each.pk], each, says.get(links[each.pk].pk, []), bands.get(each.pk, "")) for each in others
    ]
    return sorted(
        kin,
        key=lambda each: (each.link.kind == "address", each.child.dob is None, each.child.dob, each.child.pk),
    )


def _sources(links: list[Relationship], sight: Sight) -> dict[int, list[str]]:
    places = RecordAddress.objects.select_related("feed__agency").in_bulk(
        [pk for link in links for pk in (link.address_id, link.other_address_id) if pk]
    )
    people = User.objects.in_bulk([link.statement.by for link in links if link.statement])
    return {link.pk: _says(link, places, people, sight) for link in links}


def _says(
    link: Relationship, places: dict[int, RecordAddress], people: dict[int, User], sight: Sight
) -> list[str]:
    if link.statement:
        by = people.get(link.statement.by)
        return [by.display_name if by else "a person"]
    found = [places[pk] for pk in (link.address_id, link.other_address_id) if pk in places]
    return list(dict.fromkeys(each.feed.agency.name for each in found if sight.of_feed(each.feed)))


def sealed_of(child: Child, sight: Sight) -> list[int]:
    """The sealed links of a child that name the reader; only who may open them is named, and the command line is nobody."""
    if not sight.sealed:
        return []
    former, present = (
        Func(side, function="vcdb_standing", output_field=BigIntegerField())
        for side in ("former_id", "present_id")
    )
    sealed = SealedLink.objects.filter(sealed_at__isnull=False).annotate(
        former_stands=former, present_stands=present
    )
    # an identity that was made one with a third record since leads to that one's page
    either = Q(former_stands=child.pk) | Q(present_stands=child.pk)
    return list(sealed.filter(either).values_list("pk", flat=True))
