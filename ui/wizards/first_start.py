"""The guide from nothing to a school file whose paper key is known to work."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.school import School
from ui.wizards.first_pages import ColleaguePage, PassphrasePage, PlacePage
from ui.wizards.founding import Beginning, Founder
from ui.wizards.guide import Guide
from ui.wizards.paper_key import SheetPage, TypePage, prove_printed
from ui.wizards.school_page import SchoolPage
from ui.words import tr

_PASSPHRASE = 1  # the page where one goes on without a passphrase


class FirstStart(QWidget):
    """Makes a new school.

    It can be left on every page. Before the file exists what was typed stays in memory, without
    the passphrases; after that the school opens, and its overview shows what is still to do.

    :signal opened: the School; its first steps may not all be done
    :signal left: before there is a school file
    """

    opened = Signal(object)
    left = Signal()

    def __init__(self, begun: Beginning, founder: Founder) -> None:
        super().__init__()
        self._begun = begun
        self.sheet = SheetPage(self._school, lambda: begun.paper_key)
        self.typing = TypePage(self._prove, job=tr("De papieren sleutel controleren"))
        pages = (
            SchoolPage(begun),
            PassphrasePage(begun),
            ColleaguePage(begun),
            PlacePage(begun, founder),
            self.sheet,
            self.typing,
        )
        self.guide = Guide(pages, tr("Later verdergaan"))
        self.guide.left.connect(self._leave)
        self.guide.ended.connect(self._open)
        self.guide.turned.connect(self._note_page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.guide)

    def focus_first(self) -> None:
        """Show the page where the user was."""
        begun = self._begun
        known = begun.school or begun.passphrase
        self.guide.open_page(begun.page if known else min(begun.page, _PASSPHRASE))

    def _note_page(self, page: int) -> None:
        self._begun.page = page

    def _school(self) -> School:
        assert self._begun.school is not None
        return self._begun.school

    def _prove(self, typed: str) -> None:
        prove_printed(self._school(), self._begun.paper_key, typed)

    def _leave(self) -> None:
        if self._begun.school:
            self._open()
        else:
            self._begun.forget_secrets()
            self.left.emit()

    def _open(self) -> None:
        school: Any = self._school()
        self.sheet.forget()
        self._begun.school, self._begun.paper_key = None, ""
        self.opened.emit(school)
