"""Entering what came back on paper, as quickly as a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QCheckBox,
    QFrame,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from schoolprivacy.consents.answering import Entered, FormAnswers, enter_form
from schoolprivacy.consents.entry import FormToEnter, entered_today, forms_back, open_form
from schoolprivacy.consents.form_code import show_form_code
from schoolprivacy.consents.terms import Choice
from schoolprivacy.consents.undoing import undo_entry
from schoolprivacy.errors import KnownError, sentence
from schoolprivacy.people.names import group_label
from ui import messages
from ui.answer_sheet import AnswerSheet
from ui.answers import choice_word
from ui.desk import Desk, Place
from ui.fields import button, card, emptied, label, notice, row, scrolled, show_date
from ui.screen import Screen
from ui.screens.entry_signature import SignatureDraft, SignaturePart
from ui.theme import px
from ui.words import counted, tr

_WIDE = 860  # pixels at zoom 1 from which form and signature stand beside one another


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed of a form: its ticks and its signature."""

    ticks: dict[str, bool]
    signature: SignatureDraft


@dataclass(frozen=True, slots=True)
class _Done:
    """A form that was just recorded, and what was typed of it, in case it must be mended."""

    form: FormToEnter
    draft: Draft
    entered: Entered


class _NumberField(QLineEdit):
    """Empty, it leaves Ctrl+Z to the form that was recorded last."""

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.text()
        ):
            event.ignore()
            return False
        return super().event(event)


