"""Step 8: who is reminded now, for the first or the second time; the letters and the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QSizePolicy

from schoolprivacy.consents.printing import PaperCount, Whom
from schoolprivacy.consents.rounds.reminding import (
    DueReminder,
    ReminderRun,
    count_round_reminders,
    due_reminders,
    print_round_reminder_list,
    print_round_reminders,
    sample_round_reminder_list,
    sample_round_reminders,
)
from schoolprivacy.consents.rounds.terms import Round, Step
from schoolprivacy.people.directory import groups
from schoolprivacy.people.names import group_label
from ui import messages
from ui.desk import Desk
from ui.fields import Fields, button, choice, label, row, show_date
from ui.screens.year_paper import PaperPart, Wanted
from ui.screens.year_step import YearStep
from ui.table import Column, Rows, Table
from ui.theme import px
from ui.words import counted, tr

_LETTERS, _LIST = "letters", "list"


@dataclass(frozen=True, slots=True)
class GroupDue:
    """The forms of one group that are not (fully) back.

    :param first: to be reminded of now for the first time; ``second``: for the second time
    :param today: a letter about them was made today
    :param to_call: written about twice
    :param later: their day has not come
    """

    group: str
    waiting: int
    first: int
    second: int
    today: int
    to_call: int
    later: int


class RemindStep(YearStep):
    """The counts, and beneath them the letters or the list for the teacher."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            Step.REMINDERS,
            tr("Herinneren"),
            tr("Een gezin krijgt hooguit twee brieven. Wie dan nog niet antwoordt, belt u."),
        )
        self.dates = label("", "muted", wrap=True)
        self._to_dates = button(
            tr("Data kiezen"), lambda: desk.go("year", step=int(Step.DATES)), icon="calendar-days"
        )
        self._to_dates.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.total = label("", "strong", wrap=True)
        self.table = _GroupTable()
        self.kind = choice(
            [(tr("Herinneringsbrieven"), _LETTERS), (tr("Lijst voor de leerkracht"), _LIST)]
        )
        self.group = choice([(tr("De hele school"), None)])
        self.again = QCheckBox(tr("Ook wie al twee brieven kreeg"))
        self.paper = PaperPart(desk)
        self._fields = Fields(columns=2)
        self._fields.add("kind", tr("&Wat wilt u maken?"), self.kind)
        self._fields.add("group", tr("Voor w&ie?"), self.group)
        for each in (row(self.dates, self._to_dates), self.total, self.table):
            self.content.addWidget(each)
        for each in (self._fields, self.again, self.paper):
            self.content.addWidget(each)
        self.content.addStretch(1)
        self._fields.changed.connect(self._look)
        self.again.toggled.connect(self._look)
        self.table.opened.connect(lambda each: self.group.choose(each.group))

    def show_round(self, round_: Round) -> None:
        with messages.told(self):
            school = self.desk.school
            self.dates.setText(_dates_said(round_))
            self._to_dates.setVisible(round_.first_reminder is None and not school.read_only)
            self._offer_groups(groups(school))
            self._look()
            self.desk.read(partial(due_reminders, school), self._show)

    def focus_first(self) -> None:
        self.kind.setFocus()

    def _offer_groups(self, names: Sequence[str]) -> None:
        chosen = self.group.value()
        self.group.blockSignals(True)
        self.group.offer(
            [(tr("De hele school"), None), *((group_label(each), each) for each in names)]
        )
        self.group.choose(chosen)
        self.group.blockSignals(False)

    def _show(self, found: list[DueReminder]) -> None:
        of_groups = by_group(found, self.desk.school.clock.today())
        self.total.setText(_total_said(of_groups))
        self.table.show_groups(of_groups)
        self.table.setVisible(bool(of_groups))

    def _look(self) -> None:
        is_letters = self.kind.value() == _LETTERS
        self.again.setVisible(is_letters)
        group = self.group.value()
        whom = Whom(group=group) if group else Whom()
        ending = f"-{group_label(group)}" if group else ""
        if is_letters:
            self.paper.show_wanted(_letters(whom, ending, again=self.again.isChecked()))
        else:
            self.paper.show_wanted(_list(whom, ending))


def by_group(found: Iterable[DueReminder], on: date) -> list[GroupDue]:
    """The counts of every group in which somebody is waited for."""
    many: dict[str, Counter[str]] = {}
    for each in found:
        many.setdefault(each.group, Counter())[_state(each, on)] += 1
    return [
        GroupDue(name, sum(of.values()), *(of[key] for key in ("1", "2", "today", "call", "later")))
        for name, of in many.items()
    ]


