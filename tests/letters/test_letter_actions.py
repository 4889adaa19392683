"""A school words its letters itself: kept as versions, warned of what is missing, printed."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.letter_papers import (
    ConflictLetter,
    LetterItem,
    WithdrawalLetter,
    WithdrawnItem,
    conflict_letters,
    withdrawal_letters,
)
from schoolprivacy.consents.papers import (
    FormRow,
    ReminderChild,
    ReminderLetter,
    consent_forms,
    form_pages,
    reminder_letters,
)
from schoolprivacy.consents.rounds.papers import (
    CheckLetter,
    ChoicesLetter,
    Section,
    check_pages,
    choices_letters,
)
from schoolprivacy.consents.sharing.papers import RequestSheet, SharingPaper, sharing_requests
from schoolprivacy.consents.team.papers import TeamForm, TeamQuestions, TeamRow, team_forms
from schoolprivacy.consents.terms import PurposeKind
from schoolprivacy.errors import KnownError, RefusedError
from schoolprivacy.letters import actions
from schoolprivacy.letters.letterhead import school_paper
from schoolprivacy.letters.records import letter_wording
from schoolprivacy.letters.terms import DUTCH, letter_of
from schoolprivacy.paper.letter_text import shipped_text
from schoolprivacy.paper.sender import OwnText, SchoolPaper
from schoolprivacy.school import School
from schoolprivacy.schoolyear import SchoolYear
from tests.consents.families import MOTHER, Paper, a_child, audit_lines, enrol
from tests.consents.paper_builders import MADE, SCHOOL, a_code, a_sheet
from tests.paper.reading import text_of, texts_of

REST = "consent_request_same"
OWN = shipped_text(REST).replace("## Vrije keuze", "## U kiest zelf")


def part(school: School, name: str = REST, language: str = DUTCH) -> actions.LetterPart:
    (found,) = [
        each
        for each in actions.read_letters(school)
        if (each.part.name, each.language) == (name, language)
    ]
    return found


def test_a_school_starts_with_the_texts_that_ship(school: School) -> None:
    found = part(school)
    assert (found.version, found.is_own, found.is_behind) == (0, False, False)
    assert found.body == shipped_text(REST)
    assert found.part.title == "Rest van de brief"
    assert {each.language for each in actions.read_letters(school)} >= {"nl", "en"}


def test_versions_are_kept_and_the_shipped_text_can_come_back(school: School) -> None:
    assert actions.change_letter(school, REST, DUTCH, OWN) == 1
    second = OWN.replace("U kiest zelf", "Kies vrij").replace("\n", "\r\n")
    assert actions.change_letter(school, REST, DUTCH, second) == 2
    assert actions.restore_shipped(school, REST, DUTCH) == 3
    bodies = [each.body for each in actions.history(school, REST, DUTCH)]
    assert bodies == [shipped_text(REST), OWN, second.replace("\r\n", "\n"), shipped_text(REST)]
    now = part(school)
    assert (now.version, now.is_own) == (3, False)
    assert actions.change_letter(school, REST, DUTCH, bodies[1]) == 4


def test_what_changes_nothing_is_refused(school: School) -> None:
    before = audit_lines(school)
    for act in (
        lambda: actions.change_letter(school, REST, DUTCH, shipped_text(REST)),
        lambda: actions.restore_shipped(school, REST, DUTCH),
        lambda: actions.change_letter(school, "leesmij", DUTCH, "tekst"),
        lambda: actions.change_letter(school, REST, "xx", "tekst"),
        lambda: actions.change_letter(school, REST, DUTCH, "{{ wie }}"),
    ):
        with pytest.raises(RefusedError) as refused:
            act()
        assert str(refused.value)
    assert audit_lines(school) == before


def test_a_required_part_is_not_lost_without_a_warning_that_names_the_article(
    school: School,
) -> None:
    without = OWN.replace("{{ how_to_withdraw }}", "vraag het na")
    (missing,) = actions.check_letter(school, REST, DUTCH, without)
    assert missing.key == "withdraw"
    assert "AVG art. 7 lid 3 en art. 13 lid 2 onder c" in missing.text
    with pytest.raises(RefusedError) as refused:
        actions.change_letter(school, REST, DUTCH, without)
    assert refused.value.key == "letter.required" and missing.text in str(refused.value)
    assert part(school).version == 0
    assert actions.change_letter(school, REST, DUTCH, without, despite={"withdraw"}) == 1


def test_every_required_part_is_missed_when_nothing_is_left(school: School) -> None:
    missing = {each.key for each in actions.check_letter(school, REST, DUTCH, "Beste ouders,")}
    above = {"child", "hand_in"}  # these stand in the upper part
    assert missing == {each.key for each in letter_of(REST).required} - above


def test_a_text_that_does_not_fit_its_page_is_not_stored(school: School) -> None:
    with pytest.raises(KnownError) as refused:
        actions.change_letter(school, REST, DUTCH, OWN + "\nEn nog veel meer uitleg." * 120)
    assert refused.value.key == "paper.letter_too_long"
    with pytest.raises(KnownError) as refused:
        actions.change_letter(school, REST, DUTCH, OWN + "\nשלום")
    assert refused.value.key == "paper.missing_glyph"
    assert part(school).version == 0


def test_the_preview_shows_what_is_being_written_and_stores_nothing(school: School) -> None:
    before = audit_lines(school)
    shown = text_of(actions.sample(school, REST, DUTCH, OWN), 0)
    assert "U kiest zelf" in shown and "Aylin Yılmaz" in shown and "VOORBEELD" in shown
    assert "Sociale media" in shown
    less = text_of(actions.sample(school, REST, DUTCH, OWN, {"social_media": False}), 0)
    assert "Sociale media" not in less
    assert "Free choice" in text_of(actions.sample(school, REST, "en"), 0)
    with pytest.raises(RefusedError):
        actions.sample(school, REST, DUTCH, "{{ nee")
    with school.reading() as session:
        assert not session.execute(sa.select(letter_wording)).all()
    assert audit_lines(school) == before


def test_the_school_s_own_text_is_printed(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    actions.change_letter(school, REST, DUTCH, OWN)
    paper = Paper()
    print_forms(school, paper)
    assert "U kiest zelf" in paper.pages[0] and "Vrije keuze" not in paper.pages[0]
    actions.restore_shipped(school, REST, DUTCH)
    print_forms(school, paper)
    assert "Vrije keuze" in paper.pages[0]


def test_a_translation_of_which_the_dutch_text_changed_says_so(school: School) -> None:
    actions.change_letter(school, REST, DUTCH, OWN)
    assert part(school, REST, "en").is_behind
    english = shipped_text(REST, "en").replace("Free choice", "You choose")
    actions.change_letter(school, REST, "en", english)
    assert not part(school, REST, "en").is_behind
    assert not part(school).is_behind


def test_a_text_tells_since_when_it_is_the_school_s_own_and_a_version_who_made_it(
    school: School,
) -> None:
    assert part(school).since is None
    actions.change_letter(school, REST, DUTCH, OWN)
    assert part(school).since == school.clock.today()
    actions.restore_shipped(school, REST, DUTCH)
    assert part(school).since is None
    assert [each.by for each in actions.history(school, REST, DUTCH)] == [
        "",
        school.who.name,
        school.who.name,
    ]


def test_a_name_in_a_letter_stays_a_name(school: School) -> None:
    actions.change_letter(school, REST, DUTCH, OWN + "\nVoor <b>{{ child }}</b> & wie wil.\n")
    with school.reading() as session:
        own = school_paper(session).texts
    sheet = a_sheet("<b>Bram</b> & {{ school }}")
    assert "Voor <b>Bram</b> & {{ school }} & wie wil." in text_of(
        consent_forms([sheet], replace(SCHOOL, texts=own), MADE), 0
    )


def everything(*names: str) -> SchoolPaper:
    """A school whose texts use all that may be used in them."""
    texts = []
    for name in names:
        letter = letter_of(name)
        values = "".join(f"{{{{ {each.name} }}}} " for each in letter.placeholders)
        held = "".join(f"{{% if {each.name} %}}x{{% endif %}}" for each in letter.conditions)
        texts.append(OwnText(name, DUTCH, f"{values}{held} EINDE"))
    return replace(SCHOOL, texts=tuple(texts))


def test_every_paper_gives_each_of_its_texts_all_that_may_be_used_there() -> None:
    lines, item = ("Aan de ouders", "Laan 1"), LetterItem(PurposeKind.IMAGE, "website")
    withdrawn = WithdrawalLetter(lines, "Anna", "Noor", "", (WithdrawnItem(item, MADE.on),))
    reminder = ReminderLetter(lines, (ReminderChild("Noor", "5", ""),), MADE.on, MADE.on)
    pdfs = (
        consent_forms([a_sheet()], everything("consent_request", REST), MADE),
        reminder_letters([reminder], everything("reminder", "reminder_same"), MADE),
        withdrawal_letters([withdrawn], everything("withdrawal", "withdrawal_same"), MADE),
        conflict_letters(
            [ConflictLetter(lines, "Noor", "", (item,))],
            everything("conflict", "conflict_same"),
            MADE,
        ),
    )
    for pdf in pdfs:
        assert " ".join(texts_of(pdf)).count("EINDE") == 2


def test_so_do_the_papers_of_a_round_of_sharing_and_of_the_team() -> None:
    lines, name = ("Aan de ouders", "Laan 1"), "Rekenhulp"
    choices = ChoicesLetter(lines, (Section("Noor", (("website", "ja"),)),), has_form=True)
    check = CheckLetter(lines, (Section("Noor", (("Roepnaam", "Noor", ""),)),), MADE.on, True)
    row = FormRow("sharing-1", "uitslagen", name, "tot juli", section="sharing")
    shared = SharingPaper(name, "hulp", "uitslagen", MADE.on, MADE.on, row)
    (page,) = form_pages([row])
    request = RequestSheet(lines, "Noor", "5", SchoolYear(2026), MADE.on, MADE.on, a_code(), page)
    team = TeamForm("Anna", "stagiair", MADE.on)
    asked = TeamQuestions((TeamRow("website"),), ())
    pdfs = (
        choices_letters([choices], everything("choices", "choices_same"), MADE),
        check_pages([check], everything("check", "check_same"), MADE),
        sharing_requests(
            [request], shared, everything("sharing_request", "sharing_request_same"), MADE
        ),
        team_forms([team], asked, everything("team_request"), MADE),
    )
    counts = [" ".join(texts_of(pdf)).count("EINDE") for pdf in pdfs]
    assert counts == [2, 2, 2, 1]
