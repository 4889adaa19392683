"""The dialogues that record what was done for guardians: invited, tried, seen, or why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from schoolprivacy.okr import inzage
from schoolprivacy.okr.board import BoardRow, CarerStand
from schoolprivacy.okr.terms import Excuse, Proof
from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.undoing import Undo
from ui.desk import Desk
from ui.fields import choice, label, text_field
from ui.screens.okr_child_part import asked_carers
from ui.screens.okr_words import excuse_word, proof_word
from ui.screens.record_dialog import RecordDialog
from ui.words import tr


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class _StepDialog(RecordDialog):
    """For guardians of one child; ``self.move_id`` is the move."""

    def __init__(self, owner: QWidget, desk: Desk, title: str, told: str, found: BoardRow) -> None:
        super().__init__(owner, desk, title, tr("Vastleggen"), told.format(name=found.name))
        self.move_id = found.move.id if found.move else ""

    def add_ticks(self, who: Sequence[CarerStand], chosen: CarerStand | None) -> None:
        """Ask of whom it is; the one in the table at first."""
        self._who = list(who)
        for each in who:
            tick = QCheckBox(each.name)
            tick.setChecked(chosen is not None and each.guardian_id == chosen.guardian_id)
            self.add(each.guardian_id, each.name, tick, span=2)

    def ticked(self) -> list[str]:
        """Identifiers of whom it is."""
        return [e.guardian_id for e in self._who if self.fields[e.guardian_id].isChecked()]

    def add_who(self, who: Sequence[CarerStand], chosen: CarerStand | None) -> None:
        """Ask of whom it is: of one; of nobody at first when the one in the table cannot be it."""
        offers = [(each.name, each.guardian_id) for each in who]
        field = choice(offers or [(tr("Niemand met gezag bekend"), None)])
        field.setPlaceholderText(tr("Kies voor wie"))
        if chosen is not None and chosen in who:
            field.choose(chosen.guardian_id)
        elif offers:
            field.setCurrentIndex(-1)
        self.add("who", tr("&Voor wie"), field, span=2)

    def problems(self) -> Iterable[FieldProblem]:
        yield from super().problems()
        if "who" in self.names and self.fields["who"].currentIndex() < 0:
            yield FieldProblem("who", "needed")

    def add_staff(self) -> None:
        """Ask who of the school it did."""
        name = self.desk.school.who.name
        hint = tr("Leeg: wie dit nu vastlegt.")
        self.add("staff", tr("&Medewerker"), text_field(name, longest=80), hint=hint)


class SeenDialog(_StepDialog):
    """Guardians had inzage, together or one of them."""

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        found: BoardRow,
        unseen: Sequence[CarerStand],
        chosen: CarerStand | None,
    ) -> None:
        title = tr("Inzage gegeven: {name}").format(name=found.name)
        super().__init__(owner, desk, title, tr("De inzage bij {name} is vastgelegd."), found)
        self.add_ticks(unseen, chosen)
        self.add_day(tr("&Dag van de inzage"))
        ways = [(_capital(proof_word(each)), each) for each in Proof]
        self.add("proof", tr("&Hoe toont de school dat aan?"), choice(ways))
        self.add("copy", tr("&Kopie van het rapport gegeven"), QCheckBox(_copy()), span=2)
        self.add("note", tr("&Toelichting"), text_field(longest=200), hint=tr("Mag leeg blijven."))
        self.add_staff()
        self.act = self._record

    def _record(self) -> Undo:
        return inzage.record_inzage(
            self.desk.school,
            self.move_id,
            self.ticked(),
            self.fields["on"].date(),
            self.fields["proof"].value(),
            copy_given=self.fields["copy"].isChecked(),
            note=self.fields["note"].text(),
            staff=self.fields["staff"].text(),
        )


def _copy() -> str:
    return tr("&Kopie van het rapport gegeven, die dag")


class InvitedDialog(_StepDialog):
    """Guardians were invited otherwise than by a letter of this program, or got a copy."""

    def __init__(
        self, owner: QWidget, desk: Desk, found: BoardRow, chosen: CarerStand | None
    ) -> None:
        title = tr("Uitgenodigd of kopie gegeven: {name}").format(name=found.name)
        super().__init__(owner, desk, title, tr("Vastgelegd bij {name}."), found)
        told = tr("Drukt u de uitnodigingen hier af, dan staat de dag er vanzelf bij.")
        self.body.insertWidget(0, label(told, "muted", wrap=True))
        self.add_ticks(asked_carers(found), chosen)
        kinds = [
            (tr("Uitgenodigd (telefoon, gesprek, ouderapp)"), inzage.record_invited),
            (tr("Kopie van het rapport gegeven"), inzage.record_copy),
        ]
        self.add("kind", tr("Wat is er &gedaan?"), choice(kinds), span=2)
        self.add_day(tr("&Dag"))
        self.add_staff()
        self.act = self._record

    def _record(self) -> Undo:
        change: Undo = self.fields["kind"].value()(
            self.desk.school,
            self.move_id,
            self.ticked(),
            self.fields["on"].date(),
            staff=self.fields["staff"].text(),
        )
        return change


class AttemptDialog(_StepDialog):
    """The school tried to reach a guardian, who did not respond."""

    def __init__(
        self, owner: QWidget, desk: Desk, found: BoardRow, chosen: CarerStand | None
    ) -> None:
        title = tr("Poging zonder reactie: {name}").format(name=found.name)
        super().__init__(owner, desk, title, tr("De poging bij {name} is vastgelegd."), found)
        self.add_who(asked_carers(found), chosen)
        self.add_day(tr("&Dag"))
        self.add_staff()
        how = text_field(longest=200, placeholder=tr("bijvoorbeeld: gebeld, voicemail ingesproken"))
        self.add("note", tr("&Hoe is het geprobeerd?"), how, span=2)
        self.act = self._record

    def _record(self) -> Undo:
        return inzage.record_attempt(
            self.desk.school,
            self.move_id,
            self.fields["who"].value() or "",
            self.fields["on"].date(),
            self.fields["note"].text(),
            staff=self.fields["staff"].text(),
        )


class ExcuseDialog(_StepDialog):
    """Somebody decides, by name, that it may go without inzage of a guardian."""

    def __init__(
        self, owner: QWidget, desk: Desk, found: BoardRow, chosen: CarerStand | None
    ) -> None:
        title = tr("Zonder inzage versturen: {name}").format(name=found.name)
        super().__init__(owner, desk, title, tr("De reden bij {name} is vastgelegd."), found)
        told = tr("Uw naam komt bij deze reden op het bewijs te staan.")
        self.body.insertWidget(0, label(told, "muted", wrap=True))
        who = [each for each in asked_carers(found) if each.inzage is None]
        self.add_who(who, chosen)
        reasons = [(_capital(excuse_word(each)), each) for each in Excuse]
        self.add("reason", tr("&Reden"), choice(reasons), span=2)
        self.add("note", tr("&Toelichting"), text_field(longest=200), span=2)
        self.act = self._record

    def _record(self) -> Undo:
        return inzage.excuse(
            self.desk.school,
            self.move_id,
            self.fields["who"].value(),
            self.fields["reason"].value(),
            self.fields["note"].text(),
        )
