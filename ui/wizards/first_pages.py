"""The pages of the first start on passphrases and on the place, where the file is made."""

from __future__ import annotations

import contextlib
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton

from schoolprivacy.access.strength import passphrase_suggestion
from schoolprivacy.access.terms import Role
from schoolprivacy.errors import FileError
from schoolprivacy.school import School
from schoolprivacy.station import remember_school
from ui import files, jobs, messages
from ui.fields import Fields, button, card, choice, label, notice, row, text_field
from ui.passphrases import NewPassphrase
from ui.wizards.founding import Beginning, Colleague, Founder
from ui.wizards.guide import Page
from ui.wizards.place import PlaceChoice
from ui.words import tr


class PassphrasePage(Page):
    """The user's own passphrase."""

    def __init__(self, begun: Beginning) -> None:
        super().__init__(tr("Uw wachtzin"), tr("Hiermee opent u elke dag het schoolbestand."))
        self._begun = begun
        self.passphrase = NewPassphrase()
        self._chosen = notice(
            tr("U hebt al een wachtzin gekozen. Laat de velden leeg om die te houden."), "done"
        )
        self.content.addWidget(
            label(
                tr(
                    "U wordt de gebruiker Directie: u kunt later collega's toevoegen. Niemand kan "
                    "uw wachtzin opzoeken, ook de maker van dit programma niet. Schrijf hem niet "
                    "op een briefje bij de computer."
                ),
                wrap=True,
            )
        )
        self.content.addWidget(self._chosen)
        self.content.addWidget(card(self.passphrase))
        self.content.addStretch(1)

    def enter(self) -> None:
        self._chosen.setVisible(bool(self._begun.passphrase))

    def focus_first(self) -> None:
        self.passphrase.setFocus()

    def proceed(self) -> None:
        if self._begun.passphrase and self.passphrase.is_empty():
            self.proceeded.emit()
            return
        self.passphrase.take(self._take)

    def _take(self, typed: str) -> None:
        self._begun.passphrase = typed
        self.proceeded.emit()


class ColleaguePage(Page):
    """A second person with a way in: now, handed over on paper, or later."""

    def __init__(self, begun: Beginning) -> None:
        super().__init__(tr("Tweede persoon"), tr("Zodat een ander verder kan als u er niet bent."))
        self._begun = begun
        self.fields = Fields(columns=2)
        self.fields.add("name", tr("&Naam, zoals collega's die zien"), text_field(longest=60))
        roles = [(tr("Administratie"), Role.ADMINISTRATION), (tr("Directie"), Role.DIRECTOR)]
        self.fields.add("role", tr("&Rol"), choice(roles))
        self.here = QRadioButton(tr("De &collega is erbij en kiest nu zelf een wachtzin"))
        self.given = QRadioButton(tr("Ik geef een ver&zonnen wachtzin mee"))
        self.later = QRadioButton(tr("&Later"))
        self._group = QButtonGroup(self)
        self.passphrase = NewPassphrase()
        self._made_up = label("", "code", wrap=True)
        self._made_up.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self._made_up.setAccessibleName(tr("Verzonnen wachtzin"))
        self._hand_over = label(
            tr(
                "Schrijf deze wachtzin op voor uw collega. Hij wordt hierna niet meer getoond. De "
                "collega kan hem bij Instellingen veranderen."
            ),
            "muted",
            wrap=True,
        )
        self._alone = notice(
            tr(
                "Bent u er niet, dan kan niemand bij de gegevens, behalve met de papieren sleutel. "
                "Het overzicht blijft u hieraan herinneren."
            )
        )
        self.content.addWidget(card(self.here, self.given, self.later, spacing=2))
        self._about = card(self.fields, self.passphrase, self._made_up, self._hand_over)
        self.content.addWidget(self._about)
        self.content.addWidget(self._alone)
        self.content.addStretch(1)
        for each in (self.here, self.given, self.later):
            self._group.addButton(each)
            each.toggled.connect(self._show_way)
        self.here.setChecked(True)

    def _show_way(self) -> None:
        if self.given.isChecked() and not self._made_up.text():
            self._made_up.setText(passphrase_suggestion())
        self.passphrase.setVisible(self.here.isChecked())
        self._made_up.setVisible(self.given.isChecked())
        self._hand_over.setVisible(self.given.isChecked())
        self._about.setVisible(not self.later.isChecked())
        self._alone.setVisible(self.later.isChecked())

    def enter(self) -> None:
        if self._begun.colleague and not self.fields["name"].text():
            self.fields["name"].setText(self._begun.colleague.name)

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():  # a window put away for a moment comes back as it was
            self._made_up.setText("")
        super().hideEvent(event)

    def focus_first(self) -> None:
        self._show_way()
        ways = (self.here, self.given, self.later)
        next(each for each in ways if each.isChecked()).setFocus()

    def proceed(self) -> None:
        if self.later.isChecked():
            self._begun.colleague = None
            self.proceeded.emit()
            return
        name = " ".join(self.fields["name"].text().split())
        self.fields.show_problems({} if name else {"name": tr("Vul een naam in.")})
        if not name:
            return
        if self.given.isChecked():
            self._take(name, self._made_up.text())
        else:
            self.passphrase.take(partial(self._take, name))

    def _take(self, name: str, passphrase: str) -> None:
        if " ".join(passphrase.split()) == " ".join(self._begun.passphrase.split()):
            self.passphrase.refuse(tr("Dit is uw eigen wachtzin. Ieder heeft een eigen wachtzin."))
            return
        self._begun.colleague = Colleague(name, self.fields["role"].currentData(), passphrase)
        self.proceeded.emit()


