"""How the seven answers look: each a word, a shape and a colour."""

from __future__ import annotations

from dataclasses import dataclass

from schoolprivacy.consents.terms import Answer, Choice, Way
from schoolprivacy.people.terms import Authority
from ui.words import tr


@dataclass(frozen=True, slots=True)
class Sign:
    """One answer on the screen.

    :param icon: name in resources/icons
    :param colour: field of theme.Colours of the shape and the word; ``<colour>_soft`` is behind it
    :param dashed: nothing was decided
    """

    word: str
    icon: str
    colour: str
    explained: str
    dashed: bool = False


def signs() -> dict[Answer, Sign]:
    """The seven, in the order of the legend."""
    return {
        Answer.GRANTED: Sign(tr("Ja"), "check", "yes", tr("Mag worden gebruikt.")),
        Answer.REFUSED: Sign(tr("Nee"), "x", "no", tr("Mag niet worden gebruikt.")),
        Answer.WITHDRAWN: Sign(
            tr("Ingetrokken"), "undo-2", "no", tr("Was ja, nu niet meer. Mag niet.")
        ),
        Answer.CONFLICT: Sign(
            tr("Oneens"), "split", "special", tr("De ouders zeggen niet hetzelfde. Mag niet.")
        ),
        Answer.EXPIRED: Sign(
            tr("Verlopen"), "triangle-alert", "warn", tr("Geldt niet meer. Opnieuw vragen.")
        ),
        Answer.NO_ANSWER: Sign(
            tr("Geen antwoord"),
            "circle",
            "open",
            tr("Gevraagd, nog niets gehoord. Mag niet."),
            True,
        ),
        Answer.NOT_ASKED: Sign(
            tr("Niet gevraagd"), "minus", "open", tr("Nog niet gevraagd. Mag niet."), True
        ),
    }


def choice_word(choice: Choice) -> str:
    """What somebody decided."""
    return {
        Choice.GRANTED: tr("Ja"),
        Choice.REFUSED: tr("Nee"),
        Choice.WITHDRAWN: tr("Ingetrokken"),
    }[choice]


def decision_word(choice: Choice, *, invalid: bool) -> str:
    """What somebody decided; of what was entered wrongly that, because it was never said."""
    if not invalid:
        return choice_word(choice)
    return tr("Ongeldig (was: {choice})").format(choice=choice_word(choice).lower())


def decision_icon(choice: Choice, *, invalid: bool) -> tuple[str, str]:
    """Name and colour of its shape; of what was entered wrongly unlike any answer."""
    if invalid:
        return "trash-2", "muted"
    sign = signs()[
        {
            Choice.GRANTED: Answer.GRANTED,
            Choice.REFUSED: Answer.REFUSED,
            Choice.WITHDRAWN: Answer.WITHDRAWN,
        }[choice]
    ]
    return sign.icon, sign.colour


def way_word(way: Way) -> str:
    """How a decision reached the school."""
    return {
        Way.PAPER_FORM: tr("op het formulier"),
        Way.DESK: tr("aan de balie"),
        Way.PHONE: tr("telefonisch"),
        Way.LETTER: tr("per brief"),
        Way.E_MAIL: tr("per e-mail"),
    }[way]


def authority_word(authority: Authority) -> str:
    """Whether somebody has parental authority over the child."""
    return {
        Authority.YES: tr("heeft gezag"),
        Authority.NO: tr("heeft geen gezag"),
        Authority.UNKNOWN: tr("gezag onbekend"),
    }[authority]
