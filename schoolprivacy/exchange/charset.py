"""From bytes to text, without a charset guesser: those call Windows-1252 files cp1250."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from schoolprivacy.errors import ImportFileError

FALLBACK = "cp1252"  # what Dutch Windows programs write when they do not write UTF-8

# Only character sets that a school's programs write; names as codecs.lookup() gives them.
_TRUSTED = ("utf-8", "utf-16", "ascii", "iso8859", "cp125", "cp437", "cp850")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file.

    :param encoding: Python's name for the character set used
    :param guessed: the file was neither what it declared nor UTF-8
    """

    text: str
    encoding: str
    guessed: bool = False


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Read bytes by their byte order mark, else as declared, else UTF-8, else Windows-1252.

    :param declared: the character set the file itself names, if it does
    :raises ImportFileError: UTF-16 that is broken
    """
    wide = _utf16(data)
    if wide:
        text = _strict(data, wide)
        if text is None:
            raise ImportFileError("import_file.encoding")
        return Decoded(text.removeprefix("\ufeff"), "utf-16")
    data = data.removeprefix(codecs.BOM_UTF8)
    for encoding in (_trusted(declared), "utf-8"):
        text = _strict(data, encoding) if encoding else None
        if encoding and text is not None:
            return Decoded(text, encoding)
    return Decoded(data.decode(FALLBACK, errors="replace"), FALLBACK, guessed=True)


def _utf16(data: bytes) -> str | None:
    """UTF-16 by its byte order mark, or by the zero beside the first ``<`` of an XML file."""
    if data.startswith((codecs.BOM_UTF16_LE, b"<\0")):
        return "utf-16-le"
    if data.startswith((codecs.BOM_UTF16_BE, b"\0<")):
        return "utf-16-be"
    return None


def _trusted(declared: str | None) -> str | None:
    """Python's name for a declared character set, None when it is none that a school meets."""
    try:
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):
        return None
    # A file that says UTF-16 and is not (checked before) was converted without its declaration.
    return name if name.startswith(_TRUSTED) and not name.startswith("utf-16") else None


def _strict(data: bytes, encoding: str) -> str | None:
    """The text, or None. The error itself is let go here: it holds the whole file."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
