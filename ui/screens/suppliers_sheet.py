"""What the tabs of the bijsluiter and the beveiligingsbijlage have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from schoolprivacy.suppliers.sheet_terms import Annex, Bijsluiter
from ui.desk import Desk
from ui.fields import choice, go_to, label, row, show_date
from ui.screens.record_dialog import RecordDialog
from ui.screens.suppliers_lines import Judged, RowsField
from ui.words import tr


class SheetDialog(RecordDialog):
    """A paper typed over, of which parts outside ``fields`` are judged on saving too."""

    def __init__(
        self, owner: QWidget, desk: Desk, title: str, save: str, told: str, *, width: int
    ) -> None:
        super().__init__(owner, desk, title, save, told, width=width)
        self._held: list[Judged | RowsField[Any]] = []

    def hold(self, *parts: Judged | RowsField[Any]) -> None:
        """Judge these on saving; a row that was taken away is a change to ask about."""
        for each in parts:
            self._held.append(each)
            if isinstance(each, RowsField):
                each.removed.connect(lambda: setattr(self, "touched", True))

    def try_save(self) -> None:
        found = [each.judge() for each in self._held]
        wrong = next((each for each in found if each is not None), None)
        _, hindering = self._judge()
        if wrong is None or hindering:
            super().try_save()
            return
        self.show_trouble(tr("Nog niet opgeslagen. Verbeter wat rood is."))
        go_to(wrong)


def version_choice(
    there: Sequence[Bijsluiter | Annex],
    shown: Bijsluiter | Annex,
    choose: Callable[[str], None],
) -> QWidget:
    """Which version one looks at; the one that holds is the first."""
    offers = []
    for place, each in enumerate(there):
        told = tr("Versie {n} van {day}").format(n=each.version, day=show_date(each.issued_on))
        offers.append((tr("{told} (geldt)").format(told=told) if place == 0 else told, each.id))
    versions = choice(offers, shown.id)
    versions.setAccessibleName(tr("Versie"))
    versions.activated.connect(lambda _: choose(versions.value()))
    above = label(tr("Versie"))
    above.setBuddy(versions)
    return row(above, versions, None)


def recorded_told(sheet: Bijsluiter | Annex) -> str:
    """``2.1 van 03-09-2026; vastgelegd op 05-09-2026 door Directie``."""
    told = tr("{n} van {day}; vastgelegd op {recorded} door {who}")
    return told.format(
        n=sheet.version,
        day=show_date(sheet.issued_on),
        recorded=show_date(sheet.recorded_on),
        who=sheet.recorded_by,
    )
