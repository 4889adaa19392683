"""The page of one pupil."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget

from schoolprivacy.people.directory import Listed, directory
from schoolprivacy.people.dossier import dossier
from schoolprivacy.people.names import full_name
from schoolprivacy.people.terms import PlacedPupil
from ui.desk import Desk, Place
from ui.fields import button, card, label, row, scrolled, show_date
from ui.screen import Screen
from ui.screens.pupil_consents import ConsentsTab
from ui.screens.pupil_editing import ChangePupilDialog
from ui.screens.pupil_evidence import EvidenceTab
from ui.screens.pupil_exchanges import ExchangesTab
from ui.screens.pupil_family import FamilyTab
from ui.screens.pupil_forms import FormsTab
from ui.screens.pupil_past import PastTab
from ui.screens.pupil_words import age, may_change, placement_words
from ui.theme import px
from ui.words import tr


class PupilScreen(Screen):
    """Everything about one child, and the way to change it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Leerling"))
        self._title.setWordWrap(True)
        self._id = ""
        self._listed: Listed | None = None
        self._classmates: list[str] = []
        self._add_head()
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setMinimumHeight(px(70))  # at 200 % with two banners there is no more room
        for each in (self._tabs, self._tabs.tabBar()):
            each.setAccessibleName(tr("Over deze leerling"))
        self._evidence = EvidenceTab(desk)
        self._parts = (
            (FamilyTab(desk), tr("&Gezin")),
            (ConsentsTab(desk), tr("&Toestemmingen")),
            (FormsTab(desk), tr("&Formulieren")),
            (self._evidence, tr("&Bewijsstukken")),
            (ExchangesTab(desk), tr("&Uitwisseling")),
            (PastTab(desk), tr("Ge&schiedenis")),
        )
        for part, title in self._parts:
            self._tabs.addTab(scrolled(part), title)
        self._nobody = card(
            label(tr("Er is geen leerling gekozen."), "heading"),
            row(button(tr("Kies een leerling"), lambda: desk.go("pupils"), icon="users"), None),
        )
        self._list = button(
            tr("Terug naar de lijst"), self._to_list, kind="link", tip=tr("Alt+↑ of Escape")
        )
        self.content.addWidget(self._list, alignment=Qt.AlignmentFlag.AlignLeft)
        self.content.addWidget(self._nobody)
        self.content.addWidget(self._tabs, 1)

    def _add_head(self) -> None:
        before = tr("Vorige leerling van de groep (Alt+←)")
        after = tr("Volgende leerling van de groep (Alt+→)")
        self._back = button("", lambda: self._step(-1), icon="chevron-left", tip=before)
        self._on = button("", lambda: self._step(1), icon="chevron-right", tip=after)
        self._change = button(tr("Wijzigen…"), self._edit, icon="pencil", kind="primary")
        self._change.setAccessibleName(tr("Leerling wijzigen"))
        self._head_buttons = (self._back, self._on, self._change)
        self.add_actions(*self._head_buttons)
        for keys, step in (("Alt+Left", -1), ("Alt+Right", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda s=step: self._step(s))
        for keys in ("Alt+Up", "Esc"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._to_list)

    # — showing —

    def open_at(self, place: Place) -> None:
        """The page of ``pupil``, at what is kept as ``evidence`` when that is asked for.

        Without a pupil the page asks for one.
        """
        self._id = place.detail.get("pupil", "")
        self.refresh()
        if place.detail.get("evidence"):
            self._tabs.setCurrentIndex([part for part, _ in self._parts].index(self._evidence))

    def refresh(self) -> None:
        self._nobody.setVisible(not self._id)
        self._tabs.setVisible(bool(self._id))
        for each in (*self._head_buttons, self._list):
            each.setVisible(bool(self._id))
        if not self._id:
            self.set_head(tr("Leerling"))
            return
        everyone = directory(self.desk.school, leavers=True)
        self._listed = listed = next((e for e in everyone if e.pupil.id == self._id), None)
        if listed is None:  # taken back since
            self._id = ""
            self.refresh()
            return
        self._classmates = _classmates(everyone, listed)
        found = dossier(self.desk.school, self._id)
        self.set_head(full_name(found.pupil), self._about(listed))
        self._show_steps()
        for part, _ in self._parts:
            part.show_pupil(found)

    def _about(self, listed: Listed) -> str:
        pupil = listed.pupil
        parts = [placement_words(listed.placement)]
        if pupil.born_on:
            years = age(pupil.born_on, self.desk.school.clock.today())
            born = tr("geboren {day} ({years} jaar)")
            parts.append(born.format(day=show_date(pupil.born_on), years=years))
        if pupil.left_on:
            parts.append(tr("laatste schooldag {day}").format(day=show_date(pupil.left_on)))
        if listed.has_left:
            parts.append(tr("van school"))
        return " · ".join(parts)

    def _show_steps(self) -> None:
        place = self._classmates.index(self._id) if self._id in self._classmates else -1
        self._back.setEnabled(place > 0)
        self._on.setEnabled(0 <= place < len(self._classmates) - 1)

    def hideEvent(self, event: QHideEvent) -> None:
        """Who leaves the page leaves nothing on it: no secret, and nobody who may be undone."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._id = ""
            self._tabs.setCurrentIndex(0)
            for part, _ in self._parts:
                part.forget()

    def focus_first(self) -> None:
        self._tabs.tabBar().setFocus()

    # — going about —

    def _to_list(self) -> None:
        self.desk.go("pupils")

    def _step(self, by: int) -> None:
        """To the next pupil of the group."""
        if self._id in self._classmates:
            place = self._classmates.index(self._id) + by
            if 0 <= place < len(self._classmates):
                self.desk.go("pupil", pupil=self._classmates[place])

    # — changing —

    def _edit(self) -> None:
        if self._listed and may_change(self.desk, self):
            child = PlacedPupil(self._listed.pupil, self._listed.placement)
            ChangePupilDialog(self, self.desk, child).open()


def _classmates(everyone: list[Listed], of: Listed) -> list[str]:
    group = of.placement.group_name
    return [
        each.pupil.id
        for each in everyone
        if each.placement.group_name == group and each.has_left == of.has_left
    ]
