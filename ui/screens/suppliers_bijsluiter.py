"""The privacybijsluiter of a product: the version that holds, and the earlier ones."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from schoolprivacy.suppliers.board import BoardRow
from schoolprivacy.suppliers.parents import is_of_staff
from schoolprivacy.suppliers.sheet_terms import Bijsluiter, Option, Shared
from schoolprivacy.suppliers.sheets import remove_bijsluiter
from schoolprivacy.suppliers.terms import Step
from schoolprivacy.suppliers.words import data_told, data_word, place_told, subjects_told
from ui import messages
from ui.desk import Desk
from ui.fields import button, card, label, row
from ui.screens.pupil_words import tell_done
from ui.screens.suppliers_bijsluiter_dialog import BijsluiterDialog
from ui.screens.suppliers_part import SupplierPart
from ui.screens.suppliers_sheet import recorded_told, version_choice
from ui.screens.suppliers_words import facts
from ui.words import tr


class BijsluiterPart(SupplierPart):
    """What a supplier says of the data, and what of it the school uses."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._id = ""

    def show_product(self, found: BoardRow) -> None:
        there = found.file.bijsluiters
        shown = next((each for each in there if each.id == self._id), found.file.bijsluiter)
        if self.may_record():
            self.content.addWidget(row(*self._buttons(shown), None))
        if shown is None:
            none = tr(
                "Er is nog geen privacybijsluiter. Die hoort bij de verwerkersovereenkomst en zegt "
                "welke gegevens de leverancier gebruikt. Typ hem over van papier."
            )
            self.content.addWidget(label(none, wrap=True))
            return
        if len(there) > 1:
            self.content.addWidget(version_choice(there, shown, self._choose))
        parts = [facts(_lines(shown))]
        if shown is found.file.bijsluiter:
            special = ", ".join(map(data_word, shown.special))
            said = [
                (tr("Deelt de school"), _data(shown.all_shared)),
                (tr("Bijzondere gegevens"), special),
            ]
            if is_of_staff(found.file):
                listed = tr("Nee: er gaan alleen gegevens van medewerkers naar dit bedrijf.")
                said.append((tr("Op de lijst voor ouders"), listed))
            counted = facts(said)
            self.content.addWidget(card(label(tr("Geldt nu"), "strong"), counted))
        else:
            parts.insert(0, label(tr("Geldt niet meer: er is een nieuwere."), "strong", wrap=True))
        self.content.addWidget(card(*parts))

    def _choose(self, sheet_id: str) -> None:
        self._id = sheet_id
        if self.row is not None:
            self.show_row(self.row)

    def _buttons(self, shown: Bijsluiter | None) -> Iterable[QWidget]:
        new = tr("&Nieuwe versie…") if shown else tr("&Bijsluiter invoeren…")
        yield button(new, self._record, icon="plus", kind="primary")
        if shown is not None:
            yield button(tr("&Verbeteren…"), lambda: self._correct(shown), icon="pencil")
            yield button(tr("Weghalen"), lambda: self._remove(shown), icon="trash-2", kind="danger")

    def forget(self) -> None:
        super().forget()
        self._id = ""

    # — doing —

    def start(self, step: Step) -> None:
        found = self.row.file.bijsluiter if self.row else None
        if found is None:
            self._record()
        else:
            self._correct(found)

    def _record(self) -> None:
        if self.row is not None:
            self._id = ""
            BijsluiterDialog(self, self.desk, self.row).open()

    def _correct(self, sheet: Bijsluiter) -> None:
        if self.row is not None:
            BijsluiterDialog(self, self.desk, self.row, corrects=sheet).open()

    def _remove(self, sheet: Bijsluiter) -> None:
        if self.row is not None:
            with messages.told(self):
                product_id = self.row.file.product.id
                change = remove_bijsluiter(self.desk.school, product_id, sheet.id)
                told = tr("Versie {n} van de bijsluiter is weggehaald.").format(n=sheet.version)
                tell_done(self.desk, told, change)


def _data(shared: Iterable[Shared]) -> str:
    return "\n".join(data_told(each) for each in shared) or tr("geen gegevens")


def _option(option: Option) -> str:
    ticked = tr("gekozen") if option.ticked else tr("niet gekozen")
    data = ", ".join(data_told(each) for each in option.shared) or tr("geen gegevens")
    return tr("{name} ({ticked}): {data}").format(name=option.name, ticked=ticked, data=data)


def _lines(sheet: Bijsluiter) -> list[tuple[str, str]]:
    others = [
        " · ".join(filter(None, (each.name, each.task, place_told(each.place))))
        for each in sheet.sub_processors
    ]
    return [
        (tr("Versie"), recorded_told(sheet)),
        (tr("Beschrijving"), sheet.description),
        (tr("Diensten"), "\n".join(sheet.services)),
        (tr("Gegevens van de diensten"), _data(sheet.shared)),
        (tr("Keuzes"), "\n".join(map(_option, sheet.options))),
        (tr("Doelen"), "\n".join(sheet.purposes)),
        (tr("Van wie"), subjects_told(sheet.subjects)),
        (tr("Bewaartijd"), sheet.retention),
        (tr("Waar"), "\n".join(map(place_told, sheet.places)) or tr("niet ingevuld")),
        (tr("Subverwerkers"), "\n".join(others)),
    ]
