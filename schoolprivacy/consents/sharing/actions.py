"""What a person can do with a sharing for a while: start it and end it."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from schoolprivacy import law
from schoolprivacy.consents import papers, records
from schoolprivacy.consents.asking import form_row
from schoolprivacy.consents.sharing.pupils import at_school, store_pupils
from schoolprivacy.consents.sharing.sharings import Road, find_open, find_sharing
from schoolprivacy.consents.terms import Purpose, PurposeKind, Wording
from schoolprivacy.errors import KnownError, RefusedError
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.school import School, Session

_LONGEST_SHORT = 24  # characters: it heads a column


@dataclass(frozen=True, slots=True)
class NewSharing:
    """A sharing as somebody enters it.

    :param party: the third party by name
    :param purpose_text: what the party needs the data for
    :param data: which data, named
    :param starts_on, ends_on: first and last day
    :param pupil_ids: identifiers of the chosen pupils
    :param all_must_agree: one parent's yes is not enough
    """

    party: str
    purpose_text: str
    data: str
    starts_on: date
    ends_on: date
    road: Road
    pupil_ids: Collection[str]
    all_must_agree: bool = False


def start_sharing(school: School, new: NewSharing) -> str:
    """Set down what a party asks, so that it can be asked, answered and ended; gives its code.

    :raises RefusedError: a text is empty or too long for the form, the period ends before it
        starts, is over or too long (``consent.sharing_longest``), or nobody at school is chosen
    :raises KnownError: a text cannot be printed
    """
    new = replace(
        new,
        party=_one_line(new.party),
        purpose_text=_one_line(new.purpose_text),
        data=_one_line(new.data),
    )
    if not (new.party and new.purpose_text and new.data):
        raise RefusedError("sharing.empty")
    with school.transaction() as session:
        _check_period(new, session.clock.today())
        pupil_ids = at_school(session, new.pupil_ids)
        purpose = _purpose(new, session.clock.today())
        _check_texts(purpose)
        _store_purpose(session, purpose)
        _store_sharing(session, new, purpose.code)
        store_pupils(session, purpose.code, pupil_ids)
        session.audit("sharing.started", purpose.code, road=new.road, pupils=len(pupil_ids))
    return purpose.code


def undo_start(school: School, code: str) -> None:
    """Take back what was set down wrongly, while nobody was asked and nothing was answered.

    :raises RefusedError: there is no such sharing, or somebody was asked or answered
    """
    used = (records.form_purpose, records.decision, records.asked_otherwise)
    with school.transaction() as session:
        find_sharing(session, code)
        for table in used:
            if session.execute(sa.select(table.c.purpose).where(table.c.purpose == code)).first():
                raise RefusedError("sharing.used")
        for table in (records.sharing_pupil, records.sharing, records.wording):
            session.execute(sa.delete(table).where(table.c.purpose == code))
        session.execute(sa.delete(records.purpose).where(records.purpose.c.code == code))
        session.audit("sharing.start_undone", code)


def end_sharing(school: School, code: str) -> None:
    """End it before its last day: from now on nothing may be shared.

    :raises RefusedError: there is no such sharing, or it has ended
    """
    with school.transaction() as session:
        find_open(session, code)
        _set_end(session, code, session.clock.today())
        session.audit("sharing.ended", code)


def undo_end(school: School, code: str) -> None:
    """Take back an early end; the answers count again as they were given.

    :raises RefusedError: there is no such sharing, nobody ended it early, or its last day is past
    """
    with school.transaction() as session:
        found = find_sharing(session, code)
        if found.ended_on is None or found.ends_on < session.clock.today():
            raise RefusedError("sharing.not_ended")
        _set_end(session, code, None)
        session.audit("sharing.end_undone", code)


# — checking —


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _check_period(new: NewSharing, today: date) -> None:
    if new.ends_on < new.starts_on:
        raise RefusedError("sharing.ends_before")
    if new.ends_on < today:
        raise RefusedError("sharing.over")
    last = law.last_day("consent.sharing_longest", new.starts_on)
    if new.ends_on > last:
        months = law.term("consent.sharing_longest").value
        raise RefusedError("sharing.too_far", months=months, last=dutch_date(last))


def _check_texts(purpose: Purpose) -> None:
    """What nobody could print is not stored."""
    text = purpose.wording
    papers.check_names(text.label, text.short, text.audience)
    try:
        papers.form_pages([form_row(purpose, text)])
    except KnownError as error:
        if error.key != "form.row_too_long":
            raise
        raise RefusedError("sharing.too_long", label=text.label) from error


# — storing —


def _purpose(new: NewSharing, today: date) -> Purpose:
    """The purpose by which it is asked: its row names data, party and purpose (AVG 4(11))."""
    text = Wording(
        version=1,
        label=f"{new.data}, aan {new.party}. Waarvoor: {new.purpose_text}",
        short=_short(new.party),
        audience=new.party,
        keeps=_one_line(f"tot en met {dutch_date(new.ends_on)}"),  # without its hard spaces
        since=today,
    )
    code = f"sharing-{secrets.token_hex(4)}"
    return Purpose(code, True, new.all_must_agree, False, text, kind=PurposeKind.SHARING)


def _short(party: str) -> str:
    return party if len(party) <= _LONGEST_SHORT else f"{party[: _LONGEST_SHORT - 1].rstrip()}…"


def _store_purpose(session: Session, purpose: Purpose) -> None:
    last = sa.select(sa.func.max(records.purpose.c.position))
    text = purpose.wording
    session.execute(
        sa.insert(records.purpose).values(
            code=purpose.code,
            kind=purpose.kind.value,
            position=(session.execute(last).scalar_one() or 0) + 1,
            switched_on=True,
            all_must_agree=purpose.all_must_agree,
            social_medium=False,
        )
    )
    session.execute(
        sa.insert(records.wording).values(
            purpose=purpose.code,
            version=text.version,
            since=text.since.isoformat(),
            widens=False,
            label=text.label,
            short=text.short,
            audience=text.audience,
            keeps=text.keeps,
        )
    )


def _store_sharing(session: Session, new: NewSharing, code: str) -> None:
    session.execute(
        sa.insert(records.sharing).values(
            purpose=code,
            party=new.party,
            purpose_text=new.purpose_text,
            data=new.data,
            starts_on=new.starts_on.isoformat(),
            ends_on=new.ends_on.isoformat(),
            road=new.road.value,
            made_on=session.clock.today().isoformat(),
            made_by=session.who.id,
        )
    )


def _set_end(session: Session, code: str, ended_on: date | None) -> None:
    table = records.sharing
    session.execute(
        sa.update(table)
        .where(table.c.purpose == code)
        .values(ended_on=ended_on.isoformat() if ended_on else None)
    )
