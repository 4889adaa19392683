"""The papers of a move: to whom they go, what never stands on them, and how much fits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from schoolprivacy.access.terms import Role
from schoolprivacy.errors import KnownError, RefusedError
from schoolprivacy.letters.actions import change_letter, read_letters
from schoolprivacy.okr.accompanying import print_accompanying, sample_accompanying
from schoolprivacy.okr.actions import make_report, plan_move, send_report
from schoolprivacy.okr.board import board
from schoolprivacy.okr.form_papers import InzageForm, inzage_forms
from schoolprivacy.okr.inzage import excuse, record_attempt, record_inzage
from schoolprivacy.okr.papers import CarerLine, ListEntry, ProofSheet, StepLine, inzage_list, proofs
from schoolprivacy.okr.printing import (
    print_invitations,
    print_inzage_forms,
    sample_invitations,
    sample_inzage_forms,
)
from schoolprivacy.okr.proof_printing import (
    print_inzage_list,
    print_proofs,
    sample_inzage_list,
    sample_proofs,
)
from schoolprivacy.okr.terms import Category, Excuse, Proof, SentHow
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School, StaffMember
from tests.consents.families import APART, FATHER, MOTHER, Paper, audit_lines
from tests.consents.paper_builders import MADE, SCHOOL
from tests.okr.builders import (
    ANNA,
    BAS,
    PLAIN,
    REPORT,
    SEEN,
    TODAY,
    VO,
    a_leaver,
    apart,
    give_authority,
    group_eight,
    guardian,
    move_of,
    reported,
    row,
    secret,
    two_parents,
)
from tests.paper.reading import texts_of

LONG = "Wilhelmina-Josephina van den Bergh-Żółkiewska van Wassenaar tot Voorbeeldgerecht"


def test_only_who_has_yet_to_see_it_is_invited_again(school: School) -> None:
    noor = apart(school)
    move = reported(school, noor)
    assert len(print_invitations(school, Paper())) == 2
    record_inzage(school, move, [guardian(school, noor, ANNA)], school.clock.today(), Proof.DATE)
    paper = Paper()
    run = print_invitations(school, paper)
    assert (len(run), run.reprinted) == (1, 1)
    assert "Havenkade 9" in paper.text and "Lindelaan" not in paper.text
    bas = next(each for each in row(school, noor).carers if each.name == BAS)
    assert bas.attempts == 1, "the same letter twice on one day is one attempt"
    excuse(school, move, bas.guardian_id, Excuse.DECLINED, "Wil het niet zien.")
    with pytest.raises(RefusedError, match="niemand om uit te nodigen"):
        print_invitations(school, Paper())


def test_nobody_is_invited_before_there_is_a_report(school: School) -> None:
    noor = two_parents(school)
    with pytest.raises(RefusedError, match="stapt hier niemand over"):
        print_invitations(school, Paper())
    print_inzage_list(school, listed := Paper())
    assert "Test, Noor" in listed.text and "Nog geen overstap" in listed.text
    plan_move(school, noor, VO)
    with pytest.raises(RefusedError, match="niemand om uit te nodigen"):
        print_invitations(school, Paper())
    with pytest.raises(RefusedError, match="nog geen rapport"):
        print_proofs(school, Paper())
    assert len(print_inzage_list(school, Paper())) == 1


def test_a_secret_house_is_everybodys_and_nothing_tells_why(school: School) -> None:
    """A half-sister's mother hides where the father of Noor lives."""
    hides = secret(replace(MOTHER, call_name="Eva", surname="Verborgen", **_home(APART)))
    children = group_eight(
        school, a_leaver("Noor", MOTHER, APART), a_leaver("Mila", hides, born_on=date(2015, 9, 1))
    )
    for name in children:
        reported(school, children[name])
    paper = Paper()
    print_invitations(school, paper)
    print_inzage_forms(school, forms := Paper())
    print_proofs(school, proof := Paper())
    print_inzage_list(school, listed := Paper())
    for each in (paper, forms, proof, listed):
        assert "Havenkade" not in each.text and "4321" not in each.text
        assert "geheim" not in each.text.lower()
    assert paper.text.count("Uit te delen in de klas") == 2
    assert "Lindelaan 1" in paper.text


