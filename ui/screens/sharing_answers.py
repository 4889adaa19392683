"""The answer of one pupil's parents about a sharing: recorded, taken back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from schoolprivacy.consents.actions import NewDecision, record_decision, undo_decision
from schoolprivacy.consents.deciding import Decider, who_may_decide
from schoolprivacy.consents.history import cell_history
from schoolprivacy.consents.sharing.pupils import record_party_consent
from schoolprivacy.consents.sharing.sharings import Road, SharedPupil, Sharing
from schoolprivacy.consents.terms import Choice, Verdict, Way
from schoolprivacy.consents.undoing import undo_withdrawal
from schoolprivacy.consents.withdrawal import Withdrawer, withdraw, withdrawable
from schoolprivacy.errors import sentence
from ui.answers import authority_word, choice_word, way_word
from ui.desk import Desk
from ui.fields import ChoiceField, DateField, button, choice, label, notice, row
from ui.screens.sharing_form import SharingForm, tell_done
from ui.screens.sharing_words import period
from ui.theme import px
from ui.words import tr

_WAYS = (Way.DESK, Way.PHONE, Way.LETTER, Way.E_MAIL)
"""A form of the school is entered on the screen for forms."""


class _YesOrNo(QWidget):
    """One of the two, neither to begin with."""

    toggled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.yes, self.no = QRadioButton(tr("&Ja")), QRadioButton(tr("&Nee"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(20))
        self._group = QButtonGroup(self)
        for each in (self.yes, self.no):
            self._group.addButton(each)
            layout.addWidget(each)
        layout.addStretch(1)
        self._group.buttonToggled.connect(lambda *_: self.toggled.emit())
        self.setFocusProxy(self.yes)

    def chosen(self) -> Choice | None:
        if self._group.checkedButton() is None:
            return None
        return Choice.GRANTED if self.yes.isChecked() else Choice.REFUSED


class RecordAnswerDialog(SharingForm):
    """What the paper of the party says, or what a parent said at school."""

    def __init__(self, desk: Desk, owner: QWidget, of: Sharing, pupil: SharedPupil) -> None:
        super().__init__(desk, owner, tr("Antwoord vastleggen"), tr("&Vastleggen"))
        self._of, self._pupil = of, pupil
        self._by_party = of.road is Road.PARTY
        today = desk.school.clock.today()
        self.day = DateField(None if self._by_party else today, latest=today)
        self.who = ChoiceField()
        self.answer = _YesOrNo()
        self.way = choice([(way_word(each), each) for each in _WAYS], Way.DESK)
        self._remark = label("", "warning", wrap=True)
        self._remark.hide()
        self._build()
        self._list_deciders()
        self.who.currentIndexChanged.connect(self._show_remark)
        self.day.editingFinished.connect(self._list_deciders)
        self._show_remark()

    def _build(self) -> None:
        of = self._of
        asked = tr("Mag de school deze gegevens van {pupil} geven aan {party}: {data}?")
        self.body.addWidget(
            label(asked.format(pupil=self._pupil.pupil, party=of.party, data=of.data), wrap=True)
        )
        about = tr("Waarvoor: {purpose}. Periode: {period}.")
        self.body.addWidget(
            label(about.format(purpose=of.purpose_text, period=period(of)), "muted", wrap=True)
        )
        self.fields.add(
            "who",
            tr("Wie heeft &getekend?") if self._by_party else tr("&Wie zegt het?"),
            self.who,
            span=2,
        )
        self.fields.add("answer", tr("Antwoord"), self.answer, span=2)
        if self._by_party:
            hint = tr("De datum die op het papier staat.")
            self.fields.add("day", tr("Getekend &op"), self.day, hint=hint)
        else:
            self.fields.add("day", tr("&Op welke dag?"), self.day)
            self.fields.add("way", tr("&Hoe gezegd?"), self.way)
        self.body.addWidget(self.fields)
        self.body.addWidget(self._remark)
        if not self._by_party:
            enter = button(tr("&Formulier invoeren"), self._enter_form, kind="link")
            said = label(tr("Kwam het formulier terug?"), "muted")
            self.body.addWidget(row(said, enter, None, spacing=4))

    # — who decides —

    def _list_deciders(self) -> None:
        """Those of the day that is filled in: from the 16th birthday the pupil decides."""
        day = self.day.date() or self.desk.school.clock.today()
        before: Decider | None = self.who.value()
        self._deciders = who_may_decide(self.desk.school, self._pupil.pupil_id, day)
        may = [each for each in self._deciders if each.may]
        options = [(_decider_told(each), each) for each in may]
        first = [] if len(may) == 1 else [(tr("Kies wie het is"), None)]
        self.who.offer([*first, *options])
        same = [e for e in may if before and e.guardian_id == before.guardian_id]
        self.who.choose(next(iter(same), self.who.value()))

    def _show_remark(self) -> None:
        """Why what somebody says may not count."""
        chosen: Decider | None = self.who.value()
        told = sentence(chosen.remark) if chosen and chosen.remark else ""
        if not self._deciders:
            told = tr("Van dit kind is geen ouder of verzorger bekend. Voeg die eerst toe.")
        self._remark.setText(told)
        self._remark.setVisible(bool(told))

    # — recording —

    def problems(self) -> dict[str, str]:
        found = {}
        if self.who.value() is None:
            found["who"] = tr("Kies wie dit heeft beslist.")
        if self.answer.chosen() is None:
            found["answer"] = tr("Kies ja of nee.")
        if self.day.date() is None or self.day.is_wrong():
            found["day"] = tr("Vul een dag in die niet in de toekomst ligt, zoals 3-9-2026.")
        return found

    def act(self) -> None:
        who: Decider = self.who.value()
        day, said = self.day.date(), self.answer.chosen()
        assert day is not None
        assert said is not None
        desk, decision = self.desk, self._record(who, said, day)
        text = tr("{pupil}: {answer} vastgelegd van {who}.").format(
            pupil=self._pupil.pupil, answer=choice_word(said).lower(), who=who.name
        )
        history = cell_history(desk.school, self._pupil.pupil_id, self._of.code)
        line = next(each for each in history.lines if each.decision_id == decision)
        if line.verdict is not Verdict.COUNTS:
            text += " " + line.explanation
        tell_done(desk, text, lambda: undo_decision(desk.school, decision))

    def _record(self, who: Decider, said: Choice, day: date) -> str:
        school, code, pupil_id = self.desk.school, self._of.code, self._pupil.pupil_id
        if self._by_party:
            return record_party_consent(school, code, pupil_id, who.guardian_id, said, day)
        by_pupil = who.guardian_id is None
        way: Way = self.way.value()
        new = NewDecision(pupil_id, code, 1, said, day, way, who.guardian_id, by_pupil=by_pupil)
        return record_decision(school, new)

    def _enter_form(self) -> None:
        self.done(0)
        self.desk.go("entry")


class WithdrawSharingDialog(SharingForm):
    """A parent who said yes changed their mind, or the other parent takes it back."""

    def __init__(self, desk: Desk, owner: QWidget, of: Sharing, pupil: SharedPupil) -> None:
        super().__init__(desk, owner, tr("Toestemming intrekken"), tr("&Intrekken"))
        self._of, self._pupil = of, pupil
        self.who = ChoiceField()
        self._offer()
        today = desk.school.clock.today()
        self.day = DateField(today, latest=today)
        self.way = choice([(way_word(each), each) for each in _WAYS], Way.DESK)
        what = tr("{pupil}: {data}, aan {party}.")
        self.body.addWidget(
            label(what.format(pupil=pupil.pupil, data=of.data, party=of.party), wrap=True)
        )
        if not self._there:
            said = tr(
                "Er is geen ja om in te trekken. Zegt een ouder nee? Leg dan het antwoord vast."
            )
            self.body.addWidget(notice(said))
            self.confirm.setEnabled(False)
            return
        self.body.addWidget(
            label(
                tr(
                    "Intrekken mag altijd, en niemand hoeft te zeggen waarom (AVG 7, lid 3). Vanaf "
                    "nu mag er niets meer worden gedeeld. Wat al is gedeeld, mocht toen."
                ),
                "muted",
                wrap=True,
            )
        )
        self.fields.add("who", tr("&Wie trekt het in?"), self.who, span=2)
        self.fields.add("day", tr("&Op welke dag?"), self.day)
        self.fields.add("way", tr("&Hoe gezegd?"), self.way)
        self.body.addWidget(self.fields)

    def _offer(self) -> None:
        found = withdrawable(self.desk.school, self._pupil.pupil_id)
        self._there = [each for each in found if self._of.code in each.codes]
        first = [] if len(self._there) == 1 else [(tr("Kies wie het is"), None)]
        self.who.offer([*first, *((_withdrawer_told(each), each) for each in self._there)])

    def problems(self) -> dict[str, str]:
        found = {}
        if self.who.value() is None:
            found["who"] = tr("Kies wie het intrekt.")
        if self.day.date() is None or self.day.is_wrong():
            found["day"] = tr("Vul een dag in die niet in de toekomst ligt, zoals 3-9-2026.")
        return found

    def act(self) -> None:
        desk, who, day = self.desk, self.who.value(), self.day.date()
        assert day is not None
        done = withdraw(
            desk.school,
            self._pupil.pupil_id,
            who.guardian_id,
            [self._of.code],
            on=day,
            way=self.way.value(),
        )
        text = tr("{pupil}: toestemming ingetrokken. Laat {party} weten dat het stopt.")
        tell_done(
            desk,
            text.format(pupil=self._pupil.pupil, party=self._of.party),
            lambda: undo_withdrawal(desk.school, done.decisions),
        )


def _decider_told(who: Decider) -> str:
    told = [who.relation] if who.relation else []
    if who.authority is not None:
        told.append(authority_word(who.authority))
    return f"{who.name} ({', '.join(told)})" if told else who.name


def _withdrawer_told(who: Withdrawer) -> str:
    return f"{who.name} ({who.relation})" if who.relation else who.name
