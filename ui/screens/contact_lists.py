"""Contact lists and telephone trees: see one, make numbered copies, and keep track of those."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QTabWidget, QWidget

from schoolprivacy.consents.contacts.printing import PrintedCopies, check_for_whom
from schoolprivacy.people.directory import groups
from ui import messages, preview, saving
from ui.desk import Desk, Place
from ui.fields import button, scrolled
from ui.preview import Deliver, Progress
from ui.screen import Screen
from ui.screens.contact_lists_choices import Choices, Request
from ui.screens.contact_lists_copies import CopiesPart, Only
from ui.screens.contact_lists_look import Look, Seen, look_at
from ui.theme import px
from ui.words import counted, tr

_PAUSE = 120  # milliseconds of rest before a sample is made
_WIDE = 820  # pixels at zoom 1 from which choices and sample stand beside one another
_LEFT = 340  # pixels at zoom 1, of the choices
_MAKE, _COPIES = 0, 1


class ContactListsScreen(Screen):
    """What may be handed out within a group, and what was."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Contactlijsten"))
        self._save_button = button(tr("Bewaar als PDF…"), self._save, icon="save", tip=tr("Ctrl+S"))
        self._print_button = button(
            tr("Afdrukken…"), self._print, icon="printer", kind="primary", tip=tr("Ctrl+P")
        )
        for keys, do in (("Ctrl+P", self._print), ("Ctrl+S", self._save)):
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        self._choices, self._look, self._copies = Choices(), Look(desk), CopiesPart(desk)
        self._makers = (self._save_button, self._print_button)
        self._markers = (self._copies.back_button, self._copies.destroyed_button)
        self.add_actions(*self._makers, *self._markers)
        for each in (*self._makers, *self._markers):
            each.hide()  # all of them beside one another would widen the window for good
        self._seen: Seen | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._make_sample)
        self._build()
        self._choices.changed.connect(self._look_again)
        self._choices.for_whom.changed.connect(self._show_buttons)
        self._copies.counted.connect(self._show_to_destroy)
        self._copies.list_wanted.connect(partial(self._open_part, _MAKE))
        self._tabs.currentChanged.connect(self._change_part)

    def _build(self) -> None:
        body = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, body)
        self._sides.setContentsMargins(0, px(14), px(6), 0)
        self._sides.setSpacing(px(18))
        self._sides.addWidget(self._choices)
        self._sides.addWidget(self._look, 1)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setMinimumHeight(px(70))  # at 200 % with two banners there is no more room
        for each in (self._tabs, self._tabs.tabBar()):
            each.setAccessibleName(tr("Maken of nakijken"))
        self._tabs.addTab(scrolled(body), tr("Lijst maken"))
        self._tabs.addTab(self._copies, tr("Uitgedeelde exemplaren"))
        self.content.addWidget(self._tabs, 1)

    # — choosing and looking —

    def refresh(self) -> None:
        with messages.told(self):
            found = groups(self.desk.school)
            self._choices.show_groups(found)
            self._choices.setVisible(bool(found))
            self._look_again()
            self._copies.refresh()
            self._show_buttons()

    def open_at(self, place: Place) -> None:
        """The register with ``show`` "copies", of ``only`` some; else the list of ``group``."""
        if place.detail.get("show") == "copies":
            self._copies.show_only(Only(place.detail.get("only", Only.TO_DESTROY)))
            self._open_part(_COPIES)
        elif place.detail:
            self._choices.choose_group(place.detail.get("group", ""))
            self._open_part(_MAKE)

    def detail_to_reopen(self) -> Mapping[str, Any]:
        if self._making:
            return {"group": self._choices.request().group}
        return {"show": "copies", "only": self._copies.only.value().value}

    def focus_first(self) -> None:
        if not self._making:
            self._copies.focus_first()
        elif self._choices.isHidden():
            self._tabs.tabBar().setFocus()
        else:
            self._choices.focus_first()

    @property
    def _making(self) -> bool:
        return self._tabs.currentIndex() == _MAKE

    def _change_part(self) -> None:
        self._show_buttons()
        if self._making and self._seen is None:
            self._pause.start()

    def _open_part(self, part: int) -> None:
        self._tabs.setCurrentIndex(part)
        self.focus_first()

    def _show_to_destroy(self, many: int) -> None:
        title = tr("Uitgedeelde exemplaren")
        if many:
            title = tr("Uitgedeelde exemplaren · {n} te vernietigen").format(n=many)
        self._tabs.setTabText(_COPIES, title)
        self._show_buttons()

    def _look_again(self) -> None:
        self._seen = None
        self._show_buttons()
        self._pause.start()

    def _make_sample(self) -> None:
        if not self._making:
            return  # it is made when somebody comes to look at it
        request, school = self._choices.request(), self.desk.school
        self.desk.run(
            tr("Voorbeeld maken"),
            lambda _job: look_at(school, request),
            self._show,
            may_stop=False,
        )

    def _show(self, seen: Seen) -> None:
        if seen.request != self._choices.request():
            return  # something else was chosen meanwhile; its own sample follows
        self._seen = seen
        self._look.show_seen(seen)
        self._choices.for_whom.setVisible(seen.pdf is not None and not self.desk.school.read_only)
        if seen.receivers:
            self._choices.for_whom.propose(seen.request, seen.receivers)
        self._show_buttons()

    def _show_buttons(self) -> None:
        """Those of the part that is open; none where nothing may be changed."""
        making, may = self._making, not self.desk.school.read_only
        ready = self._seen is not None and self._seen.pdf is not None
        for each in self._makers:
            each.setVisible(making and may)
            each.setEnabled(ready and bool(self._choices.for_whom.lines()))
        for each in self._markers:
            each.setVisible(may and not making and self._copies.has_any)

    # — making copies —

    def _print(self) -> None:
        found = self._wanted()
        if found is not None:
            request, for_whom = found
            preview.print_made(
                self.desk,
                self,
                request.title,
                partial(self._make, request, for_whom, "printed"),
                partial(self._made, tr("afgedrukt")),
            )

    def _save(self) -> None:
        found = self._wanted()
        if found is not None:
            request, for_whom = found
            saving.save_made(
                self.desk,
                self,
                request.title.lower().replace(" ", "-"),
                partial(self._make, request, for_whom, "saved"),
                partial(self._made, tr("bewaard")),
            )

    def _wanted(self) -> tuple[Request, list[str]] | None:
        """The list that is on the screen and who gets it; what is wrong with it is told."""
        if not (self._print_button.isVisible() and self._print_button.isEnabled() and self._seen):
            return None
        named: list[str] = []
        with messages.told(self):
            named = check_for_whom(self._choices.for_whom.lines())
        return (self._seen.request, named) if named else None

    def _make(
        self,
        request: Request,
        for_whom: list[str],
        way: str,
        deliver: Deliver,
        progress: Progress,
    ) -> PrintedCopies:
        return request.print(
            self.desk.school,
            deliver,
            group=request.group,
            order=request.order,
            for_whom=for_whom,
            way=way,
            progress=progress,
        )

    def _made(self, how: str, run: PrintedCopies) -> None:
        self.desk.tell_change()
        first, last = run.numbers[0], run.numbers[-1]
        numbers = tr("nummer {first}").format(first=first)
        if first != last:
            numbers = tr("nummer {first} tot en met {last}").format(first=first, last=last)
        said = tr("{copies} {how} en geregistreerd: {numbers}.")
        copies = counted(len(run.numbers), tr("exemplaar"), tr("exemplaren"))
        self.desk.say(said.format(copies=copies, how=how, numbers=numbers))
        if run.left_out:
            who = "\n\n".join(f"{each.pupil}: {each.reason}" for each in run.left_out)
            text = tr("Deze kinderen konden niet op de lijst worden gezet:")
            messages.tell(self, f"{text}\n\n{who}")

    # — looks —

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(_WIDE)
        flat, deep = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(flat if wide else deep)
        self._choices.setMinimumWidth(px(_LEFT) if wide else 0)
        self._choices.setMaximumWidth(px(_LEFT) if wide else self.width())
