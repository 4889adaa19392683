"""What parents can read of suppliers: the list, what changed since, and where it was put."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.errors import FileError
from schoolprivacy.school.outside import may_be_written, to_file
from schoolprivacy.suppliers.papers import parents_fields, parents_title
from schoolprivacy.suppliers.parents import Told
from schoolprivacy.suppliers.telling import (
    Change,
    ParentList,
    parents_list,
    publications,
    unread,
)
from schoolprivacy.suppliers.terms import Publication
from schoolprivacy.suppliers.webpage import page_html, page_text
from ui import files, messages
from ui.desk import Desk
from ui.fields import button, card, emptied, label, notice, row, scrolled, show_date
from ui.flow import Flow
from ui.screens.letter_dialog import show_letter
from ui.screens.suppliers_papers import parents_paper
from ui.screens.suppliers_published import ChangesDialog, PublishDialog, SaidDialog
from ui.screens.suppliers_words import facts, may_record
from ui.theme import px
from ui.words import counted, tr

_LATEST = 5
"""So many publications are shown."""


class ParentsPart(QWidget):
    """The list as parents read it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._record = button(
            tr("&Geplaatst vastleggen…"), self._publish, icon="megaphone", kind="primary"
        )
        self._printed = button(tr("Lijst af&drukken…"), self._print, icon="printer")
        html = button(tr("Als &webpagina…"), self._save_html, icon="save")
        text = button(tr("Als &tekst…"), self._save_text, icon="save")
        copied = button(tr("&Kopiëren"), self._copy, icon="clipboard-check")
        copied.setToolTip(tr("Om te plakken in de website of de schoolgids"))
        self._listed = False
        self._content = QVBoxLayout()
        self._content.setSpacing(px(10))
        inside = QWidget()
        page = QVBoxLayout(inside)
        page.setContentsMargins(0, 0, px(6), 0)
        page.setSpacing(px(12))
        self._buttons = Flow(self._record, self._printed, html, text, copied)
        page.addWidget(self._buttons)  # scrolls along: at 200 % there is no room beside the list
        page.addLayout(self._content, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, px(12), 0, 0)
        layout.addWidget(scrolled(inside))

    def refresh(self) -> None:
        """Read and show what parents read."""
        school = self.desk.school
        found, changed, told = parents_list(school), unread(school), publications(school)
        emptied(self._content)
        self._listed = bool(found.lines or changed)  # also when the last line is gone
        self._record.setVisible(may_record(self.desk) and self._listed)
        self._buttons.arrange()
        self._show_state(changed, told)
        if told:
            self._content.addWidget(self._history(told))
        self._show_list(found)
        self._content.addStretch(1)

    def _show_state(self, changed: list[Change], told: list[Publication]) -> None:
        if not told:
            said = tr(
                "De lijst is nog nergens geplaatst. Zet haar op de website of in de schoolgids, en "
                "leg vast waar."
            )
            self._content.addWidget(notice(said))
        elif not changed:
            said = tr("Ouders kunnen lezen wat hier nu staat.")
            self._content.addWidget(notice(said, "done"))
        else:
            many = counted(len(changed), tr("regel"), tr("regels"))
            said = tr("Sinds de lijst is geplaatst, veranderde er {lines}. Plaats haar opnieuw.")
            self._content.addWidget(notice(said.format(lines=many)))
            look = button(tr("Wat is er &veranderd…"), lambda: self._compare(changed), icon="list")
            self._content.addWidget(row(look, None))

    def _history(self, told: list[Publication]) -> QWidget:
        lines = [
            (show_date(each.published_on), f"{each.place} ({each.recorded_by})")
            for each in told[:_LATEST]
        ]
        look = button(tr("Wat er toe&n stond…"), lambda: self._look_back(told), icon="history")
        return card(label(tr("Geplaatst"), "strong"), facts(lines), row(look, None))

    def _show_list(self, found: ParentList) -> None:
        if not found.lines:
            none = tr("De lijst is nog leeg. Leg eerst een product vast bij Producten.")
            self._content.addWidget(label(none, wrap=True))
        for told in found.lines:
            self._content.addWidget(_told(told))

    def forget(self) -> None:
        """The screen is left: keep nothing."""
        emptied(self._content)

    def focus_first(self) -> None:
        first = self._record if may_record(self.desk) and self._listed else self._printed
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # — doing —

    def _publish(self) -> None:
        PublishDialog(self, self.desk).open()

    def _compare(self, changed: list[Change]) -> None:
        ChangesDialog(self, changed).open()

    def _look_back(self, told: list[Publication]) -> None:
        SaidDialog(self, told).open()

    def _print(self) -> None:
        show_letter(self.desk, self, parents_paper(self.desk.school))

    def _save_html(self) -> None:
        kinds, make = tr("Webpagina (*.html)"), lambda: page_html(self.desk.school)
        self._save("leverancierslijst.html", kinds, make, b"<!DOCTYPE html>")

    def _save_text(self) -> None:
        kinds, make = tr("Tekst (*.txt)"), lambda: page_text(self.desk.school)
        self._save("leverancierslijst.txt", kinds, make, b"WIE KRIJGT")

    def _save(self, name: str, kinds: str, make: Callable[[], str], beginning: bytes) -> None:
        """Save it whole or not at all; it names no child, so nothing needs to be thrown away."""
        chosen = files.choose_new_file(self, tr("Bewaren"), name, kinds)
        if chosen is None:
            return
        with messages.told(self):
            target = _with_suffix(chosen, Path(name).suffix)
            may_be_written(target, beginning)
            to_file(target)(make().encode())
            told = tr("Bewaard als {name}. Leg vast waar u de lijst plaatst.")
            self.desk.say(told.format(name=target.name))

    def _copy(self) -> None:
        """With its headings for who pastes it in a page, as plain text for all else."""
        with messages.told(self):
            both = QMimeData()
            both.setText(page_text(self.desk.school))
            both.setHtml(page_html(self.desk.school))
            QGuiApplication.clipboard().setMimeData(both)
            self.desk.say(tr("De lijst is gekopieerd. Plak haar waar u wilt."))


def _with_suffix(target: Path, suffix: str) -> Path:
    if target.suffix.lower() == suffix:
        return target
    target = target.with_name(f"{target.name}{suffix}")
    if target.exists():  # nobody asked about this name
        raise FileError("file.not_over", place=target)
    return target


def _told(told: Told) -> QWidget:
    return card(label(parents_title(told), "strong", wrap=True), facts(parents_fields(told)))
