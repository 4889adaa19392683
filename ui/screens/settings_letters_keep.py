"""Settings: a text of a letter is kept, after a question when something seems to be missing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from schoolprivacy.errors import KnownError
from schoolprivacy.letters.actions import (
    LetterPart,
    Missing,
    change_letter,
    check_letter,
    restore_shipped,
)
from schoolprivacy.letters.writing import Written
from schoolprivacy.paper.letter_text import shipped_text
from schoolprivacy.school import School
from ui import jobs, messages
from ui.desk import Desk
from ui.words import tr


def tidied(body: str) -> str:
    """A text without what is not seen of it: spaces and blank lines at the ends."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def is_shipped(part: LetterPart, body: str) -> bool:
    """Whether it is the text of the program, to the letter."""
    return tidied(body) == tidied(shipped_text(part.part.name, part.language))


def told_of(error: KnownError, written: Written) -> tuple[str, int]:
    """What is wrong with a text that somebody is writing, and in which of its lines (0: in none).

    The program counts from the first line with something in it, who writes from the first, and
    sees a paragraph as one line.
    """
    if error.key == "paper.letter_too_long":
        said = tr(
            "Met deze tekst past de brief niet op één bladzijde, zeker niet bij lange namen. "
            "Er is niets opgeslagen. Maak de tekst korter."
        )
        return said, 0
    if error.key == "paper.missing_glyph" and (sign := _sign_of(error)) in _composed(written.body):
        return _told_of_sign(sign, written)
    line = error.values.get("line")
    if not isinstance(line, int):
        return str(error), 0
    body = written.body
    line += len(body) - len(body.lstrip("\n")) if body.strip() else 0
    line = written.line_seen(line) or line
    return str(type(error)(error.key, **{**error.values, "line": line})), line


def _told_of_sign(sign: str, written: Written) -> tuple[str, int]:
    body = _composed(written.body)
    line = body.count("\n", 0, body.index(sign)) + 1
    line = written.line_seen(line) or line
    said = tr(
        "Regel {line}: het teken {sign} kan niet op papier. Er is niets opgeslagen. Haal het weg, "
        "of schrijf in woorden wat u bedoelt."
    )
    return said.format(line=line, sign=sign), line


def _sign_of(error: KnownError) -> str:
    return chr(int(str(error.values["character"]).removeprefix("U+"), 16))


def _composed(text: str) -> str:
    """As it is drawn."""
    return unicodedata.normalize("NFC", text)


@dataclass(frozen=True, slots=True)
class Keeping:
    """One text that is to be printed from now on.

    :param done: it is
    :param failed: it is not, for this reason; nothing was stored
    :param stayed: it is not: somebody read what is missing and went back to the text
    """

    desk: Desk
    owner: QWidget
    part: LetterPart
    done: Callable[[], None]
    failed: Callable[[KnownError], None]
    stayed: Callable[[], None]

    def keep(self, body: str) -> None:
        """Check a text and store it; ask first when a required part is not found."""
        school, part = self.desk.school, self.part
        self._run(
            lambda: _checked(school, part, body),
            lambda missing: self._ask(missing, body) if missing else self._stored(),
        )

    def _ask(self, missing: tuple[Missing, ...], body: str) -> None:
        parts = "\n".join(f"• {each.text}" for each in missing)
        text = tr(
            "In deze brief lijkt iets te missen dat er van de wet of van de school in moet "
            "staan:\n\n{parts}\n\nMisschien staat het er in andere woorden. Twijfelt u? Vraag het "
            "de functionaris gegevensbescherming (FG)."
        )
        messages.confirm(
            self.owner,
            text.format(parts=parts),
            tr("Toch opslaan"),
            lambda: self._despite(missing, body),
            heading=tr("Er mist iets in de brief"),
            danger=True,
            otherwise=self.stayed,
        )

    def _despite(self, missing: tuple[Missing, ...], body: str) -> None:
        school, part = self.desk.school, self.part
        keys = frozenset(each.key for each in missing)
        self._run(
            lambda: change_letter(school, part.part.name, part.language, body, despite=keys),
            lambda _: self._stored(),
        )

    def _run(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        def failed(error: BaseException) -> None:  # Qt forgets a method of what is no QObject
            self._fail(error)

        title = tr("Tekst opslaan")
        jobs.run(self.owner, title, lambda _: work(), then, failed, may_stop=False)

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, KnownError):
            self.failed(error)
        else:
            self.stayed()
            messages.tell_error(self.owner, error)

    def _stored(self) -> None:
        desk, part = self.desk, self.part

        def undo() -> None:
            put_back(desk.school, part)
            desk.tell_change()

        self.done()
        desk.tell_change()
        desk.say(tr("De tekst is opgeslagen. Brieven die u hierna maakt, hebben hem."), undo)


def _checked(school: School, part: LetterPart, body: str) -> tuple[Missing, ...]:
    """What is missing; when nothing is, the text is stored."""
    name, language = part.part.name, part.language
    if is_shipped(part, body):
        restore_shipped(school, name, language)
        return ()
    missing = check_letter(school, name, language, body)
    if not missing:
        change_letter(school, name, language, body)
    return missing


def put_back(school: School, part: LetterPart) -> None:
    """The text as it was printed before a change; what it missed was told when it was stored.

    :raises KnownError: it is there already, or cannot be a letter any more
    """
    if part.is_own:
        told = frozenset(each.key for each in part.letter.required)
        change_letter(school, part.part.name, part.language, part.body, despite=told)
    else:
        restore_shipped(school, part.part.name, part.language)