class EntryScreen(Screen):
    """Number or scanner → the form as it was printed → J, N, blank → who signed → next."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Antwoorden invoeren"))
        self._form: FormToEnter | None = None
        self._number = _NumberField()
        self._number.setPlaceholderText(tr("Scan het formulier, of typ het nummer"))
        self._number.setAccessibleName(tr("Formuliernummer"))
        self._number.setAccessibleDescription(tr("De eerste acht tekens zijn genoeg."))
        self._number.returnPressed.connect(self._open_typed)
        self._sheet = AnswerSheet()
        self._signature = SignaturePart(desk.school.clock.today)
        self._correct = QCheckBox(tr("Wat eerder is ingevoerd, was een typfout: vervang het"))
        self._record = button(
            tr("&Vastleggen"), self._store, icon="check", kind="primary", tip="Ctrl+Enter"
        )
        self._put_away = button(tr("Niet vastleggen"), self._put_away_form, tip="Esc")
        self._who, self._where = label("", "code", wrap=True), label("", "muted", wrap=True)
        self._counted = label("", "strong")
        self._notices = QVBoxLayout()
        self._after = QVBoxLayout()
        self._empty = self._make_empty()
        self._filled = self._make_filled()
        self._build()
        self._sheet.finished.connect(self._signature.begin)
        self._sheet.reached.connect(lambda: QTimer.singleShot(0, self, self._bring_into_view))
        self._sheet.sheet.ticked.connect(self._count)
        self._signature.finished.connect(self._record.setFocus)
        for keys, does in (
            ("Ctrl+Return", self._store),
            ("Ctrl+Enter", self._store),
            ("Esc", self._put_away_form),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(does)

    # — building —

    def _build(self) -> None:
        find = button(tr("Openen"), self._open_typed, icon="search")
        self._number.setFixedWidth(px(340))
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, px(6), 0)
        inside.setSpacing(px(10))
        inside.addWidget(row(self._number, find, None))
        inside.addLayout(self._after)
        inside.addWidget(self._empty)
        inside.addWidget(self._filled, 1)
        inside.addStretch(0)
        self._area = scrolled(body)
        self.content.addWidget(self._area, 1)

    def _make_empty(self) -> QFrame:
        return card(
            label(tr("Zo gaat het"), "heading"),
            label(
                tr(
                    "1. Scan de QR-code met de handscanner, of typ de eerste acht tekens van het "
                    "nummer onder de code."
                ),
                wrap=True,
            ),
            label(
                tr(
                    "2. Loop de rijen langs: J is ja, N is nee, spatie is niets aangekruist. "
                    "Met de pijlen gaat u terug."
                ),
                wrap=True,
            ),
            label(
                tr(
                    "3. Kies wie heeft ondertekend en of die verklaart gezag te hebben. Typ de "
                    "datum onder het formulier."
                ),
                wrap=True,
            ),
            label(
                tr(
                    "4. Ctrl+Enter legt vast en gaat naar het volgende formulier. Ctrl+Z neemt "
                    "het laatste formulier terug."
                ),
                wrap=True,
            ),
        )

    def _make_filled(self) -> QWidget:
        self._summary = label("", "muted", wrap=True)
        form = card(self._who, self._where, self._sheet, self._summary)
        form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        signed = card(label(tr("Ondertekening"), "heading"), self._signature, self._correct)
        signed_layout = signed.layout()
        if isinstance(signed_layout, QVBoxLayout):
            signed_layout.addWidget(row(self._record, self._put_away, None))
            signed_layout.addStretch(1)
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._notices)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(px(14))
        layout.addLayout(self._parts)
        self._parts.addWidget(form, 3)
        self._parts.addWidget(signed, 2)
        layout.addStretch(1)
        made.hide()
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(_WIDE)
        self._parts.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    # — opening —

    def refresh(self) -> None:
        with messages.told(self):
            returns = forms_back(self.desk.school).school
            self.set_head(
                tr("Antwoorden invoeren"),
                tr("Vandaag ingevoerd: {today} · terug: {back} van {out}").format(
                    today=entered_today(self.desk.school), back=returns.back, out=returns.out
                ),
            )

    def open_at(self, place: Place) -> None:
        number, draft = place.detail.get("form"), place.detail.get("draft")
        if number and draft:
            with messages.told(self):
                self._show(open_form(self.desk.school, str(number)), draft)
        elif number:
            self.open_number(str(number))

    def detail_to_reopen(self) -> Mapping[str, Any]:
        if self._form is None:
            return {}
        return {"form": self._form.number, "draft": self._draft()}

    def _draft(self) -> Draft:
        return Draft(self._sheet.sheet.ticks(), self._signature.draft())

    def focus_first(self) -> None:
        if self._form is None:
            self._number.setFocus(Qt.FocusReason.OtherFocusReason)

    def unsaved(self) -> str:
        if self._form is None or not self._is_begun():
            return ""
        said = tr("Het formulier van {child} is nog niet vastgelegd.")
        return said.format(child=self._form.pupil)

    def discard(self) -> None:
        self._close_form()

    def _is_begun(self) -> bool:
        return bool(self._sheet.sheet.ticks())

    def _open_typed(self) -> None:
        if self._number.text().strip():
            self.open_number(self._number.text())

    def open_number(self, number: str) -> None:
        """Show the form of this number; says in words when there is none."""
        if self._form is not None and self._is_begun():
            if number in self._form.numbers:
                return  # scanned again, or its second page
            self.leave(lambda: self._open(number))
            return
        self._open(number)

    def _open(self, number: str) -> None:
        self._close_form()
        try:
            form = open_form(self.desk.school, number)
        except KnownError as error:
            self._say([notice(str(error), "trouble")])
            self._number.setText(number)
            self._number.selectAll()
            return
        self._show(form, None)

    def _show(self, form: FormToEnter, draft: Draft | None) -> None:
        self._form = form
        self._number.clear()
        self._say([])
        self._who.setText(form.pupil)
        parts = [group_label(form.group)]
        if form.born_on:
            parts.append(tr("geboren {day}").format(day=show_date(form.born_on)))
        parts.append(tr("formulier {n}").format(n=show_form_code(form.number)))
        parts.append(tr("gevraagd {day}").format(day=show_date(form.asked_on)))
        self._where.setText(" · ".join(parts))
        _fill(self._notices, _notices(form))
        self._sheet.sheet.show(form.rows, draft.ticks if draft else None)
        self._signature.show_form(form, draft.signature if draft else None)
        self._correct.setVisible(bool(form.entered_before))
        self._correct.setChecked(False)
        self._empty.hide()
        self._filled.show()
        self._sheet.begin()

    def _put_away_form(self) -> None:
        """Escape: put the form away, after a question when something was ticked."""
        if QApplication.activeModalWidget() is None:
            self.leave(self._close_form)

    def _close_form(self) -> None:
        """Put the form away; nothing was recorded of it."""
        self._form = None
        self._sheet.sheet.show((), {})
        self._filled.hide()
        self._empty.show()
        self._number.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_into_view(self) -> None:
        """At 200 % the form is longer than the window: nobody may tick what they do not see."""
        inside, here = self._area.widget(), self._sheet.currentIndex()
        if inside is not None and here.isValid():
            row_of_form = self._sheet.visualRect(here)
            where = self._sheet.viewport().mapTo(inside, row_of_form.center())
            self._area.ensureVisible(where.x(), where.y(), 0, row_of_form.height())

    def _count(self) -> None:
        ticks = self._sheet.sheet.ticks()
        self._summary.setText(_summary_of(ticks, len(self._sheet.sheet.rows)))

    def _say(self, lines: list[QFrame]) -> None:
        _fill(self._after, lines)

    # — recording —

    def _store(self) -> None:
        form = self._form
        if form is None:
            return
        signature = self._signature.signature()
        if signature is None:  # it says at the field what is missing
            return
        draft = self._draft()
        ticks = draft.ticks
        answers = FormAnswers(
            yes=frozenset(code for code, value in ticks.items() if value),
            no=frozenset(code for code, value in ticks.items() if not value),
            signer=signature.name,
            signer_id=signature.guardian_id,
            capacity=signature.capacity,
            declared=signature.declared,
            signed_on=signature.signed_on,
            correct=self._correct.isChecked(),
        )
        with messages.told(self):
            entered = enter_form(self.desk.school, form.number, answers)
            self._tell(_Done(form, draft, entered))

    def _tell(self, done: _Done) -> None:
        self._close_form()
        self._say([notice(sentence(key)) for key in done.entered.remarks])
        said = tr("Vastgelegd: {child} – {answers}").format(
            child=done.form.pupil, answers=_summary_of(done.draft.ticks, len(done.form.rows))
        )
        if not done.entered.recorded:
            said = tr("Er is niets nieuws vastgelegd voor {child}.").format(child=done.form.pupil)
        self.desk.say(said, lambda: self._take_back(done))
        self.desk.tell_change()

    def _take_back(self, done: _Done) -> None:
        """Undo the last form, and show it again as it was typed."""
        undo_entry(self.desk.school, done.entered)
        self.desk.tell_change()
        self.desk.go("entry")
        if self._form is None:
            again = open_form(self.desk.school, done.form.number)
            self._show(again, done.draft)
        self._say(
            [
                notice(
                    tr(
                        "Het formulier van {child} is teruggenomen. U kunt het verbeteren en "
                        "opnieuw vastleggen."
                    ).format(child=done.form.pupil)
                )
            ]
        )


def _summary_of(ticks: dict[str, bool], rows: int) -> str:
    """``7 ja, 3 nee, 1 leeg``."""
    yes = sum(1 for value in ticks.values() if value)
    return tr("{yes} ja, {no} nee, {blank} leeg").format(
        yes=yes, no=len(ticks) - yes, blank=rows - len(ticks)
    )


def _notices(form: FormToEnter) -> list[QFrame]:
    """What must be read before entering, with what was entered before."""
    told = [key for key in form.notices if key != "form.already_entered"]  # told with who and when
    found = [notice(sentence(key)) for key in told]
    for each in form.entered_before:
        counts = [
            counted(
                sum(1 for c in each.choices.values() if c is choice),
                choice_word(choice).lower(),
                choice_word(choice).lower(),
            )
            for choice in Choice
            if choice in each.choices.values()
        ]
        found.append(
            notice(
                tr(
                    "Eerder ingevoerd op {at} door {by}: getekend door {who} op {day}, {what}."
                ).format(
                    at=f"{each.entered_at.astimezone():%d-%m-%Y %H:%M}",
                    by=each.entered_by,
                    who=each.signer,
                    day=show_date(each.signed_on),
                    what=", ".join(counts),
                )
            )
        )
    return found


def _fill(layout: QVBoxLayout, widgets: list[QFrame]) -> None:
    emptied(layout)
    for each in widgets:
        layout.addWidget(each)
