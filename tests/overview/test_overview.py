"""What there is to do, and how the school stands."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from schoolprivacy.access import actions as access
from schoolprivacy.access.terms import Role
from schoolprivacy.clock import SetClock
from schoolprivacy.consents.actions import NewDecision, record_decision
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.consents.publications.channels import ChannelEntry, ChannelKind, review_channel
from schoolprivacy.consents.publications.log import NewPublication, record_publication
from schoolprivacy.consents.purposes import reword_purpose, switch_purpose
from schoolprivacy.consents.sharing.actions import NewSharing, start_sharing
from schoolprivacy.consents.sharing.sharings import Road
from schoolprivacy.consents.standing import standing
from schoolprivacy.consents.terms import Answer, Choice, Way
from schoolprivacy.duties import Due, DueKind, Target, Urgency
from schoolprivacy.overview.due import due
from schoolprivacy.overview.first_start import StepKind, mark_looked_at, steps
from schoolprivacy.overview.summary import summary
from schoolprivacy.people.profile import change_profile
from schoolprivacy.people.terms import Authority
from schoolprivacy.registers import found_school
from schoolprivacy.school import School
from tests.consents.log_builders import a_channel, says, two_groups
from tests.people.builders import a_guardian, a_row, carers_of, pupils_of, store
from tests.vault.schools import CHEAP, DIRECTOR, Made, change


def printed(pdf: bytes) -> None:
    assert pdf.startswith(b"%PDF")


def counts(school: School) -> dict[DueKind, int]:
    return {each.kind: each.count for each in due(school)}


def decide(
    school: School, name: str, choice: Choice, *, carer: int = 0, purpose: str = "website"
) -> None:
    guardian = carers_of(school, name)[carer].guardian.id
    pupil = pupils_of(school)[name].pupil.id
    new = NewDecision(
        pupil, purpose, 1, choice, school.clock.today(), Way.DESK, guardian_id=guardian
    )
    record_decision(school, new)


@pytest.fixture
def family(school: School) -> School:
    """Two pupils of one mother, and one of two parents."""
    mother = a_guardian("M. Kanarie", key="G1")
    store(
        school,
        a_row("Aylin Kanarie", key="1", group="Groep 3", guardians=(mother,)),
        a_row("Bram Kanarie", key="2", group="Groep 4", guardians=(mother,)),
        a_row(
            "Cem Meerkoet",
            key="3",
            group="Groep 4",
            guardians=(a_guardian("V. Meerkoet"), a_guardian("W. Meerkoet")),
        ),
    )
    return school


# — what there is to do —


def test_a_new_school_begins_with_what_keeps_it_safe(school: School) -> None:
    assert counts(school) == {
        DueKind.PAPER_KEY: 1,
        DueKind.NO_BACKUP: 1,
        DueKind.SCHOOL_DATA: 2,
        DueKind.NO_SECOND_PLACE: 1,
        DueKind.FIRST_START: 5,
    }


def test_what_is_most_urgent_comes_first_and_everything_says_why(family: School) -> None:
    found = due(family)
    order = [list(Urgency).index(each.urgency) for each in found]
    assert order == sorted(order) and len(set(order)) == 3
    assert all(each.count > 0 for each in found)
    for kind in DueKind:
        one = Due(kind, 1, found[0].urgency, found[0].target)
        assert one.title and one.explanation.endswith(".")


def test_everything_that_was_done_is_gone(made: Made, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    with made.open() as school:
        access.prove_paper_key(school, made.paper_key)
        change_profile(school, board="Bestuur", dpo="fg@school.invalid")
        school.set_backup_place(tmp_path / "stick")
        mark_looked_at(school)
        store(school, a_row(guardians=(a_guardian(),)))
        print_forms(school, printed)
    with made.open() as school:
        assert counts(school) == {DueKind.FAMILIES_WAITED_FOR: 1}


def test_a_school_of_one_person_needs_a_second(tmp_path: Path, clock: SetClock) -> None:
    founded = found_school(
        tmp_path / "alone",
        "De Test",
        "99ZZ",
        director=DIRECTOR,
        clock=clock,
        cost=CHEAP,
        alone=True,
    )
    assert founded.administration is None
    with founded.school as school:
        assert counts(school)[DueKind.ONE_PERSON] == 1
        assert not next(s for s in steps(school) if s.kind is StepKind.SECOND_PERSON).done
        added = access.add_person(school, "Noor", Role.ADMINISTRATION, "vijf gele eenden zwemmen")
        assert DueKind.ONE_PERSON not in counts(school)
        access.remove_person(school, added.id)
        assert counts(school)[DueKind.ONE_PERSON] == 1


def test_a_backup_is_missed_after_a_week_with_changes_only(made: Made) -> None:
    with made.open() as school:
        change(school, "0201234567")
    made.clock.moment += timedelta(days=30)
    with made.open() as school:
        assert DueKind.NO_BACKUP not in counts(school)  # nothing changed since
        change(school, "0207654321")
        assert counts(school)[DueKind.NO_BACKUP] == 1
    with made.open() as school:
        assert DueKind.NO_BACKUP not in counts(school)


def test_pupils_who_were_never_asked_and_have_nobody(family: School) -> None:
    assert counts(family)[DueKind.NEVER_ASKED] == 3
    print_forms(family, printed, group="Groep 3")
    assert counts(family)[DueKind.NEVER_ASKED] == 2
    store(family, a_row("Dunya Alleen", key="4", group="Groep 3"))
    found = counts(family)
    assert (found[DueKind.NEVER_ASKED], found[DueKind.WITHOUT_GUARDIANS]) == (3, 1)


def test_families_are_late_after_the_hand_in_date(made: Made, family: School) -> None:
    print_forms(family, printed)
    found = counts(family)
    assert found[DueKind.FAMILIES_WAITED_FOR] == 2 and DueKind.FAMILIES_LATE not in found
    made.clock.moment += timedelta(days=40)
    found = counts(family)
    assert found[DueKind.FAMILIES_LATE] == 2 and DueKind.FAMILIES_WAITED_FOR not in found


def test_parents_who_do_not_agree_and_who_may_not_decide(family: School) -> None:
    print_forms(family, printed)
    decide(family, "Cem Meerkoet", Choice.GRANTED)
    assert counts(family)[DueKind.UNKNOWN_AUTHORITY] == 1
    decide(family, "Cem Meerkoet", Choice.GRANTED, purpose="newsletter")
    assert counts(family)[DueKind.UNKNOWN_AUTHORITY] == 1  # a person, not an answer


def test_a_wider_use_is_asked_again(family: School) -> None:
    print_forms(family, printed)
    pupil = pupils_of(family)["Aylin Kanarie"].pupil.id
    record_decision(
        family,
        NewDecision(
            pupil,
            "website",
            1,
            Choice.GRANTED,
            family.clock.today(),
            Way.DESK,
            guardian_id=carers_of(family, "Aylin Kanarie")[0].guardian.id,
            declared=Authority.YES,
        ),
    )
    assert DueKind.ASK_AGAIN not in counts(family)
    reword_purpose(family, "website", widens=True, label="Ook elders")
    assert counts(family)[DueKind.ASK_AGAIN] == 1


def test_what_is_shown_and_shared_asks_for_care(made: Made, school: School) -> None:
    noor, today = two_groups(school)["Noor"], school.clock.today()
    channel = a_channel(school)
    a_channel(school, ChannelEntry("Oude site", ChannelKind.WEBSITE))
    assert counts(school)[DueKind.CHANNELS_WITHOUT_PURPOSE] == 1
    record_publication(school, NewPublication("Reis", today, channel, pupil_ids=(noor,)))
    says(school, noor, Choice.REFUSED)
    assert counts(school)[DueKind.TAKE_DOWNS] == 1
    until = today + timedelta(days=10)
    new = NewSharing("Bureau Leer", "steun", "de toets", today, until, Road.SCHOOL, [noor])
    start_sharing(school, new)
    found = counts(school)
    assert found[DueKind.SHARINGS_ENDING] == found[DueKind.SHARINGS_UNANSWERED] == 1
    assert found[DueKind.CHANNELS_TO_REVIEW] == 2 and DueKind.LIST_COPIES not in found
    review_channel(school, channel, today)
    assert counts(school)[DueKind.CHANNELS_TO_REVIEW] == 1
    targets = {each.kind: each.target for each in due(school)}
    assert targets[DueKind.TAKE_DOWNS] is Target.TAKE_DOWN
    made.clock.moment += timedelta(days=800)
    found = counts(school)
    assert found[DueKind.CHANNELS_TO_REVIEW] == 2 and DueKind.SHARINGS_ENDING not in found


# — in numbers —


def test_the_numbers_fit_together(family: School) -> None:
    print_forms(family, printed)
    decide(family, "Aylin Kanarie", Choice.REFUSED)
    now, whole = summary(family), standing(family)
    assert (now.pupils, now.families, now.families_waited_for) == (3, 2, 2)
    assert [(g.name, g.pupils) for g in now.groups] == [("Groep 3", 1), ("Groep 4", 2)]
    total: Counter[Answer] = Counter()
    for group in now.groups:
        assert set(group.answers) == set(Answer)
        total.update(group.answers)
    assert {each.value: total[each] for each in Answer} == whole.answers
    assert now.groups[0].answers[Answer.REFUSED] == 1
    assert now.last_backup is not None and now.backup_age == timedelta(0)


def test_a_school_without_anybody_has_numbers_too(school: School) -> None:
    now = summary(school)
    assert (now.pupils, now.families, now.groups, now.last_backup) == (0, 0, (), None)
    for purpose in ("website", "newsletter"):
        switch_purpose(school, purpose, on=False)
    assert due(school)


# — the first steps —


def test_the_steps_follow_from_what_is_there(made: Made) -> None:
    def done(school: School) -> set[StepKind]:
        return {each.kind for each in steps(school) if each.done}

    with made.open() as school:
        assert [each.kind for each in steps(school)] == list(StepKind)
        assert done(school) == {StepKind.SECOND_PERSON}
        change_profile(school, board="Bestuur")
        assert StepKind.SCHOOL_DATA not in done(school)
        change_profile(school, dpo="fg@school.invalid")
        mark_looked_at(school)
        mark_looked_at(school)
    with made.open() as school:  # left and resumed
        assert done(school) == {StepKind.SECOND_PERSON, StepKind.SCHOOL_DATA, StepKind.PURPOSES}
        access.prove_paper_key(school, made.paper_key)
        store(school, a_row())
        print_forms(school, printed)
        assert done(school) == set(StepKind)
