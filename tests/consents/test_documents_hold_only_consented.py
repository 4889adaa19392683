"""No list, letter, sheet or form holds a datum that is secret or that nobody consented to.

Small schools with every mix of answers, each datum with a value that stands nowhere else; every
document is printed and its text searched. What may stand on a contact list is computed here from
the oracle of test_truth_table.py, not by the program.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolprivacy.consents.actions import NewDecision, store_decisions
from schoolprivacy.consents.conflicts import print_conflict_letters, sample_conflict_letters
from schoolprivacy.consents.contacts.printing import (
    print_contact_list,
    print_phone_tree,
    sample_contact_list,
    sample_phone_tree,
)
from schoolprivacy.consents.forms import print_forms, sample_forms
from schoolprivacy.consents.letters import print_withdrawal_letter
from schoolprivacy.consents.photos.printing import print_class_sheet, print_event_sheet
from schoolprivacy.consents.printing import Deliver
from schoolprivacy.consents.publications.channel_records import ChannelEntry, ChannelKind
from schoolprivacy.consents.publications.channels import add_channel
from schoolprivacy.consents.publications.log import NewPublication, record_publication
from schoolprivacy.consents.publications.take_down import print_take_down_list
from schoolprivacy.consents.reminders import (
    print_cover_sheet,
    print_reminder_letters,
    print_reminder_list,
)
from schoolprivacy.consents.sharing.actions import NewSharing, start_sharing
from schoolprivacy.consents.sharing.printing import print_request, print_sharing_list
from schoolprivacy.consents.sharing.sharings import Road
from schoolprivacy.consents.terms import Answer, Choice, Decision, Way
from schoolprivacy.contact import show_phone
from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.roster import RosterGuardian
from schoolprivacy.people.carers import change_guardianship
from schoolprivacy.people.records import guardianships
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import a_child, enrol
from tests.consents.test_truth_table import oracle, part_of
from tests.paper.reading import texts_of
from tests.people.builders import pupils_of
from tests.vault.schools import Made

TODAY = date(2026, 11, 2)  # of the clock of the tests; the oracle looks on 1 October
SAID = date(2026, 9, 1)
GROUP = "Groep 5"
OF_CHILD = ("contact-child-name", "contact-birthday")
OF_SELF = ("contact-guardian-name", "contact-address", "contact-phone", "contact-email")
PICTURES = ("website", "press")
MONTHS = ("januari", "februari", "maart", "april", "mei", "juni")

Said = dict[str, str]
"""What somebody said about each purpose: a key of KINDS."""

KINDS: dict[str, tuple[Choice, dict[str, Any]] | None] = {
    "nothing": None,
    "yes": (Choice.GRANTED, {}),
    "no": (Choice.REFUSED, {}),
    "withdrawn": (Choice.WITHDRAWN, {}),
    "of last year": (Choice.GRANTED, {"valid_until": date(2026, 7, 31)}),
    "for next year": (Choice.GRANTED, {"valid_from": date(2027, 8, 1)}),
}


@dataclass(frozen=True)
class Parent:
    """A guardian of one family. Every value stands nowhere else, unless it is shared.

    :param home: number of the house where they live, ``phone`` of the telephone they use
    """

    number: int
    home: int
    phone: int
    secret_home: bool
    secret_phone: bool
    authority: Authority
    said: Said

    @property
    def name(self) -> str:
        return f"Ouder{self.number:02d}naam"

    @property
    def street(self) -> str:
        return street(self.home)

    @property
    def numbers(self) -> tuple[str, ...]:
        return (f"+3161234{self.phone:02d}{self.phone:02d}",)

    @property
    def email(self) -> str:
        return f"post{self.number:02d}@gezin.example"

    def row(self) -> RosterGuardian:
        return RosterGuardian(
            call_name="Robin",
            surname=self.name,
            relation="ouder",
            street=self.street,
            house_number=str(100 + self.home),
            postcode=postcode(self.home),
            place="Voorbeelddorp",
            phones=self.numbers,
            email=self.email,
            address_secret=self.secret_home,
            phone_secret=self.secret_phone,
        )

    def decisions(self, code: str) -> list[Decision]:
        said = KINDS[self.said[code]]
        if said is None:
            return []
        return [Decision(self.name, said[0], SAID, self.authority, **said[1])]

    def says_yes(self, code: str) -> bool:
        """About their own data, about which authority says nothing."""
        sure = [replace(each, authority=Authority.YES) for each in self.decisions(code)]
        return part_of(sure) == "yes"


def street(home: int) -> str:
    return f"Straat{home:02d}weg"


def postcode(home: int) -> str:
    return f"88{home:02d} XZ"


@dataclass(frozen=True)
class Family:
    """One child with one or two parents."""

    number: int
    parents: tuple[Parent, ...]

    @property
    def child(self) -> str:
        return f"Kind{self.number:02d}"

    @property
    def birthday(self) -> str:
        """Day and month as a list has them."""
        return f"{self.number + 10} {MONTHS[self.number]}"

    def says_yes(self, code: str) -> bool:
        said = [each for parent in self.parents for each in parent.decisions(code)]
        authority = {each.name: each.authority for each in self.parents}
        return oracle(said, authority, all_agree=False, asked=True) is Answer.GRANTED


@st.composite
def families(draw: st.DrawFn) -> list[Family]:
    mostly = st.sampled_from(["yes", "yes", "yes", *KINDS])
    said = st.fixed_dictionaries(dict.fromkeys((*OF_CHILD, *OF_SELF, *PICTURES), mostly))
    numbers = itertools.count()
    made: list[Family] = []
    for family in range(draw(st.integers(2, 3))):
        first = len([each for one in made for each in one.parents])
        parents = []
        for number in itertools.islice(numbers, draw(st.integers(1, 2))):
            shares_home = number > first and draw(st.booleans())
            parents.append(
                Parent(
                    number,
                    home=first if shares_home else number,
                    phone=draw(st.integers(0, number)),
                    secret_home=draw(st.sampled_from([False, False, True])),
                    secret_phone=draw(st.sampled_from([False, False, False, True])),
                    authority=draw(st.sampled_from([Authority.YES, *Authority])),
                    said=draw(said),
                )
            )
        made.append(Family(family, tuple(parents)))
    return made


# --- The school and its papers -------------------------------------------------------------------


def fill(school: School, made: list[Family]) -> dict[str, str]:
    """Bring the families in with all they said; gives the children's identifiers."""
    enrol(
        school,
        *(
            replace(
                a_child(each.child, *(parent.row() for parent in each.parents)),
                born_on=date(2018, each.number + 1, each.number + 10),
            )
            for each in made
        ),
    )
    ids = {placed.pupil.call_name: placed.pupil.id for placed in pupils_of(school).values()}
    known = guardians_of(school, ids)
    for each in made:
        for parent in each.parents:
            who = known[parent.name]
            change_guardianship(school, ids[each.child], who, "ouder", parent.authority)
    with school.transaction() as session:
        store_decisions(session, decisions_of(made, ids, known))
        session.audit("school.filled")
    return ids


