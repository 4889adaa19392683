"""The rows of a stack as they are typed: one for each paper that may come back of a child."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from schoolprivacy.consents.stack import StackPupil, StackRow, StackSheet, StackSigner
from schoolprivacy.consents.terms import Way
from schoolprivacy.people.terms import Authority
from ui.answers import authority_word
from ui.fields import read_date
from ui.words import tr

Ticks = dict[str, bool]


@dataclass
class Paper:
    """One row: what is known of the child, and what was typed of its paper.

    :param number: which of the papers of this child; ``of`` how many: parents at two addresses
        each have one
    :param signers: who may have signed this one
    :param day: own date as it was typed; "" is the date for all
    :param ticks: ja or nee by code; a blank is not in it
    """

    pupil: StackPupil
    number: int
    of: int
    signers: tuple[StackSigner, ...]
    signer: StackSigner | None = None
    day: str = ""
    declared: Authority | None = None
    ticks: Ticks = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, int]:
        return self.pupil.pupil_id, self.number

    @property
    def name(self) -> str:
        """``Bo Test``, and which paper when there are more."""
        if self.of == 1:
            return self.pupil.name
        return tr("{name}, papier {n}").format(name=self.pupil.name, n=self.number)

    def is_on_form(self, code: str) -> bool:
        """Whether a purpose can be answered; without a form of ours any of them can."""
        return not self.pupil.forms or code in self.pupil.on_forms

    def signed_on(self, for_all: date | None) -> date | None:
        """The date under this paper; None when there is none, or what stands there is no date."""
        return read_date(self.day) if self.day else for_all

    def take(self, was: Paper, codes: Collection[str]) -> None:
        """Put back what was typed of the same paper, for the purposes that are still asked."""
        known = {each.id: each for each in self.signers}
        self.signer = known.get(was.signer.id) if was.signer else self.signer
        self.day, self.declared = was.day, was.declared
        self.ticks = {code: said for code, said in was.ticks.items() if code in codes}


def papers_of(sheet: StackSheet) -> list[Paper]:
    """A row for each child, and for each of its forms when parents got one each."""
    return [paper for pupil in sheet.pupils for paper in _of_pupil(pupil)]


def _of_pupil(pupil: StackPupil) -> Iterable[Paper]:
    numbers = list(dict.fromkeys(each.form for each in pupil.signers if each.form))
    if len(numbers) < 2:
        yield _paper(pupil, 1, 1, pupil.signers)
        return
    for place, number in enumerate(numbers, 1):
        mine = (each for each in pupil.signers if each.form in (number, ""))
        yield _paper(pupil, place, len(numbers), tuple(mine))


def _paper(pupil: StackPupil, number: int, of: int, signers: tuple[StackSigner, ...]) -> Paper:
    """Who is the only one the paper was meant for, is chosen already."""
    meant = [each for each in signers if each.form] or signers
    return Paper(pupil, number, of, signers, meant[0] if len(meant) == 1 else None)


def described(signer: StackSigner) -> str:
    """``Wendy de Wit (moeder, gezag onbekend)``."""
    known = [signer.relation, authority_word(signer.authority) if signer.authority else ""]
    said = ", ".join(filter(None, known)) or tr("de leerling zelf")
    return f"{signer.name} ({said})"


def problem(
    paper: Paper, for_all: date | None, today: date, without_form: Way | None = None
) -> str:
    """Why this row cannot be stored yet, in words; "" when it can, or when nothing was ticked.

    :param for_all: the date of rows without an own one
    """
    if not paper.ticks:
        return ""
    wrong_day = _wrong_day(paper, for_all, today)
    return wrong_day or _wrong_signer(paper) or _wrong_way(paper, without_form)


def _wrong_day(paper: Paper, for_all: date | None, today: date) -> str:
    day = paper.signed_on(for_all)
    if paper.day and day is None:
        return tr("“{day}” is geen datum.").format(day=paper.day)
    if day is not None and day > today:
        return tr("De datum ligt in de toekomst.")
    if day is None and any(paper.ticks.values()):
        return tr("Vul de datum onder het formulier in.")
    return ""


def _wrong_signer(paper: Paper) -> str:
    """A no counts on the only form there is, also when nobody can read who signed it."""
    if paper.signer is not None or (len(paper.pupil.forms) == 1 and not any(paper.ticks.values())):
        return ""
    if not paper.signers:
        return tr("Er is geen ouder bekend. Vul die eerst in bij de leerling.")
    return tr("Kies wie dit heeft getekend.")


def _wrong_way(paper: Paper, without_form: Way | None) -> str:
    if paper.signer is None or paper.signer.form or without_form is not None:
        return ""
    return tr("Voor deze ondertekenaar staat geen formulier open. Kies hoe het binnenkwam.")


def row_of(paper: Paper, for_all: date | None) -> StackRow:
    """The row as the core stores it."""
    return StackRow(
        paper.pupil.pupil_id,
        paper.signer.id if paper.signer else None,
        paper.signed_on(for_all),
        paper.declared,
        frozenset(code for code, said in paper.ticks.items() if said),
        frozenset(code for code, said in paper.ticks.items() if not said),
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How far the stack is."""

    children: int
    papers: int
    yes: int
    no: int
    wrong: int


def tally(papers: Iterable[Paper], wrong: int) -> Tally:
    """Counts what was typed; ``wrong`` is how many of the rows cannot be stored yet."""
    filled = [each for each in papers if each.ticks]
    said = [value for each in filled for value in each.ticks.values()]
    children = len({each.pupil.pupil_id for each in filled})
    return Tally(children, len(filled), sum(said), len(said) - sum(said), wrong)
