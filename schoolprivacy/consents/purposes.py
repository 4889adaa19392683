"""The purposes as a school sets them: which, in what order, and in which words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import sqlalchemy as sa

from schoolprivacy.consents import papers, records
from schoolprivacy.consents.asking import form_row
from schoolprivacy.consents.terms import Purpose, Wording
from schoolprivacy.errors import RefusedError
from schoolprivacy.school import School, Session

TEXTS = ("label", "short", "audience", "keeps")
"""What a wording says; the first two are never empty."""
_LONGEST_SHORT = 24  # characters: it heads a column


@dataclass(frozen=True, slots=True)
class PurposeSettings:
    """A purpose with its history.

    :param wordings: every version, oldest first
    :param answers: how many answers that were not entered wrongly stand on each version
    """

    purpose: Purpose
    wordings: tuple[Wording, ...]
    answers: dict[int, int]


def purpose_settings(school: School) -> list[PurposeSettings]:
    """All purposes in the school's order."""
    table = records.decision.c
    query = (
        sa.select(table.purpose, table.version, sa.func.count().label("many"))
        .where(table.invalidated_at.is_(None))
        .group_by(table.purpose, table.version)
    )
    with school.reading() as session:
        texts = records.wordings(session)
        many = Counter({(r.purpose, r.version): r.many for r in session.execute(query)})
        return [
            PurposeSettings(
                each,
                tuple(texts[each.code, version] for version in range(1, each.wording.version + 1)),
                {
                    version: many[each.code, version]
                    for version in range(1, each.wording.version + 1)
                },
            )
            for each in records.purposes(session)
        ]


def switch_purpose(school: School, code: str, *, on: bool) -> None:
    """Ask for a purpose from now on, or no longer; answers already given stay.

    :raises RefusedError: the school has no such purpose
    """
    _set_purpose(school, code, "purpose.switched", switched_on=on)


def require_all(school: School, code: str, *, all_must_agree: bool) -> None:
    """Whether everybody with authority must say yes to a purpose.

    :raises RefusedError: the school has no such purpose
    """
    _set_purpose(school, code, "purpose.all_must_agree", all_must_agree=all_must_agree)


def _set_purpose(school: School, code: str, action: str, **values: bool) -> None:
    with school.transaction() as session:
        _find(session, code)
        session.execute(
            sa.update(records.purpose).where(records.purpose.c.code == code).values(**values)
        )
        session.audit(action, code, **values)


def move_purpose(school: School, code: str, position: int) -> None:
    """Put a purpose at a place in the order of the form and the board.

    :param position: from 0; beyond the last is last
    :raises RefusedError: the school has no such purpose
    """
    table = records.purpose
    with school.transaction() as session:
        _find(session, code)
        order = [each.code for each in records.purposes(session) if each.code != code]
        order.insert(max(0, position), code)
        for place, each in enumerate(order):
            session.execute(sa.update(table).where(table.c.code == each).values(position=place))
        session.audit("purpose.moved", code, position=order.index(code))


def reword_purpose(school: School, code: str, *, widens: bool, **texts: str) -> int:
    """Give a purpose a new version of its text; gives the version.

    :param widens: the use becomes wider, so that a yes to the older text no longer covers it
    :param texts: label, short, audience, keeps; what is not named stays
    :raises RefusedError: the school has no such purpose, a text is empty or too long, nothing
        changes, or another purpose says the same
    :raises KnownError: it does not fit on the form, or cannot be printed
    """
    with school.transaction() as session:
        old = _find(session, code)
        stripped = {name: " ".join(text.split()) for name, text in texts.items()}
        new = replace(
            old.wording,
            version=old.wording.version + 1,
            since=session.clock.today(),
            widens=widens,
            **stripped,
        )
        _check_texts(old, new, records.purposes(session))
        row = {name: getattr(new, name) for name in ("version", "widens", *TEXTS)}
        row |= {"purpose": code, "since": new.since.isoformat()}
        session.execute(sa.insert(records.wording).values(**row))
        session.audit("purpose.reworded", code, version=new.version, widens=widens)
    return new.version


def _find(session: Session, code: str) -> Purpose:
    found = next((each for each in records.purposes(session) if each.code == code), None)
    if found is None:
        raise RefusedError("purpose.unknown", codes=code)
    return found


def _check_texts(purpose: Purpose, new: Wording, everything: list[Purpose]) -> None:
    """What nobody could read, tell apart or print is not stored."""
    if not (new.label and new.short):
        raise RefusedError("purpose.empty")
    if len(new.short) > _LONGEST_SHORT:
        raise RefusedError("purpose.short_too_long", most=_LONGEST_SHORT)
    if all(getattr(new, name) == getattr(purpose.wording, name) for name in TEXTS):
        raise RefusedError("purpose.same")
    for other in everything:
        taken = {other.wording.label.casefold(), other.wording.short.casefold()}
        if other.code != purpose.code and taken & {new.label.casefold(), new.short.casefold()}:
            raise RefusedError("purpose.twice", other=other.wording.short)
    papers.check_names(new.short)
    # With the words that a row gets when all must agree, which a switch can add later.
    papers.form_pages([form_row(replace(purpose, all_must_agree=True), new)])
