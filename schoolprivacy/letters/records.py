"""The table of the school's own texts, and what papers read of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from schoolprivacy.paper.sender import OwnText
from schoolprivacy.school import Session
from schoolprivacy.vault.tables import metadata, staff

letter_wording = sa.Table(
    "letter_wording",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("language", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("since", sa.Text, nullable=False),
    sa.Column("made_by", sa.Text, sa.ForeignKey("staff.id"), nullable=False),
)


@dataclass(frozen=True, slots=True)
class LetterVersion:
    """A version of a letter part.

    :param version: from 1; 0 is the text that ships, before the school changed anything
    :param body: "" from when the text that ships is used again
    :param made_by: identifier of the user
    :param by: name of the user
    """

    name: str
    language: str
    version: int
    body: str
    since: date | None = None
    made_by: str = ""
    by: str = ""


def versions(session: Session, name: str | None = None) -> list[LetterVersion]:
    """Every version, oldest first; of one part or of all."""
    table = letter_wording.c
    query = (
        sa.select(letter_wording, staff.c.name.label("by"))
        .join(staff, staff.c.id == table.made_by)
        .order_by(table.name, table.language, table.version)
    )
    if name is not None:
        query = query.where(table.name == name)
    return [
        LetterVersion(
            row.name,
            row.language,
            row.version,
            row.body,
            date.fromisoformat(row.since),
            row.made_by,
            row.by,
        )
        for row in session.execute(query)
    ]


def newest(session: Session) -> dict[tuple[str, str], LetterVersion]:
    """The newest version of each part and language that the school ever changed."""
    return {(each.name, each.language): each for each in versions(session)}


def own_texts(session: Session) -> tuple[OwnText, ...]:
    """The school's own texts as they are printed now."""
    return tuple(
        OwnText(each.name, each.language, each.body)
        for each in newest(session).values()
        if each.body
    )


def store(session: Session, name: str, language: str, body: str) -> int:
    """Keep a text as the newest version; gives its number. The caller audits."""
    old = newest(session).get((name, language))
    version = old.version + 1 if old else 1
    session.execute(
        sa.insert(letter_wording).values(
            name=name,
            language=language,
            version=version,
            body=body,
            since=session.clock.today().isoformat(),
            made_by=session.who.id,
        )
    )
    return version
