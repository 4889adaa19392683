"""What goes into one envelope, and in which stack it lies: brothers and sisters at one address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

from schoolprivacy.people.addresses import IN_CLASS, Household, address_key
from schoolprivacy.people.names import natural_sort_key, surname_sort_key
from schoolprivacy.people.terms import Guardian, Guardianship, PlacedPupil

Order = Literal["youngest", "own"]
"""Handed out in the group of the youngest child of a family, or each child in its own group."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Envelope(Generic[T]):
    """What one household gets together.

    :param children: the youngest first; it is handed out in the group of that one
    :param contents: what is in it, in the order of the children
    """

    household: Household
    children: tuple[PlacedPupil, ...]
    contents: tuple[T, ...]

    @property
    def group(self) -> str:
        return self.children[0].placement.group_name


def fill_envelopes(
    items: Iterable[T],
    where: Callable[[T], tuple[PlacedPupil, Household]],
    carers: Mapping[str, Sequence[Guardianship]],
    order: Order = "youngest",
) -> list[Envelope[T]]:
    """Put together what goes to one family at one address, sorted for handing out.

    Two families are never together, and neither are two households whose address is unknown,
    unless they are the same people.

    :param where: for which child and household something is
    """
    items = list(items)
    children = {where(each)[0].pupil.id for each in items}
    family = family_of({c: [each.guardian.id for each in carers.get(c, ())] for c in children})
    there: dict[tuple[str, ...], list[T]] = {}
    for each in items:
        child, household = where(each)
        key = (*_place(household), child.pupil.id if order == "own" else family[child.pupil.id])
        there.setdefault(key, []).append(each)
    found = [_envelope(contents, where) for contents in there.values()]
    return sorted(
        found,
        key=lambda e: (natural_sort_key(e.group), surname_sort_key(e.children[0].pupil)),
    )


def _place(household: Household) -> tuple[str, ...]:
    if household.key != IN_CLASS:
        return (household.key,)
    return (IN_CLASS, *sorted(each.id for each in household.guardians))


def _envelope(
    contents: list[T], where: Callable[[T], tuple[PlacedPupil, Household]]
) -> Envelope[T]:
    contents = sorted(contents, key=lambda each: _age(where(each)[0]))
    children = {where(each)[0].pupil.id: where(each)[0] for each in contents}
    at = [where(each)[1] for each in contents]
    everybody = tuple(dict.fromkeys(person for home in at for person in home.guardians))
    together = Household(at[0].key, everybody, any(home.secret for home in at))
    return Envelope(together, tuple(children.values()), tuple(contents))


def _age(child: PlacedPupil) -> tuple[int, tuple[str, str, str]]:
    """The youngest first; of whom the date of birth is unknown last."""
    return -(child.pupil.born_on or date.min).toordinal(), surname_sort_key(child.pupil)


def residents(household: Household) -> tuple[Guardian, ...]:
    """Who surely lives there: what is known of them may lie in that house.

    Who has no known address shares the letter of another (see ``households``), yet may live
    elsewhere; so may people of whom none has an address, when one of them keeps it secret.
    """
    if household.key != IN_CLASS:
        return tuple(each for each in household.guardians if address_key(each) == household.key)
    hides = any(each.address_secret for each in household.guardians)
    return () if hides and len(household.guardians) > 1 else household.guardians


def family_of(guardians: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Children who share a guardian are one family, named by one of them.

    :param guardians: of each child, by identifier
    """
    family: dict[str, str] = {}
    first_child: dict[str, str] = {}

    def head(child: str) -> str:
        while family[child] != child:
            family[child] = family[family[child]]
            child = family[child]
        return child

    for child, own in guardians.items():
        family[child] = child
        for guardian in own:
            other = first_child.setdefault(guardian, child)
            family[head(child)] = head(other)
    return {child: head(child) for child in family}
