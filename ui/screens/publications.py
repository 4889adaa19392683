"""What appeared of children: what must be taken down, and the log that tells where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget

from schoolprivacy.consents.publications.channels import Channel
from schoolprivacy.consents.publications.log import Publication
from ui import messages
from ui.desk import Desk, Place
from ui.fields import button, scrolled
from ui.screen import Screen
from ui.screens.channels_parts import Warn
from ui.screens.publications_dialog import PublicationDialog
from ui.screens.publications_log import ALL as EVERYTHING
from ui.screens.publications_log import LogPart
from ui.screens.publications_paper import TakeDownPaper
from ui.screens.publications_part import Part
from ui.screens.publications_rows import Read, read_all
from ui.screens.publications_tasks import OPEN, TasksPart
from ui.theme import px
from ui.words import tr

_TASKS, _LOG = 0, 1


class PublicationsScreen(Screen):
    """Two parts: the tasks, and the log they come from."""

    def __init__(self, desk: Desk) -> None:
        said = tr("Waar kinderen te zien zijn. Foto's worden niet bewaard.")
        super().__init__(desk, tr("Publicaties"), said)
        self._read = Read((), (), ())
        self._pupil, self._asked = "", 0
        self._last_channel = ""
        self._reading = self._focus_later = False
        self.tasks, self.log = TasksPart(desk), LogPart(desk)
        self._of_one = Warn(tr("Van &iedereen tonen"), self._show_everybody, icon="user")
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setMinimumHeight(px(120))
        for each in (self._tabs, self._tabs.tabBar()):
            each.setAccessibleName(tr("Weghalen of logboek"))
        for part, title in ((self.tasks, tr("Weghalen")), (self.log, tr("Logboek"))):
            self._tabs.addTab(scrolled(part), title)
            part.wants_everything.connect(self._show_everybody)
        self.log.wants_new.connect(self.add)
        self.log.wants_change.connect(self._change)
        self._add_head()
        self.content.addWidget(self._of_one)
        self.content.addWidget(self._tabs, 1)

    def _add_head(self) -> None:
        self._paper = button(
            tr("Lijst af&drukken…"), self.print_list, icon="printer", tip=tr("Ctrl+P")
        )
        add = button(tr("Nieuwe plaatsing"), self.add, icon="plus", kind="primary", tip="Ctrl+N")
        if self.desk.school.read_only:
            return
        self.add_actions(self._paper, add)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.print_list)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self.add)

    # — showing —

    def refresh(self) -> None:
        """Read it beside the windows: a school may have hundreds of tasks."""
        self._asked += 1
        self._reading = True
        asked, school, pupil = self._asked, self.desk.school, self._pupil

        def show(read: Read) -> None:
            if asked == self._asked:  # else something else was asked for meanwhile
                self._show(read)

        self.desk.read(lambda: read_all(school, pupil), show)

    def _show(self, read: Read) -> None:
        self._read, self._reading = read, False
        for part in (self.tasks, self.log):
            part.show_read(read)
        self._tabs.setTabText(_TASKS, tr("Weghalen ({n})").format(n=self.tasks.open_tasks()))
        self._tabs.setTabText(_LOG, tr("Logboek ({n})").format(n=self.log.everything()))
        self._paper.setEnabled(any(each.done is None for each in read.tasks))
        said = tr("U ziet alleen wat er van {name} verscheen, ook met de hele groep.")
        self._of_one.say(said.format(name=read.pupil) if read.pupil else "")
        if self._focus_later:
            self.focus_first()

    def open_at(self, place: Place) -> None:
        """``show``: ``tasks`` or ``log``; ``pupil``: what appeared of one child."""
        if not place.detail:
            return
        wanted = place.detail.get("pupil", "")
        if wanted != self._pupil:
            self._pupil = wanted
            self.refresh()
        self.tasks.begin(OPEN)
        self.log.begin(EVERYTHING)
        show = place.detail.get("show", "log" if wanted else "tasks")
        self._tabs.setCurrentIndex(_LOG if show == "log" else _TASKS)

    def detail_to_reopen(self) -> Mapping[str, Any]:
        show = "log" if self._tabs.currentIndex() == _LOG else "tasks"
        return {"show": show, "pupil": self._pupil}

    def focus_first(self) -> None:
        """Where one begins depends on what is there, which may still be read."""
        self._focus_later = self._reading
        if not self._reading:
            self._part().focus_first()

    def _part(self) -> Part:
        return self.log if self._tabs.currentIndex() == _LOG else self.tasks

    def _show_everybody(self) -> None:
        if self._pupil:
            self._pupil = ""
            self.refresh()
            self.focus_first()

    # — doing —

    def add(self) -> None:
        """Write down that pictures appeared."""
        if self.desk.school.read_only:
            return
        usable = [each for each in self._read.channels if each.closed_on is None]
        if not usable:
            said = tr(
                "Een plaatsing hoort bij een kanaal: de website, de ouderapp, een account. Er "
                "staat nog geen open kanaal in het schoolbestand. Voeg eerst een kanaal toe."
            )
            messages.confirm(
                self,
                said,
                tr("Naar Kanalen"),
                lambda: self.desk.go("channels"),
                heading=tr("Nog geen kanaal"),
            )
            return
        PublicationDialog(
            self,
            self.desk,
            self._read.channels,
            channel=self._last_channel or self._newest_channel(usable),
            saved=self._note_saved,
        ).open()

    def _newest_channel(self, usable: Sequence[Channel]) -> str:
        """In which something appeared last, else the first that is covered by a purpose."""
        of_log = (each.channel.id for each in self._read.publications)
        is_open = {each.id for each in usable}
        with_purpose = (each.id for each in usable if each.purposes)
        used = (each for each in of_log if each in is_open)
        return next(chain(used, with_purpose), usable[0].id)

    def _note_saved(self, channel_id: str) -> None:
        """The next one is often in the same channel."""
        self._last_channel = channel_id
        self._tabs.setCurrentIndex(_LOG)

    def _change(self, found: Publication) -> None:
        PublicationDialog(self, self.desk, self._read.channels, found).open()

    def print_list(self) -> None:
        """The open tasks on paper."""
        if self.desk.school.read_only:
            return
        found = [each for each in self._read.tasks if each.done is None]
        if found:
            TakeDownPaper(self, self.desk, found).open()
