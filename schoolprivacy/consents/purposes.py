"""The purposes as a school sets them: which, in what order, and in which words."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from dataclasses import dataclass, replace

import sqlalchemy as sa

from schoolprivacy.consents import papers, records
from schoolprivacy.consents.asking import form_row
from schoolprivacy.consents.terms import Purpose, PurposeKind, Wording
from schoolprivacy.errors import RefusedError
from schoolprivacy.school import School, Session
from schoolprivacy.vault.tables import metadata

TEXTS = ("label", "short", "audience", "keeps")
"""What a wording says; the first two are never empty."""
_LONGEST_SHORT = 24  # characters: it heads a column
OWN = "own-"
"""Begins the code of a purpose that the school added."""
_MEDIA = {
    "Facebook": r"facebook|\bfb\b",
    "Instagram": r"instagram|\binsta\b",
    "YouTube": r"you ?tube",
    "TikTok": r"tik ?tok",
    "X": r"twitter|(?-i:\bX\b)",
    "LinkedIn": r"linked ?in",
    "Snapchat": r"snap ?chat",
    "WhatsApp": r"whats ?app",
    "Threads": r"\bthreads\b",
    "Pinterest": r"pinterest",
    "Bluesky": r"bluesky",
    "Mastodon": r"mastodon",
    "Telegram": r"telegram",
    "Vimeo": r"vimeo",
    "Flickr": r"flickr",
}
"""Social media by the ways in which they are written; consent for one is none for another."""


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
        changes, two social media or one that the purpose was not for, or another purpose says the
        same
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
        if all(getattr(new, name) == getattr(old.wording, name) for name in TEXTS):
            raise RefusedError("purpose.same")
        _check_texts(old, new, records.purposes(session, every=True))
        _store_wording(session, code, new)
        session.audit("purpose.reworded", code, version=new.version, widens=widens)
    return new.version


def add_purpose(
    school: School,
    *,
    label: str,
    short: str,
    audience: str,
    keeps: str,
    social_medium: bool = False,
    kind: PurposeKind = PurposeKind.IMAGE,
) -> str:
    """Ask for a use of the school's own from now on, behind the others; gives its code.

    A purpose that names a social medium is one, also without ``social_medium``; then all who have
    authority must agree, which ``require_all`` can change.

    :raises RefusedError: it is not about pictures, a text is empty or too long, names two media,
        or another purpose says the same
    :raises KnownError: it does not fit on the form, or cannot be printed
    """
    if kind is not PurposeKind.IMAGE:
        raise RefusedError("purpose.only_images")
    code = OWN + secrets.token_hex(4)
    with school.transaction() as session:
        label, short, audience, keeps = (
            " ".join(text.split()) for text in (label, short, audience, keeps)
        )
        new = Wording(1, label, short, audience, keeps, session.clock.today())
        social = social_medium or bool(media_in(new.label, new.short))
        purpose = Purpose(code, True, social, social, new)
        _check_texts(purpose, new, records.purposes(session, every=True))
        _store_new(session, purpose)
        session.audit("purpose.added", code, social_medium=social)
    return code


def _store_new(session: Session, purpose: Purpose) -> None:
    last = session.execute(sa.select(sa.func.max(records.purpose.c.position))).scalar()
    session.execute(
        sa.insert(records.purpose).values(
            code=purpose.code,
            kind=purpose.kind.value,
            position=0 if last is None else last + 1,
            switched_on=purpose.switched_on,
            all_must_agree=purpose.all_must_agree,
            social_medium=purpose.social_medium,
        )
    )
    _store_wording(session, purpose.code, purpose.wording)


def _store_wording(session: Session, code: str, new: Wording) -> None:
    row = {name: getattr(new, name) for name in ("version", "widens", *TEXTS)}
    row |= {"purpose": code, "since": new.since.isoformat()}
    session.execute(sa.insert(records.wording).values(**row))


def can_be_removed(school: School, code: str) -> bool:
    """Whether a purpose is the school's own and nothing builds on it.

    :raises RefusedError: the school has no such purpose
    """
    with school.reading() as session:
        _find(session, code)
        return code.startswith(OWN) and not _is_used(session, code)


def remove_purpose(school: School, code: str) -> None:
    """Take away a purpose of the school's own that was never asked or answered.

    :raises RefusedError: it ships with the program, was asked or answered, or a channel has it;
        it can be switched off
    """
    with school.transaction() as session:
        _find(session, code)
        if not code.startswith(OWN):
            raise RefusedError("purpose.not_own")
        if _is_used(session, code):
            raise RefusedError("purpose.in_use")
        texts, purpose = records.wording, records.purpose
        session.execute(sa.delete(texts).where(texts.c.purpose == code))
        session.execute(sa.delete(purpose).where(purpose.c.code == code))
        session.audit("purpose.removed", code)


def _is_used(session: Session, code: str) -> bool:
    """Whether any other table names it: forms, answers, channels, whatever is added later."""
    for table in metadata.tables.values():
        if table in (records.purpose, records.wording) or "purpose" not in table.c:
            continue
        named = sa.select(sa.literal(1)).select_from(table).where(table.c.purpose == code).limit(1)
        if session.execute(named).first():
            return True
    return False


def media_in(*texts: str) -> tuple[str, ...]:
    """The social media that texts name, in a fixed order."""
    together = "\n".join(texts)
    return tuple(
        name for name, written in _MEDIA.items() if re.search(written, together, re.IGNORECASE)
    )


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
    media = media_in(new.label, new.short)
    if len(media) > 1:
        raise RefusedError("purpose.two_media", media=", ".join(media))
    if media and not purpose.social_medium:
        raise RefusedError("purpose.medium_apart", medium=media[0])
    for other in everything:
        taken = {other.wording.label.casefold(), other.wording.short.casefold()}
        if other.code != purpose.code and taken & {new.label.casefold(), new.short.casefold()}:
            raise RefusedError("purpose.twice", other=other.wording.short)
    papers.check_names(new.short)
    # With the words that a row gets when all must agree, which a switch can add later.
    papers.form_pages([form_row(replace(purpose, all_must_agree=True), new)])
