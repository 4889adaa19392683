"""Per guardian: invited, seen and how, copy, attempts; and recording that."""

from __future__ import annotations

from schoolprivacy.errors import sentence
from schoolprivacy.okr import inzage
from schoolprivacy.okr.board import BoardRow, CarerStand
from schoolprivacy.okr.terms import Move, Step, StepKind
from schoolprivacy.people.terms import Authority
from ui import messages, theme
from ui.answers import authority_word
from ui.desk import Desk
from ui.fields import button, label, row, show_date
from ui.screens.okr_child_part import OkrPart, asked_carers
from ui.screens.okr_child_steps import (
    AttemptDialog,
    ExcuseDialog,
    InvitedDialog,
    SeenDialog,
)
from ui.screens.okr_words import day_or_dash, excuse_word, proof_word
from ui.screens.pupil_part import table_of
from ui.screens.pupil_words import tell_done
from ui.table import Column, Rows
from ui.words import tr


class CarersPart(OkrPart):
    """Who must be able to see the report, and how far they are; below it every step."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: Rows[CarerStand] = Rows(_columns())
        self.table = table_of(tr("Ouders en verzorgers"), self._rows, 130)
        self.table.opened.connect(lambda _: self._seen())
        self._steps: Rows[Step] = Rows(self._step_columns())
        self.steps = table_of(tr("Wat er is gedaan"), self._steps, 110)
        self._hint = label("", "muted", wrap=True)
        self._names: dict[str, str] = {}
        self._acts = [
            button(tr("I&nzage gegeven…"), self._seen, icon="eye", kind="primary"),
            button(tr("&Uitgenodigd…"), self._invited, icon="mail"),
            button(tr("&Poging…"), self._attempt, icon="history"),
            button(tr("&Zonder inzage…"), self._excuse, icon="eye-off"),
        ]
        self._remove = button(tr("Weghalen"), self._take_back, icon="trash-2", kind="danger")
        first, rest = self._acts[:2], self._acts[2:]
        if theme.zoom() < 1.5:
            self.content.addWidget(row(*first, *rest, None))
        else:
            self.content.addWidget(row(*first, None))
            self.content.addWidget(row(*rest, None))
        self.content.addWidget(self._hint)
        self.content.addWidget(self.table, 1)
        self._steps_head = label(tr("Wat er is gedaan"), "strong")
        self.content.addWidget(row(self._steps_head, None, self._remove))
        self.content.addWidget(self.steps, 1)
        self._nothing = label(tr("Er is nog niets vastgelegd."), "muted", wrap=True)
        self.content.addWidget(self._nothing)
        self.content.addStretch(0)

    # — showing —

    def show_move(self, found: BoardRow, move: Move | None) -> None:
        here = self.table.currentIndex().row()
        self._names = {each.guardian_id: each.name for each in found.carers}
        self._rows.replace(found.carers)
        self.table.selectRow(max(0, min(here, len(found.carers) - 1)))
        done = list(reversed(move.steps)) if move else []
        self._steps.replace(done)
        self.steps.selectRow(0)
        self.table.setVisible(bool(found.carers))
        self.steps.setVisible(bool(done))
        self._steps_head.setVisible(move is not None)
        self._nothing.setVisible(move is not None and not done)
        for each in self._acts:
            each.setVisible(self.is_open())
        self._remove.setVisible(self.is_open() and bool(done))
        self._hint.setText(_hint(found))
        self._hint.setVisible(bool(self._hint.text()))

    def forget(self) -> None:
        super().forget()
        self._names = {}
        self._rows.replace([])
        self._steps.replace([])

    def _step_columns(self) -> list[Column[Step]]:
        return [
            Column(tr("Dag"), lambda each: show_date(each.on), width=110),
            Column(tr("Wie"), self._who, width=170),
            Column(tr("Wat"), _what, width=225),
            Column(tr("Toelichting"), lambda each: each.note or "–", width=220),
            Column(tr("Door"), lambda each: each.staff, width=130),
            Column(tr("Versie"), lambda each: str(each.version), width=60),
        ]

    def _who(self, step: Step) -> str:
        return self._names.get(step.guardian_id or "", tr("niemand bekend"))

    # — doing —

    def _chosen(self) -> CarerStand | None:
        found: CarerStand | None = self.table.current()
        return found

    def _seen(self) -> None:
        if self.row is not None and self.is_open():
            unseen = [each for each in asked_carers(self.row) if each.inzage is None]
            if self._somebody_is_asked(self.row) and self._somebody_waits(unseen):
                SeenDialog(self, self.desk, self.row, unseen, self._chosen()).open()

    def _invited(self) -> None:
        if self.row is not None and self.is_open() and self._somebody_is_asked(self.row):
            InvitedDialog(self, self.desk, self.row, self._chosen()).open()

    def _attempt(self) -> None:
        if self.row is not None and self.is_open() and self._somebody_is_asked(self.row):
            AttemptDialog(self, self.desk, self.row, self._chosen()).open()

    def _excuse(self) -> None:
        if self.row is not None and self.is_open():
            known = asked_carers(self.row)
            if not known or self._somebody_waits([e for e in known if e.inzage is None]):
                ExcuseDialog(self, self.desk, self.row, self._chosen()).open()

    def _somebody_is_asked(self, found: BoardRow) -> bool:
        """Whether anybody is known of whom it can be; if not, that is told."""
        known = bool(asked_carers(found))
        if not known:
            messages.tell(self, sentence("okr_obstacle.nobody_known"))
        return known

    def _somebody_waits(self, unseen: list[CarerStand]) -> bool:
        """Whether anybody has yet to see it; if not, that is told."""
        if not unseen:
            messages.tell(self, tr("Iedereen met gezag heeft dit rapport al ingezien."))
        return bool(unseen)

    def _take_back(self) -> None:
        step: Step | None = self.steps.current()
        if step is not None:
            with messages.told(self):
                change = inzage.remove_step(self.desk.school, step.id)
                told = tr("Weggehaald: {what}, {who}, {day}.")
                who, day = self._who(step), show_date(step.on)
                tell_done(self.desk, told.format(what=_what(step), who=who, day=day), change)


def _hint(found: BoardRow) -> str:
    if found.move is None or found.move.report is None:
        return tr("Leg eerst de overstap en het rapport vast. Daarna legt u hier de inzage vast.")
    if found.move.sent_on:
        return tr("Het rapport is verstuurd. Dit bewijs blijft zoals het is.")
    return ""


def _columns() -> list[Column[CarerStand]]:
    return [
        Column(tr("Naam"), lambda each: each.name, width=150),
        Column(tr("Gezag"), _authority, width=115),
        Column(tr("Uitgenodigd"), lambda each: day_or_dash(each.invited_on), width=105),
        Column(
            tr("Inzage"),
            lambda each: day_or_dash(each.inzage.on if each.inzage else None),
            icon=_sign,
            width=120,
        ),
        Column(
            tr("Hoe"),
            lambda each: (
                proof_word(each.inzage.proof) if each.inzage and each.inzage.proof else "–"
            ),
            width=140,
        ),
        Column(tr("Kopie"), lambda each: day_or_dash(each.copy_on), width=90),
        Column(tr("Dagen geprobeerd"), lambda each: str(each.attempts), width=145),
        Column(tr("Zonder inzage"), _excused, width=110),
    ]


def _authority(stand: CarerStand) -> str:
    if stand.authority is None:
        return tr("niet meer bij dit kind")
    return authority_word(stand.authority)


def _sign(stand: CarerStand) -> object:
    if stand.inzage:
        return theme.icon("circle-check", "yes")
    if stand.authority in (None, Authority.NO):
        return theme.icon("minus", "muted")
    return theme.icon("triangle-alert", "warn") if stand.is_waited_for else None


def _excused(stand: CarerStand) -> str:
    step = stand.excused
    if step is None or step.excuse is None:
        return "–"
    return f"{step.staff}: {excuse_word(step.excuse)}"


def _what(step: Step) -> str:
    if step.kind is StepKind.INZAGE and step.proof:
        return tr("Inzage: {how}").format(how=proof_word(step.proof))
    if step.kind is StepKind.EXCUSED and step.excuse:
        return tr("Mag zonder inzage: {why}").format(why=excuse_word(step.excuse))
    return {
        StepKind.INVITED: tr("Uitgenodigd"),
        StepKind.ATTEMPT: tr("Poging om te bereiken"),
        StepKind.COPY: tr("Kopie gegeven"),
    }.get(step.kind, "")
