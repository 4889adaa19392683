"""Tables of purposes, forms and decisions, and what is computed from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from schoolprivacy.consents.form_layout import FormPage
from schoolprivacy.consents.rules import effective_answer
from schoolprivacy.consents.terms import (
    UNNAMED,
    Answer,
    Choice,
    Decision,
    Purpose,
    PurposeKind,
    Wording,
)
from schoolprivacy.people.records import day, guardianship
from schoolprivacy.people.terms import Authority, Pupil
from schoolprivacy.school import Session
from schoolprivacy.schoolyear import SchoolYear
from schoolprivacy.vault.tables import metadata

purpose = sa.Table(
    "purpose",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("switched_on", sa.Boolean, nullable=False),
    sa.Column("all_must_agree", sa.Boolean, nullable=False),
    sa.Column("social_medium", sa.Boolean, nullable=False),
)

wording = sa.Table(
    "wording",
    metadata,
    sa.Column("purpose", sa.Text, sa.ForeignKey("purpose.code"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("since", sa.Text, nullable=False),
    sa.Column("widens", sa.Boolean, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("short", sa.Text, nullable=False),
    sa.Column("audience", sa.Text, nullable=False),
    sa.Column("keeps", sa.Text, nullable=False),
)

form = sa.Table(
    "form",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("pupil_id", sa.Text, sa.ForeignKey("pupil.id"), nullable=False),
    sa.Column("address_key", sa.Text, nullable=False),
    sa.Column("asked_on", sa.Text, nullable=False),
    sa.Column("hand_in_by", sa.Text, nullable=False),
    sa.Column("layout_version", sa.Integer, nullable=False),
    sa.Column("school_year", sa.Integer, nullable=False),
    sa.Column("sharing", sa.Text, sa.ForeignKey("sharing.purpose")),
    sa.Column("round_id", sa.Text, sa.ForeignKey("round.id")),
    sa.Column("replaced_on", sa.Text),
)

form_page = sa.Table(
    "form_page",
    metadata,
    sa.Column("number", sa.Text, primary_key=True),
    sa.Column("form_id", sa.Text, sa.ForeignKey("form.id"), nullable=False),
    sa.Column("page", sa.Integer, nullable=False),
    sa.Column("geometry", sa.Text, nullable=False),
)

form_purpose = sa.Table(
    "form_purpose",
    metadata,
    sa.Column("form_id", sa.Text, sa.ForeignKey("form.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)

form_guardian = sa.Table(
    "form_guardian",
    metadata,
    sa.Column("form_id", sa.Text, sa.ForeignKey("form.id"), primary_key=True),
    sa.Column("guardian_id", sa.Text, sa.ForeignKey("guardian.id"), primary_key=True),
)

decision = sa.Table(
    "decision",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("pupil_id", sa.Text, sa.ForeignKey("pupil.id"), nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("guardian_id", sa.Text, sa.ForeignKey("guardian.id")),
    sa.Column("by_pupil", sa.Boolean, nullable=False),
    sa.Column("choice", sa.Text, nullable=False),
    sa.Column("decided_on", sa.Text, nullable=False),
    sa.Column("valid_from", sa.Text),
    sa.Column("valid_until", sa.Text),
    sa.Column("way", sa.Text, nullable=False),
    sa.Column("form_id", sa.Text, sa.ForeignKey("form.id")),
    sa.Column("declared_authority", sa.Text),
    sa.Column("recorded_at", sa.Text, nullable=False),
    sa.Column("recorded_by", sa.Text, sa.ForeignKey("staff.id"), nullable=False),
    sa.Column("invalidated_at", sa.Text),
    sa.Column("invalidated_by", sa.Text, sa.ForeignKey("staff.id")),
    sa.Column("invalidated_why", sa.Text),
)


asked_otherwise = sa.Table(
    "asked_otherwise",
    metadata,
    sa.Column("pupil_id", sa.Text, sa.ForeignKey("pupil.id"), primary_key=True),
    sa.Column("purpose", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("asked_on", sa.Text, primary_key=True),
    sa.Column("recorded_by", sa.Text, sa.ForeignKey("staff.id"), nullable=False),
)

sharing = sa.Table(
    "sharing",
    metadata,
    sa.Column("purpose", sa.Text, sa.ForeignKey("purpose.code"), primary_key=True),
    sa.Column("party", sa.Text, nullable=False),
    sa.Column("purpose_text", sa.Text, nullable=False),
    sa.Column("data", sa.Text, nullable=False),
    sa.Column("starts_on", sa.Text, nullable=False),
    sa.Column("ends_on", sa.Text, nullable=False),
    sa.Column("road", sa.Text, nullable=False),
    sa.Column("made_on", sa.Text, nullable=False),
    sa.Column("made_by", sa.Text, sa.ForeignKey("staff.id"), nullable=False),
    sa.Column("ended_on", sa.Text),
)

sharing_pupil = sa.Table(
    "sharing_pupil",
    metadata,
    sa.Column("purpose", sa.Text, sa.ForeignKey("sharing.purpose"), primary_key=True),
    sa.Column("pupil_id", sa.Text, sa.ForeignKey("pupil.id"), primary_key=True),
)


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form: what was asked, of whom, on which paper.

    :param pages: (form number, geometry) per page
    :param asked: (purpose code, wording version) in the order of the rows
    :param guardians: identifiers of whom it was meant for
    :param school_year: for which its answers about the contact list count
    :param sharing: code of the purpose of a sharing for a while; None on the form of the school
    :param round_id: the yearly round it was printed for; None when it was printed in between
    """

    id: str
    pupil_id: str
    address_key: str
    asked_on: date
    hand_in_by: date
    layout_version: int
    replaced_on: date | None
    pages: tuple[tuple[str, FormPage], ...]
    asked: tuple[tuple[str, int], ...]
    guardians: tuple[str, ...]
    school_year: SchoolYear
    sharing: str | None = None
    round_id: str | None = None

    @property
    def number(self) -> str:
        """The number that stands for the whole form: that of its first page."""
        return self.pages[0][0]


