"""What the tabs of the bijsluiter and the beveiligingsbijlage have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from schoolprivacy.suppliers.sheet_terms import Annex, Bijsluiter
from ui.fields import choice, label, row, show_date
from ui.words import tr


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
