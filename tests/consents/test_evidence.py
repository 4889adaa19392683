"""Scans and photos of signed papers: checked, bared of what is not on paper, kept, removed."""

from __future__ import annotations

import zlib
from datetime import date
from io import BytesIO

import pytest
from PIL import Image, ImageChops, PngImagePlugin

from schoolprivacy.consents.evidence import (
    attach,
    evidence,
    read_evidence,
    remove_evidence,
    undo_remove_evidence,
)
from schoolprivacy.consents.forms import print_forms
from schoolprivacy.errors import RefusedError
from schoolprivacy.paper.page import Document
from schoolprivacy.paper.sender import SchoolPaper
from schoolprivacy.people.evidence_files import checked, strip_jpeg, strip_png
from schoolprivacy.school import School
from tests.people.builders import a_guardian, a_row, pupils_of, rows_of, store
from tests.vault.schools import NOW, refused

GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112
CAMERA = "Kanarie Camera 9"


@pytest.fixture
def sanne(school: School) -> str:
    store(
        school,
        a_row("Sanne de Boer", "1", guardians=(a_guardian("J. de Boer"),)),
        a_row("Bo Smit", "2", guardians=(a_guardian("K. Smit"),)),
    )
    return pupils_of(school)["Sanne de Boer"].pupil.id


def a_pdf(text: str = "getekend") -> bytes:
    document = Document(text, SchoolPaper("School"))
    document.text(20, 20, text)
    document.next_page()
    return document.finish()


def a_picture(kind: str = "JPEG", turned: int = 6, **how: object) -> bytes:
    """A photo that tells where and with what it was made."""
    gradient = Image.radial_gradient("L")
    picture = Image.merge("RGB", (gradient, gradient.rotate(90), ImageChops.invert(gradient)))
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION] = CAMERA, turned
    exif.get_ifd(GPS).update({1: "N", 2: (52.0, 5.0, 1.0)})
    out = BytesIO()
    if kind == "PNG":
        told = PngImagePlugin.PngInfo()
        told.add_text("Author", CAMERA)
        picture.save(out, kind, pnginfo=told, exif=exif)
    else:
        picture.save(out, kind, exif=exif, comment=CAMERA.encode(), **how)
    return out.getvalue()


def pixels(content: bytes) -> bytes:
    with Image.open(BytesIO(content)) as picture:
        return picture.convert("RGB").tobytes()


# — kept —


def test_a_paper_is_kept_as_it_is_and_shown_from_memory(school: School, sanne: str) -> None:
    pdf = a_pdf()
    kept = attach(school, sanne, r"C:\scans\van Jan\brief.pdf", pdf, about=" Brief  van moeder ")
    (one,) = evidence(school, sanne)
    assert (one.id, one.name, one.media_type, one.form) == (
        kept,
        "brief.pdf",
        "application/pdf",
        "",
    )
    assert (one.about, one.added_on, one.added_by) == (
        "Brief van moeder",
        NOW.date(),
        school.who.name,
    )
    assert one.size == len(pdf)
    assert read_evidence(school, kept).content == pdf
    assert evidence(school, pupils_of(school)["Bo Smit"].pupil.id) == []


def test_it_belongs_to_a_form_of_this_child(school: School, sanne: str) -> None:
    forms = {each.pupil_id: each.form for each in print_forms(school, lambda _: None)}
    attach(school, sanne, "a.pdf", a_pdf(), form_number=forms[sanne][:8])
    assert evidence(school, sanne)[0].form == forms[sanne]
    (other,) = [form for pupil, form in forms.items() if pupil != sanne]
    before = rows_of(school)
    assert refused(attach, school, sanne, "b.pdf", a_pdf("b"), form_number=other) == (
        "evidence.other_child"
    )
    assert rows_of(school) == before


def test_newest_first_and_the_same_file_once(school: School, sanne: str) -> None:
    first = attach(school, sanne, "a.pdf", a_pdf())
    second = attach(school, sanne, "b.jpg", a_picture())
    assert [each.id for each in evidence(school, sanne)] == [second, first]
    before = rows_of(school)
    assert refused(attach, school, sanne, "c.pdf", a_pdf()) == "evidence.twice"
    assert refused(attach, school, sanne, "d.jpg", a_picture()) == "evidence.twice"
    assert rows_of(school) == before
    attach(school, pupils_of(school)["Bo Smit"].pupil.id, "a.pdf", a_pdf())


def test_a_picture_that_was_removed_is_gone(school: School, sanne: str) -> None:
    kept = attach(school, sanne, "a.jpg", a_picture())
    before = rows_of(school, "audit")
    removed = remove_evidence(school, kept)
    assert evidence(school, sanne) == []
    assert rows_of(school)["attachment"] == []
    assert refused(read_evidence, school, kept) == "evidence.unknown"
    assert refused(remove_evidence, school, kept) == "evidence.unknown"
    assert CAMERA not in repr(removed) and "content" not in repr(removed)
    undo_remove_evidence(school, removed)
    assert rows_of(school, "audit") == before
    assert refused(undo_remove_evidence, school, removed) == "evidence.back_before"


