"""The list to take along to the computer of the website: who must be taken out of what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.consents.printing import PrintRun
from schoolprivacy.consents.publications.take_down import (
    Task,
    print_take_down_list,
    sample_take_down_list,
)
from schoolprivacy.errors import KnownError
from schoolprivacy.people.names import group_label, natural_sort_key
from ui import messages, preview, saving
from ui.desk import Desk
from ui.dialog import Dialog
from ui.fields import button, choice, label, row
from ui.preview import PaperView
from ui.theme import px
from ui.words import counted, tr


class TakeDownPaper(Dialog):
    """A sample, for which group, and printing or saving; only that is registered."""

    def __init__(self, owner: QWidget, desk: Desk, found: Sequence[Task]) -> None:
        super().__init__(owner, tr("Lijst om weg te halen"))
        self._desk, self._tasks = desk, found
        self._view = PaperView(tr("Voorbeeld"))
        self._view.setMinimumHeight(px(120))
        self._said = label("", "muted", wrap=True)
        groups = sorted({e.child.placement.group_name for e in found}, key=natural_sort_key)
        offered = [(tr("alle groepen"), None), *((group_label(each), each) for each in groups)]
        self._group = choice(offered)
        self._group.setMinimumContentsLength(12)
        self._group.currentIndexChanged.connect(lambda _: self._show())
        self.primary = self._print_button = button(
            tr("&Afdrukken…"), self.print_list, icon="printer", kind="primary", tip=tr("Ctrl+P")
        )
        self._save_button = button(
            tr("&Bewaar als PDF…"), self.save_list, icon="save", tip=tr("Ctrl+S")
        )
        self._build(owner)
        for keys, do in (("Ctrl+P", self.print_list), ("Ctrl+S", self.save_list)):
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        self._show()
        self._group.setFocus()

    def _build(self, owner: QWidget) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(22), px(18), px(22), px(16))
        layout.setSpacing(px(12))
        layout.addWidget(label(tr("Lijst om weg te halen"), "heading", wrap=True))
        of = label(tr("&Kinderen van"))
        of.setTextFormat(Qt.TextFormat.AutoText)
        of.setBuddy(self._group)
        self._group.setAccessibleName(tr("Kinderen van"))
        layout.addWidget(row(of, self._group, None))
        layout.addWidget(self._said)
        layout.addWidget(self._view, 1)
        close = button(tr("Annuleren"), self.reject, tip=tr("Escape"))
        layout.addWidget(row(None, close, self._save_button, self._print_button))
        room = owner.window().size()
        self.resize(min(px(720), room.width() - px(20)), min(px(740), room.height() - px(40)))

    def is_filled_in(self) -> bool:
        """Which group was chosen is no loss."""
        return False

    def _lines(self) -> int:
        group = self._group.value()
        return sum(group is None or e.child.placement.group_name == group for e in self._tasks)

    def _show(self) -> None:
        """The first lines: a sample is made in a moment."""
        pdf: bytes | None = None
        said = tr(
            "Dit is een voorbeeld van de eerste regels, van {lines}. Per kanaal één bladzijde. Er "
            "staat niet bij waarom. Pas als u afdrukt of bewaart, wordt het geregistreerd."
        ).format(lines=counted(self._lines(), tr("regel"), tr("regels")))
        try:
            pdf = sample_take_down_list(self._desk.school, group=self._group.value())
        except KnownError as error:
            said = str(error)
        self._said.setText(said)
        self._view.show_paper(pdf)
        for each in (self._print_button, self._save_button):
            each.setEnabled(pdf is not None)

    # — printing and saving —

    def print_list(self) -> None:
        """Print it."""
        if not self._print_button.isEnabled():
            return
        school, group = self._desk.school, self._group.value()
        preview.print_made(
            self._desk,
            self,
            tr("Lijst om weg te halen"),
            lambda deliver, progress: print_take_down_list(
                school, deliver, group=group, way="printed", progress=progress
            ),
            lambda run: self._made(run, tr("De lijst is afgedrukt en geregistreerd.")),
        )

    def save_list(self) -> None:
        """Save it, after a question: others can read the file."""
        if not self._save_button.isEnabled():
            return
        school, group = self._desk.school, self._group.value()
        saving.save_made(
            self._desk,
            self,
            tr("weghalen"),
            lambda deliver, progress: print_take_down_list(
                school, deliver, group=group, way="saved", progress=progress
            ),
            lambda run: self._made(run, tr("De lijst is bewaard en geregistreerd.")),
            to_discard=False,
        )

    def _made(self, run: PrintRun, said: str) -> None:
        owner = self.parentWidget()
        self.done(1)
        self._desk.tell_change()
        self._desk.say(said)
        if run.left_out:
            who = "\n\n".join(f"{each.pupil}: {each.reason}" for each in run.left_out)
            messages.tell(owner, tr("Deze kinderen staan niet op de lijst:") + f"\n\n{who}")
