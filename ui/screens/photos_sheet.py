"""A photo sheet before it is made: choose, see a sample, print or save."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from schoolprivacy.consents.printing import PrintRun
from schoolprivacy.errors import KnownError
from schoolprivacy.school import School
from ui import messages, preview, saving
from ui.desk import Desk
from ui.dialog import Dialog
from ui.fields import button, card, label, row, scrolled
from ui.preview import PaperView
from ui.theme import px
from ui.words import counted, tr

_PAUSE = 250  # milliseconds of rest before a sample is made
_WIDE = 760  # pixels at zoom 1 from which choices and sample stand beside one another
_LEFT = 350  # pixels at zoom 1, of the choices


@dataclass(frozen=True, slots=True)
class Wanted:
    """A sheet somebody wants.

    :param how: what the action and the sample take
    :param file_name: of a saved file; names no child
    """

    how: dict[str, Any]
    file_name: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What is wanted, with its sample or why there is none."""

    wanted: Wanted
    pdf: bytes | None = None
    problem: KnownError | None = None


class SheetDialog(Dialog):
    """A subclass makes its fields, says what is ``wanted`` and tells a ``problem`` at its field.

    :param sample: makes the sheet without registering anything
    :param make: the action
    """

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        title: str,
        sample: Callable[..., bytes],
        make: Callable[..., PrintRun],
    ) -> None:
        super().__init__(owner, title)
        self.desk, self._sample, self._make = desk, sample, make
        self._seen: Seen | None = None
        self._then: Callable[[], None] | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._make_sample)
        self.choices = QVBoxLayout()
        self.view = PaperView(tr("Voorbeeld"))
        self.view.setMinimumHeight(px(240))
        self._nothing = label("", "muted", wrap=True)
        self.primary = button(tr("Af&drukken…"), self._print, icon="printer", kind="primary")
        self._save_button = button(tr("&Bewaar als PDF…"), self._save, icon="save")
        self._build(title)
        room = owner.window().size()
        self.resize(min(px(1080), room.width() - px(20)), min(px(760), room.height() - px(20)))

    def _build(self, title: str) -> None:
        body = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, body)
        self._sides.setContentsMargins(0, 0, px(6), 0)
        self._sides.setSpacing(px(18))
        self._left = QWidget()
        self._left.setLayout(self.choices)
        self.choices.setContentsMargins(0, 0, 0, 0)
        self.choices.setSpacing(px(14))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        empty = QWidget()
        within = QVBoxLayout(empty)
        within.setContentsMargins(0, 0, 0, 0)
        within.addWidget(card(self._nothing))
        within.addStretch(1)
        self._pages.addWidget(empty)
        self._sides.addWidget(self._left)
        self._sides.addWidget(self._pages, 1)
        close = button(tr("Sluiten"), self.reject, tip=tr("Escape"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(22), px(18), px(16), px(16))
        layout.setSpacing(px(12))
        layout.addWidget(label(title, "heading", wrap=True))
        layout.addWidget(scrolled(body), 1)
        told = label(_about(self.desk.school), "small", wrap=True)
        layout.addWidget(told)
        layout.addWidget(row(None, close, self._save_button, self.primary))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(_WIDE)
        flat, deep = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(flat if wide else deep)
        self._left.setMinimumWidth(px(_LEFT) if wide else 0)
        self._left.setMaximumWidth(px(_LEFT) if wide else self.width())

    # — what is wanted —

    def wanted(self) -> Wanted | None:
        """What is filled in; None while something lacks without which there is no sheet."""
        raise NotImplementedError

    def missing(self) -> str:
        """What still must be filled in, when there is nothing wanted yet."""
        return ""

    def tell_problem(self, problem: KnownError | None) -> None:
        """Tell at a field why there is no sheet; None clears it."""

    def remember(self) -> None:
        """Note what was chosen, when the sheet is made."""

    def is_filled_in(self) -> bool:
        return False  # nothing of this is kept, so nothing is lost

    # — looking —

    def look_again(self) -> None:
        """Something else was chosen: its sample follows."""
        self._seen = None
        self._pause.start()

    def _make_sample(self) -> None:
        wanted, school = self.wanted(), self.desk.school
        if wanted is None:
            self._show_nothing(self.missing())
            return
        self.desk.read(lambda: _look(school, self._sample, wanted), self._show)

    def _show(self, seen: Seen) -> None:
        if not isValid(self) or seen.wanted != self.wanted():
            return  # closed, or something else was chosen meanwhile
        self._seen = seen
        self.tell_problem(seen.problem)
        if seen.pdf is None:
            self._show_nothing(str(seen.problem))
        else:
            self.view.show_paper(seen.pdf)
            self._pages.setCurrentIndex(0)
            self._allow(not self.desk.school.read_only)
        then, self._then = self._then, None
        if then:
            then()

    def _show_nothing(self, text: str) -> None:
        self._then = None
        self.view.show_paper(None)
        self._nothing.setText(text)
        self._pages.setCurrentIndex(1)
        self._allow(False)

    def _allow(self, may: bool) -> None:
        self.primary.setEnabled(may)
        self._save_button.setEnabled(may)

    def _ready(self, then: Callable[[], None]) -> Wanted | None:
        """What is wanted, once its sample is on the screen; ``then`` follows when it is."""
        if self._seen is None:
            self._then = then
            return None
        return self._seen.wanted if self.primary.isEnabled() else None

    # — making —

    def _print(self) -> None:
        wanted = self._ready(self._print)
        if wanted is None:
            return
        school, make = self.desk.school, self._make
        preview.print_made(
            self.desk,
            self,
            self.windowTitle(),
            lambda deliver, progress: make(
                school, deliver, way="printed", progress=progress, **wanted.how
            ),
            lambda run: self._made(run, tr("Fotoblad afgedrukt. {n}.")),
        )

    def _save(self) -> None:
        wanted = self._ready(self._save)
        if wanted is None:
            return
        school, make = self.desk.school, self._make
        saving.save_made(
            self.desk,
            self,
            wanted.file_name,
            lambda deliver, progress: make(
                school, deliver, way="saved", progress=progress, **wanted.how
            ),
            lambda run: self._made(run, tr("Fotoblad bewaard. {n}.")),
            to_discard=False,
        )

    def _made(self, run: PrintRun, text: str) -> None:
        self.remember()
        self.desk.tell_change()
        self.desk.say(text.format(n=counted(len(run), tr("kind"), tr("kinderen"))))
        over = self.parentWidget()
        self.accept()
        if run.left_out:
            who = "\n\n".join(f"{each.pupil}: {each.reason}" for each in run.left_out)
            messages.tell(over, tr("Deze kinderen staan er niet op:") + f"\n\n{who}")


def _look(school: School, sample: Callable[..., bytes], wanted: Wanted) -> Seen:
    try:
        return Seen(wanted, sample(school, **wanted.how))
    except KnownError as problem:
        return Seen(wanted, problem=problem)


def _about(school: School) -> str:
    if school.read_only:
        return tr("Voorbeeld. Afdrukken kan nu niet: u hebt het schoolbestand geopend om te lezen.")
    return tr(
        "Dit is een voorbeeld. Pas als u afdrukt of bewaart, komt het in het logboek. Een fotoblad "
        "is voor wie de foto's maakt: hang het niet op en vernietig het op tijd."
    )
