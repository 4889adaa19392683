"""The rows and columns of the list "door te voeren in het LAS"."""

from __future__ import annotations

from schoolprivacy.people.las_list import LasChange
from schoolprivacy.people.names import group_label
from ui.fields import show_date
from ui.table import Column
from ui.words import tr


def whose(change: LasChange) -> str:
    """Whose datum it is: that of the guardian, or of the child."""
    return change.person or tr("leerling")


def children(change: LasChange) -> str:
    """The child, or all children of the guardian."""
    return ", ".join(change.pupils)


def shown_value(value: str) -> str:
    return value or tr("(leeg)")


def stand(change: LasChange) -> str:
    """Since when it waits, or how it was done."""
    if change.done_on is None:
        return tr("sinds {day}").format(day=show_date(change.noted_on))
    how = tr("bevestigd {day}") if change.by_import else tr("afgevinkt {day}")
    return how.format(day=show_date(change.done_on))


def found_in(change: LasChange) -> str:
    """What is searched; not the values."""
    return " ".join((*change.pupils, change.person, change.label, group_label(change.group)))


def columns() -> tuple[Column[LasChange], ...]:
    """The columns of the table."""
    return (
        Column(tr("Leerling"), children, speaks=_spoken, width=170),
        Column(tr("Groep"), lambda each: group_label(each.group), width=84),
        Column(tr("Van"), whose, width=140),
        Column(tr("Gegeven"), lambda each: each.label, width=120),
        Column(tr("Was"), lambda each: shown_value(each.before), width=150),
        Column(tr("Wordt"), lambda each: shown_value(each.after), width=150),
        Column(tr("Stand"), stand, sorts=lambda each: (each.done_on or each.noted_on).isoformat()),
    )


def _spoken(change: LasChange) -> str:
    changed = tr("was {before}, wordt {after}").format(
        before=shown_value(change.before), after=shown_value(change.after)
    )
    return ", ".join((children(change), whose(change), change.label, changed))
