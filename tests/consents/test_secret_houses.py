"""A house that one person keeps secret stands on no letter, not to those of another child there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from schoolprivacy.consents.actions import withdraw
from schoolprivacy.consents.conflicts import print_conflict_letters
from schoolprivacy.consents.letters import print_withdrawal_letter
from schoolprivacy.consents.sharing.actions import NewSharing, start_sharing
from schoolprivacy.consents.sharing.printing import print_request
from schoolprivacy.consents.sharing.sharings import Road
from schoolprivacy.consents.terms import Way
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.contact_builders import ids_of, keep_secret
from tests.consents.families import APART, MOTHER, Paper, a_child, answered, asked, enrol


def _half_sisters(school: School) -> dict[str, str]:
    """Anna of Noor and Carla of Sem live in one house; Carla hides, and Noor's parents disagree.

    Carla's house was written without its postcode.
    """
    hiding = replace(MOTHER, call_name="Carla", postcode="", phones=("+31612345677",))
    enrol(school, a_child("Noor", MOTHER, APART), a_child("Sem", hiding))
    forms = [each.form for each in asked(school) if each.pupil == "Noor Test"]
    answered(school, forms[0], "Anna van der Sluis", Authority.YES, yes="website press")
    answered(school, forms[1], "Bas Yıldız", Authority.YES, yes="", no="website")
    keep_secret(school, "Carla", address_secret=True)
    return ids_of(school)


def _shows_only_the_other_house(paper: Paper) -> None:
    assert "Noor" in paper.text
    assert "Lindelaan" not in paper.text and "1234" not in paper.text


def test_not_on_letters_about_a_disagreement(school: School) -> None:
    _half_sisters(school)
    paper = Paper()
    assert len(print_conflict_letters(school, paper)) == 2
    _shows_only_the_other_house(paper)
    assert "Havenkade" in paper.text


def test_not_on_the_letter_that_confirms_a_withdrawal(school: School) -> None:
    ids = _half_sisters(school)
    today = school.clock.today()
    withdraw(school, ids["Noor"], ids["Anna"], ["press"], on=today, way=Way.DESK)
    paper = Paper()
    print_withdrawal_letter(school, paper, ids["Noor"])
    _shows_only_the_other_house(paper)


def test_not_on_the_request_to_share_something(school: School) -> None:
    ids, today = _half_sisters(school), school.clock.today()
    new = NewSharing(
        party="Rekenhulp Voorbeeld",
        purpose_text="een plan voor extra hulp bij rekenen",
        data="uitslagen van de rekentoetsen",
        starts_on=today,
        ends_on=today + timedelta(days=60),
        road=Road.SCHOOL,
        pupil_ids=[ids["Noor"]],
    )
    paper = Paper()
    print_request(school, paper, start_sharing(school, new))
    _shows_only_the_other_house(paper)
    assert "Havenkade" in paper.text
