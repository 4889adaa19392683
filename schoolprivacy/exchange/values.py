"""Single values as people and programs write them: dates, flags, e-mail, telephone, address."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from schoolprivacy.contact import read_phone, read_postcode

YEAR_LEVELS = frozenset([*map(str, range(9)), *map(str, range(11, 17)), *"SHBDVN"])
COMBINATION = "C"  # EDEXML: the group holds several year levels, so it says nothing of a pupil

_YEARS = range(1900, 2101)
_ISO_DATE = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T[0-9:.]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
_DUTCH_DATE = re.compile(
    r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})(?: [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
)
_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug")
_DAY_AND_MONTH = re.compile(rf"([0-9]{{1,2}})[- ]({'|'.join(_MONTHS)})\.?(?:[- ][0-9]{{2,4}})?")
_YEAR_LEVEL = re.compile(r"(?:(?:jaar)?groep |gr\.? |leerjaar )?0?([0-9]{1,2})(?:e leerjaar)?")
_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}")
_NAMED_EMAIL = re.compile(r"(?:mailto:|[^<>@]*<)([^<>]*)>?", re.IGNORECASE)
_SECRET = re.compile(
    r"\(?\b(?:geheime?|afgeschermde?)\b(?: ?(?:telefoonnummer|telefoon|nummer|nr|adres)\b)?\)?",
    re.IGNORECASE,
)
_POSTCODE_INSIDE = re.compile(r"(.*?)[,\s]*\b([1-9][0-9]{3} ?[A-Za-z]{2})\b[,\s]*(.*)")
_HOUSE_NUMBER = re.compile(
    r"(.*[^\W\d_].*?)[,\s]+([0-9]+(?:(?: ?[-/] ?| )?[A-Za-z][A-Za-z0-9]{0,3}| ?[-/] ?[0-9]{1,4})?)"
)

_YES = frozenset(["ja", "j", "yes", "y", "true", "waar", "1", "x", "geheim", "afgeschermd"])
_NO = frozenset(["nee", "neen", "n", "no", "false", "onwaar", "0"])


def clean(text: str) -> str:
    """One line, single spaces, no invisible characters, letters composed (é as one character)."""
    if not text.isprintable():  # tabs and line ends are spaces, other control characters nothing
        text = "".join(
            sign if sign.isprintable() else " " if sign.isspace() else "" for sign in text
        )
    return " ".join(unicodedata.normalize("NFC", text).split())


def read_iso_date(text: str) -> date | None:
    """``2015-03-21``, as in XML: with or without a time and time zone; None when it is no date."""
    found = _ISO_DATE.fullmatch(text)
    return _date(found[1], found[2], found[3]) if found else None


def read_date(text: str) -> date | None:
    """``21-3-2015``, ``21/03/2015``, ``2015-03-21``; None for anything else.

    A year of two digits is not guessed at: 15 may be a pupil or a grandparent.
    """
    found = _DUTCH_DATE.fullmatch(text)
    return _date(found[4], found[3], found[1]) if found else read_iso_date(text)


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day)) if int(year) in _YEARS else None
    except ValueError:
        return None


def read_year_level(text: str) -> str | None:
    """``5``, ``05``, ``groep 5``, ``s``; "" for a combination group, None when it is none."""
    found = _YEAR_LEVEL.fullmatch(text.casefold())
    level = found[1] if found else text.upper()
    if level == COMBINATION:
        return ""
    return level if level in YEAR_LEVELS else None


def looks_like_date(text: str) -> bool:
    """A spreadsheet has made a date of this cell, or of what was typed in it."""
    return bool(read_date(text) or _DAY_AND_MONTH.fullmatch(text.casefold()))


def group_from_date(text: str) -> str | None:
    """The combination group that a spreadsheet took for a date: 1 February was ``1-2``.

    ``3-4-5`` became 3 April 2005. Lower year first: which of the two was the month depends on
    the language of the spreadsheet program. None when the date cannot have been a group.
    """
    day = read_date(text)
    spelled = _DAY_AND_MONTH.fullmatch(text.casefold())
    if spelled:
        years = sorted((int(spelled[1]), _MONTHS.index(spelled[2]) + 1))
    elif day:
        years = sorted((day.day, day.month))
        years += [day.year - 2000] if day.year - 2000 == years[-1] + 1 else []
    else:
        return None
    return "-".join(map(str, years)) if years[0] > 0 and years[-1] <= 8 else None


def read_flag(text: str) -> bool | None:
    """Yes or no as people write it; None when it is neither (the caller knows if it is empty)."""
    word = text.casefold().strip(" .!")
    return True if word in _YES else False if word in _NO else None


def says_no_authority(text: str) -> bool:
    """The cell denies parental authority: ``nee``, ``geen gezag``, ``niet``."""
    return read_flag(text) is False or text.casefold().startswith(("geen", "niet", "zonder"))


def take_secret(text: str) -> tuple[str, bool]:
    """Separate the remark ``geheim`` from a value: what is left, and whether it was there."""
    rest, times = _SECRET.subn(" ", text)
    return (" ".join(rest.split()).strip(" -,;:()") if times else text), times > 0


def read_email(text: str) -> str | None:
    """One e-mail address, also out of ``Naam <a@b.nl>``; None when it is none or several."""
    found = _NAMED_EMAIL.fullmatch(text)
    address = (found[1] if found else text).strip()
    return address if len(address) <= 254 and _EMAIL.fullmatch(address) else None


def read_phones(text: str) -> tuple[str, ...] | None:
    """All numbers in a cell (``06-12345678 / 010-1234567``), E.164; None when one is no number."""
    whole = read_phone(text)
    if whole:
        return (whole,)
    found = [read_phone(part) for part in re.split(r"[/;,|]| of | en ", text) if part.strip()]
    numbers = tuple(number for number in found if number)
    return numbers if numbers and len(numbers) == len(found) else None


def split_address(text: str) -> tuple[str, str, str, str]:
    """Street, house number, postcode and place out of one cell; what is not there is "".

    >>> split_address("Plein 1944 3b, 1234ab Utrecht")
    ('Plein 1944', '3b', '1234 AB', 'Utrecht')
    """
    if len(text) > 300:
        return text, "", "", ""  # no address; and the patterns are slow on long texts
    inside = _POSTCODE_INSIDE.fullmatch(text)
    before, code, place = inside.groups() if inside else (text, "", "")
    numbered = _HOUSE_NUMBER.fullmatch(before)
    street, number = numbered.groups() if numbered else (before, "")
    return street.strip(" ,"), number, (read_postcode(code) or code), place.strip(" ,")
