"""What sharing for a while prints: the request with its form, and the list of who said yes.

Values in, bytes out; no document queries the store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from schoolprivacy.consents.form_layout import TABLE_LEFT, FormPage
from schoolprivacy.consents.form_page import FormWords, check_child, draw_form_page
from schoolprivacy.consents.form_rows import FormRow
from schoolprivacy.errors import KnownError
from schoolprivacy.letters.about_school import controller, how_to_withdraw, questions
from schoolprivacy.paper.address import set_address
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.fonts import Type, check, wrap
from schoolprivacy.paper.letter import LETTER_TOP, LETTER_WIDTH, draw_letter_top
from schoolprivacy.paper.letter_text import letter_text
from schoolprivacy.paper.page import BODY, LEFT, RIGHT, STRONG, TITLE, Document
from schoolprivacy.paper.running_text import draw_letter
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.paper.table import Column, break_pages, draw_table, set_rows
from schoolprivacy.people.names import group_label
from schoolprivacy.schoolyear import SchoolYear

_COLUMNS = (Column("Leerling", 118, bold=True), Column("Groep", 48))
_ROW = 5.9
"""Thirty-four children on one page, in mm."""
_NAME = Type(9, grey=True)
_FIELD_X = LEFT + 38
_LINE = 4.6
_FIELDS_TOP = 37.0


@dataclass(frozen=True, slots=True)
class SharingPaper:
    """What is shared, as its papers say it.

    :param starts_on, ends_on: first and last day
    :param row: as the form asks for it
    """

    party: str
    purpose_text: str
    data: str
    starts_on: date
    ends_on: date
    row: FormRow


@dataclass(frozen=True, slots=True)
class RequestSheet:
    """One child's letter and form for one address.

    :param address_lines: at most six; an address, or name and group to hand out in class
    :param group: the name of the group; "" when the child has none
    :param code: number of the form, of 20 characters; "" on a sample
    :param page: the stored geometry
    :param reprint: printed before with the same number; the form says so
    """

    address_lines: tuple[str, ...]
    child_name: str
    group: str
    school_year: SchoolYear
    asked_on: date
    hand_in_by: date
    code: str
    page: FormPage
    reprint: bool = False


@dataclass(frozen=True, slots=True)
class SharedEntry:
    """A child whose data may go to the party."""

    pupil_name: str
    group: str


def check_request(sheet: RequestSheet) -> None:
    """Whether this child's letter and form can be drawn.

    :raises KnownError: ``paper.missing_glyph``, ``paper.address_too_long``, ``paper.text_too_long``
    """
    set_address(sheet.address_lines)
    check_child(sheet.child_name, sheet.group)


def sharing_requests(
    sheets: Sequence[RequestSheet],
    shared: SharingPaper,
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """Per child and address a letter with the form on its back.

    :param progress: called with how many sheets are done; may raise to stop
    :raises KnownError: ``paper.nothing_to_print``, ``paper.missing_glyph``,
        ``paper.address_too_long``, ``paper.letter_too_long``, ``paper.text_too_long``,
        ``paper.logo_unreadable``
    """
    if not sheets:
        raise KnownError("paper.nothing_to_print")
    document = Document("Toestemming om gegevens te delen", school)
    for done, sheet in enumerate(sheets, 1):
        _draw_letter(document, sheet, shared, school)
        document.footer(made, 1, 2)
        document.next_page()
        _draw_form(document, sheet, shared, school)
        what = f"Formulier versie {sheet.page.layout_version}.1"
        what += " (herdruk)" if sheet.reprint else ""
        document.footer(made, 2, 2, what, TABLE_LEFT)
        document.next_page()
        if progress:
            progress(done)
    return document.finish()


def _draw_letter(
    document: Document, sheet: RequestSheet, shared: SharingPaper, school: SchoolPaper
) -> None:
    group = group_label(sheet.group) if sheet.group else ""
    values = {
        "child": check(sheet.child_name, "de naam van de leerling"),
        "group": check(group, "de naam van de groep"),
        "hand_in_by": dutch_date(sheet.hand_in_by),
        "party": shared.party,
        "data": _sentence(shared.data),
        "purpose_text": _sentence(shared.purpose_text),
        "starts_on": dutch_date(shared.starts_on),
        "ends_on": dutch_date(shared.ends_on),
        "all_sign": shared.row.all_sign,
        "how_to_withdraw": how_to_withdraw(school),
        "controller": controller(school),
        "questions": questions(school),
        "school": school.name,
    }
    personal = letter_text(school, "sharing_request", **values)
    same = letter_text(school, "sharing_request_same", **values)
    draw_letter_top(document, school, sheet.address_lines, sheet.asked_on)
    draw_letter(document, personal, same, LEFT, LETTER_TOP, LETTER_WIDTH)


def _draw_form(
    document: Document, sheet: RequestSheet, shared: SharingPaper, school: SchoolPaper
) -> None:
    year, by = str(sheet.school_year), dutch_date(sheet.hand_in_by)
    words = FormWords(school.name, year, by, (shared.row,))
    draw_form_page(document, sheet.page, words, sheet.child_name, sheet.group, sheet.code)


def _sentence(text: str) -> str:
    """What a person typed, as a sentence to which a full stop is added."""
    text = text.rstrip(" .")
    return text[:1].upper() + text[1:]


# — the list —


def sharing_list(
    entries: Sequence[SharedEntry],
    shared: SharingPaper,
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """Whose data may go to the party now; only children with a yes, and no word about others.

    :param progress: called once, when the list is done
    :raises KnownError: ``paper.nothing_to_print``, ``paper.missing_glyph``,
        ``paper.text_too_long``
    """
    if not entries:
        raise KnownError("paper.nothing_to_print")
    document = Document("Gegevens delen", school)
    fields = _fields(shared)
    top = _FIELDS_TOP + _LINE * sum(len(lines) for _, lines in fields) + 5
    rows = set_rows(_COLUMNS, [(each.pupil_name, each.group) for each in entries], _ROW)
    pages = break_pages(rows, top)
    for number, on_page in enumerate(pages, 1):
        _draw_head(document, fields, school)
        draw_table(document, _COLUMNS, on_page, LEFT, top)
        document.footer(made, number, len(pages))
        document.next_page()
    if progress:
        progress(1)
    return document.finish()


def _fields(shared: SharingPaper) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What stands above the table, broken into lines."""
    ends_on = dutch_date(shared.ends_on)
    texts = (
        ("Voor wie", f"{shared.party}. Niet aan anderen geven."),
        ("Welke gegevens", f"{_sentence(shared.data)}. Niet meer dan dit."),
        ("Waarvoor", f"{_sentence(shared.purpose_text)}."),
        ("Periode", f"{dutch_date(shared.starts_on)} tot en met {ends_on}"),
        ("Geldig", "Op de dag van afdrukken. Maak een nieuwe lijst voordat u weer iets deelt."),
        ("Vernietigen", f"Zodra er een nieuwe lijst is, en uiterlijk op {ends_on}."),
    )
    room = RIGHT - _FIELD_X
    return tuple((head, wrap(check(text, head.lower()), BODY, room)) for head, text in texts)


def _draw_head(
    document: Document, fields: Sequence[tuple[str, Sequence[str]]], school: SchoolPaper
) -> None:
    room = RIGHT - LEFT
    document.text_within(LEFT, 18, school.name, _NAME, room, "de naam van de school")
    document.text(LEFT, 28, "Gegevens delen: met toestemming", TITLE)
    y = _FIELDS_TOP
    for head, lines in fields:
        document.text(LEFT, y, head, STRONG)
        for line in lines:
            document.text(_FIELD_X, y, line, BODY)
            y += _LINE
