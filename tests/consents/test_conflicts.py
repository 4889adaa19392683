"""Children about whom two answers differ, and the letter to both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schoolprivacy.consents.conflicts import (
    conflicts,
    print_conflict_letters,
    sample_conflict_letters,
)
from schoolprivacy.consents.sharing.actions import NewSharing, end_sharing, start_sharing
from schoolprivacy.consents.sharing.sharings import Road
from schoolprivacy.consents.terms import Choice
from schoolprivacy.consents.withdrawal import withdrawable
from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.roster import RosterGuardian
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import (
    APART,
    FATHER,
    MOTHER,
    Paper,
    a_child,
    answered,
    asked,
    audit_lines,
    enrol,
)
from tests.consents.log_builders import says, two_groups
from tests.paper.reading import texts_of


def _quarrel(school: School, *guardians: RosterGuardian) -> str:
    """Mother says yes to two purposes, father no to one of them."""
    enrol(school, a_child("Noor", *guardians), a_child("Sem", replace(MOTHER, surname="Wit")))
    forms = [each for each in asked(school) if each.pupil == "Noor Test"]
    answered(school, forms[0].form, "Anna van der Sluis", Authority.YES, yes="website press")
    answered(school, forms[-1].form, "Bas Yıldız", Authority.YES, yes="", no="website")
    return forms[0].pupil_id


def test_who_said_what_per_purpose(school: School) -> None:
    _quarrel(school, MOTHER, APART)
    (found,) = conflicts(school)
    assert found.child.pupil.call_name == "Noor"
    (purpose,) = found.purposes
    assert purpose.purpose.code == "website"
    assert purpose.yes == ("Anna van der Sluis (moeder)",)
    assert purpose.no == ("Bas Yıldız (vader)",)
    assert conflicts(school, group="Groep 5") == [found] and conflicts(school, group="x") == []


def test_each_household_gets_a_letter_at_its_own_address(school: School) -> None:
    noor = _quarrel(school, MOTHER, APART)
    paper, before = Paper(), audit_lines(school)
    assert len(print_conflict_letters(school, paper)) == 2
    assert audit_lines(school) == before + 1
    one, other = paper.pages
    assert "Lindelaan" in one and "Havenkade" not in one
    assert "Havenkade" in other and "Lindelaan" not in other
    for page in (one, other):
        assert "openbare website" in page and "krant" not in page
        for name in ("Anna", "Bas ", "Sluis", "Yıldız", "moeder", "vader", "Sem"):
            assert name not in page, name
    assert len(print_conflict_letters(school, paper, pupil_ids=[noor])) == 2


def test_who_lives_together_gets_one_letter_and_a_secret_address_none(school: School) -> None:
    secret = replace(APART, address_secret=True, street="Geheimpad")
    _quarrel(school, MOTHER, secret)
    paper = Paper()
    assert len(print_conflict_letters(school, paper)) == 2
    assert "Geheimpad" not in paper.text and "Uit te delen in de klas" in paper.pages[1]


def test_one_house_one_letter(school: School) -> None:
    _quarrel(school, MOTHER, FATHER)
    assert len(print_conflict_letters(school, Paper())) == 1


def test_without_conflicts_no_letters(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    for make in (
        lambda: print_conflict_letters(school, Paper()),
        lambda: sample_conflict_letters(school),
    ):
        with pytest.raises(RefusedError) as refused:
            make()
        assert refused.value.key == "conflict.none"


def test_a_sample_stores_nothing(school: School) -> None:
    _quarrel(school, MOTHER, APART)
    before = audit_lines(school)
    assert all("VOORBEELD" in page for page in texts_of(sample_conflict_letters(school)))
    assert audit_lines(school) == before


def test_a_quarrel_about_a_sharing_shows_until_it_is_ended(school: School) -> None:
    noor, today = two_groups(school)["Noor"], school.clock.today()
    new = NewSharing("Bureau Leer", "steun", "de toets", today, today, Road.SCHOOL, [noor])
    code = start_sharing(school, new)
    says(school, noor, Choice.GRANTED, code=code)
    says(school, noor, Choice.REFUSED, code=code, parent=1)
    (found,) = conflicts(school)
    assert [each.purpose.code for each in found.purposes] == [code]
    assert code in withdrawable(school, noor)[0].codes
    paper = Paper()
    print_conflict_letters(school, paper)
    assert all("Gegevens delen" in page and "Bureau Leer" in page for page in paper.pages)
    end_sharing(school, code)
    assert conflicts(school) == [] and withdrawable(school, noor)[0].codes == ()
