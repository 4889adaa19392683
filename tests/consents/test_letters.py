"""Taking consent back by either parent, and the letter that confirms it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import actions
from schoolprivacy.consents.actions import NewDecision, record_decision
from schoolprivacy.consents.history import pupil_history
from schoolprivacy.consents.letter_papers import (
    LetterItem,
    WithdrawalLetter,
    WithdrawnItem,
    withdrawal_letters,
)
from schoolprivacy.consents.letters import print_withdrawal_letter, sample_withdrawal_letter
from schoolprivacy.consents.publications.log import NewPublication, record_publication
from schoolprivacy.consents.terms import Answer, Choice, PurposeKind, Way
from schoolprivacy.consents.undoing import undo_withdrawal
from schoolprivacy.consents.withdrawal import Withdrawer, withdraw, withdrawable
from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.roster import RosterGuardian
from schoolprivacy.people.carers import change_guardianship
from schoolprivacy.people.records import pupil
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import (
    APART,
    FATHER,
    MOTHER,
    Paper,
    a_child,
    answer_of,
    answered,
    asked,
    audit_lines,
    carers_of,
    enrol,
)
from tests.consents.log_builders import TODAY, a_channel, says, two_groups
from tests.consents.paper_builders import MADE, SCHOOL
from tests.paper.reading import texts_of

SECRET = replace(MOTHER, address_secret=True, street="Geheimpad", postcode="9999 QQ")


@pytest.fixture(name="noor")
def _noor(school: School) -> str:
    """A child of a mother and a father who live apart; mother said yes to two purposes."""
    return _family(school, MOTHER, APART)


def _family(school: School, *guardians: RosterGuardian) -> str:
    enrol(school, a_child("Noor", *guardians))
    form = asked(school)[0]
    answered(school, form.form, "Anna van der Sluis", Authority.YES, yes="website press")
    return form.pupil_id


def _by(school: School, pupil_id: str) -> dict[str, Withdrawer]:
    return {each.name: each for each in withdrawable(school, pupil_id)}


def _id(school: School, pupil_id: str, name: str) -> str:
    return next(
        each.guardian.id for each in carers_of(school, pupil_id) if each.guardian.call_name == name
    )


def _own_yes(school: School, pupil_id: str, guardian_id: str) -> None:
    new = NewDecision(
        pupil_id,
        "contact-phone",
        1,
        Choice.GRANTED,
        school.clock.today(),
        Way.DESK,
        guardian_id=guardian_id,
    )
    record_decision(school, new)


# — who could take back what —


def test_either_parent_can_take_back_what_one_of_them_granted(school: School, noor: str) -> None:
    by = _by(school, noor)
    mother, father = by["Anna van der Sluis"], by["Bas Yıldız"]
    assert mother.codes == father.codes == ("website", "press")
    assert all(each.is_own for each in mother.answers)
    assert not any(each.is_own for each in father.answers)
    assert father.answers[0].said_by == ("Anna van der Sluis (moeder)",)


def test_who_has_no_authority_takes_back_only_own_words(school: School, noor: str) -> None:
    father = _id(school, noor, "Bas")
    _set_authority(school, noor, father, Authority.NO)
    assert _by(school, noor)["Bas Yıldız"].codes == ()
    _own_yes(school, noor, father)
    assert _by(school, noor)["Bas Yıldız"].codes == ("contact-phone",)
    assert "contact-phone" not in _by(school, noor)["Anna van der Sluis"].codes


def _set_authority(school: School, pupil_id: str, guardian_id: str, value: Authority) -> None:
    change_guardianship(school, pupil_id, guardian_id, "vader", value)


def test_the_other_parent_takes_back_everything_at_once(school: School, noor: str) -> None:
    father = _id(school, noor, "Bas")
    before, today = audit_lines(school), school.clock.today()
    done = withdraw(school, noor, father, on=today, way=Way.PHONE)
    assert len(done) == 2 and done.take_downs == 0
    assert audit_lines(school) == before + 1
    assert answer_of(school) is answer_of(school, "press") is Answer.WITHDRAWN
    assert _by(school, noor)["Bas Yıldız"].codes == ()
    assert _by(school, noor)["Anna van der Sluis"].codes == ("website", "press")
    with pytest.raises(RefusedError) as refused:
        withdraw(school, noor, father, on=today, way=Way.PHONE)
    assert refused.value.key == "withdrawal.nothing"


def test_a_withdrawal_tells_how_many_pictures_must_go(school: School) -> None:
    noor = two_groups(school)["Noor"]
    says(school, noor, Choice.GRANTED)
    channel = a_channel(school)
    for event in ("Schoolreis", "Sportdag"):
        record_publication(
            school, NewPublication(event, TODAY, channel, groups=(), pupil_ids=(noor,))
        )
    father = carers_of(school, noor)[1].guardian.id
    assert withdraw(school, noor, father, on=TODAY, way=Way.DESK).take_downs == 2
    mother = carers_of(school, noor)[0].guardian.id
    assert withdraw(school, noor, mother, on=TODAY, way=Way.DESK).take_downs == 0


def test_a_yes_for_the_next_year_can_be_taken_back_before_it_counts(
    school: School, noor: str, clock: SetClock
) -> None:
    clock.moment = datetime(2027, 6, 20, 9, tzinfo=UTC)
    mother = _id(school, noor, "Anna")
    _own_yes(school, noor, mother)
    assert "contact-phone" in _by(school, noor)["Anna van der Sluis"].codes


def test_undoing_a_withdrawal_makes_it_invalid_and_the_yes_counts(
    school: School, noor: str
) -> None:
    mother = _id(school, noor, "Anna")
    done = withdraw(school, noor, mother, on=school.clock.today(), way=Way.DESK)
    before = audit_lines(school)
    undo_withdrawal(school, done.decisions)
    assert audit_lines(school) == before + 1
    assert answer_of(school) is Answer.GRANTED
    taken_back = [
        each for each in pupil_history(school, noor).decisions if each.choice is Choice.WITHDRAWN
    ]
    assert len(taken_back) == 2 and all(each.invalidated for each in taken_back)
    with pytest.raises(RefusedError):
        undo_withdrawal(school, done.decisions)


# — the letter —


def test_the_letter_goes_to_who_withdrew_and_names_nobody_else(school: School, noor: str) -> None:
    father = _id(school, noor, "Bas")
    withdraw(school, noor, father, ["website"], on=school.clock.today(), way=Way.LETTER)
    paper, before = Paper(), audit_lines(school)
    (printed,) = print_withdrawal_letter(school, paper, noor)
    assert printed.pupil == "Noor Test" and audit_lines(school) == before + 1
    assert len(paper.pages) == 1
    for text in (
        "Beste Bas Yıldız",
        "Havenkade 9",
        "openbare website",
        "2 november 2026",
        "nadeel",
    ):
        assert text in paper.text, text
    for text in ("Anna", "Sluis", "Lindelaan", "krant"):
        assert text not in paper.text, text


def test_nothing_withdrawn_no_letter(school: School, noor: str) -> None:
    mother = _id(school, noor, "Anna")
    for which in (None, mother):
        with pytest.raises(RefusedError) as refused:
            print_withdrawal_letter(school, Paper(), noor, guardian_id=which)
        assert refused.value.key == "withdrawal.none"
    done = withdraw(school, noor, mother, on=school.clock.today(), way=Way.DESK)
    assert len(print_withdrawal_letter(school, Paper(), noor, guardian_id=mother)) == 1
    undo_withdrawal(school, done.decisions)
    with pytest.raises(RefusedError):
        print_withdrawal_letter(school, Paper(), noor)


def test_who_gave_it_again_gets_no_letter_about_it(
    school: School, noor: str, clock: SetClock
) -> None:
    mother, today = _id(school, noor, "Anna"), school.clock.today()
    clock.moment = datetime(2026, 11, 3, 9, tzinfo=UTC)
    actions.withdraw(school, noor, mother, ["website", "press"], on=today, way=Way.DESK)
    again = NewDecision(
        noor, "website", 1, Choice.GRANTED, date(2026, 11, 3), Way.DESK, guardian_id=mother
    )
    record_decision(school, again)
    paper = Paper()
    print_withdrawal_letter(school, paper, noor)
    assert "krant" in paper.text and "openbare website" not in paper.text


def test_a_secret_address_is_handed_over_and_looks_like_an_unknown_one(school: School) -> None:
    noor = _family(school, SECRET, FATHER)
    mother = _id(school, noor, "Anna")
    withdraw(school, noor, mother, on=school.clock.today(), way=Way.DESK)
    paper = Paper()
    print_withdrawal_letter(school, paper, noor)
    assert "Persoonlijk te overhandigen" in paper.text
    for text in ("Geheimpad", "9999", "Lindelaan", "geheim", "Bas "):
        assert text not in paper.text, text


def test_own_data_taken_back_without_authority_is_confirmed(school: School, noor: str) -> None:
    father = _id(school, noor, "Bas")
    _set_authority(school, noor, father, Authority.NO)
    _own_yes(school, noor, father)
    withdraw(school, noor, father, on=school.clock.today(), way=Way.DESK)
    paper = Paper()
    print_withdrawal_letter(school, paper, noor)
    assert "Beste Bas" in paper.text and "Contactlijst" in paper.text
    assert "beelden" not in paper.text


def test_a_leaver_is_confirmed_too_and_nobody_else(school: School, noor: str) -> None:
    mother = _id(school, noor, "Anna")
    withdraw(school, noor, mother, on=school.clock.today(), way=Way.E_MAIL)
    with school.transaction() as session:
        session.execute(sa.update(pupil).values(left_on="2026-10-01"))
        session.audit("test.left", noor)
    paper = Paper()
    assert len(print_withdrawal_letter(school, paper, noor)) == 1
    assert "Noor Test" in paper.text
    with pytest.raises(RefusedError) as refused:
        print_withdrawal_letter(school, Paper(), "nobody")
    assert refused.value.key == "pupil.unknown"


def test_nothing_is_registered_when_the_paper_does_not_arrive(school: School, noor: str) -> None:
    withdraw(school, noor, _id(school, noor, "Anna"), on=school.clock.today(), way=Way.DESK)
    before = audit_lines(school)

    def fail(_: bytes) -> None:
        raise OSError

    with pytest.raises(OSError):
        print_withdrawal_letter(school, fail, noor)
    assert audit_lines(school) == before


def test_a_sample_stores_nothing(school: School, noor: str) -> None:
    withdraw(school, noor, _id(school, noor, "Anna"), on=school.clock.today(), way=Way.DESK)
    before = audit_lines(school)
    pages = texts_of(sample_withdrawal_letter(school, noor))
    assert all("VOORBEELD" in page for page in pages) and audit_lines(school) == before


def test_a_long_letter_goes_on_on_a_second_page() -> None:
    label = "in de film van de musical of de schoolreis voor gezinnen van de groep en hun vrienden"
    items = tuple(
        WithdrawnItem(LetterItem(kind, f"{n} {label}"), date(2026, 12, 7))
        for n in range(10)
        for kind in PurposeKind
    )
    name = "Maximiliaan Alexander van der Wouden-Oosterbaan"
    letter = WithdrawalLetter((name, "Laan 1", "1234 AB  DORP"), name, name, "Groep 5", items)
    pages = texts_of(withdrawal_letters([letter], SCHOOL, MADE))
    assert f"bladzijde 1 van {len(pages)}" in pages[0] and len(pages) > 1
    together = " ".join(pages)
    assert together.count("7 december 2026") >= len(items)
    assert "Autoriteit Persoonsgegevens" in pages[-1]
