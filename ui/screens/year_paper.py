"""A paper within a step of the round: see it, know what comes once more, print or save it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from schoolprivacy.consents.before import Caution, Kind, warnings_before
from schoolprivacy.consents.printing import PaperCount, PrintRun
from schoolprivacy.errors import KnownError
from schoolprivacy.school import School
from ui import messages, preview, saving
from ui.desk import Desk
from ui.fields import button, emptied, label, notice, row
from ui.preview import PaperView
from ui.theme import px
from ui.words import tr

_NAMED = 6  # so many names stand in a warning, the others are counted
_OF_SCHOOL = ("before.no_board", "before.no_dpo")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper that somebody may want now.

    :param name: as it is read; ``file_name``: of a saved file, names no child
    :param make: the action that registers it and hands it over
    :param sample: the same, marked as a sample; registers nothing
    :param how: for whom, and what else all of them take
    :param count: says how much it is, before it is made
    :param kind: what the core calls it when it says what to know before
    :param told: what to say of the numbers
    :param asked: what to ask before it is made; "" when nothing
    :param after: what to say of what was made
    """

    name: str
    file_name: str
    make: Callable[..., PrintRun]
    sample: Callable[..., bytes]
    how: Mapping[str, Any] = field(default_factory=dict)
    count: Callable[..., PaperCount] | None = None
    kind: Kind | None = None
    told: Callable[[PaperCount], str] = lambda _: ""
    asked: Callable[[PaperCount], str] = lambda _: ""
    after: Callable[[Any], str] = lambda _: ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a wanted paper would give.

    :param pdf: the sample, None when there is nothing to print
    :param problem: why there is nothing
    """

    wanted: Wanted
    cautions: tuple[Caution, ...] = ()
    count: PaperCount | None = None
    pdf: bytes | None = None
    problem: KnownError | None = None


def look_at(school: School, wanted: Wanted) -> Seen:
    """Make the sample, the numbers and the warnings; registers nothing."""
    cautions: tuple[Caution, ...] = ()
    try:
        if wanted.kind is not None:
            whom = {key: wanted.how[key] for key in ("group", "pupil_ids") if key in wanted.how}
            cautions = tuple(warnings_before(school, wanted.kind, **whom))
        count = wanted.count(school, **wanted.how) if wanted.count else None
        return Seen(wanted, cautions, count, wanted.sample(school, **wanted.how))
    except KnownError as problem:
        return Seen(wanted, cautions, problem=problem)


class PaperPart(QWidget):
    """The sample with what to know before, and the buttons to print and save.

    :signal made: what the action gave, when it was printed or saved
    """

    made = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._wanted: Wanted | None = None
        self._seen: Seen | None = None
        self._then: Callable[[], None] | None = None
        self._count = label("", "strong", wrap=True)
        self._said = label("", "muted", wrap=True)
        self._page = label("", "muted")
        self._cautions = QWidget()
        self._lines = QVBoxLayout(self._cautions)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._fit = button(tr("Hele bla&dzijde"), self._change_fit, kind="link")
        self._fit.setCheckable(True)
        self.view = PaperView(tr("Voorbeeld"))
        self.view.setMinimumHeight(px(380))
        self.view.turned.connect(self._show_page)
        self._save_button = button(tr("Bewaar als PDF…"), self._save, icon="save", tip=tr("Ctrl+S"))
        self._print_button = button(
            tr("Afdrukken…"), self._print, icon="printer", kind="primary", tip=tr("Ctrl+P")
        )
        for keys, do in (("Ctrl+P", self._print), ("Ctrl+S", self._save)):
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        self._build()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(8))
        layout.addWidget(self._count)
        layout.addWidget(self._cautions)
        layout.addWidget(row(self._print_button, self._save_button, None))
        layout.addWidget(self._said)
        self._head = row(self._page, None, self._fit)
        layout.addWidget(self._head)
        layout.addWidget(self.view, 1)
        layout.addStretch(0)

    def focus_first(self) -> None:
        """Put the keyboard on the button to print, or where one can look."""
        can = self._print_button.isEnabled()
        (self._print_button if can else self.view).setFocus(Qt.FocusReason.OtherFocusReason)

    # — looking —

    def show_wanted(self, wanted: Wanted | None, empty: str = "") -> None:
        """Look at a paper as it would be now.

        :param wanted: None when nobody is chosen yet
        :param empty: what to say then
        """
        self._wanted, self._seen, self._then = wanted, None, None
        if wanted is None:
            self._show_cautions(())
            self._show_nothing(empty)
            return
        school = self._desk.school
        self._allow(may=not school.read_only)
        self._count.setText(tr("Voorbeeld maken…"))
        self._count.setVisible(True)
        self._desk.read(lambda: look_at(school, wanted), self._show)

    def _show(self, seen: Seen) -> None:
        if seen.wanted is not self._wanted:
            return  # something else was chosen meanwhile; its own sample follows
        self._seen = seen
        self._show_cautions(seen.cautions)
        if seen.pdf is None:
            self._show_nothing(str(seen.problem))
            return
        self._count.setText(seen.wanted.told(seen.count) if seen.count else "")
        self._count.setVisible(bool(self._count.text()))
        self._said.setText(_about(read_only=self._desk.school.read_only))
        self._head.setVisible(True)
        self.view.setVisible(True)
        self.view.show_paper(seen.pdf)
        then, self._then = self._then, None
        if then:
            then()

    def _show_nothing(self, why: str) -> None:
        self._allow(may=False)
        self._count.setVisible(False)
        self._said.setText(why)
        self._head.setVisible(False)
        self.view.setVisible(False)
        self.view.show_paper(None)

    def _show_cautions(self, cautions: tuple[Caution, ...]) -> None:
        emptied(self._lines)
        for each in cautions:
            self._lines.addWidget(notice(_spoken(each)))
        if any(each.key in _OF_SCHOOL for each in cautions):
            go = button(tr("Invullen"), lambda: self._desk.go("settings", section="school"))
            self._lines.addWidget(row(go, None))
        self._cautions.setVisible(bool(cautions))

    def _allow(self, *, may: bool) -> None:
        self._print_button.setEnabled(may)
        self._save_button.setEnabled(may)

    def _show_page(self, page: int, pages: int) -> None:
        said = tr("Bladzijde {page} van {pages}").format(page=page, pages=pages)
        self._page.setText(said if pages else "")

    def _change_fit(self) -> None:
        whole = self._fit.isChecked()
        self._fit.setText(tr("Hele b&reedte") if whole else tr("Hele bla&dzijde"))
        self._fit.setAccessibleName(self._fit.text().replace("&", ""))
        self.view.show_whole_page(whole)

    # — making —

    def _ready(self, then: Callable[[], None]) -> Seen | None:
        """What is seen, when it may be made; who is too quick waits until it is."""
        if not self._print_button.isEnabled():
            return None
        if self._seen is None:
            self._then = then
        return self._seen

    def _print(self) -> None:
        seen = self._ready(self._print)
        if seen is None:
            return
        if first := _first(seen):
            go = tr("Toch afdrukken…")
            messages.confirm(self, first, go, lambda: self._send(seen.wanted))
        else:
            self._send(seen.wanted)

    def _send(self, wanted: Wanted) -> None:
        school = self._desk.school
        preview.print_made(
            self._desk,
            self,
            wanted.name,
            lambda deliver, progress: wanted.make(
                school, deliver, way="printed", progress=progress, **wanted.how
            ),
            lambda run: self._tell(run, tr("{paper}: afgedrukt en geregistreerd."), wanted),
        )

    def _save(self) -> None:
        seen = self._ready(self._save)
        if seen is None:
            return
        school, wanted = self._desk.school, seen.wanted
        saving.save_made(
            self._desk,
            self,
            wanted.file_name,
            lambda deliver, progress: wanted.make(
                school, deliver, way="saved", progress=progress, **wanted.how
            ),
            lambda run: self._tell(run, tr("{paper}: bewaard en geregistreerd."), wanted),
            first=_first(seen),
        )

    def _tell(self, run: PrintRun, text: str, wanted: Wanted) -> None:
        told = " ".join(filter(None, (text.format(paper=wanted.name), wanted.after(run))))
        self._desk.tell_change()
        self._desk.say(told)
        self.made.emit(run)
        if run.left_out:
            who = "\n\n".join(f"{each.pupil}: {each.reason}" for each in run.left_out)
            messages.tell(self, tr("Voor deze leerlingen is niets gemaakt:") + f"\n\n{who}")


def _about(*, read_only: bool) -> str:
    if read_only:
        return tr("Voorbeeld. Afdrukken kan nu niet: u hebt het schoolbestand geopend om te lezen.")
    return tr("Dit is een voorbeeld. Pas als u afdrukt of bewaart, wordt het geregistreerd.")


def _first(seen: Seen) -> str:
    """What to ask before a paper is made; "" when nothing."""
    return seen.wanted.asked(seen.count) if seen.count else ""


def _spoken(caution: Caution) -> str:
    """The sentence with the first names."""
    named, more = caution.pupils[:_NAMED], len(caution.pupils) - _NAMED
    text = f"{caution.text} {', '.join(named)}".strip()
    return text + (tr(" en nog {n}").format(n=more) if more > 0 else "")
