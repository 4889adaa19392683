"""Dutch postcodes and telephone numbers: read as people write them, kept in one way."""

from __future__ import annotations

import re

import phonenumbers

_DUTCH, _DUTCH_DIGITS = 31, 9
_POSTCODE = re.compile(r"\s*([1-9]\d{3})\s*([A-Za-z]{2})\s*")


def read_postcode(text: str) -> str | None:
    """``1234ab`` becomes ``1234 AB``; what is no Dutch postcode gives None."""
    found = _POSTCODE.fullmatch(text)
    return f"{found[1]} {found[2].upper()}" if found else None


def read_phone(text: str) -> str | None:
    """Read 06…, 0…, +31…, 0031… into E.164 (``+31612345678``); None when it is no number.

    A spreadsheet drops the leading zero of a number; nine digits without it are read as Dutch.
    """
    digits = re.sub(r"\D", "", text)
    if len(digits) == 9 and digits[0] != "0" and not text.strip().startswith("+"):
        text = f"0{digits}"
    try:
        number = phonenumbers.parse(text, "NL")
    except phonenumbers.NumberParseException:
        return None
    if not _can_be_called(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _can_be_called(number: phonenumbers.PhoneNumber) -> bool:
    """A Dutch number has nine digits behind its zero; else it is of a known kind, such as 0800."""
    if number.country_code == _DUTCH and len(str(number.national_number)) != _DUTCH_DIGITS:
        return phonenumbers.is_valid_number(number)
    return phonenumbers.is_possible_number(number)


def show_phone(e164: str) -> str:
    """Print an E.164 number the way a Dutch reader dials it; abroad keeps its +."""
    number = phonenumbers.parse(e164, "NL")
    dutch = number.country_code == _DUTCH
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if dutch
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(number, style)
