"""Who takes consent back, and which purposes: all of them, until some are ticked off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QVBoxLayout, QWidget

from schoolprivacy.consents.terms import Purpose
from schoolprivacy.consents.withdrawal import StandingYes, Withdrawer
from ui.fields import button, emptied, label, row
from ui.matrix import purpose_group
from ui.theme import px
from ui.words import counted, tr


class WhoField(QWidget):
    """One of those who could take something back; nobody to begin with, unless there is one."""

    toggled = Signal()

    def __init__(self, everybody: Sequence[Withdrawer]) -> None:
        super().__init__()
        self._everybody = tuple(everybody)
        self._group = QButtonGroup(self)
        self.buttons: list[QRadioButton] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(6))
        for place, each in enumerate(self._everybody):
            made = QRadioButton(_plain(_named(each)))
            made.setAccessibleName(_named(each))
            made.setEnabled(bool(each.answers))
            self._group.addButton(made, place)
            self.buttons.append(made)
            layout.addWidget(made)
        self._group.buttonToggled.connect(self._tell)
        first = next((each for each in self.buttons if each.isEnabled()), None)
        if first:
            self.setFocusProxy(first)

    def _tell(self, _button: object, on: bool) -> None:
        if on:
            self.toggled.emit()

    def choose_only(self) -> None:
        """Choose the only one who could; of two somebody must say who it is."""
        possible = [each for each in self.buttons if each.isEnabled()]
        if len(possible) == 1:
            possible[0].setChecked(True)

    def chosen(self) -> Withdrawer | None:
        """Who is chosen."""
        place = self._group.checkedId()
        return self._everybody[place] if place >= 0 else None


class WhatField(QWidget):
    """The purposes somebody could take back, every one ticked.

    :param only: the purpose one came from
    """

    toggled = Signal()

    def __init__(self, only: Purpose | None = None) -> None:
        super().__init__()
        self._only = only
        self._answers: tuple[StandingYes, ...] = ()
        self.boxes: list[QCheckBox] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        self.every = button(tr("All&es"), lambda: self._tick(None), kind="link")
        one = _plain(only.wording.short) if only else ""
        self.one = button(
            tr("Alleen: {purpose}").format(purpose=one) if only else tr("&Niets"),
            lambda: self._tick(only.code if only else ""),
            kind="link",
        )
        self._head = row(self.every, self.one, None)
        self._head.hide()  # until there is something to tick
        layout.addWidget(self._head)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(px(6))
        layout.addWidget(inside)
        self.offer(())

    def offer(self, answers: Sequence[StandingYes]) -> None:
        """What somebody could take back, all of it ticked."""
        emptied(self._list)
        self._answers, self.boxes = tuple(answers), []
        self._head.setVisible(bool(answers))
        codes = [each.purpose.code for each in answers]
        self.one.setVisible(self._only is None or self._only.code in codes)
        if not answers:
            self._list.addWidget(label(tr("Kies eerst wie intrekt."), "muted"))
            return
        group = ""
        for each in answers:
            if purpose_group(each.purpose) != group:
                group = purpose_group(each.purpose)
                self._list.addWidget(label(group, "strong"))
            self._add(each)

    def _add(self, answer: StandingYes) -> None:
        text = answer.purpose.wording.short
        if not answer.is_own:
            said = tr("{purpose} – ja van {who}")
            text = said.format(purpose=text, who=", ".join(answer.said_by))
        made = QCheckBox(_plain(text))
        made.setAccessibleName(text)
        made.setToolTip(answer.purpose.wording.label)
        made.setChecked(True)
        made.toggled.connect(lambda _: self.toggled.emit())
        self.boxes.append(made)
        self._list.addWidget(made)

    def _tick(self, only: str | None) -> None:
        for each, box in zip(self._answers, self.boxes, strict=True):
            box.setChecked(only in (None, each.purpose.code))

    def codes(self) -> list[str]:
        """What is ticked."""
        return [each.purpose.code for each in self._ticked()]

    def told(self) -> str:
        """``Website``, or how many purposes."""
        found = self._ticked()
        if len(found) == 1:
            return found[0].purpose.wording.short
        return counted(len(found), tr("doel"), tr("doelen"))

    def _ticked(self) -> list[StandingYes]:
        pairs = zip(self._answers, self.boxes, strict=True)
        return [each for each, box in pairs if box.isChecked()]


def _named(who: Withdrawer) -> str:
    name = f"{who.name} ({who.relation})" if who.relation else who.name
    return name if who.answers else tr("{name} – zei nergens ja").format(name=name)


def _plain(text: str) -> str:
    """In a button a & would be taken for a key."""
    return text.replace("&", "&&")
