"""The rows and columns of the people at school, and how their answers look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from schoolprivacy.consents.team.members import Member, MemberKind, MemberRow
from schoolprivacy.consents.terms import Answer, Purpose, Wording
from schoolprivacy.errors import sentence
from schoolprivacy.people.names import full_name, register_name
from ui import theme
from ui.answers import Sign, signs
from ui.fields import show_date
from ui.pills import draw_pill, pill_size
from ui.table import ROW, Column, Index, Rows, Sorted, Table
from ui.theme import px
from ui.words import tr

_NAME, _CALL_NAME, _KIND = 200, 95, 110  # pixels at zoom 1
_GAP = 6


def team_signs() -> dict[Answer, Sign]:
    """The answers without alarm: what an adult does not want has no consequence (AVG 7(4))."""
    said = {
        Answer.REFUSED: tr("Wil dit niet. Dat hoeft niemand uit te leggen."),
        Answer.WITHDRAWN: tr("Was ja, nu niet meer. Dat hoeft niemand uit te leggen."),
        Answer.EXPIRED: tr("Geldt niet meer."),
        Answer.NO_ANSWER: tr("Gevraagd, niets gehoord. Dat is geen ja, en het is goed zo."),
        Answer.NOT_ASKED: tr("Nog niet gevraagd."),
    }
    found = signs()
    for answer, explained in said.items():
        found[answer] = replace(found[answer], colour="open", explained=explained)
    found[Answer.EXPIRED] = replace(found[Answer.EXPIRED], icon="history")
    return found


def kind_word(kind: MemberKind) -> str:
    """What somebody is at school."""
    return sentence(f"team_kind.{kind}")


def team_short(code: str, wording: Wording) -> str:
    """The short name of a purpose; on the contact list somebody here is no parent."""
    return tr("Naam op lijst") if code == "contact-guardian-name" else wording.short


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody in the table.

    :param has_left: no longer works or helps here
    """

    row: MemberRow
    has_left: bool

    @property
    def member(self) -> Member:
        return self.row.member


def found_in(line: Line) -> str:
    """What is searched: the name, and what somebody is."""
    return f"{full_name(line.member)} {kind_word(line.member.kind)}"


class TeamRows(Rows[Line]):
    """Everybody × what they are asked; the answers are drawn, and spoken in words."""

    def __init__(self) -> None:
        super().__init__(_fixed())
        self._purposes: tuple[Purpose, ...] = ()

    def show(self, purposes: Sequence[Purpose], lines: Sequence[Line]) -> None:
        """Show these; another purpose may have been switched on meanwhile."""
        self.beginResetModel()
        self._purposes = tuple(purposes)
        answers = (_column(place, each) for place, each in enumerate(purposes))
        self.columns = (*_fixed(), *answers)
        self.rows = list(lines)
        self.endResetModel()

    @property
    def heads(self) -> list[str]:
        """Of the columns with an answer."""
        return [team_short(each.code, each.wording) for each in self._purposes]

    def answer(self, line: Line, column: int) -> Answer | None:
        """What stands in a column; None where it is no answer."""
        place = column - len(_fixed())
        return line.row.answers[place] if place >= 0 else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        place = section - len(_fixed())
        if role == Qt.ItemDataRole.ToolTipRole and place >= 0:
            return self._purposes[place].wording.label
        found: str | None = super().headerData(section, orientation, role)
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        answered = index.isValid() and self.answer(self.rows[index.row()], index.column())
        if answered and role == Qt.ItemDataRole.ToolTipRole:
            return team_signs()[answered].explained
        if answered and role == Qt.ItemDataRole.DisplayRole:
            return ""  # drawn
        return super().data(index, role)


def _fixed() -> tuple[Column[Line], ...]:
    return (
        Column(tr("Naam"), _name, speaks=_spoken, width=_NAME),
        Column(tr("Roepnaam"), lambda line: line.member.call_name, width=_CALL_NAME),
        Column(tr("Op school"), lambda line: kind_word(line.member.kind), width=_KIND),
    )


