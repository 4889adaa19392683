"""Importing: drop a file, say what is in it, see what changes, store it, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QWidget

from schoolprivacy.people import importing
from schoolprivacy.people.difference import Difference, Kind
from ui import messages
from ui.desk import Desk, Place
from ui.fields import scrolled
from ui.screen import Screen
from ui.screens.import_case import Asked, Case, Progress, ReadFile, Review, read_file, review, store
from ui.screens.import_columns import ColumnsPage
from ui.screens.import_done import DonePage
from ui.screens.import_review import ReviewPage
from ui.screens.import_start import StartPage
from ui.screens.import_vocabulary import of_pupils
from ui.screens.import_words import counts_text, waiting_text
from ui.words import tr


class ImportScreen(Screen):
    """Leads one import from file to school."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Importeren"))
        self._case: Case | None = None
        self._waiting: list[int] = []  # places of the files whose columns must be seen
        self._busy = False
        self.start = StartPage()
        self.columns = ColumnsPage(of_pupils())
        self.review = ReviewPage(desk.school)
        self.done = DonePage()
        self._stack = QStackedWidget()
        self._areas: dict[QWidget, QWidget] = {self.review: self.review}
        for page in (self.start, self.columns, self.done):
            self._areas[page] = scrolled(page)
        for area in self._areas.values():
            self._stack.addWidget(area)
        self.content.addWidget(self._stack, 1)
        self._connect()
        self._open(self.start)

    def _keep_in_view(self, _before: QWidget | None, now: QWidget | None) -> None:
        """At a large zoom a page scrolls to where the keyboard is."""
        area = now.parentWidget() if now is not None and self.isAncestorOf(now) else None
        while area is not None and area is not self:
            if isinstance(area, QScrollArea) and now is not None:
                area.ensureWidgetVisible(now)
            area = area.parentWidget()

    def _connect(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._keep_in_view)
        self.start.chosen.connect(self.read_files)
        self.start.undo_wanted.connect(self.ask_undo)
        self.start.suppliers_wanted.connect(lambda: self.desk.go("suppliers-import"))
        self.columns.back.connect(self._leave_columns)
        self.columns.placed.connect(self._take_columns)
        self.review.back.connect(self.ask_drop)
        self.review.columns_wanted.connect(self._look_at_columns)
        self.review.whole_school_wanted.connect(self._set_whole_school)
        self.review.answered.connect(self._answer)
        self.review.confirmed.connect(self._store)
        self.done.undo_wanted.connect(self.ask_undo)
        self.done.forms_wanted.connect(lambda: self.desk.go("papers"))
        self.done.pupils_wanted.connect(lambda: self.desk.go("pupils"))
        self.done.another_wanted.connect(self.discard)
        for keys, do in {
            "Ctrl+O": self.choose,
            "Ctrl+Return": self.go_on,
            "Ctrl+Enter": self.go_on,
        }.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    # — going about —

    def _page(self) -> QWidget:
        shown = self._stack.currentWidget()
        return next(page for page, area in self._areas.items() if area is shown)

    def _open(self, page: QWidget) -> None:
        subtitles = {
            self.start: tr("Leerlingen en ouders komen uit uw leerlingadministratie."),
            self.columns: tr("Kijk of elke kolom goed is herkend."),
            self.review: tr("Dit verandert er. Kijk het na en neem het over."),
            self.done: tr("Klaar."),
        }
        self.set_head(tr("Importeren"), subtitles[page])
        self._stack.setCurrentWidget(self._areas[page])
        if self.isVisible():
            self.focus_first()

    def focus_first(self) -> None:
        page = self._page()
        if page is self.start:
            self.start.drop.button.setFocus()
        elif isinstance(page, ColumnsPage | ReviewPage | DonePage):
            page.focus_first()

    def refresh(self) -> None:
        """The last import; and the difference again, for the school may have changed."""
        last = importing.last_import(self.desk.school)
        can_undo = importing.can_undo(self.desk.school) is not None
        self.start.show_last(last, can_undo=can_undo and not self.desk.school.read_only)
        if self._case is not None and self._page() is self.review:
            self._review_case(self._case)

    def open_at(self, place: Place) -> None:
        """Who comes back after an import begins anew."""
        if self._page() is self.done:
            self._open(self.start)

    def go_on(self) -> None:
        """Ctrl+Enter: the button that goes on."""
        page = self._page()
        if isinstance(page, ColumnsPage | ReviewPage):
            page.go_on()

    def choose(self) -> None:
        """Ctrl+O: another file; what was read and not stored is asked about first."""
        if self._case is None:
            self._open(self.start)
            self.start.choose()
        else:
            self.ask_drop()

    def unsaved(self) -> str:
        if self._case is None:
            return ""
        return tr(
            "U hebt dit bestand nog niet overgenomen. Er is niets van bewaard. U kunt het later "
            "opnieuw inlezen."
        )

    def ask_drop(self) -> None:
        """Throw away what was read, if that is meant."""
        self.leave(self.discard)

    def discard(self) -> None:
        """Back to the start; nothing of the files stays."""
        self._case, self._waiting = None, []
        self.review.forget()
        self.columns.forget()
        self._open(self.start)

    # — reading —

    def read_files(self, paths: Sequence[Path]) -> None:
        """Read files; then their columns, or what they change."""
        if self.desk.school.read_only:
            messages.tell(
                self, tr("Het schoolbestand is geopend om te lezen. U kunt niets inlezen.")
            )
            return
        self.discard()
        school = self.desk.school

        def work(job: Progress) -> list[ReadFile]:
            found = []
            for place, path in enumerate(paths):
                job(place, len(paths))
                found.append(read_file(school, path))
            return found

        self.desk.run(tr("Bestand lezen"), lambda job: work(job.report), self._take_files)

    def _take_files(self, read: list[ReadFile]) -> None:
        self._case = Case(tuple(read))
        waiting = [place for place, each in enumerate(read) if each.needs_a_look]
        self._columns_of(waiting)

    def _columns_of(self, waiting: list[int]) -> None:
        """Show the columns of these files, one after the other; then the difference."""
        case = self._case
        if case is None:
            return
        self._waiting = waiting
        if not waiting:
            self._review_case(case)
            return
        several = len(case.files) > 1
        text = tr("(bestand {n} van {all})").format(n=waiting[0] + 1, all=len(case.files))
        self.columns.show_file(case.files[waiting[0]], text if several else "")
        self._open(self.columns)

    def _look_at_columns(self) -> None:
        if self._case is not None:
            listed = enumerate(self._case.files)
            self._columns_of([place for place, each in listed if each.is_spreadsheet])

    def _leave_columns(self) -> None:
        if self._case is not None and self.review.shows(self._case):
            self._open(self.review)
        else:
            self.discard()

    def _take_columns(self, columns: dict[str, str]) -> None:
        """Read the file again, with its columns as a person placed them."""
        case, (place, *rest) = self._case, self._waiting
        if case is None:
            return
        path, school = case.files[place].path, self.desk.school

        def done(read: ReadFile) -> None:
            files = list(case.files)
            files[place] = read
            self._case = Case(tuple(files), case.whole_school)
            self._columns_of(rest)

        self.desk.run(tr("Bestand lezen"), lambda _: read_file(school, path, columns), done)

    # — the difference —

    def _review_case(self, case: Case) -> None:
        """Work the difference out; who is quicker than that gets the last one asked for."""
        self._case = case
        if self._busy:
            return
        self._busy = True
        school = self.desk.school
        job = self.desk.run(
            tr("Vergelijken met de school"),
            lambda job: review(school, case, job.report),
            partial(self._show_review, case),
            failed=partial(self._refuse, case),
        )
        job.cancelled.connect(partial(self._go_back, case))

    def _show_review(self, case: Case, found: Review) -> None:
        self._busy = False
        if self._case is None:
            return
        if self._case is not case:
            self._review_case(self._case)
            return
        self.review.show_review(case, found)
        if self._page() is not self.review:
            self._open(self.review)

    def _refuse(self, case: Case, error: BaseException) -> None:
        messages.tell_error(self, error)
        self._go_back(case)

    def _go_back(self, case: Case) -> None:
        """Without a difference there is nothing to show; a choice that was refused goes back."""
        self._busy = False
        if case.whole_school:
            self._review_case(Case(case.files, answers=case.answers))
        else:
            self.discard()

    def _set_whole_school(self, on: bool) -> None:
        if self._case is not None:
            self._review_case(Case(self._case.files, on, self._case.answers))

    def _answer(self, asked: Asked, answer: str) -> None:
        case = self._case
        if case is None:
            return
        answers = {key: value for key, value in case.answers.items() if key != asked}
        if answer:
            answers[asked] = answer
        self._review_case(Case(case.files, case.whole_school, answers))

    # — storing and taking back —

    def _store(self, leavers_confirmed: bool) -> None:
        case, school = self._case, self.desk.school
        if case is None or self._busy:  # never what nobody has seen
            return

        def work(progress: Progress) -> list[Difference]:
            return store(school, case, progress, leavers_confirmed=leavers_confirmed)

        job = self.desk.run(tr("Overnemen"), lambda job: work(job.report), self._stored)
        job.cancelled.connect(lambda: self.desk.say(tr("Gestopt. Er is niets overgenomen.")))

    def _stored(self, differences: list[Difference]) -> None:
        counts = {kind: sum(len(each.of_kind(kind)) for each in differences) for kind in Kind}
        left = waiting_text(sum(len(each.questions) for each in differences))
        said = ", ".join(filter(None, (counts_text(counts) or tr("geen verschil"), left)))
        later = tr("Wat is blijven liggen, vraagt het programma bij de volgende import opnieuw.")
        stored = tr("Overgenomen: {what}.").format(what=said)
        self.discard()
        self.done.show_done(f"{stored} {later}" if left else stored)
        self._open(self.done)
        self.desk.tell_change()
        can_undo = importing.can_undo(self.desk.school) is not None
        self.desk.say(stored, self._undo if can_undo else None)

    def ask_undo(self) -> None:
        """Take the last import back, if that is meant."""
        last = importing.can_undo(self.desk.school)
        if last is None:
            with messages.told(self):
                importing.undo_last(self.desk.school)
            return
        messages.confirm(
            self,
            tr(
                "Alles van deze import gaat terug naar hoe het was: {counts}. Wie nieuw was, gaat "
                "weg; wat was gewijzigd, krijgt de oude waarde. Er gaan geen antwoorden verloren."
            ).format(counts=counts_text(last.counts) or tr("geen leerlingen")),
            tr("Ongedaan maken"),
            self._ask_undo_confirmed,
            heading=tr("De laatste import ongedaan maken?"),
        )

    def _ask_undo_confirmed(self) -> None:
        with messages.told(self):
            self._undo()

    def _undo(self) -> None:
        """:raises KnownError: something was changed since."""
        importing.undo_last(self.desk.school)
        if self._case is None:
            self._open(self.start)
        self.desk.tell_change()
        self.desk.say(tr("De import is ongedaan gemaakt."))
