"""What a person sees of an import before it is stored: in Dutch, without what is secret."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schoolprivacy.errors import sentence
from schoolprivacy.exchange.field_names import field_name
from schoolprivacy.exchange.roster import RosterGuardian, RosterPupil
from schoolprivacy.people import records
from schoolprivacy.people.addresses import ADDRESS, live_together, secret_numbers
from schoolprivacy.people.difference import (
    PUPIL_FIELDS,
    Difference,
    GuardianPlan,
    Kind,
    PupilPlan,
    Question,
)
from schoolprivacy.people.las_rules import unit_name
from schoolprivacy.people.names import full_name, guardian_name, plain
from schoolprivacy.people.terms import Authority, Guardian, Guardianship, Placement, Pupil
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear

HIDDEN = "geheim"
_AUTHORITY = {Authority.YES: "ja", Authority.NO: "nee", Authority.UNKNOWN: "onbekend"}
_DAYS = ("born_on", "came_on", "left_on")
_SECRECY_OF = {"address_secret": "home", "phone_secret": "phones"}
_OF_PUPIL = ("call_name", "prefix", "surname", "given_names", "born_on")


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One field that gets another value, as it may be seen.

    :param field: as in ``difference.Change``
    :param about: name of the guardian, "" of the pupil
    """

    field: str
    old: str
    new: str
    about: str = ""

    @property
    def label(self) -> str:
        """``roepnaam``; ``Robin Bakker: telefoon``."""
        return ": ".join(filter(None, (self.about, field_name(self.field))))


class Families:
    """The guardians the school knows of each child: whose secrets must stay unseen."""

    def __init__(self, of_children: Mapping[str, Sequence[Guardianship]]) -> None:
        self._of_children = of_children

    def hidden_fields(
        self, pupil_id: str, guardian: Guardian, also: Iterable[Guardian]
    ) -> set[str]:
        """What of a guardian, as it was or as it will be, is somebody's secret.

        :param also: the guardians of this child in the file
        """
        known = [each.guardian for each in self._of_children.get(pupil_id, ())]
        around = [*known, *also]
        secret = [each for each in around if each.address_secret]
        own = [guardian, *(each for each in around if each.id == guardian.id)]
        found: set[str] = set()
        if any(live_together(one, other) for one in own for other in secret):
            found |= set(ADDRESS)
        numbers = secret_numbers(around)
        if guardian.phone_secret or any(not numbers.isdisjoint(each.phones) for each in own):
            found.add("phones")
        return found


def read_families(school: School) -> Families:
    """As the school file stands now; read it before an import is stored."""
    with school.reading() as session:
        return Families(records.guardianships(session))


# — what changes —


def shown_changes(plan: PupilPlan, families: Families) -> list[ShownChange]:
    """The changes of a pupil and of the guardians, secrets left out."""
    found = [ShownChange(each.field, each.old, each.new) for each in plan.changes]
    for carer in plan.guardians:
        hidden = _hidden_fields(plan, carer, families)
        found += [
            ShownChange(
                each.field,
                HIDDEN if each.old and each.field in hidden else each.old,
                HIDDEN if each.new and each.field in hidden else each.new,
                guardian_name(carer.guardian),
            )
            for each in carer.changes
        ]
    return found


def _hidden_fields(plan: PupilPlan, carer: GuardianPlan, families: Families) -> set[str]:
    """What of a guardian is secret, was secret, or would tell where somebody else hides."""
    in_file = [each.guardian for each in plan.guardians]
    return families.hidden_fields(plan.pupil.id, carer.guardian, in_file)


@dataclass(frozen=True, slots=True)
class Detail:
    """One line about a pupil: what it was and what it becomes, ready to be shown.

    :param label: Dutch name of the field
    :param about: name of the guardian, "" of the pupil
    """

    label: str
    old: str
    new: str
    about: str = ""


def details(plan: PupilPlan, families: Families) -> list[Detail]:
    """Everything that storing a file does to one pupil."""
    found = list(_of_new_pupil(plan)) if Kind.NEW in plan.kinds else []
    for each in _whole_addresses(shown_changes(plan, families)):
        old, new = (_told(each.field, value) for value in (each.old, each.new))
        found.append(Detail(field_name(each.field), old, new, each.about))
    for carer in plan.guardians:
        if carer.is_linked:
            found.append(_linked(plan, carer, families))
    return found


def _of_new_pupil(plan: PupilPlan) -> Iterator[Detail]:
    values: list[tuple[str, object]] = [(n, getattr(plan.pupil, n)) for n in PUPIL_FIELDS]
    if plan.placement:
        values += [("group", plan.placement.group), ("year_level", plan.placement.year_level)]
        values += [("other_groups", ", ".join(plan.placement.other_groups))]
    for name, value in values:
        if value:
            yield Detail(field_name(name), "", _told(name, str(value)))


def _whole_addresses(changes: Iterable[ShownChange]) -> Iterator[ShownChange]:
    """A hidden address is one line: which parts of it changed is nobody's business."""
    told: set[str] = set()
    for each in changes:
        hidden = each.field in ADDRESS and HIDDEN in (each.old, each.new)
        if not hidden:
            yield each
        elif each.about not in told:
            told.add(each.about)
            yield ShownChange("home", _hidden_address(), _hidden_address(), each.about)


def _linked(plan: PupilPlan, carer: GuardianPlan, families: Families) -> Detail:
    who, hidden = carer.guardian, _hidden_fields(plan, carer, families)
    address = _hidden_address() if ADDRESS[0] in hidden and _address(who) else _address(who)
    phones = f"{HIDDEN} nummer" if "phones" in hidden and who.phones else ", ".join(who.phones)
    said = ", ".join(filter(None, (carer.link.relation, address, phones, who.email)))
    return Detail(field_name("guardian"), "", said or guardian_name(who), guardian_name(who))


