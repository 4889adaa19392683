"""What to make and for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from schoolprivacy.consents.before import never_asked
from schoolprivacy.consents.printing import Whom
from schoolprivacy.people.directory import Listed, directory, groups
from schoolprivacy.people.names import full_name, group_label
from schoolprivacy.school import School
from ui.fields import card, label
from ui.screens.papers_kinds import Paper, papers
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
    """

    paper: Paper
    whom: Whom | None
    count: int
    anew: bool

    @property
    def how(self) -> dict[str, Any]:
        """What the action and the sample take besides."""
        return {**(self.whom or {}), **({"anew": self.anew} if self.paper.asks else {})}

    @property
    def file_name(self) -> str:
        """A name for a file, without the name of a child."""
        group = (self.whom or {}).get("group")
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
        self._kinds = _Radios(tr("Wat wilt u maken?"))
        for each in self._papers:
            self._kinds.add(each.key, each.title, each.explained)
        self._whom = _Radios(tr("Voor wie?"))
        self._whom.add(_SCHOOL, tr("De hele &school"))
        self._whom.add(_UNASKED, tr("Alleen wie nog &nooit is gevraagd"))
        self._whom.add(_GROUPS, tr("Eén of meer &groepen"))
        self._groups = _Groups()
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
        for box in (self._kinds, self._whom, self._how):
            layout.addWidget(box)
        layout.addStretch(1)
        for part in (self._kinds, self._whom, self._groups):
            part.changed.connect(self._show)
        self._anew.toggled.connect(self.changed)
        self._arrange()

    def _show(self) -> None:
        self._arrange()
        self.changed.emit()

    def _arrange(self) -> None:
        asks = self._paper().asks
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
        self._whom.lead_to(_GROUPS, self._groups.boxes())
        self._arrange()

    def take(self, detail: Mapping[str, Any]) -> None:
        """Choose what somebody asked for: ``kind``, ``group`` and ``pupils``."""
        self._anew.setChecked(False)
        self._chosen = tuple(detail.get("pupils", ()))
        group = detail.get("group")
        if group is not None:
            self._groups.choose({group})
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
        paper, people = self._paper(), self._meant()
        return Request(
            paper,
            self._as_whom(people) if people else None,
            len(people),
            paper.asks and self._anew.isChecked(),
        )

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
        return self._said()


class _Radios(QWidget):
    """One of a few, each with a line of explanation."""

    changed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.buttonToggled.connect(self._tell)
        self._keys: dict[str, QRadioButton] = {}
        self._card = card(label(title, "heading"), spacing=4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._card)

    def _tell(self, _button: object, on: bool) -> None:
        if on:
            self.changed.emit()

    def add(self, key: str, text: str, explained: str = "") -> None:
        """Add a possibility; the first is chosen."""
        made = QRadioButton(text)
        made.setAccessibleDescription(explained)
        made.setChecked(not self._keys)
        self._group.addButton(made)
        self._keys[key] = made
        self.put(made)
        if explained:
            below = label(explained, "small", wrap=True)
            below.setContentsMargins(px(30), 0, 0, px(4))
            self.put(below)

    def put(self, widget: QWidget) -> None:
        """Put something below what was added last."""
        layout = self._card.layout()
        if layout is not None:
            layout.addWidget(widget)

    def lead_to(self, key: str, widgets: Sequence[QWidget]) -> None:
        """Let Tab go on from a possibility to what stands beneath it, also if that came later."""
        for one, following in pairwise([self._keys[key], *widgets]):
            QWidget.setTabOrder(one, following)

    def set_shown(self, key: str, shown: bool) -> None:
        """Offer a possibility or not; the first is chosen when it was this one."""
        if not shown and self._keys[key].isChecked():
            next(iter(self._keys.values())).setChecked(True)
        self._keys[key].setVisible(shown)

    def choose(self, key: str) -> None:
        self._keys[key].setChecked(True)

    def chosen(self) -> str:
        return next(key for key, each in self._keys.items() if each.isChecked())

    def focus_first(self) -> None:
        """Put the keyboard on what is chosen."""
        self._keys[self.chosen()].setFocus(Qt.FocusReason.OtherFocusReason)


class _Groups(QWidget):
    """The groups, some of them ticked; the arrows walk, the space bar ticks."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._boxes: dict[str, QCheckBox] = {}
        self._buttons = QButtonGroup(self)  # the arrows walk among the buttons of a group
        self._buttons.setExclusive(False)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(px(28), 0, 0, 0)
        self._grid.setVerticalSpacing(0)

    def show_groups(self, sizes: Mapping[str, int]) -> None:
        """Show these groups with how many pupils they have; what was ticked stays so."""
        ticked = self.chosen()
        for box in self._boxes.values():
            self._buttons.removeButton(box)
            self._grid.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = {}
        for place, (name, size) in enumerate(sizes.items()):
            box = QCheckBox(f"{group_label(name)} ({size})")
            box.setAccessibleName(
                f"{group_label(name)}, {counted(size, tr('leerling'), tr('leerlingen'))}"
            )
            box.setChecked(name in ticked)
            box.toggled.connect(self.changed)
            self._buttons.addButton(box)
            self._grid.addWidget(box, *divmod(place, 2))
            self._boxes[name] = box

    def choose(self, names: set[str]) -> None:
        """Tick these groups only."""
        for name, box in self._boxes.items():
            box.setChecked(name in names)

    def boxes(self) -> list[QCheckBox]:
        """In the order in which they stand."""
        return list(self._boxes.values())

    def chosen(self) -> list[str]:
        """The names of the ticked groups, in their order."""
        return [name for name, box in self._boxes.items() if box.isChecked()]