def _state(each: DueReminder, on: date) -> str:
    if each.before and each.before[-1].on == on:
        return "today"
    if each.to_call:
        return "call"
    if not each.is_due:
        return "later"
    return "1" if each.number == 1 else "2"


def _dates_said(round_: Round) -> str:
    if round_.first_reminder is None:
        return tr("U hebt nog geen dagen voor de herinneringen gekozen.")
    said = tr("Eerste herinnering: {day}.").format(day=show_date(round_.first_reminder))
    if round_.second_reminder:
        second = tr("Tweede herinnering: {day}.").format(day=show_date(round_.second_reminder))
        said = f"{said} {second}"
    return said


def _total_said(found: Sequence[GroupDue]) -> str:
    if not found:
        return tr("Er is nu niemand om te herinneren.")
    parts = [
        (sum(each.first for each in found), tr("een eerste brief")),
        (sum(each.second for each in found), tr("een tweede brief")),
        (sum(each.today for each in found), tr("vandaag al een brief")),
        (sum(each.to_call for each in found), tr("al twee brieven: bel het gezin")),
        (sum(each.later for each in found), tr("later pas aan de beurt")),
    ]
    waiting = counted(sum(each.waiting for each in found), tr("formulier"), tr("formulieren"))
    told = ", ".join(f"{many} {what}" for many, what in parts if many)
    return tr("Nog niet (helemaal) terug: {forms}. Daarvan {told}.").format(
        forms=waiting, told=told
    )


# — the papers —


def _letters(whom: Whom, ending: str, *, again: bool) -> Wanted:
    return Wanted(
        tr("Herinneringsbrieven"),
        tr("herinneringsbrieven") + ending,
        print_round_reminders,
        sample_round_reminders,
        {**whom, "again": again},
        count_round_reminders,
        None,
        _letters_told,
        partial(_letters_asked, again=again),
        _letters_after,
    )


def _letters_told(count: PaperCount) -> str:
    said = counted(count.parts, tr("brief"), tr("brieven"))
    return said + (tr(", vandaag al eens gemaakt") if count.reprinted else "")


def _letters_asked(count: PaperCount, *, again: bool) -> str:
    asked = []
    if count.reprinted:
        text = tr(
            "Over {n} is vandaag al een brief gemaakt. Die komt nog een keer op papier. Dat telt "
            "niet als een nieuwe herinnering."
        )
        forms = counted(count.reprinted, tr("formulier"), tr("formulieren"))
        asked.append(text.format(n=forms))
    if again:
        asked.append(tr("Ook gezinnen die al twee brieven kregen, krijgen er nog een."))
    return "\n\n".join(asked)


def _letters_after(run: ReminderRun) -> str:
    """Which letter it was, and for whom there was none."""
    many = [
        tr("{n} × brief {which}").format(n=count, which=number)
        for number, count in sorted(run.numbers.items())
    ]
    if run.to_call:
        many.append(tr("{n} × bellen").format(n=len(run.to_call)))
    return ", ".join(many) + ("." if many else "")


def _list(whom: Whom, ending: str) -> Wanted:
    return Wanted(
        tr("Lijst voor de leerkracht"),
        tr("herinneringslijst") + ending,
        print_round_reminder_list,
        sample_round_reminder_list,
        {**whom},
    )


class _GroupTable(Table):
    """Who is due in each group; Enter chooses the group."""

    def __init__(self) -> None:
        super().__init__(tr("Wie herinnerd wordt, per groep"))

        def column(head: str, name: str, width: int = 0) -> Column[Any]:
            return Column(head, lambda each: str(getattr(each, name)), width=width)

        columns: tuple[Column[Any], ...] = (
            Column(tr("Groep"), lambda each: group_label(each.group), width=110),
            column(tr("Nog niet terug"), "waiting", 120),
            column(tr("1e brief nu"), "first", 92),
            column(tr("2e brief nu"), "second", 92),
            column(tr("Vandaag al"), "today", 92),
            column(tr("Bellen"), "to_call", 70),
            column(tr("Later"), "later", 70),
        )
        self._rows: Rows[GroupDue] = Rows(columns)
        self.show_rows(self._rows, lambda each: group_label(each.group))

    def show_groups(self, found: Sequence[GroupDue]) -> None:
        """Show these, all of them in view."""
        self._rows.replace(found)
        self.setMinimumHeight(px(64) + px(38) * len(found))
