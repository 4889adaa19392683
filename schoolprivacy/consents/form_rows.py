"""A row of a consent form in words, and beside them the same in another language."""

from __future__ import annotations

from dataclasses import dataclass, replace

from schoolprivacy.consents.form_layout import ROW_TEXT_WIDTH
from schoolprivacy.letters.languages import form_words, purpose_words
from schoolprivacy.letters.terms import DUTCH
from schoolprivacy.paper.fonts import Type, check, wrap

LABEL = Type(9)
NOTE = Type(7, grey=True)
_FIELD = "de tekst van een doel"


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
    :param translation: the same in another language, to stand small below it; may be empty
    """

    purpose: str
    label: str
    audience: str = ""
    keeps: str = ""
    outside_eea: bool = False
    all_sign: bool = False
    section: str = "image"
    translation: str = ""


def translated(row: FormRow, language: str) -> FormRow:
    """The row with its translation, when it asks what the shipped purpose asks.

    A purpose of the school's own, or one that it reworded, stays in Dutch only: nothing here can
    say the same in another language.

    :param language: the code of a language that ships; "" for none
    """
    if not language:
        return replace(row, translation="")
    dutch = purpose_words(DUTCH).get(row.purpose, {})
    own = purpose_words(language).get(row.purpose)
    asked = {"label": row.label, "audience": row.audience, "keeps": row.keeps}
    if own is None or any(dutch.get(key) != text for key, text in asked.items()):
        return replace(row, translation="")
    other = replace(row, label=own["label"], audience=own["audience"], keeps=own["keeps"])
    return replace(
        row, translation=" \u00b7 ".join([_label(other, language), *_notes(other, language)])
    )


def count_lines(row: FormRow) -> int:
    """How many lines of text a row holds; its height follows from it.

    :raises KnownError: ``paper.missing_glyph``
    """
    return len(label_lines(row)) + len(note_lines(row)) + len(translation_lines(row))


def label_lines(row: FormRow) -> tuple[str, ...]:
    """What is asked."""
    return wrap(check(_label(row, DUTCH), _FIELD), LABEL, ROW_TEXT_WIDTH)


def note_lines(row: FormRow) -> tuple[str, ...]:
    """Who sees it, how long, and that social media keep it outside the EEA."""
    note = " \u00b7 ".join(_notes(row, DUTCH))
    return wrap(check(note, _FIELD), NOTE, ROW_TEXT_WIDTH)


def translation_lines(row: FormRow) -> tuple[str, ...]:
    """Both in the other language."""
    return wrap(check(row.translation, _FIELD), NOTE, ROW_TEXT_WIDTH)


def _label(row: FormRow, language: str) -> str:
    return form_words(language)["all_sign"].format(label=row.label) if row.all_sign else row.label


def _notes(row: FormRow, language: str) -> list[str]:
    words = form_words(language)
    parts = (
        words["who"].format(text=row.audience) if row.audience else "",
        words["how_long"].format(text=row.keeps) if row.keeps else "",
        words["outside_eea"] if row.outside_eea else "",
    )
    return [part for part in parts if part]
