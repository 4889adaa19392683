"""Sharing data for a while: with whom, what for, until when, and of which pupils it may be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from schoolprivacy.consents.sharing.sharings import sharing
from schoolprivacy.errors import RefusedError
from ui.desk import Desk, Place
from ui.fields import button
from ui.screen import Screen
from ui.screens.sharing_detail import SharingDetail
from ui.screens.sharing_list import SharingList
from ui.screens.sharing_new import NewSharingDialog
from ui.theme import px
from ui.words import tr


class SharingScreen(Screen):
    """The list, and one of them when it is opened."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Gegevens delen voor een tijdje"))
        self._code = ""  # of the one that is open
        self._new = button(
            tr("Nieuwe afspraak…"), self._start, icon="plus", kind="primary", tip=tr("Ctrl+N")
        )
        self.add_actions(self._new)
        self.list, self.detail = SharingList(desk), SharingDetail(desk)
        self.list.opened.connect(self._open)
        self.list.new_wanted.connect(self._start)
        self.detail.closed.connect(self._to_list)
        self._pages = QStackedWidget()
        self._pages.setMinimumHeight(px(60))  # at 200 % with two banners there is no more room
        for page in (self.list, self.detail):
            self._pages.addWidget(page)
        self.content.addWidget(self._pages, 1)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self._start)
        for keys in ("Alt+Up", "Esc"):
            shortcut = QShortcut(QKeySequence(keys), self.detail)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._to_list)

    # — showing —

    def refresh(self) -> None:
        if self._code:
            try:
                of = sharing(self.desk.school, self._code)
            except RefusedError:  # taken back since
                self._code = ""
            else:
                self.set_head(of.party)
                self.detail.show_sharing(of)
        if not self._code:
            self.set_head(tr("Gegevens delen voor een tijdje"))
            self.detail.forget()
            self.list.refresh()
        self._new.setVisible(not self._code and not self.desk.school.read_only)
        self._pages.setCurrentWidget(self.detail if self._code else self.list)

    def open_at(self, place: Place) -> None:
        """The list, or the page of ``sharing``."""
        self._code = place.detail.get("sharing", "")
        self.refresh()

    def detail_to_reopen(self) -> Mapping[str, Any]:
        return {"sharing": self._code} if self._code else {}

    def focus_first(self) -> None:
        (self.detail if self._code else self.list).focus_first()

    # — going about —

    def _open(self, code: str) -> None:
        self.desk.go("sharing", sharing=code)

    def _to_list(self) -> None:
        code = self._code
        self.desk.go("sharing")
        self.list.go_to(code)

    def _start(self) -> None:
        if self._new.isHidden():
            return
        dialog = NewSharingDialog(self.desk, self)
        dialog.accepted.connect(lambda: self._open(dialog.code))
        dialog.open()
