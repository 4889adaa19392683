"""CSV and workbooks as rows of text: one form for everything that looks like a table."""

from __future__ import annotations

import csv
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from xml.sax import SAXException
from xml.sax.xmlreader import InputSource

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from schoolprivacy.errors import ImportFileError
from schoolprivacy.exchange.charset import decode
from schoolprivacy.exchange.roster import Problem, Severity
from schoolprivacy.exchange.values import clean

MAX_ROWS = 20_000
MAX_COLUMNS = 300
MAX_CELL = 10_000  # characters
MAX_UNPACKED = 300_000_000  # bytes

_SEPARATORS = (";", ",", "\t")
_LOOK_AT = 50  # rows, to find the separator
_WHOLE_FLOAT = re.compile(r"(-?[0-9]+)\.0")
_FILLED_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=\"([A-Z]{1,3})([0-9]{1,7})\"[^>]*(?<!/)>")

# Everything zipfile raises for a package that is damaged, encrypted or oddly compressed.
_DAMAGED_PACKAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(OSError, EOFError, ValueError, RuntimeError),
    *(SAXException, DefusedXmlException),
)

_Cell = int | float | str | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet.

    :param kind: for people: ``xlsx``, ``CSV (;, utf-8)``
    :param rows: cleaned text, row 1 of the file first; empty rows are there
    """

    kind: str
    name: str
    rows: list[list[str]]
    problems: tuple[Problem, ...] = ()


def read_csv(data: bytes) -> Table:
    """Read separated text, whatever the separator and character set.

    :raises ImportFileError: too many rows, columns or characters
    """
    decoded = decode(data)
    text, separator = _separator(decoded.text)
    problems = [Problem(Severity.NOTE, "encoding")] if decoded.guessed else []
    rows = _parse(text, separator, strict=True)
    if rows is None:
        problems.append(Problem(Severity.WARNING, "quotes"))
        rows = _parse(text, separator, strict=False)
    if rows is None:
        raise ImportFileError("import_file.cell_too_long", characters=MAX_CELL)
    name = "tab" if separator == "\t" else separator
    kind = f"CSV ({name}, {decoded.encoding})"
    return Table(kind, "", list(_checked(rows)), tuple(problems))


def _separator(text: str) -> tuple[str, str]:
    """The separator that cuts most rows into the same number of columns, quotes heeded.

    Excel may say it itself in a first line ``sep=;``.
    """
    first, _, rest = text.partition("\n")
    said = re.fullmatch(r"\"?sep=([;,\t])\"?\s*", first, re.IGNORECASE)
    if said:
        return "\n" + rest, said[1]  # the line stays, so that row numbers are those of the file

    def score(separator: str) -> tuple[int, int]:
        rows = _parse(text, separator, strict=False, most=_LOOK_AT) or []
        widths = [len(row) for row in rows if len(row) > 1]
        common = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
        return widths.count(common), common

    return text, max(_SEPARATORS, key=score)


def _parse(
    text: str, separator: str, *, strict: bool, most: int = MAX_ROWS + 1
) -> list[list[str]] | None:
    """Rows of cells; None when the quotes do not close or a cell is longer than csv allows."""
    rows: list[list[str]] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=strict)
    try:
        for row in reader:
            rows.append(row)
            if len(rows) >= most:
                break
    except csv.Error:
        return None
    return rows


def _cell(text: str) -> str:
    """A cleaned cell; a whole number that a spreadsheet made a fraction of is whole again."""
    text = clean(text)
    whole = _WHOLE_FLOAT.fullmatch(text)  # 12.0, and never a part of 12.03.2015
    return whole[1] if whole else text


def _checked(rows: list[list[str]]) -> Iterator[list[str]]:
    if len(rows) > MAX_ROWS:
        raise ImportFileError("import_file.too_many_rows", rows=MAX_ROWS)
    for number, row in enumerate(rows, 1):
        if any(len(cell) > MAX_CELL for cell in row):
            raise ImportFileError("import_file.cell_too_long", characters=MAX_CELL)
        cells = [_cell(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise ImportFileError("import_file.too_many_columns", row=number, columns=MAX_COLUMNS)
        yield cells


def read_workbook(data: bytes) -> list[Table]:
    """Read the visible sheets of an xlsx, ods or xls workbook that have something in them.

    :raises ImportFileError: damaged, with a password, or too large
    """
    if data.startswith(b"PK"):
        _check_package(data)
    try:
        return list(_sheets(data))
    except PasswordError:
        failure = ImportFileError("import_file.password")
    except CalamineError:
        failure = ImportFileError("import_file.workbook_damaged")
    raise failure


def _sheets(data: bytes) -> Iterator[Table]:
    with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
        kind = _kind(data)
        for sheet in workbook.sheets_metadata:
            is_table = sheet.typ == SheetTypeEnum.WorkSheet
            if is_table and sheet.visible == SheetVisibleEnum.Visible:
                content = workbook.get_sheet_by_name(sheet.name)
                _check_size(*(content.end or (0, 0)))
                rows = content.to_python(skip_empty_area=False)
                table = list(_checked([[_text(cell) for cell in row] for row in rows]))
                if any(table):
                    yield Table(kind, clean(sheet.name), table)


def _kind(data: bytes) -> str:
    if not data.startswith(b"PK"):
        return "xls"
    return "ods" if b"opendocument.spreadsheet" in data[:200] else "xlsx"


def _text(cell: _Cell) -> str:
    """A cell as it would be typed: 1023.0 is 1023, a date is 2015-03-21."""
    if isinstance(cell, datetime):
        return str(cell.date() if cell.time() == time() else cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _check_size(last_row: int, last_column: int) -> None:
    if last_row >= MAX_ROWS:
        raise ImportFileError("import_file.too_many_rows", rows=MAX_ROWS)
    if last_column >= MAX_COLUMNS:
        raise ImportFileError("import_file.too_many_columns", row=1, columns=MAX_COLUMNS)


def _check_package(data: bytes) -> None:
    """Look before opening: what is wrong with a workbook can end the program, or hang it.

    Calamine reserves memory up to the last filled cell: one stray cell in the far corner of an
    xlsx asks for 512 GB. And it never comes back from an ods that is not well-formed.
    """
    problem: ImportFileError | None = None
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > MAX_UNPACKED:
                raise ImportFileError("import_file.unpacks_too_large")
            for name in package.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    _check_cells(package.read(name))
                elif name == "content.xml":
                    _check_well_formed(package.read(name))
                elif name == "META-INF/manifest.xml" and b"encryption-data" in package.read(name):
                    raise ImportFileError("import_file.password")
        return
    except ImportFileError as error:
        problem = error
    except _DAMAGED_PACKAGE:
        problem = ImportFileError("import_file.workbook_damaged")
    raise problem


def _check_well_formed(document: bytes) -> None:
    parser = DefusedExpatParser(forbid_dtd=True)
    source = InputSource()
    source.setByteStream(BytesIO(document))
    parser.parse(source)


def _check_cells(sheet: bytes) -> None:
    for letters, row in _FILLED_CELL.findall(sheet):
        column = 0
        for letter in letters:
            column = column * 26 + letter - ord("A") + 1
        _check_size(int(row) - 1, column - 1)
