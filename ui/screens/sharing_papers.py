"""The papers of a sharing: a sample to look at, then printed or saved and registered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from schoolprivacy.consents.letters import print_withdrawal_letter, sample_withdrawal_letter
from schoolprivacy.consents.printing import PrintRun
from schoolprivacy.consents.sharing.printing import (
    print_request,
    print_sharing_list,
    sample_request,
    sample_sharing_list,
)
from schoolprivacy.consents.sharing.sharings import SharedPupil, Sharing
from schoolprivacy.errors import KnownError
from schoolprivacy.school import School
from ui import jobs, messages, preview, saving
from ui.desk import Desk
from ui.dialog import Dialog
from ui.fields import ChoiceField, button, label, row
from ui.preview import PaperView
from ui.theme import px
from ui.words import tr

Make = Callable[..., PrintRun]
Whom = tuple[str, Collection[str] | None]
"""What is shown, and identifiers of pupils; None for all of the sharing."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a sharing.

    :param about: what stands on it, in a line
    :param file_name: of a saved file; names no child
    :param sample: marked as a sample; registers nothing
    :param make: registers it and hands it over; takes ``deliver`` and ``way``
    :param whom: the pupils among whom one chooses; () where there is nothing to choose
    """

    title: str
    about: str
    file_name: str
    sample: Callable[[School], bytes]
    make: Make
    whom: Sequence[Whom] = field(default=())

    @property
    def asks(self) -> bool:
        """It asks parents, so that they can be chosen and asked anew."""
        return bool(self.whom)


def request_paper(of: Sharing, whom: Sequence[Whom]) -> Paper:
    """The letter with form for the parents."""

    def make(school: School, deliver: preview.Deliver, **how: object) -> PrintRun:
        return print_request(school, deliver, of.code, **how)  # type: ignore[arg-type]

    return Paper(
        tr("Brieven aan de ouders"),
        tr("Voor elk kind en adres een brief met een formulier. Dit zijn de eerste."),
        tr("toestemming-delen"),
        partial(sample_request, code=of.code),
        make,
        whom,
    )


def list_paper(of: Sharing) -> Paper:
    """Of whom data may go to the party today."""

    def make(
        school: School, deliver: preview.Deliver, *, way: str, progress: object = None
    ) -> PrintRun:
        return print_sharing_list(school, deliver, of.code, way=way)  # type: ignore[arg-type]

    return Paper(
        tr("Van wie mogen nu gegevens worden gedeeld?"),
        tr("Alleen leerlingen met een ja dat vandaag geldt. Over de anderen staat er niets."),
        tr("gegevens-delen"),
        partial(sample_sharing_list, code=of.code),
        make,
    )


def confirmation_paper(pupil: SharedPupil) -> Paper:
    """To who withdrew: everything they took back about this child."""

    def make(
        school: School, deliver: preview.Deliver, *, way: str, progress: object = None
    ) -> PrintRun:
        return print_withdrawal_letter(school, deliver, pupil.pupil_id, way=way)  # type: ignore[arg-type]

    return Paper(
        tr("Bevestiging van de intrekking"),
        tr("Aan wie de toestemming introk, met alles wat is ingetrokken."),
        tr("bevestiging-intrekking"),
        partial(sample_withdrawal_letter, pupil_id=pupil.pupil_id),
        make,
    )


class PaperDialog(Dialog):
    """Look first, then print or save."""

    def __init__(self, desk: Desk, owner: QWidget, paper: Paper) -> None:
        super().__init__(owner, paper.title)
        self.desk, self._paper = desk, paper
        self._whom = ChoiceField()
        self._whom.setAccessibleName(tr("Voor wie"))
        self._whom.offer(paper.whom)
        self._anew = QCheckBox(tr("&Opnieuw vragen: nieuwe formulieren, de oude vervallen"))
        self.view = PaperView(tr("Voorbeeld"))
        self._said = label(tr("Het voorbeeld wordt gemaakt…"), "muted", wrap=True)
        self.save_button = button(tr("Bewaar als &PDF…"), self._save, icon="save")
        self.primary = self.print_button = button(
            tr("&Afdrukken…"), self._print, icon="printer", kind="primary", tip=tr("Ctrl+P")
        )
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.print_button.click)
        self._allow(False)
        self._build(owner)
        self._job = jobs.quietly(
            self, lambda: paper.sample(desk.school), self._show, self._show_trouble
        )

    def _build(self, owner: QWidget) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(16), px(20), px(14))
        layout.setSpacing(px(10))
        layout.addWidget(label(self._paper.title, "heading", wrap=True))
        if self._paper.asks:
            whom = label(tr("&Voor wie"))
            whom.setBuddy(self._whom)
            layout.addWidget(row(whom, self._whom, None))
            layout.addWidget(self._anew)
        layout.addWidget(self._said)
        layout.addWidget(self.view, 1)
        close = button(tr("&Sluiten"), self.reject, tip=tr("Escape"))
        layout.addWidget(row(None, close, self.save_button, self.print_button))
        room = owner.window().size()
        self.resize(min(px(760), room.width() - px(20)), min(px(720), room.height() - px(20)))

    def is_filled_in(self) -> bool:
        """What was chosen for a paper is no loss."""
        return False

    # — looking —

    def _allow(self, may: bool) -> None:
        for each in (self.save_button, self.print_button):
            each.setEnabled(may and not self.desk.school.read_only)

    def _show(self, pdf: bytes) -> None:
        self.view.show_paper(pdf)
        registered = tr("Pas als u afdrukt of bewaart, wordt het geregistreerd.")
        self._said.setText(f"{self._paper.about} {registered}")
        self._allow(True)

    def _show_trouble(self, error: BaseException) -> None:
        if isinstance(error, KnownError):
            self._said.setText(str(error))
        else:
            messages.tell_error(self, error)

    # — printing —

    def _how(self) -> dict[str, object]:
        if not self._paper.asks:
            return {}
        return {"pupil_ids": self._whom.value(), "anew": self._anew.isChecked()}

    def _warned(self) -> str:
        if self._paper.asks and self._anew.isChecked():
            return tr(
                "Er komen nieuwe formulieren. De oude worden vervangen. Dat kan niet ongedaan "
                "worden gemaakt."
            )
        return ""

    def _print(self) -> None:
        if said := self._warned():
            messages.confirm(self, said, tr("Toch afdrukken…"), self._send)
        else:
            self._send()

    def _send(self) -> None:
        school, paper, how = self.desk.school, self._paper, self._how()
        preview.print_made(
            self.desk,
            self,
            paper.title,
            lambda deliver, progress: paper.make(
                school, deliver, way="printed", progress=progress, **how
            ),
            lambda run: self._made(run, tr("{paper}: afgedrukt en geregistreerd.")),
        )

    def _made(self, run: PrintRun, text: str) -> None:
        desk, over = self.desk, self.parentWidget()
        self.accept()
        desk.tell_change()
        desk.say(text.format(paper=self._paper.title))
        if run.left_out:
            who = "\n\n".join(f"{each.pupil}: {each.reason}" for each in run.left_out)
            messages.tell(over, tr("Voor deze leerlingen is niets gemaakt:") + f"\n\n{who}")

    # — saving —

    def _save(self) -> None:
        school, paper, how = self.desk.school, self._paper, self._how()
        saving.save_made(
            self.desk,
            self,
            paper.file_name,
            lambda deliver, progress: paper.make(
                school, deliver, way="saved", progress=progress, **how
            ),
            lambda run: self._made(run, tr("{paper}: bewaard en geregistreerd.")),
            first=self._warned(),
        )
