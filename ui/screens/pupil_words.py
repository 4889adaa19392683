"""What the pages of pupils have in common: words, and how a change is told and taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from schoolprivacy.errors import RefusedError
from schoolprivacy.people.names import group_label
from schoolprivacy.people.terms import AuthoritySource, Guardian, Placement
from schoolprivacy.people.undoing import Undo, undo
from ui import messages
from ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.desk import Desk


def age(born_on: date, on: date) -> int:
    """Whole years."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def placement_words(placement: Placement) -> str:
    """``Groep 7/8, leerjaar 8``."""
    level = placement.year_level
    told = tr("leerjaar {n}").format(n=level) if level else ""
    return ", ".join(filter(None, (group_label(placement.group_name), told)))


def address_words(who: Guardian) -> str:
    """``Havenkade 143, 9992 ZB Voorbeelddorp``; "" without an address."""
    street = f"{who.street} {who.house_number}".strip()
    return ", ".join(filter(None, (street, f"{who.postcode} {who.place}".strip())))


def source_words(source: AuthoritySource) -> str:
    """Where the school knows about authority from."""
    return {
        AuthoritySource.NONE: "",
        AuthoritySource.IMPORT: tr("uit het leerlingenbestand"),
        AuthoritySource.FORM: tr("verklaard op een formulier"),
        AuthoritySource.OFFICE: tr("ingevuld door school"),
    }[source]


def together(names: Iterable[str]) -> str:
    """``Emma, Bram en Noor``."""
    *first, last = [*names] or [""]
    return tr("{some} en {last}").format(some=", ".join(first), last=last) if first else last


# — changing —


def may_change(desk: Desk, owner: QWidget) -> bool:
    """Whether the school file can be written in; if not, that is told before anything is typed."""
    if desk.school.read_only:
        messages.tell_error(owner, RefusedError("file.opened_read_only"))
    return not desk.school.read_only


def tell_done(desk: Desk, text: str, change: Undo) -> None:
    """Tell what was done, with the way back, and let every screen read it again."""

    def take_back() -> None:
        undo(desk.school, change)
        desk.tell_change()

    desk.say(text, take_back)
    desk.tell_change()
