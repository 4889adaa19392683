"""Setting down a new sharing: who asks, for whom, which data, until when, of which pupils."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from schoolprivacy.consents.sharing.actions import NewSharing, start_sharing, undo_start
from schoolprivacy.consents.sharing.sharings import Road
from ui.desk import Desk
from ui.fields import DateField, card, label, text_field
from ui.screens.sharing_form import SharingForm, tell_done
from ui.screens.sharing_pupils import PupilPicker
from ui.theme import px
from ui.words import tr

_WIDE = 740  # pixels at zoom 1 from which what and who stand beside one another


class NewSharingDialog(SharingForm):
    """All that must be known before parents can be asked."""

    at = {  # noqa: RUF012
        "sharing.too_long": "data",
        "sharing.ends_before": "ends_on",
        "sharing.over": "ends_on",
        "sharing.too_far": "ends_on",
        "sharing.nobody": "pupils",
    }

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        title = tr("Nieuwe afspraak om gegevens te delen")
        super().__init__(desk, owner, title, tr("&Vastleggen"), width=940)
        self.code = ""  # of what was set down
        self._roads = self._make_roads()
        self._add_fields()
        self.picker = PupilPicker(desk.school)
        self.picker.changed.connect(self._touch)
        self._build()

    # — building —

    def _make_roads(self) -> QFrame:
        self.by_school = QRadioButton(tr("De &school vraagt het de ouders"))
        self.by_party = QRadioButton(tr("De ontvanger vraagt het &zelf"))
        self.by_school.setChecked(True)
        self._group = QButtonGroup(self)
        box = card(label(tr("Wie vraagt het de ouders?"), "strong"), spacing=4)
        said = (
            tr("U maakt hierna brieven met een formulier."),
            tr("De ontvanger laat het ondertekende papier zien. U legt alleen het antwoord vast."),
        )
        layout = box.layout()
        for made, explained in zip((self.by_school, self.by_party), said, strict=True):
            self._group.addButton(made)
            made.setAccessibleDescription(explained)
            below = label(explained, "small", wrap=True)
            below.setContentsMargins(px(30), 0, 0, 0)
            if layout:
                layout.addWidget(made)
                layout.addWidget(below)
        return box

    def _add_fields(self) -> None:
        today = self.desk.school.clock.today()
        example = tr("één persoon of organisatie, bij naam")
        self.fields.add(
            "party", tr("&Wie krijgt de gegevens?"), text_field(longest=80), hint=example, span=2
        )
        self.fields.add(
            "purpose",
            tr("Waarvoo&r?"),
            text_field(longest=160, placeholder=tr("bijvoorbeeld: een plan voor hulp bij rekenen")),
            span=2,
        )
        self.fields.add(
            "data",
            tr("Welke &gegevens?"),
            text_field(longest=160, placeholder=tr("bijvoorbeeld: uitslagen van de rekentoetsen")),
            hint=tr("Alleen wat nodig is."),
            span=2,
        )
        self.fields.add("starts_on", tr("Vana&f"), DateField(today))
        self.fields.add(
            "ends_on",
            tr("&Tot en met"),
            DateField(),
            hint=tr("Zo kort als kan. Daarna stopt het vanzelf."),
        )
        self.all = QCheckBox(tr("Alle &ouders met gezag moeten ja zeggen"))
        self.fields.add("all", tr("Alle ouders met gezag moeten ja zeggen"), self.all, span=2)

    def _build(self) -> None:
        what, who = QWidget(), QWidget()
        left, right = QVBoxLayout(what), QVBoxLayout(who)
        for each in (left, right):
            each.setContentsMargins(0, 0, 0, 0)
            each.setSpacing(px(12))
        left.addWidget(self._roads)
        left.addWidget(self.fields)
        left.addStretch(1)
        right.addWidget(label(tr("Van welke leerlingen?"), "strong"))
        right.addWidget(self.picker, 1)
        together = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, together)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(px(22))
        self._sides.addWidget(what, 1)
        self._sides.addWidget(who, 1)
        self.body.addWidget(together, 1)

    def open(self) -> None:
        super().open()
        self.fields["party"].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        flat, deep = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(flat if self.width() >= px(_WIDE) else deep)

    def _touch(self) -> None:
        self.touched = bool(self.picker.chosen())

    # — setting down —

    def problems(self) -> dict[str, str]:
        needed = {
            "party": tr("Vul in wie de gegevens krijgt."),
            "purpose": tr("Vul in waarvoor de gegevens nodig zijn."),
            "data": tr("Vul in welke gegevens het zijn."),
        }
        found = {
            name: text for name, text in needed.items() if not self.fields[name].text().strip()
        }
        for name in ("starts_on", "ends_on"):
            if self._day(name) is None:
                found[name] = tr("Vul een datum in, zoals 3-9-2026.")
        if not self.picker.chosen():
            found["pupils"] = tr("Kies een of meer leerlingen.")
        return found

    def show_problems(self, problems: dict[str, str]) -> None:
        self.picker.show_problem(problems.get("pupils", ""))
        super().show_problems(problems)

    def _day(self, name: str) -> date | None:
        field: DateField = self.fields[name]
        return field.date()

    def act(self) -> None:
        desk, starts_on, ends_on = self.desk, self._day("starts_on"), self._day("ends_on")
        assert starts_on is not None
        assert ends_on is not None
        new = NewSharing(
            party=self.fields["party"].text(),
            purpose_text=self.fields["purpose"].text(),
            data=self.fields["data"].text(),
            starts_on=starts_on,
            ends_on=ends_on,
            road=Road.SCHOOL if self.by_school.isChecked() else Road.PARTY,
            pupil_ids=self.picker.chosen(),
            all_must_agree=self.all.isChecked(),
        )
        self.code = code = start_sharing(desk.school, new)
        said = tr("Vastgelegd. Maak nu de brieven voor de ouders.")
        if new.road is Road.PARTY:
            said = tr("Vastgelegd. Leg nu de antwoorden vast die de ontvanger laat zien.")
        tell_done(desk, said, lambda: undo_start(desk.school, code))
