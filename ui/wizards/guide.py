"""Pages one after another, with a list of them at the side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.fields import button, emptied, label, row, scrolled
from ui.theme import px
from ui.words import tr

_WIDE = 760  # pixels at zoom 1: below it there is no list at the side


class Page(QWidget):
    """One step; a subclass fills ``content`` and says in ``proceed`` when it may go on.

    :signal proceeded: this step is done
    """

    proceeded = Signal()

    def __init__(self, title: str, explanation: str) -> None:
        super().__init__()
        self.title, self.explanation = title, explanation
        self.next_text = tr("&Volgende")
        self.may_go_back = True
        self.may_leave = True
        self.setAccessibleName(title)
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(px(24), px(20), px(24), px(20))
        self.content.setSpacing(px(14))

    def is_needed(self) -> bool:
        """Whether this step is part of the way as it was chosen so far."""
        return True

    def enter(self) -> None:
        """It comes into view."""

    def proceed(self) -> None:
        """The user wants to go on: check, do what this step does, and emit ``proceeded``."""
        self.proceeded.emit()

    def focus_first(self) -> None:
        """Put the keyboard in the first field."""


class Guide(QWidget):
    """Leads through pages; Enter goes on, Escape leaves.

    :signal left: the user wants out
    :signal ended: the last page is done
    :signal turned: the number of the page that comes into view
    """

    left = Signal()
    ended = Signal()
    turned = Signal(int)

    def __init__(self, pages: Sequence[Page], leave: str) -> None:
        super().__init__()
        self.pages = list(pages)
        self._title, self._said = label("", "heading"), label("", "muted", wrap=True)
        self._stack = QStackedWidget()
        self._side = QFrame()
        self._side.setObjectName("side")
        self._side.setFixedWidth(px(210))
        self._steps = QGridLayout(self._side)
        self.leave_button = button(leave, self.left.emit)
        self.back_button = button(tr("V&orige"), self.back, icon="arrow-left")
        self.next_button = button("", self.forward, kind="primary")
        for page in self.pages:
            self._stack.addWidget(scrolled(page))
            page.proceeded.connect(self._advance)
        self._build()

    def _build(self) -> None:
        head = QFrame()
        head.setObjectName("card")
        above = QVBoxLayout(head)
        above.setContentsMargins(px(24), px(12), px(24), px(12))
        above.setSpacing(px(2))
        above.addWidget(self._title)
        above.addWidget(self._said)
        foot = row(self.leave_button, None, self.back_button, self.next_button)
        foot.setContentsMargins(px(24), px(10), px(24), px(12))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        layout.addLayout(middle, 1)
        middle.addWidget(self._side)
        middle.addWidget(self._stack, 1)
        layout.addWidget(foot)

    # — going about —

    @property
    def place(self) -> int:
        """Which page is open, from 0."""
        return self._stack.currentIndex()

    def open_page(self, place: int) -> None:
        """Show a page."""
        page = self.pages[place]
        self._stack.setCurrentIndex(place)
        page.enter()
        needed = [each for each in self.pages if each.is_needed()]
        self._title.setText(page.title)
        said = tr("Stap {n} van {all}  ·  {text}")
        self._said.setText(
            said.format(n=needed.index(page) + 1, all=len(needed), text=page.explanation)
        )
        self.next_button.setText(page.next_text)
        self.next_button.setAccessibleName(page.next_text.replace("&", ""))
        self.leave_button.setVisible(page.may_leave)
        self.back_button.setVisible(page.may_go_back and page is not needed[0])
        self._list(needed, page)
        page.focus_first()
        self.turned.emit(place)

    def back(self) -> None:
        before = (n for n in reversed(range(self.place)) if self.pages[n].is_needed())
        self.open_page(next(before, self.place))

    def forward(self) -> None:
        """What the button and Enter do."""
        self.pages[self.place].proceed()

    def _advance(self) -> None:
        after = (n for n in range(self.place + 1, len(self.pages)) if self.pages[n].is_needed())
        place = next(after, None)
        if place is None:
            self.ended.emit()
        else:
            self.open_page(place)

    def _list(self, needed: list[Page], present: Page) -> None:
        emptied(self._steps)
        self._steps.setContentsMargins(px(14), px(18), px(10), px(14))
        self._steps.setSpacing(px(12))
        now = needed.index(present)
        for place, page in enumerate(needed):
            sign, shade = ("circle-check", "yes") if place < now else ("minus", "muted")
            if place == now:
                sign, shade = "chevron-right", "accent"
            picture = QLabel()
            picture.setPixmap(theme.pixmap(sign, shade))
            said = label(page.title, "strong" if place == now else "muted", wrap=True)
            self._steps.addWidget(picture, place, 0, Qt.AlignmentFlag.AlignTop)
            self._steps.addWidget(said, place, 1)
            self._steps.setRowStretch(place, 0)
        self._steps.setColumnStretch(1, 1)
        self._steps.setRowStretch(len(self.pages), 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave_button.click()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_button.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setVisible(self.width() >= px(_WIDE))
