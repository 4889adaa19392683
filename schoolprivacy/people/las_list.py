"""The list "door te voeren in het LAS", as people may see it; what is secret is not in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schoolprivacy.contact import show_phone
from schoolprivacy.exchange.field_names import field_name
from schoolprivacy.people import las, records
from schoolprivacy.people.addresses import ADDRESS, live_together, secret_numbers
from schoolprivacy.people.las_rules import (
    FIELDS,
    SECRETS,
    Correction,
    as_in_las,
    text_of,
    unit_name,
)
from schoolprivacy.people.names import (
    full_name,
    guardian_name,
    natural_sort_key,
    surname_sort_key,
)
from schoolprivacy.people.review import HIDDEN, Families
from schoolprivacy.people.terms import Guardian, Guardianship, PlacedPupil, Pupil
from schoolprivacy.school import School, Session

_SIDES = ("before", "after")


@dataclass(frozen=True, slots=True)
class LasChange:
    """One line of the list.

    :param ids: to tick it off
    :param pupil_id: of the first of ``pupils``, to open the child from the list
    :param pupils: full names of the child, or of all children of the guardian
    :param group: of the first child, in the year whose groups are in use
    :param person: name of the guardian, "" when it is about the pupil
    :param field: with a Dutch word in ``field_name``
    :param before, after: ready to be shown; "geheim" when it is secret, or was
    :param flag: it is about secrecy itself, which never stands on paper
    """

    ids: tuple[str, ...]
    pupil_id: str
    pupils: tuple[str, ...]
    group: str
    person: str
    field: str
    before: str
    after: str
    noted_on: date
    done_on: date | None = None
    by_import: bool = False
    flag: bool = False

    @property
    def label(self) -> str:
        return field_name(self.field)

    @property
    def hidden(self) -> bool:
        """Whether the values are kept from paper."""
        return self.flag or HIDDEN in (self.before, self.after)


def las_changes(school: School, *, done: bool = False) -> list[LasChange]:
    """What must still be entered in the LAS, by group and child; or what was."""
    with school.reading() as session:
        return read_las_changes(session, done=done)


def read_las_changes(session: Session, *, done: bool = False) -> list[LasChange]:
    """The same within another action."""
    book = _Book(session)
    found = [(book.children(each), each) for each in las.lines(session, done=done)]
    found.sort(key=lambda pair: _place(*pair))
    return [book.shown(line, children) for children, line in found if children]


def _place(children: Sequence[PlacedPupil], line: las.Line) -> tuple[object, ...]:
    """By group and child; the child first, then each guardian."""
    child = (*_order(children[0]), children[0].pupil.id) if children else ()
    return child, line.guardian_id or "", FIELDS.index(line.fields[0])


def _order(child: PlacedPupil) -> tuple[object, ...]:
    return natural_sort_key(child.placement.group_name), surname_sort_key(child.pupil)


class _Book:
    """Everybody on the list, and the changes by identifier."""

    def __init__(self, session: Session) -> None:
        self._today = session.clock.today()
        year = records.current_year(session, self._today)
        self._placed = {each.pupil.id: each for each in records.placed_pupils(session, year)}
        self._of_child = records.guardianships(session)
        self._families = Families(self._of_child)
        self._children = _children_of(self._of_child)
        everybody = [each.guardian for carers in self._of_child.values() for each in carers]
        self._hiding = [each for each in everybody if each.address_secret]
        self._numbers = secret_numbers(everybody)
        self._changes = {row.id: row for row in session.execute(las.las_change.select())}

    def children(self, line: las.Line) -> list[PlacedPupil]:
        """The child, or the children of the guardian; who is at school first."""
        ids = [line.pupil_id] if line.pupil_id else self._children.get(line.guardian_id or "", [])
        found = [self._placed[each] for each in ids]
        return sorted(found, key=lambda each: (each.pupil.has_left(self._today), *_order(each)))

    def shown(self, line: las.Line, children: Sequence[PlacedPupil]) -> LasChange:
        first = children[0]
        guardian = self._guardian(line, first)
        before, after = self._values(line, guardian or first.pupil)
        if guardian is not None and self._is_secret(line, guardian, children):
            before, after = (HIDDEN if each else "" for each in (before, after))
        return LasChange(
            line.ids,
            first.pupil.id,
            tuple(full_name(each.pupil) for each in children),
            first.placement.group_name,
            guardian_name(guardian) if guardian else "",
            unit_name(line.fields[0]),
            _told(line.fields[0], before),
            _told(line.fields[0], after),
            line.noted_on,
            line.done_on,
            line.by_import,
            line.fields[0] in SECRETS,
        )

    def _guardian(self, line: las.Line, child: PlacedPupil) -> Guardian | None:
        carers = self._of_child.get(child.pupil.id, ())
        return next((e.guardian for e in carers if e.guardian.id == line.guardian_id), None)

    def _corrections(self, line: las.Line) -> list[Correction]:
        rows = (self._changes[each] for each in line.ids)
        return [Correction(row.id, row.field, row.before, row.after) for row in rows]

    def _values(self, line: las.Line, person: Pupil | Guardian) -> tuple[str, str]:
        """Before and after, the fields that change as one together.

        What was done long ago may have changed again: those lines show only their own fields.
        """
        own = self._corrections(line)
        if line.done_on is not None:
            before, after = ({e.field: getattr(e, side) for e in own} for side in _SIDES)
            return _together(before), _together(after)
        names = ADDRESS if line.fields[0] in ADDRESS else ("prefix", "surname")
        if line.fields[0] not in names:
            return own[0].before, own[0].after
        was = as_in_las(person, own)
        before, after = (
            {name: text_of(getattr(who, name)) for name in names} for who in (was, person)
        )
        return _together(before), _together(after)

    def _is_secret(
        self, line: las.Line, guardian: Guardian, children: Iterable[PlacedPupil]
    ) -> bool:
        """Also when it was secret in the LAS, or is with somebody else, of any family."""
        was = as_in_las(guardian, self._corrections(line))
        found = set[str]().union(
            *(self._families.hidden_fields(each.pupil.id, guardian, [was]) for each in children)
        )
        now_or_then = (guardian, was)
        if any(live_together(one, other) for one in now_or_then for other in self._hiding):
            found |= set(ADDRESS)
        if any(not self._numbers.isdisjoint(each.phones) for each in now_or_then):
            found.add("phones")
        return not found.isdisjoint(line.fields)


def _told(name: str, value: str) -> str:
    """A value as people write it."""
    if value in ("", HIDDEN):
        return value
    if name == "born_on":
        return f"{date.fromisoformat(value):%d-%m-%Y}"
    return ", ".join(map(show_phone, value.split(", "))) if name == "phones" else value


def _together(values: Mapping[str, str]) -> str:
    """``Dorpsstraat 1, 1234 AB Dorp``; ``van der Sluis``; the fields in their order."""
    if values.keys().isdisjoint(ADDRESS):
        return " ".join(filter(None, values.values()))
    parts = [
        " ".join(filter(None, (values.get(name, "") for name in pair)))
        for pair in (ADDRESS[:2], ADDRESS[2:])
    ]
    return ", ".join(filter(None, parts))


def _children_of(of_child: Mapping[str, Sequence[Guardianship]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pupil_id, carers in of_child.items():
        for each in carers:
            found.setdefault(each.guardian.id, []).append(pupil_id)
    return found