def purposes(session: Session, *, only_on: bool = False, every: bool = False) -> list[Purpose]:
    """The purposes in the school's order, with their newest wording.

    :param every: those of a sharing for a while too, which are never on the form of the school
    """
    versions: dict[str, list[Wording]] = defaultdict(list)
    for row in session.execute(sa.select(wording).order_by(wording.c.version)):
        versions[row.purpose].append(_wording(row))
    query = sa.select(purpose).order_by(purpose.c.position)
    if not every:
        query = query.where(purpose.c.kind != PurposeKind.SHARING.value)
    if only_on:
        query = query.where(purpose.c.switched_on)
    return [
        Purpose(
            row.code,
            row.switched_on,
            row.all_must_agree,
            row.social_medium,
            versions[row.code][-1],
            max((w.version for w in versions[row.code] if w.widens), default=1),
            PurposeKind(row.kind),
        )
        for row in session.execute(query)
    ]


def wordings(session: Session) -> dict[tuple[str, int], Wording]:
    """Every version of every purpose's text."""
    return {
        (row.purpose, row.version): _wording(row) for row in session.execute(sa.select(wording))
    }


def _wording(row: sa.Row[Any]) -> Wording:
    return Wording(
        version=row.version,
        label=row.label,
        short=row.short,
        audience=row.audience,
        keeps=row.keeps,
        since=date.fromisoformat(row.since),
        widens=row.widens,
    )


