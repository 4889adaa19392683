"""Search from every screen: a name, a group, or a form number."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from schoolprivacy.consents.form_code import SHORT_LENGTH, read_form_code
from schoolprivacy.errors import KnownError
from schoolprivacy.people.directory import Finder, Found, FoundBy, finder
from schoolprivacy.people.names import full_name, group_label
from ui import messages, theme
from ui.desk import Desk, Place
from ui.fields import SearchField
from ui.theme import px
from ui.words import tr

_PLACE = Qt.ItemDataRole.UserRole


class SearchBox(QWidget):
    """A field with what it finds beneath it; Enter opens the first, the arrows choose."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._finder: Finder | None = None
        self.field = SearchField(tr("Zoek een naam, groep of formuliernummer (Ctrl+F)"))
        self.field.setMaximumWidth(px(560))
        self.field.textEdited.connect(self._find)
        self.field.down.connect(self._into_list)
        self.field.returnPressed.connect(self._open_first)
        self.field.installEventFilter(self)
        self._popup = QFrame(self)
        self._popup.hide()
        self._popup.setObjectName("card")
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Gevonden"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFocusProxy(self.field)  # whose arrows choose in it
        self._list.itemClicked.connect(self._open)
        inside = QVBoxLayout(self._popup)
        inside.setContentsMargins(px(4), px(4), px(4), px(4))
        inside.addWidget(self._list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.field)
        desk.changed.connect(self._forget)

    def begin(self) -> None:
        """Start a new search."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _forget(self) -> None:
        self._finder = None

    # — finding —

    def _find(self, text: str) -> None:
        self._list.clear()
        if text.strip():
            for found in self._found(text):
                self._list.addItem(found)
        if not self._list.count() and text.strip():
            nothing = QListWidgetItem(tr("Niets gevonden. Kijk of het goed is getypt."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(nothing)
        self._list.setCurrentRow(0)
        self._show_popup(bool(text.strip()))

    def _found(self, text: str) -> list[QListWidgetItem]:
        listed = []
        if number := _form_number(text):
            listed.append(
                _item(
                    tr("Formulier {n} openen").format(n=number),
                    "file-text",
                    Place("entry", {"form": number}),
                )
            )
        if self._finder is None:
            self._finder = finder(self._desk.school)
        return listed + [_item_of(each) for each in self._finder.find(text)]

    def _show_popup(self, wanted: bool) -> None:
        """Over the screen, as a part of the window: it goes with it when the file is locked."""
        over = self.parentWidget()
        if over is not None and self._popup.parentWidget() is not over:
            self._popup.setParent(over)
        self._popup.setVisible(wanted)
        if wanted and over is not None:
            rows = min(self._list.count(), 12)
            height = self._list.sizeHintForRow(0)
            self._popup.setFixedSize(self.field.width(), rows * height + px(14))
            self._popup.move(self.field.mapTo(over, QPoint(0, self.field.height() + px(2))))
            self._popup.raise_()

    def texts(self) -> list[str]:
        """What is shown as found."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    # — choosing —

    def _into_list(self) -> None:
        last = self._list.count() - 1
        self._list.setCurrentRow(min(self._list.currentRow() + 1, last))

    def _open_first(self) -> None:
        if self._list.count() and self._popup.isVisible():
            self._open(self._list.currentItem())

    def _open(self, item: QListWidgetItem) -> None:
        place = item.data(_PLACE)
        if isinstance(place, Place):
            self._close()
            with messages.told(self):
                self._desk.going.emit(place)

    def _close(self) -> None:
        self._popup.hide()
        self.field.clear()
        self._list.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._popup.hide()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Up:
                self._list.setCurrentRow(max(0, self._list.currentRow() - 1))
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._close()
                return True
        return super().eventFilter(watched, event)


def _form_number(text: str) -> str:
    """The text, when it can be (the beginning of) a form number."""
    packed = text.replace(" ", "").replace("-", "")
    if len(packed) < SHORT_LENGTH or not packed[:2].isdigit():
        return ""
    try:
        read_form_code(text)
    except KnownError:
        return ""
    return text.strip()


def _item(text: str, icon: str, place: Place) -> QListWidgetItem:
    made = QListWidgetItem(theme.icon(icon, "muted"), text)
    made.setData(_PLACE, place)
    return made


def _item_of(found: Found) -> QListWidgetItem:
    if found.pupil is None:
        place = Place("pupils", {"group": found.group})
        return _item(tr("{g}: alle leerlingen").format(g=group_label(found.group)), "users", place)
    pupil, placement = found.pupil.pupil, found.pupil.placement
    where = tr("van school") if found.pupil.has_left else group_label(placement.group_name)
    by = tr(" (gevonden op de naam van een ouder)") if found.by is FoundBy.GUARDIAN else ""
    return _item(f"{full_name(pupil)} – {where}{by}", "user", Place("pupil", {"pupil": pupil.id}))
