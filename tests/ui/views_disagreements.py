"""Parents who do not agree, taking consent back, letters; the school's own purposes."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from schoolprivacy.consents.actions import invalidate
from schoolprivacy.consents.board import consent_table
from schoolprivacy.consents.history import cell_history
from schoolprivacy.consents.terms import Answer
from schoolprivacy.consents.withdrawal import Withdrawal, Withdrawer, withdrawable
from schoolprivacy.people.terms import Pupil
from tests.ui.stage import Stage, desk_of, screen_of, view
from ui.main_window import MainWindow
from ui.screens.consent_withdraw import WithdrawDialog, WithdrawnDialog, withdrawal_letter
from ui.screens.letter_dialog import show_letter

# — parents who do not agree —


@view
def disagreements(stage: Stage) -> QWidget:
    return stage.at("disagreements")


@view
def disagreements_none(stage: Stage) -> QWidget:
    return stage.at("disagreements", stage.empty)


@view
def disagreements_to_read(stage: Stage) -> QWidget:
    return stage.at("disagreements", stage.to_read)


@view
def disagreements_letter(stage: Stage) -> QWidget:
    return stage.asked(stage.at("disagreements"), "Brief aan allebei…")


@view
def disagreements_recording(stage: Stage) -> QWidget:
    return stage.asked(stage.at("disagreements"), "Antwoord vastleggen…")


# — taking consent back —


def _of_two(stage: Stage) -> tuple[Pupil, Withdrawer]:
    """A child whose parents both could take something back, and the second of them."""
    for each in consent_table(stage.demo).pupils:
        able = [who for who in withdrawable(stage.demo, each.pupil.id) if who.answers]
        if len(able) > 1 and any(not answer.is_own for answer in able[1].answers):
            return each.pupil, able[1]
    raise AssertionError("the demo school has no such child")


def _withdrawing(stage: Stage, window: MainWindow) -> WithdrawDialog:
    pupil, _ = _of_two(stage)
    purpose = consent_table(stage.demo).purposes[0]
    made = WithdrawDialog(desk_of(window), pupil, screen_of(window, "consents"), only=purpose)
    made.open()
    return made


@view
def withdrawing_wrong(stage: Stage) -> QWidget:
    made = _withdrawing(stage, stage.at("consents"))
    made.confirm.click()
    return made


@view
def withdrawing_by_the_other(stage: Stage) -> QWidget:
    pupil, who = _of_two(stage)
    made = _withdrawing(stage, stage.at("consents"))
    everybody = withdrawable(stage.demo, pupil.id)
    places = [each.guardian_id for each in everybody]
    made.who.buttons[places.index(who.guardian_id)].setChecked(True)
    return made


@view
def withdrawing_nothing(stage: Stage) -> QWidget:
    window = stage.at("consents")
    for each in consent_table(stage.demo).pupils:
        if not any(who.answers for who in withdrawable(stage.demo, each.pupil.id)):
            made = WithdrawDialog(desk_of(window), each.pupil, screen_of(window, "consents"))
            made.open()
            return made
    raise AssertionError("the demo school has no such child")


def _withdrawn(stage: Stage, take_downs: int) -> QWidget:
    window = stage.at("consents")
    pupil, who = _of_two(stage)
    return WithdrawnDialog(
        desk_of(window),
        screen_of(window, "consents"),
        "Sanne Voorbeeld: ingetrokken voor 5 doelen, door Robin Voorbeeld.",
        Withdrawal(("een",), take_downs),
        withdrawal_letter(stage.demo, pupil, who),
    )


@view
def withdrawn(stage: Stage) -> QWidget:
    return _withdrawn(stage, 0)


@view
def withdrawn_with_tasks(stage: Stage) -> QWidget:
    return _withdrawn(stage, 3)


@view
def withdrawal_letter_sample(stage: Stage) -> QWidget:
    window, table = stage.at("consents"), consent_table(stage.demo)
    rows = zip(table.pupils, table.answers, strict=True)
    pupil = next(each.pupil for each, row in rows if Answer.WITHDRAWN in row)
    letter = withdrawal_letter(stage.demo, pupil)
    show_letter(desk_of(window), screen_of(window, "consents"), letter)
    return stage.dialogue()


# — a typing mistake, which is no withdrawal —


@view
def cell_invalid(stage: Stage) -> QWidget:
    window, table = stage.at("consents"), consent_table(stage.demo)
    rows = zip(table.pupils, table.answers, strict=True)
    pupil, place = next(
        (e.pupil, r.index(Answer.WITHDRAWN)) for e, r in rows if Answer.WITHDRAWN in r
    )
    code = table.purposes[place].code
    line = cell_history(stage.demo, pupil.id, code).lines[0]
    if line.invalidated is None:  # the next look finds it so
        invalidate(stage.demo, line.decision_id, "verkeerd kind")
        desk_of(window).tell_change()
    desk_of(window).go("consents", pupil=pupil.id, purpose=code)
    return stage.dialogue()


# — the purposes of the settings —


@view
def settings_purposes_contact(stage: Stage) -> QWidget:
    window = stage.at("settings", section="purposes")
    screen_of(window, "settings").section.kinds.setCurrentIndex(1)
    return window


@view
def purpose_new(stage: Stage) -> QWidget:
    asked: Any = stage.asked(stage.at("settings", section="purposes"), "Eigen doel toevoegen…")
    texts = {
        "label": "op het scherm in de hal van de school",
        "audience": "bezoekers van de school",
        "keeps": "tot het einde van het schooljaar",
        "short": "Scherm hal",
    }
    for name, text in texts.items():
        asked.fields[name].setText(text)
    asked._show_row()
    return asked  # type: ignore[no-any-return]


@view
def purpose_new_wrong(stage: Stage) -> QWidget:
    asked: Any = stage.asked(stage.at("settings", section="purposes"), "Eigen doel toevoegen…")
    asked.confirm()
    return asked  # type: ignore[no-any-return]
