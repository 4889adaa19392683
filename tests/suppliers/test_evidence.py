"""Scans of agreements and sheets: encrypted, shown from memory, taken away with undo."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
import sqlalchemy as sa
from PIL import Image

from schoolprivacy.access.terms import Role
from schoolprivacy.errors import KnownError
from schoolprivacy.people.undoing import undo
from schoolprivacy.school import School, StaffMember
from schoolprivacy.suppliers.evidence import attach, evidence, read_evidence, remove_evidence
from schoolprivacy.suppliers.printing import print_wish_form
from schoolprivacy.suppliers.products import remove_product
from schoolprivacy.suppliers.terms import Paper
from schoolprivacy.vault.tables import attachment
from tests.suppliers.builders import a_product


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(KnownError) as told:
        act()
    return told.value.key


def a_scan(school: School) -> bytes:
    """A real PDF."""
    kept: list[bytes] = []
    print_wish_form(school, kept.append)
    return kept[0]


def a_photo() -> bytes:
    file = BytesIO()
    Image.new("RGB", (60, 40), (10, 120, 200)).save(file, "JPEG", comment=b"gemaakt op Lindelaan")
    return file.getvalue()


def test_a_scan_comes_back_as_it_was_and_lies_nowhere_readable(school: School) -> None:
    one, scan = a_product(school), a_scan(school)
    key = attach(school, one, "C:\\map\\overeenkomst.pdf", scan, Paper.AGREEMENT, about="getekend")
    (kept,) = evidence(school, one)
    assert (kept.id, kept.name, kept.paper, kept.about) == (
        key,
        "overeenkomst.pdf",
        Paper.AGREEMENT,
        "getekend",
    )
    assert read_evidence(school, key).content == scan
    for file in school.folder.rglob("*"):
        if file.is_file():
            assert (
                scan[:64] not in file.read_bytes() and b"overeenkomst.pdf" not in file.read_bytes()
            )


def test_an_agreement_is_shown_with_every_product_of_its_supplier(school: School) -> None:
    one, two = a_product(school), a_product(school, "Taalaar")
    other = a_product(school, "Anders", "Ander bedrijf")
    attach(school, one, "a.pdf", a_scan(school), Paper.AGREEMENT)
    attach(school, one, "b.jpg", a_photo(), Paper.BIJSLUITER)
    assert [each.name for each in evidence(school, two)] == ["a.pdf"]
    assert [each.name for each in evidence(school, one)] == ["b.jpg", "a.pdf"]
    assert evidence(school, other) == []


def test_what_a_photo_tells_of_where_it_was_made_is_left_out(school: School) -> None:
    one = a_product(school)
    key = attach(school, one, "b.jpg", a_photo(), Paper.OTHER)
    assert b"Lindelaan" in a_photo() and b"Lindelaan" not in read_evidence(school, key).content


def test_bad_files(school: School) -> None:
    one = a_product(school)
    for content, key in (
        (b"", "evidence.empty"),
        (b"%PDF-1.4 kapot", "evidence.broken"),
        (b"zomaar tekst", "attachment.kind"),
    ):
        assert refused(lambda c=content: attach(school, one, "x.pdf", c, Paper.OTHER)) == key  # type: ignore[misc]
    scan = a_scan(school)
    attach(school, one, "x.pdf", scan, Paper.OTHER)
    assert refused(lambda: attach(school, one, "y.pdf", scan, Paper.ANNEX)) == "evidence.twice"
    assert refused(lambda: attach(school, "nix", "y.pdf", scan, Paper.ANNEX)) == "supplier.unknown"
    assert len(evidence(school, one)) == 1


def test_taken_away_and_back(school: School) -> None:
    one, scan = a_product(school), a_scan(school)
    key = attach(school, one, "x.pdf", scan, Paper.DELETION)
    assert refused(lambda: remove_product(school, one)) == "supplier.kept"
    change = remove_evidence(school, key)
    with school.reading() as session:
        assert session.execute(sa.select(attachment)).all() == []
    assert refused(lambda: read_evidence(school, key)) == "evidence.unknown"
    undo(school, change)
    assert read_evidence(school, key).content == scan


def test_who_may_not_sees_no_scan(school: School) -> None:
    one = a_product(school)
    key = attach(school, one, "x.pdf", a_scan(school), Paper.OTHER)
    school.who = StaffMember(school.who.id, "Iemand", Role.ADMINISTRATION)
    for act in (
        lambda: evidence(school, one),
        lambda: read_evidence(school, key),
        lambda: remove_evidence(school, key),
    ):
        assert refused(act) == "role_may_not.suppliers"