def forms(session: Session, pupil_ids: Collection[str] | None = None) -> list[Form]:
    """All forms, or those of some pupils, in the order in which they were made."""
    query = sa.select(form).order_by(form.c.asked_on, form.c.id)
    if pupil_ids is not None:
        query = query.where(form.c.pupil_id.in_(list(pupil_ids)))
    rows = session.execute(query).all()
    ids = None if pupil_ids is None else [row.id for row in rows]
    pages: dict[str, list[tuple[str, FormPage]]] = defaultdict(list)
    geometry = cache(FormPage.from_json)  # forms that were made together are alike
    for page in _of_forms(session, form_page, form_page.c.page, ids):
        pages[page.form_id].append((page.number, geometry(page.geometry)))
    asked: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in _of_forms(session, form_purpose, form_purpose.c.position, ids):
        asked[row.form_id].append((row.purpose, row.version))
    meant: dict[str, list[str]] = defaultdict(list)
    for row in _of_forms(session, form_guardian, form_guardian.c.guardian_id, ids):
        meant[row.form_id].append(row.guardian_id)
    return [
        Form(
            row.id,
            row.pupil_id,
            row.address_key,
            date.fromisoformat(row.asked_on),
            date.fromisoformat(row.hand_in_by),
            row.layout_version,
            day(row.replaced_on),
            tuple(pages[row.id]),
            tuple(asked[row.id]),
            tuple(meant[row.id]),
            SchoolYear(row.school_year),
            row.sharing,
            row.round_id,
        )
        for row in rows
    ]


def _of_forms(
    session: Session, table: sa.Table, order: sa.Column[Any], ids: list[str] | None
) -> Sequence[sa.Row[Any]]:
    query = sa.select(table).order_by(order)
    if ids is not None:
        query = query.where(table.c.form_id.in_(ids))
    return session.execute(query).all()


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """A decision with what only its record knows.

    :param form_id: the form it was given on
    """

    id: str
    pupil_id: str
    purpose: str
    form_id: str | None
    decision: Decision


def decisions(
    session: Session, pupil_ids: Collection[str] | None = None
) -> dict[tuple[str, str], list[RecordedDecision]]:
    """Every decision ever recorded, by pupil and purpose; of all pupils without ``pupil_ids``."""
    query = sa.select(decision).order_by(decision.c.decided_on, decision.c.recorded_at)
    authority = sa.select(
        guardianship.c.pupil_id, guardianship.c.guardian_id, guardianship.c.authority
    )
    if pupil_ids is not None:
        query = query.where(decision.c.pupil_id.in_(list(pupil_ids)))
        authority = authority.where(guardianship.c.pupil_id.in_(list(pupil_ids)))
    rows = session.execute(query).all()
    known = {
        (row.pupil_id, row.guardian_id): Authority(row.authority)
        for row in session.execute(authority)
    }
    meant = meant_for(session, {row.form_id for row in rows if not row.guardian_id})
    ended = _ended_early(session)
    found: dict[tuple[str, str], list[RecordedDecision]] = defaultdict(list)
    for row in rows:
        people = [row.guardian_id] if row.guardian_id else meant.get(row.form_id, [])
        value = Decision(
            signer=row.guardian_id or ("pupil" if row.by_pupil else f"{UNNAMED}{row.form_id}"),
            choice=Choice(row.choice),
            decided_on=date.fromisoformat(row.decided_on),
            authority=weakest_authority(known.get((row.pupil_id, each)) for each in people),
            declared=Authority(row.declared_authority) if row.declared_authority else None,
            by_pupil=row.by_pupil,
            version=row.version,
            valid_until=ended.get(row.purpose, day(row.valid_until)),
            invalidated=row.invalidated_at is not None,
            valid_from=day(row.valid_from),
        )
        found[row.pupil_id, row.purpose].append(
            RecordedDecision(row.id, row.pupil_id, row.purpose, row.form_id, value)
        )
    return found


def _ended_early(session: Session) -> dict[str, date]:
    """The last day of every sharing that somebody ended before its time, by its purpose."""
    query = sa.select(sharing.c.purpose, sharing.c.ended_on).where(sharing.c.ended_on.is_not(None))
    return {
        row.purpose: date.fromisoformat(row.ended_on) - timedelta(days=1)
        for row in session.execute(query)
    }


