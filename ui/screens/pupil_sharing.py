"""Taking over the guardians of a brother or sister."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from schoolprivacy.people.carers import SharedGuardian
from schoolprivacy.people.directory import Finder, Listed, directory
from schoolprivacy.people.dossier import dossier
from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.names import full_name, group_label, guardian_name
from ui.desk import Desk
from ui.fields import SearchField, emptied, label
from ui.screens.pupil_dialog import EntryDialog
from ui.theme import px
from ui.words import tr

_PUPIL = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Shared:
    """A guardian of another child, chosen for this one too."""

    name: str
    guardian: SharedGuardian


class SharingDialog(EntryDialog):
    """Search a brother or sister and tick which guardians to take over.

    :param present: guardians the child has already, by identifier
    :param without: identifier of the child itself, who is no own brother or sister
    """

    chosen = Signal(list)

    def __init__(
        self, owner: QWidget, desk: Desk, present: Collection[str], without: str = ""
    ) -> None:
        super().__init__(owner, tr("Ouders van een broer of zus"), tr("Overnemen"))
        self._desk, self._present = desk, present
        self._people = [each for each in directory(desk.school) if each.pupil.id != without]
        self._finder = Finder(self._people, ())
        self._ticks: list[tuple[QCheckBox, Shared]] = []
        self._build()
        self._find("")

    def _build(self) -> None:
        self._search = SearchField(tr("Zoek de broer of zus op naam"))
        self._search.textChanged.connect(self._find)
        self._search.down.connect(self._into_list)
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Gevonden leerlingen"))
        self._list.setMinimumHeight(px(150))
        self._list.currentItemChanged.connect(self._show_guardians)
        self._guardians = QVBoxLayout()
        self.body.addWidget(self._search)
        self.body.addWidget(self._list, 1)
        self.body.addWidget(label(tr("Neem over:"), "strong"))
        self.body.addLayout(self._guardians)
        self.body.addWidget(
            label(
                tr(
                    "De relatie gaat mee. Het gezag vult u daarna per kind in: dat kan verschillen."
                ),
                "muted",
                wrap=True,
            )
        )
        self._search.setFocus()

    def _find(self, text: str) -> None:
        self._list.clear()
        people = (
            [each.pupil for each in self._finder.find(text) if each.pupil]
            if text.strip()
            else self._people
        )
        for each in people:
            item = QListWidgetItem(_recognised(each))
            item.setData(_PUPIL, each.pupil.id)
            self._list.addItem(item)
        self._list.setCurrentRow(0 if text.strip() else -1)

    def _into_list(self) -> None:
        self._list.setFocus()
        self._list.setCurrentRow(max(0, self._list.currentRow()))

    def _show_guardians(self, item: QListWidgetItem | None) -> None:
        emptied(self._guardians)
        self._ticks = []
        if item is None:
            return
        for carer in dossier(self._desk.school, item.data(_PUPIL)).carers:
            self._offer(
                carer.link.guardian.id, guardian_name(carer.link.guardian), carer.link.relation
            )
        if not self._ticks:
            told = tr("Dit kind heeft geen ouders die nog niet bij deze leerling staan.")
            self._guardians.addWidget(label(told, "muted", wrap=True))

    def _offer(self, guardian_id: str, name: str, relation: str) -> None:
        if guardian_id in self._present:
            return
        shown = f"{name} ({relation})" if relation else name
        tick = QCheckBox(shown.replace("&", "&&"))
        tick.setAccessibleName(shown)
        tick.setChecked(True)
        self._ticks.append((tick, Shared(shown, SharedGuardian(guardian_id, relation))))
        self._guardians.addWidget(tick)

    def problems(self) -> Sequence[FieldProblem]:
        return ()

    def save(self) -> None:
        chosen = [shared for tick, shared in self._ticks if tick.isChecked()]
        if not chosen:
            self.show_trouble(tr("Kies eerst een kind, en welke ouders u overneemt."))
            return
        self.done(1)
        self.chosen.emit(chosen)


def _recognised(each: Listed) -> str:
    return f"{full_name(each.pupil)} – {group_label(each.placement.group_name)}"
