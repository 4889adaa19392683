"""What may stand on the contact list of a group: only what somebody said yes to, never a secret.

Whoever or whatever is missing leaves no gap. When in doubt it does not stand there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.board import Cells
from schoolprivacy.consents.contacts.answers import OwnAnswerJudge, OwnAnswers
from schoolprivacy.consents.terms import Answer
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.people.addresses import IN_CLASS, address_key, secret_numbers
from schoolprivacy.people.names import (
    full_name,
    guardian_name,
    plain,
    register_name,
    surname_sort_key,
)
from schoolprivacy.people.records import (
    current_year,
    guardians,
    guardianship,
    guardianships,
    pupils_on_roll,
)
from schoolprivacy.people.terms import Guardian, Guardianship, PlacedPupil, Pupil
from schoolprivacy.school import Session

CHILD_NAME = "contact-child-name"
BIRTHDAY = "contact-birthday"
NAME = "contact-guardian-name"
ADDRESS = "contact-address"
PHONE = "contact-phone"
E_MAIL = "contact-email"


class Order(StrEnum):
    """How a list is sorted; the names of the children are written to match."""

    SURNAME = "surname"
    CALL_NAME = "call_name"


@dataclass(frozen=True, slots=True)
class Contact:
    """What of one guardian may stand with one child.

    :param address: street and place, a line each; empty when it may not
    :param phones: E.164 numbers, most wanted first
    :param homes: marks of the address, see ``home_marks``; not for paper
    """

    guardian_id: str
    name: str
    address: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    email: str = ""
    homes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ListedChild:
    """A child who may stand on the list.

    :param name: as the list is sorted: ``Sluis, Nynke van der`` or ``Nynke van der Sluis``
    :param birthday: ``3 maart``, never the year; "" when it may not
    """

    pupil_id: str
    name: str
    birthday: str = ""
    contacts: tuple[Contact, ...] = ()


def contact_rows(
    session: Session, group: str, order: Order = Order.SURNAME
) -> tuple[ListedChild, ...]:
    """What may stand today on the list of a group, own or composed, sorted."""
    return ContactLists(session, group).rows(group, order)


class ContactLists:
    """Makes the lists of several groups out of one look at everybody's secrets."""

    def __init__(self, session: Session, group: str | None = None) -> None:
        """
        :param group: only the list of this group will be asked for
        """
        self._session = session
        self._on = session.clock.today()
        asked = [each for each in records.purposes(session, only_on=True) if each.is_contact]
        self._of_child = [each for each in asked if not each.is_own]
        self._judge = OwnAnswerJudge((each for each in asked if each.is_own), self._on)
        self._placed = pupils_on_roll(session, self._on, current_year(session, self._on), group)
        pupils = [each.pupil for each in self._placed]
        self._cells = Cells(session, pupils)
        self._carers = guardianships(session, [each.id for each in pupils])
        self.secrets = Secrets(session)

    def rows(self, group: str, order: Order = Order.SURNAME) -> tuple[ListedChild, ...]:
        """What may stand today on the list of a group."""
        pupils = _sorted((each for each in self._placed if each.placement.is_in(group)), order)
        may = {
            (each.id, item.code)
            for each in pupils
            for item in self._of_child
            if self._cells.answer(each, item, self._on) is Answer.GRANTED
        }
        allowed = self._allowed([each.id for each in pupils])
        return tuple(
            ListedChild(
                each.id,
                register_name(each) if order is Order.SURNAME else full_name(each),
                _birthday(each) if (each.id, BIRTHDAY) in may else "",
                allowed.contacts(each.id, self._carers.get(each.id, ())),
            )
            for each in pupils
            if (each.id, CHILD_NAME) in may
        )

    def _allowed(self, pupil_ids: Collection[str]) -> _Allowed:
        """With what is said elsewhere by who shares an address, number or e-mail."""
        ours = OwnAnswers(self._session, pupil_ids, self._judge)
        near = self.secrets.who_shares(ours.guardians)
        link = guardianship.c
        query = sa.select(link.pupil_id).where(link.guardian_id.in_([each.id for each in near]))
        others = set(self._session.execute(query).scalars()).difference(pupil_ids)
        elsewhere = OwnAnswers(self._session, others, self._judge)
        everywhere = OwnAnswers(self._session, others.union(pupil_ids), self._judge)
        return _Allowed(self.secrets, near, ours, elsewhere, everywhere)


def _sorted(placed: Iterable[PlacedPupil], order: Order) -> list[Pupil]:
    """The Dutch way; of two who are called the same always the same one first."""
    return sorted(
        (each.pupil for each in placed),
        key=lambda each: (
            plain(each.call_name) if order is Order.CALL_NAME else "",
            surname_sort_key(each),
            each.id,
        ),
    )


def _birthday(pupil: Pupil) -> str:
    """Day and month; who sees it need not know the year."""
    return dutch_date(pupil.born_on).rpartition("\u00a0")[0] if pupil.born_on else ""


