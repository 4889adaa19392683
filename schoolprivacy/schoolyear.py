"""The Dutch school year: 1 August to 31 July, written 2026-2027 (WPO 1, "schooljaar")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Self


@dataclass(frozen=True, order=True, slots=True)
class SchoolYear:
    """One school year, named by the calendar year in which it starts."""

    start: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The school year in which a day falls."""
        return cls(day.year if day.month >= 8 else day.year - 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2026-2027`` (also ``2026/2027``).

        :raises ValueError: not two consecutive years
        """
        found = re.fullmatch(r"\s*(\d{4})\s*[-/]\s*(\d{4})\s*", text)
        if not found or int(found[2]) != int(found[1]) + 1:
            raise ValueError(f"not a school year: {text!r}")
        return cls(int(found[1]))

    @property
    def first_day(self) -> date:
        return date(self.start, 8, 1)

    @property
    def last_day(self) -> date:
        return date(self.start + 1, 7, 31)

    def next(self) -> SchoolYear:
        return SchoolYear(self.start + 1)

    def previous(self) -> SchoolYear:
        return SchoolYear(self.start - 1)

    def __str__(self) -> str:
        return f"{self.start}-{self.start + 1}"
