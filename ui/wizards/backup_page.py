"""The page of the restore where a backup is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from schoolprivacy.school import BackupSeen, list_backups
from ui import files, jobs, messages
from ui.fields import button, card, label, row
from ui.theme import px
from ui.wizards.guide import Page
from ui.words import tr

_OWN = "backups"  # in a school folder; elsewhere the folder tells the schools apart
_SUFFIX = ".schoolbackup"


@dataclass
class RestoreChoice:
    """What was chosen so far.

    :param over: the present school file, which may be replaced; None when there is none
    :param aside: where the replaced one is now
    """

    over: Path | None
    file: Path | None = None
    target: Path | None = None
    aside: Path | None = None


class BackupPage(Page):
    """The automatic backups of the present school file, or any other backup file."""

    def __init__(self, choice: RestoreChoice) -> None:
        super().__init__(tr("Welke back-up"), tr("Kies de nieuwste waarin alles nog goed was."))
        self._choice = choice
        self.found = QListWidget()
        self.found.setAccessibleName(tr("Gevonden back-ups"))
        self.found.setMinimumHeight(px(180))
        self.found.itemSelectionChanged.connect(self._pick)
        self._chosen = label("", "strong", wrap=True)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self._other = button(tr("&Ander bestand kiezen…"), self._choose, icon="folder-open")
        self._heading = label(tr("Gevonden back-ups"), "heading")
        self._empty = label(
            tr(
                "Hier zijn geen back-ups gevonden. Zoek op uw tweede plaats voor back-ups, zoals "
                "een stick, of kies het bestand zelf. De naam eindigt op .schoolbackup."
            ),
            wrap=True,
        )
        look = button(tr("Op een &stick of in een map zoeken…"), self._search, icon="search")
        self.content.addWidget(
            card(self._heading, self.found, self._empty, row(look, self._other, None))
        )
        self.content.addWidget(self._chosen)
        self.content.addWidget(self._problem)
        self.content.addStretch(1)
        self._show([])

    def enter(self) -> None:
        if self._choice.over and not self.found.count():
            self._look(self._choice.over)

    def _search(self) -> None:
        found = files.choose_folder(self, tr("Waar staan de back-ups?"))
        if found:
            self._look(found)

    def _look(self, folder: Path) -> None:
        jobs.run(
            self.window(),
            tr("De back-ups bekijken"),
            lambda _: list_backups(folder),
            self._show,
            self._tell,
        )

    def _tell(self, error: BaseException) -> None:
        messages.tell_error(self, error)

    def _show(self, seen: Sequence[BackupSeen]) -> None:
        self.found.clear()
        for each in seen:
            item = QListWidgetItem(_describe(each))
            item.setData(Qt.ItemDataRole.UserRole, each.path)
            if not each.whole:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.found.addItem(item)
        whole = next((n for n, each in enumerate(seen) if each.whole), None)
        if whole is not None:
            self.found.setCurrentRow(whole)
        for shown in (self.found, self._heading):
            shown.setVisible(bool(seen))
        self._empty.setVisible(not seen)
        self.focus_first()

    def _pick(self) -> None:
        for item in self.found.selectedItems():
            self._take(item.data(Qt.ItemDataRole.UserRole))

    def _choose(self) -> None:
        kinds = tr("Back-up (*{suffix})").format(suffix=_SUFFIX)
        found = files.choose_file(self, tr("Kies de back-up"), kinds)
        if found:
            self.found.clearSelection()
            self._take(found)

    def _take(self, file: Path) -> None:
        self._choice.file = file
        self._chosen.setText(tr("Gekozen: {file}").format(file=file))
        self._problem.hide()

    def focus_first(self) -> None:
        (self._other if self.found.isHidden() else self.found).setFocus()

    def proceed(self) -> None:
        if self._choice.file is None:
            self._problem.setText(tr("Kies eerst een back-up."))
            self._problem.show()
            self.focus_first()
        else:
            self.proceeded.emit()


def _describe(seen: BackupSeen) -> str:
    name = seen.path.name.removesuffix(_SUFFIX)
    if not seen.whole or seen.made_at is None:
        return tr("{name}  ·  beschadigd, niet te gebruiken").format(name=name)
    _, before, what = name.partition("-voor-")
    parts = [f"{seen.made_at.astimezone():%d-%m-%Y  %H:%M}"]
    if before:
        parts.append(tr("voor {what}").format(what=what.replace("-", " ")))
    if seen.path.parent.name != _OWN:
        parts.append(seen.path.parent.name)
    return "  ·  ".join(parts)
