"""Sharing for a while: the list, the page of one, and every dialogue about it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from schoolprivacy.consents.sharing.sharings import sharings
from tests.ui.sharing_builders import every_state, sure_pupils
from tests.ui.stage import Stage, screen_of, view
from ui.main_window import MainWindow


def _codes(stage: Stage) -> dict[str, str]:
    """The sharings of the demo school by party; made when they are first wanted."""
    found = [each for each in sharings(stage.demo) if each.party == "Rekenhulp Voorbeeld"]
    if not found:
        every_state(stage.demo)
    return {each.party: each.code for each in reversed(sharings(stage.demo))}


def _open(stage: Stage, party: str = "Rekenhulp Voorbeeld") -> MainWindow:
    return stage.at("sharing", sharing=_codes(stage)[party])


def _row_of(window: MainWindow, pupil_id: str) -> None:
    screen_of(window, "sharing").detail._choose(pupil_id)


@view
def sharing(stage: Stage) -> QWidget:
    _codes(stage)
    window = stage.at("sharing")
    screen_of(window, "sharing").list.ended.setChecked(True)
    return window


@view
def sharing_none(stage: Stage) -> QWidget:
    return stage.at("sharing", stage.empty)


@view
def sharing_none_found(stage: Stage) -> QWidget:
    _codes(stage)
    window = stage.at("sharing")
    screen_of(window, "sharing").list.search.setText("xyz")
    return window


@view
def sharing_one_of_party(stage: Stage) -> QWidget:
    window = _open(stage)
    _row_of(window, sure_pupils(stage.demo)[2])
    return window


@view
def sharing_one_of_school(stage: Stage) -> QWidget:
    return _open(stage, "Bureau Taalrijk")


@view
def sharing_one_ended(stage: Stage) -> QWidget:
    _codes(stage)
    code = next(e.code for e in sharings(stage.demo, ended=True) if e.ended_on)
    return stage.at("sharing", sharing=code)


@view
def sharing_to_read(stage: Stage) -> QWidget:
    return stage.at("sharing", stage.to_read)


@view
def sharing_starting(stage: Stage) -> QWidget:
    _codes(stage)
    asked: Any = stage.asked(stage.at("sharing"), "Nieuwe afspraak…")
    asked.fields["party"].setText("Leeshulp Voorbeeld")
    asked.picker._search.setText("a")
    asked.picker._tick_first()
    return asked  # type: ignore[no-any-return]


@view
def sharing_starting_wrong(stage: Stage) -> QWidget:
    _codes(stage)
    asked: Any = stage.asked(stage.at("sharing"), "Nieuwe afspraak…")
    asked.fields["ends_on"].setText("31-2-2027")
    asked.try_act()
    return asked  # type: ignore[no-any-return]


@view
def sharing_adding(stage: Stage) -> QWidget:
    return stage.asked(_open(stage), "Leerlingen toevoegen")


@view
def sharing_recording_of_party(stage: Stage) -> QWidget:
    window = _open(stage)
    _row_of(window, sure_pupils(stage.demo)[4])
    return stage.asked(window, "Antwoord vastleggen…")


@view
def sharing_recording_wrong(stage: Stage) -> QWidget:
    asked: Any = stage.asked(_open(stage, "Bureau Taalrijk"), "Antwoord vastleggen…")
    asked.try_act()
    return asked  # type: ignore[no-any-return]


@view
def sharing_withdrawing(stage: Stage) -> QWidget:
    window = _open(stage)
    _row_of(window, sure_pupils(stage.demo)[0])
    return stage.asked(window, "Intrekken…")


@view
def sharing_nothing_to_withdraw(stage: Stage) -> QWidget:
    window = _open(stage)
    _row_of(window, sure_pupils(stage.demo)[5])
    return stage.asked(window, "Intrekken…")


@view
def sharing_history(stage: Stage) -> QWidget:
    window = _open(stage)
    _row_of(window, sure_pupils(stage.demo)[2])
    return stage.asked(window, "Geschiedenis…")


@view
def sharing_no_history(stage: Stage) -> QWidget:
    window = _open(stage)
    _row_of(window, sure_pupils(stage.demo)[5])
    return stage.asked(window, "Geschiedenis…")


@view
def sharing_wrong_answer(stage: Stage) -> QWidget:
    return stage.asked(sharing_history(stage), "Verkeerd ingevoerd…")


@view
def sharing_ending(stage: Stage) -> QWidget:
    return stage.asked(_open(stage), "Eerder stoppen…")


def _paper(stage: Stage, window: MainWindow, text: str) -> QDialog:
    asked: Any = stage.asked(window, text)
    stage.qtbot.waitUntil(lambda: asked.view.pages() > 0, timeout=20_000)
    stage.settle()
    return asked  # type: ignore[no-any-return]


@view
def sharing_letters(stage: Stage) -> QWidget:
    return _paper(stage, _open(stage, "Bureau Taalrijk"), "Brieven maken…")


@view
def sharing_letters_anew(stage: Stage) -> QWidget:
    asked: Any = sharing_letters(stage)
    asked._anew.setChecked(True)
    return stage.asked(asked, "Afdrukken…")


@view
def sharing_saving(stage: Stage) -> QWidget:
    return stage.asked(sharing_letters(stage), "Bewaar als PDF…")


@view
def sharing_list(stage: Stage) -> QWidget:
    return _paper(stage, _open(stage), "Lijst: van wie mag het?")


@view
def sharing_confirmation(stage: Stage) -> QWidget:
    return _paper(stage, sharing_one_of_party(stage), "Bevestigingsbrief…")  # type: ignore[arg-type]
