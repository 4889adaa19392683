"""Choosing where a school file comes to lie."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import files
from ui.fields import Fields, button, emptied, label, notice, row, text_field
from ui.places import SUFFIX, cloud_of, free_folder, is_on_network, school_name, schools_folder
from ui.theme import px
from ui.words import tr

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


class PlaceChoice(QWidget):
    """A name and a folder, with a warning when the folder is not only on this computer.

    :signal changed: another place
    """

    changed = Signal()

    def __init__(self, place: Path | None = None) -> None:
        super().__init__()
        place = place or free_folder(schools_folder(), tr("school"))
        self._parent = place.parent
        self.fields = Fields()
        self.fields.add(
            "name",
            tr("&Naam van het bestand"),
            text_field(school_name(place), longest=60),
            hint=tr("Deze naam kan iedereen zien die bij de computer kan."),
        )
        self._shown = label("", "muted", wrap=True)
        self._warning = QVBoxLayout()
        choose = button(tr("Andere &map…"), self._choose, icon="folder-open")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addWidget(self.fields)
        layout.addWidget(self._shown)
        layout.addWidget(row(choose, None))
        layout.addLayout(self._warning)
        self.fields.changed.connect(self._show)
        self.setFocusProxy(self.fields["name"])
        self._show()

    def folder(self) -> Path:
        """The place as it is chosen now."""
        return self._parent / f"{self._name()}{SUFFIX}"

    def _name(self) -> str:
        return str(self.fields["name"].text()).strip().removesuffix(SUFFIX).strip(". ")

    def check(self) -> Path | None:
        """The place, when nothing is there yet; otherwise the problem is told at the field."""
        name, problem = self._name(), ""
        if not name:
            problem = tr("Vul een naam in.")
        elif _FORBIDDEN.search(name):
            problem = tr("Gebruik in de naam alleen letters, cijfers, spaties en streepjes.")
        elif self.folder().exists():
            problem = tr("Hier staat al iets met deze naam. Kies een andere naam of map.")
        self.refuse(problem)
        return None if problem else self.folder()

    def refuse(self, problem: str) -> None:
        """Tell at the field why this place cannot be used; "" takes it away."""
        self.fields.show_problems({"name": problem} if problem else {})

    def _choose(self) -> None:
        found = files.choose_folder(self, tr("Waar komt het schoolbestand?"))
        if found:
            self._parent = found
            self._show()

    def _show(self) -> None:
        self._shown.setText(_where(self.folder()))
        emptied(self._warning)
        said = _warning_of(self._parent)
        if said:
            self._warning.addWidget(notice(said))
        self.changed.emit()


def _where(folder: Path) -> str:
    """In words people find it back with, and exactly."""
    said = tr("In de map “{name}”.").format(name=folder.parent.name or folder.parent)
    if folder.parent == schools_folder():
        said = tr("In de eigen map van Schoolprivacy op deze computer.")
    return tr(
        "{said} U hoeft het niet te zoeken: dit programma opent het de volgende keer vanzelf.\n"
        "Het komt hier: {place}"
    ).format(said=said, place=folder)


def _warning_of(place: Path) -> str:
    """What to know before a school file lies there; "" when it is only on this computer."""
    cloud = cloud_of(place)
    if cloud:
        return tr(
            "Deze map wordt door {cloud} naar internet gekopieerd. Het bestand is versleuteld, "
            "maar het kan beschadigd raken als {cloud} het kopieert terwijl u werkt. Kies liever "
            "een map die alleen op deze computer staat."
        ).format(cloud=cloud)
    if is_on_network(place):
        return tr(
            "Deze map staat op een andere computer. Valt de verbinding weg terwijl u werkt, dan "
            "gaat de laatste stap verloren. Een map op deze computer is veiliger."
        )
    return ""