class PlacePage(Page):
    """Where the school file lies, and the second place for backups; makes the file."""

    def __init__(self, begun: Beginning, founder: Founder) -> None:
        super().__init__(tr("Waar bewaren"), tr("Hierna wordt het schoolbestand gemaakt."))
        self._begun, self._founder = begun, founder
        self.next_text = tr("Schoolbestand ma&ken")
        self.place = PlaceChoice(begun.folder)
        self._second = label("", "muted", wrap=True)
        self._second.setAccessibleName(tr("Tweede plaats voor back-ups"))
        choose = button(tr("&Tweede plaats kiezen…"), self._choose_second, icon="database-backup")
        self._none = button(tr("Geen tweede plaats"), lambda: self._set_second(None), kind="link")
        self.content.addWidget(card(label(tr("Schoolbestand"), "heading"), self.place))
        self.content.addWidget(
            card(
                label(tr("Tweede plaats voor back-ups"), "heading"),
                label(
                    tr(
                        "Back-ups komen altijd in de map van het schoolbestand. Kies hier ook een "
                        "stick of een andere schijf: gaat deze computer stuk, dan hebt u die nog."
                    ),
                    wrap=True,
                ),
                self._second,
                row(choose, self._none, None),
            )
        )
        self.content.addStretch(1)
        self._set_second(begun.backup_place)

    def _choose_second(self) -> None:
        found = files.choose_folder(self, tr("Kies een stick of map voor back-ups"))
        if found:
            self._set_second(found)

    def _set_second(self, place: Path | None) -> None:
        self._begun.backup_place = place
        self._second.setText(
            str(place) if place else tr("Nog geen tweede plaats. Dat kan ook later.")
        )
        self._none.setVisible(place is not None)

    def focus_first(self) -> None:
        self.place.setFocus()

    def proceed(self) -> None:
        folder = self.place.check()
        if folder is None:
            return
        self._begun.folder = folder
        jobs.run(
            self.window(),
            tr("Het schoolbestand maken"),
            lambda job: self._founder.found(self._begun, folder, job),
            self._made,
            self._not_made,
            may_stop=False,
        )

    def _made(self, made: tuple[School, str, list[str]]) -> None:
        self._begun.school, self._begun.paper_key, troubles = made
        self._begun.forget_secrets()
        with contextlib.suppress(FileError):  # a full disk is no reason to stop working
            remember_school(self._begun.school.folder)
        if troubles:
            said = tr(
                "Het schoolbestand is gemaakt. Dit is niet gelukt; u kunt het later bij "
                "Instellingen doen:"
            )
            messages.tell(self, "\n\n".join([said, *troubles]))
        self.proceeded.emit()

    def _not_made(self, error: BaseException) -> None:
        if isinstance(error, FileError):
            self.place.refuse(str(error))
        else:
            messages.tell_error(self, error)
