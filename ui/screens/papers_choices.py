"""What to make and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from schoolprivacy.consents.before import never_asked
from schoolprivacy.consents.printing import Whom
from schoolprivacy.people.directory import Listed, directory, groups
from schoolprivacy.people.names import full_name, group_label
from schoolprivacy.school import School
from ui.fields import card, label
from ui.screens.papers_fields import Groups, Radios
from ui.screens.papers_kinds import Needs, Paper, all_year, papers
from ui.screens.papers_own import SubstituteChoices, YearChoice
from ui.theme import px
from ui.words import counted, tr

_SCHOOL, _GROUPS, _UNASKED, _PUPILS = "school", "groups", "unasked", "pupils"
_NAMED = 4  # so many chosen pupils are named, the others counted


@dataclass(frozen=True, slots=True)
class Request:
    """A paper somebody wants.

    :param whom: as the action takes it; None when it is nobody
    :param count: how many pupils that are
    :param anew: ask again, with new forms
    :param own: what this paper only wants to know
    """

    paper: Paper
    whom: Whom | None
    count: int
    anew: bool
    own: Mapping[str, Any] = field(default_factory=dict)

    @property
    def how(self) -> dict[str, Any]:
        """What the action and the sample take besides."""
        anew = {"anew": self.anew} if self.paper.asks else {}
        return {**(self.whom or {}), **anew, **self.own}

    @property
    def file_name(self) -> str:
        """A name for a file, without the name of a child."""
        group = self.how.get("group")
        return f"{self.paper.file_name}-{group_label(group)}" if group else self.paper.file_name


class Choices(QWidget):
    """The left side of the screen: which paper, for whom, and how."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._people: list[Listed] = []
        self._unasked: frozenset[str] = frozenset()
        self._chosen: tuple[str, ...] = ()
        self._papers = papers()
        self._kinds = Radios(tr("Wat wilt u maken?"))
        of_all_year = all_year()[0].key
        self._kinds.say(tr("Toestemming vragen"))
        for each in self._papers:
            if each.key == of_all_year:
                self._kinds.say(tr("Het hele jaar"))
            self._kinds.add(each.key, each.title, each.explained)
        self._whom = Radios(tr("Voor wie?"))
        self._whom.add(_SCHOOL, tr("De hele &school"))
        self._whom.add(_UNASKED, tr("Alleen wie nog &nooit is gevraagd"))
        self._whom.add(_GROUPS, tr("Eén of meer &groepen"))
        self._groups = Groups()
        self._whom.put(self._groups)
        self._whom.add(_PUPILS, tr("Ge&kozen leerlingen"))
        self._count = label("", "strong", wrap=True)
        self._whom.put(self._count)
        self._anew = QCheckBox(tr("&Opnieuw vragen"))
        self._how = card(
            self._anew,
            label(
                tr(
                    "Nieuwe formulieren met de teksten van nu; de oude vervallen. Zonder vinkje "
                    "wordt een formulier dat er al is nog eens afgedrukt, met hetzelfde nummer."
                ),
                "small",
                wrap=True,
            ),
            spacing=4,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(14))
        self._substitute, self._year = SubstituteChoices(), YearChoice()
        for box in (self._kinds, self._whom, self._how, self._substitute, self._year):
            layout.addWidget(box)
        layout.addStretch(1)
        for part in (self._kinds, self._whom, self._groups, self._substitute, self._year):
            part.changed.connect(self._show)
        self._anew.toggled.connect(self.changed)
        self._arrange()

    def _show(self) -> None:
        self._arrange()
        self.changed.emit()

    def _arrange(self) -> None:
        asks, needs = self._paper().asks, self._paper().needs
        self._whom.setVisible(needs is Needs.PUPILS)
        self._substitute.setVisible(needs is Needs.SUBSTITUTE)
        self._year.setVisible(needs is Needs.YEAR)
        self._whom.set_shown(_UNASKED, asks)
        self._whom.set_shown(_PUPILS, bool(self._chosen))
        self._how.setVisible(asks)
        self._groups.setVisible(self._whom.chosen() == _GROUPS)
        self._count.setText(self._said())

    def show_school(self, school: School) -> None:
        """Read who there are; what was chosen stays."""
        self._people = directory(school)
        self._unasked = never_asked(school)
        sizes = {
            name: sum(each.placement.is_in(name) for each in self._people)
            for name in groups(school)
        }
        self._groups.show_groups(sizes)
        self._substitute.show_groups([name for name in sizes if name], school.clock.today())
        self._year.show_years(school.clock.today())
        self._whom.lead_to(_GROUPS, self._groups.boxes())
        self._arrange()

    def take(self, detail: Mapping[str, Any]) -> None:
        """Choose what somebody asked for: ``kind``, ``group`` and ``pupils``."""
        self._anew.setChecked(False)
        self._chosen = tuple(detail.get("pupils", ()))
        group = detail.get("group")
        if group is not None:
            self._groups.choose({group})
            self._substitute.choose_group(group)
        self._arrange()  # a choice that is not shown cannot be made
        self._whom.choose(_PUPILS if self._chosen else _GROUPS if group else _SCHOOL)
        if "kind" in detail:
            self._kinds.choose(detail["kind"])
        self._show()

    def choose_kind(self, key: str) -> None:
        """Another paper for the same pupils."""
        self._kinds.choose(key)

    def focus_first(self) -> None:
        self._kinds.focus_first()

    # — what is chosen —

    def request(self) -> Request:
        """What is wanted now."""
        paper = self._paper()
        if paper.needs is not Needs.PUPILS:
            return self._of_own(paper)
        people = self._meant()
        return Request(
            paper,
            self._as_whom(people) if people else None,
            len(people),
            paper.asks and self._anew.isChecked(),
        )

    def _of_own(self, paper: Paper) -> Request:
        """A paper that is not for pupils one chooses."""
        own: dict[str, Any] = {}
        if paper.needs is not Needs.NOTHING:
            asked = self._year if paper.needs is Needs.YEAR else self._substitute
            own = asked.shown()
        is_known = bool(own) or paper.needs is Needs.NOTHING
        return Request(paper, Whom() if is_known else None, 0, False, own)

    def typed(self) -> dict[str, Any]:
        """What only the paper itself is told, not its sample."""
        return self._substitute.typed() if self._needs(Needs.SUBSTITUTE) else {}

    def is_ready(self) -> bool:
        """Everything is filled in; else it is told at its field."""
        return not self._needs(Needs.SUBSTITUTE) or self._substitute.is_ready()

    def _needs(self, what: Needs) -> bool:
        return self._paper().needs is what

    def _paper(self) -> Paper:
        return next(each for each in self._papers if each.key == self._kinds.chosen())

    def _meant(self) -> list[Listed]:
        of = self._whom.chosen()
        if of == _GROUPS:
            names = self._groups.chosen()
            return [p for p in self._people if any(p.placement.is_in(each) for each in names)]
        if of in (_UNASKED, _PUPILS):
            ids = self._unasked if of == _UNASKED else frozenset(self._chosen)
            return [each for each in self._people if each.pupil.id in ids]
        return self._people

    def _as_whom(self, people: list[Listed]) -> Whom:
        names = self._groups.chosen()
        if self._whom.chosen() == _SCHOOL:
            return Whom()
        if self._whom.chosen() == _GROUPS and len(names) == 1:
            return Whom(group=names[0])
        return Whom(pupil_ids=tuple(each.pupil.id for each in people))

    def _said(self) -> str:
        people = self._meant()
        if self._whom.chosen() == _GROUPS and not self._groups.chosen():
            return tr("Kies een of meer groepen.")
        if self._whom.chosen() == _UNASKED and not people:
            return tr("Er is niemand meer die nog nooit is gevraagd.")
        if self._whom.chosen() == _PUPILS:
            named = ", ".join(full_name(each.pupil) for each in people[:_NAMED])
            more = len(people) - _NAMED
            return named + (tr(" en nog {n}").format(n=more) if more > 0 else "")
        return counted(len(people), tr("leerling"), tr("leerlingen"))

    def empty_text(self) -> str:
        """What to say when nobody is meant."""
        if not self._people:
            return tr("Er staan nog geen leerlingen in het schoolbestand.")
        if self._needs(Needs.SUBSTITUTE):
            return tr("Kies een groep en vul een dag in.")
        return self._said()