def _hidden_address() -> str:
    return f"{HIDDEN} adres"


def _address(who: Guardian | RosterGuardian) -> str:
    street = " ".join(filter(None, (who.street, who.house_number)))
    return ", ".join(filter(None, (street, " ".join(filter(None, (who.postcode, who.place))))))


def _told(name: str, value: str) -> str:
    """A value as people write it."""
    if name in _DAYS and value:
        return f"{date.fromisoformat(value):%d-%m-%Y}"
    return _AUTHORITY[Authority(value)] if name == "authority" and value else value


# — corrections by hand —


def las_told(difference: Difference) -> list[str]:
    """What the file says of corrections that the LAS had to hear; sentences without values."""
    told = []
    for each in difference.las:
        named = unit_name(each.weighed.fields[0])
        name, field = each.name, field_name(_SECRECY_OF.get(named, named))
        told.append(sentence(f"las_verdict.{each.weighed.verdict}", name=name, field=field))
    return list(dict.fromkeys(told))


# — doubtful cases —


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of a row of the file beside the pupils it may mean.

    :param at_school: of each candidate
    :param differs: for each candidate, whether both are known and not the same
    """

    label: str
    in_file: str
    at_school: tuple[str, ...]
    differs: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A doubtful row with all it may mean.

    :param names: of the candidates, in the order of the question
    """

    names: tuple[str, ...]
    rows: tuple[Compared, ...]


def side_by_side(school: School, question: Question, year: SchoolYear) -> SideBySide:
    """The row of a question beside each pupil it may mean.

    :param year: whose groups are compared
    """
    with school.reading() as session:
        placed = {
            each.pupil.id: each
            for each in records.placed_pupils(session, year, pupil_ids=question.candidates)
        }
        links = records.guardianships(session, question.candidates)
    row = question.row
    group = Placement(year, row.year_level, row.group, row.other_groups)
    carers = [_carer_facts(row.guardians)]
    columns = [_facts(row, group)]
    for pupil_id in question.candidates:
        there = placed[pupil_id]
        columns.append(_facts(there.pupil, there.placement))
        carers.append(_carer_facts([each.guardian for each in links.get(pupil_id, ())]))
    hides = any(each["home"] == _hidden_address() for each in carers)
    for facts, more in zip(columns, carers, strict=True):
        facts |= more
        if hides and facts["home"]:  # two columns side by side would tell where it is
            facts["home"] = _hidden_address()
    return SideBySide(
        tuple(full_name(placed[each].pupil) for each in question.candidates),
        tuple(_compared(name, columns) for name in columns[0] if any(c[name] for c in columns)),
    )


def _facts(who: RosterPupil | Pupil, placement: Placement) -> dict[str, str]:
    facts = {name: _told(name, str(getattr(who, name) or "")) for name in _OF_PUPIL}
    facts |= {"group": placement.group_name, "year_level": placement.year_level}
    days = ("came_on", "left_on")
    return facts | {name: _told(name, str(getattr(who, name) or "")) for name in days}


def _carer_facts(carers: Sequence[Guardian | RosterGuardian]) -> dict[str, str]:
    """Names and how they are reached, of all guardians together."""
    addresses = [address for each in carers if (address := _address(each))]
    if any(each.address_secret for each in carers):
        addresses = [_hidden_address()]
    secret = {number for each in carers if each.phone_secret for number in each.phones}
    phones = [
        f"{HIDDEN} nummer" if number in secret else number
        for each in carers
        for number in each.phones
    ]
    return {
        "guardian": _joined(map(guardian_name, carers)),
        "home": _joined(addresses),
        "phones": _joined(phones),
        "email": _joined(each.email for each in carers),
    }


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, texts)))


def _compared(name: str, columns: Sequence[Mapping[str, str]]) -> Compared:
    in_file, *at_school = (each[name] for each in columns)
    differs = (bool(in_file and each and plain(in_file) != plain(each)) for each in at_school)
    return Compared(field_name(name), in_file, tuple(at_school), tuple(differs))


# — perhaps one parent —


@dataclass(frozen=True, slots=True)
class ShownSuggestion:
    """Two guardians who may be one person, with the children of each."""

    guardian: str
    children: tuple[str, ...]
    other: str
    other_children: tuple[str, ...]


def shown_suggestions(school: School, difference: Difference) -> list[ShownSuggestion]:
    """The suggestions of a file with names, each pair once."""
    who: dict[str, Guardian] = {}
    children: dict[str, dict[str, None]] = {}

    def note(guardian: Guardian, child: Pupil) -> None:
        who[guardian.id] = guardian
        children.setdefault(guardian.id, {})[full_name(child)] = None

    def named(guardian_id: str) -> tuple[str, tuple[str, ...]]:
        return guardian_name(who[guardian_id]), tuple(children[guardian_id])

    if difference.suggestions:
        with school.reading() as session:
            links = records.guardianships(session)
            pupils = records.placed_pupils(session, difference.school_year, pupil_ids=links)
        for placed in pupils:
            for link in links[placed.pupil.id]:
                note(link.guardian, placed.pupil)
    for plan in difference.pupils:
        for carer in plan.guardians:
            note(carer.guardian, plan.pupil)
    pairs = dict.fromkeys((each.guardian_id, each.other_id) for each in difference.suggestions)
    return [ShownSuggestion(*named(one), *named(two)) for one, two in pairs]
