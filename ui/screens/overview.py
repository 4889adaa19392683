"""The first screen: what asks for attention, and how the school stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from schoolprivacy.consents.terms import Answer
from schoolprivacy.duties import Due, DueKind, Target, Urgency
from schoolprivacy.overview.due import due
from schoolprivacy.overview.first_start import Step, StepKind, mark_looked_at, steps
from schoolprivacy.overview.summary import Summary, summary
from schoolprivacy.school import PAPER_KEY, StaffMember
from schoolprivacy.schoolyear import SchoolYear
from ui import messages, theme
from ui.answers import signs
from ui.chart import AnswersChart, Bar, draw_legend_mark
from ui.desk import Desk, Place
from ui.fields import Button, button, card, emptied, label, row, scrolled
from ui.screen import Screen
from ui.theme import px
from ui.tiles import Tile
from ui.words import counted, tr

_PLACES = {
    Target.SCHOOL: Place("settings", {"section": "school"}),
    Target.USERS: Place("settings", {"section": "users"}),
    Target.PAPER_KEY: Place("settings", {"section": "paper_key"}),
    Target.BACKUPS: Place("settings", {"section": "backups"}),
    Target.PUPILS_WITHOUT_GUARDIANS: Place("pupils", {"only": "without_guardians"}),
    Target.PUPILS_NOT_ASKED: Place("consents", {"answer": Answer.NOT_ASKED}),
    Target.REMINDERS: Place("papers", {"kind": "reminder-list"}),
    Target.CONFLICTS: Place("disagreements"),
    Target.EXPIRED: Place("consents", {"answer": Answer.EXPIRED}),
    Target.UNKNOWN_AUTHORITY: Place("pupils", {"only": "unknown_authority"}),
    Target.TAKE_DOWN: Place("publications", {"show": "tasks"}),
    Target.CHANNELS: Place("channels"),
    Target.SHARING: Place("sharing"),
    Target.LIST_COPIES: Place("contact-lists", {"show": "copies"}),
    Target.LAS: Place("las-list", {"show": "open"}),
    Target.STARTING: Place("starting", {"show": "without_form"}),
    Target.OKR: Place("okr", {"show": "due"}),
    Target.SUPPLIERS: Place("suppliers", {"show": "due"}),
    Target.APP_WISHES: Place("suppliers", {"show": "wishes"}),
    Target.PARENTS_LIST: Place("suppliers", {"show": "parents"}),
}
_STEP_PLACES = {
    StepKind.SCHOOL_DATA: Place("settings", {"section": "school"}),
    StepKind.SECOND_PERSON: Place("settings", {"section": "users"}),
    StepKind.PAPER_KEY: Place("settings", {"section": "paper_key"}),
    StepKind.PUPILS: Place("import"),
    StepKind.PURPOSES: Place("settings", {"section": "purposes"}),
    StepKind.FIRST_PRINT: Place("papers", {"kind": "consent-forms"}),
}
_NOT_COUNTED = {
    DueKind.SCHOOL_DATA,
    DueKind.PAPER_KEY,
    DueKind.NO_BACKUP,
    DueKind.ONE_PERSON,
    DueKind.NO_SECOND_PLACE,
}  # one of them is all there can be
_OLD_BACKUP = timedelta(days=7)
_WIDE = 900  # pixels at zoom 1 from which plot and actions stand beside one another


@dataclass(frozen=True, slots=True)
class _Overview:
    """All that the screen shows, read together."""

    stands: Summary
    steps: tuple[Step, ...]
    due: tuple[Due, ...]


class OverviewScreen(Screen):
    """Counted actions, each opening its list; the plot per group; the last backup."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Overzicht"))
        self.add_actions(
            button(
                tr("Formulier invoeren"),
                lambda: desk.go("entry"),
                icon="keyboard",
                kind="primary",
                tip="Ctrl+E",
            ),
        )
        self._tiles = [Tile(desk) for _ in range(4)]
        self._tile_grid = QGridLayout()
        self._tile_grid.setSpacing(px(14))
        self._begin = _BeginCard(desk)
        self._chart = AnswersChart()
        self._chart.opened.connect(lambda group: desk.go("consents", group=group))
        self._plot = card(
            row(label(tr("Toestemmingen per groep"), "heading"), None), _legend(), self._chart
        )
        self._actions = _ActionsCard(desk)
        self._lower = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lower.setSpacing(px(14))
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, px(6), 0)
        inside.setSpacing(px(14))
        inside.addLayout(self._tile_grid)
        self._lay_tiles(len(self._tiles))
        inside.addWidget(self._begin)
        inside.addLayout(self._lower, 1)
        self._lower.addWidget(self._plot, 3, Qt.AlignmentFlag.AlignTop)  # as high as can be read
        self._lower.addWidget(self._actions, 2)
        self._area = scrolled(body)
        self.content.addWidget(self._area, 1)

    def refresh(self) -> None:
        school = self.desk.school
        today = school.clock.today()
        self.set_head(
            _greeting(school.clock.now().astimezone().hour, school.who),
            tr("{day} · schooljaar {year}").format(
                day=f"{today:%d-%m-%Y}", year=SchoolYear.of(today)
            ),
        )
        self._reading = self.desk.read(
            lambda: _Overview(summary(school), tuple(steps(school)), tuple(due(school))), self._show
        )

    def _show(self, read: _Overview) -> None:
        self._show_tiles(read.stands)
        self._begin.show_steps(read.steps)
        self._plot.setVisible(bool(read.stands.pupils))
        self._chart.show_bars([Bar(each.name, each.answers) for each in read.stands.groups])
        had_focus = self._actions.isAncestorOf(QApplication.focusWidget() or self)
        self._actions.show_due([each for each in read.due if each.target in _PLACES])
        if had_focus or QApplication.focusWidget() is None:
            self.focus_first()

    def _show_tiles(self, stands: Summary) -> None:
        pupils, answers, waited, backup = self._tiles
        groups = sum(1 for each in stands.groups if each.name)
        pupils.show_figure(
            "users",
            tr("Leerlingen"),
            str(stands.pupils),
            counted(groups, tr("groep"), tr("groepen")),
            Place("pupils"),
        )
        answers.show_figure(
            "shield-check",
            tr("Vragen beantwoord"),
            _answered(stands),
            tr("van alle leerlingen en doelen"),
            Place("consents"),
        )
        waited.show_figure(
            "mail",
            tr("Nog geen antwoord"),
            str(stands.families_waited_for),
            tr("van {all}").format(all=counted(stands.families, tr("gezin"), tr("gezinnen"))),
            Place("papers", {"kind": "reminder-list"}),
        )
        age = stands.backup_age
        late = age is None or age > _OLD_BACKUP
        backup.show_figure(
            "database-backup",
            tr("Laatste back-up"),
            _age_words(age),
            _made_on(stands),
            Place("settings", {"section": "backups"}),
            bad=late,
        )

    def open_at(self, place: Place) -> None:
        self._area.verticalScrollBar().setValue(0)

    def focus_first(self) -> None:
        self._actions.focus_first() or self._tiles[0].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(_WIDE)
        flat, deep = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._lower.setDirection(flat if wide else deep)
        self._lay_tiles(len(self._tiles) if wide else 2)

    def _lay_tiles(self, columns: int) -> None:
        for place, tile in enumerate(self._tiles):
            self._tile_grid.addWidget(tile, *divmod(place, columns))


