"""Teachers' requests for an app: what was asked, and what the director decided."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.suppliers.terms import Wish
from schoolprivacy.suppliers.wishes import remove_wish, reopen_wish, wishes
from ui import messages, theme
from ui.desk import Desk
from ui.fields import SearchField, button, label, show_date
from ui.flow import Flow
from ui.screens.letter_dialog import show_letter
from ui.screens.pupil_words import tell_done
from ui.screens.suppliers_papers import wish_paper
from ui.screens.suppliers_wish_dialogs import DecideDialog, WishDialog, decision_told
from ui.screens.suppliers_words import may_record
from ui.table import ROW, Column, Rows, Table
from ui.theme import px
from ui.words import tr


class WishesPart(QWidget):
    """The list, undecided first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        about = tr(
            "Een leerkracht vraagt een app aan; de directie besluit, met een reden. Wat zonder "
            "besluit wordt gebruikt, staat nergens vast. Ook een nee blijft bewaard."
        )
        self._rows: Rows[Wish] = Rows(_columns())
        self.table = Table(tr("Verzoeken om een app"))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setMinimumHeight(px(150))
        self.shown = self.table.show_rows(self._rows, _found_in)
        self.table.give_spare_room(5, 2, 4, 1)
        self.table.opened.connect(lambda _: self._open())
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_buttons())
        self.search = SearchField(tr("Zoek op app, naam of groep"))
        self.search.textChanged.connect(self.shown.search)
        self.search.down.connect(self.focus_first)
        none = tr(
            "Er is nog geen app aangevraagd. Druk het lege blad af voor de leerkrachten, of leg "
            "een verzoek meteen vast."
        )
        self._none = label(none, wrap=True)
        self._add = button(tr("&Verzoek vastleggen…"), self._ask, icon="plus", kind="primary")
        self._decide = button(tr("&Besluiten…"), self._open, icon="check", tip=tr("Enter"))
        self._reopen = button(tr("Besluit &terugnemen"), self._take_back, icon="undo-2")
        self._product = button(tr("Naar het &product"), self._go, icon="file-text")
        self._change = button(tr("V&erbeteren…"), self._correct, icon="pencil")
        self._away = button(tr("Weghalen"), self._remove, icon="trash-2", kind="danger")
        self._blank = button(tr("&Leeg blad…"), self._print_blank, icon="printer")
        self._said = label("", wrap=True)
        self._next = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, px(12), 0, 0)
        layout.setSpacing(px(12))
        layout.addWidget(label(about, "muted", wrap=True))
        self._buttons = Flow(
            *(self._add, self._decide, self._product, self._reopen),
            *(self._change, self._away, self._blank),
        )
        layout.addWidget(self._buttons)
        layout.addWidget(self.search)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._said)
        layout.addWidget(self._none)
        layout.addStretch(0)

    def refresh(self) -> None:
        """Read and show what was asked."""
        before: Wish | None = self.table.current()
        wanted, self._next = self._next or (before.id if before else ""), ""
        found = wishes(self.desk.school)
        self._rows.replace(found)
        self.table.setVisible(bool(found))
        self.search.setVisible(bool(found))
        self._none.setVisible(not found)
        self._add.setVisible(may_record(self.desk))
        place = 0
        for number in range(self.shown.rowCount()):
            if self.shown.index(number, 0).data(ROW).id == wanted:
                place = number
        self.table.selectRow(place)
        self._show_buttons()

    def _show_buttons(self) -> None:
        found, may = self._current(), may_record(self.desk)
        undecided = found is not None and found.granted is None
        self._decide.setVisible(may and undecided)
        self._away.setVisible(may and undecided)
        self._change.setVisible(may and found is not None)
        self._reopen.setVisible(may and found is not None and not undecided)
        self._product.setVisible(found is not None and found.product_id is not None)
        self._buttons.arrange()
        self._said.setText(_told(found) if found else "")

    def _current(self) -> Wish | None:
        found: Wish | None = self.table.current()
        return found

    def forget(self) -> None:
        """The screen is left: keep nothing."""
        self._rows.replace([])
        self._said.clear()

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # — doing —

    def _print_blank(self) -> None:
        show_letter(self.desk, self, wish_paper(self.desk.school))

    def _ask(self) -> None:
        dialog = WishDialog(self, self.desk, None)
        dialog.asked.connect(self._go_to_next)
        dialog.open()

    def _go_to_next(self, wish_id: str) -> None:
        """What was just asked is what one decides on next."""
        self._next = wish_id

    def _correct(self) -> None:
        if (found := self._current()) is not None:
            WishDialog(self, self.desk, found).open()

    def _open(self) -> None:
        found = self._current()
        if found is None:
            return
        if found.granted is None and may_record(self.desk):
            DecideDialog(self, self.desk, found).open()
        elif found.product_id is not None:
            self._go()

    def _go(self) -> None:
        found = self._current()
        if found is not None and found.product_id is not None:
            self.desk.go("suppliers", product=found.product_id)

    def _take_back(self) -> None:
        if (found := self._current()) is not None:
            with messages.told(self):
                change = reopen_wish(self.desk.school, found.id)
                told = tr(
                    "Het besluit over {app} is teruggenomen. Een product dat er staat, blijft."
                )
                tell_done(self.desk, told.format(app=found.app), change)

    def _remove(self) -> None:
        if (found := self._current()) is not None:
            with messages.told(self):
                change = remove_wish(self.desk.school, found.id)
                told = tr("Het verzoek om {app} is weggehaald.").format(app=found.app)
                tell_done(self.desk, told, change)


def _found_in(wish: Wish) -> str:
    return " ".join((wish.app, wish.asked_by, wish.used_by, wish.used_for))


def _told(wish: Wish) -> str:
    parts = [tr("{app}: {why}").format(app=wish.app, why=wish.used_for)]
    if wish.data:
        parts.append(tr("Gegevens: {data}").format(data=wish.data))
    if wish.granted is not None:
        parts.append(decision_told(wish))
    return "\n".join(parts)


def _columns() -> list[Column[Wish]]:
    words = {None: tr("Nog besluiten"), True: tr("Ja"), False: tr("Nee")}
    signs = {None: ("circle-help", "warn"), True: ("check", "yes"), False: ("x", "no")}
    order = [None, True, False]
    return [
        Column(
            tr("Besluit"),
            lambda each: words[each.granted],
            sorts=lambda each: str(order.index(each.granted)),
            icon=lambda each: theme.icon(*signs[each.granted]),
            width=150,
        ),
        Column(tr("App"), lambda each: each.app, width=150),
        Column(tr("Gevraagd door"), lambda each: each.asked_by, width=180),
        Column(
            tr("Op"),
            lambda each: show_date(each.asked_on),
            sorts=lambda each: each.asked_on.isoformat(),
            width=104,
        ),
        Column(tr("Groep"), lambda each: each.used_by or "–", width=150),
        Column(tr("Waarvoor"), lambda each: each.used_for, width=200),
    ]
