"""Settings: the logo on the letters, and where the address stands in the window of an envelope."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDoubleSpinBox, QLabel, QWidget

from schoolprivacy.consents.forms import print_window_test
from schoolprivacy.consents.papers import window_test_page
from schoolprivacy.consents.printing import school_paper
from schoolprivacy.people.profile import read_logo, remove_logo, set_logo
from ui import files, messages
from ui.desk import Desk
from ui.fields import button, card, choice, label, row
from ui.preview import PaperView, print_made
from ui.school_data import logo_picture, read_logo_file
from ui.screens.settings_section import ProfileSection, numbered
from ui.theme import px
from ui.words import tr

_MOST_SHIFT = 20.0  # mm
_PAUSE = 250  # milliseconds of not typing before the test page is drawn again


class LetterSection(ProfileSection):
    """Logo, and place of the address with a test page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Logo en brief"), columns=3)
        self._logo: bytes | None = None
        self.content.addWidget(self._logo_card())
        self.content.addWidget(self._window_card())
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._show_test_page)
        self.fields.changed.connect(self._soon.start)

    # — building —

    def _logo_card(self) -> QWidget:
        self._picture = QLabel()
        self._no_logo = label(tr("Er is nog geen logo. Dat hoeft ook niet."), "muted")
        choose = button(tr("&Logo kiezen…"), self._choose, icon="upload")
        choose.setEnabled(self.may_change)
        self._remove = button(tr("Logo weghalen"), self._take_off, kind="link")
        self._remove.setEnabled(self.may_change)
        return card(
            label(tr("Logo"), "strong"),
            row(self._picture, self._no_logo, None, self._remove, choose),
            label(tr("Een PNG- of JPEG-plaatje van hoogstens 10 MB."), "small"),
        )

    def _window_card(self) -> QWidget:
        sides = [(tr("Links"), "left"), (tr("Rechts"), "right")]
        self.add("window_side", tr("&Venster in de envelop"), choice(sides))
        self.add("window_dx", tr("Naar &rechts"), _shift(), hint=tr("Min is naar links."))
        self.add("window_dy", tr("Naar &beneden"), _shift(), hint=tr("Min is naar boven."))
        self.test_button = button(tr("&Testblad afdrukken…"), self._print, icon="printer")
        self.test_button.setEnabled(self.may_change)
        self._paper = PaperView(tr("Testblad: waar het adres komt"))
        self._paper.setMinimumHeight(px(380))
        return card(
            label(tr("Adres in het venster"), "strong"),
            label(
                tr(
                    "Druk het testblad af, vouw het en doe het in een envelop van de school. Staat "
                    "het adres niet goed in het venster? Meet op het blad hoeveel millimeter het "
                    "anders moet, en vul dat hier in."
                ),
                "muted",
                wrap=True,
            ),
            self.fields,
            row(self.save_button, self._drop, None, self.test_button),
            self._paper,
        )

    # — showing —

    def refresh(self) -> None:
        super().refresh()
        with self.desk.school.reading() as session:
            self._logo = read_logo(session)
            self._school = school_paper(session)
        if self._logo:
            self._picture.setPixmap(logo_picture(self._logo))
        self._picture.setAccessibleName(tr("Logo van de school"))
        self._picture.setVisible(self._logo is not None)
        self._remove.setVisible(self._logo is not None)
        self._no_logo.setVisible(self._logo is None)
        self._show_test_page()

    def _show_test_page(self) -> None:
        """The paper as it would be with what stands in the fields now."""
        with messages.told(self):
            self._paper.show_paper(window_test_page(replace(self._school, **self.typed())))

    # — the logo —

    def _choose(self) -> None:
        found = files.choose_file(self, tr("Kies het logo"), tr("Plaatje (*.png *.jpg *.jpeg)"))
        if found is None:
            return
        with messages.told(self):
            self._put_logo(read_logo_file(found), tr("Het logo staat nu op de brieven."))

    def _take_off(self) -> None:
        with messages.told(self):
            self._put_logo(None, tr("Het logo is van de brieven gehaald."))

    def _put_logo(self, content: bytes | None, said: str) -> None:
        before = self._logo
        self._store_logo(content)
        self.desk.say(said, lambda: self._store_logo(before))

    def _store_logo(self, content: bytes | None) -> None:
        if content is None:
            remove_logo(self.desk.school)
        else:
            set_logo(self.desk.school, "logo", content)
        self.desk.tell_change()

    # — the test page —

    def _print(self) -> None:
        """Print it with what is stored: what was typed is saved first."""
        self.save()
        if self.is_changed():
            return
        school = self.desk.school
        print_made(
            self.desk,
            self,
            tr("Testblad voor het venster"),
            lambda deliver, _: print_window_test(school, deliver, way="printed"),
            lambda _: self.desk.say(tr("Het testblad is naar de printer gestuurd.")),
        )


def _shift() -> QDoubleSpinBox:
    made = numbered(QDoubleSpinBox(), -_MOST_SHIFT, _MOST_SHIFT, tr(" mm"))
    made.setDecimals(1)
    made.setSingleStep(0.5)
    return made
