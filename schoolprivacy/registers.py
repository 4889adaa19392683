"""The suites that together make a school file, and making a new one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from schoolprivacy.access.terms import Role
from schoolprivacy.clock import Clock
from schoolprivacy.consents import actions as consents
from schoolprivacy.consents import register as consents_register
from schoolprivacy.duties import Due, Kept, Moment
from schoolprivacy.okr import register as okr_register
from schoolprivacy.people import profile
from schoolprivacy.people import register as people_register
from schoolprivacy.school import DEMO, NewStaff, School, Session
from schoolprivacy.schoolyear import SchoolYear
from schoolprivacy.suppliers import register as suppliers_register
from schoolprivacy.vault.keys import SCHOOL_COST, Cost, new_passphrase


class Register(Protocol):
    """What every suite that keeps something on children answers, so that no duty passes it by."""

    @property
    def TABLES(self) -> tuple[sa.Table, ...]:
        """The tables that ``about`` reads."""
        ...

    def about(self, session: Session, pupil_id: str) -> list[Kept]:
        """Everything it keeps on a child, for the access report."""
        ...

    def due(self, session: Session) -> list[Due]:
        """What somebody must do on the present day; a count may be 0."""
        ...

    def moments(self, session: Session, year: SchoolYear) -> list[Moment]:
        """What it puts on the planner of a school year, in any order."""
        ...


REGISTERS: tuple[Register, ...] = (
    people_register,
    consents_register,
    okr_register,
    suppliers_register,
)

NOT_ON_A_CHILD: dict[str, str] = {
    "app_wish": "which apps teachers asked for, and what was decided; no child is named",
    "attachment": "the content of files; which scan is of which child stands in evidence",
    "audit": "who did what; identifiers, no values",
    "calendar_entry": "the school's own holidays and meetings",
    "channel": "the accounts and media of the school",
    "channel_purpose": "what each of them is for",
    "import_columns": "names of columns in a spreadsheet",
    "import_run": "how rows were before the last import, until it can no longer be undone",
    "letter_wording": "the school's own texts of letters, with placeholders for people",
    "list_copy": "the copies of lists and which family got them; who stands there is in list_pupil",
    "meta": "facts about the school file",
    "profile": "the school itself",
    "purpose": "what the school asks for",
    "recipient": "who gets data of pupils by law or task; organisations",
    "round": "the yearly rounds: their dates, and who opened and closed them",
    "round_purpose": "what a round does with each purpose",
    "round_step": "which steps of a round are done",
    "staff": "who works in the school file",
    "supplier": "companies, with whom to call there",
    "supplier_agreement": "processing agreements, with who signed",
    "supplier_agreement_product": "which products an agreement covers",
    "supplier_annex": "how a product keeps data safe",
    "supplier_basic": "the five vuistregels of a product",
    "supplier_bijsluiter": "which kinds of data a product uses, of all pupils alike",
    "supplier_bijsluiter_data": "the categories of data it names",
    "supplier_bijsluiter_line": "its services, purposes and places",
    "supplier_certificate": "certificates of a product",
    "supplier_evidence": "scans of agreements and sheets of suppliers",
    "supplier_product": "what the school uses, and what for",
    "supplier_publication": "where the list for parents was put",
    "supplier_published": "what that list said of each product",
    "supplier_sub_processor": "companies that work for a supplier",
    "team_asked": "what staff, trainees and volunteers were asked about themselves",
    "team_decision": "what they answered; adults, about themselves",
    "team_member": "staff, trainees and volunteers: adults, asked for themselves",
    "wording": "the texts of what the school asks for",
}
"""Tables that no register reports, with the reason."""


def about(session: Session, pupil_id: str) -> list[Kept]:
    """Everything that is kept on a child, of all registers (AVG 15)."""
    return [kept for register in REGISTERS for kept in register.about(session, pupil_id)]


@dataclass(frozen=True, slots=True)
class Founded:
    """A school file just made: what must be written on paper now.

    :param paper_key: opens the file when everybody forgot; belongs in the safe
    :param administration: passphrase of the administration user, when it was made up here
    """

    school: School
    paper_key: str
    administration: str | None


def found_school(
    folder: Path,
    name: str,
    brin: str,
    *,
    director: str,
    administration: str | None = None,
    clock: Clock | None = None,
    cost: Cost = SCHOOL_COST,
    alone: bool = False,
    demo: bool = False,
) -> Founded:
    """Make a school file for a director and an administration user, each with an own passphrase.

    :param director, administration: passphrases; without the second one is made up
    :param alone: only the director; who else works in it is added later, by name
    :param demo: a made-up school to practise in; marked as such for good
    :raises KnownError: no good name, BRIN, passphrase or place; nothing was made
    """
    own = profile.new_profile(name, brin)
    made_up = None if administration or alone else new_passphrase()
    people = [NewStaff("Directie", Role.DIRECTOR, director)]
    if secret := administration or made_up:
        people.append(NewStaff("Administratie", Role.ADMINISTRATION, secret))

    def furnish(session: Session) -> None:
        profile.furnish(session, own)
        consents.furnish(session)
        if demo:
            session.set_fact(DEMO, "yes")

    school, paper_key = School.create(folder, people, furnish, clock, cost)
    return Founded(school, paper_key, made_up)
