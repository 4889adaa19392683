"""One import in the making: the files, what a person said of them, and what they would change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.reading import read_examples, read_roster
from schoolprivacy.exchange.roster import Problem, Roster, Severity
from schoolprivacy.people import importing
from schoolprivacy.people.difference import Difference, Kind, PupilPlan, Question
from schoolprivacy.people.directory import directory
from schoolprivacy.people.matching import Doubt
from schoolprivacy.people.review import (
    Families,
    ShownSuggestion,
    read_families,
    shown_suggestions,
)
from schoolprivacy.school import School
from ui.screens.import_vocabulary import set_aside

Progress = Callable[[int, int], None]
Asked = tuple[int, int]
"""Which question: number of the file from 0, and its line."""

_ABOUT_PUPIL = {Doubt.KEY_REUSED, Doubt.KEY_OF_OTHER, Doubt.ALIKE, Doubt.TWICE}


def can_be_answered(question: Question) -> bool:
    """Whether a person can say which pupil is meant; the others are told, and stay as they are."""
    return question.doubt in _ABOUT_PUPIL


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it was read.

    :param remembered: header → field, as a person placed it the last time
    :param examples: header → some values
    """

    path: Path
    roster: Roster
    remembered: Mapping[str, str]
    examples: Mapping[str, tuple[str, ...]]

    @property
    def is_spreadsheet(self) -> bool:
        return bool(self.roster.header_fingerprint)

    @property
    def headers(self) -> list[str]:
        return [*self.roster.columns, *self.roster.unplaced]

    @property
    def placed(self) -> dict[str, str]:
        """Header → field code, ``ignore``, "" where a person must say it; not what is set aside."""
        return {
            header: self.roster.columns.get(header, "")
            for header in self.headers
            if not set_aside(header)
        }

    @property
    def needs_a_look(self) -> bool:
        """A person must see the columns: they were never stored like this."""
        return self.is_spreadsheet and any(
            self.remembered.get(header) != self.roster.columns.get(header)
            for header in self.headers
            if not set_aside(header)
        )

    @property
    def errors(self) -> list[Problem]:
        return [each for each in self.roster.problems if each.severity is Severity.ERROR]


def read_file(school: School, path: Path, columns: Mapping[str, str] | None = None) -> ReadFile:
    """Read a file, with the columns placed as a person said, else as the last time.

    :raises ImportFileError: it cannot be read
    """
    remembered: dict[str, str] = {}

    def remember(fingerprint: str) -> Mapping[str, str]:
        remembered.update(importing.remembered_columns(school, fingerprint))
        return remembered

    chosen = {name: code for name, code in (columns or {}).items() if not set_aside(name)}
    roster = read_roster(path, chosen, remember)
    examples = read_examples(path) if roster.header_fingerprint else {}
    return ReadFile(path, roster, remembered, examples)


@dataclass(frozen=True, slots=True)
class Review:
    """What the files would change, with everything to show it.

    :param many_leavers: why a person must confirm how many leave; None when they are few
    :param groups: pupil → group of now
    :param names: pupil → name
    """

    differences: tuple[Difference, ...]
    suggestions: tuple[ShownSuggestion, ...]
    families: Families
    groups: Mapping[str, str]
    many_leavers: RefusedError | None = None

    def of_kind(self, kind: Kind) -> list[PupilPlan]:
        return [plan for each in self.differences for plan in each.of_kind(kind)]

    def questions(self) -> Iterator[tuple[Asked, Question]]:
        for place, each in enumerate(self.differences):
            for question in each.questions:
                yield (place, question.line), question

    @property
    def leaving(self) -> int:
        """How many would leave because they are in none of the files."""
        return sum(plan.line == 0 for plan in self.of_kind(Kind.LEFT))

    @property
    def is_empty(self) -> bool:
        return all(each.is_empty for each in self.differences)


@dataclass(slots=True)
class Case:
    """The files of one import and what a person said; nothing of it is stored."""

    files: tuple[ReadFile, ...]
    whole_school: bool = False
    answers: dict[Asked, str] = field(default_factory=dict)

    @property
    def rosters(self) -> list[Roster]:
        return [each.roster for each in self.files]

    @property
    def errors(self) -> bool:
        return any(each.errors for each in self.files)

    def answers_by_file(self) -> list[dict[int, str]]:
        found: list[dict[int, str]] = [{} for _ in self.files]
        for (place, line), answer in self.answers.items():
            found[place][line] = answer
        return found


def review(school: School, case: Case, progress: Progress) -> Review:
    """Work out what a case would change; nothing is stored.

    :raises KnownError: a file may not be stored in this school
    """
    many_leavers = None
    try:
        differences = _preview(school, case, progress)
    except RefusedError as error:
        if error.key != "import.many_leavers":
            raise
        many_leavers = error
        differences = _preview(school, case, progress, leavers_confirmed=True)
    return Review(
        tuple(differences),
        tuple(s for each in differences for s in shown_suggestions(school, each)),
        read_families(school),
        {e.pupil.id: e.placement.group_name for e in directory(school, leavers=True)},
        many_leavers,
    )


def _preview(
    school: School, case: Case, progress: Progress, *, leavers_confirmed: bool = False
) -> list[Difference]:
    return importing.preview(
        school,
        case.rosters,
        whole_school=case.whole_school,
        leavers_confirmed=leavers_confirmed,
        answers=case.answers_by_file(),
        progress=progress,
    )


def store(
    school: School, case: Case, progress: Progress, *, leavers_confirmed: bool
) -> list[Difference]:
    """Store a case, after a backup.

    :raises KnownError: it may not be stored; nothing is
    """
    return importing.apply(
        school,
        case.rosters,
        whole_school=case.whole_school,
        leavers_confirmed=leavers_confirmed,
        answers=case.answers_by_file(),
        progress=progress,
    )
