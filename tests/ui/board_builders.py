"""A consents board of any size, without a school: for looking at how it is drawn and walked."""

from __future__ import annotations

from datetime import date

from schoolprivacy.consents.board import ConsentTable
from schoolprivacy.consents.terms import Answer, Purpose, Wording
from schoolprivacy.people.terms import PlacedPupil, Placement, Pupil
from schoolprivacy.schoolyear import SchoolYear
from ui.matrix_view import Matrix

YEAR = SchoolYear(2026)


def a_placed(pupil_id: str, name: str, group: str | None = None) -> PlacedPupil:
    """``a_placed("1", "Nynke | van der | Sluis", "Groep 3")``."""
    call_name, prefix, surname = (part.strip() for part in name.split("|"))
    return PlacedPupil(Pupil(pupil_id, call_name, prefix, surname), Placement(YEAR, "", group))


def a_purpose(code: str, *, all_must_agree: bool = False) -> Purpose:
    text = Wording(1, f"op {code}", code.title(), "ouders", "een jaar", date(2026, 8, 1))
    return Purpose(code, True, all_must_agree, False, text)


def a_large_board(pupils: int, purposes: int = 14) -> ConsentTable:
    """Every answer occurs, and every row has a name of its own."""
    answers = list(Answer)
    return ConsentTable(
        tuple(a_placed(str(n), f"Kind{n} | | Naam{n}", f"Groep {n // 30}") for n in range(pupils)),
        tuple(a_purpose(f"doel{n}") for n in range(purposes)),
        tuple(tuple(answers[(n + p) % 7] for p in range(purposes)) for n in range(pupils)),
    )


def page_through(matrix: Matrix) -> None:
    """A hundred pages, all drawn."""
    bar = matrix.verticalScrollBar()
    for page in range(100):
        bar.setValue(bar.maximum() * page // 100)
        matrix.grab()
