"""Families whose papers lie in a stack, and the rows that a person enters of them."""

from __future__ import annotations

from datetime import timedelta

from schoolprivacy.consents.stack import StackPupil, StackRow, stack
from schoolprivacy.consents.terms import Answer
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import APART, FATHER, MOTHER, a_child, enrol
from tests.vault.schools import NOW

TODAY = NOW.date()
BEFORE = TODAY - timedelta(days=3)
GROUP = "Groep 5"


def three_families(school: School) -> None:
    """Kim with parents at one address, Bo with parents apart, Ali with nobody known."""
    enrol(
        school,
        a_child("Kim", MOTHER, FATHER),
        a_child("Bo", MOTHER, APART),
        a_child("Ali"),
    )


def lines(school: School) -> dict[str, StackPupil]:
    return {each.name.split()[0]: each for each in stack(school, GROUP).pupils}


def answers(school: School, child: str) -> dict[str, Answer]:
    sheet = stack(school, GROUP)
    (line,) = [each for each in sheet.pupils if each.name.startswith(child)]
    return {p.code: a for p, a in zip(sheet.purposes, line.answers, strict=True)}


def a_row(school: School, child: str, signer: int | None = 0, **more: object) -> StackRow:
    line = lines(school)[child]
    values: dict[str, object] = {
        "signer_id": None if signer is None else line.signers[signer].id,
        "signed_on": BEFORE,
        "declared": Authority.YES,
    }
    return StackRow(line.pupil_id, **values | more)  # type: ignore[arg-type]


def yes(*codes: str) -> frozenset[str]:
    return frozenset(codes)
