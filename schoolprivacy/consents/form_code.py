"""The number of one form page: what its QR code holds and what a person may type.

Twenty characters of Crockford's base 32 (digits and letters without I, L, O and U), all of them in
the alphanumeric mode of a QR code, so that it fits version 1-M: two for the layout version, twelve
random, four of the school's own tag (a form of another school is recognised), two check
characters. No personal data.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from schoolprivacy.errors import KnownError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
FULL_LENGTH = 20
SHORT_LENGTH = 8
_CONFUSED = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015]+")
# The greatest prime that two base-32 characters hold: a remainder by a prime that does not divide
# the base changes with every single character and with every two neighbours that change places.
_CHECK_MODULUS = 1021


@dataclass(frozen=True, slots=True)
class FormCode:
    """A form number as read.

    :param text: 20 characters, or the first 8 to 19 when only those were given
    :param is_full: all 20 were given and the check characters agree
    """

    text: str
    is_full: bool

    @property
    def layout_version(self) -> int:
        return int(self.text[:2])

    @property
    def school_tag(self) -> str:
        """The tag of the school that printed the form; empty for a short number."""
        return self.text[14:18] if self.is_full else ""


def make_school_tag() -> str:
    """A school's own tag of four characters; made once per school file."""
    return _random(4)


def make_form_code(school_tag: str, layout_version: int = 1) -> str:
    """A new form number of 20 characters.

    :param school_tag: from make_school_tag
    :param layout_version: of the form's geometry, 1 to 99
    """
    if len(school_tag) != 4 or not set(school_tag) <= set(ALPHABET):
        raise ValueError(f"not a school tag: {school_tag!r}")
    if not 1 <= layout_version <= 99:
        raise ValueError(f"not a layout version: {layout_version}")
    text = f"{layout_version:02d}{_random(12)}{school_tag}"
    return text + _check(text)


def read_form_code(text: str) -> FormCode:
    """Read what was scanned or typed: lower case, spaces, dashes, O for 0, I and L for 1.

    :raises KnownError: ``form.code_mistyped`` (the check characters do not agree),
        ``form.code_unreadable`` (too short, too long, or no form number at all)
    """
    code = _SEPARATORS.sub("", text).upper().translate(_CONFUSED)
    if not SHORT_LENGTH <= len(code) <= FULL_LENGTH or not _is_form_number(code):
        raise KnownError("form.code_unreadable")
    if len(code) < FULL_LENGTH:
        return FormCode(code, is_full=False)
    if _check(code[:-2]) != code[-2:]:
        raise KnownError("form.code_mistyped")
    return FormCode(code, is_full=True)


def show_form_code(code: str) -> str:
    """Grouped in fours, for people: ``01AB CDEF GHJK MNPQ RST2``."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def short_form_code(code: str) -> str:
    """The first eight characters, grouped ``01AB-CDEF``: enough to find a form."""
    return f"{code[:4]}-{code[4:SHORT_LENGTH]}"


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _check(text: str) -> str:
    number = 0
    for character in text:
        number = number * 32 + ALPHABET.index(character)
    high, low = divmod(number % _CHECK_MODULUS, 32)
    return ALPHABET[high] + ALPHABET[low]


def _is_form_number(code: str) -> bool:
    return code[:2].isdecimal() and code[:2] != "00" and set(code) <= set(ALPHABET)
