"""What must happen with a product: each finding with its reason and the step that mends it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from schoolprivacy.suppliers.board import BoardRow
from schoolprivacy.suppliers.printing import owed
from schoolprivacy.suppliers.terms import Finding, State, Step
from schoolprivacy.suppliers.words import step_word, why_told
from ui.desk import Desk
from ui.fields import button, card, label, notice, row
from ui.pills import pill
from ui.screens.letter_dialog import show_letter
from ui.screens.suppliers_papers import request_paper
from ui.screens.suppliers_part import SupplierPart
from ui.screens.suppliers_words import sign_of
from ui.words import tr


class TodoPart(SupplierPart):
    """The findings, worst first.

    :signal wanted: the step of a finding
    """

    wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)

    def show_product(self, found: BoardRow) -> None:
        if not found.findings:
            self.content.addWidget(notice(_nothing_to_do(found), "done"))
        for (state, step), together in groupby(found.findings, _mended_by):
            self.content.addWidget(self._line(state, step, list(together)))
        if owed(found) and self.may_record():
            self.content.addWidget(self._letter(found))

    def _letter(self, found: BoardRow) -> QWidget:
        """The way to ask for it, beside what is asked for."""
        product = found.file.product.id
        ask = button(
            tr("Brief aan de leverancier…"),
            lambda: show_letter(self.desk, self, request_paper(self.desk.school, product)),
            icon="printer",
        )
        told = tr("Een brief vraagt {supplier} in een keer om alles wat nog moet komen.")
        said = label(told.format(supplier=found.file.supplier.name), wrap=True)
        return card(row(label(tr("Vragen"), "strong"), None, ask), said, spacing=6)

    def _line(self, state: State, step: Step, together: Sequence[Finding]) -> QWidget:
        """What one step mends, with every reason."""
        sign, reasons = pill(sign_of(state)), [label(why_told(e), wrap=True) for e in together]
        if not self.may_record():
            return card(row(sign, None), *reasons, spacing=6)
        does = partial(self.wanted.emit, step)
        act = button(f"{step_word(step)}…", does, icon=_ICONS[step])
        return card(row(sign, None, act), *reasons, spacing=6)


def _mended_by(finding: Finding) -> tuple[State, Step]:
    return finding.state, finding.step


_ICONS = {
    Step.AGREEMENT: "file-text",
    Step.SIGN: "pencil",
    Step.BIJSLUITER: "file-text",
    Step.COUNTRY: "pencil",
    Step.ANNEX: "lock",
    Step.DELETION: "trash-2",
    Step.REVIEW: "check",
    Step.PRODUCT: "pencil",
    Step.PUBLISH: "megaphone",
}


def _nothing_to_do(found: BoardRow) -> str:
    if found.state is State.STOPPED:
        return tr("Dit product is gestopt, en de gegevens zijn gewist. Er is niets meer te doen.")
    return tr("Dit product is in orde. Er is nu niets te doen.")
