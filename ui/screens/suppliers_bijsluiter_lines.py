"""Parts of a privacybijsluiter to fill in: categories of data, and rows of what it lists."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from schoolprivacy import countries
from schoolprivacy.errors import sentence
from schoolprivacy.suppliers.entries import LONGEST_LINE, LONGEST_NAME
from schoolprivacy.suppliers.sheet_terms import (
    NEEDS_DETAIL,
    Data,
    Option,
    Place,
    Safeguard,
    Shared,
    SubProcessor,
)
from schoolprivacy.suppliers.words import data_word, safeguard_word
from ui.fields import ChoiceField, choice, label, row, text_field
from ui.screens.suppliers_lines import Judged, Line
from ui.screens.suppliers_product_dialogs import complete
from ui.theme import px
from ui.words import tr


class DataField(Judged):
    """The categories of data as boxes to tick; what a ticked one is exactly stands beside it."""

    def __init__(self, shared: Iterable[Shared] = ()) -> None:
        super().__init__()
        before = {each.data: each.detail for each in shared}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(px(10))
        layout.setVerticalSpacing(px(4))
        layout.setColumnStretch(1, 1)
        self.ticks: dict[Data, QCheckBox] = {}
        self.details: dict[Data, QLineEdit] = {}
        for place, each in enumerate(Data):
            word = data_word(each)
            tick = QCheckBox(word[:1].upper() + word[1:])
            detail = text_field(before.get(each, ""), longest=LONGEST_LINE)
            needed = each in NEEDS_DETAIL
            detail.setPlaceholderText(tr("welke gegevens") if needed else tr("welke? (mag leeg)"))
            detail.setAccessibleName(tr("Welke: {data}").format(data=word))
            tick.setChecked(each in before)
            detail.setVisible(False)
            layout.addWidget(tick, place, 0)
            layout.addWidget(detail, place, 1)
            tick.toggled.connect(detail.setVisible)
            tick.toggled.connect(lambda _: self.judge_again())
            detail.textChanged.connect(lambda _: self.judge_again())
            self.ticks[each], self.details[each] = tick, detail
        layout.addWidget(self.told, len(Data), 1)
        for each, tick in self.ticks.items():
            self.details[each].setVisible(tick.isChecked())

    def problem(self) -> tuple[QWidget, str] | None:
        for each in NEEDS_DETAIL:
            if self.ticks[each].isChecked() and not self.details[each].text().strip():
                return self.details[each], sentence("supplier_field.data_detail")
        return None

    def value(self) -> tuple[Shared, ...]:
        """What is ticked, in the order of the model."""
        return tuple(
            Shared(each, self.details[each].text().strip())
            for each, tick in self.ticks.items()
            if tick.isChecked()
        )


class PlaceLine(Line[Place]):
    """A country; outside the EEA also what protects the data there."""

    def __init__(self, place: Place | None) -> None:
        super().__init__()
        self.country = text_field(place.country if place else "", longest=LONGEST_NAME)
        self.country.setPlaceholderText(tr("land"))
        self.country.setAccessibleName(tr("Land"))
        complete(self.country, countries.offered())
        self.safeguard = SafeguardField(
            place.safeguard if place else Safeguard.NONE, self.country.text()
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(3))
        layout.addWidget(self.country)
        layout.addWidget(self.safeguard)
        self.first = self.country
        self.country.textChanged.connect(lambda _: self._note_change())
        self.safeguard.changed.connect(self.changed)

    def _note_change(self) -> None:
        self.safeguard.show_for(self.country.text())
        self.changed.emit()

    def value(self) -> Place | None:
        country = self.country.text().strip()
        return Place(country, self.safeguard.value()) if country else None


class SafeguardField(QWidget):
    """What protects data in a country; asked only of one that is not known to be in the EEA."""

    changed = Signal()

    def __init__(self, chosen: Safeguard, country: str) -> None:
        super().__init__()
        self._choice = choice([(safeguard_word(each), each) for each in Safeguard], chosen)
        self._choice.setAccessibleName(tr("Waarborg buiten de EER"))
        self._choice.setSizeAdjustPolicy(
            ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._choice.setMinimumContentsLength(20)
        self._choice.currentIndexChanged.connect(lambda _: self._note_choice())
        self._country = country
        self._asks = label("", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(3))
        layout.addWidget(self._asks)
        layout.addWidget(self._choice)
        self.show_for(country)

    def _note_choice(self) -> None:
        self._ask()
        self.changed.emit()

    def _ask(self) -> None:
        """Ask it; or say where the decision of the Commission does not hold, or not for all."""
        told = tr("Niet herkend, of buiten de EER. Wat beschermt de gegevens daar?")
        if self._choice.value() is Safeguard.ADEQUACY:
            if countries.is_adequate_in_part(self._country):
                told = sentence("supplier_field.adequate_in_part")
            elif not countries.is_adequate(self._country):
                told = sentence("supplier_field.not_adequate")
        self._asks.setText(told)

    def show_for(self, country: str) -> None:
        """Ask it of this country, or not."""
        self._country = country
        self._ask()
        asked = bool(country.strip()) and not countries.is_in_eea(country)
        if self.parentWidget() is not None or not asked:  # else it would be a window of its own
            self.setVisible(asked)

    def value(self) -> Safeguard:
        """What is chosen; of no use in the EEA."""
        found: Safeguard = self._choice.value()
        return found


class OptionLine(Line[Option]):
    """What a school may choose; its data only count when it is ticked."""

    def __init__(self, option: Option | None) -> None:
        super().__init__()
        self.name = text_field(option.name if option else "", longest=LONGEST_LINE)
        self.name.setPlaceholderText(tr("keuze, zoals die op de bijsluiter staat"))
        self.name.setAccessibleName(tr("Keuze"))
        self.ticked = QCheckBox(tr("De school koos dit"))
        self.ticked.setChecked(option.ticked if option else False)
        self.data = DataField(option.shared if option else ())
        self.data.setVisible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        layout.addWidget(row(self.name, self.ticked))
        layout.addWidget(self.told)
        layout.addWidget(self.data)
        self.first = self.name
        self.name.textChanged.connect(lambda _: self._note_change())
        self.data.setVisible(bool(option))

    def _note_change(self) -> None:
        self.data.setVisible(bool(self.name.text().strip()))
        self.changed.emit()

    def problem(self) -> tuple[QWidget, str] | None:
        if self.ticked.isChecked() and not self.name.text().strip():
            return self.name, sentence("field.needed")
        return None

    def judge(self) -> QWidget | None:
        return super().judge() or (self.data.judge() if self.name.text().strip() else None)

    def value(self) -> Option | None:
        name = self.name.text().strip()
        return Option(name, self.ticked.isChecked(), self.data.value()) if name else None


class SubProcessorLine(Line[SubProcessor]):
    """Whom the supplier lets work with the data, what for, and where."""

    def __init__(self, other: SubProcessor | None) -> None:
        super().__init__()
        place = other.place if other else Place("")
        self.name = text_field(other.name if other else "", longest=LONGEST_NAME)
        self.task = text_field(other.task if other else "", longest=LONGEST_LINE)
        self.country = text_field(place.country, longest=LONGEST_NAME)
        complete(self.country, countries.offered())
        self.safeguard = SafeguardField(place.safeguard, place.country)
        for field, told in (
            (self.name, tr("subverwerker")),
            (self.task, tr("waarvoor")),
            (self.country, tr("land")),
        ):
            field.setPlaceholderText(told)
            field.setAccessibleName(told.capitalize())
            field.textChanged.connect(lambda _: self._note_change())
        self.safeguard.changed.connect(self.changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(4))
        layout.addWidget(row(self.name, self.task, self.country, spacing=6))
        layout.addWidget(self.safeguard)
        layout.addWidget(self.told)
        self.first = self.name

    def _note_change(self) -> None:
        self.safeguard.show_for(self.country.text())
        self.changed.emit()

    def problem(self) -> tuple[QWidget, str] | None:
        if self.value() is not None and not self.name.text().strip():
            return self.name, sentence("supplier_field.sub_processor")
        return None

    def value(self) -> SubProcessor | None:
        name, task, country = (e.text().strip() for e in (self.name, self.task, self.country))
        if not (name or task or country):
            return None
        return SubProcessor(name, task, Place(country, self.safeguard.value()))
