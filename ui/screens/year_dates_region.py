"""In which region the school has its holidays: asked once, where it is needed."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from schoolprivacy.people.holidays import REGIONS
from schoolprivacy.people.profile import change_profile, read_profile
from ui import messages
from ui.desk import Desk
from ui.fields import Fields, button, card, choice, label, notice, row
from ui.words import tr


class RegionPart(QWidget):
    """A question while the school did not say; a line to change it by afterwards."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._region = ""
        self._changing = False
        self.chosen = choice([(tr("Kies de regio"), ""), *((_called(r), r) for r in REGIONS)])
        self._fields = Fields()
        self._fields.add(
            "region",
            tr("Vakantie&regio van de school"),
            self.chosen,
            hint=tr("In welke regio uw gemeente ligt, staat op rijksoverheid.nl."),
        )
        self._unknown = notice(
            tr(
                "Het programma weet nog niet in welke vakantieregio de school ligt. Het kent nu "
                "alleen weekenden en feestdagen."
            )
        )
        self._ask = card(self._fields, row(button(tr("Regio bewaren"), self._store), None))
        self._said = QLabel()
        self._known = row(self._said, button(tr("Regio wijzigen"), self._change, kind="link"), None)
        self._only_said = label("", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for each in (self._unknown, self._ask, self._known, self._only_said):
            layout.addWidget(each)
        self.setFocusProxy(self.chosen)

    def is_asking(self) -> bool:
        """Whether the question is shown because nobody answered it yet."""
        return not self._region and not self._desk.school.read_only

    def show_school(self) -> None:
        """Read the region, and show it or ask for it."""
        with self._desk.school.reading() as session:
            found = read_profile(session).region
        if found != self._region:
            self._changing = False
        self._region = found
        if not self._changing and found:
            self.chosen.choose(found)
        self._arrange()

    def _arrange(self) -> None:
        may = not self._desk.school.read_only
        said = tr("Vakantieregio: {region}").format(region=_called(self._region))
        self._said.setText(said)
        self._only_said.setText(said if self._region else "")
        self._unknown.setVisible(not self._region)
        self._ask.setVisible(may and (self._changing or not self._region))
        self._known.setVisible(may and bool(self._region) and not self._changing)
        self._only_said.setVisible(not may and bool(self._region))

    def _change(self) -> None:
        self._changing = True
        self._arrange()
        self.chosen.setFocus()

    def _store(self) -> None:
        region, before, school = self.chosen.value(), self._region, self._desk.school
        if not region:
            self._fields.show_problems({"region": tr("Kies noord, midden of zuid.")})
            return

        def undo() -> None:
            change_profile(school, region=before)
            self._desk.tell_change()

        with messages.told(self):
            self._changing = False
            change_profile(school, region=region)
            self._desk.tell_change()
            said = tr("De school ligt in vakantieregio {region}.")
            self._desk.say(said.format(region=_called(region)), undo)


def _called(region: str) -> str:
    words = {"noord": tr("Noord"), "midden": tr("Midden"), "zuid": tr("Zuid")}
    return words.get(region, "")
