"""What is asked about a school wherever its data are filled in: problems, and its logo."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap

from schoolprivacy.contact import read_phone, read_postcode
from schoolprivacy.errors import FileError, KnownError
from ui.theme import px
from ui.words import tr

_LARGEST_LOGO = 10 * 1024 * 1024  # bytes
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_WEBSITE = re.compile(r"(https?://)?[^\s/.@]+(\.[^\s/.@]+)+(/\S*)?")


def school_problems(about: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with fields of the profile, by name; everything but the name may be empty."""
    found = {}
    if not about["name"]:
        found["name"] = tr("Vul de naam van de school in.")
    if about["postcode"] and read_postcode(about["postcode"]) is None:
        found["postcode"] = tr("Dit is geen Nederlandse postcode, zoals 1234 AB.")
    if about["phone"] and read_phone(about["phone"]) is None:
        found["phone"] = tr("Dit is geen telefoonnummer.")
    if about["email"] and not _EMAIL.fullmatch(about["email"]):
        found["email"] = tr("Dit is geen e-mailadres. Schrijf er één, met een @ erin.")
    if about["website"] and not _WEBSITE.fullmatch(about["website"]):
        found["website"] = tr("Dit is geen adres van een website, zoals www.school.nl.")
    return _unprintable(about) | found


def _unprintable(about: Mapping[str, str]) -> dict[str, str]:
    """All of this is printed."""
    from schoolprivacy.paper.fonts import check

    found = {}
    for name, text in about.items():
        try:
            check(text)
        except KnownError as error:
            said = tr("Het teken {character} kan niet op papier. Schrijf het met gewone letters.")
            found[name] = said.format(character=error.values["character"])
    return found


def read_logo_file(path: Path) -> bytes:
    """The content of a picture that can be a logo.

    :raises FileError: too large, no PNG or JPEG, or it cannot be read
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileError("school.logo_unreadable", place=path) from error
    if len(content) > _LARGEST_LOGO:
        raise FileError("attachment.large", megabytes=_LARGEST_LOGO // 1024**2)
    known = content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"))
    if not known or not QPixmap().loadFromData(content):
        raise FileError("school.logo")
    return content


def logo_picture(content: bytes) -> QPixmap:
    """A logo as large as there is room for in a form."""
    picture = QPixmap()
    picture.loadFromData(content)
    return picture.scaled(
        QSize(px(200), px(72)),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
