"""A spring with a group 8 of twenty-four children, from planning to the list for inspection."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from schoolprivacy.clock import SetClock
from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.roster import RosterGuardian, RosterPupil
from schoolprivacy.okr.accompanying import print_accompanying
from schoolprivacy.okr.actions import make_report, plan_move, plan_moves, send_report
from schoolprivacy.okr.board import board, counts, row_of
from schoolprivacy.okr.entries import MoveEntry
from schoolprivacy.okr.evidence import attach, evidence, read_evidence
from schoolprivacy.okr.inzage import excuse, record_attempt, record_inzage
from schoolprivacy.okr.printing import print_invitations, print_inzage_forms
from schoolprivacy.okr.proof_printing import print_inzage_list, print_proofs
from schoolprivacy.okr.remarks import add_remark, settle_remark
from schoolprivacy.okr.terms import (
    Category,
    Excuse,
    MoveKind,
    Outcome,
    Proof,
    ReceivingSchool,
    RemarkKind,
    SentHow,
    State,
)
from schoolprivacy.people.names import full_name
from schoolprivacy.people.records import guardianships
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.consents.families import APART, FATHER, MOTHER, Paper
from tests.okr.builders import (
    ANNA,
    BAS,
    COLLEGE,
    PLAIN,
    REPORT,
    SEEN,
    TODAY,
    a_leaver,
    give_authority,
    group_eight,
    guardian,
    move_of,
    row,
    secret,
)
from tests.people.builders import a_row, store
from tests.test_registers import a_picture

LYCEUM = ReceivingSchool("Lyceum Noorderlicht", "97CD01", "Voorbeeldstad")
BRIDGE = ReceivingSchool("De Brug (sbo)", "96EF", "Voorbeelddorp")
ABROAD = ReceivingSchool("Grundschule Kleve", "", "Kleve")
SUMMER = date(2027, 8, 1)
WHY = {
    Category.ADMINISTRATIVE: "",
    Category.RESULTS: "",
    Category.SOCIAL: "de mentor moet weten wat helpt in een nieuwe klas",
    Category.SUPPORT: "hulp bij lezen gaat door",
}
LONG = "Wilhelmina-Josephina"


def parents(number: int) -> tuple[RosterGuardian, ...]:
    """Two parents of their own at one address."""
    home = {
        "street": "Lindelaan",
        "house_number": str(number + 10),
        "phones": (f"+316123400{number:02d}",),
        "email": f"ouder{number}@gezin.example",
    }
    first = replace(MOTHER, call_name=f"Moeder{number}", **home)
    other = {**home, "phones": (f"+316123500{number:02d}",), "email": f"p{number}@gezin.example"}
    return first, replace(FATHER, call_name=f"Vader{number}", **other)


def the_group() -> list[RosterPupil]:
    ordinary = [
        a_leaver(f"Kind{n:02d}", *parents(n), born_on=date(2015, 5, n)) for n in range(1, 19)
    ]
    mother, father = parents(40)
    hidden, elsewhere = parents(41)
    return [
        *ordinary,
        a_leaver("Noor", MOTHER, APART),
        a_leaver("Sem", *parents(30)),
        a_leaver("Cato", replace(father, institution="Voogdij Voorbeeld")),
        a_leaver(
            "Veilig", secret(hidden), replace(elsewhere, street="Havenkade", postcode="4321 ZX")
        ),
        a_leaver("Can", replace(mother, language="Engels"), father),
        a_leaver(LONG, *parents(42), prefix="van den", surname="Bergh-Żółkiewska van Wassenaar"),
    ]


@pytest.fixture
def children(school: School) -> dict[str, str]:
    """Identifiers by call name; everybody has authority, but the father of Sem."""
    found = group_eight(school, *the_group())
    assert len(found) == 24
    with school.reading() as session:
        links = guardianships(session, list(found.values()))
    for pupil_id, carers in links.items():
        for each in carers:
            give_authority(school, pupil_id, full_name(each.guardian), Authority.YES)
    give_authority(school, found["Sem"], "Vader30 Yıldız", Authority.NO)
    return found


def where_to(name: str) -> MoveEntry:
    to = {
        "Kind17": MoveEntry(MoveKind.SO, BRIDGE, SUMMER),
        "Kind18": MoveEntry(MoveKind.ABROAD, ABROAD, SUMMER),
    }
    college = COLLEGE if name < "Kind10" else LYCEUM
    return to.get(name, MoveEntry(MoveKind.VO, college, SUMMER))


def ids_of(school: School, pupil_id: str) -> list[str]:
    """The guardians who must see the report."""
    shown = row(school, pupil_id)
    return [each.guardian_id for each in shown.carers if each.authority is not Authority.NO]


def test_a_whole_spring(school: School, clock: SetClock, children: dict[str, str]) -> None:
    moves = _everybody_is_planned(school, children)
    _everybody_is_invited(school, children)
    clock.moment += timedelta(days=2)
    _an_evening_for_parents(school, children, moves)
    _one_parent_objects_and_is_never_reached(school, clock, children["Noor"], moves["Noor"])
    _everything_goes_but_one(school, moves)
    _the_papers_tell_it(school, children)


def _everybody_is_planned(school: School, children: dict[str, str]) -> dict[str, str]:
    """In one go, from a list that remembers; gives the moves by name."""
    plan_moves(school, {pupil: where_to(name) for name, pupil in children.items()})
    assert counts(school)[State.NO_REPORT] == 24
    moves = {name: move_of(school, pupil) for name, pupil in children.items()}
    for name, move in moves.items():
        make_report(school, move, REPORT, WHY if name == "Noor" else PLAIN)
    return moves


def _everybody_is_invited(school: School, children: dict[str, str]) -> None:
    """One letter for each address, to nobody without authority."""
    paper = Paper()
    letters = print_invitations(school, paper)
    assert len(letters) == 24 + 2, "two for Noor and for Veilig, whose parents live apart"
    noors = [page for page in paper.pages if "het rapport van Noor" in page]
    assert ["Lindelaan 1" in page for page in noors] == [True, False]
    assert ["Havenkade 9" in page for page in noors] == [False, True]
    assert "Lindelaan 51" not in paper.text, "the secret address of a parent of Veilig"
    veilig = [page for page in paper.pages if "het rapport van Veilig" in page]
    assert ["Uit te delen in de klas" in page for page in veilig] == [True, False]
    assert sum("You can see the report about Can" in page for page in paper.pages) == 1
    assert "T.a.v. Vader40" in paper.text, "an institution gets it for the attention of somebody"
    assert print_invitations(school, Paper()).reprinted == 26
    assert counts(school)[State.WAITING] == 24
    sem = {each.name: each for each in row(school, children["Sem"]).carers}
    assert sem["Moeder30 van der Sluis"].invited_on == TODAY
    assert sem["Vader30 Yıldız"].invited_on is None


def _an_evening_for_parents(
    school: School, children: dict[str, str], moves: dict[str, str]
) -> None:
    """Each in one of the four ways the school can prove."""
    today = school.clock.today()
    late = {"Noor", "Kind03"}
    for number, (name, pupil) in enumerate(children.items()):
        if name not in late:
            way = list(Proof)[number % 4]
            seen_by = ids_of(school, pupil)
            record_inzage(school, moves[name], seen_by, today, way, copy_given=True)
    anna = guardian(school, children["Noor"], ANNA)
    record_inzage(school, moves["Noor"], [anna], today, Proof.CONVERSATION)
    text = "Mijn dochter is thuis niet stil. Dat moet erbij."
    add_remark(school, moves["Noor"], anna, RemarkKind.REMARK, text, today)
    fact = "Zij is niet blijven zitten."
    add_remark(school, moves["Noor"], anna, RemarkKind.CORRECTION, fact, today)


def _one_parent_objects_and_is_never_reached(
    school: School, clock: SetClock, noor: str, move: str
) -> None:
    """That he objects is no reason to wait, and no inzage either."""
    with pytest.raises(RefusedError) as early:
        send_report(school, move, clock.today(), SentHow.OSO)
    assert f"{BAS} heeft gezag" in str(early.value) and "opmerking" in str(early.value)
    assert ANNA not in str(early.value)
    with pytest.raises(RefusedError, match="mag nog niet weg"):
        print_accompanying(school, Paper(), noor)

    for remark, outcome in zip(
        row(school, noor).move.remarks,  # type: ignore[union-attr]
        (Outcome.ADDED, Outcome.CORRECTED),
        strict=True,
    ):
        settle_remark(school, remark.id, outcome, clock.today())
    bas = guardian(school, noor, BAS)
    silent = (
        school,
        move,
        bas,
        Excuse.NO_RESPONSE,
        "Reageert op niets; laatst op 22 maart.",
    )
    for note in ("gebeld, voicemail ingesproken", "aangetekende brief"):
        with pytest.raises(RefusedError, match="van de 3 dagen"):
            excuse(*silent)
        clock.moment += timedelta(days=3)
        record_attempt(school, move, bas, clock.today(), note)
    with pytest.raises(RefusedError):
        send_report(school, move, clock.today(), SentHow.OSO)
    excuse(*silent)
    scan = attach(school, move, "C:\\Scans\\Noor.png", a_picture("brief"), guardian_id=bas)
    assert [each.name for each in evidence(school, move)] == ["Noor.png"]
    assert read_evidence(school, scan).media_type == "image/png"


def _everything_goes_but_one(school: School, moves: dict[str, str]) -> None:
    """Of Kind03 nobody came."""
    by_paper = {"Kind18"}
    for name, move in moves.items():
        how = SentHow.PAPER if name in by_paper else SentHow.OSO
        if name == "Kind03":
            with pytest.raises(RefusedError, match="Moeder3"):
                send_report(school, move, school.clock.today(), how)
        else:
            send_report(school, move, school.clock.today(), how)
    assert counts(school)[State.SENT] == 23
    assert not board(school).due
    assert isinstance(school.clock, SetClock)
    school.clock.moment += timedelta(days=7)
    (left,) = board(school).due
    assert left.name == "Kind03 Test" and left.due_on == date(2027, 3, 31)
    keep = {name: row_of(school, moves[name]).keep_until for name in ("Kind01", "Kind17")}
    assert keep == {"Kind01": date(2029, 8, 1), "Kind17": date(2030, 8, 1)}


def _the_papers_tell_it(school: School, children: dict[str, str]) -> None:
    paper = Paper()
    assert len(print_proofs(school, paper)) == 24
    assert not any("Mijn dochter" in page or "blijven zitten" in page for page in paper.pages)
    print_proofs(school, paper, pupil_ids=[children["Noor"]])
    for told in (
        "Lyceum Noorderlicht in Voorbeeldstad (BRIN 97CD01)",
        "versie 1, van 2 maart 2027",
        "hulp bij lezen gaat door",
        "gespreksverslag",
        "zienswijze 17-03-2027",
        "verbeterd 17-03-2027",
        "poging: aangetekende brief",
        "besluit: versturen zonder inzage, geen reactie.",
        "23 maart 2027, OSO, vastgelegd door Directie",
        "draagt de school op",
        "1 bij dit kind bewaard",
        "1 augustus 2029",
    ):
        assert told in paper.text, told
    assert len(print_inzage_list(school, paper)) == 24
    assert "2 van 2 met gezag" in paper.text and "1 van 1 met gezag" in paper.text
    assert "besluit zonder inzage" in paper.text
    print_inzage_forms(school, paper, pupil_ids=[children["Kind03"]])
    assert [page.count("Moeder3") for page in paper.pages] == [1, 0]
    print_accompanying(school, paper, children["Kind18"])
    assert "Aan de directie van" in paper.pages[0] and "KLEVE" in paper.pages[0]
    assert "Not every" not in paper.pages[1] and "saw the report" in paper.pages[1]
    print_accompanying(school, paper, children["Noor"])
    assert "Niet iedere ouder" in paper.text and "zienswijze van een ouder" in paper.text
    print_accompanying(school, paper, children["Veilig"])
    for word in ("Lindelaan", "Havenkade", "geheim", "1234"):
        assert word not in paper.text


def test_leavers_keep_their_proof(school: School, clock: SetClock) -> None:
    noor = group_eight(school, a_leaver("Noor"))["Noor"]
    plan_moves(school, {noor: where_to("Noor")})
    move = move_of(school, noor)
    make_report(school, move, REPORT, PLAIN)
    record_inzage(school, move, ids_of(school, noor), SEEN, Proof.LAS)
    send_report(school, move, TODAY, SentHow.OSO)
    clock.moment = clock.moment.replace(year=2028, month=11)
    store(school, a_row("Mila Test", "M"), school_year=SchoolYear(2028))
    paper = Paper()
    with pytest.raises(RefusedError, match="stapt hier niemand over"):
        print_proofs(school, paper)
    assert len(print_proofs(school, paper, pupil_ids=[noor])) == 1
    assert "15 maart 2027, OSO" in paper.text


def test_who_came_back_begins_anew(school: School, clock: SetClock) -> None:
    """Sent last year, back at school, and in group 8 again: the list of this year knows nothing."""
    noor = group_eight(school, a_leaver("Noor"))["Noor"]
    plan_moves(school, {noor: where_to("Noor")})
    move = move_of(school, noor)
    make_report(school, move, REPORT, PLAIN)
    record_inzage(school, move, ids_of(school, noor), SEEN, Proof.LAS)
    send_report(school, move, TODAY, SentHow.OSO)
    clock.moment = clock.moment.replace(month=11)
    again = a_row("Noor Test", "N", born_on=date(2015, 5, 17), group="8", year_level="8")
    store(school, again, school_year=SchoolYear(2027))
    assert row(school, noor).state is State.NO_MOVE
    print_inzage_list(school, listed := Paper())
    assert "Nog geen overstap" in listed.text and "OSO" not in listed.text
    plan_moves(school, {noor: where_to("Noor")})
    assert row(school, noor).state is State.NO_REPORT
    assert row_of(school, move).state is State.SENT


def test_what_was_not_sent_before_summer_stays_on_the_board_until_it_is(
    school: School, clock: SetClock
) -> None:
    noor = group_eight(school, a_leaver("Noor"))["Noor"]
    plan_moves(school, {noor: where_to("Noor")})
    move = move_of(school, noor)
    make_report(school, move, REPORT, PLAIN)
    record_inzage(school, move, ids_of(school, noor), SEEN, Proof.LAS)
    clock.moment = clock.moment.replace(month=9)
    store(school, a_row("Mila Test", "M"), school_year=SchoolYear(2027))
    late = row(school, noor)
    assert (late.state, late.is_due, late.due_on) == (State.READY, True, date(2027, 7, 31))
    print_inzage_list(school, listed := Paper())
    assert "Noor" in listed.text
    send_report(school, move, clock.today(), SentHow.OSO)
    assert noor not in {each.child.pupil.id for each in board(school).rows}


def test_who_does_not_leave_after_all_is_planned_again_a_year_later(
    school: School, clock: SetClock
) -> None:
    noor = group_eight(school, a_leaver("Noor"))["Noor"]
    plan_moves(school, {noor: where_to("Noor")})
    move = move_of(school, noor)
    make_report(school, move, REPORT, PLAIN)
    clock.moment = clock.moment.replace(month=11)
    again = a_row("Noor Test", "N", born_on=date(2015, 5, 17), group="8", year_level="8")
    store(school, again, school_year=SchoolYear(2027))
    assert row(school, noor).is_due, "the days of last spring are past"
    plan_move(school, noor, MoveEntry(MoveKind.VO, LYCEUM))
    assert move_of(school, noor) == move
    assert row(school, noor).due_on == date(2028, 3, 24)
