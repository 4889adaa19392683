"""Builders for what consents print: a school, a row, a sheet."""

from __future__ import annotations

import tomllib
from datetime import date

from schoolprivacy.consents.papers import (
    FormRow,
    FormSheet,
    Made,
    SchoolPaper,
    form_pages,
)
from schoolprivacy.schoolyear import SchoolYear
from schoolprivacy.settings import resource

PURPOSES = tomllib.loads(resource("purposes.nl.toml").read_text(encoding="utf-8"))["purpose"]
IMAGES = [purpose for purpose in PURPOSES if "kind" not in purpose]
CONTACT = [purpose for purpose in PURPOSES if "kind" in purpose]
SCHOOL = SchoolPaper(
    "Basisschool De Papieren Draak",
    board="Stichting Onderwijs Voorbeeldstreek",
    address_lines=("Schoolstraat 12", "1234 AB  VOORBEELDDORP"),
    phone="012 345 67 89",
    email="info@dezonnebloem.example",
    website="www.dezonnebloem.example",
    dpo="mevrouw A. Jansen, fg@voorbeeldstreek.example",
)
MADE = Made(date(2026, 12, 7), "J. de Vries", "controle 3f9a 77c2")


def a_code(number: int = 1) -> str:
    return f"01{number:012d}7K2M00"


def a_row(purpose: dict[str, str]) -> FormRow:
    social = bool(purpose["social_media"])
    return FormRow(
        purpose["code"],
        purpose["label"],
        purpose["audience"],
        purpose["keeps"],
        social,
        social,
        "contact" if "kind" in purpose else "image",
    )


IMAGE_ROWS = tuple(a_row(purpose) for purpose in IMAGES)
CONTACT_ROWS = tuple(a_row(purpose) for purpose in CONTACT)
ALL_ROWS = IMAGE_ROWS + CONTACT_ROWS
DEFAULT_ROWS = tuple(a_row(purpose) for purpose in PURPOSES if purpose["on_by_default"])


def a_sheet(name: str = "Aylin Yılmaz", rows: tuple[FormRow, ...] = IMAGE_ROWS) -> FormSheet:
    pages = form_pages(rows)
    return FormSheet(
        address_lines=("Aan de ouder(s)/verzorger(s) van", name, "Laan 1", "1234 AB  DORP"),
        child_name=name,
        group="5B",
        school_year=SchoolYear(2026),
        asked_on=date(2026, 12, 7),
        hand_in_by=date(2026, 12, 18),
        form_version="2026-1",
        codes=tuple(a_code(number) for number in range(len(pages))),
        pages=pages,
        rows=rows,
        contact_year=SchoolYear(2026),
    )


def many_rows(many: int) -> tuple[FormRow, ...]:
    return tuple(FormRow(f"p{number}", f"doel nummer {number}", "ouders") for number in range(many))
