"""The whole school at once: the same as child by child, however it is read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import board, purposes, records
from schoolprivacy.consents import waiting as waiting_module
from schoolprivacy.consents.rules import is_unsure_yes
from schoolprivacy.consents.standing import families_with_a_yes, survey
from schoolprivacy.consents.terms import Answer
from schoolprivacy.consents.waiting import waited_for
from schoolprivacy.demo import make_demo_school
from schoolprivacy.people.records import guardianships
from tests.vault.schools import CHEAP, DIRECTOR

NOW = SetClock(datetime(2026, 11, 22, 9, tzinfo=UTC))


@pytest.mark.parametrize("many", [5, 1000], ids=["whole tables", "pupils by name"])
def test_the_survey_says_of_each_child_what_the_rules_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(board, "_MANY", many)
    monkeypatch.setattr(waiting_module, "_AT_ONCE", 7)
    with make_demo_school(tmp_path / "demo", DIRECTOR, NOW, pupils=60, cost=CHEAP).school as school:
        purposes.switch_purpose(school, "facebook", on=True)
        purposes.reword_purpose(school, "newsletter", widens=True, audience="iedereen")
        with school.reading() as session:
            now = survey(session)
            everybody = [each.pupil for each in now.pupils]
            one_by_one = [
                records.matrix(session, [each], now.purposes, NOW.today()) for each in everybody
            ]
            waiting = [each for child in now.pupils for each in waited_for(session, [child])]
            carers = guardianships(session)
        for child, row, found in zip(everybody, now.answers, one_by_one, strict=True):
            assert row == tuple(found.answer(child.id, each.code) for each in now.purposes)
        assert list(now.waiting) == waiting and waiting
        assert {answer for row in now.answers for answer in row} >= {
            Answer.GRANTED,
            Answer.EXPIRED,
            Answer.NOT_ASKED,
        }
        assert now.unsure_signers == {
            pair for pair in now.unsure_signers if pair[0] in {each.id for each in everybody}
        }
        assert {pupil_id for pupil_id, _ in now.unsure_signers} == {
            pupil_id
            for found in one_by_one
            for (pupil_id, _), said in found.decisions.items()
            if any(is_unsure_yes(each.decision) for each in said)
        }
        people = {c.guardian.id for each in everybody for c in carers.get(each.id, ())}
        assert now.guardians == len(people)
        siblings = [
            {each.id for each in everybody if who in {c.guardian.id for c in carers[each.id]}}
            for who in people
        ]
        assert all(len({now.families[each] for each in children}) == 1 for children in siblings)
        website = [each.code for each in now.purposes].index("website")
        yes = {
            now.families[each.id]
            for each, row in zip(everybody, now.answers, strict=True)
            if row[website] is Answer.GRANTED
        }
        assert families_with_a_yes(school, "website") == len(yes) > 0
