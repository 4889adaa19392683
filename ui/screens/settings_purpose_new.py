"""Settings: a purpose of the school's own, added and taken away again."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from schoolprivacy.consents.purposes import (
    TEXTS,
    add_purpose,
    media_in,
    move_purpose,
    remove_purpose,
    require_all,
    switch_purpose,
)
from schoolprivacy.consents.terms import Purpose, Wording
from schoolprivacy.errors import KnownError
from schoolprivacy.school import School
from ui.desk import Desk
from ui.fields import Fields, card, label, text_field
from ui.screens.settings_dialog import SettingsDialog
from ui.screens.settings_wording import RowPicture
from ui.words import tr

_PAUSE = 250  # milliseconds of not typing before the row is drawn again


class NewPurposeDialog(SettingsDialog):
    """The texts of a new purpose, and how it will stand on the form."""

    added = Signal(str)

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        super().__init__(
            owner, tr("Eigen doel toevoegen"), tr("Doel &toevoegen"), width=760, height=640
        )
        self._desk = desk
        self.fields = Fields(2)
        self.social = QCheckBox(tr("Dit is een &sociaal medium"))
        self._row = RowPicture(headed=True)
        self._add_fields()
        self.body.addWidget(card(self.fields))
        self.body.addWidget(
            card(label(tr("Straks op het formulier"), "small"), self._row, spacing=4)
        )
        self.body.addStretch(1)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._show_row)
        self.fields.changed.connect(self._soon.start)
        self.fields["label"].setFocus()
        self._show_row()

    def _add_fields(self) -> None:
        add = self.fields.add
        add(
            "label",
            tr("&Waarvoor?"),
            text_field(placeholder=tr("bijvoorbeeld: op het scherm in de hal")),
            hint=tr("Maakt de zin af: foto's en video's mogen worden gebruikt …"),
            span=2,
        )
        add("audience", tr("Wie &ziet het"), text_field(placeholder=tr("bezoekers van de school")))
        add("keeps", tr("&Hoelang"), text_field(placeholder=tr("tot het einde van het schooljaar")))
        add(
            "short",
            tr("&Korte naam"),
            text_field(longest=24),
            hint=tr("In lijsten en boven kolommen."),
        )
        add(
            "social",
            tr("Sociaal medium"),
            self.social,
            hint=tr("Dan moeten alle ouders met gezag ja zeggen."),
        )

    def _typed(self) -> dict[str, str]:
        return {name: " ".join(self.fields[name].text().split()) for name in TEXTS}

    def _show_row(self) -> None:
        typed = self._typed()
        if not typed["label"]:
            self._row.setText(tr("Vul eerst in waarvoor u toestemming vraagt."))
            return
        wording = Wording(
            1,
            typed["label"],
            typed["short"],
            typed["audience"],
            typed["keeps"],
            self._desk.school.clock.today(),
        )
        social = self.social.isChecked() or bool(media_in(typed["label"], typed["short"]))
        self._row.show_row(Purpose("", True, social, social, wording), wording)

    def confirm(self) -> None:
        desk, typed = self._desk, self._typed()
        try:
            code = add_purpose(
                desk.school,
                label=typed["label"],
                short=typed["short"],
                audience=typed["audience"],
                keeps=typed["keeps"],
                social_medium=self.social.isChecked(),
            )
        except KnownError as error:
            empty = [name for name in ("label", "short") if not typed[name]]
            self.fields.show_problems({[*empty, "label"][0]: str(error)})
            return

        def undo() -> None:
            remove_purpose(desk.school, code)
            desk.tell_change()

        self.accept()
        desk.tell_change()
        said = tr("“{short}” is toegevoegd. Het staat op de formulieren die u hierna maakt.")
        desk.say(said.format(short=typed["short"]), undo)
        self.added.emit(code)


def added_again(school: School, purpose: Purpose, place: int) -> None:
    """Add a purpose that was taken away a moment ago, as it was."""
    texts = {name: getattr(purpose.wording, name) for name in TEXTS}
    code = add_purpose(school, social_medium=purpose.social_medium, **texts)
    move_purpose(school, code, place)
    require_all(school, code, all_must_agree=purpose.all_must_agree)
    switch_purpose(school, code, on=purpose.switched_on)
