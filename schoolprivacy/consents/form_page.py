"""Draws one page of a consent form, always from its stored geometry.

What differs from child to child (name, group, number) is drawn each time; all else is kept once
in the file. No box is ever filled in. A second language stands small below the Dutch words, which
are what is signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schoolprivacy.consents.form_code import show_form_code
from schoolprivacy.consents.form_layout import (
    TABLE_LEFT,
    TABLE_RIGHT,
    Area,
    FormPage,
    RowPlace,
)
from schoolprivacy.consents.form_rows import (
    LABEL,
    NOTE,
    FormRow,
    label_lines,
    note_lines,
    translation_lines,
)
from schoolprivacy.letters.languages import form_words
from schoolprivacy.letters.terms import DUTCH
from schoolprivacy.paper.boxes import draw_box, draw_box_pair, draw_square
from schoolprivacy.paper.fonts import Type, check, fit, width
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

_VALUE = Type(11.5, bold=True)
_LABEL_LEADING, _NOTE_LEADING = 3.7, 3.15
_NAME_ROOM, _GROUP_ROOM = 138.0, 42.0
_CHILD, _GROUP = "de naam van de leerling", "de naam van de groep"
_CAPITALS, _TAILS = 2.27, 0.45
_SENTENCE, _LEAD = Type(8.5), Type(9, bold=True)
_SMALL_NOTE = Type(6, grey=True)
"""Of the translation within the signatures."""
_WIDTH = TABLE_RIGHT - TABLE_LEFT
_TEXT_X = 22.0
_SMALL_BOX = 3.2
_BETWEEN_BOXES = 15.4
"""What a word above a column of boxes may take, in mm."""


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


def form_title(sections: Iterable[str], language: str = DUTCH) -> str:
    """What a form with these sections is called."""
    kinds = list(dict.fromkeys(sections))
    return form_words(language)[f"title_{kinds[0] if len(kinds) == 1 else 'both'}"]


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
    _draw_head(document, page, words)
    _draw_lead(document, TABLE_LEFT, 68, page.sections[0].kind, words, page.language)
    for section in page.sections[1:]:
        end = section.top + section.height
        _draw_lead(document, _TEXT_X, end - 1.7, section.kind, words, page.language)
        document.line(TABLE_LEFT, end, TABLE_RIGHT, end, grey=PALE)
    _draw_table(document, page, {row.purpose: row for row in words.rows})
    _draw_remark(document, page)
    _draw_declaration(document, page)
    for number, area in enumerate(page.signatures):
        _draw_signature(document, area, number)
        if page.language:
            _translate_signature(document, area, number, form_words(page.language))


def _draw_head(document: Document, page: FormPage, words: FormWords) -> None:
    """Everything above the first question; the translation in the white between the lines."""
    kinds = [row.section for row in words.rows]
    dutch = form_words(DUTCH)
    other = form_words(page.language) if page.language else {}
    document.text(TABLE_LEFT, 24, form_title(kinds), TITLE)
    under = f"{words.school} \u00b7 schooljaar {words.school_year}"
    if page.of > 1:
        under += f" \u00b7 deel {page.number} van {page.of}"
    document.text_within(TABLE_LEFT, 29, under, SMALL, _NAME_ROOM, "de naam van de school")
    for x, y, key in (
        (TABLE_LEFT, 35.4, "pupil"),
        (TABLE_LEFT, 46.6, "group"),
        (TABLE_LEFT + 46, 46.6, "hand_in"),
    ):
        label = f"{dutch[key]} \u00b7 {other[key]}" if other else dutch[key]
        document.text_within(x, y, label, SMALL, _NAME_ROOM if y < 40 else _GROUP_ROOM + 20)
    document.text(TABLE_LEFT + 46, 51, words.hand_in_by, STRONG)
    # Closer together when a line with the translation follows.
    top, pitch = (55.2, 3.4) if other else (57.4, 4.0)
    for number, key in enumerate(("one_mark", "silence")):
        document.text(TABLE_LEFT, top + number * pitch, dutch[key], _SENTENCE)
    if other:
        said = f"{form_title(kinds, page.language)}. {other['dutch_counts']}"
        document.text_within(TABLE_LEFT, 18, said, NOTE, _NAME_ROOM)
        said = f"{other['one_mark']} {other['silence']}"
        document.text_within(TABLE_LEFT, 61.4, said, NOTE, _WIDTH, smallest=5)


def _draw_lead(
    document: Document, x: float, y: float, kind: str, words: FormWords, language: str
) -> None:
    """The question above its rows, on the baseline y; its translation there, and Dutch above it."""
    year, room = words.contact_year or words.school_year, TABLE_RIGHT - x
    if language:
        lead = form_words(language)[f"lead_{kind}"].format(year=year)
        document.text_within(x, y + 0.7, lead, NOTE, room, "de vraag", smallest=5)
        y -= 2.4
    lead = form_words(DUTCH)[f"lead_{kind}"].format(year=year)
    document.text_within(x, y, lead, _LEAD, room, "de vraag")


def _draw_table(document: Document, page: FormPage, rows: dict[str, FormRow]) -> None:
    head = page.head
    bottom = head.y + head.height
    document.line(head.x, head.y, head.x + head.width, head.y, points=0.7)
    document.line(head.x, bottom, head.x + head.width, bottom, points=0.7)
    dutch = form_words(DUTCH)
    other = form_words(page.language) if page.language else {}
    first = page.rows[0]
    what = f"{dutch['what']} \u00b7 {other['what']}" if other else dutch["what"]
    document.text(_TEXT_X, bottom - 1.9, what, Type(8, bold=True))
    for x, key in ((first.yes.x, "yes"), (first.no.x, "no")):
        word = f"{dutch[key]} / {other[key]}" if other else dutch[key]
        type_ = fit(check(word), STRONG, _BETWEEN_BOXES, 5.0)
        document.text(x, bottom - 1.8, word, type_, "centre")
    for place in page.rows:
        _draw_row(document, place, rows[place.purpose])
        end = place.top + place.height
        document.line(head.x, end, head.x + head.width, end, grey=PALE)


def _draw_row(document: Document, place: RowPlace, row: FormRow) -> None:
    labels, notes = label_lines(row), note_lines(row) + translation_lines(row)
    if _room_for(labels, notes) > place.height:
        notes = note_lines(row)  # a translation that came later than this form
    between = _room_for(labels, notes) - _CAPITALS - _TAILS
    # In the middle of the row: from the capitals of the first line to the tails of the last.
    y = place.top + (place.height - between - _CAPITALS - _TAILS) / 2 + _CAPITALS
    for number, line in enumerate(labels):
        document.text(_TEXT_X, y + number * _LABEL_LEADING, line, LABEL)
    y += (len(labels) - 1) * _LABEL_LEADING
    for number, line in enumerate(notes, 1):
        document.text(_TEXT_X, y + number * _NOTE_LEADING, line, NOTE)
    yes, no = place.yes, place.no
    draw_box_pair(document, (yes.x, yes.y), (no.x, no.y), yes.size)


def _room_for(labels: tuple[str, ...], notes: tuple[str, ...]) -> float:
    """From the capitals of the first line to the tails of the last, in mm."""
    between = (len(labels) - 1) * _LABEL_LEADING + len(notes) * _NOTE_LEADING
    return between + _CAPITALS + _TAILS


def _draw_remark(document: Document, page: FormPage) -> None:
    word = form_words(DUTCH)["remark"]
    if page.language:
        word += f" \u00b7 {form_words(page.language)['remark']}"
    y = page.remark_lines[0]
    document.text(TABLE_LEFT, y - 0.8, word, SMALL)
    begin = TABLE_LEFT + max(17.0, width(check(word), SMALL) + 2)
    for y in page.remark_lines:
        document.line(begin, y, TABLE_RIGHT, y, HAIRLINE, PALE)
        begin = TABLE_LEFT


def _draw_declaration(document: Document, page: FormPage) -> None:
    y = page.signatures[0].y - 3.4
    if page.language:
        said = form_words(page.language)["declaration"]
        document.text_within(TABLE_LEFT, y + 1.0, said, NOTE, _WIDTH, smallest=5)
        y -= 2.2
    document.text(TABLE_LEFT, y, form_words(DUTCH)["declaration"], _SENTENCE)


def _draw_signature(document: Document, area: Area, number: int) -> None:
    """Name, capacity, authority, date and signature of one who signs; the first is 0."""
    x, y, right, bottom = area.x, area.y, area.x + area.width, area.y + area.height
    said, words = form_words(DUTCH), Type(8)
    who = said["second_signer" if number else "signer"]
    document.text(x, y + 2.4, who, Type(8, bold=True))
    document.text(x, y + 8, said["name"], words)
    document.line(x + 26, y + 8.6, right, y + 8.6, grey=PALE)
    document.text(x, y + 13.6, said["i_am"], words)
    _draw_choice(document, x + 12, y + 13.6, said["parent"])
    _draw_choice(document, x + 29, y + 13.6, said["voogd"])
    _draw_choice(document, x + 12, y + 18.8, said["other"])
    document.line(x + 41, y + 19.4, right, y + 19.4, grey=PALE)
    document.text(x, y + 24, said["authority"], words)
    _draw_choice(document, x + 41, y + 24, said["has"])
    _draw_choice(document, x + 52, y + 24, said["has_not"])
    document.line(x, bottom - 4, x + 24, bottom - 4, grey=PALE)
    document.line(x + 28, bottom - 4, right, bottom - 4, grey=PALE)
    document.text(x, bottom - 0.8, said["date"], SMALL)
    document.text(x + 28, bottom - 0.8, said["signature"], SMALL)


def _translate_signature(
    document: Document, area: Area, number: int, said: Mapping[str, str]
) -> None:
    """Each word of a signature once more, small, just below the Dutch one."""
    x, y, bottom = area.x, area.y, area.y + area.height - 0.8
    for dx, line, key, room in (
        (0.0, y + 10.3, "name", 25.0),
        (0.0, y + 15.9, "i_am", 11.0),
        (16.4, y + 15.9, "parent", 12.0),
        (33.4, y + 15.9, "voogd", 20.0),
        (16.4, y + 21.1, "other", 24.0),
        (0.0, y + 26.3, "authority", 40.0),
        (45.4, y + 26.3, "has", 6.0),
        (56.4, y + 26.3, "has_not", 12.0),
        (9.5, bottom, "date", 14.0),
        (46.0, bottom, "signature", 36.0),
    ):
        document.text_within(x + dx, line, said[key], _SMALL_NOTE, room, smallest=4)
    who = said["second_signer" if number else "signer"]
    document.text_within(x + 34, y + 2.4, who, NOTE, area.width - 34, smallest=5)


def _draw_choice(document: Document, x: float, y: float, word: str) -> None:
    draw_box(document, x + _SMALL_BOX / 2, y - 1.0, _SMALL_BOX)
    document.text(x + _SMALL_BOX + 1.2, y, word, Type(8))
