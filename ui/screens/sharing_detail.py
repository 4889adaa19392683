"""One sharing: what it is, its pupils with their answers, and what to do with them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.consents.sharing.actions import end_sharing, undo_end
from schoolprivacy.consents.sharing.pupils import add_pupils, remove_pupil
from schoolprivacy.consents.sharing.sharings import Road, SharedPupil, Sharing, State, allowed
from schoolprivacy.consents.terms import Answer
from ui import messages
from ui.desk import Desk
from ui.fields import button, label, row, scrolled, show_date
from ui.flow import Flow
from ui.screens.sharing_answers import RecordAnswerDialog, WithdrawSharingDialog
from ui.screens.sharing_form import tell_done
from ui.screens.sharing_history import HistoryDialog
from ui.screens.sharing_papers import (
    Paper,
    PaperDialog,
    Whom,
    confirmation_paper,
    list_paper,
    request_paper,
)
from ui.screens.sharing_parts import Facts, Line, columns
from ui.screens.sharing_pupils import AddPupilsDialog
from ui.screens.sharing_words import at_school, named, with_answer
from ui.table import ROW, Rows, Table
from ui.theme import px
from ui.words import tr


class SharingDetail(QWidget):
    """The page of one sharing.

    :signal closed: back to the list
    """

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._of: Sharing | None = None
        self.facts = Facts()
        self._rows: Rows[Line] = Rows(columns())
        self.table = Table(tr("Leerlingen van deze afspraak"))
        self.table.setIconSize(QSize(px(16), px(16)))
        self.table.show_rows(self._rows, lambda line: line.pupil.pupil)
        self.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
        self.table.opened.connect(lambda _line: self._record())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self._make_buttons()
        self._build()

    def _make_buttons(self) -> None:
        self.letters = button(tr("&Brieven maken…"), self._letters, icon="mail", kind="primary")
        self.listing = button(tr("&Lijst: van wie mag het?"), self._list, icon="list")
        self.end = button(tr("Eerder &stoppen…"), self._end, icon="x")
        self.go_on = button(tr("Toch laten &doorlopen"), self._go_on, icon="undo-2")
        self.record = button(tr("&Antwoord vastleggen…"), self._record, tip=tr("Enter"))
        self.withdraw = button(tr("&Intrekken…"), self._withdraw, icon="undo-2")
        self.confirmation = button(tr("Bevestigingsbrie&f…"), self._confirm_letter, icon="mail")
        self.history = button(tr("&Geschiedenis…"), self._history, icon="history")
        self.add = button(tr("&Toevoegen…"), self._add, icon="user-plus")
        self.add.setAccessibleName(tr("Leerlingen toevoegen"))
        self.remove = button(tr("&Weghalen"), self._remove, icon="trash-2")

    def _build(self) -> None:
        back = button(
            tr("Terug naar de lijst"), self.closed.emit, kind="link", tip=tr("Alt+↑ of Escape")
        )
        self._about = Flow(self.letters, self.listing, self.end, self.go_on)
        self._of_pupils = Flow(
            self.record, self.withdraw, self.confirmation, self.history, self.add, self.remove
        )
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, px(6), 0)
        inside.setSpacing(px(12))
        inside.addWidget(row(back, None))
        for each in (self.facts, self._about, label(tr("Leerlingen"), "heading"), self._of_pupils):
            inside.addWidget(each)
        inside.addWidget(self.table, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(body))

    # — showing —

    def show_sharing(self, of: Sharing) -> None:
        """Show this one; who was chosen stays chosen."""
        before = self.table.current()
        same = self._of is not None and self._of.code == of.code
        self._of = of
        self.facts.show_sharing(of)
        self.table.setMinimumHeight(px(46) + min(max(len(of.pupils), 3), 8) * px(38))
        self._rows.replace([Line(n, of, each) for n, each in enumerate(of.pupils)])
        self._choose(before.pupil.pupil_id if before and same else "")
        self._allow()

    def forget(self) -> None:
        """Nothing stands there any more."""
        self._of = None

    def _choose(self, pupil_id: str) -> None:
        model = self.table.model()
        places = [
            place
            for place in range(model.rowCount())
            if model.index(place, 0).data(ROW).pupil.pupil_id == pupil_id
        ]
        self.table.selectRow(next(iter(places), 0))

    def _allow(self) -> None:
        of, line = self._of, self.table.current()
        if of is None:
            return
        may = not self.desk.school.read_only
        open_ = may and of.state is not State.ENDED
        ended_early = of.ended_on is not None and of.ends_on >= self.desk.school.clock.today()
        answer = line.pupil.answer if line else None
        shown = {
            self.letters: open_ and of.road is Road.SCHOOL,
            self.listing: may and of.state is State.RUNS,
            self.end: open_,
            self.go_on: may and ended_early,
            self.record: open_,
            self.withdraw: open_,
            self.confirmation: may and answer is Answer.WITHDRAWN,
            self.history: True,
            self.add: open_,
            self.remove: open_,
        }
        for made, wanted in shown.items():
            made.setVisible(wanted)
        self.listing.setEnabled(bool(allowed(of)))
        for made in (self.record, self.withdraw, self.history, self.remove):
            made.setEnabled(line is not None)
        for flow in (self._about, self._of_pupils):
            flow.arrange()

    def focus_first(self) -> None:
        """Put the keyboard among the pupils."""
        self.table.setFocus()

    # — papers —

    def _letters(self) -> None:
        if self._of is not None:
            self._open_paper(request_paper(self._of, self._whom(self._of)))

    def _whom(self, of: Sharing) -> list[Whom]:
        """Of whom letters can be made; those who were not asked first."""
        asked = with_answer(of, Answer.NOT_ASKED)
        waiting = with_answer(of, Answer.NO_ANSWER)
        chosen = [line.pupil for line in self.table.chosen() if not line.pupil.has_left]
        names = named((each.pupil for each in chosen), 2)
        options: list[tuple[str, tuple[str, ...] | None]] = [
            (tr("Wie nog niet is gevraagd"), asked),
            (tr("Wie nog geen antwoord gaf"), waiting),
            (tr("Gekozen: {names}").format(names=names), tuple(e.pupil_id for e in chosen)),
        ]
        told = [(f"{text} ({len(ids)})", ids) for text, ids in options if ids]
        return [*told, (f"{tr('Alle leerlingen')} ({len(at_school(of))})", None)]

    def _list(self) -> None:
        if self._of is not None:
            self._open_paper(list_paper(self._of))

    def _confirm_letter(self) -> None:
        self._with_pupil(lambda _of, pupil: self._open_paper(confirmation_paper(pupil)))

    def _open_paper(self, paper: Paper) -> None:
        PaperDialog(self.desk, self, paper).open()

    # — pupils —

    def _with_pupil(self, do: Callable[[Sharing, SharedPupil], object]) -> None:
        line = self.table.current()
        if self._of is not None and line is not None:
            do(self._of, line.pupil)

    def _record(self) -> None:
        if not self.record.isHidden():
            self._with_pupil(lambda *it: RecordAnswerDialog(self.desk, self, *it).open())

    def _withdraw(self) -> None:
        self._with_pupil(lambda *it: WithdrawSharingDialog(self.desk, self, *it).open())

    def _history(self) -> None:
        self._with_pupil(lambda *it: HistoryDialog(self.desk, self, *it).open())

    def _add(self) -> None:
        if self._of is not None:
            AddPupilsDialog(self.desk, self, self._of).open()

    def _remove(self) -> None:
        def remove(of: Sharing, pupil: SharedPupil) -> None:
            school = self.desk.school
            with messages.told(self):
                remove_pupil(school, of.code, pupil.pupil_id)
                text = tr("{pupil} hoort niet meer bij deze afspraak.").format(pupil=pupil.pupil)
                tell_done(self.desk, text, lambda: add_pupils(school, of.code, [pupil.pupil_id]))

        self._with_pupil(remove)

    # — the end —

    def _end(self) -> None:
        of = self._of
        if of is None:
            return
        question = tr(
            "Vanaf vandaag mag er niets meer worden gedeeld met {party}, van geen enkele leerling. "
            "De antwoorden blijven in de geschiedenis."
        )
        messages.confirm(
            self,
            question.format(party=of.party),
            tr("Nu stoppen"),
            lambda: self._end_now(of),
            heading=tr("Eerder stoppen?"),
        )

    def _end_now(self, of: Sharing) -> None:
        school = self.desk.school
        with messages.told(self):
            end_sharing(school, of.code)
            text = tr("Gestopt. Vraag {party} te wissen wat niet meer nodig is.")
            tell_done(self.desk, text.format(party=of.party), lambda: undo_end(school, of.code))

    def _go_on(self) -> None:
        of, school = self._of, self.desk.school
        if of is None:
            return
        with messages.told(self):
            undo_end(school, of.code)
            text = tr("De afspraak loopt weer, tot en met {day}.")
            tell_done(
                self.desk,
                text.format(day=show_date(of.ends_on)),
                lambda: end_sharing(school, of.code),
            )
