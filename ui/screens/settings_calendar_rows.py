"""The rows and columns of the school's calendar: holidays, public holidays, own dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schoolprivacy.people.calendar import Calendar, CalendarEntry, EntryKind
from schoolprivacy.people.holidays import Holiday, kind_of, region_holidays
from ui.fields import show_date
from ui.table import Column
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Line:
    """One date or period, wherever it comes from.

    :param kind, source: what it is and where it comes from, in words
    :param entry: when the school noted it
    :param of_region: a holiday of the region, of which the school may note its own days
    """

    first: date
    last: date
    title: str
    kind: str
    source: str
    entry: CalendarEntry | None = None
    of_region: bool = False


def kind_name(kind: EntryKind) -> str:
    """What an entry is, in Dutch."""
    return {
        EntryKind.HOLIDAY: tr("Vakantie of vrije dag"),
        EntryKind.STUDY_DAY: tr("Studiedag"),
        EntryKind.MR: tr("MR"),
        EntryKind.OTHER: tr("Overig"),
    }[kind]


def lines_of(calendar: Calendar) -> list[Line]:
    """Everything of a school year, in order of day."""
    own = {
        (each.first, each.last, each.title)
        for each in calendar.entries
        if each.kind is EntryKind.HOLIDAY
    }
    regional = [
        each for each in calendar.holidays if (each.first, each.last, each.title) not in own
    ]
    found = [
        *(_of_region(each, calendar.region) for each in regional),
        *(_public(each) for each in calendar.public),
        *(_own(each, _replaced(each, calendar, regional)) for each in calendar.entries),
    ]
    return sorted(found, key=lambda each: (each.first, each.last, each.title))


def _of_region(holiday: Holiday, region: str) -> Line:
    source = tr("regio {region}, advies") if holiday.advised else tr("regio {region}")
    kind = tr("Schoolvakantie")
    said = source.format(region=region)
    return Line(holiday.first, holiday.last, holiday.title, kind, said, of_region=True)


def _public(holiday: Holiday) -> Line:
    kind, source = tr("Feestdag"), tr("landelijk")
    return Line(holiday.first, holiday.last, holiday.title, kind, source)


def _own(entry: CalendarEntry, replaces: bool) -> Line:
    source = tr("school, vervangt regio") if replaces else tr("eigen school")
    return Line(entry.first, entry.last, entry.title, kind_name(entry.kind), source, entry)


def _replaced(entry: CalendarEntry, calendar: Calendar, shown: list[Holiday]) -> bool:
    """Whether the region has a holiday of this kind that is not shown, because of the own one."""
    kind = kind_of(entry.title) if entry.kind is EntryKind.HOLIDAY else None
    there = {each.kind for each in region_holidays(calendar.region, calendar.year)}
    return kind is not None and kind in there - {each.kind for each in shown}


# — the table —


def columns() -> tuple[Column[Line], ...]:
    """The columns; the days first, because it is a calendar."""
    return (
        Column(tr("Wanneer"), when, sorts=_order, speaks=_spoken, width=258),
        Column(tr("Wat"), lambda each: each.title, width=168),
        Column(tr("Soort"), lambda each: each.kind, width=150),
        Column(tr("Komt van"), lambda each: each.source),
    )


def found_in(line: Line) -> str:
    """What is searched."""
    return f"{line.title} {line.kind} {line.source} {when(line)}"


def when(line: Line) -> str:
    """``ma 12-10-2026``, ``za 10-10-2026 t/m zo 18-10-2026``."""
    if line.first == line.last:
        return _day(line.first)
    return tr("{first} t/m {last}").format(first=_day(line.first), last=_day(line.last))


def _day(day: date) -> str:
    names = (tr("ma"), tr("di"), tr("wo"), tr("do"), tr("vr"), tr("za"), tr("zo"))
    return f"{names[day.weekday()]} {show_date(day)}"


def _order(line: Line) -> str:
    return f"{line.first.isoformat()} {line.last.isoformat()}"


def _spoken(line: Line) -> str:
    return ", ".join((line.title, when(line), line.kind, line.source))
