"""Note that families were asked otherwise than on a form of ours; it permits nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from schoolprivacy.consents.bulk import Asked, record_asked, undo_asked
from schoolprivacy.consents.stack import StackSheet
from ui import messages
from ui.desk import Desk
from ui.dialog import Dialog
from ui.fields import DateField, Fields, button, label, row, show_date
from ui.theme import px
from ui.words import counted, tr


class AskedDialog(Dialog):
    """Which children, which purposes, and on what day."""

    def __init__(
        self,
        desk: Desk,
        sheet: StackSheet,
        pupil_ids: Collection[str],
        codes: Collection[str],
        owner: QWidget,
    ) -> None:
        super().__init__(owner, tr("Gevraagd, nog geen antwoord"))
        self._desk = desk
        today = desk.school.clock.today()
        pupils = [(each.name, each.pupil_id) for each in sheet.pupils]
        purposes = [(each.wording.short, each.code) for each in sheet.purposes]
        self.pupils = _Ticks(tr("&Kinderen"), pupils, pupil_ids)
        self.purposes = _Ticks(tr("&Doelen"), purposes, codes)
        self.day = DateField(today, latest=today)
        self._fields = Fields()
        self._fields.add("day", tr("Gevraagd &op"), self.day)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self.primary = button(
            tr("&Vastleggen"), self._record, icon="check", kind="primary", tip="Ctrl+Enter"
        )
        for each in (self.pupils, self.purposes):
            each.list.itemChanged.connect(self._note_tick)
        self._build()
        room = owner.window().size()
        self.resize(min(px(640), room.width() - px(20)), min(px(560), room.height() - px(20)))

    def _build(self) -> None:
        about = tr(
            "Voor als ouders op een andere manier zijn gevraagd, bijvoorbeeld op een ouderavond. "
            "Dit is geen toestemming: zolang er geen antwoord is, mag er niets. Wie al "
            "antwoordde, blijft zoals het is."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(18), px(20), px(16))
        layout.setSpacing(px(12))
        layout.addWidget(label(about, wrap=True))
        beside = QWidget()
        lists = QHBoxLayout(beside)
        lists.setContentsMargins(0, 0, 0, 0)
        lists.setSpacing(px(14))
        lists.addWidget(self.pupils, 1)
        lists.addWidget(self.purposes, 1)
        layout.addWidget(beside, 1)
        layout.addWidget(self._fields)
        layout.addWidget(self._problem)
        layout.addWidget(row(None, button(tr("Annuleren"), self.reject), self.primary))

    def _note_tick(self) -> None:
        self.touched = True
        self._problem.hide()

    def _record(self) -> None:
        day, pupils, codes = self.day.date(), self.pupils.chosen(), self.purposes.chosen()
        if day is None or self.day.is_wrong():
            problem = tr("Vul een datum in die niet in de toekomst ligt.")
            self._fields.show_problems({"day": problem})
            return
        if not pupils or not codes:
            self._problem.setText(tr("Kies minstens één kind en minstens één doel."))
            self._problem.show()
            (self.purposes if pupils else self.pupils).list.setFocus()
            return
        with messages.told(self):
            asked = record_asked(self._desk.school, pupils, codes, day)
            self.accept()
            self._desk.tell_change()
            self._desk.say(_said(asked, show_date(day)), lambda: self._take_back(asked))

    def _take_back(self, asked: Asked) -> None:
        undo_asked(self._desk.school, asked)
        self._desk.tell_change()


def _said(asked: Asked, day: str) -> str:
    cells = counted(asked.recorded, tr("vakje"), tr("vakjes"))
    parts = [tr("Gevraagd op {day}: {cells} vastgelegd.").format(day=day, cells=cells)]
    if asked.answered:
        parts.append(tr("{n} al beantwoord.").format(n=asked.answered))
    if asked.asked_before:
        parts.append(tr("{n} stond er al.").format(n=asked.asked_before))
    return " ".join(parts)


class _Ticks(QWidget):
    """A list of which some are ticked; the arrows walk, the space bar ticks."""

    def __init__(
        self, name: str, options: Sequence[tuple[str, str]], chosen: Collection[str]
    ) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setAccessibleName(name.replace("&", ""))
        for text, value in options:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = Qt.CheckState.Checked if value in chosen else Qt.CheckState.Unchecked
            item.setCheckState(ticked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        above = label(name, "strong")
        above.setBuddy(self.list)
        what = self.list.accessibleName().lower()
        everything = button(
            tr("Alles"), lambda: self._tick_all(on=True), tip=tr("Alle {what}").format(what=what)
        )
        nothing = button(
            tr("Niets"), lambda: self._tick_all(on=False), tip=tr("Geen {what}").format(what=what)
        )
        for each in (everything, nothing):
            each.setAccessibleName(each.toolTip())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        layout.addWidget(above)
        layout.addWidget(self.list, 1)
        layout.addWidget(row(everything, nothing, None))

    def chosen(self) -> list[str]:
        """What is ticked, in the order of the list."""
        items = [self.list.item(place) for place in range(self.list.count())]
        wanted = [each for each in items if each.checkState() is Qt.CheckState.Checked]
        return [str(each.data(Qt.ItemDataRole.UserRole)) for each in wanted]

    def _tick_all(self, *, on: bool) -> None:
        for place in range(self.list.count()):
            self.list.item(place).setCheckState(
                Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            )
