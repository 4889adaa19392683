"""One row of a spreadsheet, its columns placed, as typed values; remarks on what cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from schoolprivacy.exchange.roster import Problem, Severity
from schoolprivacy.exchange.values import (
    group_from_date,
    looks_like_date,
    read_date,
    read_flag,
    take_secret,
)

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty.

    :param index: place of the column in the file
    :param header: name of the column, for remarks
    """

    index: int
    header: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """The filled cells of one row, by field code.

    :param line: number of the row in the file, from 1
    :param relations: guardian number → moeder or vader, where the headers say so
    :param problems: the remarks on the whole file, to which this row adds its own
    """

    line: int
    cells: Mapping[str, list[Cell]]
    relations: Mapping[int, str]
    problems: list[Problem]

    def remark(
        self, key: str, cell: Cell | None = None, severity: Severity = Severity.WARNING
    ) -> None:
        column = cell.header if cell else None
        self.problems.append(Problem(severity, key, line=self.line, column=column))

    def all(self, *codes: str) -> list[Cell]:
        """The cells of these fields, in the order of the file."""
        found = [cell for code in codes for cell in self.cells.get(code, [])]
        return sorted(found, key=lambda cell: cell.index)

    def cell(self, code: str) -> Cell | None:
        return next(iter(self.cells.get(code, [])), None)

    def text(self, code: str) -> str:
        cell = self.cell(code)
        return cell.text if cell else ""

    def read(
        self, code: str, reader: Callable[[str], _Value | None], problem: str
    ) -> _Value | None:
        """Read a cell; what the reader cannot read is left out with a remark."""
        cell = self.cell(code)
        value = reader(cell.text) if cell else None
        if cell and value is None:
            self.remark(problem, cell)
        return value

    def date(self, code: str) -> date | None:
        return self.read(code, read_date, "date")

    def flag(self, code: str) -> bool | None:
        """Whether something is secret: None when the cell is empty, True when unreadable."""
        cell = self.cell(code)
        if not cell:
            return None
        value = read_flag(cell.text)
        if value is None:
            self.remark("flag", cell)
        return value is not False

    def open_text(self, code: str) -> tuple[str, bool]:
        """A cell without the remark ``geheim``, and whether it was there."""
        return take_secret(self.text(code))

    def key(self, code: str) -> str | None:
        """A key; one that starts with # was made up for this one file."""
        text = self.text(code)
        return text if text and not text.startswith("#") else None

    def group(self) -> str | None:
        """The class, also where a spreadsheet program made a date of ``1-2``."""
        cell = self.cell("pupil.group")
        if not cell or not looks_like_date(cell.text):
            return cell.text if cell else None
        group = group_from_date(cell.text)
        self.remark("group_was_date" if group else "group_date", cell)
        return group