def _home(of: object) -> dict[str, str]:
    names = ("street", "house_number", "postcode", "place")
    return {name: str(getattr(of, name)) for name in names}


def test_of_a_child_without_anybody_no_letter_is_made(school: School) -> None:
    children = group_eight(school, a_leaver("Noor", MOTHER), a_leaver("Sem", FATHER))
    for name in children:
        reported(school, children[name])
    give_authority(school, children["Sem"], BAS, Authority.NO)
    run = print_invitations(school, Paper())
    assert [each.pupil for each in run] == ["Noor Test"]
    (left,) = run.left_out
    assert left.pupil == "Sem Test" and "gezag" in left.reason
    with pytest.raises(RefusedError, match="geen ouder met gezag bekend"):
        print_invitations(school, Paper(), pupil_ids=[children["Sem"]])


def test_a_sample_stores_nothing_and_says_what_it_is(school: School) -> None:
    noor = group_eight(school, a_leaver("Noor", MOTHER))["Noor"]
    move = reported(school, noor)
    before, lines = row(school, noor), audit_lines(school)
    for sample in (sample_invitations, sample_inzage_forms, sample_proofs, sample_inzage_list):
        assert all("VOORBEELD" in page for page in texts_of(sample(school)))
    record_inzage(school, move, [guardian(school, noor, ANNA)], SEEN, Proof.DATE)
    assert "VOORBEELD" in texts_of(sample_accompanying(school, noor))[0]
    assert before.carers[0].invited_on is None and audit_lines(school) == lines + 1


def test_what_is_not_taken_is_not_registered(school: School) -> None:
    noor = two_parents(school)
    reported(school, noor)
    lines = audit_lines(school)

    def jammed(_: bytes) -> None:
        raise OSError("no paper")

    with pytest.raises(OSError, match="no paper"):
        print_invitations(school, jammed)
    assert audit_lines(school) == lines
    assert row(school, noor).carers[0].invited_on is None


def test_the_invitation_is_in_the_words_of_the_school(school: School) -> None:
    noor = two_parents(school)
    plan_move(school, noor, VO)
    make_report(school, move_of(school, noor), REPORT, PLAIN)
    part = next(
        e for e in read_letters(school) if (e.part.name, e.language) == ("okr_invitation", "nl")
    )
    own = part.body.replace("Beste ouder(s)", "Dag ouder(s)")
    change_letter(school, "okr_invitation", "nl", own)
    print_invitations(school, paper := Paper())
    assert "Dag ouder(s), verzorger(s) van Noor Test" in paper.text
    with pytest.raises(RefusedError, match="geen toestemming"):
        rest = "## Inzien\n\nKom het rapport inzien."
        change_letter(school, "okr_invitation_same", "nl", rest)


def test_the_administration_prints_and_a_teacher_does_not(school: School) -> None:
    noor = group_eight(school, a_leaver("Noor", MOTHER))["Noor"]
    move = reported(school, noor)
    record_inzage(school, move, [guardian(school, noor, ANNA)], SEEN, Proof.DATE)
    school.who = StaffMember(school.who.id, "Iemand", Role.ADMINISTRATION)
    assert len(print_proofs(school, Paper())) == 1
    assert len(print_accompanying(school, Paper(), noor)) == 1
    school.who = StaffMember(school.who.id, "Iemand", Role.TEACHER)
    for refuse in (print_invitations, print_inzage_forms, print_proofs, print_inzage_list):
        with pytest.raises(RefusedError, match="leerkracht"):
            refuse(school, Paper())


def test_who_is_no_guardian_any_more_stays_on_the_proof(school: School) -> None:
    """And an older version that was seen is told as such."""
    noor = two_parents(school)
    move, both = reported(school, noor), [ANNA, BAS]
    ids = [guardian(school, noor, name) for name in both]
    record_inzage(school, move, ids, SEEN, Proof.CONVERSATION)
    make_report(school, move, date(2027, 3, 11), PLAIN)
    record_attempt(school, move, ids[0], date(2027, 3, 12), "gebeld")
    print_proofs(school, paper := Paper())
    assert paper.text.count("inzage van versie 1") == 2 and "versie 2" in paper.text
    assert "poging: gebeld" in paper.text
    assert board(school).rows[0].seen == (0, 2)


