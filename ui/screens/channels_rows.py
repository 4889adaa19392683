"""The rows and columns of the table of channels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from schoolprivacy.consents import records
from schoolprivacy.consents.publications.channel_records import read_channels
from schoolprivacy.consents.publications.channels import (
    Channel,
    channels_to_review,
    channels_without_purpose,
)
from schoolprivacy.consents.terms import Purpose, PurposeKind
from schoolprivacy.school import School
from ui import theme
from ui.fields import show_date
from ui.screens.channels_words import kind_word, of_group, seen_by
from ui.table import Column
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Line:
    """A channel in the table.

    :param purposes: their short names; of one that is not asked now, that too
    :param without: it is open and nobody is asked for it
    :param late: it is open and nobody looked at it for a year
    """

    channel: Channel
    purposes: tuple[str, ...]
    without: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Read:
    """All that the screen shows.

    :param purposes: those for pictures, in the school's order
    """

    lines: tuple[Line, ...]
    purposes: tuple[Purpose, ...]


def read_lines(school: School) -> Read:
    """Every channel with where it stands."""
    with school.reading() as session:
        purposes = records.purposes(session)
        without = {each.id for each in channels_without_purpose(session)}
        late = {each.id for each in channels_to_review(session)}
        everything = read_channels(session)
    named = {each.code: purpose_name(each) for each in purposes}
    lines = (
        Line(
            each,
            tuple(named[code] for code in each.purposes if code in named),
            each.id in without,
            each.id in late,
        )
        for each in everything
    )
    images = (each for each in purposes if each.kind is PurposeKind.IMAGE)
    return Read(tuple(lines), tuple(images))


def purpose_name(purpose: Purpose) -> str:
    """Its short name, and that the school does not ask for it now."""
    short = purpose.wording.short
    return short if purpose.switched_on else tr("{short} (staat uit)").format(short=short)


def found_in(line: Line) -> str:
    """What is searched."""
    each = line.channel
    return " ".join((each.name, each.medium, each.owner, each.group_name, *line.purposes))


def state(line: Line) -> tuple[str, str, str]:
    """Where a channel stands: words, icon and colour."""
    if line.channel.closed_on:
        return tr("gesloten"), "minus", "open"
    if line.without:
        return tr("geen doel"), "triangle-alert", "warn"
    if line.late:
        return tr("nakijken"), "history", "warn"
    return tr("in orde"), "circle-check", "yes"


def _state_icon(line: Line) -> Any:
    _, icon, colour = state(line)
    return theme.icon(icon, colour, 16)


def _spoken(line: Line) -> str:
    return ", ".join((line.channel.name, kind_word(line.channel.kind), state(line)[0]))


def columns() -> tuple[Column[Line], ...]:
    """The columns of the table."""
    return (
        Column(tr("Kanaal"), lambda line: line.channel.name, speaks=_spoken, width=185),
        Column(tr("Stand"), lambda line: state(line)[0], icon=_state_icon, width=112),
        Column(tr("Soort"), lambda line: kind_word(line.channel.kind), width=128),
        Column(tr("Wie ziet het"), lambda line: seen_by(line.channel), width=98),
        Column(
            tr("Doelen"),
            lambda line: ", ".join(line.purposes) or tr("geen"),
            width=140,
        ),
        Column(tr("Beheerder"), lambda line: line.channel.owner, width=110),
        Column(tr("Van"), lambda line: of_group(line.channel), width=98),
        Column(
            tr("Nagekeken"),
            lambda line: show_date(line.channel.reviewed_on) or tr("nog niet"),
            sorts=lambda line: f"{line.channel.reviewed_on or ''}",
        ),
    )
