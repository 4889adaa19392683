"""What a person can do with decisions; and what a new school starts with."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.form_code import make_school_tag
from schoolprivacy.consents.rules import pupil_decides
from schoolprivacy.consents.terms import Choice, Purpose, PurposeKind, Way
from schoolprivacy.errors import RefusedError
from schoolprivacy.people import profile
from schoolprivacy.people.records import day, find_pupil, guardianship, guardianships
from schoolprivacy.people.terms import Authority, AuthoritySource, new_id
from schoolprivacy.school import School, Session
from schoolprivacy.schoolyear import SchoolYear
from schoolprivacy.settings import resource
from schoolprivacy.vault.tables import meta

SCHOOL_TAG = "school_tag"
_FIRST_MONTH = 8  # of a school year


@cache
def default_purposes() -> tuple[dict[str, Any], ...]:
    """The purposes that ship with the program, in the order of the form."""
    text = resource("purposes.nl.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["purpose"])


def furnish(session: Session) -> None:
    """What a new school starts with: its form tag and the default purposes."""
    session.execute(sa.insert(meta).values(key=SCHOOL_TAG, value=make_school_tag()))
    since = session.clock.today().isoformat()
    shipped = default_purposes()
    session.execute(
        sa.insert(records.purpose),
        [
            {
                "code": each["code"],
                "kind": each.get("kind", PurposeKind.IMAGE.value),
                "position": place,
                "switched_on": each["on_by_default"],
                "all_must_agree": each["social_media"],
                "social_medium": each["social_media"],
            }
            for place, each in enumerate(shipped)
        ],
    )
    texts = ("label", "short", "audience", "keeps")
    session.execute(
        sa.insert(records.wording),
        [
            {"purpose": each["code"], "version": 1, "since": since, "widens": False}
            | {name: each[name] for name in texts}
            for each in shipped
        ],
    )


def school_tag(session: Session) -> str:
    """The four characters by which the school knows its own forms."""
    return str(
        session.execute(sa.select(meta.c.value).where(meta.c.key == SCHOOL_TAG)).scalar_one()
    )


@dataclass(frozen=True, slots=True)
class NewDecision:
    """One decision as somebody enters it.

    :param guardian_id: None with a form whose signer is not named, or with ``by_pupil``
    :param valid_from, valid_until: without them as long as the purpose's kind says
    """

    pupil_id: str
    purpose: str
    version: int
    choice: Choice
    decided_on: date
    way: Way
    guardian_id: str | None = None
    by_pupil: bool = False
    form_id: str | None = None
    declared: Authority | None = None
    valid_from: date | None = None
    valid_until: date | None = None


def record_decision(school: School, new: NewDecision) -> str:
    """Record what somebody decided outside a form: at the desk, by phone, by letter.

    A yes of who has no authority, or of whom it is not known, is recorded but does not count;
    ``deciding.who_may_decide`` tells beforehand.

    :returns: identifier of the decision
    :raises RefusedError: a date in the future, an unknown purpose, somebody who is no guardian of
        the child, or not the one who decides at the child's age (UAVG 5)
    """
    with school.transaction() as session:
        check_day(session, new.decided_on)
        known = {each.code: each for each in records.purposes(session, every=True)}
        _check_codes([new.purpose], known)
        purpose = known[new.purpose]
        signer = None if new.by_pupil else new.guardian_id
        _check_decider(session, new.pupil_id, signer, new.decided_on, own=purpose.is_own)
        year = contact_year(new.decided_on, profile.read_profile(session).next_year_from)
        (identifier,) = store_decisions(session, [for_its_term(session, new, purpose, year)])
        session.audit(
            "decision.recorded", new.pupil_id, purpose=new.purpose, choice=new.choice, way=new.way
        )
    return identifier


def withdraw(
    school: School,
    pupil_id: str,
    guardian_id: str | None,
    codes: Collection[str],
    *,
    on: date,
    way: Way,
) -> tuple[str, ...]:
    """Somebody takes consent back, for one or more purposes (AVG 7(3)).

    :param guardian_id: None when the pupil of 16 or older does (UAVG 5)
    :returns: identifiers of the decisions
    :raises RefusedError: as ``record_decision``, or the same person said yes after that day, so
        that it would take nothing back
    """
    with school.transaction() as session:
        check_day(session, on)
        known = {each.code: each for each in records.purposes(session, every=True)}
        _check_codes(codes, known)
        year = contact_year(on, profile.read_profile(session).next_year_from)
        for code in codes:
            _check_decider(session, pupil_id, guardian_id, on, own=known[code].is_own)
        _check_takes_back(session, pupil_id, guardian_id, codes, on)
        taken_back = [
            for_its_term(
                session,
                NewDecision(
                    pupil_id,
                    code,
                    known[code].wording.version,
                    Choice.WITHDRAWN,
                    on,
                    way,
                    guardian_id,
                    by_pupil=guardian_id is None,
                ),
                known[code],
                year,
            )
            for code in codes
        ]
        stored = store_decisions(session, taken_back)
        session.audit("decision.withdrawn", pupil_id, purposes=sorted(codes), way=way)
    return tuple(stored)


def undo_decision(school: School, decision_id: str) -> None:
    """Take back a decision that was recorded a moment ago; it stays in the history as invalid.

    :raises RefusedError: it was invalidated before, or there is no such decision
    """
    invalidate(school, decision_id, "ongedaan gemaakt")


def invalidate(school: School, decision_id: str, why: str) -> None:
    """Mark a decision as entered wrongly; it stays in the history and counts for nothing.

    Authority that only this decision's form declared is not known any more.

    :raises RefusedError: it was invalidated before, or there is no such decision
    """
    table = records.decision
    with school.transaction() as session:
        if not mark_invalid(session, decision_id, why):
            raise RefusedError("decision.not_there")
        row = session.execute(sa.select(table).where(table.c.id == decision_id)).one()
        if row.guardian_id:
            unsettle_authority(session, row.pupil_id, row.guardian_id)
        session.audit("decision.invalidated", decision_id)


def mark_invalid(session: Session, decision_id: str, why: str) -> bool:
    """Invalidate in a running transaction; the caller audits. False when it does not count now."""
    table = records.decision
    changed = session.execute(
        sa.update(table)
        .where(table.c.id == decision_id, table.c.invalidated_at.is_(None))
        .values(
            invalidated_at=session.clock.now().isoformat(),
            invalidated_by=session.who.id,
            invalidated_why=why,
        )
    )
    return bool(changed.rowcount)


def unsettle_authority(session: Session, pupil_id: str, guardian_id: str) -> Authority:
    """Forget authority that was declared on a form, when nothing that stands declares it any more.

    The caller invalidated a decision, and audits. Gives the authority that now holds.
    """
    link, given = guardianship.c, records.decision.c
    this = sa.and_(link.pupil_id == pupil_id, link.guardian_id == guardian_id)
    declared = sa.select(given.id).where(
        given.pupil_id == link.pupil_id,
        given.guardian_id == link.guardian_id,
        given.declared_authority == link.authority,
    )
    session.execute(
        sa.update(guardianship)
        .where(
            this,
            link.authority_source == AuthoritySource.FORM.value,
            declared.exists(),
            ~declared.where(given.invalidated_at.is_(None)).exists(),
        )
        .values(authority=Authority.UNKNOWN.value, authority_source=AuthoritySource.NONE.value)
    )
    found = session.execute(sa.select(link.authority).where(this)).scalar_one_or_none()
    return Authority(found or Authority.UNKNOWN)


def store_decisions(session: Session, new: Iterable[NewDecision]) -> list[str]:
    """Write decisions in a running transaction; the caller audits."""
    moment = session.clock.now().isoformat()
    rows = [
        {
            "id": new_id(),
            "pupil_id": each.pupil_id,
            "purpose": each.purpose,
            "version": each.version,
            "guardian_id": each.guardian_id,
            "by_pupil": each.by_pupil,
            "choice": each.choice.value,
            "decided_on": each.decided_on.isoformat(),
            "valid_from": each.valid_from.isoformat() if each.valid_from else None,
            "valid_until": each.valid_until.isoformat() if each.valid_until else None,
            "way": each.way.value,
            "form_id": each.form_id,
            "declared_authority": each.declared.value if each.declared else None,
            "recorded_at": moment,
            "recorded_by": session.who.id,
        }
        for each in new
    ]
    if rows:
        session.execute(sa.insert(records.decision), rows)
    return [str(row["id"]) for row in rows]


def check_day(session: Session, day: date) -> None:
    """Nobody decided anything tomorrow.

    :raises RefusedError: the day has yet to come
    """
    if day > session.clock.today():
        raise RefusedError("decision.future", day=f"{day:%d-%m-%Y}")


def for_its_term(
    session: Session, new: NewDecision, purpose: Purpose, year: SchoolYear
) -> NewDecision:
    """The decision with the days on which it counts, by the kind of its purpose.

    :param year: the school year for which an answer about the contact list was asked
    """
    if new.valid_until:
        return new
    if purpose.is_contact:
        last_day = _last_day(session, new, year)
        return replace(new, valid_from=year.first_day, valid_until=last_day)
    if purpose.kind is PurposeKind.SHARING:
        table = records.sharing
        query = sa.select(table.c.starts_on, table.c.ends_on).where(table.c.purpose == purpose.code)
        row = session.execute(query).one()
        first, last = date.fromisoformat(row.starts_on), date.fromisoformat(row.ends_on)
        return replace(new, valid_from=first, valid_until=last)
    return new


def _last_day(session: Session, new: NewDecision, year: SchoolYear) -> date:
    """The last day on which an answer about the contact list holds: a yes that year and no longer.

    A no on a form of last year is one of the year in which it was said, and consent that is taken
    back stays so as long as any yes to it would have counted.
    """
    if new.choice is Choice.GRANTED:
        return year.last_day
    last_day = max(year, SchoolYear.of(new.decided_on)).last_day
    if new.choice is not Choice.WITHDRAWN:
        return last_day
    given = records.decision.c
    query = sa.select(sa.func.max(given.valid_until)).where(
        given.pupil_id == new.pupil_id,
        given.purpose == new.purpose,
        given.choice == Choice.GRANTED.value,
        given.invalidated_at.is_(None),
    )
    said = day(session.execute(query).scalar())
    return max(last_day, said) if said else last_day


def contact_year(on: date, next_year_from: int) -> SchoolYear:
    """The school year for which an answer about the contact list is asked on a day.

    :param next_year_from: the month from which the next year is meant, 8 for never; in June the
        lists of this year are nearly done
    """
    year = SchoolYear.of(on)
    return year.next() if next_year_from <= on.month < _FIRST_MONTH else year


def _check_decider(
    session: Session, pupil_id: str, guardian_id: str | None, on: date, *, own: bool = False
) -> None:
    """Who decides for this child on this day; about own data every guardian does.

    :raises RefusedError: this person does not
    """
    born_on = None if own else find_pupil(session, pupil_id).born_on
    if guardian_id is None:
        if not pupil_decides(born_on, on):
            raise RefusedError("decision.parents_decide")
        return
    if pupil_decides(born_on, on):
        raise RefusedError("decision.pupil_decides")
    carers = guardianships(session, [pupil_id]).get(pupil_id, [])
    if guardian_id not in {each.guardian.id for each in carers}:
        raise RefusedError("decision.not_guardian")


def _check_takes_back(
    session: Session, pupil_id: str, guardian_id: str | None, codes: Collection[str], on: date
) -> None:
    """That nothing this person said afterwards would go on counting.

    :raises RefusedError: they said yes later
    """
    given = records.decision.c
    query = sa.select(sa.func.max(given.decided_on)).where(
        given.pupil_id == pupil_id,
        given.guardian_id.is_not_distinct_from(guardian_id),
        given.by_pupil.is_(guardian_id is None),
        given.purpose.in_(list(codes)),
        given.choice == Choice.GRANTED.value,
        given.decided_on > on.isoformat(),
        given.invalidated_at.is_(None),
    )
    if later := day(session.execute(query).scalar()):
        raise RefusedError("decision.said_yes_since", day=f"{later:%d-%m-%Y}")


def _check_codes(codes: Collection[str], known: Collection[str]) -> None:
    unknown = sorted(set(codes) - set(known))
    if unknown:
        raise RefusedError("purpose.unknown", codes=", ".join(unknown))