def _name(line: Line) -> str:
    name = register_name(line.member)
    return tr("{name} (weg)").format(name=name) if line.has_left else name


def _spoken(line: Line) -> str:
    left = tr("weg sinds {day}").format(day=show_date(line.member.left_on)) if line.has_left else ""
    parts = (full_name(line.member), kind_word(line.member.kind), left)
    return ", ".join(filter(None, parts))


def _column(place: int, purpose: Purpose) -> Column[Line]:
    short = team_short(purpose.code, purpose.wording)

    def word(line: Line) -> str:
        return team_signs()[line.row.answers[place]].word

    return Column(
        short,
        word,
        speaks=lambda line: f"{full_name(line.member)}, {short}: {word(line).lower()}",
    )


class TeamTable(Table):
    """People one walks with the arrows; Enter, V and I do something with somebody.

    The columns share the room as long as words can be read.
    """

    record_wanted = Signal()
    withdraw_wanted = Signal()
    reached = Signal()  # by key, so that it can be brought into view

    def __init__(self, rows: TeamRows) -> None:
        super().__init__(tr("Medewerkers, stagiairs en vrijwilligers"))
        self._rows = rows
        self._pills = _Pills(self)
        self.setItemDelegate(self._pills)
        self.setMinimumHeight(px(200 if theme.zoom() < 1.5 else 125))
        rows.modelReset.connect(self.fit)

    def show_people(self) -> Sorted:
        """Begin; gives what searches and filters it."""
        found = self.show_rows(self._rows, found_in)
        self.horizontalHeader().setStretchLastSection(False)
        return found

    def fit(self) -> None:
        """Divide the width."""
        if self.model() is None:
            return
        fixed = self._rows.columnCount() - len(self._rows.heads)
        taken = sum(self.columnWidth(place) for place in range(fixed))
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - taken - bar - 2 * self.frameWidth()
        each = room // max(1, len(self._rows.heads))
        for place, head in enumerate(self._rows.heads):
            word = self.horizontalHeader().fontMetrics().horizontalAdvance(head) + px(30)
            least = max(self._pills.least_width(), word)
            self.setColumnWidth(fixed + place, max(least, min(each, px(150))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = {Qt.Key.Key_V: self.record_wanted, Qt.Key.Key_I: self.withdraw_wanted}
        key = Qt.Key(event.key())
        if key in wanted and not event.modifiers():
            wanted[key].emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:  # a click stays where it was
            self.reached.emit()

    def keyboardSearch(self, search: str) -> None:
        """Letters do something here; names are searched in the field above."""


class _Pills(QStyledItemDelegate):
    """Draws an answer as shape, word and colour, on the ground of the row."""

    def __init__(self, table: TeamTable) -> None:
        super().__init__(table)
        self._table = table
        self._signs = team_signs()
        self._drawn: dict[tuple[Answer, int, float], QPixmap] = {}

    def least_width(self) -> int:
        """In which every word can be read, above one another if need be."""
        widths = [pill_size(each, stacked=True).width() for each in self._signs.values()]
        return max(widths) + 2 * px(_GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        model = self._table.model()
        assert isinstance(model, Sorted)
        rows = model.sourceModel()
        assert isinstance(rows, TeamRows)
        answer = rows.answer(index.data(ROW), index.column())
        if answer is None:
            return
        where, ratio = option.rect, self._table.devicePixelRatioF()
        picture = self._picture(answer, where.width() - 2 * px(_GAP), ratio)
        height = round(picture.height() / ratio)
        top = where.top() + (where.height() - height) // 2
        painter.drawPixmap(where.left() + px(_GAP), top, picture)

    def _picture(self, answer: Answer, room: int, ratio: float) -> QPixmap:
        key = answer, room, ratio
        if key not in self._drawn:
            self._drawn[key] = draw_pill(self._signs[answer], room, ratio)
        return self._drawn[key]
