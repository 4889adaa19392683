"""Letters and lists: choose what and for whom, see it, print or save it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QWidget

from schoolprivacy.consents.printing import PrintRun
from ui import messages, preview, saving, theme
from ui.desk import Desk, Place
from ui.fields import button, label, scrolled
from ui.screen import Screen
from ui.screens.papers_choices import Choices, Request
from ui.screens.papers_look import Look, Seen, look_at
from ui.theme import px
from ui.words import counted, tr

_PAUSE = 120  # milliseconds of rest before a sample is made
_WIDE = 820  # pixels at zoom 1 from which choices and sample stand beside one another
_LEFT = 340  # pixels at zoom 1, of the choices
_FORMS, _COVER = "consent-forms", "cover-sheet"


class PapersScreen(Screen):
    """Everything that goes on paper; what is printed or saved is registered."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Brieven en lijsten"))
        self._save_button = button(tr("Bewaar als PDF…"), self._save, icon="save", tip=tr("Ctrl+S"))
        self._print_button = button(
            tr("Afdrukken…"), self._print, icon="printer", kind="primary", tip=tr("Ctrl+P")
        )
        self.add_actions(self._save_button, self._print_button)
        for keys, do in (("Ctrl+P", self._print), ("Ctrl+S", self._save)):
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        self._choices, self._look = Choices(), Look(desk)
        self._next = _NextStep(lambda: self._choices.choose_kind(_COVER))
        self._seen: Seen | None = None
        self._then: Callable[[], None] | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._make_sample)
        self._choices.changed.connect(self._choose)
        self._look.kind_wanted.connect(self._choices.choose_kind)
        self._build()

    def _build(self) -> None:
        body = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, body)
        self._sides.setContentsMargins(0, 0, px(6), 0)
        self._sides.setSpacing(px(18))
        self._sides.addWidget(self._choices)
        self._sides.addWidget(self._look, 1)
        self.content.addWidget(self._next)
        self.content.addWidget(scrolled(body), 1)

    # — choosing and looking —

    def refresh(self) -> None:
        with messages.told(self):
            self._choices.show_school(self.desk.school)
            self._look_again()

    def open_at(self, place: Place) -> None:
        """Choose ``kind`` for ``group`` or ``pupils``, when somebody asks for them."""
        if place.detail:
            self._next.hide()
            self._choices.take(place.detail)

    def focus_first(self) -> None:
        self._choices.focus_first()

    def _choose(self) -> None:
        self._next.hide()
        self._look_again()

    def _look_again(self) -> None:
        self._seen, self._then = None, None
        self._pause.start()

    def _make_sample(self) -> None:
        request, school = self._choices.request(), self.desk.school
        if request.whom is None:
            self._show(Seen(request))
        else:
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
        self._look.show_seen(seen, self._choices.empty_text())
        may = seen.pdf is not None and not self.desk.school.read_only
        self._print_button.setEnabled(may)
        self._save_button.setEnabled(may)
        then, self._then = self._then, None
        if then:
            then()

    def _ready(self, then: Callable[[], None]) -> Request | None:
        """What is wanted, once its warnings are on the screen; ``then`` follows when they are."""
        if self._seen is None:
            self._then = then
            return None
        may = self._print_button.isEnabled() and self._choices.is_ready()
        return self._seen.request if may else None

    # — printing —

    def _print(self) -> None:
        request = self._ready(self._print)
        if request is None:
            return
        first = [*_replacing(request), self._look.unread()]
        if any(first):
            messages.confirm(
                self,
                "\n\n".join(filter(None, first)),
                tr("Toch afdrukken…"),
                lambda: self._send(request),
            )
        else:
            self._send(request)

    def _send(self, request: Request) -> None:
        school, paper, how = self.desk.school, request.paper, self._how(request)
        preview.print_made(
            self.desk,
            self,
            paper.name,
            lambda deliver, progress: paper.make(
                school, deliver, way="printed", progress=progress, **how
            ),
            lambda run: self._made(request, run, tr("{paper} afgedrukt en geregistreerd.")),
        )

    def _how(self, request: Request) -> dict[str, Any]:
        return {**request.how, **self._choices.typed()}

    def _made(self, request: Request, run: PrintRun, text: str) -> None:
        paper = request.paper.name
        if request.paper.asks:
            paper = counted(len(run), tr("formulier"), tr("formulieren"))
        self.desk.tell_change()
        self.desk.say(text.format(paper=paper))
        self._next.setVisible(request.paper.key == _FORMS)
        if run.left_out:
            who = "\n\n".join(f"{each.pupil}: {each.reason}" for each in run.left_out)
            messages.tell(self, tr("Voor deze leerlingen is niets gemaakt:") + f"\n\n{who}")

    # — saving —

    def _save(self) -> None:
        request = self._ready(self._save)
        if request is None:
            return
        school, paper, how = self.desk.school, request.paper, self._how(request)
        saving.save_made(
            self.desk,
            self,
            request.file_name,
            lambda deliver, progress: paper.make(
                school, deliver, way="saved", progress=progress, **how
            ),
            lambda run: self._made(request, run, tr("{paper} bewaard en geregistreerd.")),
            first="\n\n".join(filter(None, (*_replacing(request), self._look.unread()))),
        )

    # — looks —

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(_WIDE)
        flat, deep = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(flat if wide else deep)
        self._choices.setMinimumWidth(px(_LEFT) if wide else 0)
        self._choices.setMaximumWidth(px(_LEFT) if wide else self.width())


def _replacing(request: Request) -> list[str]:
    """What to say of a request that asks anew."""
    if not request.anew:
        return []
    text = tr(
        "Voor {pupils} komen er nieuwe formulieren. De oude worden vervangen. Dat kan niet "
        "ongedaan worden gemaakt."
    )
    return [text.format(pupils=counted(request.count, tr("leerling"), tr("leerlingen")))]


class _NextStep(QFrame):
    """After the forms: the sheet on which the teacher ticks off what comes back."""

    def __init__(self, go: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("done")
        sign = QLabel()
        sign.setPixmap(theme.pixmap("circle-check", "yes"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(12), px(8), px(12), px(8))
        layout.setSpacing(px(10))
        layout.addWidget(sign)
        text = tr("De formulieren zijn klaar. Geef de leerkracht een lijst om af te vinken.")
        layout.addWidget(label(text, wrap=True), 1)
        layout.addWidget(button(tr("Afvinklijst maken"), go, icon="list"))
        self.hide()
