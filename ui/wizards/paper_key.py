"""The paper key: printed, typed in, and so known to work; at the first start and later."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from schoolprivacy.access.actions import (
    activate_paper_key,
    paper_key_proven,
    print_recovery_sheet,
    prove_paper_key,
)
from schoolprivacy.access.papers import recovery_sheet
from schoolprivacy.access.terms import Role
from schoolprivacy.consents.printing import made, school_paper
from schoolprivacy.errors import UnlockError
from schoolprivacy.school import PAPER_KEY, School
from schoolprivacy.school.keyring import check_typed
from ui import jobs, messages
from ui.desk import Desk
from ui.dialog import Dialog
from ui.fields import button, card, label, notice, row
from ui.paper_key_entry import PaperKeyEntry
from ui.preview import PaperView, print_made
from ui.theme import px
from ui.wizards.guide import Guide, Page
from ui.words import tr

_HALF = 4


class SheetPage(Page):
    """Shows the sheet for the safe, to print or to write down.

    :param school: gives the opened school; it may be there only when the page comes into view
    :param paper_key: gives the key to show
    :param needed: whether a sheet is part of what the user chose
    """

    def __init__(
        self,
        school: Callable[[], School],
        paper_key: Callable[[], str],
        *,
        needed: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__(
            tr("Papieren sleutel"), tr("Opent het schoolbestand als iedereen de wachtzin vergat.")
        )
        self.next_text = tr("Ik &heb hem op papier")
        self.may_go_back = False
        self._school, self._paper_key, self._needed = school, paper_key, needed
        self._pdf: bytes | None = None
        self._key = label("", "code")
        self._key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.paper = PaperView(tr("Blad met de papieren sleutel"))
        self.paper.setMinimumHeight(px(260))
        self._print = button(tr("&Afdrukken…"), self._print_sheet, icon="printer")
        self.content.addWidget(
            label(
                tr(
                    "Druk dit blad af, of schrijf de acht groepen over. Leg het in een dichte "
                    "envelop in de kluis. Maak er geen foto van."
                ),
                wrap=True,
            )
        )
        self.content.addWidget(card(self._key, row(self._print, None)))
        self.content.addWidget(self.paper, 1)

    def is_needed(self) -> bool:
        return self._needed()

    def enter(self) -> None:
        key, school = self._paper_key(), self._school()
        groups = key.split("-")
        halves = ("   ".join(groups[:_HALF]), "   ".join(groups[_HALF:]))
        self._key.setText("\n".join(halves))
        self._key.setAccessibleName(tr("Papieren sleutel: {key}").format(key=key))
        with messages.told(self), school.reading() as session:
            self._pdf = recovery_sheet(school_paper(session), key, made(session))
            self.paper.show_paper(self._pdf)
        self._print.setEnabled(self._pdf is not None)

    def forget(self) -> None:
        """Nothing of the key stays in the window."""
        self._pdf = None
        self._key.clear()
        self._key.setAccessibleName("")
        self.paper.show_paper(None)

    def _print_sheet(self) -> None:
        if self._pdf:
            school, pdf = self._school(), self._pdf
            print_made(
                Desk(school, self.window()),
                self,
                self.title,
                lambda deliver, _: print_recovery_sheet(school, pdf, deliver, way="printed"),
                lambda _: self.focus_first(),
                without_printer="print.none_found_for_key",
            )

    def focus_first(self) -> None:
        self._print.setFocus()

    def proceed(self) -> None:
        self.forget()
        self.proceeded.emit()


class TypePage(Page):
    """The key is typed in from its paper; only then is it known to be right.

    :param accept: takes what was typed; raises KnownError when it is not the key
    """

    def __init__(self, accept: Callable[[str], None], *, job: str) -> None:
        super().__init__(
            tr("Sleutel controleren"),
            tr("Typ de sleutel over van het papier. Zo weet u dat hij klopt."),
        )
        self.next_text = tr("&Controleren")
        self._accept, self._job = accept, job
        self.entry = PaperKeyEntry()
        self.entry.submitted.connect(self.proceed)
        self.content.addWidget(card(self.entry))
        self.content.addStretch(1)

    def focus_first(self) -> None:
        self.entry.setFocus()

    def proceed(self) -> None:
        if not self.entry.is_complete():
            self.entry.show_error(UnlockError("unlock.paper_incomplete"))
            return
        typed = self.entry.secret()
        jobs.run(
            self.window(),
            self._job,
            lambda _: self._accept(typed),
            lambda _: self.proceeded.emit(),
            self._refuse,
            may_stop=False,
        )

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, UnlockError):
            self.entry.show_error(error)
        else:
            messages.tell_error(self, error)


def prove_printed(school: School, printed: str, typed: str) -> None:
    """See that what was typed is what was printed, and that it opens this school.

    :raises UnlockError: wrong groups are named
    """
    check_typed(printed, typed)
    prove_paper_key(school, typed)


class _ChoicePage(Page):
    """The paper there is, or a new one."""

    def __init__(self, *, proven: bool, may_renew: bool) -> None:
        super().__init__(tr("Wat wilt u doen?"), tr("De papieren sleutel ligt in de kluis."))
        self.check = QRadioButton(tr("&Controleren: ik heb het papier bij de hand"))
        self.renew = QRadioButton(
            tr("V&ernieuwen: het papier is weg, of een ander heeft het gezien")
        )
        self._group = QButtonGroup(self)
        for each in (self.check, self.renew):
            self._group.addButton(each)
        self.check.setChecked(True)
        self.renew.setEnabled(may_renew)
        if proven:
            state = notice(
                tr("De papieren sleutel is gecontroleerd: hij opent dit bestand."), "done"
            )
        else:
            state = notice(
                tr(
                    "De papieren sleutel is nog niet gecontroleerd. Vergeet iedereen de "
                    "wachtzin en klopt het papier niet, dan is alles weg."
                )
            )
        self.content.addWidget(state)
        self.content.addWidget(card(self.check, self.renew, spacing=2))
        said = tr("Na het vernieuwen opent het oude papier niets meer, behalve oudere back-ups.")
        if not may_renew:
            said = tr("Alleen de directie kan de papieren sleutel vernieuwen.")
        self.content.addWidget(label(said, "muted", wrap=True))
        self.content.addStretch(1)

    def focus_first(self) -> None:
        (self.check if self.check.isChecked() else self.renew).setFocus()


class PaperKeyDialog(Dialog):
    """Check the paper key in the safe, or let a new one take its place."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, tr("Papieren sleutel"))
        self._desk = desk
        self._proposed = ""
        self._choice = _ChoicePage(
            proven=paper_key_proven(desk.school),
            may_renew=desk.school.who.role in (Role.DIRECTOR, PAPER_KEY),
        )
        sheet = SheetPage(lambda: desk.school, self._propose, needed=self._choice.renew.isChecked)
        self._typing = TypePage(self._accept, job=tr("De papieren sleutel controleren"))
        self.guide = Guide((self._choice, sheet, self._typing), tr("Annuleren"))
        self.primary = self.guide.next_button
        self.guide.left.connect(self.reject)
        self.guide.ended.connect(self._done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.guide)
        room = parent.window().size()
        self.resize(min(px(820), room.width()), min(px(620), room.height()))
        self.guide.open_page(0)

    def _propose(self) -> str:
        self._proposed = self._proposed or self._desk.school.propose_paper_key()
        return self._proposed

    def _accept(self, typed: str) -> None:
        if self._choice.renew.isChecked():
            activate_paper_key(self._desk.school, self._proposed, typed)
        else:
            prove_paper_key(self._desk.school, typed)

    def _done(self) -> None:
        renewed = self._choice.renew.isChecked()
        self._proposed = ""
        self.accept()
        self._desk.tell_change()
        self._desk.say(
            tr("De nieuwe papieren sleutel werkt. Vernietig het oude papier.")
            if renewed
            else tr("De papieren sleutel klopt.")
        )

    def is_filled_in(self) -> bool:
        """Only groups of a key: to choose what to do is soon done again."""
        return bool(self._typing.entry.secret().strip("-"))

    def done(self, result: int) -> None:
        if self._proposed:
            self._desk.say(
                tr(
                    "De papieren sleutel is niet vernieuwd. Vernietig het nieuwe papier; het oude "
                    "blijft werken."
                )
            )
        self._proposed = ""
        super().done(result)
