"""Who may be on this photo: a few letters of a name, or a whole group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from schoolprivacy.consents.photos.who_may import MOST_FOUND, PhotoTable, check, who_may
from schoolprivacy.consents.terms import Purpose
from schoolprivacy.people.directory import directory, groups
from schoolprivacy.people.names import group_label
from ui import messages
from ui.desk import Desk, Place
from ui.fields import ChoiceField, SearchField, button, card, go_to, label, row, scrolled
from ui.photo_answers import PhotoLegend
from ui.screen import Screen
from ui.screens.photos_board import PhotoBoard
from ui.screens.photos_choices import ForDialog, not_looked_at, remember_not
from ui.screens.photos_sheets import ClassSheetDialog, EventSheetDialog
from ui.theme import px
from ui.words import counted, tr

_WIDE = 800  # pixels at zoom 1 from which the fields stand beside one another
_REMEMBERED = "photos.not"


class PhotosScreen(Screen):
    """For whoever holds the camera: the answer, never the reason."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Wie mag op de foto?"))
        self._purposes: tuple[Purpose, ...] = ()
        self._found = PhotoTable((), ())
        self._of_class = button(
            tr("&Groepslijst (vast)…"), self._open_class, tip=tr("Alle kinderen, alle doelen")
        )
        self._of_event = button(
            tr("&Lijst voor een gebeurtenis…"), self._open_event, icon="printer", kind="primary"
        )
        self._usual_texts = self._of_class.text(), self._of_event.text()
        self.add_actions(self._of_class, self._of_event)
        self._make_fields()
        self.board = PhotoBoard()
        self.board.typed.connect(self._type_on)
        self.board.emptied.connect(self._empty)
        self._legend = PhotoLegend()
        self._count = label("", "muted", wrap=True)
        self._build()

    # — what stands there —

    def _make_fields(self) -> None:
        self.search = _NameField()
        self.search.textChanged.connect(self._search_typed)
        self.search.down.connect(self._into_board)
        self.search.returnPressed.connect(self._into_board)
        self.group = ChoiceField()
        self.group.setAccessibleName(tr("Groep"))
        self.group.setMinimumContentsLength(14)
        self.group.currentIndexChanged.connect(self._group_chosen)
        self._for = button("", self._choose_purposes, tip=tr("Kies welke doelen u wilt zien"))
        self._bar = QWidget()
        self._bar_grid = QGridLayout(self._bar)
        self._bar_grid.setContentsMargins(0, 0, 0, 0)
        self._bar_grid.setSpacing(px(10))

    def _build(self) -> None:
        self._shown = QWidget()
        self._inside = QVBoxLayout(self._shown)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(px(10))
        self._inside.addWidget(self._count)
        self._inside.addWidget(self.board, 1)
        self._inside.addWidget(self._legend)
        self._begin = _Said(
            tr("Wie staat er voor u?"),
            tr("Typ een paar letters van de naam. Of kies een groep."),
        )
        self._no_match = _Said(
            tr("Geen kind met deze naam."),
            tr(
                "Kijk of de naam goed is getypt. Staat een kind er echt niet bij? Dan mag het "
                "niet op de foto."
            ),
        )
        self._nobody = _Said(
            tr("Er staan nog geen leerlingen in het schoolbestand."),
            tr("Haal ze uit uw leerlingadministratie."),
            button(tr("Leerlingen importeren"), lambda: self.desk.go("import"), icon="upload"),
        )
        self._no_purpose = _Said(
            tr("Er is geen doel voor foto's dat aanstaat."),
            tr("Zolang er niets is gevraagd, mag niemand herkenbaar op de foto."),
            button(
                tr("Doelen kiezen"),
                lambda: self.desk.go("settings", section="purposes"),
                icon="settings",
            ),
        )
        self._pages = QStackedWidget()
        for page in (self._shown, self._begin, self._no_match, self._nobody, self._no_purpose):
            self._pages.addWidget(page)
        body = QWidget()
        within = QVBoxLayout(body)
        within.setContentsMargins(0, 0, 0, 0)
        within.setSpacing(px(12))
        within.addWidget(self._bar)
        within.addWidget(self._pages, 1)
        self.content.addWidget(scrolled(body), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The field beside the choices, or above them when there is no room."""
        super().resizeEvent(event)
        wide = self.width() >= px(_WIDE)
        places = ((0, 0, 1), (0, 1, 1), (0, 2, 1)) if wide else ((0, 0, 2), (1, 0, 1), (1, 1, 1))
        for each, (down, right, span) in zip(
            (self.search, self.group, self._for), places, strict=True
        ):
            self._bar_grid.addWidget(each, down, right, 1, span)
        for column, stretch in enumerate((1, 0, 0) if wide else (1, 1, 0)):
            self._bar_grid.setColumnStretch(column, stretch)
        self._inside.removeWidget(self._count)
        self._inside.insertWidget(0 if wide else 1, self._count)  # the children come first
        self._legend.set_wide(wide=wide)
        texts = self._usual_texts if wide else (tr("&Groepslijst…"), tr("Gebeurtenis&lijst…"))
        for each, text in zip((self._of_class, self._of_event), texts, strict=True):
            each.setText(text)

    # — showing —

    def refresh(self) -> None:
        with messages.told(self):
            self._purposes = check(self.desk.school, "").purposes
            self._offer_groups(groups(self.desk.school))
            self._show()

    def _offer_groups(self, names: list[str]) -> None:
        chosen = self.group.value()
        self.group.blockSignals(True)
        self.group.offer([(tr("Kies een groep"), None), *((group_label(n), n) for n in names)])
        self.group.choose(chosen)
        self.group.blockSignals(False)

    def _show(self) -> None:
        """Who is meant by what is typed or chosen now."""
        school, codes, typed = self.desk.school, self._codes(), self.search.text().strip()
        group = self.group.value()
        if typed:
            self._found = check(school, typed, codes)
        elif group is not None:
            self._found = who_may(school, [group], codes)
        else:
            self._found = PhotoTable((), ())
        rows = self._found.rows
        self.board.show_table(self._found, shows_groups=any(r.group != group for r in rows))
        self._count.setText(self._said(typed))
        self._tell_purposes()
        self._pages.setCurrentWidget(self._page(typed))

    def _page(self, typed: str) -> QWidget:
        if not self._purposes:
            return self._no_purpose
        if self._found.rows:
            return self._shown
        if typed:
            return self._no_match
        return self._begin if directory(self.desk.school) else self._nobody

    def _said(self, typed: str) -> str:
        many = len(self._found.rows)
        if typed and many >= MOST_FOUND:
            return tr("De eerste {n}. Typ meer letters.").format(n=many)
        return counted(many, tr("kind"), tr("kinderen"))

    def _codes(self) -> tuple[str, ...]:
        """The purposes one looks at; all of them when none of these is on any more."""
        out = not_looked_at(_REMEMBERED)
        codes = tuple(each.code for each in self._purposes)
        return tuple(each for each in codes if each not in out) or codes

    def _tell_purposes(self) -> None:
        many, all_ = len(self._codes()), len(self._purposes)
        text = tr("&Waarvoor: alle doelen")
        if many < all_:
            text = tr("&Waarvoor: {n} van {all} doelen").format(n=many, all=all_)
        self._for.setText(text)
        self._for.setAccessibleName(text.replace("&", ""))
        self._for.setEnabled(bool(self._purposes))
        for each in (self._of_class, self._of_event):
            each.setEnabled(bool(self._purposes and self.group.count() > 1))

    # — typing and choosing —

    def _search_typed(self, text: str) -> None:
        """Whoever types looks in the whole school."""
        if text and self.group.value() is not None:
            self._choose_group(None)
        self._show()

    def _group_chosen(self) -> None:
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._show()

    def _choose_group(self, group: str | None) -> None:
        self.group.blockSignals(True)
        self.group.choose(group)
        self.group.blockSignals(False)

    def _type_on(self, text: str) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(text)

    def _empty(self) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.clear()

    def _into_board(self) -> None:
        if self._found.rows:
            self.board.begin()
            go_to(self.board)

    def _choose_purposes(self) -> None:
        ForDialog(self, self._purposes, not_looked_at(_REMEMBERED), self._look_at).open()

    def _look_at(self, left_out: frozenset[str]) -> None:
        remember_not(_REMEMBERED, left_out)
        self._show()

    # — on paper —

    def _open_event(self) -> None:
        if self._of_event.isEnabled():
            EventSheetDialog(self, self.desk, self._purposes, self.group.value()).open()

    def _open_class(self) -> None:
        if self._of_class.isEnabled():
            ClassSheetDialog(self, self.desk, self.group.value()).open()

    # — going —

    def open_at(self, place: Place) -> None:
        """Show a ``group``, or who is called like ``text``; ``sheet`` opens that of an event."""
        if "text" in place.detail:
            self.search.setText(place.detail["text"])
        if place.detail.get("group") is not None:
            self.search.clear()
            self.group.choose(place.detail["group"])
        if place.detail.get("sheet") == "event":
            self._open_event()
        elif place.detail.get("sheet") == "class":
            self._open_class()

    def detail_to_reopen(self) -> Mapping[str, Any]:
        return {"text": self.search.text(), "group": self.group.value()}

    def focus_first(self) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.selectAll()  # the next name is typed over it


class _NameField(SearchField):
    """Large enough for who stands."""

    def __init__(self) -> None:
        super().__init__(tr("Typ drie letters van een naam"))
        self.setObjectName("code")
        self.setMinimumWidth(px(180))
        self.setMinimumHeight(px(48))
        self.setStyleSheet(f"font-size: {px(20)}px")


class _Said(QWidget):
    """What stands where the children would be, with a way on."""

    def __init__(self, heading: str, text: str, *acts: QWidget) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        parts = [label(heading, "heading", wrap=True), label(text, wrap=True)]
        layout.addWidget(card(*parts, *([row(*acts, None)] if acts else [])))
        layout.addStretch(1)
