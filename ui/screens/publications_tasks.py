"""Whom to take out of which pictures: working it through, and ticking off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from schoolprivacy.consents.publications.take_down import Task, tick_off_many, untick_many
from schoolprivacy.errors import KnownError
from schoolprivacy.people.entries import FieldProblem
from schoolprivacy.people.names import full_name
from ui import messages
from ui.desk import Desk
from ui.fields import button, label, show_date, text_field
from ui.screens.channels_parts import page
from ui.screens.channels_words import address_of, breakable, told_at
from ui.screens.publications_part import Part
from ui.screens.publications_rows import (
    Read,
    because_words,
    done_words,
    task_columns,
    task_search,
)
from ui.screens.pupil_dialog import EntryDialog
from ui.screens.pupil_words import tell_done
from ui.words import counted, tr

OPEN, DONE, ALL = "open", "done", "all"
_NAMED = 5
_LONGEST_REMARK = 300


class TasksPart(Part):
    """The open tasks first; several are ticked off at once."""

    def __init__(self, desk: Desk) -> None:
        only = ((tr("Nog weg te halen"), OPEN), (tr("Afgevinkt"), DONE), (tr("Alles"), ALL))
        super().__init__(desk, tr("Weg te halen"), task_columns(), task_search, only)
        self._tick = button(
            tr("&Afvinken…"), self.tick, icon="check", kind="primary", tip=tr("Enter")
        )
        self._untick = button(tr("&Toch niet weggehaald"), self.untick, icon="undo-2")
        pupil = button(tr("Naar de &leerling"), self._go_to_pupil, icon="user")
        self.build(tr("Welke taken"), (self._tick, self._untick), pupil)
        self.table.opened.connect(lambda _: self.tick())

    # — what it shows —

    def rows_of(self, read: Read) -> Sequence[Task]:
        if not read.pupil_id:
            return read.tasks
        return [each for each in read.tasks if each.child.pupil.id == read.pupil_id]

    def passes(self, value: Task, only: Any) -> bool:
        return bool(only == ALL or (value.done is None) == (only == OPEN))

    def key_of(self, value: Task) -> object:
        return value.key

    def address(self, value: Task) -> Sequence[str]:
        return value.publication.place, value.publication.channel.place

    def open_tasks(self) -> int:
        """How many must still be done, of those that can be shown."""
        return sum(each.done is None for each in self._rows.rows)

    def empty_page(self) -> QWidget:
        said = tr(
            "Zegt een ouder nee of trekt een ouder een ja in, dan staat hier waar beeld van het "
            "kind al verscheen. U haalt het weg en vinkt het af. Dat kan alleen als het in het "
            "logboek staat: schrijf daarom op wat er verschijnt."
        )
        return page(
            label(tr("Er is niets weg te halen."), "heading"),
            label(said, wrap=True),
        )

    def tell(self, value: Task | None) -> None:
        chosen: list[Task] = self.table.chosen()
        self._tick.setVisible(self.may_change and any(each.done is None for each in chosen))
        self._untick.setVisible(self.may_change and any(each.done for each in chosen))
        if value is None:
            self.what.setText("")
            self.more.setText("")
            return
        self.what.setText(self._where(value))
        self.more.setText(self._why(value, len(chosen)))

    def _where(self, task: Task) -> str:
        shown = task.publication
        parts = (
            tr("{name} in beeld van “{event}”").format(
                name=full_name(task.child.pupil), event=shown.event
            ),
            tr("{channel}, {day}").format(
                channel=shown.channel.name, day=show_date(shown.appeared_on)
            ),
            breakable(shown.where),
            "" if address_of(shown.where) or not shown.place else breakable(shown.channel.place),
        )
        return " · ".join(filter(None, parts))

    def _why(self, task: Task, chosen: int) -> str:
        why = because_words(task) or tr("Inmiddels is er weer een ja.")
        done = done_words(task)
        if done:
            done = done[:1].upper() + done[1:]
            remark = f"“{task.done.remark}”" if task.done and task.done.remark else ""
            why = ". ".join(filter(None, (done, remark, why)))
        if chosen > 1:
            return tr("{n} taken gekozen. {why}").format(n=chosen, why=why)
        return why

    # — doing —

    def _chosen(self, *, done: bool) -> list[Task]:
        """What is selected and was, or was not, ticked off."""
        return [each for each in self.table.chosen() if (each.done is not None) == done]

    def tick(self) -> None:
        """Everything selected was taken down."""
        found = self._chosen(done=False)
        if found and self.may_change:
            TickDialog(self, self.desk, found).open()

    def untick(self) -> None:
        """It was not taken down after all."""
        found = self._chosen(done=True)
        if not found or not self.may_change:
            return
        with messages.told(self):
            change = untick_many(self.desk.school, [each.key for each in found])
            said = counted(len(found), tr("taak staat"), tr("taken staan"))
            tell_done(self.desk, tr("{tasks} weer open.").format(tasks=said), change)

    def _go_to_pupil(self) -> None:
        task: Task | None = self.table.current()
        if task is not None:
            self.desk.go("pupil", pupil=task.child.pupil.id)


class TickDialog(EntryDialog):
    """Tick off: these children are out of these pictures."""

    def __init__(self, owner: QWidget, desk: Desk, found: Sequence[Task]) -> None:
        super().__init__(owner, tr("Weggehaald"), tr("Afvinken"), width=560)
        self._desk, self._found = desk, found
        self.body.addWidget(label(_named(found), "strong", wrap=True))
        said = tr(
            "Vink pas af als het beeld echt weg is, of als het kind er niet meer herkenbaar op "
            "staat. Denk ook aan kopieën: een album, een tweede bericht, de prullenbak."
        )
        self.body.addWidget(label(said, "muted", wrap=True))
        self.add(
            "remark",
            tr("&Opmerking"),
            text_field(longest=_LONGEST_REMARK),
            hint=tr("Mag leeg blijven. Bijvoorbeeld: gezicht onherkenbaar gemaakt."),
            span=2,
        )
        self.body.addWidget(self.fields)
        self.body.addStretch(1)
        self.fields["remark"].setFocus()

    def problems(self) -> Iterable[FieldProblem]:
        return ()

    def save(self) -> None:
        keys = [each.key for each in self._found]
        try:
            change = tick_off_many(self._desk.school, keys, self.fields["remark"].text())
        except KnownError as error:
            told_at(self, error, {"take_down.remark": "remark"})
            return
        self.done(1)
        said = counted(len(keys), tr("taak"), tr("taken"))
        tell_done(self._desk, tr("{tasks} afgevinkt.").format(tasks=said), change)


def _named(found: Sequence[Task]) -> str:
    """Each task on a line, when there are few."""
    if len(found) > _NAMED:
        return tr("{n} keer weggehaald").format(n=len(found))
    text = tr("{name}: {event} ({channel})")
    return "\n".join(
        text.format(
            name=full_name(each.child.pupil),
            event=each.publication.event,
            channel=each.publication.channel.name,
        )
        for each in found
    )
