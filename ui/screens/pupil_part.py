"""What the parts of a pupil's page have in common."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.people.dossier import Dossier
from ui.desk import Desk
from ui.table import Rows, Table
from ui.theme import px


class Part(QWidget):
    """One tab of a pupil's page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(0, px(12), px(6), px(6))
        self.content.setSpacing(px(12))

    def show_pupil(self, found: Dossier) -> None:
        """Show this pupil; again when something changed."""
        raise NotImplementedError

    def forget(self) -> None:
        """The page is left: keep nothing that is secret."""


def table_of(name: str, rows: Rows[Any], height: int) -> Table:
    """A table in the order of its rows.

    :param height: pixels at zoom 1 it takes at least
    """
    made = Table(name)
    made.setModel(rows)
    made.setMinimumHeight(px(height))
    made.setIconSize(QSize(px(16), px(16)))
    for place, column in enumerate(rows.columns):
        made.setColumnWidth(place, px(column.width))
    made.horizontalHeader().setStretchLastSection(True)
    return made
