"""Correcting a school on the list of schools to which children move."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QWidget

from schoolprivacy.okr.actions import change_school
from schoolprivacy.okr.terms import ReceivingSchool
from schoolprivacy.people.entries import FieldProblem
from ui.desk import Desk
from ui.fields import label, text_field
from ui.screens.pupil_dialog import EntryDialog
from ui.screens.pupil_words import tell_done
from ui.words import tr


class SchoolDialog(EntryDialog):
    """Name, place and BRIN of a school, for every child that goes there.

    :param then: is called when it was corrected
    """

    def __init__(
        self,
        owner: QWidget,
        desk: Desk,
        school_id: str,
        school: ReceivingSchool,
        then: Callable[[], None],
    ) -> None:
        super().__init__(owner, tr("School verbeteren"), tr("Opslaan"))
        self._desk, self._id, self._then = desk, school_id, then
        told = tr("Dit geldt voor alle kinderen die naar deze school gaan of gingen.")
        self.body.addWidget(label(told, "muted", wrap=True))
        self.add("name", tr("&Naam van de school"), text_field(school.name, longest=80), span=2)
        self.add("place", tr("&Plaats"), text_field(school.place, longest=80))
        self.add("brin", tr("&BRIN"), text_field(school.brin, longest=10))
        self.body.addWidget(self.fields)

    def problems(self) -> Iterable[FieldProblem]:
        return ()

    def save(self) -> None:
        name, place, brin = (self.fields[each].text() for each in ("name", "place", "brin"))
        change = change_school(self._desk.school, self._id, ReceivingSchool(name, brin, place))
        self.done(1)
        tell_done(self._desk, tr("De school is verbeterd."), change)
        self._then()