def meant_for(session: Session, form_ids: Collection[str]) -> dict[str, list[str]]:
    """The guardians that forms were meant for, by form."""
    query = sa.select(form_guardian).where(form_guardian.c.form_id.in_(list(form_ids)))
    found: dict[str, list[str]] = defaultdict(list)
    for row in session.execute(query):
        found[row.form_id].append(row.guardian_id)
    return found


def forms_answered(session: Session) -> frozenset[str]:
    """The forms of which an answer was entered that was not wrong."""
    query = sa.select(decision.c.form_id).where(
        decision.c.form_id.is_not(None), decision.c.invalidated_at.is_(None)
    )
    return frozenset(session.execute(query.distinct()).scalars())


def forms_of_unnamed(session: Session) -> frozenset[str]:
    """The same, of a signer who was not named."""
    query = sa.select(decision.c.form_id).where(
        decision.c.guardian_id.is_(None),
        decision.c.form_id.is_not(None),
        decision.c.invalidated_at.is_(None),
    )
    return frozenset(session.execute(query.distinct()).scalars())


def weakest_authority(authorities: Iterable[Authority | None]) -> Authority:
    """The least that is certain of a signer who is one of several people."""
    found = {each or Authority.UNKNOWN for each in authorities}
    if found == {Authority.YES}:
        return Authority.YES
    return Authority.NO if found == {Authority.NO} else Authority.UNKNOWN


@dataclass(frozen=True, slots=True)
class Matrix:
    """What counts, for pupils × purposes, on one day."""

    answers: Mapping[tuple[str, str], Answer]
    decisions: Mapping[tuple[str, str], Sequence[RecordedDecision]]

    def answer(self, pupil_id: str, code: str) -> Answer:
        return self.answers[pupil_id, code]


def matrix(
    session: Session, pupils: Sequence[Pupil], asked_for: Sequence[Purpose], on: date
) -> Matrix:
    """The effective answer of a few pupils for each purpose, with the decisions.

    For many pupils ``board.Cells`` is quicker.
    """
    ids = [each.id for each in pupils]
    recorded = decisions(session, ids)
    was_asked = _asked(session, ids)
    carers = deciding_guardians(session, ids)
    answers = {
        (each.id, code.code): effective_answer(
            [r.decision for r in recorded.get((each.id, code.code), ())],
            asked=(each.id, code.code) in was_asked,
            on=on,
            born_on=each.born_on,
            must_agree=carers.get(each.id, frozenset()) if code.all_must_agree else frozenset(),
            widened_at=code.widened_at,
            own=code.is_own,
        )
        for each in pupils
        for code in asked_for
    }
    return Matrix(answers, recorded)


def _asked(session: Session, ids: list[str]) -> set[tuple[str, str]]:
    on_paper = (
        sa.select(form.c.pupil_id, form_purpose.c.purpose)
        .join(form_purpose, form_purpose.c.form_id == form.c.id)
        .where(form.c.pupil_id.in_(ids))
    )
    otherwise = asked_otherwise.c
    query = on_paper.union(
        sa.select(otherwise.pupil_id, otherwise.purpose).where(otherwise.pupil_id.in_(ids))
    )
    return {(row.pupil_id, row.purpose) for row in session.execute(query)}


def deciding_guardians(session: Session, ids: list[str]) -> dict[str, frozenset[str]]:
    """Who has or may have authority, by pupil."""
    query = sa.select(guardianship.c.pupil_id, guardianship.c.guardian_id).where(
        guardianship.c.authority != Authority.NO.value, guardianship.c.pupil_id.in_(ids)
    )
    found: dict[str, set[str]] = defaultdict(set)
    for row in session.execute(query):
        found[row.pupil_id].add(row.guardian_id)
    return {key: frozenset(value) for key, value in found.items()}