def test_the_list_says_of_whom_nobody_knows_about_authority(school: School) -> None:
    noor = two_parents(school)
    reported(school, noor)
    print_inzage_list(school, known := Paper())
    assert "0 van 2 met gezag" in known.text
    give_authority(school, noor, BAS, Authority.UNKNOWN)
    print_inzage_list(school, listed := Paper())
    told = " ".join(listed.text.split())
    assert "0 van 2 (van 1 is niet bekend of er gezag is)" in told and "met gezag" not in told


def test_authority_that_is_found_out_later_does_not_change_what_was_right(school: School) -> None:
    noor = two_parents(school)
    give_authority(school, noor, BAS, Authority.NO)
    move = reported(school, noor)
    record_inzage(school, move, [guardian(school, noor, ANNA)], SEEN, Proof.LETTER)
    send_report(school, move, TODAY, SentHow.OSO)
    give_authority(school, noor, BAS, Authority.YES)
    assert row(school, noor).seen == (1, 1)
    print_inzage_list(school, listed := Paper())
    assert "1 van 1 met gezag" in listed.text
    print_proofs(school, proof := Paper())
    assert proof.text.count("bij versturen niet bekend") == 1
    print_accompanying(school, letter := Paper(), noor)
    assert "Niet iedere ouder" not in letter.text


def test_who_was_excused_and_came_after_all_stands_on_the_list_as_such(school: School) -> None:
    noor = two_parents(school)
    move, both = reported(school, noor), [guardian(school, noor, name) for name in (ANNA, BAS)]
    for each in both:
        excuse(school, move, each, Excuse.DECLINED, "Wil het niet zien.")
    print_inzage_list(school, listed := Paper())
    assert "besluit zonder inzage" in listed.text
    record_inzage(school, move, both, TODAY, Proof.LETTER)
    print_inzage_list(school, listed := Paper())
    assert "2 van 2 met gezag" in listed.text
    assert "besluit zonder inzage" not in listed.text


def test_long_names_and_much_that_happened_take_more_pages() -> None:
    carers = tuple(
        CarerLine(
            f"{LONG} {n}\ngezag: niet bekend",
            "01-03-2027",
            f"09-03-2027\ngespreksverslag\ndoor {LONG}",
            "09-03-2027",
            "zienswijze 09-03-2027\ntoegevoegd 11-03-2027\n" * 4,
        )
        for n in range(5)
    )
    steps = tuple(
        StepLine(date(2027, 3, 1 + n), LONG, f"poging: {'gebeld en gemaild ' * 10}", LONG)
        for n in range(20)
    )
    fields = (("Leerling", LONG), ("Gaat naar", f"{LONG} in {LONG}"), ("Inhoud", "begeleiding"))
    short = ProofSheet("Noor", fields[:1], carers[:1], ())
    texts = texts_of(proofs([ProofSheet(LONG, fields, carers, steps), short], SCHOOL, MADE))
    assert len(texts) > 3 and f"bladzijde 1 van {len(texts) - 1}" in texts[0]
    assert "bladzijde 1 van 1" in texts[-1]
    assert all(f"Bewijs van inzage · {LONG}" in text for text in texts[1:-1])
    assert "Handtekening" in texts[-2]


def test_a_list_of_thirty_four_children() -> None:
    entries = [
        ListEntry(f"{LONG}, {n}\nGroep 8", f"{LONG} in Dorp", "02-03-2027", "2 van 2", "OSO")
        for n in range(34)
    ]
    texts = texts_of(inzage_list(entries, "Overstap en inzage 2026-2027", SCHOOL, MADE))
    assert sum(text.count("Groep 8") for text in texts) == 34
    assert all("Leerling" in text for text in texts)


def test_four_signers_fit_on_the_sheet() -> None:
    form = InzageForm(LONG, "Groep 8", f"{LONG} in {LONG}", REPORT, 3, tuple(Category), (LONG,) * 4)
    front, back = texts_of(inzage_forms([form], SCHOOL, MADE))
    assert front.count("Handtekening") == 4 and "Datum van inzage" in front
    assert "Uw zienswijze" in back


@pytest.mark.parametrize("make", [proofs, inzage_forms])
def test_there_is_always_something_on_paper(make: object) -> None:
    with pytest.raises(KnownError):
        make([], SCHOOL, MADE)  # type: ignore[operator]
