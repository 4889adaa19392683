"""The seven answers explained: in one line above a board, and at length behind a question mark."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from schoolprivacy.consents.terms import Answer
from ui import theme
from ui.answers import signs
from ui.dialog import Dialog
from ui.fields import button, label, row, scrolled
from ui.pills import pill
from ui.theme import px
from ui.words import tr


def legend() -> QWidget:
    """The shape and the word of every answer, beside one another."""
    parts: list[QWidget | None] = []
    for sign in signs().values():
        shape = QLabel()
        shape.setPixmap(theme.pixmap(sign.icon, sign.colour, 14))
        parts.append(row(shape, label(sign.word, "small"), spacing=4))
    return row(*parts, None, spacing=16)


class LegendDialog(Dialog):
    """What every answer means, and where that is written."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, tr("Wat betekenen de tekens?"))
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(10))
        grid.setColumnStretch(1, 1)
        for place, (answer, sign) in enumerate(signs().items()):
            text = f"{sign.explained} {_more()[answer]}"
            grid.addWidget(pill(sign), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(text, wrap=True), place, 1)
        grid.setRowStretch(len(Answer), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(18), px(20), px(16))
        layout.setSpacing(px(14))
        only_yes = tr("Alleen bij ja mag de school een foto of een gegeven gebruiken.")
        layout.addWidget(label(only_yes, "strong", wrap=True))
        layout.addWidget(scrolled(inside), 1)
        self.primary = button(tr("&Sluiten"), self.accept)
        layout.addWidget(self.primary, alignment=Qt.AlignmentFlag.AlignRight)
        room = parent.window().size()
        self.resize(min(px(640), room.width() - px(20)), min(px(470), room.height() - px(20)))


def _more() -> dict[Answer, str]:
    """With the article it rests on, for who wants to know why."""
    return {
        Answer.GRANTED: tr(
            "Het ja van één ouder met gezag is genoeg (BW 1:253i), tenzij bij een "
            "doel alle ouders ja moeten zeggen, zoals bij sociale media."
        ),
        Answer.REFUSED: tr("Een nee van een ouder die gezag heeft of kan hebben, telt altijd."),
        Answer.WITHDRAWN: tr(
            "Intrekken mag altijd en moet net zo makkelijk zijn als geven "
            "(AVG 7, lid 3). Wat eerder is gedrukt, hoeft niet terug."
        ),
        Answer.CONFLICT: tr("De ene ouder zei ja, de andere nee. Praat erover met de ouders."),
        Answer.EXPIRED: tr(
            "De termijn is voorbij, of het doel is ruimer geworden dan waarvoor ja "
            "is gezegd (AVG 6 en 7)."
        ),
        Answer.NO_ANSWER: tr(
            "Wie niets zegt, geeft geen toestemming (AVG 4, onder 11). Deze "
            "gezinnen staan op de lijst voor een herinnering."
        ),
        Answer.NOT_ASKED: tr("Maak een formulier bij Brieven en lijsten."),
    }
