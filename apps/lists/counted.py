"""The figures of lists as somebody who covers the borough is shown them: none may tell of a child that its reader does not see."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection

from apps.lists.models import WeeklyList


@dataclass(frozen=True)
class Counts:
    """Figures of a list, or what is to be taken off them."""

    children: int = 0
    known: int = 0
    joined: int = 0
    changed: int = 0
    left: int = 0

    @property
    def moved(self) -> bool:
        """Whether anything is different from the list before."""
        return bool(self.joined or self.changed or self.left)


def unseen(lists: Iterable[int]) -> dict[int, Counts]:
    """By list: what its own figures count beyond the lines the reader is shown; lists of which every line is shown are left out."""
    with connection.cursor() as cursor:
        cursor.execute("select * from vcdb_unseen(%s::bigint[])", [list(lists)])
        return {listed: Counts(*numbers) for listed, *numbers in cursor.fetchall()}


def counts_of(lists: Collection[WeeklyList]) -> dict[int, Counts]:
    """By list: its figures without the lines the reader is not shown."""
    less, none = unseen([each.pk for each in lists]), Counts()
    return {each.pk: _without(each, less.get(each.pk, none)) for each in lists}


def _without(listed: WeeklyList, less: Counts) -> Counts:
    return Counts(
        listed.entry_count - less.children,
        listed.known_count - less.known,
        listed.joined_count - less.joined,
        listed.changed_count - less.changed,
        listed.left_count - less.left,
    )
