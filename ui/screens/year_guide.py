"""The nine steps of a round: a list of them at the side, the open one beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from schoolprivacy.consents.rounds.terms import Round, Step
from ui import messages, theme
from ui.fields import button, label, row, scrolled, show_date
from ui.screens.year_step import YearStep
from ui.theme import px
from ui.words import tr

_WIDE = 860  # pixels at zoom 1: below it the list shows numbers only
_LIST = 252


class YearGuide(QWidget):
    """Every step can be opened at any time; what was done is marked with its day.

    :signal finished: a Step the user is done with
    """

    finished = Signal(object)

    def __init__(self, steps: Sequence[YearStep]) -> None:
        super().__init__()
        self._steps = {each.step: each for each in steps}
        self._round: Round | None = None
        self._title, self._said = label("", "heading"), label("", "muted", wrap=True)
        self._head, self._stack = QWidget(), QStackedWidget()
        self._list = QFrame()
        self._list.setObjectName("side")
        self._side = scrolled(self._list)  # at 200 % nine steps are higher than the window
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._group = QButtonGroup(self)
        self._buttons: dict[Step, QPushButton] = {}
        self._back = button(tr("V&orige"), self._go_back, icon="arrow-left")
        self._next = button("", self._go_on, kind="primary")
        self._narrow: bool | None = None
        for each in steps:
            self._stack.addWidget(scrolled(each))
            each.finished.connect(partial(self.finished.emit, each.step))
            self._buttons[each.step] = self._listed(each)
        self._build()

    def _listed(self, each: YearStep) -> QPushButton:
        made = button("", partial(self._choose, each.step), kind="place")
        made.setCheckable(True)
        self._group.addButton(made)
        return made

    def _build(self) -> None:
        inner = QVBoxLayout(self._list)
        inner.setContentsMargins(px(8), px(12), px(8), px(12))
        inner.setSpacing(px(2))
        for made in self._buttons.values():
            inner.addWidget(made)
        inner.addStretch(1)
        right = QFrame()
        right.setObjectName("card")
        page = QVBoxLayout(right)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        above = QVBoxLayout(self._head)
        above.setContentsMargins(px(24), px(14), px(24), px(4))
        above.setSpacing(px(2))
        above.addWidget(self._title)
        above.addWidget(self._said)
        page.addWidget(self._head)
        page.addWidget(self._stack, 1)
        foot = row(None, self._back, self._next)
        foot.setContentsMargins(px(24), px(10), px(24), px(12))
        page.addWidget(foot)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(14))
        layout.addWidget(self._side)
        layout.addWidget(right, 1)

    # — what is open —

    @property
    def step(self) -> Step:
        """Which step is open."""
        return list(self._steps)[self._stack.currentIndex()]

    @property
    def present(self) -> YearStep:
        """The step that is open."""
        return self._steps[self.step]

    def show_round(self, round_: Round, *, anew: bool) -> None:
        """Show how far the round is; ``anew`` opens the first step that was not done."""
        self._round = round_
        if anew:
            self._open(next((each for each in Step if each not in round_.done), Step.COUNT))
        else:
            self._open(self.step)

    def open_step(self, step: Step) -> None:
        """Open a step."""
        self._open(step)
        self._to_top()
        self.present.focus_first()

    def _to_top(self) -> None:
        """A step begins where it begins, though it was scrolled the time before."""
        page = self._stack.currentWidget()
        assert isinstance(page, QScrollArea)
        page.verticalScrollBar().setValue(0)

    def focus_first(self) -> None:
        """The step one is at, in the list: it tells where one is."""
        self._buttons[self.step].setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, step: Step) -> None:
        assert self._round is not None
        self._stack.setCurrentIndex(list(self._steps).index(step))
        page = self._steps[step]
        page.show_round(self._round)
        self._title.setText(page.title)
        said = tr("Stap {n} van {all}  ·  {text}")
        self._said.setText(said.format(n=int(step), all=len(self._steps), text=page.explanation))
        self._next.setText(page.next_text)
        self._next.setAccessibleName(page.next_text.replace("&", ""))
        self._next.setVisible(bool(page.next_text))
        self._back.setEnabled(step is not Step.BACKUP)
        self._mark()
        self._show_present()

    def _show_present(self) -> None:
        """Scroll the list to the step that is open, and keep the room that its text needs."""
        needed = self._head.heightForWidth(self._stack.width())
        self._head.setMinimumHeight(max(0, needed))  # unknown while it has no width
        self._side.ensureWidgetVisible(self._buttons[self.step])

    def _mark(self) -> None:
        """Which steps are done, and since when."""
        for step, made in self._buttons.items():
            done = self._round.done.get(step) if self._round else None
            page = self._steps[step]
            made.setChecked(step is self.step)
            made.setText(str(int(step)) if self._narrow else f"{int(step)}  {page.title}")
            made.setIcon(
                theme.icon("circle-check", "yes") if done else theme.icon("circle", "muted")
            )
            told = tr("gedaan op {day}").format(day=show_date(done)) if done else tr("nog te doen")
            made.setAccessibleName(f"{tr('Stap')} {int(step)}, {page.title}, {told}")
            made.setToolTip(f"{page.title}: {told}")

    # — going about —

    def _choose(self, step: Step) -> None:
        """A step in the list; first a question when what was typed would be lost."""
        self._mark()  # the click has marked it already
        if step is not self.step:
            messages.leave(self, self.present, partial(self.open_step, step))

    def _go_back(self) -> None:
        self._choose(Step(self.step - 1))

    def _go_on(self) -> None:
        with messages.told(self):
            self.present.proceed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(_WIDE)
        if narrow != self._narrow:
            self._narrow = narrow
            self._side.setFixedWidth(px(76) if narrow else px(_LIST))
            self._mark()
        self._show_present()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_present()
