"""Fields to fill in: with a label, a problem told beneath them, and a name for who cannot see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.theme import px
from ui.words import tr

_BESIDE = 50  # pixels seen around a field that is scrolled to


class Button(QPushButton):
    """A push button that Enter presses too; of itself Qt does so in dialogues only."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setAutoDefault(False)  # else Enter in a field of a dialogue presses just any button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.isAutoRepeat() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        else:
            self.click()


def button(
    text: str,
    does: Callable[[], object],
    *,
    icon: str = "",
    kind: str = "",
    tip: str = "",
) -> Button:
    """A push button.

    :param kind: ``primary``, ``danger``, ``link`` or ``flat``; an ordinary one without
    :param tip: also the accessible name when there is no text
    """
    made = Button(text)
    made.setObjectName(kind)
    if icon:
        made.setIcon(
            theme.icon(
                icon, {"primary": "on_accent", "danger": "no", "link": "accent"}.get(kind, "")
            )
        )
    made.setToolTip(tip)
    made.setAccessibleName(text.replace("&", "") or tip)
    made.clicked.connect(lambda _checked=False: does())
    return made


def label(text: str, kind: str = "", *, wrap: bool = False) -> QLabel:
    """Plain text; ``kind`` is a name of the style sheet: title, muted, small, strong, problem."""
    made = QLabel(text)
    made.setObjectName(kind)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    return made


def card(*content: QWidget, spacing: int = 10) -> QFrame:
    """A white box around things that belong together."""
    made = QFrame()
    made.setObjectName("card")
    layout = QVBoxLayout(made)
    layout.setContentsMargins(px(18), px(16), px(18), px(16))
    layout.setSpacing(px(spacing))
    for each in content:
        layout.addWidget(each)
    return made


def notice(text: str, kind: str = "notice") -> QFrame:
    """A coloured box with a message: ``notice``, ``trouble`` or ``done``."""
    made = QFrame()
    made.setObjectName(kind)
    layout = QHBoxLayout(made)
    layout.setContentsMargins(px(12), px(10), px(12), px(10))
    layout.setSpacing(px(10))
    picture = QLabel()
    sign = {"notice": ("triangle-alert", "warn"), "trouble": ("circle-x", "no")}
    picture.setPixmap(theme.pixmap(*sign.get(kind, ("circle-check", "yes"))))
    layout.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
    layout.addWidget(label(text, wrap=True), 1)
    return made


def row(*content: QWidget | None, spacing: int = 10) -> QWidget:
    """Things beside one another; None is the room between left and right."""
    made = QWidget()
    layout = QHBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(px(spacing))
    for each in content:
        if each is None:
            layout.addStretch(1)
        else:
            layout.addWidget(each)
    return made


def scrolled(content: QWidget) -> QScrollArea:
    """Content that scrolls when there is no room for it, e.g. at 200 %."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content.setObjectName(content.objectName() or "body")
    area.setWidget(content)
    return area


def go_to(field: QWidget) -> None:
    """Put the keyboard in a field, and scroll what stands around it until it can be seen."""
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    bring_into_view(field)


def bring_into_view(field: QWidget) -> None:
    """Scroll what stands around a field until it can be seen, with what is told beneath it.

    Once more a moment later: a problem that was just told moves what stands below it.
    """
    _scroll_to(field)
    QTimer.singleShot(0, field, partial(_scroll_to, field))


def _scroll_to(field: QWidget) -> None:
    above = field.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(field, _BESIDE, px(_BESIDE))
        above = above.parentWidget()


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout, at once for the eye."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


class Fields(QWidget):
    """Labelled fields in rows, each with room for its problem right beneath it."""

    changed = Signal()

    def __init__(self, columns: int = 1) -> None:
        super().__init__()
        self._columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(10))
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self._fields: dict[str, QWidget] = {}
        self._problems: dict[str, QLabel] = {}
        self._cells = 0

    def add(self, name: str, text: str, field: QWidget, *, hint: str = "", span: int = 1) -> None:
        """Add a field under a label; ``&`` in the text gives its key.

        :param hint: a short explanation under it
        :param span: how many columns it takes
        """
        if self._cells % self._columns + span > self._columns:
            self._cells += self._columns - self._cells % self._columns
        cell = QWidget()
        layout = QVBoxLayout(cell)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(4))
        if not isinstance(field, QCheckBox):
            above = QLabel(text)
            above.setBuddy(field)
            layout.addWidget(above)
        layout.addWidget(field)
        if hint:
            layout.addWidget(label(hint, "small", wrap=True))
        problem = label("", "problem", wrap=True)
        problem.hide()
        layout.addWidget(problem)
        layout.addStretch(1)
        field.setAccessibleName(text.replace("&", ""))
        field.setAccessibleDescription(hint)
        if isinstance(field, QAbstractSpinBox):  # its line edit is what has the keyboard
            for line in field.findChildren(QLineEdit):
                line.setAccessibleName(field.accessibleName())
        place = divmod(self._cells, self._columns)
        self._grid.addWidget(cell, *place, 1, span)
        self._cells += span
        self._fields[name], self._problems[name] = field, problem
        self._listen(name, field)

    def _listen(self, name: str, field: QWidget) -> None:
        for signal in ("textChanged", "currentIndexChanged", "toggled", "valueChanged"):
            if hasattr(field, signal):
                getattr(field, signal).connect(lambda *_: self._note_change(name))
                break

    def _note_change(self, name: str) -> None:
        """A problem was told of what stood there before."""
        self._tell(name, "")
        self.changed.emit()

    def __getitem__(self, name: str) -> Any:
        return self._fields[name]

    def set_shown(self, name: str, shown: bool) -> None:
        """Show or hide a field with its label and problem."""
        cell = self._fields[name].parentWidget()
        if cell is not None:
            cell.setVisible(shown)

    def show_problems(self, problems: dict[str, str], *, focus: bool = True) -> None:
        """Tell at each field what is wrong with it, and go to the first; {} clears them all."""
        for name in self._fields:
            self._tell(name, problems.get(name, ""))
        first = next((name for name in self._fields if name in problems), None)
        if first and focus:
            go_to(self._fields[first])

    def _tell(self, name: str, text: str) -> None:
        field, shown = self._fields[name], self._problems[name]
        if shown.text() == text:
            return
        shown.setText(text)
        shown.setVisible(bool(text))
        field.setProperty("wrong", bool(text))
        field.style().unpolish(field)
        field.style().polish(field)


def text_field(value: str = "", *, placeholder: str = "", longest: int = 200) -> QLineEdit:
    """One line of text."""
    made = QLineEdit(value)
    made.setCursorPosition(0)  # a long text shows how it begins
    made.setPlaceholderText(placeholder)
    made.setMaxLength(longest)
    return made


class ChoiceField(QComboBox):
    """One of a few. It keeps the values itself: Qt would turn an enumeration into its text."""

    def __init__(self) -> None:
        super().__init__()
        self._values: list[Any] = []

    def offer(self, options: Sequence[tuple[str, Any]]) -> None:
        """Replace what can be chosen: what is shown, and what it stands for."""
        self.clear()
        self._values = [value for _, value in options]
        self.addItems([text for text, _ in options])

    def value(self) -> Any:
        """What the chosen line stands for; None without one."""
        place = self.currentIndex()
        return self._values[place] if 0 <= place < len(self._values) else None

    def choose(self, value: Any) -> None:
        """Choose the line of a value, else the first."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    def currentData(self, _role: int = Qt.ItemDataRole.UserRole) -> Any:
        return self.value()


