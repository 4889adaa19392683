"""Where the list for parents was put, what it said then, and what changed since."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.names import plain
from schoolprivacy.people.undoing import Undo
from schoolprivacy.suppliers.entries import LONGEST_LINE
from schoolprivacy.suppliers.telling import Change, publications, record_published
from schoolprivacy.suppliers.terms import Publication
from ui.desk import Desk
from ui.dialog import Dialog
from ui.fields import (
    ChoiceField,
    button,
    card,
    choice,
    emptied,
    label,
    row,
    scrolled,
    show_date,
    text_field,
)
from ui.screens.record_dialog import RecordDialog
from ui.screens.suppliers_words import facts
from ui.theme import px
from ui.words import tr


class PublishDialog(RecordDialog):
    """Where the list was put, and when."""

    def __init__(self, owner: QWidget, desk: Desk) -> None:
        told = tr("Vastgelegd waar ouders de lijst kunnen lezen.")
        super().__init__(owner, desk, tr("De lijst is geplaatst"), tr("Vastleggen"), told)
        about = tr(
            "Leg vast waar ouders de lijst van vandaag kunnen lezen. Het programma onthoudt wat er "
            "toen op stond, en ziet later wat ouders nog niet weten."
        )
        self.body.insertWidget(0, label(about, "muted", wrap=True))
        before = list(dict.fromkeys(each.place for each in publications(desk.school)))
        place = text_field(before[0] if before else "", longest=LONGEST_LINE)
        place.setPlaceholderText(tr("bijvoorbeeld: website, pagina Privacy"))
        place.setCompleter(QCompleter(before, place))
        self.add("place", tr("&Waar"), place, span=2)
        self.add_day(tr("&Geplaatst op"))
        self.act = self._publish

    def problems(self) -> Iterable[FieldProblem]:
        yield from super().problems()
        if not self.fields["place"].text().strip():
            yield FieldProblem("place", "needed")

    def _publish(self) -> Undo:
        fields = self.fields
        return record_published(self.desk.school, fields["on"].date(), fields["place"].text())


class _Reading(Dialog):
    """Something long to read, with a button to close it."""

    def __init__(self, owner: QWidget, title: str) -> None:
        super().__init__(owner, title)
        inside = QWidget()
        self.lines = QVBoxLayout(inside)
        self.lines.setSpacing(px(10))
        self.primary = button(tr("&Sluiten"), self.reject, kind="primary", tip=tr("Escape"))
        self.above = QVBoxLayout(self)
        self.above.setContentsMargins(px(20), px(18), px(20), px(16))
        self.above.setSpacing(px(10))
        self.above.addWidget(label(title, "heading", wrap=True))
        self.above.addWidget(scrolled(inside), 1)
        self.above.addWidget(row(None, self.primary))
        room = owner.window().size()
        self.resize(min(px(780), room.width() - px(20)), min(px(640), room.height() - px(40)))


class ChangesDialog(_Reading):
    """Line by line what parents can read, and what it is now."""

    def __init__(self, owner: QWidget, changed: list[Change]) -> None:
        super().__init__(owner, tr("Wat er is veranderd"))
        for each in changed:
            self.lines.addWidget(_change(each))
        self.lines.addStretch(1)


class SaidDialog(_Reading):
    """What the list said each time it was put somewhere, to show what parents could know."""

    def __init__(self, owner: QWidget, told: list[Publication]) -> None:
        super().__init__(owner, tr("Wat er toen stond"))
        self.when = choice([(f"{show_date(e.published_on)}, {e.place}", e) for e in told])
        self.when.setAccessibleName(tr("Geplaatst op"))
        self.when.setSizeAdjustPolicy(
            ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.when.currentIndexChanged.connect(lambda _: self._show_said())
        self.above.insertWidget(1, self.when)
        self._show_said()

    def _show_said(self) -> None:
        emptied(self.lines)
        found: Publication = self.when.value()
        self.lines.addWidget(label(_recorded(found), "muted", wrap=True))
        for said in sorted(found.said.values(), key=plain):
            who, _, rest = said.partition("\n")
            shown = [label(who, "strong", wrap=True), *([label(rest, wrap=True)] if rest else [])]
            self.lines.addWidget(card(*shown))
        self.lines.addStretch(1)


def _recorded(found: Publication) -> str:
    told = tr("Geplaatst op {day}: {place}. Vastgelegd door {who}.")
    return told.format(day=show_date(found.published_on), place=found.place, who=found.recorded_by)


def _change(change: Change) -> QWidget:
    if not change.before:
        head = tr("Nieuw: {who}").format(who=change.who)
    elif not change.now:
        head = tr("Niet meer op de lijst: {who}").format(who=change.who)
    else:
        head = tr("Veranderd: {who}").format(who=change.who)
    lines = [(tr("Ouders lezen"), change.before), (tr("Nu"), change.now)]
    return card(label(head, "strong", wrap=True), facts(lines))
