"""Who would get a copy of a list: a proposal, on which the user has the last word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from schoolprivacy.consents.contacts.copies import ListKind
from schoolprivacy.consents.contacts.papers import check_copy
from schoolprivacy.consents.contacts.printing import LONGEST, listed_children
from schoolprivacy.consents.printing import pupils_to_print
from schoolprivacy.errors import KnownError
from schoolprivacy.people.addresses import households, names_together
from schoolprivacy.people.envelopes import family_of
from schoolprivacy.people.names import full_name, group_label
from schoolprivacy.people.records import guardianships
from schoolprivacy.people.terms import Guardianship, PlacedPupil
from schoolprivacy.school import School


@dataclass(frozen=True, slots=True)
class Receivers:
    """For whom copies can be made, each as it would stand on the copy.

    :param teacher: of the group
    :param families: in the order of the list
    """

    teacher: str
    families: tuple[str, ...]


def propose_receivers(school: School, kind: ListKind, group: str) -> Receivers:
    """The teacher, and every home of the children who stand on the list.

    Brothers and sisters in the group get one copy together; parents who live apart one each.
    They are named by the children, whose names stand on the list anyway.

    :raises RefusedError: no such group, or nobody may stand on it
    """
    with school.reading() as session:
        listed, _ = listed_children(session, kind, group)
        placed = {each.pupil.id: each for each in pupils_to_print(session, group=group)}
        children = [placed[each.pupil_id] for each in listed]
        carers = guardianships(session, [each.pupil.id for each in children])
    label = group_label(group)
    teacher = f"Leerkracht {label[0].lower()}{label[1:]}"
    return Receivers(teacher, tuple(_families(_homes(children, carers))))


def _homes(
    children: Iterable[PlacedPupil], carers: Mapping[str, Iterable[Guardianship]]
) -> list[list[PlacedPupil]]:
    """The children of each home."""
    children = list(children)
    family = family_of(
        {c.pupil.id: [each.guardian.id for each in carers.get(c.pupil.id, ())] for c in children}
    )
    homes: dict[tuple[str, str], list[PlacedPupil]] = {}
    for child in children:
        for household in households(carers.get(child.pupil.id, ())):
            homes.setdefault((family[child.pupil.id], household.key), []).append(child)
    return list(homes.values())


def _families(homes: Sequence[Sequence[PlacedPupil]]) -> Iterable[str]:
    """Homes of the same children are told apart by a number, not by who lives there."""
    alike = Counter(_ids(each) for each in homes)
    before: Counter[tuple[str, ...]] = Counter()
    for home in homes:
        ids = _ids(home)
        before[ids] += 1
        yield _named(home, f", {before[ids]}e adres" if alike[ids] > 1 else "")


def _ids(home: Iterable[PlacedPupil]) -> tuple[str, ...]:
    return tuple(each.pupil.id for each in home)


def _named(home: Sequence[PlacedPupil], behind: str) -> str:
    """By all children together, as long as that fits."""
    text = f"Gezin van {names_together(home)}{behind}"
    if len(text) <= LONGEST and _can_be_printed(text):
        return text
    return f"Gezin van {full_name(home[0].pupil)[: LONGEST // 2]}{behind}"


def _can_be_printed(text: str) -> bool:
    try:
        check_copy(text)
    except KnownError:
        return False
    return True
