"""The page of the first start where the school describes itself."""

from __future__ import annotations

import contextlib

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel

from schoolprivacy.contact import read_postcode
from schoolprivacy.errors import KnownError
from schoolprivacy.people.profile import new_profile
from ui import files, messages
from ui.fields import Fields, button, card, row, text_field
from ui.school_data import logo_picture, read_logo_file, school_problems
from ui.wizards.founding import Beginning
from ui.wizards.guide import Page
from ui.words import tr

_ABOUT = ("name", "brin", "board", "street", "postcode", "place", "phone", "email", "dpo")


class SchoolPage(Page):
    """What stands on the letters of the school."""

    def __init__(self, begun: Beginning) -> None:
        super().__init__(tr("Uw school"), tr("Dit komt op de brieven van de school."))
        self._begun = begun
        self.fields = Fields(columns=2)
        self._add_fields()
        self._picture = QLabel()
        self._remove = button(tr("Logo weghalen"), lambda: self._show_logo(None), kind="link")
        choose = button(tr("&Logo kiezen…"), self._choose_logo, icon="upload")
        self.content.addWidget(card(self.fields))
        self.content.addWidget(card(row(self._picture, choose, self._remove, None)))
        self.content.addStretch(1)
        self._show_logo(begun.logo)
        self.fields.changed.connect(self._keep)

    def _add_fields(self) -> None:
        add, about = self._add_field, self._begun.about
        self.fields.add(
            "name", tr("&Naam van de school"), text_field(about.get("name", "")), span=2
        )
        add("brin", tr("&BRIN-nummer"), tr("Twee cijfers en twee letters, bijvoorbeeld 99ZZ."))
        add("board", tr("B&estuur"), tr("Zoals het officieel heet. Moet in elke brief staan."))
        add("street", tr("&Straat en huisnummer"))
        add("postcode", tr("&Postcode"))
        add("place", tr("Pl&aats"))
        add("phone", tr("&Telefoon"))
        add("email", tr("E-ma&il"))
        add(
            "dpo",
            tr("&Functionaris gegevensbescherming (FG)"),
            tr("Hoe ouders de FG bereiken, bijvoorbeeld een e-mailadres. Uw bestuur weet dit."),
        )

    def _add_field(self, name: str, text: str, hint: str = "") -> None:
        self.fields.add(name, text, text_field(self._begun.about.get(name, "")), hint=hint)

    # — the logo —

    def _choose_logo(self) -> None:
        found = files.choose_file(self, tr("Kies het logo"), tr("Plaatje (*.png *.jpg *.jpeg)"))
        if found is None:
            return
        with messages.told(self):
            self._show_logo((found.name, read_logo_file(found)))

    def _show_logo(self, logo: tuple[str, bytes] | None) -> None:
        self._begun.logo = logo
        self._picture.setPixmap(logo_picture(logo[1]) if logo else QPixmap())
        self._picture.setAccessibleName(tr("Logo: {name}").format(name=logo[0]) if logo else "")
        self._picture.setVisible(logo is not None)
        self._remove.setVisible(logo is not None)

    # — going on —

    def focus_first(self) -> None:
        self.fields["name"].setFocus()

    def _keep(self) -> None:
        texts = {name: " ".join(self.fields[name].text().split()) for name in _ABOUT}
        texts["postcode"] = read_postcode(texts["postcode"]) or texts["postcode"]
        self._begun.about = texts

    def proceed(self) -> None:
        self._keep()
        problems = _problems(self._begun.about)
        self.fields.show_problems(problems)
        if not problems:
            self.proceeded.emit()


def _problems(about: dict[str, str]) -> dict[str, str]:
    """What is wrong, by field; everything but name and BRIN may still be empty."""
    found = school_problems({"website": "", **about})
    with contextlib.suppress(KnownError):
        new_profile("x", about["brin"])
        return found
    return found | {"brin": tr("Een BRIN-nummer heeft twee cijfers en twee letters, zoals 99ZZ.")}
