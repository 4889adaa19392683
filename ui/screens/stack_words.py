"""What is told above and instead of a stack."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from schoolprivacy.consents.stack import StackResult
from schoolprivacy.errors import sentence
from ui.desk import Desk
from ui.fields import button, card, label, notice, row
from ui.stack_model import StackModel
from ui.words import counted, tr

_NAMED = 3  # so many rows that are not ready are named, the others counted


def no_pupils(desk: Desk) -> QWidget:
    """Instead of the grid, with the way on."""
    text = tr("Er staan nog geen leerlingen in het schoolbestand.")
    return _prompt(text, button(tr("&Leerlingen importeren"), lambda: desk.go("import")))


def no_purposes(desk: Desk) -> QWidget:
    """Instead of the grid, with the way on."""
    text = tr("Er is nog geen doel gekozen waarvoor de school toestemming vraagt.")
    does = button(tr("&Doelen kiezen"), lambda: desk.go("settings", section="purposes"))
    return _prompt(text, does)


def _prompt(text: str, does: QWidget) -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(card(label(text, wrap=True), row(does, None)))
    layout.addStretch(1)
    return made


def about_group(model: StackModel, *, read_only: bool) -> list[QFrame]:
    """What to know before one begins."""
    if read_only:
        return [notice(tr("U hebt het schoolbestand geopend om te lezen: u kunt hier kijken."))]
    if not model.papers:
        return [notice(tr("In deze groep zitten nu geen leerlingen. Kies een andere groep."))]
    if any(each.pupil.forms for each in model.papers):
        return []
    text = tr(
        "Voor deze groep staan geen formulieren open. Maak ze bij Brieven en lijsten, of kies "
        "hierboven hoe de antwoorden binnenkwamen."
    )
    return [notice(text)]


def not_ready(model: StackModel, wrong: list[int]) -> list[QFrame]:
    """Which rows keep the stack from being stored, and why."""
    named = [f"{model.papers[n].name}: {model.problem(n)}" for n in wrong[:_NAMED]]
    if len(wrong) > _NAMED:
        rows = counted(len(wrong) - _NAMED, tr("andere regel"), tr("andere regels"))
        named.append(tr("En nog {rows} met het driehoekje ervoor.").format(rows=rows))
    return [notice("\n".join([tr("Er is nog niets opgeslagen."), *named]), "trouble")]


def how_far(model: StackModel) -> str:
    """``3 van 25 papieren ingevuld · 24 ja · 4 nee``."""
    tally = model.tally()
    parts = [
        tr("{n} van {all} papieren ingevuld").format(n=tally.papers, all=len(model.papers)),
        tr("{yes} ja").format(yes=tally.yes),
        tr("{no} nee").format(no=tally.no),
    ]
    if tally.wrong:
        parts.append(counted(tally.wrong, tr("regel niet klaar"), tr("regels niet klaar")))
    return " · ".join(parts)


def said_of(result: StackResult, children: int) -> str:
    """What was stored."""
    return tr("Opgeslagen: {children}, {answers} nieuw vastgelegd.").format(
        children=counted(children, tr("kind"), tr("kinderen")),
        answers=counted(result.recorded, tr("antwoord"), tr("antwoorden")),
    )


def remarks(result: StackResult) -> list[QFrame]:
    """What must be read after storing, with the children it is about."""
    about: dict[str, list[str]] = {}
    for child, key in result.remarks:
        about.setdefault(key, []).append(child)
    return [
        notice(f"{', '.join(dict.fromkeys(children))}: {sentence(key)}")
        for key, children in about.items()
    ]
