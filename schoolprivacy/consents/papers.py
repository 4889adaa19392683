"""What consents print: letter with form, reminders, and the sheet to tick off what came back.

Values in, bytes out; no document queries the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from schoolprivacy.consents.about_school import controller, how_to_withdraw, questions
from schoolprivacy.consents.form_layout import MOST_LINES, TABLE_LEFT, FormPage, RowSize, lay_out
from schoolprivacy.consents.form_page import (
    FormRow,
    FormWords,
    check_child,
    count_lines,
    draw_form_page,
)
from schoolprivacy.consents.reminder_papers import (
    CoverEntry,
    CoverGroup,
    ReminderChild,
    ReminderEntry,
    ReminderGroup,
    ReminderLetter,
    check_letter,
    check_names,
    cover_sheet,
    reminder_letters,
    reminder_list,
)
from schoolprivacy.errors import KnownError
from schoolprivacy.paper.address import draw_window_test, set_address
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.fonts import check
from schoolprivacy.paper.letter import LETTER_TOP, LETTER_WIDTH, draw_letter_top
from schoolprivacy.paper.letter_text import letter_text
from schoolprivacy.paper.page import LEFT, SMALL, Document
from schoolprivacy.paper.running_text import draw_letter
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.people.names import group_label
from schoolprivacy.schoolyear import SchoolYear

__all__ = [
    "CoverEntry",
    "CoverGroup",
    "FormPage",
    "FormRow",
    "FormSheet",
    "Made",
    "ReminderChild",
    "ReminderEntry",
    "ReminderGroup",
    "ReminderLetter",
    "SchoolPaper",
    "check_child",
    "check_letter",
    "check_names",
    "check_sheet",
    "consent_forms",
    "cover_sheet",
    "form_pages",
    "reminder_letters",
    "reminder_list",
    "window_test_page",
]


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One child's letter and form.

    :param group: the name of the group; "" when the child has none yet
    :param address_lines: at most six; an address, or name and group to hand out in class
    :param form_version: of the wording of the purposes, printed on the form
    :param codes: form numbers of 20 characters, one per page of the form; "" on a sample
    :param pages: the stored geometry, from form_pages()
    :param contact_year: for which the contact list is asked
    :param reprint: printed before with the same numbers; the form says so
    """

    address_lines: tuple[str, ...]
    child_name: str
    group: str
    school_year: SchoolYear
    asked_on: date
    hand_in_by: date
    form_version: str
    codes: tuple[str, ...]
    pages: tuple[FormPage, ...]
    rows: tuple[FormRow, ...]
    contact_year: SchoolYear
    reprint: bool = False


def form_pages(rows: Sequence[FormRow]) -> tuple[FormPage, ...]:
    """Measure the rows and lay them out; store the result with the form before printing it.

    :raises KnownError: ``form.row_too_long``, ``paper.missing_glyph``
    """
    lines = [count_lines(row) for row in rows]
    for row, many in zip(rows, lines, strict=True):
        if many > MOST_LINES:
            raise KnownError("form.row_too_long", purpose=row.label)
    return lay_out(
        [RowSize(row.purpose, many, row.section) for row, many in zip(rows, lines, strict=True)]
    )


def check_sheet(sheet: FormSheet) -> None:
    """Whether this child's letter and form can be drawn.

    :raises KnownError: ``paper.missing_glyph``, ``paper.address_too_long``, ``paper.text_too_long``
    """
    set_address(sheet.address_lines)
    check_child(sheet.child_name, sheet.group)


def consent_forms(
    sheets: Iterable[FormSheet],
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """Per child a letter with the form on its back; always an even number of pages per child.

    :param progress: called with how many sheets are done; may raise to stop
    :raises KnownError: ``paper.nothing_to_print``, ``paper.missing_glyph``,
        ``paper.address_too_long``, ``paper.letter_too_long``, ``paper.text_too_long``,
        ``paper.logo_unreadable``
    """
    document = Document("Toestemmingsformulieren", school)
    done = 0
    for done, sheet in enumerate(sheets, 1):
        _draw_sheet(document, sheet, school, made)
        if progress:
            progress(done)
    if not done:
        raise KnownError("paper.nothing_to_print")
    return document.finish()


def _draw_sheet(document: Document, sheet: FormSheet, school: SchoolPaper, made: Made) -> None:
    total = 1 + len(sheet.pages)
    total += total % 2
    _draw_request(document, sheet, school)
    document.footer(made, 1, total)
    document.next_page()
    words = FormWords(
        school.name,
        str(sheet.school_year),
        dutch_date(sheet.hand_in_by),
        sheet.rows,
        str(sheet.contact_year),
    )
    what = f"Formulier versie {sheet.form_version}" + (" (herdruk)" if sheet.reprint else "")
    for page, code in zip(sheet.pages, sheet.codes, strict=True):
        draw_form_page(document, page, words, sheet.child_name, sheet.group, code)
        document.footer(made, 1 + page.number, total, what, TABLE_LEFT)
        document.next_page()
    if len(sheet.pages) % 2 == 0:
        # A form of two pages: its last page stays alone on a sheet, so that duplex stays right.
        document.text(LEFT, 148, "Deze bladzijde is met opzet leeg.", SMALL)
        document.footer(made, total, total)
        document.next_page()


def _draw_request(document: Document, sheet: FormSheet, school: SchoolPaper) -> None:
    personal = letter_text(
        "consent_request.txt",
        child=check(sheet.child_name, "de naam van de leerling"),
        group=check(group_label(sheet.group), "de naam van de groep") if sheet.group else "",
        one_page=len(sheet.pages) == 1,
        **_asked_about(sheet.rows),
        hand_in_by=dutch_date(sheet.hand_in_by),
    )
    same = letter_text(
        "consent_request_same.txt",
        social_media=any(row.outside_eea for row in sheet.rows),
        **_asked_about(sheet.rows),
        all_sign=any(row.all_sign for row in sheet.rows),
        how_to_withdraw=how_to_withdraw(school),
        controller=controller(school),
        questions=questions(school),
        school=school.name,
    )
    draw_letter_top(document, school, sheet.address_lines, sheet.asked_on)
    draw_letter(document, personal, same, LEFT, LETTER_TOP, LETTER_WIDTH)


def _asked_about(rows: Sequence[FormRow]) -> dict[str, bool]:
    """What the letter must explain."""
    asked = {row.section for row in rows}
    return {"images": "image" in asked, "contact": "contact" in asked}


def window_test_page(school: SchoolPaper) -> bytes:
    """A page to fold into an envelope: shows where the address stands in its window."""
    document = Document("Proefbladzijde voor de vensterenvelop", school)
    draw_window_test(document, school)
    document.next_page()
    return document.finish()