def home_marks(guardian: Guardian) -> frozenset[str]:
    """Where somebody lives; who lives together (``addresses.live_together``) shares a mark."""
    key = address_key(guardian)
    street = plain(f"{guardian.street} {guardian.house_number}") if guardian.street else ""
    return frozenset(mark for mark in (f"at {key}", f"in {street}") if len(mark) > len("at "))


class Secrets:
    """Everybody in the school file: what is kept secret, and who shares it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._everybody = guardians(session)
        self._marks = {each.id: home_marks(each) for each in self._everybody.values()}
        hidden = [each for each in self._everybody.values() if each.address_secret]
        self.homes = frozenset(mark for each in hidden for mark in self._marks[each.id])
        self.numbers = secret_numbers(self._everybody.values())
        self._doubtful = self._beside(each.id for each in hidden if not self._marks[each.id])

    def _beside(self, ids: Iterable[str]) -> frozenset[str]:
        """Those with a child in common with somebody whose address is secret and so not known."""
        link = guardianship.c
        children = sa.select(link.pupil_id).where(link.guardian_id.in_(list(ids)))
        query = sa.select(link.guardian_id).where(link.pupil_id.in_(children))
        return frozenset(self._session.execute(query).scalars())

    def hides_home(self, guardian: Guardian) -> bool:
        """Whether an address may not be printed: somebody there keeps it secret, or may do so."""
        return (
            guardian.address_secret
            or address_key(guardian) == IN_CLASS
            or guardian.id in self._doubtful
            or not self._marks[guardian.id].isdisjoint(self.homes)
        )

    def who_shares(self, ids: Iterable[str]) -> list[Guardian]:
        """Everybody with an address, number or e-mail that one of these has; themselves too."""
        them = [self._everybody[each] for each in ids]
        homes = {mark for each in them for mark in self._marks[each.id]}
        numbers = {number for each in them for number in each.phones}
        mails = {each.email.casefold() for each in them} - {""}
        return [
            each
            for each in self._everybody.values()
            if not self._marks[each.id].isdisjoint(homes)
            or not numbers.isdisjoint(each.phones)
            or each.email.casefold() in mails
        ]


class _Allowed:
    """What guardians said yes to, and nobody who shares it said no to.

    A no on the form of a child in another group is about the list of that group; who takes their
    own data back takes them back, with whichever child it was recorded.
    """

    def __init__(
        self,
        secrets: Secrets,
        near: Iterable[Guardian],
        ours: OwnAnswers,
        elsewhere: OwnAnswers,
        everywhere: OwnAnswers,
    ) -> None:
        self._secrets, self._ours = secrets, ours
        self._stopped = {
            code: ours.stopped(code)
            | (elsewhere.stopped(code) - ours.granted(code))
            | everywhere.withdrawn(code)
            for code in (NAME, ADDRESS, PHONE, E_MAIL)
        }
        near = list(near)
        against = {
            code: [each for each in near if each.id in ids] for code, ids in self._stopped.items()
        }
        self._homes = {mark for each in against[ADDRESS] for mark in home_marks(each)}
        self._numbers = {number for each in against[PHONE] for number in each.phones}
        self._mails = {each.email.casefold() for each in against[E_MAIL]}

    def contacts(self, pupil_id: str, carers: Iterable[Guardianship]) -> tuple[Contact, ...]:
        """The guardians who may be named with a child, in the child's order."""
        return tuple(
            self._contact(pupil_id, each.guardian)
            for each in carers
            if self._yes(NAME, pupil_id, each.guardian) and guardian_name(each.guardian)
        )

    def _yes(self, code: str, pupil_id: str, guardian: Guardian) -> bool:
        said = self._ours.said_yes(code, pupil_id, guardian.id)
        return said and guardian.id not in self._stopped[code]

    def _contact(self, pupil_id: str, guardian: Guardian) -> Contact:
        marks = home_marks(guardian)
        home = (
            self._yes(ADDRESS, pupil_id, guardian)
            and not self._secrets.hides_home(guardian)
            and marks.isdisjoint(self._homes)
        )
        phones = guardian.phones if self._yes(PHONE, pupil_id, guardian) else ()
        email = guardian.email if self._yes(E_MAIL, pupil_id, guardian) else ""
        hidden = self._secrets.numbers | self._numbers
        return Contact(
            guardian.id,
            guardian_name(guardian),
            _lines(guardian) if home else (),
            tuple(dict.fromkeys(each for each in phones if each not in hidden)),
            "" if email.casefold() in self._mails else email,
            marks if home else frozenset(),
        )


def _lines(guardian: Guardian) -> tuple[str, ...]:
    street = " ".join(filter(None, (guardian.street, guardian.house_number)))
    place = "  ".join(filter(None, (guardian.postcode, guardian.place)))
    return tuple(filter(None, (street, place)))
