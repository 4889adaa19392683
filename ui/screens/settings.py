"""The settings: a list of parts at the left, the chosen one beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QListWidget, QListWidgetItem, QStackedWidget

from ui import theme
from ui.desk import Desk, Place
from ui.fields import scrolled
from ui.screen import Screen
from ui.screens.settings_section import Section
from ui.theme import px
from ui.words import tr

_WIDE = 760  # pixels at zoom 1: below it the list is a choice above
_KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of the settings.

    :param made_by: module in ui.screens and class; imported when the part is first opened
    """

    key: str
    title: str
    icon: str
    made_by: tuple[str, str]

    def make(self, desk: Desk) -> Section:
        module, name = self.made_by
        maker: Callable[[Desk], Section] = getattr(import_module(f"ui.screens.{module}"), name)
        return maker(desk)


def _parts() -> tuple[_Part, ...]:
    return (
        _Part("school", tr("School"), "school", ("settings_school", "SchoolSection")),
        _Part("letter", tr("Logo en brief"), "mail", ("settings_letter", "LetterSection")),
        _Part("purposes", tr("Doelen"), "shield-check", ("settings_purposes", "PurposesSection")),
        _Part("term", tr("Termijnen"), "history", ("settings_term", "TermSection")),
        _Part("letters", tr("Brieven"), "file-text", ("settings_letters", "LettersSection")),
        _Part(
            "calendar",
            tr("Schoolkalender"),
            "calendar-days",
            ("settings_calendar", "CalendarSection"),
        ),
        _Part("users", tr("Gebruikers"), "users", ("settings_users", "UsersSection")),
        _Part(
            "paper_key",
            tr("Papieren sleutel"),
            "key-round",
            ("settings_paper_key", "PaperKeySection"),
        ),
        _Part("backups", tr("Back-ups"), "database-backup", ("settings_backups", "BackupsSection")),
        _Part("computer", tr("Deze computer"), "sun", ("settings_computer", "ComputerSection")),
        _Part("about", tr("Over het programma"), "info", ("settings_about", "AboutSection")),
    )


class SettingsScreen(Screen):
    """Everything a school chooses once; ``{"section": key}`` opens a part."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Instellingen"))
        self._parts = {each.key: each for each in _parts()}
        self._sections: dict[str, Section] = {}
        self._shown = next(iter(self._parts))
        self._list, self._combo = QListWidget(), QComboBox()
        self._stack = QStackedWidget()
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._fill()
        self._body.setSpacing(px(20))
        self.content.addLayout(self._body, 1)
        self._body.addWidget(self._list)
        self._body.addWidget(self._combo)
        self._body.addWidget(self._stack, 1)

    def _fill(self) -> None:
        name = tr("Onderdelen van de instellingen")
        for each in self._parts.values():
            item = QListWidgetItem(theme.icon(each.icon, "muted"), each.title)
            item.setData(_KEY, each.key)
            self._list.addItem(item)
            self._combo.addItem(theme.icon(each.icon, "muted"), each.title, each.key)
        self._list.setFixedWidth(px(200))
        for chooser in (self._list, self._combo):
            chooser.setIconSize(QSize(px(18), px(18)))
            chooser.setAccessibleName(name)
        self._list.currentItemChanged.connect(lambda item, _: self._choose(item.data(_KEY)))
        self._combo.activated.connect(lambda place: self._choose(self._combo.itemData(place)))

    # — going about —

    @property
    def section(self) -> Section:
        """The part that is open."""
        return self._section(self._shown)

    def _section(self, key: str) -> Section:
        if key not in self._sections:
            made = self._parts[key].make(self.desk)
            self._sections[key] = made
            self._stack.addWidget(scrolled(made))
        return self._sections[key]

    def _choose(self, key: str) -> None:
        if key != self._shown:
            self.desk.go("settings", section=key)

    def open_at(self, place: Place) -> None:
        key = place.detail.get("section", self._shown)
        if key != self._shown:
            self._mark()
            self.leave(lambda: self._open_section(key))
        else:
            self._open_section(key)

    def _open_section(self, key: str) -> None:
        section = self._section(key)
        self._shown = key
        section.refresh()
        section.heading.setVisible(not self._list.isHidden())
        self._stack.setCurrentIndex(list(self._sections).index(key))
        self._mark()

    def _mark(self) -> None:
        for chooser in (self._list, self._combo):
            chooser.blockSignals(True)
        place = list(self._parts).index(self._shown)
        self._list.setCurrentRow(place)
        self._combo.setCurrentIndex(place)
        for chooser in (self._list, self._combo):
            chooser.blockSignals(False)

    def refresh(self) -> None:
        if self._shown in self._sections:
            self.section.refresh()

    def detail_to_reopen(self) -> Mapping[str, Any]:
        return {"section": self._shown}

    def unsaved(self) -> str:
        if self._shown not in self._sections or not self.section.is_changed():
            return ""
        return tr("Wat u bij “{part}” hebt veranderd, is nog niet opgeslagen.").format(
            part=self._parts[self._shown].title
        )

    def discard(self) -> None:
        self.section.discard()

    def focus_first(self) -> None:
        """In the part itself; who walks along the list stays there."""
        chooser = self._combo if self._list.isHidden() else self._list
        if not chooser.hasFocus() and not self.section.focus_first():
            chooser.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(_WIDE)
        self._list.setVisible(wide)
        self._combo.setVisible(not wide)
        for section in self._sections.values():
            section.heading.setVisible(wide)  # the choice above says it too
        direction = QBoxLayout.Direction
        self._body.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
