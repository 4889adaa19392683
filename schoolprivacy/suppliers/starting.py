"""Printing the letter to parents when a product starts: one per family and address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Unpack

from schoolprivacy.access.matrix import require
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.errors import RefusedError
from schoolprivacy.letters.languages import language_of
from schoolprivacy.letters.printing import (
    Deliver,
    Draft,
    Job,
    Printed,
    PrintRun,
    Whom,
    print_paper,
    sample_paper,
    sift,
)
from schoolprivacy.people.addresses import Household, family_address, homes_of, who_hide
from schoolprivacy.people.envelopes import Envelope, fill_envelopes
from schoolprivacy.people.records import guardianships
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import School, Session
from schoolprivacy.suppliers import letter_papers, words
from schoolprivacy.suppliers.board import BoardRow, row_of
from schoolprivacy.suppliers.letter_papers import NewProductLetter
from schoolprivacy.suppliers.reading import find_file
from schoolprivacy.suppliers.terms import State

_TOO_EARLY = (
    State.NO_AGREEMENT,
    State.NOT_SIGNED,
    State.NO_BIJSLUITER,
    State.NO_ANNEX,
    State.OUTSIDE_EEA,
    State.DPIA,
)
"""As long as this is the matter no data may go (AVG 28, 32, 35(1), 44), and parents are not told
that they do."""

_At = tuple[PlacedPupil, Household]


def print_new_product_letters(
    school: School, deliver: Deliver, product_id: str, **job: Unpack[Job]
) -> PrintRun:
    """Print what parents read when a product starts; brothers and sisters in one envelope.

    :raises RefusedError: not with this role, no such product, the product is not in order or
        stopped, it holds nothing of children, it is not said which data or what for, or nobody to
        print for
    """
    detail: dict[str, object] = {"product": product_id}
    prepare = _letters_of(product_id)
    return print_paper(school, deliver, prepare, "supplier.letters_printed", detail, **job)


def sample_new_product_letters(school: School, product_id: str, **whom: Unpack[Whom]) -> bytes:
    """The first letters to look at; stores nothing.

    :raises RefusedError: as ``print_new_product_letters``
    """
    return sample_paper(school, _letters_of(product_id), **whom)


def _letters_of(product_id: str) -> Callable[[Session, list[PlacedPupil]], Draft]:
    def prepare(session: Session, pupils: list[PlacedPupil]) -> Draft:
        require(session, Area.SUPPLIERS, Right.PRINT)
        row = row_of(find_file(session, product_id), session.clock.today())
        _refuse_too_early(row, session)
        made = [(_letter(row, each), each) for each in _envelopes(session, pupils)]
        kept, left_out = sift(
            made, lambda each: letter_papers.check_letter(each[0]), lambda each: each[1].children
        )
        letters = [letter for letter, _ in kept]
        return Draft(
            [Printed.of(envelope.children[0]) for _, envelope in kept],
            left_out,
            len(letters),
            lambda *how: letter_papers.new_product_letters(letters, *how),
        )

    return prepare


def _refuse_too_early(row: BoardRow, session: Session) -> None:
    wrong = [each for each in row.findings if each.state in _TOO_EARLY]
    if wrong:
        raise RefusedError("supplier.letter_too_early", why=words.why_told(wrong[0]))
    if row.file.product.is_stopped(session.clock.today()):
        raise RefusedError("supplier.letter_stopped")
    if not row.file.tells:
        raise RefusedError("supplier.letter_staff")
    if row.file.bijsluiter is None or not row.file.bijsluiter.all_shared:
        raise RefusedError("supplier.letter_no_data")
    if not row.file.product.used_for:
        raise RefusedError("supplier.letter_too_early", why=words.why_of("used_for"))


def _envelopes(session: Session, pupils: list[PlacedPupil]) -> list[Envelope[_At]]:
    carers = guardianships(session, [each.pupil.id for each in pupils])
    hiding = who_hide(session)
    homes = [
        (child, home)
        for child in pupils
        for home in homes_of(carers.get(child.pupil.id, []), hiding)
    ]
    return fill_envelopes(homes, lambda each: each, carers)


def _letter(row: BoardRow, envelope: Envelope[_At]) -> NewProductLetter:
    product, sheet = row.file.product, row.file.bijsluiter
    return NewProductLetter(
        family_address(envelope.household, envelope.children),
        product.name,
        row.file.supplier.name,
        product.used_for,
        product.used_by,
        sheet.all_shared if sheet else (),
        ", ".join(words.place_told(each) for each in sheet.places) if sheet else "",
        words.others_told(sheet) if sheet else "",
        sheet.retention if sheet else "",
        product.since,
        language_of(envelope.household.guardians),
    )
