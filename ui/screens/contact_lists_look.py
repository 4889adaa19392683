"""What the list of a group will look like, or why nobody stands on it yet."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from schoolprivacy.consents.contacts.receivers import Receivers, propose_receivers
from schoolprivacy.consents.purposes import purpose_settings
from schoolprivacy.errors import KnownError
from schoolprivacy.school import School
from ui.desk import Desk
from ui.fields import button, card, label, row
from ui.preview import PaperView
from ui.screens.contact_lists_choices import Request
from ui.theme import px
from ui.words import tr

NOBODY, NO_PUPILS, NO_PURPOSES = "contact_list.nobody", "group.empty", "purpose.none_on"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a request would give.

    :param pdf: the sample, None when nobody stands on it
    :param receivers: who could get a copy, None without a sample
    :param why_not: key of the reason, and what to say of it
    """

    request: Request
    pdf: bytes | None = None
    receivers: Receivers | None = None
    why_not: tuple[str, str] = ("", "")


def look_at(school: School, request: Request) -> Seen:
    """Make the sample; registers nothing."""
    if not request.group:
        return Seen(request, why_not=(NO_PUPILS, ""))
    try:
        return Seen(
            request,
            request.sample(school, group=request.group, order=request.order),
            propose_receivers(school, request.kind, request.group),
        )
    except KnownError as problem:
        key = problem.key
        if key == NOBODY and not _is_asked(school):
            key = NO_PURPOSES
        return Seen(request, why_not=(key, str(problem)))


def _is_asked(school: School) -> bool:
    """Whether the form asks for anything that could stand on a list."""
    found = [each.purpose for each in purpose_settings(school)]
    return any(each.is_contact and each.switched_on for each in found)


class Look(QWidget):
    """The right side of the screen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
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
        self._nothing = _Nothing(desk)
        self._pages = QStackedWidget()
        self._pages.addWidget(paper)
        self._pages.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages, 1)

    def show_seen(self, seen: Seen) -> None:
        """Show the sample, or why there is none."""
        self.view.show_paper(seen.pdf)
        if seen.pdf is None:
            self._nothing.show_reason(*seen.why_not, seen.request.group)
        self._pages.setCurrentIndex(0 if seen.pdf else 1)
        self._said.setText(
            tr("Voorbeeld. Afdrukken kan nu niet: u hebt het schoolbestand geopend om te lezen.")
            if self._desk.school.read_only
            else tr(
                "Dit is een voorbeeld. Wie geen ja heeft gezegd, staat er niet op, en niets laat "
                "dat zien."
            )
        )

    def _show_page(self, page: int, pages: int) -> None:
        self._page.setText(
            tr("Bladzijde {page} van {pages}").format(page=page, pages=pages) if pages else ""
        )

    def _change_fit(self) -> None:
        whole = self._fit.isChecked()
        self._fit.setText(tr("Hele b&reedte") if whole else tr("Hele bla&dzijde"))
        self._fit.setAccessibleName(self._fit.text().replace("&", ""))
        self.view.show_whole_page(whole)


class _Nothing(QWidget):
    """Why there is no list, with the way on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._group = ""
        self._head, self._text = label("", "heading", wrap=True), label("", wrap=True)
        forms = button(tr("&Formulieren maken"), self._to_forms, icon="file-text", kind="primary")
        entry = button(tr("&Antwoorden invoeren"), lambda: desk.go("entry"), icon="keyboard")
        purposes = button(
            tr("&Doelen kiezen"), lambda: desk.go("settings", section="purposes"), icon="settings"
        )
        pupils = button(tr("Leerlingen importeren"), lambda: desk.go("import"), icon="upload")
        self._acts = {NOBODY: (forms, entry), NO_PURPOSES: (purposes,), NO_PUPILS: (pupils,)}
        for each in (forms, entry, purposes, pupils):
            each.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card(self._head, self._text, row(forms, entry, purposes, pupils, None)))
        layout.addStretch(1)

    def show_reason(self, key: str, text: str, group: str) -> None:
        """Say this, with the buttons that belong to the reason."""
        self._group = group
        head, own = _reasons().get(key, ("", ""))
        self._head.setText(head or tr("Deze lijst kan nu niet worden gemaakt."))
        self._text.setText(own or text)
        for of, acts in self._acts.items():
            for each in acts:
                each.setVisible(of == key)

    def _to_forms(self) -> None:
        self._desk.go("papers", kind="consent-forms", group=self._group)


def _reasons() -> dict[str, tuple[str, str]]:
    """What to say of each reason for which there is a way on."""
    return {
        NOBODY: (
            tr("Op deze lijst staat nog niemand."),
            tr(
                "Er komt alleen op wat ouders op het formulier toestaan. Zijn er formulieren "
                "terug? Voer die eerst in. Anders geeft u het formulier mee."
            ),
        ),
        NO_PURPOSES: (
            tr("Op deze lijst staat nog niemand."),
            tr(
                "Het formulier vraagt nu niets voor de contactlijst. Zet bij de doelen aan wat "
                "erop mag, zoals de naam en het telefoonnummer, en maak dan formulieren."
            ),
        ),
        NO_PUPILS: (
            tr("Op deze lijst staat nog niemand."),
            tr("Er staan nog geen leerlingen in het schoolbestand."),
        ),
    }
