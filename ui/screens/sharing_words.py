"""How a sharing for a while is told: where it stands, its period, and its answers in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from schoolprivacy.consents.sharing.sharings import Road, SharedPupil, Sharing, State
from schoolprivacy.consents.terms import Answer
from ui.answers import Sign, signs
from ui.fields import show_date
from ui.words import counted, tr


def state_sign(state: State) -> Sign:
    """Shape and word of where a sharing stands."""
    return {
        State.RUNS: Sign(tr("Loopt"), "check", "yes", tr("Met een ja mag nu worden gedeeld.")),
        State.COMES: Sign(tr("Komt nog"), "circle-dashed", "open", tr("Nog niet begonnen."), True),
        State.ENDED: Sign(tr("Voorbij"), "minus", "open", tr("Er mag niets worden gedeeld.")),
    }[state]


def period(of: Sharing) -> str:
    """``02-11-2026 t/m 29-01-2027``"""
    first, last = show_date(of.starts_on), show_date(of.ends_on)
    return tr("{first} t/m {last}").format(first=first, last=last)


def state_told(of: Sharing) -> str:
    """Where it stands and what that means today, in a sentence or two."""
    if of.state is State.COMES:
        text = tr("Begint op {day}. Tot die dag mag er niets worden gedeeld.")
        return text.format(day=show_date(of.starts_on))
    if of.state is State.RUNS:
        text = tr("Loopt tot en met {day} en stopt dan vanzelf.")
        return text.format(day=show_date(of.ends_on))
    ended = tr("Gestopt op {day}. Er mag niets meer worden gedeeld.")
    return ended.format(day=show_date(of.ended_on or of.ends_on))


def road_told(road: Road) -> str:
    """Who asks the parents."""
    if road is Road.SCHOOL:
        return tr("De school vraagt het de ouders, met een brief en een formulier.")
    return tr("De ontvanger vraagt het zelf. De school legt vast wat op het papier staat.")


def at_school(of: Sharing) -> list[SharedPupil]:
    """Its pupils who have not left."""
    return [each for each in of.pupils if not each.has_left]


def with_answer(of: Sharing, *answers: Answer) -> tuple[str, ...]:
    """Identifiers of the pupils at school with one of these answers."""
    return tuple(each.pupil_id for each in at_school(of) if each.answer in answers)


def answers_told(of: Sharing) -> str:
    """``4 ja, 1 nee, 3 niet gevraagd``; what nobody has is left out."""
    numbers = Counter(each.answer for each in at_school(of))
    told = [
        f"{numbers[answer]} {sign.word.lower()}"
        for answer, sign in signs().items()
        if numbers[answer]
    ]
    return ", ".join(told) or tr("geen leerlingen")


def pupils_told(number: int) -> str:
    """``3 leerlingen``"""
    return counted(number, tr("leerling"), tr("leerlingen"))


def named(names: Iterable[str], most: int = 4) -> str:
    """The first names, and how many more there are."""
    every = list(names)
    said = ", ".join(every[:most])
    more = len(every) - most
    return said + (tr(" en nog {n}").format(n=more) if more > 0 else "")