def guardians_of(school: School, ids: dict[str, str]) -> dict[str, str]:

    with school.reading() as session:
        carers = guardianships(session, list(ids.values()))
        return {each.guardian.surname: each.guardian.id for of in carers.values() for each in of}


def decisions_of(
    made: list[Family], ids: dict[str, str], known: dict[str, str]
) -> Iterator[NewDecision]:
    for family in made:
        for parent, code in itertools.product(family.parents, (*OF_CHILD, *OF_SELF, *PICTURES)):
            for each in parent.decisions(code):
                yield NewDecision(
                    ids[family.child],
                    code,
                    1,
                    each.choice,
                    each.decided_on,
                    Way.DESK,
                    known[parent.name],
                    valid_from=each.valid_from,
                    valid_until=each.valid_until,
                )


Draw = Callable[[Deliver], object]


def text_of(draw: Draw) -> str:
    """What is printed, on one line; "" when there is nothing to print."""
    printed: list[bytes] = []
    with contextlib.suppress(RefusedError):
        draw(printed.append)
    return " ".join(" ".join(texts_of(pdf)) for pdf in printed)


def lists_of(school: School) -> dict[str, str]:
    """What is handed to other families."""
    whom = ["Leerkracht"]
    return {
        "contact list": text_of(
            lambda to: print_contact_list(school, to, group=GROUP, for_whom=whom)
        ),
        "phone tree": text_of(lambda to: print_phone_tree(school, to, group=GROUP, for_whom=whom)),
        "contact list, sample": text_of(lambda to: to(sample_contact_list(school, group=GROUP))),
        "phone tree, sample": text_of(lambda to: to(sample_phone_tree(school, group=GROUP))),
    }


