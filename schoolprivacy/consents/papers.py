"""What consents print: letter with form, reminders, and the sheet to tick off what came back.

Values in, bytes out; no document queries the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from schoolprivacy.consents.form_layout import (
    MOST_BILINGUAL,
    MOST_LINES,
    TABLE_LEFT,
    FormPage,
    RowSize,
    lay_out,
)
from schoolprivacy.consents.form_page import (
    FormWords,
    check_child,
    draw_form_page,
)
from schoolprivacy.consents.form_rows import FormRow, count_lines, translated
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
from schoolprivacy.letters.about_school import controller, how_to_withdraw, questions
from schoolprivacy.letters.languages import find_language, form_words
from schoolprivacy.letters.terms import DUTCH
from schoolprivacy.paper.address import draw_window_test, set_address
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.fonts import check
from schoolprivacy.paper.letter import (
    LETTER_TOP,
    LETTER_WIDTH,
    TRANSLATION_TOP,
    draw_empty_page,
    draw_letter_top,
    draw_translation_top,
)
from schoolprivacy.paper.letter_text import letter_text
from schoolprivacy.paper.page import LEFT, Document
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

    @property
    def language(self) -> str:
        """Beside Dutch, as it was when the form was laid out; "" for Dutch only."""
        return self.pages[0].language


def form_pages(rows: Sequence[FormRow], language: str = "") -> tuple[FormPage, ...]:
    """Measure the rows and lay them out; store the result with the form before printing it.

    :param language: that stands beside Dutch (see letters.languages.language_of); "" for none
    :raises KnownError: ``form.row_too_long``, ``paper.missing_glyph``
    """
    sizes = []
    for row in rows:
        if count_lines(replace(row, translation="")) > MOST_LINES:
            raise KnownError("form.row_too_long", purpose=row.label)
        lines = count_lines(translated(row, language))
        if lines > MOST_BILINGUAL:
            raise KnownError("form.row_too_long", purpose=row.label)
        sizes.append(RowSize(row.purpose, lines, row.section))
    return lay_out(sizes, language)


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
    *,
    behind: Callable[[Document], None] = lambda _: None,
) -> bytes:
    """Per child a letter with the form on its back; always an even number of pages per child.

    With a second language the translation of the letter stands on its back, and the form follows.

    :param progress: called with how many sheets are done; may raise to stop
    :param behind: draws what stands behind them all, for the school itself
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
    behind(document)
    return document.finish()


def _draw_sheet(document: Document, sheet: FormSheet, school: SchoolPaper, made: Made) -> None:
    letters = 2 if sheet.language else 1
    total = letters + len(sheet.pages)
    total += total % 2
    texts = _request(sheet, school, DUTCH)
    draw_letter_top(document, school, sheet.address_lines, sheet.asked_on)
    draw_letter(document, *texts, LEFT, LETTER_TOP, LETTER_WIDTH)
    document.footer(made, 1, total)
    document.next_page()
    if sheet.language:
        draw_translation_top(document, school, form_words(sheet.language)["translation"])
        texts = _request(sheet, school, sheet.language)
        draw_letter(document, *texts, LEFT, TRANSLATION_TOP, LETTER_WIDTH)
        document.footer(made, 2, total)
        document.next_page()
    _draw_pages(document, sheet, school, made, letters)
    if (letters + len(sheet.pages)) % 2:
        # The last page stays alone on its sheet, so that duplex stays right.
        draw_empty_page(document)
        document.footer(made, total, total)
        document.next_page()


def _draw_pages(
    document: Document, sheet: FormSheet, school: SchoolPaper, made: Made, before: int
) -> None:
    """The form itself, behind so many pages of letter."""
    total = before + len(sheet.pages)
    total += total % 2
    words = FormWords(
        school.name,
        str(sheet.school_year),
        dutch_date(sheet.hand_in_by),
        tuple(translated(row, sheet.language) for row in sheet.rows),
        str(sheet.contact_year),
    )
    what = f"Formulier versie {sheet.form_version}" + (" (herdruk)" if sheet.reprint else "")
    for page, code in zip(sheet.pages, sheet.codes, strict=True):
        draw_form_page(document, page, words, sheet.child_name, sheet.group, code)
        document.footer(made, before + page.number, total, what, TABLE_LEFT)
        document.next_page()


def _request(sheet: FormSheet, school: SchoolPaper, language: str) -> tuple[str, str]:
    """The text of the letter in one language: the part above, and the rest."""
    child, group = sheet.child_name, group_label(sheet.group) if sheet.group else ""
    values = {
        "child": check(child, "de naam van de leerling"),
        "group": check(group, "de naam van de groep"),
        "hand_in_by": find_language(language).date(sheet.hand_in_by),
        **_conditions(sheet),
        **_about_school(school, language),
    }
    return (
        letter_text(school, "consent_request", language, **values),
        letter_text(school, "consent_request_same", language, **values),
    )


def _about_school(school: SchoolPaper, language: str) -> dict[str, str]:
    return {
        "how_to_withdraw": how_to_withdraw(school, language),
        "controller": controller(school, language),
        "questions": questions(school, language),
        "school": school.name,
    }


def _conditions(sheet: FormSheet) -> dict[str, bool]:
    """What the letter must explain."""
    asked = {row.section for row in sheet.rows}
    return {
        "images": "image" in asked,
        "contact": "contact" in asked,
        "social_media": any(row.outside_eea for row in sheet.rows),
        "all_sign": any(row.all_sign for row in sheet.rows),
        "one_page": len(sheet.pages) == 1,
        "bilingual": bool(sheet.language),
    }


def window_test_page(school: SchoolPaper) -> bytes:
    """A page to fold into an envelope: shows where the address stands in its window."""
    document = Document("Proefbladzijde voor de vensterenvelop", school)
    draw_window_test(document, school)
    document.next_page()
    return document.finish()
