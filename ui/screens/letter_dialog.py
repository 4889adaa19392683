"""A letter to look at, and then to print or to save; what is made of it is registered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.consents.printing import Outlet, PrintRun, Progress
from ui import messages
from ui.desk import Desk
from ui.dialog import Dialog
from ui.fields import button, label, row
from ui.preview import Deliver, PaperView, print_made
from ui.saving import save_made
from ui.theme import px
from ui.words import counted, tr


class Make(Protocol):
    """Prints letters and registers that."""

    def __call__(self, deliver: Deliver, way: Outlet, progress: Progress) -> PrintRun: ...


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that can be made.

    :param about: for whom it is and what does not stand in it
    :param file_name: what it is called when it is saved; names no child
    :param one: what is counted when it was made, a letter without it; ``many`` of more
    :param counts: whether anything is counted; a list is one paper
    """

    title: str
    about: str
    file_name: str
    sample: Callable[[], bytes]
    make: Make
    one: str = ""
    many: str = ""
    counts: bool = True


def show_letter(desk: Desk, owner: QWidget, letter: Letter) -> None:
    """Make a sample and show it; when there is nothing to write, that is told instead."""
    desk.run(
        tr("Voorbeeld maken"),
        lambda _job: letter.sample(),
        lambda pdf: LetterDialog(desk, owner, letter, pdf).open(),
        may_stop=False,
    )


class LetterDialog(Dialog):
    """The sample, with a button that prints and one that saves."""

    def __init__(self, desk: Desk, owner: QWidget, letter: Letter, pdf: bytes) -> None:
        super().__init__(owner, letter.title)
        self._desk, self._letter = desk, letter
        self.paper = PaperView(tr("Voorbeeld van de brief"))
        close = button(tr("Sl&uiten"), self.reject, tip=tr("Escape"))
        self.save = button(tr("&Bewaar als PDF…"), self._save, icon="save")
        self.primary = button(tr("&Afdrukken…"), self._print, icon="printer", kind="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(18), px(20), px(16))
        layout.setSpacing(px(10))
        layout.addWidget(label(letter.title, "heading", wrap=True))
        layout.addWidget(label(letter.about, "muted", wrap=True))
        layout.addWidget(self.paper, 1)
        layout.addWidget(row(None, close, self.save, self.primary))
        for each in (self.save, self.primary):
            each.setEnabled(not desk.school.read_only)
        room = owner.window().size()
        self.resize(min(px(760), room.width() - px(20)), room.height() - px(20))
        self.paper.show_paper(pdf)

    def _print(self) -> None:
        make = self._letter.make
        print_made(
            self._desk,
            self,
            self._letter.title,
            lambda deliver, progress: make(deliver, "printed", progress),
            lambda run: self._made(run, tr("{letters} afgedrukt en geregistreerd.")),
        )

    def _save(self) -> None:
        make = self._letter.make
        save_made(
            self._desk,
            self,
            self._letter.file_name,
            lambda deliver, progress: make(deliver, "saved", progress),
            lambda run: self._made(run, tr("{letters} bewaard en geregistreerd.")),
        )

    def _made(self, run: PrintRun, text: str) -> None:
        self.accept()
        self._desk.tell_change()
        one, many = self._letter.one or tr("brief"), self._letter.many or tr("brieven")
        told = counted(len(run), one, many) if self._letter.counts else self._letter.title
        self._desk.say(text.format(letters=told))
        if run.left_out:
            who = "\n\n".join(f"{each.pupil}: {each.reason}" for each in run.left_out)
            told = tr("Voor deze leerlingen is niets gemaakt:") + f"\n\n{who}"
            messages.tell(self.parentWidget(), told)