def choice(options: Sequence[tuple[str, Any]], chosen: Any = None) -> ChoiceField:
    """One of a few; ``options`` are what is shown and what it stands for."""
    made = ChoiceField()
    made.offer(options)
    made.choose(chosen)
    return made


class SearchField(QLineEdit):
    """Search as you type; the arrow down goes to what was found, Escape empties it."""

    down = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        for clear in self.findChildren(QAction, "_q_qlineeditclearaction"):  # Fusion's is too pale
            clear.setIcon(theme.icon("x", "muted"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class DateField(QLineEdit):
    """A date as people type it: ``3-9-2026``, ``3 9 26``, ``030926``; arrows go by a day."""

    def __init__(self, value: date | None = None, *, latest: date | None = None) -> None:
        super().__init__()
        self.setPlaceholderText(tr("dag-maand-jaar"))
        self._latest = latest
        self.set_date(value)
        self.editingFinished.connect(self._tidy)

    def set_date(self, value: date | None) -> None:
        self.setText(show_date(value))

    def date(self) -> date | None:
        """What is filled in; None when it is empty or no date."""
        return read_date(self.text())

    def is_wrong(self) -> bool:
        """Something is filled in, and it is no date (or one too late)."""
        found = self.date()
        if found is None:
            return bool(self.text().strip())
        return self._latest is not None and found > self._latest

    def _tidy(self) -> None:
        if found := self.date():
            self.set_date(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        found = self.date()
        if step and found:
            self.set_date(date.fromordinal(found.toordinal() + step))
        else:
            super().keyPressEvent(event)


def show_date(value: date | None) -> str:
    """``03-09-2026``, or nothing."""
    return f"{value:%d-%m-%Y}" if value else ""


def read_date(text: str) -> date | None:
    """A Dutch date: day, month, year, with any separator or none; None when it is none."""
    parts = "".join(c if c.isdigit() else " " for c in text).split()
    if len(parts) == 1 and len(parts[0]) in (6, 8):
        parts = [parts[0][:2], parts[0][2:4], parts[0][4:]]
    if len(parts) != 3 or not 2 <= len(parts[2]) <= 4 or len(parts[2]) == 3:
        return None
    day, month, year = map(int, parts)
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


class PassphraseField(QLineEdit):
    """Hidden until the eye is pressed; tells when Caps Lock seems to be on."""

    caps = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self._eye = QAction(theme.icon("eye", "muted"), tr("Toon wat ik typ"), self)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._look)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self.installEventFilter(self)

    def _look(self, on: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        self._eye.setIcon(theme.icon("eye-off" if on else "eye", "muted"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A capital without Shift, or a small letter with it: Caps Lock is on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            typed = event.text()
            if len(typed) == 1 and typed.isalpha():
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.caps.emit(typed.isupper() != shift)
        return super().eventFilter(watched, event)
