"""Why an answer is what it is, who decides, and how purposes are set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolprivacy.clock import SetClock
from schoolprivacy.consents import actions, purposes
from schoolprivacy.consents.deciding import who_may_decide
from schoolprivacy.consents.entry import open_form
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.history import cell_history, pupil_history
from schoolprivacy.consents.rules import effective_answer, weigh
from schoolprivacy.consents.terms import Answer, Choice, Decision, Verdict, Way
from schoolprivacy.errors import KnownError, RefusedError
from schoolprivacy.people.terms import Authority
from schoolprivacy.school import School
from tests.consents.families import (
    FATHER,
    MOTHER,
    Paper,
    a_child,
    answer_of,
    answered,
    asked,
    carers_of,
    enrol,
)

TODAY = date(2026, 11, 2)
ANNA = "Anna van der Sluis"


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 11, 2, 9, tzinfo=UTC))


def test_parents_without_a_call_name_are_named_by_initials(school: School) -> None:
    one = replace(MOTHER, call_name="", initials="S.", prefix="", surname="Bakker")
    other = replace(FATHER, call_name="", initials="R.", surname="Bakker", relation="vader")
    enrol(school, a_child("Noor", one, other))
    (form,) = asked(school)
    answered(school, form.form, "S. Bakker", Authority.YES, yes="", no="website")
    told = cell_history(school, form.pupil_id, "website")
    assert told.why == "S. Bakker (moeder) zei nee."
    signers = open_form(school, form.form).signers
    assert {each.name for each in signers} == {"S. Bakker", "R. Bakker"}
    deciders = who_may_decide(school, form.pupil_id, TODAY)
    assert {each.name for each in deciders} == {"S. Bakker", "R. Bakker"}


# — whether a decision counts —

DECISIONS = st.builds(
    Decision,
    signer=st.sampled_from(["a", "b"]),
    choice=st.sampled_from(Choice),
    decided_on=st.sampled_from([TODAY - timedelta(days=n) for n in (-1, 0, 1, 9)]),
    authority=st.sampled_from(Authority),
    declared=st.sampled_from([None, Authority.YES, Authority.NO]),
    by_pupil=st.booleans(),
    version=st.sampled_from([1, 2]),
    valid_until=st.sampled_from([None, TODAY, TODAY - timedelta(days=1)]),
    invalidated=st.booleans(),
)


@given(
    st.lists(DECISIONS, max_size=4),
    st.sampled_from([None, date(2018, 1, 1), date(2010, 11, 1)]),
    st.sampled_from([1, 2]),
)
def test_what_counts_explains_the_answer(
    decisions: Sequence[Decision], born_on: date | None, widened_at: int
) -> None:
    verdicts = weigh(decisions, on=TODAY, born_on=born_on, widened_at=widened_at)
    answer = effective_answer(
        decisions, asked=True, on=TODAY, born_on=born_on, widened_at=widened_at
    )
    counting = {
        each.choice
        for each, verdict in zip(decisions, verdicts, strict=True)
        if verdict is Verdict.COUNTS
    }
    if Choice.WITHDRAWN in counting:
        assert answer is Answer.WITHDRAWN
    elif counting == {Choice.GRANTED, Choice.REFUSED}:
        assert answer is Answer.CONFLICT
    elif counting:
        assert (
            answer
            is {
                Choice.GRANTED: Answer.GRANTED,
                Choice.REFUSED: Answer.REFUSED,
            }[counting.pop()]
        )
    else:
        assert answer in (Answer.NO_ANSWER, Answer.EXPIRED)


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        (Decision("a", Choice.GRANTED, TODAY, Authority.YES), Verdict.COUNTS),
        (Decision("a", Choice.REFUSED, TODAY), Verdict.COUNTS),
        (Decision("a", Choice.GRANTED, TODAY), Verdict.AUTHORITY_UNKNOWN),
        (Decision("a", Choice.GRANTED, TODAY, Authority.NO), Verdict.NO_AUTHORITY),
        (
            Decision("a", Choice.GRANTED, TODAY, Authority.YES, Authority.NO),
            Verdict.DECLARED_NONE,
        ),
        (Decision("a", Choice.GRANTED, TODAY + timedelta(days=1)), Verdict.NOT_YET),
        (Decision("pupil", Choice.GRANTED, TODAY, by_pupil=True), Verdict.PARENTS_DECIDE),
        (Decision("a", Choice.REFUSED, TODAY, invalidated=True), Verdict.INVALIDATED),
        (
            Decision("a", Choice.REFUSED, TODAY, valid_until=TODAY - timedelta(days=1)),
            Verdict.PAST,
        ),
    ],
)
def test_why_a_decision_does_not_count(decision: Decision, expected: Verdict) -> None:
    assert weigh([decision], on=TODAY) == [expected]


def test_an_older_decision_of_the_same_person_is_replaced_and_a_narrow_yes_outgrown() -> None:
    yes = Decision("a", Choice.GRANTED, TODAY - timedelta(days=5), Authority.YES)
    no = Decision("a", Choice.REFUSED, TODAY, Authority.YES)
    assert weigh([yes, no], on=TODAY) == [Verdict.REPLACED, Verdict.COUNTS]
    assert weigh([yes], on=TODAY, widened_at=2) == [Verdict.OUTGROWN]
    assert weigh([yes], on=TODAY, born_on=date(2010, 1, 1)) == [Verdict.PUPIL_DECIDES]


# — the history of a cell —


def test_a_conflict_names_who_said_what(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    (form,) = asked(school)
    assert cell_history(school, form.pupil_id, "website").why.startswith("Er is gevraagd")
    assert cell_history(school, form.pupil_id, "youtube").answer is Answer.NOT_ASKED
    answered(school, form.form, ANNA, Authority.YES)
    answered(school, form.form, "Bas Yıldız", Authority.YES, yes="", no="website")
    cell = cell_history(school, form.pupil_id, "website")
    assert cell.answer is Answer.CONFLICT
    assert cell.why == f"{ANNA} (moeder) zei ja, Bas Yıldız (vader) zei nee: telt als nee."
    first = cell.lines[0]
    assert (first.form, first.way, first.declared) == (form.form, Way.PAPER_FORM, Authority.YES)
    assert first.wording.label == "op de openbare website van de school"
    assert first.recorded_by == school.who.name
    assert (first.verdict, first.explanation) == (Verdict.COUNTS, "Telt mee.")


def test_every_answer_is_explained(school: School) -> None:
    purposes.switch_purpose(school, "facebook", on=True)
    enrol(school, a_child("Noor", MOTHER, FATHER))
    (form,) = asked(school)
    answered(school, form.form, ANNA, yes="press")
    press = cell_history(school, form.pupil_id, "press")
    assert press.why.startswith("Wat is geantwoord, telt nu niet mee")
    answered(school, form.form, ANNA, Authority.YES, yes="website facebook newsletter")
    assert cell_history(school, form.pupil_id, "facebook").why.startswith(
        f"{ANNA} (moeder) zei ja. Alle"
    )
    mother = carers_of(school, form.pupil_id)[0].guardian.id
    actions.withdraw(school, form.pupil_id, mother, ["website"], on=TODAY, way=Way.PHONE)
    cell = cell_history(school, form.pupil_id, "website")
    assert cell.why == f"{ANNA} (moeder) trok de toestemming in."
    assert [each.verdict for each in cell.lines] == [Verdict.REPLACED, Verdict.COUNTS]
    assert cell.lines[1].form == ""
    purposes.reword_purpose(school, "newsletter", widens=True, audience="iedereen")
    assert "Vraag het opnieuw" in cell_history(school, form.pupil_id, "newsletter").why


def test_what_was_entered_wrongly_says_who_when_and_why(school: School, clock: SetClock) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    entered = answered(school, form.form, "", Authority.YES)
    clock.moment = datetime(2026, 11, 3, 9, tzinfo=UTC)
    actions.invalidate(school, entered.trace.recorded[0], "verkeerde leerling")
    cell = cell_history(school, form.pupil_id, "website")
    (line,) = cell.lines
    assert line.verdict is Verdict.INVALIDATED
    assert line.invalidated is not None
    assert (line.invalidated.at, line.invalidated.by) == (clock.moment, school.who.name)
    assert line.invalidated.why == "verkeerde leerling"
    assert cell.why.startswith("Er is gevraagd, maar")


def test_the_history_of_a_pupil_tells_forms_and_decisions_in_order(
    school: School, clock: SetClock
) -> None:
    enrol(school, a_child("Noor", MOTHER, FATHER))
    (old,) = asked(school)
    answered(school, old.form, yes="press")
    clock.moment = datetime(2026, 11, 5, 9, tzinfo=UTC)
    (new,) = print_forms(school, Paper(), anew=True)
    answered(school, new.form, "Bas Yıldız", Authority.YES, yes="", no="brochure")
    history = pupil_history(school, old.pupil_id)
    assert [(each.number, each.is_back) for each in history.forms] == [
        (old.form, True),
        (new.form, True),
    ]
    assert history.forms[0].replaced_on == date(2026, 11, 5)
    assert [(each.purpose, each.who) for each in history.decisions] == [
        ("press", "Ondertekenaar niet genoteerd"),
        ("brochure", "Bas Yıldız (vader)"),
    ]


# — deciding —


def a_decision(pupil_id: str, guardian_id: str | None, **changes: object) -> actions.NewDecision:
    new = actions.NewDecision(pupil_id, "website", 1, Choice.GRANTED, TODAY, Way.DESK, guardian_id)
    return replace(new, **changes)  # type: ignore[arg-type]


def test_who_may_decide_and_whose_yes_does_not_count(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER, replace(FATHER, denied_authority=True)))
    (form,) = asked(school)
    mother, father = who_may_decide(school, form.pupil_id, TODAY)
    assert (mother.name, mother.may, mother.remark) == (ANNA, True, "decider.authority_unknown")
    assert (father.relation, father.may, father.remark) == ("vader", True, "decider.no_authority")
    identifier = actions.record_decision(school, a_decision(form.pupil_id, father.guardian_id))
    assert answer_of(school) is Answer.NO_ANSWER
    (line,) = cell_history(school, form.pupil_id, "website").lines
    assert (line.decision_id, line.verdict) == (identifier, Verdict.NO_AUTHORITY)


def test_a_pupil_of_sixteen_decides_and_withdraws(school: School) -> None:
    enrol(school, replace(a_child("Noor", MOTHER), born_on=date(2010, 11, 2)))
    (form,) = asked(school)
    pupil, mother = who_may_decide(school, form.pupil_id, TODAY)
    assert (pupil.guardian_id, pupil.name, pupil.may) == (None, "Noor Test", True)
    assert (mother.may, mother.remark) == (False, "decision.pupil_decides")
    with pytest.raises(RefusedError) as refused:
        actions.record_decision(school, a_decision(form.pupil_id, mother.guardian_id))
    assert refused.value.key == "decision.pupil_decides"
    actions.record_decision(school, a_decision(form.pupil_id, None, by_pupil=True))
    assert answer_of(school) is Answer.GRANTED
    actions.withdraw(school, form.pupil_id, None, ["website"], on=TODAY, way=Way.DESK)
    assert cell_history(school, form.pupil_id, "website").why == (
        "Noor Test trok de toestemming in."
    )
    yesterday = who_may_decide(school, form.pupil_id, TODAY - timedelta(days=1))
    assert [each.may for each in yesterday] == [True]


def test_what_the_rules_forbid_is_not_recorded(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", replace(FATHER, surname="Wit")))
    noor, sem = sorted(asked(school), key=lambda each: each.pupil)
    mine, theirs = (carers_of(school, each.pupil_id)[0].guardian.id for each in (noor, sem))
    for new, key in (
        (a_decision(noor.pupil_id, theirs), "decision.not_guardian"),
        (a_decision(noor.pupil_id, None, by_pupil=True), "decision.parents_decide"),
        (a_decision(noor.pupil_id, None), "decision.parents_decide"),
        (a_decision(noor.pupil_id, mine, purpose="tiktok"), "purpose.unknown"),
        (a_decision(noor.pupil_id, mine, decided_on=date(2026, 11, 3)), "decision.future"),
    ):
        with pytest.raises(RefusedError) as refused:
            actions.record_decision(school, new)
        assert refused.value.key == key
    with pytest.raises(RefusedError):
        actions.withdraw(school, noor.pupil_id, theirs, ["website"], on=TODAY, way=Way.DESK)
    assert pupil_history(school, noor.pupil_id).decisions == ()


def test_a_decision_and_a_withdrawal_are_undone(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER))
    (form,) = asked(school)
    answered(school, form.form, "", Authority.YES)
    mother = carers_of(school, form.pupil_id)[0].guardian.id
    (taken_back,) = actions.withdraw(
        school, form.pupil_id, mother, ["website"], on=TODAY, way=Way.DESK
    )
    actions.undo_decision(school, taken_back)
    assert answer_of(school) is Answer.GRANTED
    with pytest.raises(RefusedError):
        actions.undo_decision(school, taken_back)


# — purposes —


def test_settings_tell_every_wording_and_the_answers_on_it(school: School) -> None:
    enrol(school, a_child("Noor", MOTHER), a_child("Sem", replace(FATHER, surname="Wit")))
    noor, sem = sorted(asked(school), key=lambda each: each.pupil)
    answered(school, noor.form, "", Authority.YES)
    purposes.reword_purpose(school, "website", widens=False, label=" op  onze website ")
    print_forms(school, Paper(), pupil_ids=[sem.pupil_id], anew=True)
    website = purposes.purpose_settings(school)[1]
    assert [each.label for each in website.wordings] == [
        "op de openbare website van de school",
        "op onze website",
    ]
    assert website.answers == {1: 1, 2: 0}
    assert website.purpose.wording.version == 2


@pytest.mark.parametrize(("position", "place"), [(0, 0), (3, 3), (99, 19), (-5, 0)])
def test_a_purpose_moves(school: School, position: int, place: int) -> None:
    before = [each.purpose.code for each in purposes.purpose_settings(school)]
    purposes.move_purpose(school, "press", position)
    after = [each.purpose.code for each in purposes.purpose_settings(school)]
    assert after.index("press") == place
    assert [c for c in after if c != "press"] == [c for c in before if c != "press"]


@pytest.mark.parametrize(
    ("texts", "key"),
    [
        ({"label": "  "}, "purpose.empty"),
        ({"short": ""}, "purpose.empty"),
        ({"short": "x" * 25}, "purpose.short_too_long"),
        ({"label": "op de openbare website van de school "}, "purpose.same"),
        ({"short": "lokale PERS"}, "purpose.twice"),
        ({"label": "lang en breed " * 30}, "form.row_too_long"),
        ({"label": "op 🙂"}, "paper.missing_glyph"),
        ({"short": "نور"}, "paper.missing_glyph"),
    ],
)
def test_a_wording_that_cannot_be_is_not_stored(
    school: School, texts: dict[str, str], key: str
) -> None:
    with pytest.raises(KnownError) as refused:
        purposes.reword_purpose(school, "website", widens=False, **texts)
    assert refused.value.key == key
    assert len(purposes.purpose_settings(school)[1].wordings) == 1


def test_an_unknown_purpose_is_not_set(school: School) -> None:
    for change in (
        lambda: purposes.switch_purpose(school, "tiktok", on=True),
        lambda: purposes.require_all(school, "tiktok", all_must_agree=True),
        lambda: purposes.move_purpose(school, "tiktok", 0),
        lambda: purposes.reword_purpose(school, "tiktok", widens=False, label="x"),
    ):
        with pytest.raises(RefusedError) as refused:
            change()
        assert refused.value.key == "purpose.unknown"


def test_every_default_text_fits_on_the_form_also_when_all_must_agree(school: School) -> None:
    for each in purposes.purpose_settings(school):
        short = f"{each.purpose.wording.short}."
        assert purposes.reword_purpose(school, each.purpose.code, widens=False, short=short) == 2
