"""The school itself: its BRIN, its letterhead, its logo."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from schoolprivacy.consents.printing import school_paper
from schoolprivacy.errors import KnownError, RefusedError
from schoolprivacy.people.profile import (
    change_profile,
    new_profile,
    read_logo,
    read_profile,
    remove_logo,
    set_logo,
)
from schoolprivacy.school import School


def a_picture(kind: str) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (40, 20), "#1f5fbf").save(written, kind)
    return written.getvalue()


@pytest.mark.parametrize(
    ("written", "brin", "location"), [("99ZZ", "99ZZ", ""), ("99zz01", "99ZZ", "01")]
)
def test_a_brin_is_read_with_and_without_location(written: str, brin: str, location: str) -> None:
    profile = new_profile("De Papieren Draak", written)
    assert (profile.brin, profile.location) == (brin, location)


@pytest.mark.parametrize(("name", "brin"), [("Draak", "ZZ99"), ("Draak", ""), (" ", "99ZZ")])
def test_what_is_no_school_is_refused(name: str, brin: str) -> None:
    with pytest.raises(RefusedError):
        new_profile(name, brin)


def test_what_the_school_changes_stands_on_its_paper(school: School) -> None:
    change_profile(
        school, street="Voorbeeldplein 1", postcode="9999 ZZ", place="Dorp", phone="0612345678"
    )
    set_logo(school, "logo.png", a_picture("PNG"))
    with school.reading() as session:
        assert read_profile(session).street == "Voorbeeldplein 1"
        paper = school_paper(session)
    assert paper.address_lines == ("Voorbeeldplein 1", "9999 ZZ  Dorp")
    assert paper.phone == "06 12345678" and paper.logo == a_picture("PNG")


def test_a_logo_is_taken_off_the_paper(school: School) -> None:
    set_logo(school, "logo.png", a_picture("PNG"))
    remove_logo(school)
    with school.reading() as session:
        assert read_logo(session) is None


@pytest.mark.parametrize("content", [b"%PDF-1.7 no logo", a_picture("GIF"), b""])
def test_a_logo_is_a_picture_that_prints(school: School, content: bytes) -> None:
    with pytest.raises(KnownError):
        set_logo(school, "logo", content)
    with school.reading() as session:
        assert school_paper(session).logo is None


@pytest.mark.parametrize(
    "change",
    [
        {"name": " "},
        {"window_side": "midden"},
        {"window_dx": 200.0},
        {"window_dy": float("nan")},
        {"hand_in_days": 0},
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    school: School, change: dict[str, object]
) -> None:
    with school.reading() as session:
        before = read_profile(session)
    with pytest.raises(RefusedError):
        change_profile(school, **change)
    with school.reading() as session:
        assert read_profile(session) == before
