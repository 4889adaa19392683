"""Draws one page of a consent form, always from its stored geometry.

What differs from child to child (name, group, number) is drawn each time; all else is kept once
in the file. No box is ever filled in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schoolprivacy.consents.form_code import show_form_code
from schoolprivacy.consents.form_layout import (
    ROW_TEXT_WIDTH,
    TABLE_LEFT,
    TABLE_RIGHT,
    Area,
    FormPage,
    RowPlace,
)
from schoolprivacy.paper.boxes import draw_box, draw_box_pair, draw_square
from schoolprivacy.paper.fonts import Type, check, fit, wrap
from schoolprivacy.paper.page import (
    HAIRLINE,
    PALE,
    SAMPLE,
    SMALL,
    SMALLEST,
    STRONG,
    TITLE,
    Document,
)
from schoolprivacy.paper.qr import draw_qr

_LEADS = {
    "image": "Foto's en video's waarop mijn kind herkenbaar in beeld is, mogen door de school "
    "worden gebruikt:",
    "contact": "Op de contactlijst van de groep voor schooljaar {year} mag staan:",
    "sharing": "De school mag deze gegevens van mijn kind delen:",
}
_TITLES = {
    "image": "Toestemming voor foto's en video's",
    "contact": "Toestemming voor de contactlijst",
    "sharing": "Toestemming om gegevens te delen",
}
_TITLE_OF_BOTH = "Toestemming: beeld en contactlijst"
_INSTRUCTION = (
    "Zet per regel één kruisje of vinkje binnen het vakje. Vergist? Vraag een nieuw formulier.",
    "Een lege regel is geen antwoord. Geen antwoord = geen toestemming.",
)
_DECLARATION = (
    "Ik heb de brief gelezen. Ik weet dat ik vrij ben om te kiezen en dat ik mijn toestemming "
    "altijd kan intrekken."
)
_LABEL = Type(9)
_NOTE = Type(7, grey=True)
_VALUE = Type(11.5, bold=True)
_LABEL_LEADING, _NOTE_LEADING = 3.7, 3.15
_NAME_ROOM, _GROUP_ROOM = 138.0, 42.0
_CHILD, _GROUP = "de naam van de leerling", "de naam van de groep"
_CAPITALS, _TAILS = 2.27, 0.45
_TEXT_X = 22.0
_SMALL_BOX = 3.2


@dataclass(frozen=True, slots=True)
class FormRow:
    """One purpose as the form asks for it.

    :param purpose: its code
    :param label: the text of the row
    :param audience: who sees the material
    :param keeps: how long it stays there
    :param outside_eea: the service stores outside the European Economic Area (social media)
    :param all_sign: the school asks the consent of all who have parental authority
    :param section: ``image``, ``contact`` or ``sharing``: the question that stands above it
    """

    purpose: str
    label: str
    audience: str = ""
    keeps: str = ""
    outside_eea: bool = False
    all_sign: bool = False
    section: str = "image"


@dataclass(frozen=True, slots=True)
class FormWords:
    """What is the same on every form of a round.

    :param contact_year: for which the contact list is asked
    """

    school: str
    school_year: str
    hand_in_by: str
    rows: tuple[FormRow, ...]
    contact_year: str = ""


def form_title(sections: Iterable[str]) -> str:
    """What a form with these sections is called."""
    kinds = list(dict.fromkeys(sections))
    return _TITLES[kinds[0]] if len(kinds) == 1 else _TITLE_OF_BOTH


def count_lines(row: FormRow) -> int:
    """How many lines of text a row holds; its height follows from it.

    :raises KnownError: ``paper.missing_glyph``
    """
    return len(_label_lines(row)) + len(_note_lines(row))


def draw_form_page(
    document: Document, page: FormPage, words: FormWords, child: str, group: str, code: str
) -> None:
    """Draw the form page of one child; the footer is not part of it.

    :param code: its number; "" on a sample, which is no form
    :raises KnownError: ``paper.missing_glyph``, ``paper.text_too_long``
    """
    document.stamp((page, words), lambda: _draw_same(document, page, words))
    document.text_within(TABLE_LEFT, 40, child, _VALUE, _NAME_ROOM, _CHILD)
    document.text_within(TABLE_LEFT, 51, group, STRONG, _GROUP_ROOM, _GROUP)
    middle = page.qr.x + page.qr.width / 2
    if not code:
        document.text(middle, page.qr.y + page.qr.height / 2, SAMPLE, STRONG, "centre")
        return
    draw_qr(document, code, page.qr.x, page.qr.y, page.qr.width)
    shown = show_form_code(code)
    document.text(middle, page.qr.y + page.qr.height + 2.6, shown[:9], STRONG, "centre")
    document.text(middle, page.qr.y + page.qr.height + 6.4, shown[10:], SMALL, "centre")


def check_child(child: str, group: str) -> None:
    """Whether a child can stand on a form.

    :raises KnownError: ``paper.missing_glyph``, ``paper.text_too_long``
    """
    for text, type_, room, field in (
        (child, _VALUE, _NAME_ROOM, _CHILD),
        (group, STRONG, _GROUP_ROOM, _GROUP),
    ):
        fit(check(text, field), type_, room, SMALLEST)


def _draw_same(document: Document, page: FormPage, words: FormWords) -> None:
    for x, y in page.corners:
        draw_square(document, x, y, page.corner_size)
    document.text(TABLE_LEFT, 24, form_title(row.section for row in words.rows), TITLE)
    under = f"{words.school} \u00b7 schooljaar {words.school_year}"
    if page.of > 1:
        under += f" \u00b7 deel {page.number} van {page.of}"
    document.text_within(TABLE_LEFT, 29, under, SMALL, 138, "de naam van de school")
    document.text(TABLE_LEFT, 35.4, "Leerling", SMALL)
    document.text(TABLE_LEFT, 46.6, "Groep", SMALL)
    document.text(TABLE_LEFT + 46, 46.6, "Uiterlijk inleveren op", SMALL)
    document.text(TABLE_LEFT + 46, 51, words.hand_in_by, STRONG)
    for number, sentence in enumerate(_INSTRUCTION):
        document.text(TABLE_LEFT, 57.4 + number * 4, sentence, Type(8.5))
    _draw_lead(document, TABLE_LEFT, 68, page.sections[0].kind, words)
    for section in page.sections[1:]:
        _draw_lead(document, _TEXT_X, section.top + section.height - 1.7, section.kind, words)
        end = section.top + section.height
        document.line(TABLE_LEFT, end, TABLE_RIGHT, end, grey=PALE)
    _draw_table(document, page, {row.purpose: row for row in words.rows})
    _draw_remark(document, page.remark_lines)
    top = page.signatures[0].y
    document.text(TABLE_LEFT, top - 3.4, _DECLARATION, Type(8.5))
    for number, area in enumerate(page.signatures, 1):
        _draw_signature(document, area, number)


def _draw_lead(document: Document, x: float, y: float, kind: str, words: FormWords) -> None:
    lead = _LEADS[kind].format(year=words.contact_year or words.school_year)
    document.text_within(x, y, lead, Type(9, bold=True), TABLE_RIGHT - TABLE_LEFT, "de vraag")


def _draw_table(document: Document, page: FormPage, rows: dict[str, FormRow]) -> None:
    head = page.head
    bottom = head.y + head.height
    document.line(head.x, head.y, head.x + head.width, head.y, points=0.7)
    document.line(head.x, bottom, head.x + head.width, bottom, points=0.7)
    document.text(_TEXT_X, bottom - 1.9, "Waar of waarvoor", Type(8, bold=True))
    document.text(page.rows[0].yes.x, bottom - 1.8, "Ja", STRONG, "centre")
    document.text(page.rows[0].no.x, bottom - 1.8, "Nee", STRONG, "centre")
    for place in page.rows:
        _draw_row(document, place, rows[place.purpose])
        end = place.top + place.height
        document.line(head.x, end, head.x + head.width, end, grey=PALE)


def _draw_row(document: Document, place: RowPlace, row: FormRow) -> None:
    labels, notes = _label_lines(row), _note_lines(row)
    between = (len(labels) - 1) * _LABEL_LEADING + len(notes) * _NOTE_LEADING
    # In the middle of the row: from the capitals of the first line to the tails of the last.
    y = place.top + (place.height - between - _CAPITALS - _TAILS) / 2 + _CAPITALS
    for number, line in enumerate(labels):
        document.text(_TEXT_X, y + number * _LABEL_LEADING, line, _LABEL)
    y += (len(labels) - 1) * _LABEL_LEADING
    for number, line in enumerate(notes, 1):
        document.text(_TEXT_X, y + number * _NOTE_LEADING, line, _NOTE)
    yes, no = place.yes, place.no
    draw_box_pair(document, (yes.x, yes.y), (no.x, no.y), yes.size)


def _label_lines(row: FormRow) -> tuple[str, ...]:
    label = f"{row.label} (alle ouders met gezag tekenen)" if row.all_sign else row.label
    return wrap(check(label, "de tekst van een doel"), _LABEL, ROW_TEXT_WIDTH)


def _note_lines(row: FormRow) -> tuple[str, ...]:
    """Who sees it, how long, and that social media keep it outside the EEA."""
    parts = (
        f"Wie: {row.audience}" if row.audience else "",
        f"Hoelang: {row.keeps}" if row.keeps else "",
        "Ook bewaard buiten de EER" if row.outside_eea else "",
    )
    note = " \u00b7 ".join(part for part in parts if part)
    return wrap(check(note, "de tekst van een doel"), _NOTE, ROW_TEXT_WIDTH)


def _draw_remark(document: Document, lines: tuple[float, ...]) -> None:
    document.text(TABLE_LEFT, lines[0] - 0.8, "Opmerking", SMALL)
    for number, y in enumerate(lines):
        start = TABLE_LEFT + 17 if number == 0 else TABLE_LEFT
        document.line(start, y, TABLE_RIGHT, y, HAIRLINE, PALE)


def _draw_signature(document: Document, area: Area, number: int) -> None:
    """Name, capacity, authority, date and signature of one who signs."""
    x, y, right, bottom = area.x, area.y, area.x + area.width, area.y + area.height
    words = Type(8)
    who = "Ouder of voogd" if number == 1 else "Tweede ouder of voogd"
    document.text(x, y + 2.4, who, Type(8, bold=True))
    document.text(x, y + 8, "naam (blokletters)", words)
    document.line(x + 26, y + 8.6, right, y + 8.6, grey=PALE)
    document.text(x, y + 13.6, "ik ben:", words)
    _draw_choice(document, x + 12, y + 13.6, "ouder")
    _draw_choice(document, x + 29, y + 13.6, "voogd")
    _draw_choice(document, x + 12, y + 18.8, "anders, namelijk")
    document.line(x + 41, y + 19.4, right, y + 19.4, grey=PALE)
    document.text(x, y + 24, "ik heb het ouderlijk gezag:", words)
    _draw_choice(document, x + 41, y + 24, "ja")
    _draw_choice(document, x + 52, y + 24, "nee")
    document.line(x, bottom - 4, x + 24, bottom - 4, grey=PALE)
    document.line(x + 28, bottom - 4, right, bottom - 4, grey=PALE)
    document.text(x, bottom - 0.8, "datum", SMALL)
    document.text(x + 28, bottom - 0.8, "handtekening", SMALL)


def _draw_choice(document: Document, x: float, y: float, word: str) -> None:
    draw_box(document, x + _SMALL_BOX / 2, y - 1.0, _SMALL_BOX)
    document.text(x + _SMALL_BOX + 1.2, y, word, Type(8))
