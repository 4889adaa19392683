"""The one door for a file from outside: looks at what is in it, not at its name."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from schoolprivacy.errors import ImportFileError
from schoolprivacy.exchange.charset import decode
from schoolprivacy.exchange.edexml import read_edexml
from schoolprivacy.exchange.examples import examples_of
from schoolprivacy.exchange.roster import Roster
from schoolprivacy.exchange.spreadsheet import read_csv_roster, read_workbook_roster
from schoolprivacy.exchange.tables import Table, read_csv, read_workbook

MAX_MEGABYTES = 50  # a school of 2,000 pupils with everything in it stays below five

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # xls, and any Office file with a password
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")

_NOTHING = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"
"""White space and the marks that say how a text is written."""

# How files begin that are sent here by mistake.
_OTHER_KINDS = {
    b"%PDF": "pdf",
    b"\xff\xd8\xff": "photo",
    b"\x89PNG": "photo",
    b"GIF8": "photo",
    b"BM": "photo",
    b"II*\0": "photo",
    b"MM\0*": "photo",
    b"{\\rtf": "word",
    b"Rar!": "archive",
    b"7z\xbc\xaf\x27\x1c": "archive",
    b"\x1f\x8b": "archive",
}


Remembered = Callable[[str], Mapping[str, str]]
"""Gives the columns a person placed before, by header fingerprint."""


def nothing_remembered(_fingerprint: str) -> Mapping[str, str]:
    """No columns were placed by a person before."""
    return {}


def read_roster(
    path: Path,
    columns: Mapping[str, str] | None = None,
    remembered: Callable[[str], Mapping[str, str]] = nothing_remembered,
) -> Roster:
    """Read an EDEXML file, CSV, xlsx, ods or xls, whatever its name says.

    :param columns: spreadsheet only: column → field code (see ``columns.FIELDS``), a word that
        could have been a header, or ``ignore``
    :param remembered: gives the columns a person placed earlier for a header fingerprint;
        ``columns`` goes before
    :raises ImportFileError: the file cannot be read, or may not be stored. Nothing of its
        contents is in the error, except names of columns
    """
    return read_roster_bytes(_bytes_of(path), columns or {}, remembered)


def read_roster_bytes(
    data: bytes,
    columns: Mapping[str, str],
    remembered: Callable[[str], Mapping[str, str]] = nothing_remembered,
) -> Roster:
    """As :func:`read_roster`, for a file that is already in memory."""
    if not data.strip(_NOTHING):
        raise ImportFileError("import_file.empty")
    _refuse_other_kinds(data)
    if data.startswith((b"PK", _OLD_OFFICE)):
        _refuse_other_packages(data)
        return read_workbook_roster(data, columns, remembered)
    text = decode(data).text
    if "\0" in text:
        raise ImportFileError("import_file.unknown_kind")
    start = text.lstrip()[:200].casefold()
    if start.startswith(("<!doctype html", "<html", "<table", "<head", "<body")):
        raise ImportFileError("import_file.html")
    if start.startswith("<"):
        return read_edexml(data)
    if _is_edex2000(text):
        raise ImportFileError("import_file.edex2000")
    return read_csv_roster(data, columns, remembered)


def read_examples(path: Path) -> dict[str, tuple[str, ...]]:
    """Header → a few values of a spreadsheet that :func:`read_roster` has read.

    They are for the eyes of who places the columns, and are in no Roster.

    :raises ImportFileError: the file cannot be read any more
    """
    data = _bytes_of(path)
    is_workbook = data.startswith((b"PK", _OLD_OFFICE))
    return examples_of(read_workbook(data) if is_workbook else [read_csv(data)])


def read_tables(path: Path) -> list[Table]:
    """The sheets of a CSV, xlsx, ods or xls, whatever its name says.

    :raises ImportFileError: the file cannot be read, or is no spreadsheet
    """
    data = _bytes_of(path)
    if not data.strip(_NOTHING):
        raise ImportFileError("import_file.empty")
    _refuse_other_kinds(data)
    if data.startswith((b"PK", _OLD_OFFICE)):
        _refuse_other_packages(data)
        return read_workbook(data)
    text = decode(data).text
    if "\0" in text or text.lstrip().startswith("<"):
        raise ImportFileError("import_file.no_spreadsheet")
    return [read_csv(data)]


def _bytes_of(path: Path) -> bytes:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise ImportFileError("import_file.folder", place=str(path))
        if not stat.S_ISREG(found.st_mode):  # a device or a pipe may never end
            raise ImportFileError("import_file.unreadable", place=str(path))
        if found.st_size > MAX_MEGABYTES * 1_000_000:
            raise ImportFileError("import_file.too_large", megabytes=MAX_MEGABYTES)
        return path.read_bytes()
    except FileNotFoundError:
        raise ImportFileError("import_file.missing", place=str(path)) from None
    except (OSError, ValueError):  # ValueError: a zero character in the name
        raise ImportFileError("import_file.unreadable", place=str(path)) from None


def _refuse_other_kinds(data: bytes) -> None:
    for beginning, kind in _OTHER_KINDS.items():
        if data.startswith(beginning) and not (beginning == b"BM" and data[6:10] != b"\0\0\0\0"):
            raise ImportFileError(f"import_file.{kind}")
    if data[4:8] == b"ftyp":
        raise ImportFileError("import_file.photo")  # HEIC, the photos of an iPhone, and films


def _refuse_other_packages(data: bytes) -> None:
    """Office files and archives all begin alike; only workbooks go on."""
    if data.startswith(_OLD_OFFICE):
        if _ENCRYPTED_OFFICE in data:
            raise ImportFileError("import_file.password")
        return
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        names = None
    if names is None:
        raise ImportFileError("import_file.workbook_damaged")
    if b"opendocument.text" in data[:200] or any(name.startswith("word/") for name in names):
        raise ImportFileError("import_file.word")
    if not any(name.startswith("xl/") or name == "content.xml" for name in names):
        raise ImportFileError("import_file.archive")


def _is_edex2000(text: str) -> bool:
    """Lines of one fixed width, filled up with spaces, and nothing that separates columns."""
    lines = [line for line in text.strip("\r\n\x1a").splitlines() if line.strip()]
    widths = {len(line) for line in lines}
    padded = all("   " in line for line in lines)
    return len(widths) == 1 and widths.pop() >= 30 and padded and not {";", "\t"} & set(text)
