"""The yearly round from its letters on: printing, counting, reminding and closing."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from schoolprivacy.clock import SetClock
from schoolprivacy.consents.answering import FormAnswers, enter_form, find_form
from schoolprivacy.consents.rounds.closing import close_round
from schoolprivacy.consents.rounds.opening import open_round, read_round
from schoolprivacy.consents.rounds.progress import entering_pace
from schoolprivacy.consents.rounds.reminding import due_reminders, print_round_reminders
from schoolprivacy.consents.rounds.terms import Step
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.ui.stage import Stage, screen_of, view
from ui.main_window import MainWindow
from ui.screens.year_papers import PapersStep
from ui.screens.year_remind import RemindStep


def _at(stage: Stage, step: Step, school: School | None = None) -> MainWindow:
    window = stage.at("year", school, step=int(step))
    stage.settle()
    return window


def _papers(window: MainWindow) -> PapersStep:
    found = screen_of(window, "year").guide.present
    assert isinstance(found, PapersStep)
    return found


@view
def year_papers(stage: Stage) -> QWidget:
    return _at(stage, Step.PAPERS)


@view
def year_papers_groups(stage: Stage) -> QWidget:
    window = _at(stage, Step.PAPERS)
    _scroll_to(_papers(window).table)
    return window


@view
def year_papers_choices(stage: Stage) -> QWidget:
    window = _at(stage, Step.PAPERS)
    _papers(window).kinds.choose("choices")
    stage.settle()
    return window


@view
def year_papers_one_pupil(stage: Stage) -> QWidget:
    window = _at(stage, Step.PAPERS)
    whom = _papers(window).whom
    whom._whom.setCurrentIndex(whom._whom.count() - 1)
    whom._finder._search.setText("s")
    stage.settle()
    return window


@view
def year_papers_once_more(stage: Stage) -> QWidget:
    return stage.asked(_at(stage, Step.PAPERS), "Afdrukken…")


@view
def year_papers_next(stage: Stage) -> QWidget:
    window = _at(stage, Step.PAPERS)
    _papers(window)._next.show()
    return window


@view
def year_papers_to_read(stage: Stage) -> QWidget:
    return _at(stage, Step.PAPERS, stage.to_read)


@view
def year_count(stage: Stage) -> QWidget:
    _enter_some(stage)
    return _at(stage, Step.COUNT)


@view
def year_count_plot(stage: Stage) -> QWidget:
    window = _at(stage, Step.COUNT)
    plot = screen_of(window, "year").guide.present.plot
    _scroll_to(plot)
    plot.setFocus()
    return window


@view
def year_count_groups(stage: Stage) -> QWidget:
    window = _at(stage, Step.COUNT)
    _scroll_to(screen_of(window, "year").guide.present.table)
    return window


@view
def year_count_nothing_printed(stage: Stage) -> QWidget:
    _another_round(stage.demo)
    return _at(stage, Step.COUNT)


@view
def year_remind(stage: Stage) -> QWidget:
    return _at(stage, Step.REMINDERS)


@view
def year_remind_list(stage: Stage) -> QWidget:
    window = _at(stage, Step.REMINDERS)
    step = screen_of(window, "year").guide.present
    assert isinstance(step, RemindStep)
    step.kind.choose("list")
    stage.settle()
    _scroll_to(step.paper)
    return window


@view
def year_remind_once_more(stage: Stage) -> QWidget:
    _remind_today(stage.demo)
    return stage.asked(_at(stage, Step.REMINDERS), "Afdrukken…")


@view
def year_remind_nobody(stage: Stage) -> QWidget:
    _another_round(stage.demo)
    return _at(stage, Step.REMINDERS)


@view
def year_close(stage: Stage) -> QWidget:
    return _at(stage, Step.CLOSE)


@view
def year_closing(stage: Stage) -> QWidget:
    return stage.asked(_at(stage, Step.CLOSE), "Ronde afsluiten…")


@view
def year_close_to_read(stage: Stage) -> QWidget:
    return _at(stage, Step.CLOSE, stage.to_read)


# — what the school did before —


def _scroll_to(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None:
        if hasattr(above, "ensureWidgetVisible"):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def _enter_some(stage: Stage) -> None:
    """Two forms today, half a minute after one another; once, however often it is looked at."""
    clock = stage.demo.clock
    assert isinstance(clock, SetClock)
    if entering_pace(stage.demo).today:
        return
    for each in due_reminders(stage.demo)[:2]:
        with stage.demo.reading() as session:
            codes = [code for code, _ in find_form(session, each.form).asked]
        signer = FormAnswers(frozenset(codes), frozenset(), "Robin Verzonnen", Authority.YES)
        enter_form(stage.demo, each.form, signer)
        clock.moment += timedelta(seconds=30)


def _another_round(school: School) -> None:
    """One of which nothing was printed yet."""
    going_on = read_round(school)
    if going_on is not None and going_on.school_year == SchoolYear(2026):
        close_round(school)
        open_round(school, SchoolYear(2027))


def _remind_today(school: School) -> None:
    today = school.clock.today()
    if not any(each.before and each.before[-1].on == today for each in due_reminders(school)):
        print_round_reminders(school, lambda _: None)
