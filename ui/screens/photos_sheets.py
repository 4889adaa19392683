"""The two photo sheets: of an event, and the standing one of a class."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from schoolprivacy.consents.photos.printing import (
    LONGEST_EVENT,
    last_day,
    print_class_sheet,
    print_event_sheet,
    sample_class_sheet,
    sample_event_sheet,
)
from schoolprivacy.consents.terms import Purpose
from schoolprivacy.errors import KnownError
from schoolprivacy.people.directory import groups
from schoolprivacy.people.names import group_label
from ui.desk import Desk
from ui.fields import DateField, Fields, card, choice, label, show_date, text_field
from ui.screens.photos_choices import Ticks, not_looked_at, purpose_ticks, remember_not
from ui.screens.photos_sheet import SheetDialog, Wanted
from ui.words import tr

_REMEMBERED = "photos.event_not"


class EventSheetDialog(SheetDialog):
    """What is photographed, when, of which groups, and where the photos go."""

    chosen_groups: tuple[str, ...] = ()
    """Of the sheet made last, as long as the program is open: their names are written nowhere."""

    def __init__(
        self, owner: QWidget, desk: Desk, purposes: Sequence[Purpose], group: str | None
    ) -> None:
        title = tr("Lijst voor een gebeurtenis")
        super().__init__(owner, desk, title, sample_event_sheet, print_event_sheet)
        today = desk.school.clock.today()
        self._fields = Fields()
        self._fields.add(
            "event",
            tr("&Wat is er te doen?"),
            text_field(placeholder=tr("Bijvoorbeeld Sinterklaas"), longest=LONGEST_EVENT),
            hint=tr("Staat alleen boven de lijst; wordt niet bewaard."),
        )
        self._fields.add(
            "on",
            tr("&Op welke dag?"),
            DateField(today),
            hint=tr("Uiterlijk {day}: ouders kunnen intussen van mening veranderen.").format(
                day=show_date(last_day(today))
            ),
        )
        self._groups = Ticks(tr("Welke groepen?"))
        names = groups(desk.school)
        last = {group} if group is not None else set(EventSheetDialog.chosen_groups)
        self._groups.offer([(each, group_label(each)) for each in names], last)
        self._purposes = purpose_ticks(purposes, not_looked_at(_REMEMBERED))
        for each in (card(self._fields), card(self._groups), card(self._purposes)):
            self.choices.addWidget(each)
        self.choices.addStretch(1)
        for part in (self._fields, self._groups, self._purposes):
            part.changed.connect(self.look_again)
        self._fields["event"].setFocus()
        self.look_again()

    def wanted(self) -> Wanted | None:
        event, on = self._fields["event"].text().strip(), self._fields["on"].date()
        chosen, codes = self._groups.chosen(), self._purposes.chosen()
        if not (event and on and chosen and codes):
            return None
        how = {"event": event, "on": on, "groups": chosen, "codes": codes}
        return Wanted(how, tr("fotoblad"))

    def missing(self) -> str:
        lacks = {
            tr("Vul in wat er te doen is."): not self._fields["event"].text().strip(),
            tr("Vul in op welke dag."): self._fields["on"].date() is None,
            tr("Kies minstens één groep."): not self._groups.chosen(),
            tr("Kies waarvoor de foto's zijn."): not self._purposes.chosen(),
        }
        first = next((text for text, is_so in lacks.items() if is_so), "")
        return first + " " + tr("Dan ziet u hier de lijst.")

    def tell_problem(self, problem: KnownError | None) -> None:
        key = problem.key if problem else ""
        at = {"photo.past": "on", "photo.too_early": "on", "group.empty": ""}.get(key, "event")
        self._fields.show_problems({at: str(problem)} if key and at else {}, focus=False)

    def remember(self) -> None:
        remember_not(_REMEMBERED, self._purposes.left_out())
        EventSheetDialog.chosen_groups = self._groups.chosen()


class ClassSheetDialog(SheetDialog):
    """All children of a group and all purposes."""

    def __init__(self, owner: QWidget, desk: Desk, group: str | None) -> None:
        title = tr("Groepslijst (vast)")
        super().__init__(owner, desk, title, sample_class_sheet, print_class_sheet)
        names = groups(desk.school)
        self._group = choice(
            [(tr("Alle groepen"), None), *((group_label(each), each) for each in names)], group
        )
        fields = Fields()
        until = show_date(last_day(desk.school.clock.today()))
        fields.add("group", tr("&Van welke groep?"), self._group)
        told = tr(
            "Alle kinderen van de groep, met alle doelen voor foto's die aanstaan. Geldig tot en "
            "met {day}; maak daarna een nieuwe."
        )
        self.choices.addWidget(card(fields, label(told.format(day=until), "muted", wrap=True)))
        self.choices.addStretch(1)
        fields.changed.connect(self.look_again)
        self._group.setFocus()
        self.look_again()

    def wanted(self) -> Wanted:
        group = self._group.value()
        name = f"{tr('fotoblad')}-{group_label(group)}" if group else tr("fotoblad")
        return Wanted({"group": group}, name)
