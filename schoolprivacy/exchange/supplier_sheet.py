"""A school's own list of suppliers out of a spreadsheet, in neutral form; stores nothing.

As with pupils nothing is guessed: a header that says nothing known stays unplaced until a person
says what it holds or sets it aside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from schoolprivacy.errors import ImportFileError
from schoolprivacy.exchange.columns import IGNORE, fingerprint
from schoolprivacy.exchange.examples import values_of
from schoolprivacy.exchange.reading import Remembered, nothing_remembered, read_tables
from schoolprivacy.exchange.spreadsheet import choose_table, headers_of
from schoolprivacy.exchange.synonyms import squeeze, squeeze_header

_HEADERS = {
    "supplier.name": "leverancier bedrijf verwerker uitgever naamleverancier leveranciersnaam"
    " bedrijfsnaam naamverwerker aanbieder",
    "supplier.convenant": "convenant privacyconvenant deelnemerconvenant bijconvenant",
    "supplier.contact": "contactpersoon contact contactpersoonleverancier",
    "supplier.email": "email emailadres emailleverancier mail emailcontactpersoon",
    "supplier.phone": "telefoon telefoonnummer telefoonleverancier",
    "supplier.address": "adres adresleverancier postadres",
    "supplier.website": "website site url webadres",
    "supplier.remark": "opmerking opmerkingen toelichting bijzonderheden",
    "product.name": "product naamproduct productnaam applicatie programma app systeem software"
    " dienst toepassing leermiddel pakket",
    "product.kind": "soort soortproduct type categorie",
    "product.used_for": "waarvoor doel gebruik gebruiktvoor doelvanverwerking waarvoorgebruikt",
    "product.used_by": "wie gebruikers doorwie groepen groep gebruiktdoor",
    "product.since": "sinds ingebruiksinds startdatum ingebruik ingebruikvanaf",
    "product.pseudonym": "pseudoniem eckid eckidgebruikt pseudonimisering ketenid",
    "product.dpia": "dpia dpiagedaan dpiauitgevoerd pia",
    "agreement.model": "overeenkomst verwerkersovereenkomst model modelovereenkomst vwo"
    " bewerkersovereenkomst",
    "agreement.version": "versie versieovereenkomst modelversie",
    "agreement.begins_on": "begint ingangsdatum begindatum overeenkomstvanaf ingang looptvanaf",
    "agreement.ends_on": "eindigt einddatum looptijd looptijdtot geldigtot overeenkomsttot looptaf"
    " einde tot looptot",
    "agreement.reviewed_on": "bekekenop laatstbekeken laatstbekekenop geevalueerdop nagekekenop"
    " laatstnagekeken laatstecontrole gecontroleerdop",
    "agreement.school_signed_on": "getekenddoorschoolop getekendschool datumgetekendschool"
    " ondertekendschool getekendbestuurop datumondertekeningschool",
    "agreement.school_signed_by": "getekenddoorschool getekenddoorbestuur ondertekenaarschool"
    " ondertekenaarbestuur",
    "agreement.supplier_signed_on": "getekenddoorleverancierop getekendleverancier"
    " datumgetekendleverancier ondertekendleverancier datumondertekeningleverancier",
    "agreement.supplier_signed_by": "getekenddoorleverancier ondertekenaarleverancier",
}
"""What a header is called, by field; squeezed."""

FIELDS = tuple(_HEADERS)
NAMES_A_SUPPLIER = frozenset(["supplier.name", "product.name"])
"""A list without both of these says nothing of any product."""

_FIELD_OF = {word: code for code, words in _HEADERS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class SupplierLine:
    """One row that holds something.

    :param line: as a spreadsheet program numbers it
    :param values: field → text, only what is filled in
    """

    line: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SupplierSheet:
    """A list as it was read.

    :param kind: for people: ``xlsx``, ``CSV (;, utf-8)``
    :param columns: header → field, or ``ignore``
    :param unplaced: headers nobody has placed; storing waits for them
    :param examples: header → some of its values
    """

    kind: str
    lines: tuple[SupplierLine, ...]
    columns: Mapping[str, str]
    unplaced: tuple[str, ...]
    header_fingerprint: str
    examples: Mapping[str, tuple[str, ...]]


def field_of(header: str) -> str:
    """The field a header stands for; "" when it says nothing that is known."""
    word = squeeze_header(header)
    return _FIELD_OF.get(word) or (word if word in FIELDS else "")


def read_supplier_sheet(
    path: Path,
    columns: Mapping[str, str] | None = None,
    remembered: Remembered = nothing_remembered,
) -> SupplierSheet:
    """Read a list of suppliers: CSV, xlsx, ods or xls, whatever its name says.

    :param columns: column → field (see ``FIELDS``), a word that could have been a header, or
        ``ignore``
    :param remembered: gives the columns a person placed earlier for a header fingerprint
    :raises ImportFileError: it cannot be read, has no header, or a column or field is unknown
    """
    table, header_row = choose_table(read_tables(path), field_of)
    headers = headers_of(table.rows, header_row)
    identity = fingerprint(["suppliers", *headers])
    placed = _place(headers, columns or {}, remembered(identity))
    if not set(placed.values()) - {IGNORE} and not columns:
        raise ImportFileError("import_file.no_supplier_header")
    lines = []
    for number, texts in enumerate(table.rows[header_row + 1 :], header_row + 2):
        values = {
            placed[header]: text
            for header, text in zip(headers, texts, strict=False)
            if text and placed.get(header, IGNORE) != IGNORE
        }
        if values:
            lines.append(SupplierLine(number, values))
    unplaced = tuple(each for each in headers if each not in placed)
    examples = values_of(headers, table.rows[header_row + 1 :])
    return SupplierSheet(table.kind, tuple(lines), placed, unplaced, identity, examples)


def _place(
    headers: list[str], given: Mapping[str, str], remembered: Mapping[str, str]
) -> dict[str, str]:
    """As a person says, else as the last time, else by the header; two alike place neither."""
    placed = _as_given(headers, given)
    for header, code in remembered.items():
        is_free = code == IGNORE or code not in placed.values()
        if header in headers and header not in placed and is_free and code in (*FIELDS, IGNORE):
            placed[header] = code
    found = {each: field_of(each) for each in headers if each not in placed}
    times = Counter(found.values())
    for header, code in found.items():
        if code and times[code] == 1 and code not in placed.values():
            placed[header] = code
    return {each: placed[each] for each in headers if each in placed}


def _as_given(headers: list[str], given: Mapping[str, str]) -> dict[str, str]:
    by_name = {squeeze(header): header for header in headers}
    placed: dict[str, str] = {}
    for name, wanted in given.items():
        header = by_name.get(squeeze(name))
        if header is None:
            raise ImportFileError(
                "import_file.unknown_column", column=name, columns=", ".join(headers)
            )
        code = wanted if wanted in (*FIELDS, IGNORE) else field_of(wanted)
        if not code:
            fields = ", ".join((*FIELDS, IGNORE))
            raise ImportFileError("import_file.unknown_field", field=wanted, fields=fields)
        if code != IGNORE and code in placed.values():
            raise ImportFileError("import_file.field_twice", column=header, field=code)
        placed[header] = code
    return placed
