"""Dutch words for what is recorded, for sentences, lists and paper."""

from __future__ import annotations

from collections.abc import Iterable

from schoolprivacy.errors import sentence
from schoolprivacy.letters.languages import form_words
from schoolprivacy.letters.terms import DUTCH
from schoolprivacy.okr.terms import Category, Obstacle, ReceivingSchool
from schoolprivacy.people.names import guardian_name
from schoolprivacy.people.terms import Guardianship


def why_no_consent() -> str:
    """Why nobody is asked for consent when a child moves from primary education (WPO 42)."""
    return sentence("okr.no_consent")


def tell_obstacle(obstacle: Obstacle, carers: Iterable[Guardianship]) -> str:
    """One reason why a report may not be sent, as a sentence."""
    called = {each.guardian.id: guardian_name(each.guardian) for each in carers}
    name = called.get(obstacle.guardian_id or "", "")
    return sentence(f"okr_obstacle.{obstacle.why}", name=name)


def category_word(category: Category, language: str = DUTCH) -> str:
    """What may be in a report, in the middle of a sentence."""
    return form_words(language)[f"okr_{category}"]


def categories_told(categories: Iterable[Category], language: str = DUTCH) -> str:
    """Everything that is in a report, one after the other."""
    return "; ".join(category_word(each, language) for each in categories)


def school_told(school: ReceivingSchool | None) -> str:
    """``Voorbeeldcollege in Voorbeeldstad``; "" while unknown."""
    return f"{school.name} in {school.place}" if school else ""