def _greeting(hour: int, who: StaffMember) -> str:
    part = tr("Goedemorgen") if hour < 12 else tr("Goedemiddag") if hour < 18 else tr("Goedenavond")
    return part if who.role == PAPER_KEY else f"{part}, {who.name}"


def _answered(stands: Summary) -> str:
    """How many of the questions have an answer that a person gave and that still counts."""
    total = sum(sum(each.answers.values()) for each in stands.groups)
    silent = {Answer.NOT_ASKED, Answer.NO_ANSWER, Answer.EXPIRED}
    given = sum(
        count
        for each in stands.groups
        for answer, count in each.answers.items()
        if answer not in silent
    )
    return f"{given * 100 // total} %" if total else "–"


def _age_words(age: timedelta | None) -> str:
    if age is None:
        return tr("Geen")
    if age.days < 1:
        return tr("Vandaag")
    return counted(age.days, tr("dag"), tr("dagen"))


def _made_on(stands: Summary) -> str:
    made = stands.last_backup.made_at if stands.last_backup else None
    if made is None:
        return tr("Maak er nu een")
    return tr("gemaakt op {day}").format(day=f"{made.astimezone():%d-%m-%Y %H:%M}")


class _BeginCard(QFrame):
    """The steps a new school has not done yet; gone when all are done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk = desk
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(4))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(18), px(14), px(18), px(14))
        self._progress = label("", "muted")
        layout.addWidget(row(label(tr("Zo begint u"), "heading"), self._progress, None))
        layout.addLayout(self._rows)

    def show_steps(self, found: tuple[Step, ...]) -> None:
        """Show what is left to do."""
        emptied(self._rows)
        left = [each for each in found if not each.done]
        self.setVisible(bool(left))
        done = tr("{done} van {all} stappen gedaan")
        self._progress.setText(done.format(done=len(found) - len(left), all=len(found)))
        for each in left:
            self._rows.addWidget(self._line(each))

    def _line(self, step: Step) -> QWidget:
        place = _STEP_PLACES[step.kind]
        go = button(
            _step_words(step.kind),
            lambda: self._desk.going.emit(place),
            icon="chevron-right",
            kind="link",
        )
        if step.kind is StepKind.PURPOSES:
            fine = button(tr("De standaard is goed"), self._purposes_are_fine)
            return row(go, fine, None)
        return row(go, None)

    def _purposes_are_fine(self) -> None:
        with messages.told(self):
            mark_looked_at(self._desk.school)
            self._desk.tell_change()


def _step_words(kind: StepKind) -> str:
    return {
        StepKind.SCHOOL_DATA: tr("Bestuur en FG van de school invullen"),
        StepKind.SECOND_PERSON: tr("Een tweede persoon een wachtzin geven"),
        StepKind.PAPER_KEY: tr("De papieren sleutel controleren"),
        StepKind.PUPILS: tr("Leerlingen importeren"),
        StepKind.PURPOSES: tr("Doelen kiezen"),
        StepKind.FIRST_PRINT: tr("De eerste formulieren afdrukken"),
    }[kind]


class _ActionsCard(QFrame):
    """What somebody must do, most urgent first; each line opens its list."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk = desk
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(2))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(18), px(16), px(18), px(16))
        layout.addWidget(label(tr("Dit vraagt aandacht"), "heading"))
        layout.addLayout(self._rows)
        layout.addStretch(1)
        self._first: QWidget | None = None

    def show_due(self, found: list[Due]) -> None:
        """Show what is due; a friendly word when nothing is."""
        emptied(self._rows)
        self._first = None
        for each in found:
            line = _DueLine(each)
            line.clicked.connect(lambda _=False, t=each.target: self._go(t))
            self._rows.addWidget(line)
            self._first = self._first or line
        if not found:
            self._rows.addWidget(
                label(tr("Alles is bij. Er is nu niets dat u moet doen."), "muted", wrap=True)
            )

    def _go(self, target: Target) -> None:
        self._desk.going.emit(_PLACES[target])

    def focus_first(self) -> bool:
        """Give the keyboard to the most urgent line; False when there is none."""
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)
        return self._first is not None


