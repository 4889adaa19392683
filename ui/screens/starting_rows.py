"""The rows and columns of the list of who starts at school."""

from __future__ import annotations

from typing import Any

from schoolprivacy.consents.starting import Starter
from schoolprivacy.people.names import group_label
from ui import theme
from ui.fields import show_date
from ui.table import Column
from ui.words import tr


def first_day(child: Starter) -> str:
    """The first day at school."""
    return show_date(child.starts_on) or tr("niet bekend")


def state(child: Starter) -> tuple[str, str, str]:
    """Where the form stands: words, icon and colour. What was answered is not for this list."""
    if not child.forms:
        return tr("geen formulier"), "triangle-alert", "no" if child.has_started else "warn"
    if child.is_answered:
        return tr("terug"), "circle-check", "yes"
    if child.back:
        return (
            tr("{back} van {all} terug").format(back=child.back, all=len(child.forms)),
            "circle-dashed",
            "warn",
        )
    return tr("nog niet terug"), "circle", "muted"


def found_in(child: Starter) -> str:
    """What is searched."""
    return " ".join((child.name, group_label(child.group), *child.forms))


def columns() -> tuple[Column[Starter], ...]:
    """The columns of the table."""
    return (
        Column(
            tr("Eerste dag"),
            first_day,
            sorts=lambda child: f"{child.has_started:d}{child.starts_on or 'onbekend'}",
            width=120,
        ),
        Column(tr("Leerling"), lambda child: child.name, speaks=_spoken, width=230),
        Column(tr("Groep"), _group, width=110),
        Column(tr("Formulier"), lambda child: state(child)[0], icon=_icon, width=170),
        Column(tr("Gemaakt op"), lambda child: show_date(child.printed_on), sorts=_made, width=120),
        Column(tr("Nummer"), lambda child: ", ".join(child.forms)),
    )


def _group(child: Starter) -> str:
    return group_label(child.group) if child.group else tr("nog geen")


def _made(child: Starter) -> str:
    return child.printed_on.isoformat() if child.printed_on else ""


def _icon(child: Starter) -> Any:
    _, icon, colour = state(child)
    return theme.icon(icon, colour, 16)


def _spoken(child: Starter) -> str:
    return ", ".join((child.name, first_day(child), state(child)[0]))
