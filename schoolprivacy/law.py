"""Terms and ages the law or the field sets, each with its source, from ``resources/law.toml``."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from schoolprivacy.settings import resource


@dataclass(frozen=True, slots=True)
class LawTerm:
    """One number of the law, so that the screen can answer "why this date?".

    :param value: the number, in ``unit`` (years, months, days, hours); of a day of the year the
        month times hundred plus the day
    :param source: article or handbook page
    :param checked: when somebody last held it against the source
    """

    value: int
    unit: str
    source: str
    checked: date
    note: str = ""


@cache
def term(name: str) -> LawTerm:
    """Look up a term such as ``consent.pupil_decides_from``.

    :raises KeyError: law.toml has no such term
    """
    table = tomllib.loads(resource("law.toml").read_text(encoding="utf-8"))
    suite, _, key = name.partition(".")
    return LawTerm(**table[suite][key])


def day_of(name: str, year: int) -> date:
    """The day of a year on which a term such as ``okr.test_result_by`` falls.

    :raises KeyError: law.toml has no such term
    """
    month, day = divmod(term(name).value, 100)
    return date(year, month, day)


def last_day(name: str, counted_from: date) -> date:
    """The day on which a term of days, months or years ends that begins on a day.

    Of months and years the same day so much later, or the last one of a shorter month.

    :raises KeyError: law.toml has no such term
    """
    found = term(name)
    if found.unit == "days":
        return counted_from + timedelta(days=found.value)
    months = found.value * {"months": 1, "years": 12}[found.unit]
    years, month = divmod(counted_from.month - 1 + months, 12)
    year, month = counted_from.year + years, month + 1
    return date(year, month, min(counted_from.day, monthrange(year, month)[1]))
