"""What all screens share: search, messages, work that takes time; and the overview."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from schoolprivacy.errors import KnownError
from tests.ui.stage import Stage, desk_of, view
from ui import messages
from ui.jobs import Job, JobDialog


@view
def overview(stage: Stage) -> QWidget:
    return stage.at("overview")


@view
def overview_new_school(stage: Stage) -> QWidget:
    return stage.at("overview", stage.empty)


def _search(stage: Stage, text: str) -> QWidget:
    window = stage.at("overview")
    assert window.workplace is not None
    window.workplace.search.begin()
    stage.qtbot.keyClicks(window.workplace.search.field, text)
    return window


@view
def search(stage: Stage) -> QWidget:
    return _search(stage, "no")


@view
def search_nothing(stage: Stage) -> QWidget:
    return _search(stage, "xyz")


@view
def shortcuts(stage: Stage) -> QWidget:
    stage.at("overview").show_keys()
    return stage.dialogue()


@view
def toast_with_undo(stage: Stage) -> QWidget:
    window = stage.at("pupils")
    desk_of(window).say("1 leerling van school gemeld.", lambda: None)
    return window


@view
def job(stage: Stage) -> QWidget:
    window = stage.at("papers")
    work = Job(lambda _: None, window)
    dialog = JobDialog(work, "Formulieren maken", window)
    work.progressed.emit(38, 120)
    dialog.open()
    return dialog


@view
def job_without_end_in_sight(stage: Stage) -> QWidget:
    window = stage.at("papers")
    dialog = JobDialog(Job(lambda _: None, window), "Back-up maken", window, may_stop=False)
    dialog._patience.stop()
    dialog._bar.setRange(0, 1)  # it moves; still for the picture
    dialog.open()
    return dialog


@view
def question(stage: Stage) -> QWidget:
    window = stage.at("overview")
    messages.confirm(
        window, "Sandra is dan geen ouder meer van Noor.", "Ontkoppelen", lambda: None, danger=True
    )
    return stage.dialogue()


@view
def error(stage: Stage) -> QWidget:
    messages.tell_error(stage.at("overview"), KnownError("form.unknown", number="01zzzzzz"))
    return stage.dialogue()


@view
def bug(stage: Stage) -> QWidget:
    box = messages.tell_error(stage.at("overview"), ValueError())
    box.setText(box.text().replace(str(messages.log_file()), "/home/school/errors.log"))
    assert QApplication.activeModalWidget() is box
    return box
