"""Who signed: found among a child's guardians by a written name, or made known now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schoolprivacy.errors import RefusedError
from schoolprivacy.people.guardians import add_guardian, find_guardian, settle_authority
from schoolprivacy.people.terms import Authority, AuthoritySource, Guardian, Guardianship
from schoolprivacy.school import School
from tests.people.builders import a_guardian, a_row, carers_of, pupils_of, store

NYNKE = Guardian("nynke", initials="N.A.", call_name="Nynke", prefix="van der", surname="Sluis")
JAN = Guardian("jan", initials="J.", surname="Bakker")
JOKE = Guardian("joke", initials="J.", call_name="Joke", surname="Bakker")
WARD = Guardian("ward", institution="Voogdij Voorbeeld", initials="K.", surname="Smit")


def of(*guardians: Guardian) -> list[Guardianship]:
    return [Guardianship(each) for each in guardians]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Nynke van der Sluis", "nynke"),
        ("nynke VAN DER sluis", "nynke"),
        ("N. van der Sluis", "nynke"),
        ("N.A. van der Sluis", "nynke"),
        ("N.A. (Nynke) van der Sluis", "nynke"),
        ("mevr. N. van der Sluis", "nynke"),
        ("Sluis, N. van der", "nynke"),
        ("Ñynke van der Sluïs", "nynke"),
        ("J. Bakker", "jan"),
        ("Jan Bakker", "jan"),
        ("voogdij voorbeeld", "ward"),
        ("K. van der Sluis", None),
        ("Noor Post", None),
    ],
)
def test_a_written_name_means_a_guardian(name: str, found: str | None) -> None:
    link = find_guardian(of(NYNKE, JAN, WARD), name)
    assert (link and link.guardian.id) == found


@pytest.mark.parametrize("name", ["J. Bakker", "J Bakker", "Bakker, J."])
def test_a_name_of_two_is_refused(name: str) -> None:
    with pytest.raises(RefusedError, match="Bakker"):
        find_guardian(of(JOKE, JAN, replace(JAN, id="other")), name)


def test_a_full_name_goes_before_an_initial() -> None:
    link = find_guardian(of(JAN, JOKE), "Joke Bakker")
    assert link and link.guardian.id == "joke"


@pytest.mark.parametrize("name", ["?", "-", "...", "", "🦄", "x"])
def test_a_scribble_means_nobody(name: str) -> None:
    """An empty name of an institution is no way of writing anybody."""
    assert find_guardian(of(NYNKE), name) is None


@pytest.fixture
def pupil_id(school: School) -> str:
    store(school, a_row(guardians=(a_guardian("J. Bakker"),)))
    return pupils_of(school)["Sanne de Boer"].pupil.id


@pytest.mark.parametrize(
    ("declared", "source"),
    [
        (Authority.YES, AuthoritySource.FORM),
        (Authority.NO, AuthoritySource.FORM),
        (None, AuthoritySource.NONE),
    ],
)
def test_a_signer_nobody_knew_becomes_a_guardian_behind_the_others(
    school: School, pupil_id: str, declared: Authority | None, source: AuthoritySource
) -> None:
    with school.transaction() as session:
        made = add_guardian(session, pupil_id, "Mevr. N. van der Sluis", declared)
        session.audit("test")
    first, second = carers_of(school, "Sanne de Boer")
    assert first.guardian.surname == "Bakker"
    who = second.guardian
    assert (who.id, who.initials, who.prefix, who.surname) == (made, "N.", "van der", "Sluis")
    assert (second.authority, second.authority_source) == (declared or Authority.UNKNOWN, source)


@pytest.mark.parametrize("name", ["", "?", " - ", "🦄", "mevr."])
def test_what_is_no_name_makes_nobody(school: School, pupil_id: str, name: str) -> None:
    with pytest.raises(RefusedError), school.transaction() as session:
        add_guardian(session, pupil_id, name, None)
    assert len(carers_of(school, "Sanne de Boer")) == 1


@pytest.mark.parametrize("name", ["محمد علي", "王小明", "Đặng"])
def test_names_in_any_script_are_names(school: School, pupil_id: str, name: str) -> None:
    with school.transaction() as session:
        add_guardian(session, pupil_id, name, None)
        session.audit("test")
    found = find_guardian(carers_of(school, "Sanne de Boer"), name)
    assert found is not None


def test_a_declaration_settles_what_was_unknown_and_no_more(school: School, pupil_id: str) -> None:
    def declare(declared: Authority | None) -> Authority:
        (signer,) = carers_of(school, "Sanne de Boer")
        with school.transaction() as session:
            session.audit("test")
            return settle_authority(session, pupil_id, signer, declared)

    assert declare(None) is Authority.UNKNOWN
    assert declare(Authority.YES) is Authority.YES
    assert declare(Authority.NO) is Authority.YES  # the office has to look at this
    (link,) = carers_of(school, "Sanne de Boer")
    assert (link.authority, link.authority_source) == (Authority.YES, AuthoritySource.FORM)
