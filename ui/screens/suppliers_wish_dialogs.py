"""A teacher's request for an app, and the director's decision on it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.names import plain
from schoolprivacy.people.undoing import Undo
from schoolprivacy.suppliers.board import board
from schoolprivacy.suppliers.entries import LONGEST_LINE, LONGEST_NAME
from schoolprivacy.suppliers.terms import ProductEntry, ProductKind, Wish, WishEntry
from schoolprivacy.suppliers.wishes import (
    Granted,
    ask_for_app,
    change_wish,
    earlier_wishes,
    grant_wish,
    refuse_wish,
)
from ui.desk import Desk
from ui.fields import ChoiceField, DateField, choice, label, show_date, text_field
from ui.screens.record_dialog import RecordDialog
from ui.screens.suppliers_product_dialogs import SupplierChoice, kind_field
from ui.screens.suppliers_words import facts
from ui.theme import px
from ui.words import tr


def decision_told(wish: Wish) -> str:
    """``Ja op 03-09-2026, Directie: past bij de methode``."""
    answer = tr("Ja") if wish.granted else tr("Nee")
    told = tr("{answer} op {day}, {who}: {reason}")
    return told.format(
        answer=answer, day=show_date(wish.decided_on), who=wish.decided_by, reason=wish.reason
    )


class WishDialog(RecordDialog):
    """Who asks for which app, and what for.

    :signal asked: the identifier of a new request
    """

    asked = Signal(str)

    def __init__(self, owner: QWidget, desk: Desk, found: Wish | None) -> None:
        told = tr("Het verzoek is vastgelegd.")
        super().__init__(owner, desk, tr("Verzoek om een app"), tr("Vastleggen"), told, width=760)
        self._id = found.id if found else ""
        today = desk.school.clock.today()
        self.add("app", tr("&App"), text_field(found.app if found else "", longest=LONGEST_NAME))
        by = text_field(found.asked_by if found else "", longest=LONGEST_NAME)
        self.add("by", tr("&Gevraagd door"), by)
        day = DateField(found.asked_on if found else today, latest=today)
        self.add("on", tr("Gevraagd &op"), day)
        groups = text_field(found.used_by if found else "", longest=LONGEST_LINE)
        self.add("used_by", tr("Voor welke g&roep"), groups)
        used_for = text_field(found.used_for if found else "", longest=LONGEST_LINE)
        self.add("used_for", tr("&Waarvoor"), used_for, span=2)
        data = text_field(found.data if found else "", longest=LONGEST_LINE)
        hint = tr("Wat een kind of leerkracht moet invullen, zoals een naam of foto.")
        self.add("data", tr("Welke g&egevens"), data, hint=hint, span=2)
        self.act = self._store

    def problems(self) -> Iterable[FieldProblem]:
        yield from super().problems()
        for name in ("app", "by", "used_for"):
            if not self.fields[name].text().strip():
                yield FieldProblem(name, "needed")

    def _store(self) -> Undo:
        fields = self.fields
        entry = WishEntry(
            fields["by"].text(),
            fields["on"].date(),
            fields["app"].text(),
            fields["used_for"].text(),
            fields["used_by"].text(),
            fields["data"].text(),
        )
        if self._id:
            return change_wish(self.desk.school, self._id, entry)
        change = ask_for_app(self.desk.school, entry)
        self.asked.emit(change.about)
        return change


class DecideDialog(RecordDialog):
    """Yes, with the product that comes on record, or no; both with a reason."""

    def __init__(self, owner: QWidget, desk: Desk, wish: Wish) -> None:
        title = tr("Besluit over {app}").format(app=wish.app)
        told = tr("Het besluit over {app} is vastgelegd.").format(app=wish.app)
        super().__init__(owner, desk, title, tr("Vastleggen"), told, width=760)
        self._wish, self._behind = wish, owner.window()
        asked = [
            (tr("Gevraagd door"), f"{wish.asked_by}, {show_date(wish.asked_on)}"),
            (tr("Waarvoor"), wish.used_for),
            (tr("Groep"), wish.used_by),
            (tr("Gegevens"), wish.data),
            (tr("Eerder besloten"), self._earlier()),
        ]
        self.body.insertWidget(0, facts(asked))
        answers = [(tr("Kies ja of nee"), None), (tr("Ja"), True), (tr("Nee"), False)]
        self.add("granted", tr("&Besluit"), choice(answers))
        self.add_day(tr("Besloten &op"))
        self.add("why", tr("&Reden"), text_field(longest=LONGEST_LINE), span=2)
        self._add_product()
        told = tr(
            "Ja betekent: eerst een getekende overeenkomst en een bijsluiter, dan pas gebruiken. "
            "Het product komt op de lijst, met wat er nog ontbreekt."
        )
        self._yes = label(told, "muted", wrap=True)
        self.body.addWidget(self._yes)
        self.body.addStretch(1)
        for name in ("granted", "product"):
            self.fields[name].currentIndexChanged.connect(lambda _: self._show_fields())
        self._show_fields()
        self.act = self._decide

    def open(self) -> None:
        """With room for the product that comes on record."""
        super().open()
        room = self._behind.height() - px(40)
        self.resize(self.width(), min(self.height() + px(400), room))

    def _earlier(self) -> str:
        before = earlier_wishes(self.desk.school, self._wish.app)
        return "\n".join(decision_told(each) for each in before if each.granted is not None)

    def _add_product(self) -> None:
        today = self.desk.school.clock.today()
        rows = [e for e in board(self.desk.school).rows if not e.file.product.is_stopped(today)]
        there = [(f"{e.name} ({e.file.supplier.name})", e.file.product.id) for e in rows]
        offers = [(tr("Een nieuw product"), ""), *sorted(there)]
        wanted = plain(self._wish.app)
        same = next((e.file.product.id for e in rows if plain(e.name) == wanted), "")
        product = choice(offers, same)
        product.setSizeAdjustPolicy(
            ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.add("product", tr("&Product"), product)
        self.add("kind", tr("&Soort"), kind_field(ProductKind.APP))
        self.choice = SupplierChoice(self.desk, self.fields)
        for name, text, field in self.choice.offer:
            self.add(name, text, field, span=2 if name == "supplier" else 1)
        used_for = text_field(self._wish.used_for, longest=LONGEST_LINE)
        self.add("used_for", tr("&Waarvoor"), used_for, span=2)
        groups = text_field(self._wish.used_by, longest=LONGEST_LINE)
        self.add("used_by", tr("Voor welke &groep"), groups, span=2)

    def _show_fields(self) -> None:
        granted = self.fields["granted"].value() is True
        is_new = granted and not self.fields["product"].value()
        self.fields.set_shown("product", granted)
        for name in ("kind", "supplier", "used_for", "used_by"):
            self.fields.set_shown(name, is_new)
        self.choice.show_fields()
        if not is_new:
            for name in ("company", "convenant"):
                self.fields.set_shown(name, False)
        self._yes.setVisible(granted)

    def problems(self) -> Iterable[FieldProblem]:
        yield from super().problems()
        granted = self.fields["granted"].value()
        if granted is None:
            yield FieldProblem("granted", "needed")
        if not self.fields["why"].text().strip():
            yield FieldProblem("why", "needed")
        if granted and not self.fields["product"].value():
            yield from self.choice.problems()

    def _decide(self) -> Undo:
        school, wish, fields = self.desk.school, self._wish, self.fields
        why, on = fields["why"].text(), fields["on"].date()
        if not fields["granted"].value():
            return refuse_wish(school, wish.id, why, on)
        product = fields["product"].value() or ProductEntry(
            wish.app, fields["kind"].value(), fields["used_for"].text(), fields["used_by"].text()
        )
        granted = Granted(self.choice.value(), product)
        return grant_wish(school, wish.id, why, on, granted)
