"""What a paper will look like, and what to know before it is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from schoolprivacy.consents.before import Caution, warnings_before
from schoolprivacy.consents.printing import SAMPLES
from schoolprivacy.errors import KnownError
from schoolprivacy.school import School
from ui import messages, theme
from ui.desk import Desk
from ui.fields import button, card, emptied, label, row
from ui.preview import PaperView
from ui.screens.papers_choices import Request
from ui.theme import px
from ui.words import tr

_NAMED = 6  # so many names stand in a warning, all of them behind a button
_OF_SCHOOL = ("before.no_board", "before.no_dpo")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a request would give.

    :param pdf: the sample, None when there is nothing to print
    :param problem: why there is nothing
    """

    request: Request
    cautions: tuple[Caution, ...] = ()
    pdf: bytes | None = None
    problem: KnownError | None = None


def look_at(school: School, request: Request) -> Seen:
    """Make the sample and the warnings; registers nothing."""
    whom = request.whom
    if whom is None:
        return Seen(request)
    cautions: tuple[Caution, ...] = ()
    try:
        if request.paper.kind is not None:
            cautions = tuple(warnings_before(school, request.paper.kind, **whom))
        return Seen(request, cautions, request.paper.sample(school, **request.how))
    except KnownError as problem:
        return Seen(request, cautions, problem=problem)


class Look(QWidget):
    """The right side of the screen."""

    kind_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._cautions = _Cautions(desk)
        self._said = label("", "muted", wrap=True)
        self._page = label("", "muted")
        self._fit = button(tr("Hele bla&dzijde"), self._change_fit, kind="link")
        self._fit.setCheckable(True)
        self.view = PaperView(tr("Voorbeeld"))
        self.view.setMinimumHeight(px(260))
        self.view.turned.connect(self._show_page)
        paper = QWidget()
        inside = QVBoxLayout(paper)
        inside.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        inside.addLayout(head)
        head.addWidget(self._said, 1)
        head.addWidget(self._page)
        head.addWidget(self._fit)
        inside.addWidget(self.view, 1)
        self._nothing = _Nothing(desk, self.kind_wanted.emit)
        self._pages = QStackedWidget()
        self._pages.addWidget(paper)
        self._pages.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(10))
        layout.addWidget(self._cautions)
        layout.addWidget(self._pages, 1)

    def show_seen(self, seen: Seen, empty: str) -> None:
        """Show the sample, or why there is none.

        :param empty: what to say when nobody is meant
        """
        self._cautions.show_cautions(seen.cautions)
        self.view.show_paper(seen.pdf)
        if seen.pdf is None:
            key = seen.problem.key if seen.problem else ""
            self._nothing.show_text(str(seen.problem) if seen.problem else empty, key)
        self._pages.setCurrentIndex(0 if seen.pdf else 1)
        self._said.setText(_about(seen.request, read_only=self._desk.school.read_only))

    def unread(self) -> str:
        """The warnings that are not (wholly) in view, as text."""
        return self._cautions.unread()

    def _show_page(self, page: int, pages: int) -> None:
        self._page.setText(
            tr("Bladzijde {page} van {pages}").format(page=page, pages=pages) if pages else ""
        )

    def _change_fit(self) -> None:
        whole = self._fit.isChecked()
        self._fit.setText(tr("Hele b&reedte") if whole else tr("Hele bla&dzijde"))
        self._fit.setAccessibleName(self._fit.text().replace("&", ""))
        self.view.show_whole_page(whole)


def _about(request: Request, *, read_only: bool) -> str:
    if read_only:
        return tr("Voorbeeld. Afdrukken kan nu niet: u hebt het schoolbestand geopend om te lezen.")
    if request.paper.sampled and request.count > SAMPLES:
        return tr(
            "Dit is een voorbeeld van de eerste brieven. Pas als u afdrukt of bewaart, wordt het "
            "geregistreerd."
        )
    return tr("Dit is een voorbeeld. Pas als u afdrukt of bewaart, wordt het geregistreerd.")


class _Cautions(QFrame):
    """What to know before: about the school, and about pupils by name."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._text = ""
        self.setObjectName("notice")
        self.setAccessibleName(tr("Let op"))
        sign = QLabel()
        sign.setPixmap(theme.pixmap("triangle-alert", "warn"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(6))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(px(12), px(10), px(12), px(10))
        layout.setSpacing(px(10))
        layout.addWidget(sign, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addLayout(self._lines, 1)

    def show_cautions(self, cautions: Sequence[Caution]) -> None:
        """Show these; nothing at all when there are none."""
        emptied(self._lines)
        of_school = next((each for each in cautions if each.key in _OF_SCHOOL), None)
        for each in cautions:
            self._lines.addWidget(self._line(each, self._act(each, of_school)))
        self._text = "\n".join(_spoken(each) for each in cautions)
        self.setVisible(bool(cautions))

    def unread(self) -> str:
        """Everything that stands here, unless all of it can be seen."""
        in_view = self.visibleRegion().boundingRect().contains(self.rect())
        return "" if in_view else self._text

    def _line(self, caution: Caution, act: QPushButton | None) -> QWidget:
        made = QWidget()
        layout = QHBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(10))
        layout.addWidget(label(_spoken(caution), wrap=True), 1)
        if act:
            layout.addWidget(act, alignment=Qt.AlignmentFlag.AlignTop)
        return made

    def _act(self, caution: Caution, of_school: Caution | None) -> QPushButton | None:
        """One way to the settings, and a way to names that do not fit."""
        if caution is of_school:
            return button(tr("Invullen"), lambda: self._desk.go("settings", section="school"))
        if len(caution.pupils) > _NAMED:
            text = "\n".join(caution.pupils)
            return button(tr("Alle namen"), lambda: messages.tell(self, text, heading=caution.text))
        return None


def _spoken(caution: Caution) -> str:
    """The sentence with the first names."""
    named, more = caution.pupils[:_NAMED], len(caution.pupils) - _NAMED
    text = f"{caution.text} {', '.join(named)}".strip()
    return text + (tr(" en nog {n}").format(n=more) if more > 0 else "")


class _Nothing(QWidget):
    """Why there is nothing to print, with the way on."""

    def __init__(self, desk: Desk, choose_kind: Callable[[str], object]) -> None:
        super().__init__()
        self._text = label("", wrap=True)
        forms = button(
            tr("Maak toestemmingsformulieren"),
            lambda: choose_kind("consent-forms"),
            icon="file-text",
        )
        purposes = button(
            tr("Doelen kiezen"), lambda: desk.go("settings", section="purposes"), icon="settings"
        )
        pupils = button(tr("Leerlingen importeren"), lambda: desk.go("import"), icon="upload")
        year = button(tr("Naar het schooljaar"), lambda: desk.go("year"), icon="calendar-days")
        self._acts = {
            "round_going.none_yet": year,
            "form.not_printed": forms,
            "purpose.none_on": purposes,
            "group.empty": pupils,
        }
        for each in self._acts.values():
            each.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card(self._text, row(*self._acts.values(), None)))
        layout.addStretch(1)

    def show_text(self, text: str, key: str) -> None:
        """Say this, with the button that belongs to the problem of this key."""
        self._text.setText(text)
        for of, act in self._acts.items():
            act.setVisible(of == key)
