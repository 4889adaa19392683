"""The difference: in groups, with what a person must decide, and the button that stores it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from schoolprivacy.errors import sentence
from schoolprivacy.people.difference import Kind
from schoolprivacy.people.review import SideBySide, side_by_side
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from ui.fields import Fields, button, emptied, label, notice, row, scrolled, text_field
from ui.screens.import_case import Case, Review, can_be_answered
from ui.screens.import_plans import (
    FileProblem,
    PlansPage,
    ProblemsPage,
    plan_rows,
    suggestions_table,
)
from ui.screens.import_questions import AskedQuestion, QuestionsPage
from ui.screens.import_words import counts_text, kind_words, waiting_text, whole_school_text
from ui.theme import px
from ui.words import counted, tr

_NARROW = 700  # pixels at zoom 1: below it the buttons stand under the summary


class ReviewPage(QWidget):
    """Shows what an import would change, before anything is stored."""

    back = Signal()
    columns_wanted = Signal()
    whole_school_wanted = Signal(bool)
    answered = Signal(tuple, str)
    confirmed = Signal(bool)

    def __init__(self, school: School) -> None:
        super().__init__()
        self._school = school
        self._case: Case | None = None
        self._review: Review | None = None
        self._asked: dict[tuple[int, int, str, str], AskedQuestion] = {}
        self.whole = QCheckBox(tr("Dit bestand bevat &alle leerlingen van de school"))
        self.whole.toggled.connect(self.whole_school_wanted)
        self._why_whole = label("", "small", wrap=True)
        self._about = label("", "muted", wrap=True)
        self._notices = QVBoxLayout()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for each in (self.tabs, self.tabs.tabBar()):
            each.setAccessibleName(tr("Wat er verandert, in groepen"))
        self.tabs.setMinimumHeight(px(300))
        self.questions = QuestionsPage(self._compare)
        self.questions.setParent(self)  # also while it is in no tab
        self.questions.hide()
        self.questions.answered.connect(self.answered)
        self.leavers = Fields()
        self.number = text_field(longest=6)
        self.number.setMaximumWidth(px(160))
        self._summary = label("", "strong", wrap=True)
        self._small = label("", "small", wrap=True)
        self._build()

    def _build(self) -> None:
        self.leavers.add("number", tr("Hoe&veel leerlingen gaan van school?"), self.number)
        inside = QWidget()
        upper = QVBoxLayout(inside)
        upper.setContentsMargins(0, 0, px(4), 0)
        upper.setSpacing(px(8))
        upper.addWidget(self._about)
        upper.addWidget(self.whole)
        upper.addWidget(self._why_whole)
        upper.addLayout(self._notices)
        upper.addWidget(self.leavers)
        upper.addWidget(self.tabs, 1)
        upper.addWidget(self._foot())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(inside))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(_NARROW)
        self._foot_layout.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )

    def _foot(self) -> QFrame:
        self._columns = button(tr("K&olommen…"), self.columns_wanted.emit, icon="list")
        self.store = button(
            tr("Ove&rnemen"), self.go_on, icon="check", kind="primary", tip=tr("Ctrl+Enter")
        )
        throw = button(tr("&Weggooien"), self.back.emit)
        made = QFrame()
        self._foot_layout = QHBoxLayout(made)
        self._foot_layout.setContentsMargins(0, 0, 0, 0)
        self._foot_layout.setSpacing(px(10))
        said = QVBoxLayout()
        said.setSpacing(px(2))
        self._foot_layout.addLayout(said, 1)
        said.addWidget(self._summary)
        said.addWidget(self._small)
        self._foot_layout.addWidget(row(None, throw, self._columns, self.store))
        return made

    # — showing —

    def show_review(self, case: Case, review: Review) -> None:
        """Show what a case would change; the tab one is at stays."""
        same = self._case is not None and self._case.files is case.files
        had = self.tabs.tabBar().tabData(self.tabs.currentIndex()) if same else None
        self._asked = self._asked if same else {}
        self._case, self._review = case, review
        focused = QApplication.focusWidget()
        asking = focused is not None and self.questions.isAncestorOf(focused)
        self._show_whole(case, review)
        self._about.setText(_about(case, review))
        self._show_notices(case, review)
        self._show_tabs(case, review)
        for place in range(self.tabs.count()):
            if self.tabs.tabBar().tabData(place) == had:
                self.tabs.setCurrentIndex(place)
        if asking:  # the page was taken out of its tab for a moment
            self.questions.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._columns.setVisible(any(each.is_spreadsheet for each in case.files))
        self._show_summary(case, review)

    def _show_whole(self, case: Case, review: Review) -> None:
        self.whole.blockSignals(True)
        self.whole.setChecked(case.whole_school)
        self.whole.blockSignals(False)
        if len(case.files) > 1:
            self.whole.setText(tr("Deze bestanden bevatten samen &alle leerlingen van de school"))
        now = SchoolYear.of(self._school.clock.today())
        coming = {each.school_year for each in review.differences} == {now.next()}
        self._why_whole.setText(
            whole_school_text(case.whole_school, now.last_day if coming else None)
        )

    def _show_notices(self, case: Case, review: Review) -> None:
        emptied(self._notices)
        if case.errors:
            self._notices.addWidget(notice(sentence("import.errors"), "trouble"))
        for text in _other_years(review, SchoolYear.of(self._school.clock.today())):
            self._notices.addWidget(notice(text))
        many = review.many_leavers
        if many is not None:
            self._notices.addWidget(notice(str(many)))
        self.leavers.setVisible(many is not None)

    def _show_tabs(self, case: Case, review: Review) -> None:
        self.tabs.blockSignals(True)
        self._empty_tabs()
        asked = self._questions(case, review)
        problems = [FileProblem(f.path.name, p) for f in case.files for p in f.roster.problems]
        if case.errors:
            self._add(ProblemsPage(problems), "problems", tr("Problemen"), len(problems))
        for kind, word in kind_words().items():
            rows = plan_rows(review, kind)
            if rows:
                self._add(PlansPage(word, rows), kind.value, word, len(rows))
        if asked:
            self._add(self.questions, "questions", tr("Vragen"), waiting(review))
            self.questions.show_questions(asked)
        if review.suggestions:
            table = suggestions_table(review.suggestions)
            word = tr("Mogelijk dezelfde ouder")
            self._add(table, "suggestions", word, len(review.suggestions))
        if problems and not case.errors:
            word = tr("Problemen in het bestand")
            self._add(ProblemsPage(problems), "problems", word, len(problems))
        if not self.tabs.count():
            nothing = label(tr("Er is geen verschil met wat de school al weet."), "muted")
            nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._add(nothing, "nothing", tr("Geen verschil"), 0)
        self.tabs.blockSignals(False)

    def _empty_tabs(self) -> None:
        while self.tabs.count():
            page = self.tabs.widget(0)
            self.tabs.removeTab(0)
            if page is not None and page is not self.questions:
                page.deleteLater()

    def _add(self, page: QWidget, key: str, word: str, count: int) -> None:
        place = self.tabs.addTab(page, f"{word} ({count})" if count else word)
        self.tabs.tabBar().setTabData(place, key)

    def _show_summary(self, case: Case, review: Review) -> None:
        counts = {kind: len(review.of_kind(kind)) for kind in Kind}
        said = [counts_text(counts) or tr("geen verschil"), waiting_text(waiting(review))]
        self._summary.setText(", ".join(filter(None, said)).capitalize() + ".")
        self._small.setText(
            tr("Er is nog niets bewaard. Voor het overnemen maakt het programma een back-up.")
        )
        self.store.setEnabled(not case.errors and not self._school.read_only)

    # — questions —

    def _questions(self, case: Case, review: Review) -> list[AskedQuestion]:
        """What is asked now, and what was answered already and can still be changed."""
        now: dict[tuple[int, int, str, str], AskedQuestion] = {}
        for asked, question in review.questions():
            key = (*asked, "" if can_be_answered(question) else question.doubt, question.guardian)
            before = self._asked.get(key)
            refused = asked in case.answers and can_be_answered(question)
            kept = before.question if refused and before else question
            now[key] = AskedQuestion(asked, kept, case.answers.get(asked, ""), refused)
        for key, each in self._asked.items():
            if key not in now and each.asked in case.answers and can_be_answered(each.question):
                answer = case.answers[each.asked]
                now[key] = AskedQuestion(each.asked, each.question, answer)
        self._asked = now
        return [now[key] for key in sorted(now)]

    def _compare(self, asked: AskedQuestion) -> SideBySide:
        assert self._review is not None
        difference = self._review.differences[asked.asked[0]]
        question = asked.question
        if not question.candidates:  # about a guardian: the child itself is known
            same = [each for each in difference.pupils if each.line == question.line]
            there = tuple(each.pupil.id for each in same if Kind.NEW not in each.kinds)
            question = replace(question, candidates=there)
        return side_by_side(self._school, question, difference.school_year)

    def shows(self, case: Case) -> bool:
        """Whether this very case is on the page."""
        return self._case is case

    def forget(self) -> None:
        """Keep nothing of the files."""
        self._case, self._review, self._asked = None, None, {}
        self.number.clear()
        self._empty_tabs()
        self.questions.show_questions([])

    # — going on —

    def focus_first(self) -> None:
        self.tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Store it, once the number of many leavers was typed."""
        if self._review is None or not self.store.isEnabled():
            return
        many = self._review.many_leavers is not None
        if many and self.number.text().strip() != str(self._review.leaving):
            said = tr(
                "Tel na wie er van school gaat en typ het aantal dat hierboven staat. "
                "Klopt het aantal niet, haal dan het vinkje weg."
            )
            self.leavers.show_problems({"number": said})
            return
        self.leavers.show_problems({})
        self.confirmed.emit(many)


def waiting(review: Review) -> int:
    """How many questions nobody has answered."""
    return sum(1 for _ in review.questions())


def _other_years(review: Review, now: SchoolYear) -> list[str]:
    years = dict.fromkeys(each.school_year for each in review.differences)
    return [sentence("import.year_differs", year=y, now=now) for y in years if y != now]


def _about(case: Case, review: Review) -> str:
    """What kind of files these are, and what is left out of them."""
    said = [
        f"{each.path.name} ({each.roster.kind}): "
        + counted(len(each.roster.pupils), tr("leerling"), tr("leerlingen"))
        for each in case.files
    ]
    groups = dict.fromkeys(name for each in review.differences for name in each.new_groups)
    if groups:
        said.append(tr("Nieuwe groepen: {groups}").format(groups=", ".join(groups)))
    gone = sum(len(each.strangers_gone) for each in review.differences)
    if gone:
        said.append(
            tr("Al van school en hier niet bekend, dus niet overgenomen: {count}").format(
                count=gone
            )
        )
    dropped = dict.fromkeys(name for each in case.rosters for name in each.dropped)
    if dropped:
        said.append(tr("Nooit overgenomen: {what}").format(what=", ".join(dropped)))
    return ". ".join(said) + "."
