"""The letters of suppliers: to parents when a product starts, and to a company for what is missing.

Values in, bytes out; no document queries the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from schoolprivacy.errors import KnownError
from schoolprivacy.letters.languages import find_language
from schoolprivacy.letters.page_letters import page_letters
from schoolprivacy.paper.address import set_address
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.suppliers.sheet_terms import NEEDS_DETAIL, Shared
from schoolprivacy.suppliers.words import data_told


@dataclass(frozen=True, slots=True)
class NewProductLetter:
    """What parents at one address read when a product starts.

    :param countries: where data are kept
    :param others: who else works with the data, and where (AVG 13(1)(e) and (f)); "" when nobody
    :param kept: how long, in the words of the bijsluiter; "" when it does not say
    :param language: in which the letter stands on its back too; "" for Dutch only
    """

    address_lines: tuple[str, ...]
    product: str
    supplier: str
    used_for: str
    used_by: str
    shared: tuple[Shared, ...]
    countries: str
    others: str
    kept: str
    starts_on: date | None
    language: str = ""


@dataclass(frozen=True, slots=True)
class RequestLetter:
    """What a company is asked for.

    :param missing: names of the conditions that hold, see letters.toml
    """

    address_lines: tuple[str, ...]
    product: str
    contact: str
    answer_by: date
    missing: frozenset[str]
    certificates: str
    stopped_on: date | None
    language: str = ""


MISSING = (
    "no_agreement",
    "no_signature",
    "no_bijsluiter",
    "no_annex",
    "no_safeguard",
    "old_certificate",
    "not_deleted",
)
"""What a company can be asked for, as the conditions of the letter are called."""


def check_letter(letter: NewProductLetter | RequestLetter) -> None:
    """Whether a letter can be drawn.

    :raises KnownError: ``paper.missing_glyph``, ``paper.address_too_long``
    """
    set_address(letter.address_lines)


def new_product_letters(
    letters: Sequence[NewProductLetter],
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """One page per address, its translation on the back for who has another language.

    Where that does not fit, everybody reads which kinds of data go (AVG 14(1)(d) asks no more),
    without what the bijsluiter says of each; the list at school has all of it.

    :param progress: called with how many letters are done; may raise to stop
    :raises KnownError: as ``page_letters``; ``supplier.letter_too_long`` where its texts do not fit
    """
    briefly = [replace(each, shared=_kinds(each.shared)) for each in letters]
    for each in (letters, briefly):
        try:
            return page_letters("Nieuw programma op school", each, _new, school, made, progress)
        except KnownError as told:
            if told.key != "paper.letter_too_long":
                raise
    raise KnownError("supplier.letter_too_long")  # not the fault of the school's name


def _kinds(shared: Iterable[Shared]) -> tuple[Shared, ...]:
    """The same data without details, but for what has no other name."""
    kinds = (each if each.data in NEEDS_DETAIL else replace(each, detail="") for each in shared)
    return tuple(dict.fromkeys(kinds))


def request_letter(letter: RequestLetter, school: SchoolPaper, made: Made) -> bytes:
    """One letter to a company.

    :raises KnownError: as ``page_letters``
    """
    return page_letters("Verzoek om ontbrekende papieren", [letter], _request, school, made)


def _new(letter: NewProductLetter, language: str) -> Mapping[str, object]:
    words = find_language(language)
    return {
        "name": "supplier_new",
        "product": letter.product,
        "supplier": letter.supplier,
        "used_for": letter.used_for,
        "used_by": letter.used_by,
        "data": "; ".join(data_told(each, language) for each in letter.shared),
        "countries": letter.countries,
        "others": letter.others,
        "kept": letter.kept,
        "starts_on": words.date(letter.starts_on) if letter.starts_on else "",
    }


def _request(letter: RequestLetter, language: str) -> Mapping[str, object]:
    words = find_language(language)
    return {
        "name": "supplier_request",
        "product": letter.product,
        "contact": letter.contact,
        "answer_by": words.date(letter.answer_by),
        "certificates": letter.certificates,
        "stopped_on": words.date(letter.stopped_on) if letter.stopped_on else "",
        **{each: each in letter.missing for each in MISSING},
    }
