"""What every letter says of the school: who answers for the data, whom to ask, how to reach it."""

from __future__ import annotations

from schoolprivacy.letters.languages import find_language
from schoolprivacy.letters.terms import DUTCH
from schoolprivacy.paper.sender import SchoolPaper


def controller(school: SchoolPaper, language: str = DUTCH) -> str:
    """Who is responsible (AVG 4(7)), as the subject of a sentence."""
    words = find_language(language).about
    key = "controller_of_board" if school.board else "controller"
    return words[key].format(board=school.board, school=school.name)


def questions(school: SchoolPaper, language: str = DUTCH) -> str:
    """Where to go with questions, with the data protection officer (AVG 13(1)(b))."""
    words = find_language(language).about
    if not school.dpo:
        return words["questions"]
    return words["questions_dpo"].format(dpo=school.dpo.rstrip("."))


def ways_to_reach(school: SchoolPaper, language: str = DUTCH) -> list[str]:
    """Telephone and e-mail, as far as the school has them on its letters."""
    words = find_language(language).about
    ways = [words["phone"].format(phone=school.phone)] if school.phone else []
    return ways + ([words["email"].format(email=school.email)] if school.email else [])


def contact_ways(school: SchoolPaper, language: str = DUTCH) -> str:
    """The same as a sentence; "" when the school has none on its letters."""
    either = find_language(language).about["or"].join(ways_to_reach(school, language))
    return f"{either[0].upper()}{either[1:]}." if either else ""


def how_to_withdraw(school: SchoolPaper, language: str = DUTCH) -> str:
    """The ways that this school offers parents (AVG 7(3)), in the middle of a sentence."""
    words = find_language(language).about
    reached = ways_to_reach(school, language)
    first = words["tell_school"] if reached else words["tell_head"]
    return words["new_form_too"].format(ways=", ".join([first, *reached]))


def how_staff_withdraw(school: SchoolPaper, language: str = DUTCH) -> str:
    """The ways for who works or helps at school, in the middle of a sentence."""
    words = find_language(language).about
    ways = [words["tell_head"], *ways_to_reach(school, language)]
    return words["or"].join([", ".join(ways[:-1]), ways[-1]] if ways[1:] else ways)


def new_form(school: SchoolPaper, language: str = DUTCH) -> str:
    """Where to ask for another form, as a sentence."""
    words = find_language(language).about
    ways = ways_to_reach(school, language)
    return words["new_form_by"].format(ways=words["or"].join(ways)) if ways else words["new_form"]


def own_values(school: SchoolPaper, language: str = DUTCH) -> dict[str, str]:
    """Every placeholder that the school's own details fill in a letter to parents."""
    return {
        "school": school.name,
        "controller": controller(school, language),
        "questions": questions(school, language),
        "how_to_withdraw": how_to_withdraw(school, language),
        "contact_ways": contact_ways(school, language),
        "new_form": new_form(school, language),
    }