def test_what_was_kept_again_is_not_put_back_twice(school: School, sanne: str) -> None:
    removed = remove_evidence(school, attach(school, sanne, "a.pdf", a_pdf()))
    attach(school, sanne, "a.pdf", a_pdf())
    assert refused(undo_remove_evidence, school, removed) == "evidence.twice"
    assert len(evidence(school, sanne)) == 1


def test_the_trail_tells_no_names(school: School, sanne: str) -> None:
    remove_evidence(school, attach(school, sanne, "sanne.pdf", a_pdf(), about="van moeder"))
    *_, kept, gone = sorted(rows_of(school)["audit"], key=lambda row: int(row["seq"]))
    assert [kept["action"], gone["action"]] == ["evidence.attached", "evidence.removed"]
    assert kept["about"] == sanne
    assert "sanne.pdf" not in kept["detail"] and "moeder" not in kept["detail"]


# — refused —


def png_of(across: int, down: int) -> bytes:
    """A picture that says it is this large and holds nothing."""
    content = bytearray(a_picture("PNG"))
    content[16:24] = across.to_bytes(4) + down.to_bytes(4)
    content[29:33] = zlib.crc32(bytes(content[12:29])).to_bytes(4)
    return bytes(content)


BROKEN = {
    "nothing": (b"", "evidence.empty"),
    "a text": (b"hallo", "attachment.kind"),
    "too large": (b"%PDF-" + bytes(10 * 1024**2), "attachment.large"),
    "half a pdf": (a_pdf()[:200], "evidence.broken"),
    "a pdf by name": (b"%PDF-1.7 niets", "evidence.broken"),
    "a jpeg by name": (b"\xff\xd8\xff\xe0", "evidence.broken"),
    "half a jpeg": (a_picture()[:-3000], "evidence.broken"),
    "the end of a jpeg lost": (a_picture()[:-2], "evidence.broken"),
    "half a png": (a_picture("PNG")[:-3000], "evidence.broken"),
    "a png with a fault": (a_picture("PNG").replace(b"IDAT", b"IDAT\0", 1), "evidence.broken"),
    "wide": (png_of(9000, 9000), "evidence.wide"),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_what_cannot_be_opened_is_refused(school: School, sanne: str, name: str) -> None:
    content, key = BROKEN[name]
    before = rows_of(school)
    assert refused(attach, school, sanne, "a.pdf", content) == key
    assert rows_of(school) == before


def test_a_pdf_with_a_password_is_refused(school: School, sanne: str) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("geheim"))
    canvas.drawString(100, 100, "getekend")
    canvas.save()
    assert refused(attach, school, sanne, "a.pdf", out.getvalue()) == "evidence.locked"


def test_a_long_remark_or_an_unknown_child_is_refused(school: School, sanne: str) -> None:
    assert refused(attach, school, sanne, "a.pdf", a_pdf(), about="x" * 201) == "evidence.about"
    assert refused(attach, school, "x", "a.pdf", a_pdf()) == "pupil.unknown"


# — what is left out of a photo —


@pytest.mark.parametrize("how", [{}, {"progressive": True}, {"subsampling": 2, "quality": 30}])
def test_a_jpeg_loses_everything_but_the_picture(how: dict[str, object]) -> None:
    whole = a_picture(**how)
    bare = checked(whole + b"achter het beeld " + CAMERA.encode())
    assert CAMERA.encode() in whole and CAMERA.encode() not in bare
    assert pixels(bare) == pixels(whole)
    with Image.open(BytesIO(bare)) as picture:
        assert dict(picture.getexif()) == {ORIENTATION: 6}
        assert "comment" not in picture.info
    assert strip_jpeg(bare) == bare


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photo_still_stands_upright(turned: int) -> None:
    with Image.open(BytesIO(checked(a_picture(turned=turned)))) as picture:
        assert picture.getexif().get(ORIENTATION, 1) == turned


def test_a_colour_profile_stays_and_another_does_not() -> None:
    whole = a_picture(icc_profile=b"kleuren" * 100)
    hidden = b"\xff\xe2" + (20).to_bytes(2) + b"MPF\0" + bytes(14)
    bare = strip_jpeg(whole[:2] + hidden + whole[2:])
    assert b"kleuren" in bare and b"MPF" not in bare


def test_a_png_loses_everything_but_the_picture() -> None:
    whole = a_picture("PNG")
    bare = checked(whole + CAMERA.encode())
    assert CAMERA.encode() in whole and CAMERA.encode() not in bare
    assert pixels(bare) == pixels(whole)
    assert strip_png(bare) == bare


def test_a_day_is_told_the_dutch_way(school: School, sanne: str) -> None:
    attach(school, sanne, "a.pdf", a_pdf())
    with pytest.raises(RefusedError, match=f"{date(2026, 11, 2):%d-%m-%Y}"):
        attach(school, sanne, "a.pdf", a_pdf())
