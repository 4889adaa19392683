"""EDEXML 1.03, 2.0 and 2.1 (Edustandaard), the pupil export of every Dutch LAS, into a Roster.

The XSD is no gate: its list of school years has ended and real files have empty elements, so
what looks odd is a remark and what is unknown is passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time

from schoolprivacy.errors import ImportFileError
from schoolprivacy.exchange.edexml_parse import (
    COMBINED_GROUP,
    GROUP,
    EdexFile,
    Entry,
    parse_edexml,
)
from schoolprivacy.exchange.roster import Problem, Roster, RosterPupil, Severity
from schoolprivacy.exchange.values import read_iso_date, read_year_level
from schoolprivacy.schoolyear import SchoolYear

SOURCE = "edexml"

_BRIN = re.compile(r"([0-9]{2}[A-Z]{2})([0-9]{2})?")
_VERSION = re.compile(r"[0-9](?:\.[0-9]{1,2}){1,2}")


def read_edexml(data: bytes) -> Roster:
    """Read an EDEXML file.

    :param data: the whole file
    :raises ImportFileError: no (whole, safe) EDEXML, or the same pupil key twice
    """
    return _Reading(parse_edexml(data)).roster()


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    level: str


class _Reading:
    """One file on its way to a Roster; collects the remarks on the way."""

    def __init__(self, file: EdexFile) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.groups: dict[tuple[str, str], _Group] = {}

    def roster(self) -> Roster:
        school = self.file.school or Entry("school", 0, "", 0)
        self._say_what_the_bytes_were()
        brin, location = self._brin(school)
        year = self._school_year(school)
        names = self._read_groups()
        _refuse_double_keys(self.file.pupils)
        pupils = tuple(self._pupil(entry) for entry in self.file.pupils)
        if not pupils:
            self.problems.append(Problem(Severity.ERROR, "no_pupils"))
        version = _VERSION.fullmatch(school.text("xsdversie"))
        return Roster(
            source=SOURCE,
            kind=f"EDEXML {version[0]}" if version else "EDEXML",
            pupils=pupils,
            brin=brin,
            location=location,
            school_key=school.text("instellingsnummer") or school.text("schoolkey"),
            school_year=year,
            made_at=_moment(school.text("aanmaakdatum")) or _moment(school.text("peildatum")),
            groups=names,
            problems=tuple(self.problems),
            dropped=self.file.told,
        )

    def _warn(self, key: str, line: int | None = None, **values: object) -> None:
        self.problems.append(Problem(Severity.WARNING, key, values, line))

    def _say_what_the_bytes_were(self) -> None:
        if self.file.decoded.guessed:
            self._warn("encoding")
        elif self.file.decoded.encoding == "utf-16":
            self.problems.append(Problem(Severity.NOTE, "utf16"))

    def _brin(self, school: Entry) -> tuple[str | None, str]:
        """BRIN and location; a Flemish school has none, which is no problem."""
        written = re.sub(r"\s", "", school.text("brincode")).upper()
        location = re.sub(r"\s", "", school.text("dependancecode"))
        location = location.zfill(2) if location.isdecimal() else location
        found = _BRIN.fullmatch(written)
        if found:
            return found[1], location or found[2] or ""
        if written:
            self._warn("brin", school.lines["brincode"])
        return None, location

    def _school_year(self, school: Entry) -> SchoolYear | None:
        try:
            year = SchoolYear.parse(school.text("schooljaar"))
        except ValueError:
            year = None
        if year and 1990 <= year.start <= 2100:
            return year
        self._warn("school_year", school.lines.get("schooljaar"))
        return None

    def _read_groups(self) -> tuple[str, ...]:
        """Remember the groups by key; their names, each once.

        A combination group may stand there once per year level under one name: it shows once.
        """
        for entry in self.file.groups:
            name = entry.text("naam") or entry.key
            group = _Group(name, self._year_level(entry))
            if entry.key and self.groups.setdefault((entry.tag, entry.key), group).name != name:
                self._warn("group_key_twice", entry.line)
        names = (entry.text("naam") or entry.key for entry in self.file.groups)
        return tuple(dict.fromkeys(name for name in names if name))

    def _year_level(self, entry: Entry) -> str:
        written = entry.text("jaargroep")
        level = read_year_level(written) if written else ""
        if level is None:
            self._warn("year_level", entry.lines["jaargroep"])
        return level or ""

    def _pupil(self, entry: Entry) -> RosterPupil:
        groups = self._groups_of(entry)
        names = tuple(dict.fromkeys(group.name for group in groups))
        call_name = entry.text("roepnaam") or entry.text("voornamen").partition(" ")[0]
        call_name = call_name or entry.text("voorletters-1")
        if not call_name and not entry.text("achternaam"):
            self._warn("no_name", entry.line)
        return RosterPupil(
            line=entry.line,
            key=_real_key(entry.key),
            call_name=call_name,
            prefix=entry.text("voorvoegsel"),
            surname=entry.text("achternaam"),
            given_names=entry.text("voornamen"),
            born_on=self._date(entry, "geboortedatum"),
            year_level=self._year_level(entry) or next((g.level for g in groups if g.level), ""),
            group=names[0] if names else None,
            other_groups=names[1:],
            came_on=self._date(entry, "instroomdatum"),
            left_on=self._date(entry, "uitstroomdatum"),
        )

    def _groups_of(self, entry: Entry) -> list[_Group]:
        """The pupil's class first; a pupil in combined groups only has the first as class."""
        found = []
        for kind in (GROUP, COMBINED_GROUP):
            for reference in entry.groups:
                if reference[0] == kind and reference in self.groups:
                    found.append(self.groups[reference])
                elif reference[0] == kind and reference[1]:
                    self._warn("unknown_group", entry.line)
        return found

    def _date(self, entry: Entry, name: str) -> date | None:
        written = entry.text(name)
        day = read_iso_date(written)
        if written and not day:
            self._warn("edexml_date", entry.lines[name], field=name)
        return day


def _refuse_double_keys(pupils: list[Entry]) -> None:
    keys = Counter(key for entry in pupils if (key := _real_key(entry.key)))
    lines = [str(entry.line) for entry in pupils if keys[entry.key] > 1]
    if lines:
        raise ImportFileError("import_file.duplicate_keys", lines=", ".join(lines))


def _real_key(key: str) -> str | None:
    """A key that starts with # was made up for this one file."""
    return key if key and not key.startswith("#") else None


def _moment(text: str) -> datetime | None:
    """The wall clock as the writing program gave it, to the second.

    A time zone is let go: some programs write one and others do not, and moments with and
    without one cannot be compared.
    """
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None, microsecond=0)
    except ValueError:
        day = read_iso_date(text)
        return datetime.combine(day, time()) if day else None
