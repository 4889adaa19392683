"""Dutch words for what is recorded, for sentences, lists and paper."""

from __future__ import annotations

from collections.abc import Iterable

from schoolprivacy.errors import sentence
from schoolprivacy.okr.terms import Obstacle
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
