"""Settings: who the school is, as its letters say it."""

from __future__ import annotations

from schoolprivacy.contact import read_postcode
from schoolprivacy.people.profile import read_profile
from ui import messages
from ui.desk import Desk
from ui.fields import button, card, label, notice, row, text_field
from ui.school_data import school_problems
from ui.screens.settings_section import ProfileSection, Values
from ui.words import tr


class SchoolSection(ProfileSection):
    """Name, board, data protection officer, address."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("School"), tr("Dit komt op de brieven van de school."))
        self.add("name", tr("&Naam van de school"), text_field(), span=2)
        self.add("board", tr("B&estuur"), text_field(), hint=tr("Zoals het officieel heet."))
        self.add(
            "dpo",
            tr("&Functionaris gegevensbescherming (FG)"),
            text_field(),
            hint=tr("Hoe ouders de FG bereiken, bijvoorbeeld een e-mailadres."),
        )
        for name, text in (
            ("street", tr("S&traat en huisnummer")),
            ("postcode", tr("&Postcode")),
            ("place", tr("Pl&aats")),
            ("phone", tr("Te&lefoon")),
            ("email", tr("E-ma&il")),
            ("website", tr("&Website")),
        ):
            self.add(name, text, text_field())
        self._missing = notice(
            tr(
                "Het bestuur of de FG ontbreekt. Een geldige vraag om toestemming noemt ze "
                "allebei (AVG 13). Vul ze in voordat u formulieren maakt."
            )
        )
        self._brin = label("", "muted")
        why = button(tr("Waarom bestuur en FG?"), self._explain, icon="circle-help", kind="link")
        self.content.addWidget(self._missing)
        self.content.addWidget(card(row(self._brin, None, why), self.fields, self.save_row))
        self.content.addStretch(1)

    def refresh(self) -> None:
        super().refresh()
        with self.desk.school.reading() as session:
            profile = read_profile(session)
        self._missing.setVisible(not (profile.board and profile.dpo))
        self._brin.setText(tr("BRIN: {brin}").format(brin=profile.brin + profile.location))

    def tidied(self, values: Values) -> Values:
        postcode = values["postcode"]
        return {**values, "postcode": read_postcode(postcode) or postcode}

    def problems(self, values: Values) -> dict[str, str]:
        return school_problems(values)

    def _explain(self) -> None:
        messages.tell(
            self,
            tr(
                "Het bestuur is verantwoordelijk voor de gegevens van de leerlingen. De "
                "functionaris gegevensbescherming (FG) houdt daar toezicht op; "
                "ouders mogen die altijd vragen "
                "stellen. Wie toestemming vraagt, moet allebei noemen (AVG, artikel 13). Anders "
                "weten ouders niet aan wie zij ja zeggen, en is de toestemming niet geldig. Weet u "
                "niet wie uw FG is? Vraag het aan uw bestuur."
            ),
            heading=tr("Waarom bestuur en FG?"),
        )
