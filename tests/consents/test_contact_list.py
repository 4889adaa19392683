"""What may stand on the contact list: only what somebody said yes to, never a secret."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import purposes
from schoolprivacy.consents.contacts.contact_list import Order, home_marks
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.terms import Choice
from schoolprivacy.exchange.roster import RosterGuardian
from schoolprivacy.people.addresses import live_together
from schoolprivacy.people.carers import change_guardianship
from schoolprivacy.people.terms import Authority, Guardian
from schoolprivacy.school import School
from tests.consents.contact_builders import (
    ADDRESS,
    CHILD,
    E_MAIL,
    EVERYTHING,
    OWN,
    PHONE,
    contact_of,
    ids_of,
    keep_secret,
    listed,
    say,
    say_all,
)
from tests.consents.families import APART, FATHER, MOTHER, Paper, a_child, enrol

HOME = ("Lindelaan 1", "1234 AB  Voorbeelddorp")
NO, WITHDRAWN = Choice.REFUSED, Choice.WITHDRAWN
OTHER = replace(MOTHER, call_name="Cem", surname="Demir", phones=("+31612345679",), email="")


@pytest.fixture
def family(school: School) -> School:
    """Noor, with a mother and a father at one address who say yes to everything."""
    enrol(school, a_child("Noor", MOTHER, FATHER))
    say_all(school)
    return school


def test_everything_that_was_granted_stands_there(family: School) -> None:
    (noor,) = listed(family)
    assert noor.name == "Test, Noor" and noor.birthday == "1\u00a0maart"
    mother, father = noor.contacts
    assert (mother.name, mother.address) == ("Anna van der Sluis", HOME)
    assert (mother.phones, mother.email) == (("+31612345671",), "anna@gezin.example")
    assert father.name == "Bas Yıldız" and father.phones == ("+31612345672",)


def test_who_was_not_asked_or_did_not_answer_is_not_there(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", FATHER))
    print_forms(school, Paper())
    assert listed(school) == []
    say(school, "Sem", "Bas", *EVERYTHING)
    assert [each.name for each in listed(school)] == ["Test, Sem"]


@pytest.mark.parametrize("choice", [NO, WITHDRAWN])
@pytest.mark.parametrize("code", EVERYTHING)
def test_a_no_takes_away_that_item_only(family: School, code: str, choice: Choice) -> None:
    say(family, "Noor", "Anna", code, choice=choice)
    rows = listed(family)
    if code == "contact-child-name":
        assert rows == []
        return
    (noor,) = rows
    assert bool(noor.birthday) == (code != "contact-birthday")
    names = [each.name for each in noor.contacts]
    if code == "contact-guardian-name":
        assert names == ["Bas Yıldız"]  # and nothing else of hers
        return
    mother, father = noor.contacts
    assert bool(mother.address) == bool(father.address) == (code != ADDRESS)  # it is one address
    assert bool(mother.phones) == (code != PHONE) and father.phones
    assert bool(mother.email) == (code != E_MAIL)


def test_without_the_own_name_nothing_of_a_guardian_is_there(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    say(school, "Noor", "Anna", *CHILD, *(each for each in OWN if not each.endswith("-name")))
    (noor,) = listed(school)
    assert noor.contacts == ()


def test_authority_does_not_matter_for_own_data_and_does_for_the_child(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, APART))
    ids = ids_of(school)
    change_guardianship(school, ids["Noor"], ids["Bas"], "vader", Authority.NO)
    say(school, "Noor", "Bas", *EVERYTHING, declared=None)
    assert listed(school) == []
    say(school, "Noor", "Anna", *CHILD)
    (noor,) = listed(school)
    (father,) = noor.contacts
    assert father.name == "Bas Yıldız" and father.address[0] == "Havenkade 9"


def test_parents_who_quarrel_about_the_name_of_the_child_take_it_off(family: School) -> None:
    say(family, "Noor", "Bas", "contact-child-name", choice=NO)
    assert listed(family) == []


@pytest.mark.parametrize("code", EVERYTHING)
def test_an_item_the_school_does_not_ask_is_not_printed(family: School, code: str) -> None:
    purposes.switch_purpose(family, code, on=False)
    (noor,) = listed(family) or [None]
    everything = repr(noor)
    gone = {
        "contact-child-name": "Noor",
        "contact-birthday": "maart",
        "contact-guardian-name": "Anna",
        ADDRESS: "Lindelaan",
        PHONE: "+316",
        E_MAIL: "@",
    }[code]
    assert gone not in everything


def test_answers_count_for_one_school_year(family: School, clock: SetClock) -> None:
    clock.moment = datetime(2027, 7, 31, 9, tzinfo=UTC)
    assert len(listed(family)) == 1
    clock.moment = datetime(2027, 8, 1, 9, tzinfo=UTC)
    assert listed(family) == []


def test_who_left_is_not_there_and_a_composed_group_is_a_group(school: School) -> None:
    enrol(school, replace(a_child("Noor", MOTHER), other_groups=("Plusklas",)), a_child("Sem"))
    say_all(school)
    assert [each.name for each in listed(school, "Plusklas")] == ["Test, Noor"]
    assert listed(school, "Groep 8") == []


def test_from_16_the_pupil_decides_about_the_child_and_not_about_the_parents(
    school: School,
) -> None:
    enrol(school, replace(a_child("Noor", MOTHER), born_on=date(2010, 3, 1)))
    say_all(school)
    assert listed(school) == []
    say(school, "Noor", None, *CHILD, by_pupil=True)
    (noor,) = listed(school)
    assert noor.birthday and noor.contacts[0].phones


def test_an_institution_is_there_only_with_its_own_yes(school: School) -> None:
    voogd = RosterGuardian(institution="Voogdij Voorbeeld", relation="voogd", phones=("+31612345",))
    enrol(school, a_child("Noor", voogd, MOTHER))
    say(school, "Noor", "Anna", *EVERYTHING)
    assert [each.name for each in listed(school)[0].contacts] == ["Anna van der Sluis"]
    say(school, "Noor", "Voogdij Voorbeeld", *OWN)
    assert listed(school)[0].contacts[0].name == "Voogdij Voorbeeld"


# — signers without a name —


def test_a_no_without_a_name_is_of_everybody_the_form_was_meant_for(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, APART))
    print_forms(school, Paper())
    say_all(school)
    ids = ids_of(school)
    form = next(form for form, who in meant(school).items() if who == {ids["Bas"]})
    say(school, "Noor", None, PHONE, choice=NO, form_id=form)
    mother, father = listed(school)[0].contacts
    assert mother.phones and not father.phones and father.address
    say(school, "Noor", "Bas", PHONE, on=school.clock.today())
    assert not listed(school)[0].contacts[1].phones  # nobody knows whose no it was


def test_a_yes_without_a_name_is_of_nobody(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    ((form, _),) = (print_forms(school, Paper()), meant(school))[1].items()
    say(school, "Noor", "Anna", *CHILD)
    say(school, "Noor", None, *OWN, form_id=form)
    assert listed(school)[0].contacts == ()


def meant(school: School) -> dict[str, set[str]]:
    from schoolprivacy.consents import records

    with school.reading() as session:
        return {each.id: set(each.guardians) for each in records.forms(session)}


# — one list, one address, one number —


def test_a_later_no_on_the_form_of_a_twin_stops_it_for_both(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Saar", MOTHER))
    say_all(school)
    say(school, "Saar", "Anna", PHONE, choice=NO)
    assert not any(each.phones for row in listed(school) for each in row.contacts)
    assert all(each.email for row in listed(school) for each in row.contacts)


def test_who_lives_there_too_and_said_no_for_a_child_elsewhere_stops_the_address(
    school: School,
) -> None:
    enrol(
        school,
        a_child("Noor", MOTHER),
        replace(a_child("Can", OTHER), group="Groep 8"),
        replace(a_child("Saar", MOTHER), group="Groep 7"),
    )
    say_all(school)
    assert contact_of(school, "Noor", "Anna").address == HOME  # type: ignore[union-attr]
    say(school, "Can", "Cem", ADDRESS, choice=WITHDRAWN)
    assert contact_of(school, "Noor", "Anna").address == ()  # type: ignore[union-attr]


def test_the_own_no_for_another_group_is_about_that_list(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), replace(a_child("Saar", MOTHER), group="Groep 7"))
    say_all(school)
    say(school, "Saar", "Anna", *OWN, choice=NO)
    anna = contact_of(school, "Noor", "Anna")
    assert anna and anna.address and anna.phones
    assert listed(school, "Groep 7")[0].contacts == ()


def test_who_takes_own_data_back_does_so_on_every_list(school: School, clock: SetClock) -> None:
    """Whichever child the secretary happened to look at when the parent called."""
    enrol(school, a_child("Noor", MOTHER), replace(a_child("Saar", MOTHER), group="Groep 7"))
    say_all(school)
    say(school, "Saar", "Anna", PHONE, choice=WITHDRAWN)
    anna = contact_of(school, "Noor", "Anna")
    assert anna and anna.phones == () and anna.address == HOME
    clock.moment += timedelta(days=1)
    say(school, "Noor", "Anna", PHONE)
    anna = contact_of(school, "Noor", "Anna")
    assert anna and anna.phones == MOTHER.phones
    (saar,) = listed(school, "Groep 7")
    assert saar.contacts[0].phones == ()


@pytest.mark.parametrize("code", [PHONE, E_MAIL])
def test_a_number_or_mail_of_who_said_no_does_not_stand_with_the_other(
    school: School, code: str
) -> None:
    same = replace(FATHER, phones=MOTHER.phones, email=MOTHER.email.upper())
    enrol(school, a_child("Noor", MOTHER, same))
    say_all(school)
    say(school, "Noor", "Bas", code, choice=NO)
    mother = contact_of(school, "Noor", "Anna")
    assert (
        mother and bool(mother.phones) == (code != PHONE) and bool(mother.email) == (code == PHONE)
    )


# — secrets —


def test_a_secret_address_hides_everybody_there(school: School) -> None:
    enrol(
        school,
        a_child("Noor", MOTHER, FATHER),
        replace(a_child("Can", replace(OTHER, postcode="")), group="Groep 8"),
        a_child("Sem", replace(APART, call_name="Dirk")),
    )
    say_all(school)
    keep_secret(school, "Cem", address_secret=True)
    noor, sem = listed(school)
    assert [each.address for each in noor.contacts] == [(), ()]
    assert all(each.phones for each in noor.contacts)
    assert sem.contacts[0].address


def test_an_address_is_in_doubt_beside_one_that_is_secret_and_not_known(school: School) -> None:
    hidden = replace(MOTHER, street="", house_number="", postcode="", place="", address_secret=True)
    enrol(school, a_child("Noor", hidden, FATHER))
    say_all(school)
    assert [each.address for each in listed(school)[0].contacts] == [(), ()]


def test_a_secret_number_hides_it_with_everybody(school: School) -> None:
    both = replace(FATHER, phones=("+31612345672", "+31101234567"))
    enrol(
        school,
        a_child("Noor", both),
        replace(a_child("Can", replace(OTHER, phones=("+31101234567",))), group="Groep 8"),
    )
    say_all(school)
    keep_secret(school, "Cem", phone_secret=True)
    assert listed(school)[0].contacts[0].phones == ("+31612345672",)
    keep_secret(school, "Bas", phone_secret=True)
    assert listed(school)[0].contacts[0].phones == ()


def test_half_an_address_is_not_printed(school: School) -> None:
    enrol(school, a_child("Noor", replace(MOTHER, street="", house_number="")))
    say_all(school)
    assert listed(school)[0].contacts[0].address == ()


_text = st.sampled_from(["", "Lindelaan", "lindelaan ", "Kade"])
_places = st.builds(
    Guardian,
    id=st.uuids().map(str),
    street=_text,
    house_number=st.sampled_from(["", "1", "1 a", "1A"]),
    postcode=st.sampled_from(["", "1234 AB", "4321 ZX"]),
    place=st.sampled_from(["", "Dorp", "Stad"]),
)


@given(_places, _places)
@settings(max_examples=150)
def test_who_lives_together_shares_a_mark(one: Guardian, other: Guardian) -> None:
    if live_together(one, other):
        assert home_marks(one) & home_marks(other)


# — order —


def test_sorted_by_surname_or_call_name(school: School) -> None:
    poel = replace(a_child("Anouk", MOTHER), prefix="van der", surname="Poel")
    arend = replace(a_child("Zoë", FATHER), surname="Arend")
    ost = replace(a_child("Émile", OTHER), surname="Öst")
    enrol(school, poel, arend, ost)
    say_all(school)
    assert [each.name for each in listed(school)] == [
        "Arend, Zoë",
        "Öst, Émile",
        "Poel, Anouk van der",
    ]
    assert [each.name for each in listed(school, order=Order.CALL_NAME)] == [
        "Anouk van der Poel",
        "Émile Öst",
        "Zoë Arend",
    ]


# — nothing without a yes, in any school —

_ANSWERS = st.lists(
    st.tuples(
        st.sampled_from(["Noor", "Saar"]),
        st.sampled_from(["Anna", "Bas"]),
        st.sampled_from(EVERYTHING),
        st.sampled_from(list(Choice)),
        st.integers(1, 3),
    ),
    max_size=14,
)


@given(_ANSWERS, st.booleans(), st.booleans())
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_only_what_is_granted_and_not_secret_stands_there(
    school: School,
    answers: list[tuple[str, str, str, Choice, int]],
    address_secret: bool,
    phone_secret: bool,
) -> None:
    if not ids_of(school):
        enrol(school, a_child("Noor", MOTHER, APART), a_child("Saar", MOTHER, APART))
    with school.transaction() as session:  # history is never thrown away; end it by marking it
        session.execute(invalid())
        session.audit("test.cleared")
    keep_secret(school, "Anna", address_secret=address_secret, phone_secret=phone_secret)
    last: dict[tuple[str, str, str], tuple[int, int]] = {}
    weight = {Choice.GRANTED: 0, Choice.REFUSED: 1, Choice.WITHDRAWN: 2}
    for child, who, code, choice, day in answers:
        say(school, child, who, code, choice=choice, on=date(2026, 10, day))
        key = (child, who, code)
        last[key] = max(last.get(key, (0, 0)), (day, weight[choice]))
    yes = {key for key, (_, what) in last.items() if what == 0}
    called = {value: name for name, value in ids_of(school).items()}
    for row in listed(school):
        child = called[row.pupil_id]
        assert any((child, who, "contact-child-name") in yes for who in ("Anna", "Bas"))
        for each in row.contacts:
            who = called[each.guardian_id]
            hidden = who == "Anna"
            assert (child, who, "contact-guardian-name") in yes
            assert not each.address or ((child, who, ADDRESS) in yes)
            assert not each.phones or ((child, who, PHONE) in yes)
            assert not each.email or ((child, who, E_MAIL) in yes)
            assert not (hidden and address_secret and each.address)
            assert not (hidden and phone_secret and each.phones)


def invalid() -> object:
    from schoolprivacy.consents import records

    return records.decision.update().values(
        invalidated_at="2026-11-02T09:00:00+00:00", invalidated_why="test"
    )