class _DueLine(Button):
    """``28`` *Gezinnen zonder antwoord*, and why it matters."""

    def __init__(self, what: Due) -> None:
        super().__init__()
        self.setObjectName("line")
        icon, colour = {
            Urgency.NOW: ("triangle-alert", "no"),
            Urgency.SOON: ("triangle-alert", "warn"),
            Urgency.LATER: ("info", "muted"),
        }[what.urgency]
        sign = QLabel()
        sign.setPixmap(theme.pixmap(icon, colour, 20))
        said = what.title if what.kind in _NOT_COUNTED else f"{what.count} · {what.title}"
        title = label(said, "strong", wrap=True)
        why = label(what.explanation, "small", wrap=True)
        layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        layout.setContentsMargins(px(8), px(8), px(8), px(8))
        layout.setSpacing(px(10))
        layout.addWidget(sign, alignment=Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(px(1))
        layout.addLayout(lines, 1)
        lines.addWidget(title)
        lines.addWidget(why)
        for each in self.findChildren(QWidget):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(said)
        self.setAccessibleDescription(what.explanation)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.heightForWidth(width) if layout else super().heightForWidth(width)

    def sizeHint(self) -> QSize:
        width = max(self.width(), px(200))
        return QSize(px(260), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()


def _legend() -> QWidget:
    """The marks of the plot with their words, in rows of four."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(14))
    grid.setVerticalSpacing(px(2))
    for place, (answer, sign) in enumerate(signs().items()):
        mark = QLabel()
        picture = QPixmap(QSize(px(16), px(14)))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        draw_legend_mark(painter, answer, QRectF(1, 1, px(16) - 2, px(14) - 2))
        painter.end()
        mark.setPixmap(picture)
        grid.addWidget(row(mark, label(sign.word, "small"), None, spacing=4), *divmod(place, 4))
    return made
