"""Spreadsheets (CSV, xlsx, ods, xls) of a school into a Roster: find the header, read the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from schoolprivacy.errors import ImportFileError
from schoolprivacy.exchange.columns import (
    IGNORE,
    NAMES_A_PUPIL,
    PARENT_KEYS,
    Placement,
    fingerprint,
    place,
    understand,
)
from schoolprivacy.exchange.persons import read_parent, read_pupil
from schoolprivacy.exchange.roster import Problem, Roster, RosterPupil, Severity
from schoolprivacy.exchange.rows import Cell, Row
from schoolprivacy.exchange.tables import Table, read_csv, read_workbook

SOURCE = "spreadsheet"

Remembered = Callable[[str], Mapping[str, str]]

_HEADER_WITHIN = 30  # rows: titles, a date of printing, empty rows


def read_csv_roster(data: bytes, columns: Mapping[str, str], remembered: Remembered) -> Roster:
    """Read separated text. Parameters and errors as ``reading.read_roster``."""
    return _read([read_csv(data)], columns, remembered)


def read_workbook_roster(data: bytes, columns: Mapping[str, str], remembered: Remembered) -> Roster:
    """Read the first sheet with a header. Parameters and errors as ``reading.read_roster``."""
    return _read(read_workbook(data), columns, remembered)


def _read(tables: list[Table], columns: Mapping[str, str], remembered: Remembered) -> Roster:
    table, header_row = choose_table(tables)
    problems = list(table.problems)
    if len(tables) > 1:
        problems.append(Problem(Severity.WARNING, "other_sheets", {"sheet": table.name}))
    headers = headers_of(table.rows, header_row)
    identity = fingerprint(headers)
    placement = place(headers, columns, remembered(identity))
    if not set(placement.columns.values()) - {IGNORE} and not columns:
        raise ImportFileError("import_file.no_header")
    pupils = _pupils(table.rows, header_row, headers, placement, problems)
    return Roster(
        source=SOURCE,
        kind=table.kind,
        pupils=pupils,
        groups=tuple(dict.fromkeys(pupil.group for pupil in pupils if pupil.group)),
        problems=tuple(problems),
        dropped=placement.dropped,
        unplaced=placement.unplaced,
        columns=placement.columns,
        header_fingerprint=identity,
    )


def choose_table(
    tables: list[Table], understands: Callable[[str], object] = understand
) -> tuple[Table, int]:
    """The first sheet and row that read like a header; else the first with two filled cells.

    :param understands: gives something of a cell that can be a header
    :raises ImportFileError: there is none
    """
    first: tuple[Table, int] | None = None
    for table in tables:
        for index, row in enumerate(table.rows[:_HEADER_WITHIN]):
            if sum(map(bool, row)) < 2:
                continue
            first = first or (table, index)
            if sum(1 for cell in row if cell and understands(cell)) >= 2:
                return table, index
    if not first:
        raise ImportFileError("import_file.no_header")
    return first


def headers_of(rows: list[list[str]], header_row: int) -> list[str]:
    """A name for each column that has a header or any contents, each name once."""
    width = max(map(len, rows[header_row:]))
    names: list[str] = []
    seen: set[str] = set()
    for index in range(width):
        written = rows[header_row][index] if index < len(rows[header_row]) else ""
        stem = name = written or f"kolom {index + 1}"
        number = 1
        while name.casefold() in seen:
            number += 1
            name = f"{stem} ({number})"
        seen.add(name.casefold())
        names.append(name)
    return names


def _pupils(
    rows: list[list[str]],
    header_row: int,
    headers: list[str],
    placement: Placement,
    problems: list[Problem],
) -> tuple[RosterPupil, ...]:
    codes = set(placement.columns.values())
    if not codes & NAMES_A_PUPIL:
        problems.append(Problem(Severity.ERROR, "no_pupil_columns"))
        return ()
    merging = _Merging(problems)
    for index, texts in enumerate(rows[header_row + 1 :], header_row + 2):
        if any(texts):
            row = Row(index, _cells(headers, texts, placement), placement.relations, problems)
            found = read_parent(row) if PARENT_KEYS in codes else [read_pupil(row)]
            for pupil in found:
                if pupil:
                    merging.add(pupil)
    if not merging.pupils:
        problems.append(Problem(Severity.ERROR, "no_pupils"))
    return tuple(merging.pupils)


def _cells(headers: list[str], texts: list[str], placement: Placement) -> dict[str, list[Cell]]:
    cells: dict[str, list[Cell]] = {}
    for index, (header, text) in enumerate(zip_longest(headers, texts, fillvalue="")):
        code = placement.columns.get(header, IGNORE)
        if text and code != IGNORE:
            cells.setdefault(code, []).append(Cell(index, header, text))
    return cells


@dataclass(slots=True)
class _Merging:
    """Brings rows of one pupil together: exports may have a row for each guardian."""

    problems: list[Problem]
    pupils: list[RosterPupil] = field(default_factory=list)
    by_key: dict[str, int] = field(default_factory=dict)
    by_name: dict[tuple[object, ...], int] = field(default_factory=dict)

    def add(self, pupil: RosterPupil) -> None:
        place = self._place(pupil)
        if place is None:
            place = len(self.pupils)
            self.pupils.append(pupil)
        else:
            self.pupils[place] = self._merged(self.pupils[place], pupil)
        if pupil.key:
            self.by_key.setdefault(pupil.key, place)
        if pupil.born_on:
            self.by_name.setdefault((*_name(pupil), pupil.born_on), place)

    def _place(self, pupil: RosterPupil) -> int | None:
        """Where the same pupil stands already: same key, or same name and birth date."""
        if pupil.key in self.by_key:
            place = self.by_key[pupil.key]
            there = self.pupils[place]
            if any(_name(there)) and any(_name(pupil)) and _name(there) != _name(pupil):
                raise ImportFileError(
                    "import_file.duplicate_keys", lines=f"{there.line}, {pupil.line}"
                )
            return place
        found = self.by_name.get((*_name(pupil), pupil.born_on)) if pupil.born_on else None
        if found is not None and pupil.key and self.pupils[found].key:
            return None  # two keys are two pupils, until a person says otherwise
        return found

    def _merged(self, there: RosterPupil, pupil: RosterPupil) -> RosterPupil:
        if there.born_on and pupil.born_on and there.born_on != pupil.born_on:
            self.problems.append(Problem(Severity.WARNING, "rows_differ", line=pupil.line))
        groups = dict.fromkeys([there.group, *there.other_groups, pupil.group])
        names = [group for group in groups if group]
        return replace(
            there,
            key=there.key or pupil.key,
            call_name=there.call_name or pupil.call_name,
            prefix=there.prefix or pupil.prefix,
            surname=there.surname or pupil.surname,
            given_names=there.given_names or pupil.given_names,
            born_on=there.born_on or pupil.born_on,
            year_level=there.year_level or pupil.year_level,
            group=names[0] if names else None,
            other_groups=tuple(names[1:]),
            came_on=there.came_on or pupil.came_on,
            left_on=there.left_on or pupil.left_on,
            guardians=tuple(dict.fromkeys([*there.guardians, *pupil.guardians])),
        )


def _name(pupil: RosterPupil) -> tuple[str, str, str]:
    return pupil.call_name.casefold(), pupil.prefix.casefold(), pupil.surname.casefold()
