"""The texts of letters as a school reads and changes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from schoolprivacy.errors import RefusedError, sentence
from schoolprivacy.letters import papers, records, rules
from schoolprivacy.letters.checking import check_body
from schoolprivacy.letters.languages import find_language, languages
from schoolprivacy.letters.letterhead import school_paper
from schoolprivacy.letters.records import LetterVersion
from schoolprivacy.letters.terms import DUTCH, Letter, Part, Required, letter_of, letters
from schoolprivacy.paper.letter_text import shipped_text
from schoolprivacy.paper.sender import Made
from schoolprivacy.school import School, Session


@dataclass(frozen=True, slots=True)
class LetterPart:
    """One text of a letter in one language, as it is printed now.

    :param version: 0 while the school never changed it
    :param is_own: the school's own words, not those that ship
    :param is_behind: the Dutch text became the school's own after this translation
    :param since: from when the school's own words are printed
    """

    letter: Letter
    part: Part
    language: str
    body: str
    version: int
    is_own: bool
    is_behind: bool
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A required part that is not found in a text; whoever saves it anyway names its key."""

    key: str
    text: str

    @classmethod
    def of(cls, required: Required) -> Missing:
        said = sentence("letter.misses", part=required.title, source=required.source)
        return cls(required.key, said)


def read_letters(school: School) -> list[LetterPart]:
    """Every part of every letter in every language that ships, as it is printed now."""
    with school.reading() as session:
        newest = records.newest(session)
    return [
        _part(newest, letter, part, language.code)
        for letter in letters()
        for part in letter.parts
        for language in languages()
    ]


def _part(
    newest: Mapping[tuple[str, str], LetterVersion], letter: Letter, part: Part, language: str
) -> LetterPart:
    now = newest.get((part.name, language))
    dutch = newest.get((part.name, DUTCH))
    own = now.body if now else ""
    behind = language != DUTCH and dutch is not None and dutch.body != ""
    if behind and own and now and dutch and now.since and dutch.since:
        behind = now.since < dutch.since
    return LetterPart(
        letter,
        part,
        language,
        own or shipped_text(part.name, language),
        now.version if now else 0,
        bool(own),
        behind,
        now.since if now and own else None,
    )


def check_letter(school: School, name: str, language: str, body: str) -> tuple[Missing, ...]:
    """What a text misses; nothing is stored.

    :raises RefusedError: it cannot be a letter; names the line
    :raises KnownError: it does not fit its page, or cannot be written
    """
    with school.reading() as session:
        return _check(session, name, language, _tidy(body))


def change_letter(
    school: School,
    name: str,
    language: str,
    body: str,
    *,
    despite: Collection[str] = frozenset(),
) -> int:
    """Give a part of a letter the school's own words; gives the version. Earlier ones are kept.

    :param despite: keys of the warnings that somebody has read and does not follow
    :raises RefusedError: no such letter or language, the text is the same or cannot be a letter
        (names the line), or it misses what is required and nobody said it may
    :raises KnownError: it does not fit its page, or cannot be written
    """
    body = _tidy(body)
    with school.transaction() as session:
        missing = _check(session, name, language, body)
        if _now(session, name, language) == body:
            raise RefusedError("letter.same")
        if untold := [each for each in missing if each.key not in despite]:
            raise RefusedError("letter.required", parts="\n".join(each.text for each in untold))
        version = records.store(session, name, language, body)
        told = sorted(each.key for each in missing)
        session.audit("letter.changed", name, language=language, version=version, missing=told)
    return version


def restore_shipped(school: School, name: str, language: str) -> int:
    """Print the text that ships from now on; gives the version. The school's own are kept.

    :raises RefusedError: no such letter or language, or it is the text that ships already
    """
    with school.transaction() as session:
        letter_of(name)
        find_language(language)
        now = records.newest(session).get((name, language))
        if now is None or not now.body:
            raise RefusedError("letter.shipped")
        version = records.store(session, name, language, "")
        session.audit("letter.restored", name, language=language, version=version)
    return version


def history(school: School, name: str, language: str) -> list[LetterVersion]:
    """Every version of a part, the text that ships first; where it came back its body is shown.

    :raises RefusedError: no such letter or language
    """
    letter_of(name)
    shipped = shipped_text(name, find_language(language).code)
    with school.reading() as session:
        own = [each for each in records.versions(session, name) if each.language == language]
    shown = [replace(each, body=each.body or shipped) for each in own]
    return [LetterVersion(name, language, 0, shipped), *shown]


def sample(
    school: School,
    name: str,
    language: str,
    body: str | None = None,
    case: Mapping[str, bool] | None = None,
) -> bytes:
    """The letter with made-up values, as a text would make it; nothing is stored.

    :param name: of the part that is being written
    :param body: what stands in the editor; what is printed now without it
    :param case: which conditions hold; those that it does not name as they usually do
    :raises RefusedError: it cannot be a letter; names the line
    :raises KnownError: it does not fit its page, or cannot be written
    """
    letter = letter_of(name)
    find_language(language)
    with school.reading() as session:
        paper = school_paper(session)
        made = Made(session.clock.today(), session.who.name, sample=True)
    if body is not None:
        check_body(_tidy(body), letter)
        paper = papers.with_text(paper, name, language, _tidy(body))
    return papers.sample_letter(letter, paper, made, language, case)


def _check(session: Session, name: str, language: str, body: str) -> tuple[Missing, ...]:
    letter, words = letter_of(name), find_language(language)
    check_body(body, letter)
    paper = papers.with_text(school_paper(session), name, language, body)
    papers.check_fits(letter, paper, language)
    renderings = papers.marked_renderings(letter, paper, language)
    return tuple(map(Missing.of, rules.missing_parts(letter, renderings, words.required)))


def _now(session: Session, name: str, language: str) -> str:
    now = records.newest(session).get((name, language))
    return (now.body if now else "") or _tidy(shipped_text(name, language))


def _tidy(body: str) -> str:
    """With the line ends of this program, and one at the end."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"
