"""What was corrected here and the LAS does not know: noted, kept, confirmed by an import."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pypdfium2
import pytest

from schoolprivacy.consents.las_printing import print_las_list, sample_las_list
from schoolprivacy.duties import DueKind
from schoolprivacy.exchange.roster import RosterPupil
from schoolprivacy.overview.due import due
from schoolprivacy.people import importing
from schoolprivacy.people.carers import change_guardian, unlink_guardian
from schoolprivacy.people.difference import Difference
from schoolprivacy.people.editing import add_pupil, change_pupil, pupil_entry
from schoolprivacy.people.entries import GuardianEntry, PupilEntry
from schoolprivacy.people.las import tick_off
from schoolprivacy.people.las_list import las_changes
from schoolprivacy.people.las_rules import Verdict
from schoolprivacy.people.review import las_told
from schoolprivacy.people.terms import Guardian
from schoolprivacy.people.undoing import Undo, undo
from schoolprivacy.registers import about
from schoolprivacy.school import School
from tests.people.builders import (
    MADE,
    a_guardian,
    a_roster,
    a_row,
    a_spreadsheet,
    at,
    carers_of,
    content_of,
    doubts_of,
    kinds_of,
    pupils_of,
    reached,
    rows_of,
    store,
)
from tests.vault.schools import refused

JAN = a_guardian("J. Bakker", **reached(1), **at("Dorpsstraat"))
EVA = a_guardian("E. Smit", **reached(2), **at("Havenkade", "9", "4321 ZX"))
SANNE = a_row("Sanne de Boer", "1", guardians=(JAN, EVA))
NOOR = a_row("Noor Bakker", "2", born_on=date(2017, 1, 2), group="4", guardians=(JAN,))


@pytest.fixture
def there(school: School) -> School:
    """A school whose pupils an import brought."""
    store(school, SANNE, NOOR)
    return school


def change_child(school: School, name: str, **values: Any) -> Undo:
    child = pupils_of(school)[name]
    return change_pupil(school, child.pupil.id, replace(pupil_entry(child), **values))


def carer(school: School, place: int = 0) -> Guardian:
    """The first or second guardian of Sanne, or of whoever she is now."""
    name = next(each for each in pupils_of(school) if not each.startswith("Noor"))
    return carers_of(school, name)[place].guardian


def change_carer(school: School, nth: int = 0, **values: Any) -> Undo:
    who = carer(school, nth)
    typed = {each.name: getattr(who, each.name) for each in fields(Guardian) if each.name != "id"}
    return change_guardian(school, who.id, replace(GuardianEntry(**typed), **values))


def told(school: School, **how: bool) -> list[tuple[str, str, str, str]]:
    return [(e.person, e.field, e.before, e.after) for e in las_changes(school, **how)]


def again(school: School, *rows: RosterPupil, days: int = 1) -> Difference:
    """The next export of the LAS."""
    made_at = MADE + timedelta(days=days)
    (difference,) = importing.apply(school, [a_roster(*rows, made_at=made_at)])
    return difference


def verdicts(difference: Difference) -> list[tuple[str, str]]:
    return [(each.name, each.weighed.verdict.value) for each in difference.las]


# — noting —


def test_what_imports_bring_is_noted_when_it_is_corrected(there: School) -> None:
    change_child(there, "Sanne de Boer", call_name="Sanna", prefix="", born_on=date(2018, 5, 18))
    change_carer(there, phones=("+31612345601", "+31501234567"), email="nieuw@gezin.example")
    change_carer(there, 1, **at("Kerkstraat", "2", "1234 AC"))
    assert told(there)[:3] == [
        ("", "call_name", "Sanne", "Sanna"),
        ("", "surname", "de Boer", "Boer"),
        ("", "born_on", "17-05-2018", "18-05-2018"),
    ]
    assert sorted(told(there)[3:]) == [
        ("E. Smit", "home", "Havenkade 9, 4321 ZX Dorp", "Kerkstraat 2, 1234 AC Dorp"),
        ("J. Bakker", "email", "ouder1@gezin.example", "nieuw@gezin.example"),
        ("J. Bakker", "phones", "06 12345601", "06 12345601, 050 123 4567"),
    ]
    jan = next(each for each in las_changes(there) if each.field == "email")
    assert jan.pupils == ("Sanna Boer", "Noor Bakker")
    assert (jan.group, jan.label) == ("3", "e-mail")


def test_what_imports_do_not_bring_is_not_noted(there: School) -> None:
    change_child(there, "Sanne de Boer", group="5", came_on=date(2026, 8, 1))
    change_carer(there, language="en")
    assert not told(there)


def test_a_school_that_never_imported_has_no_list(school: School) -> None:
    add_pupil(school, PupilEntry("Amir", "", "Post"))
    change_child(school, "Amir Post", call_name="Amira")
    assert not told(school)


def test_the_same_field_is_one_line_and_changed_back_is_none(there: School) -> None:
    change_child(there, "Sanne de Boer", call_name="Sanna")
    change_child(there, "Sanna de Boer", call_name="Susanna")
    assert told(there) == [("", "call_name", "Sanne", "Susanna")]
    change_child(there, "Susanna de Boer", call_name="Sanne")
    assert not rows_of(there)["las_change"]


def test_undo_of_the_edit_takes_the_line_away(there: School) -> None:
    before = content_of(there)
    first = change_carer(there, email="een@gezin.example")
    undo(there, first)
    assert content_of(there) == before
    change_carer(there, email="een@gezin.example")
    before = content_of(there)
    undo(there, change_carer(there, email="twee@gezin.example"))
    assert content_of(there) == before
    undo(there, change_carer(there, email="ouder1@gezin.example"))
    assert content_of(there) == before


def test_it_counts_among_what_is_due(there: School) -> None:
    assert DueKind.LAS_CHANGES not in {each.kind for each in due(there)}
    change_carer(there, 1, **at("Kerkstraat", "2", "1234 AC"))
    (found,) = (each for each in due(there) if each.kind is DueKind.LAS_CHANGES)
    assert found.count == 1  # an address is one thing to enter


# — the next import —


def test_the_old_value_does_not_come_back_and_is_told(there: School) -> None:
    change_child(there, "Sanne de Boer", call_name="Sanna")
    change_carer(there, 1, **at("Kerkstraat", "2", "1234 AC"))
    before = content_of(there)
    found = again(there, SANNE, NOOR)
    assert content_of(there) == before
    assert found.is_empty
    assert verdicts(found) == [("Sanna de Boer", "still_old"), ("E. Smit", "still_old")]
    assert [each.name for each in found.still_old] == ["Sanna de Boer", "E. Smit"]
    assert las_told(found)[1].startswith("E. Smit: adres staat nog niet goed in het ")


def test_the_new_value_ticks_it_off(there: School) -> None:
    change_child(there, "Sanne de Boer", call_name="Sanna")
    change_carer(there, 1, **at("Kerkstraat", "2", "1234 AC"))
    right = replace(EVA, **at("Kerkstraat", "2", "1234 AC"))
    found = again(there, replace(SANNE, call_name="Sanna", guardians=(JAN, right)))
    assert {verdict for _, verdict in verdicts(found)} == {"confirmed"}
    assert not found.is_empty
    assert not told(there)
    assert len(told(there, done=True)) == 2
    assert all(each.by_import for each in las_changes(there, done=True))
    assert again(there, replace(SANNE, call_name="Sanne"), days=2).of_kind  # the LAS is right again
    assert "Sanne de Boer" in pupils_of(there)


def test_a_third_value_is_newer_than_the_correction(there: School) -> None:
    change_carer(there, 1, **at("Kerkstraat", "2", "1234 AC"))
    third = replace(EVA, **at("Laan", "3", "1234 AD"))
    found = again(there, replace(SANNE, guardians=(JAN, third)))
    assert verdicts(found) == [("E. Smit", "replaced")]
    assert carer(there, 1).street == "Laan"
    assert not told(there)


def test_a_file_that_is_silent_says_nothing(there: School) -> None:
    change_carer(there, 1, email="eva@gezin.example")
    found = again(there, replace(SANNE, guardians=(JAN, replace(EVA, email=""))))
    assert not found.las
    assert carer(there, 1).email == "eva@gezin.example"
    assert len(told(there)) == 1


def test_only_what_was_corrected_is_held(there: School) -> None:
    change_carer(there, 1, email="eva@gezin.example")
    found = again(there, replace(SANNE, guardians=(JAN, replace(EVA, **at("Laan", "3")))))
    assert (carer(there, 1).email, carer(there, 1).street) == ("eva@gezin.example", "Laan")
    assert verdicts(found) == [("E. Smit", "still_old")]


def test_a_secret_that_was_added_stays_and_is_no_question_each_time(there: School) -> None:
    change_carer(there, 1, address_secret=True)
    assert told(there) == [("E. Smit", "address_secret", "nee", "ja")]
    open_again = replace(EVA, address_secret=False)
    found = again(there, replace(SANNE, guardians=(JAN, open_again)))
    assert carer(there, 1).address_secret
    assert not doubts_of(found)
    assert verdicts(found) == [("E. Smit", "still_old")]
    again(there, replace(SANNE, guardians=(JAN, replace(EVA, address_secret=True))), days=2)
    assert not told(there)
    assert carer(there, 1).address_secret


def test_a_secret_that_was_lifted_here_comes_back_while_the_las_has_it(there: School) -> None:
    """In doubt it is secret; the line says what to do in the LAS."""
    secret = replace(SANNE, guardians=(JAN, replace(EVA, phone_secret=True)))
    again(there, secret)
    change_carer(there, 1, phone_secret=False)
    found = again(there, secret, days=2)
    assert carer(there, 1).phone_secret
    assert verdicts(found) == [("E. Smit", "still_old")]
    assert [line[1] for line in told(there)] == ["phone_secret"]


def test_a_corrected_name_is_found_under_the_old_name(there: School) -> None:
    """Without a key, and of a parent, too: nobody becomes two people."""
    change_child(there, "Sanne de Boer", call_name="Roos", surname="Kanarie", prefix="")
    change_carer(there, 1, surname="Smit-Kanarie", initials="F.")
    (found,) = importing.apply(there, [a_spreadsheet(replace(SANNE, key=None))])
    assert not found.questions and not kinds_of(found)
    assert set(pupils_of(there)) == {"Roos Kanarie", "Noor Bakker"}
    assert len(carers_of(there, "Roos Kanarie")) == 2
    found = again(there, replace(SANNE, call_name="Roos", surname="Kanarie", prefix=""))
    assert not found.questions
    assert ("Roos Kanarie", "confirmed") in verdicts(found)


def test_both_name_and_birth_date_corrected_still_is_the_same_key(there: School) -> None:
    change_child(there, "Sanne de Boer", call_name="Sanna", born_on=date(2018, 5, 18))
    found = again(there, SANNE)
    assert not found.questions
    assert [verdict for _, verdict in verdicts(found)] == ["still_old", "still_old"]


def test_a_correction_of_spelling_only_waits_for_that_spelling(there: School) -> None:
    change_child(there, "Sanne de Boer", call_name="Sannë")
    assert verdicts(again(there, SANNE)) == [("Sannë de Boer", "still_old")]
    done = again(there, replace(SANNE, call_name="Sannë"), days=2)
    assert verdicts(done) == [("Sannë de Boer", "confirmed")]


def test_undo_of_an_import_puts_ticks_and_values_back(there: School) -> None:
    change_child(there, "Sanne de Boer", call_name="Sanna")
    change_carer(there, 1, **at("Kerkstraat", "2", "1234 AC"))
    before = content_of(there)
    third = replace(EVA, **at("Laan", "3", "1234 AD"))
    again(there, replace(SANNE, call_name="Sanna", guardians=(JAN, third)))
    assert not told(there)
    importing.undo_last(there)
    assert content_of(there) == before


# — ticking off by hand —


def test_ticked_off_by_hand_waits_for_the_import_to_confirm(there: School) -> None:
    change_child(there, "Sanne de Boer", call_name="Sanna")
    (line,) = las_changes(there)
    before = content_of(there)
    change = tick_off(there, line.ids)
    assert not las_changes(there)
    (done,) = las_changes(there, done=True)
    assert (done.done_on, done.by_import) == (there.clock.today(), False)
    undo(there, change)
    assert content_of(there) == before

    tick_off(there, line.ids)
    found = again(there, SANNE)  # it was ticked off, and still is not there
    assert "Sanna de Boer" in pupils_of(there)
    assert verdicts(found) == [("Sanna de Boer", Verdict.STILL_OLD.value)]
    assert told(there) == [("", "call_name", "Sanne", "Sanna")]

    tick_off(there, line.ids)
    again(there, replace(SANNE, call_name="Sanna"), days=2)
    (done,) = las_changes(there, done=True)
    assert done.by_import


def test_what_is_not_on_the_list_cannot_be_ticked_off(there: School) -> None:
    change_child(there, "Sanne de Boer", call_name="Sanna")
    (line,) = las_changes(there)
    tick_off(there, line.ids)
    before = rows_of(there)
    for ids in (line.ids, ["x"], []):
        assert refused(tick_off, there, ids) == "las.unknown"
    assert rows_of(there) == before


# — what else holds —


def test_the_access_report_has_the_corrections(there: School) -> None:
    change_child(there, "Sanne de Boer", call_name="Sanna")
    change_carer(there, email="jan@gezin.example")
    with there.reading() as session:
        for name, expected in (("Sanna de Boer", 2), ("Noor Bakker", 1)):
            kept = about(session, pupils_of(there)[name].pupil.id)
            records = {each.record for each in kept if each.table == "las_change"}
            assert len(records) == expected


def test_a_guardian_who_goes_takes_the_lines_along(there: School) -> None:
    change_carer(there, 1, email="eva@gezin.example")
    before = content_of(there)
    eva, child = carer(there, 1).id, pupils_of(there)["Sanne de Boer"].pupil.id
    change = unlink_guardian(there, child, eva)
    after = rows_of(there)
    assert not after["las_change"]
    assert eva not in {row["id"] for row in after["guardian"]}
    undo(there, change)
    assert content_of(there) == before


# — on paper —


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_the_list_names_pupil_group_person_field_was_and_becomes(there: School) -> None:
    change_child(there, "Noor Bakker", call_name="Noortje")
    change_carer(there, 1, **at("Kerkstraat", "2", "1234 AC"))
    papers: list[bytes] = []
    printed, left_out = print_las_list(there, papers.append)
    text = " ".join(text_of(papers[0]).split())
    assert (len(printed), left_out) == (2, [])
    for part in ("Noortje Bakker", "Groep 4", "E. Smit", "Havenkade 9", "Kerkstraat 2", "roepnaam"):
        assert part in text, part
    last = max(rows_of(there)["audit"], key=lambda row: row["seq"])
    assert last["action"] == "las.printed" and "Noor" not in last["detail"]


def test_nothing_secret_stands_on_the_list(there: School) -> None:
    """Nor what it was before, nor the address of who lives there too, nor that it is secret."""
    change_carer(there, 0, **at("Schuilplaats", "77", "9999 ZZ"), phones=("+31687654321",))
    change_carer(there, 0, address_secret=True, phone_secret=True)
    change_carer(there, 1, **at("Schuilplaats", "77", "9999 ZZ"))
    changes = las_changes(there)
    assert all(each.hidden for each in changes)
    papers: list[bytes] = []
    print_las_list(there, papers.append)
    for text in (*map(text_of, papers), text_of(sample_las_list(there)), repr(changes)):
        for part in ("Schuilplaats", "9999", "87654321", "Dorpsstraat", "Havenkade"):
            assert part not in text, part
    assert "geheim" not in text_of(papers[0])
    assert "zie het programma" in " ".join(text_of(papers[0]).split())


def test_without_changes_there_is_no_paper(there: School) -> None:
    before = rows_of(there)
    papers: list[bytes] = []
    assert refused(print_las_list, there, papers.append) == "las.nothing"
    assert refused(sample_las_list, there) == "las.nothing"
    assert not papers and rows_of(there) == before


def test_what_cannot_be_delivered_is_not_in_the_trail(there: School) -> None:
    change_child(there, "Noor Bakker", call_name="Noortje")
    before = rows_of(there)

    def fail(_: bytes) -> None:
        raise OSError

    with pytest.raises(OSError):
        print_las_list(there, fail)
    assert rows_of(there) == before


def test_what_cannot_be_printed_is_left_out_and_told(school: School) -> None:
    store(school, SANNE, replace(NOOR, call_name="Noor王"))
    change_child(school, "Noor王 Bakker", call_name="Noor")
    papers: list[bytes] = []
    assert refused(print_las_list, school, papers.append) == "paper.missing_glyph"
    change_carer(school, 1, email="eva@gezin.example")
    printed, left_out = print_las_list(school, papers.append)
    assert [each.person for each in printed] == ["E. Smit"]
    assert [each.pupil for each in left_out] == ["Noor Bakker"]
