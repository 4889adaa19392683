"""Whether a scan or photo really opens, and leaving out of it what is not on the paper.

A photo tells where and with which telephone it was made. That is left out segment by segment; the
picture itself is not compressed anew and loses nothing. How it must be turned stays.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath, PureWindowsPath

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, UnidentifiedImageError

from schoolprivacy.bsn import without_bsn
from schoolprivacy.errors import FileError, KnownError, sentence
from schoolprivacy.exchange.values import clean
from schoolprivacy.paper.preview import page_count, render_page
from schoolprivacy.vault.attachments import LARGEST, media_type

_LONGEST_NAME = 100  # characters
_MOST_PIXELS = 64_000_000  # a telephone of today; it takes 200 MB to open
_PDF = "application/pdf"
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
_ORIENTATION = 0x0112  # the tag of EXIF that says how to turn the picture
_TURNED = range(2, 9)

_SOI, _EOI, _SOS, _APP0, _APP2, _APP14, _COMMENT = 0xD8, 0xD9, 0xDA, 0xE0, 0xE2, 0xEE, 0xFE
_APPLICATION = range(0xE0, 0xF0)
_ALONE = frozenset([0x01, *range(0xD0, 0xD8)])  # markers without a length
_COLOURS = b"ICC_PROFILE\0"
_LEFT_OUT_OF_PNG = frozenset([b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"])
_PNG_START = 8


def read_file(path: Path) -> bytes:
    """A file of the user as it may be kept; one that is far too large is not even read.

    :raises FileError: it cannot be read
    :raises KnownError: as ``checked``
    """
    try:
        if path.stat().st_size > LARGEST:
            raise KnownError("attachment.large", megabytes=LARGEST // 1024**2)
        content = path.read_bytes()
    except OSError as error:
        raise FileError("evidence.unreadable", place=path) from error
    return checked(content)


def file_name(name: str) -> str:
    """The name of a file without its folders: they may hold the name of who scanned it.

    A citizen service number is left out of it.
    """
    bare = clean(PureWindowsPath(PurePosixPath(name).name).name)
    return without_bsn(bare, sentence("evidence.number"))[:_LONGEST_NAME]


def is_pdf(content: bytes) -> bool:
    """Whether a kept file has pages; else it is a picture."""
    return media_type(content) == _PDF


def checked(content: bytes) -> bytes:
    """The file as it may be kept.

    :raises KnownError: no PDF, JPEG or PNG, larger than 10 MB, empty, broken, with a password, or
        a picture too large to open
    """
    if not content:
        raise KnownError("evidence.empty")
    kind = media_type(content)
    if kind == _PDF:
        _check_pdf(content)
        return content
    try:
        bare = strip_jpeg(content) if kind == "image/jpeg" else strip_png(content)
    except (IndexError, struct.error, ValueError) as error:
        raise KnownError("evidence.broken") from error
    _check_picture(bare, kind)
    return bare


def _check_pdf(content: bytes) -> None:
    try:
        if not page_count(content):
            raise KnownError("evidence.empty")
        render_page(content, 0, 20)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise KnownError("evidence.locked" if locked else "evidence.broken") from error


def _check_picture(content: bytes, kind: str) -> None:
    try:
        with Image.open(BytesIO(content), formats=[_FORMATS[kind]]) as picture:
            across, down = picture.size
            if across * down > _MOST_PIXELS:
                raise KnownError("evidence.wide", megapixels=_MOST_PIXELS // 1_000_000)
            picture.load()
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise KnownError("evidence.broken") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:  # all say: not what it claims
        raise KnownError("evidence.broken") from error


# — what is left out —


def strip_jpeg(content: bytes) -> bytes:
    """Without EXIF, XMP, IPTC, thumbnails, remarks, or anything behind the picture.

    The compressed picture, its colour profile and how it must be turned stay.

    :raises ValueError: it is no whole JPEG
    """
    turned, parts = 1, []
    for marker, segment in _jpeg_parts(content):
        if marker == _APPLICATION[1] and segment[4:10] == b"Exif\0\0":
            turned = _orientation(segment[10:])
        if _stays(marker, segment):
            parts.append(segment)
    exif = _exif_of(turned) if turned in _TURNED else b""
    start = 2 if len(parts) > 1 and parts[1][1:2] == bytes([_APP0]) else 1  # JFIF comes first
    return b"".join([*parts[:start], exif, *parts[start:]])


def _stays(marker: int, segment: bytes) -> bool:
    if marker == _APP2:
        return segment[4 : 4 + len(_COLOURS)] == _COLOURS
    return marker in (_APP0, _APP14) or (marker not in _APPLICATION and marker != _COMMENT)


def _jpeg_parts(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Every segment with its marker, up to the end of the (first) picture."""
    yield _SOI, content[:2]
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError("no marker")
        while content[at + 1] == 0xFF:  # fill bytes
            at += 1
        marker = content[at + 1]
        if marker == _EOI:
            yield marker, content[at : at + 2]
            return
        end = at + 2
        if marker not in _ALONE:
            (length,) = struct.unpack_from(">H", content, end)
            end += max(length, 2)
        if marker == _SOS:
            end = _end_of_scan(content, end)
        if end > len(content):
            raise ValueError("cut off")
        yield marker, content[at:end]
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the compressed picture stops: at a marker that is no restart and no stuffed byte."""
    while True:
        at = content.index(b"\xff", at)
        following = content[at + 1]
        if following not in (0x00, 0xFF) and following not in _ALONE:
            return at
        at += 1 if following == 0xFF else 2


def _orientation(tiff: bytes) -> int:
    """How the picture must be turned (1: not), out of an EXIF block."""
    exif = Image.Exif()
    try:
        exif.load(b"Exif\0\0" + tiff)
        return int(exif.get(_ORIENTATION, 1))
    except (OSError, SyntaxError, ValueError, TypeError, struct.error):
        return 1


def _exif_of(turned: int) -> bytes:
    """An EXIF segment that holds nothing but how to turn the picture."""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, turned, 0)
    tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def strip_png(content: bytes) -> bytes:
    """Without texts, EXIF and time, or anything behind the picture.

    :raises ValueError: it is no whole PNG
    """
    parts, at = [content[:_PNG_START]], _PNG_START
    while True:
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        chunk = content[at:end]
        if len(chunk) < 12 + length or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:]):
            raise ValueError("cut off or changed")
        if kind not in _LEFT_OUT_OF_PNG:
            parts.append(chunk)
        if kind == b"IEND":
            return b"".join(parts)
        at = end