def papers_of(school: School, ids: dict[str, str]) -> dict[str, str]:
    """Letters, and lists and sheets for the school."""
    sharing = NewSharing(
        "Rekenbureau",
        "extra hulp",
        "toetsen van rekenen",
        TODAY,
        date(2027, 6, 1),
        Road.SCHOOL,
        list(ids.values()),
    )
    code = start_sharing(school, sharing)
    site = ChannelEntry("Website", ChannelKind.WEBSITE, since=SAID, purposes=PICTURES)
    shown = NewPublication("Herfst", TODAY, add_channel(school, site).about, groups=(GROUP,))
    record_publication(school, shown)
    some: dict[str, Draw] = {
        "sample of forms": lambda to: to(sample_forms(school)),
        "forms": lambda to: print_forms(school, to),
        "cover sheet": lambda to: print_cover_sheet(school, to),
        "reminder letters": lambda to: print_reminder_letters(school, to),
        "reminder list": lambda to: print_reminder_list(school, to),
        "class sheet": lambda to: print_class_sheet(school, to, group=GROUP),
        "event sheet": lambda to: print_event_sheet(
            school, to, event="Feest", on=TODAY, groups=[GROUP], codes=["website", "press"]
        ),
        "take-down list": lambda to: print_take_down_list(school, to),
        "conflict letters": lambda to: print_conflict_letters(school, to),
        "conflict letters, sample": lambda to: to(sample_conflict_letters(school)),
        "sharing request": lambda to: print_request(school, to, code),
        "sharing list": lambda to: print_sharing_list(school, to, code),
    }
    for name, pupil_id in ids.items():
        some[f"withdrawal letter {name}"] = lambda to, one=pupil_id: print_withdrawal_letter(  # type: ignore[misc]
            school, to, one
        )
    return {name: text_of(draw) for name, draw in some.items()}


# --- What must not stand there, and what may -----------------------------------------------------


def secrets_of(made: list[Family]) -> set[str]:
    """Streets, postcodes and numbers that somebody keeps secret, whoever else has them."""
    people = [parent for family in made for parent in family.parents]
    homes = {each.home for each in people if each.secret_home}
    phones = {number for each in people if each.secret_phone for number in each.numbers}
    places = {word for home in homes for word in (street(home), postcode(home))}
    return places | phones | {show_phone(each) for each in phones}


def allowed_on_list(made: list[Family]) -> set[str]:
    """All values that somebody permits: a street may be one parent's yes and another's no."""
    found = set()
    for family in made:
        if not family.says_yes("contact-child-name"):
            continue
        found.add(family.child)
        if family.says_yes("contact-birthday"):
            found.add(family.birthday)
        for parent in family.parents:
            if parent.says_yes("contact-guardian-name"):
                found.add(parent.name)
                found |= {parent.street} if parent.says_yes("contact-address") else set()
                found |= {parent.email} if parent.says_yes("contact-email") else set()
                if parent.says_yes("contact-phone"):
                    found |= {show_phone(each) for each in parent.numbers}
    against = {
        parent.street
        for family in made
        for parent in family.parents
        if parent.said["contact-address"] in ("no", "withdrawn")
    }
    return found - against - secrets_of(made)


def certain_on_list(made: list[Family]) -> set[str]:
    """Of those, what is nobody else's too: it must stand there."""
    people = [parent for family in made for parent in family.parents]
    shared = {number for number in range(99) if sum(each.phone == number for each in people) > 1}
    doubtful = {show_phone(each.numbers[0]) for each in people if each.phone in shared}
    return allowed_on_list(made) - doubtful


def everything(made: list[Family]) -> set[str]:
    """All that a list could hold of these families."""
    people = [parent for family in made for parent in family.parents]
    of_children = {word for each in made for word in (each.child, each.birthday)}
    of_parents = {
        word
        for each in people
        for word in (each.name, each.street, each.email, *map(show_phone, each.numbers))
    }
    return of_children | of_parents


small = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def fresh(school_to_copy: Made, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], School]:
    """Opens a school without pupils, another one each time."""
    numbers = itertools.count()
    place = tmp_path_factory.mktemp("many")
    return lambda: school_to_copy.copy_to(place / f"school{next(numbers)}").open()


@given(families())
@small
def test_lists_hold_what_was_consented_and_no_secret(
    fresh: Callable[[], School], made: list[Family]
) -> None:
    with fresh() as school:
        fill(school, made)
        printed = lists_of(school)
    may, must = allowed_on_list(made), certain_on_list(made)
    for name, text in printed.items():
        stands = {word for word in everything(made) | secrets_of(made) if word in text}
        assert stands <= may, f"{name}: {sorted(stands - may)}"
    assert {word for word in must if word not in printed["contact list"]} == set()


@given(families())
@small
def test_no_letter_form_or_sheet_holds_a_secret(
    fresh: Callable[[], School], made: list[Family]
) -> None:
    with fresh() as school:
        printed = papers_of(school, fill(school, made))
    assert printed["forms"] and printed["class sheet"] and printed["sharing request"]
    for name, text in printed.items():
        found = {word for word in secrets_of(made) if word in text}
        assert not found, f"{name}: {sorted(found)}"
        assert "geheim" not in text.replace("Een geheim adres of nummer komt er nooit op", "")
