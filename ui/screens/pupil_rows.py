"""The rows and columns of the list of pupils."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from schoolprivacy.consents.board import AnswerRow
from schoolprivacy.consents.terms import Answer
from schoolprivacy.people.directory import Listed
from schoolprivacy.people.names import (
    full_name,
    group_label,
    natural_sort_key,
    plain,
    register_name,
    surname_sort_key,
)
from ui import theme
from ui.fields import show_date
from ui.table import Column
from ui.words import tr

_OPEN = (Answer.NOT_ASKED, Answer.NO_ANSWER, Answer.EXPIRED)


@dataclass(frozen=True, slots=True)
class Line:
    """A pupil in the table, with where the consents stand."""

    listed: Listed
    answers: AnswerRow


def sits_in(line: Line, group: str) -> bool:
    """Whether a pupil is in this group; "" is in none."""
    placement = line.listed.placement
    return placement.is_in(group) if group else not placement.group_name


def found_in(line: Line) -> str:
    """What is searched: the names of the child and its guardians."""
    return " ".join((full_name(line.listed.pupil), *line.listed.guardians))


def columns() -> tuple[Column[Line], ...]:
    """The columns of the table."""
    return (
        Column(
            tr("Naam"),
            lambda line: register_name(line.listed.pupil),
            speaks=_spoken,
            width=210,
        ),
        Column(
            tr("Roepnaam"),
            lambda line: line.listed.pupil.call_name,
            width=100,
        ),
        Column(tr("Groep"), lambda line: line.listed.placement.group_name, width=95),
        Column(tr("Leerjaar"), lambda line: line.listed.placement.year_level, width=80),
        Column(
            tr("Geboren"),
            lambda line: show_date(line.listed.pupil.born_on),
            width=110,
        ),
        Column(
            tr("Toestemmingen"),
            lambda line: _state(line)[0],
            icon=lambda line: _state_icon(_state(line)),
            width=140,
        ),
        Column(tr("Ouders en verzorgers"), lambda line: ", ".join(line.listed.guardians)),
    )


def _spoken(line: Line) -> str:
    name, group = full_name(line.listed.pupil), group_label(line.listed.placement.group_name)
    left = tr("van school") if line.listed.has_left else ""
    return ", ".join(filter(None, (name, group, left)))


def _state(line: Line) -> tuple[str, str, str]:
    """Where the consents of a pupil stand: words, icon and colour."""
    if line.listed.has_left:
        return tr("van school"), "", ""
    if set(line.answers) <= {Answer.NOT_ASKED}:
        return tr("niet gevraagd"), "minus", "open"
    if Answer.CONFLICT in line.answers:
        return tr("oneens"), "split", "special"
    left = sum(each in _OPEN for each in line.answers)
    if left:
        return tr("{n} open").format(n=left), "circle-dashed", "open"
    return tr("compleet"), "circle-check", "yes"


def _state_icon(state: tuple[str, str, str]) -> Any:
    _, icon, colour = state
    return theme.icon(icon, colour, 16) if icon else None


# — in what order, by column —


def _by_surname(line: Line) -> tuple[str, str, str]:
    return surname_sort_key(line.listed.pupil)


def _then_surname(of: Callable[[Line], Any]) -> Callable[[Line], Any]:
    return lambda line: (of(line), _by_surname(line))


ORDER: tuple[Callable[[Line], Any], ...] = (
    _by_surname,
    _then_surname(lambda line: plain(line.listed.pupil.call_name)),
    _then_surname(lambda line: natural_sort_key(line.listed.placement.group_name)),
    _then_surname(lambda line: natural_sort_key(line.listed.placement.year_level)),
    _then_surname(lambda line: line.listed.pupil.born_on or date.min),
    _then_surname(lambda line: natural_sort_key(_state(line)[0])),
    _then_surname(lambda line: plain(" ".join(line.listed.guardians))),
)
"""What the rows are put in order by, for each of the columns."""
