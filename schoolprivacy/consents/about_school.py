"""What every letter about consent says of the school: who answers for the data, whom to ask."""

from __future__ import annotations

from schoolprivacy.paper.sender import SchoolPaper


def controller(school: SchoolPaper) -> str:
    """Who is responsible (AVG 4(7)), as the subject of a sentence."""
    return f"{school.board}, het bestuur van {school.name}," if school.board else school.name


def questions(school: SchoolPaper) -> str:
    """Where to go with questions, with the data protection officer (AVG 13(1)(b))."""
    ask = "Vragen? Stel ze bij de directie"
    if not school.dpo:
        return f"{ask}."
    dpo = school.dpo.rstrip(".")
    return f"{ask} of bij de functionaris gegevensbescherming (FG): {dpo}."


def ways_to_reach(school: SchoolPaper) -> list[str]:
    """Telephone and e-mail, as far as the school has them on its letters."""
    ways = [f"bel {school.phone}"] if school.phone else []
    return ways + ([f"mail {school.email}"] if school.email else [])


def how_to_withdraw(school: SchoolPaper) -> str:
    """The ways that this school offers parents (AVG 7(3)), in the middle of a sentence."""
    reached = ways_to_reach(school)
    first = "zeg het op school" if reached else "zeg het bij de directie"
    return f"{', '.join([first, *reached])} of vul een nieuw formulier in"
