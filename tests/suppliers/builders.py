"""Suppliers, products and their papers, and one product on which nothing is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from schoolprivacy.school import School
from schoolprivacy.suppliers.agreements import record_agreement
from schoolprivacy.suppliers.board import BoardRow, known_suppliers, product_row
from schoolprivacy.suppliers.products import add_product
from schoolprivacy.suppliers.sheet_terms import (
    AnnexEntry,
    BijsluiterEntry,
    Data,
    Option,
    Place,
    Shared,
    Subject,
    SubProcessor,
)
from schoolprivacy.suppliers.sheets import record_annex, record_bijsluiter
from schoolprivacy.suppliers.telling import record_published
from schoolprivacy.suppliers.terms import (
    AgreementEntry,
    Basic,
    BasicAnswer,
    Model,
    ProductEntry,
    ProductKind,
    State,
    SupplierEntry,
    YesNo,
)
from tests.vault.schools import NOW

TODAY = NOW.date()
LONG_AGO = TODAY - timedelta(days=200)
BOARD, COMPANY = "V. Voorzitter", "D. Directeur"

BASICS = {each: BasicAnswer(YesNo.YES) for each in Basic}
REKENAAR = ProductEntry(
    "Rekenaar",
    ProductKind.LEARNING,
    "oefenen met rekenen",
    "groep 3 tot en met 8",
    LONG_AGO,
    sensitive=YesNo.NO,
    pseudonym=YesNo.YES,
    basics=BASICS,
)
BIJSLUITER = BijsluiterEntry(
    "2.1",
    LONG_AGO,
    "Oefenprogramma voor rekenen",
    ("Oefenen", "Overzicht voor de leerkracht"),
    (
        Option("Voorlezen", True, (Shared(Data.IMAGES, "stemopname"),)),
        Option("Ouderportaal", False, (Shared(Data.GUARDIANS),)),
    ),
    ("oefenen op eigen niveau",),
    (Subject.PUPILS, Subject.STAFF),
    (Shared(Data.CONTACT, "voornaam"), Shared(Data.PROGRESS)),
    "tot een jaar na het einde van het gebruik",
    (Place("Nederland"),),
    (SubProcessor("Rekencentrum Noord", "opslag", Place("Duitsland")),),
)
ANNEX = AnnexEntry("1.0", LONG_AGO, "versleuteld, tweestapslogin", breach_hours=24)


def an_agreement(*product_ids: str, **more: Any) -> AgreementEntry:
    """Signed by both sides, for a long time."""
    values: dict[str, Any] = {
        "version": "4.0",
        "begins_on": LONG_AGO,
        "school_signed_on": LONG_AGO,
        "school_signed_by": BOARD,
        "supplier_signed_on": LONG_AGO,
        "supplier_signed_by": COMPANY,
    }
    return AgreementEntry(Model.MODEL_4, products=product_ids, **values | more)


def unsigned(*product_ids: str, **more: Any) -> AgreementEntry:
    """Nobody signed yet."""
    nobody = {"school_signed_on": None, "school_signed_by": ""}
    return an_agreement(
        *product_ids, **nobody, supplier_signed_on=None, supplier_signed_by="", **more
    )


def a_product(
    school: School, name: str = "Rekenaar", company: str = "Cijferwerk", **more: Any
) -> str:
    """A product without papers, of a company on record or a new one; gives its identifier."""
    there = {each.name: each.id for each in known_suppliers(school)}
    supplier = there.get(company, SupplierEntry(company, YesNo.YES))
    return add_product(school, supplier, replace(REKENAAR, name=name, **more)).about


def supplier_of(school: School, product_id: str) -> str:
    """The identifier of its company."""
    return product_row(school, product_id).file.supplier.id


def agree(school: School, *product_ids: str, **more: Any) -> str:
    """Record an agreement that covers these products; gives its identifier."""
    entry = an_agreement(*product_ids, **more)
    return record_agreement(school, supplier_of(school, product_ids[0]), entry).about


def in_order(
    school: School, name: str = "Rekenaar", company: str = "Cijferwerk", **more: Any
) -> str:
    """A product of which everything is in order, parents told; gives its identifier."""
    product_id = a_product(school, name, company, **more)
    agree(school, product_id)
    record_bijsluiter(school, product_id, BIJSLUITER)
    record_annex(school, product_id, ANNEX)
    record_published(school, school.clock.today(), "website van de school")
    return product_id


def row(school: School, product_id: str) -> BoardRow:
    """How a product stands."""
    return product_row(school, product_id)


def state(school: School, product_id: str) -> State:
    """In one word."""
    return row(school, product_id).state


def day(text: str) -> date:
    """``2026-12-01``."""
    return date.fromisoformat(text)
