"""The suppliers of the demo school: made-up companies, of which each product stands differently."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from schoolprivacy.clock import SetClock
from schoolprivacy.school import School
from schoolprivacy.settings import resource
from schoolprivacy.suppliers.agreements import record_agreement, review_agreement
from schoolprivacy.suppliers.board import board, product_row
from schoolprivacy.suppliers.products import add_product
from schoolprivacy.suppliers.recipients import add_recipient
from schoolprivacy.suppliers.sheet_terms import (
    AnnexEntry,
    BijsluiterEntry,
    Certificate,
    Data,
    Level,
    Option,
    Place,
    Shared,
    Subject,
    SubProcessor,
)
from schoolprivacy.suppliers.sheets import record_annex, record_bijsluiter
from schoolprivacy.suppliers.stopping import confirm_deletion, stop_product
from schoolprivacy.suppliers.telling import record_published
from schoolprivacy.suppliers.terms import (
    AgreementEntry,
    Basic,
    BasicAnswer,
    Dpia,
    Model,
    ProductEntry,
    ProductKind,
    SupplierEntry,
    WishEntry,
    YesNo,
)
from schoolprivacy.suppliers.usual import usual_recipients
from schoolprivacy.suppliers.wishes import Granted, ask_for_app, grant_wish, refuse_wish

_Words = dict[str, Any]


def furnish_suppliers(school: School, then: SetClock) -> None:
    """Put products, wishes and recipients on record, and tell parents of all but the newest.

    :param then: today
    """
    words = tomllib.loads(resource("demo.nl.toml").read_text(encoding="utf-8"))
    own, today = words["suppliers"], then.today()
    for entry in usual_recipients():
        if entry.name in own["recipients"]:
            add_recipient(school, entry)
    products = sorted(words["product"], key=lambda each: bool(each.get("untold")))
    for each in products:
        if each.get("untold"):
            record_published(school, today, own["place"])
        _Product(school, each, own, today).make()
    for each in words["wish"]:
        _wish(school, words["teacher"], each, today)


class _Product:
    """One product with its papers, as the words say."""

    def __init__(self, school: School, words: _Words, own: _Words, today: date) -> None:
        self._school, self._words, self._own, self._today = school, words, own, today

    def make(self) -> None:
        words, school = self._words, self._school
        supplier = SupplierEntry(words["company"], YesNo(words["convenant"]))
        product_id = add_product(school, supplier, self._entry()).about
        if "signed" in words:
            self._agree(product_id)
            if not words.get("no_bijsluiter"):
                record_bijsluiter(school, product_id, self._bijsluiter())
            if not words.get("no_annex"):
                record_annex(school, product_id, self._annex())
        if "stopped" in words:
            stop_product(school, product_id, self._day("stopped"), "De school koos iets anders.")
        if "deleted" in words:
            confirm_deletion(school, product_id, self._day("deleted"), "e-mail van de leverancier")

    def _ago(self, days: int) -> date:
        return self._today - timedelta(days=days)

    def _day(self, name: str) -> date:
        return self._ago(self._words[name])

    def _entry(self) -> ProductEntry:
        words = self._words
        dpia = Dpia(words.get("dpia", ""))
        answered = list(Basic)[: 2 if words.get("half") else None] if "signed" in words else []
        return ProductEntry(
            words["name"],
            ProductKind(words["kind"]),
            words["used_for"],
            words["used_by"],
            self._day("since"),
            YesNo(words.get("sensitive", "")),
            dpia,
            self._ago(100) if dpia is Dpia.DONE else None,
            words.get("dpia_why", ""),
            YesNo(words.get("pseudonym", "")),
            words.get("pseudonym_why", ""),
            {each: BasicAnswer(YesNo.YES) for each in answered},
        )

    def _agree(self, product_id: str) -> None:
        words, own, begins_on = self._words, self._own, self._day("begins")
        both = words["signed"] == "both"
        entry = AgreementEntry(
            Model.MODEL_4,
            "4.0",
            begins_on,
            (product_id,),
            self._day("ends") if "ends" in words else None,
            begins_on,
            own["board"],
            begins_on if both else None,
            own["company"] if both else "",
        )
        supplier_id = product_row(self._school, product_id).file.supplier.id
        agreement_id = record_agreement(self._school, supplier_id, entry).about
        if "reviewed" in words:
            review_agreement(self._school, agreement_id, self._day("reviewed"))

    def _bijsluiter(self) -> BijsluiterEntry:
        words = self._words
        return BijsluiterEntry(
            "1.0",
            self._day("begins"),
            words["used_for"].capitalize(),
            tuple(words["services"]),
            tuple(
                Option(each["name"], each["ticked"], _shared(each["data"]))
                for each in words.get("options", ())
            ),
            tuple(words["purposes"]),
            tuple(Subject(each) for each in words.get("subjects", ["pupils"])),
            _shared(words["data"]),
            words["retention"],
            tuple(Place(each) for each in words["places"]),
            tuple(
                SubProcessor(each["name"], each["task"], Place(each["country"]))
                for each in words.get("others", ())
            ),
        )

    def _annex(self) -> AnnexEntry:
        certificates = tuple(
            Certificate(each["name"], self._ago(each["ends"]))
            for each in self._words.get("certificates", ())
        )
        return AnnexEntry(
            "1.0",
            self._day("begins"),
            self._own["measures"],
            Level.MIDDLE,
            Level.MIDDLE,
            Level.HIGH,
            certificates,
            breach_contact=self._own["breach"],
            breach_hours=24,
        )


def _shared(told: Iterable[str]) -> tuple[Shared, ...]:
    """``contact: voornaam`` is a category with what the bijsluiter says of it."""
    parts = [each.partition(": ") for each in told]
    return tuple(Shared(Data(category), detail) for category, _, detail in parts)


def _wish(school: School, teacher: str, words: _Words, today: date) -> None:
    asked_on = today - timedelta(days=words["days_ago"])
    entry = WishEntry(
        teacher, asked_on, words["app"], words["used_for"], words["used_by"], words["data"]
    )
    wish_id = ask_for_app(school, entry).about
    decided_on = asked_on + timedelta(days=6)
    if "refused" in words:
        refuse_wish(school, wish_id, words["refused"], decided_on)
    if "granted" in words:
        known = {each.name: each.file for each in board(school).rows}
        file = known[words["app"]]
        granted = Granted(file.supplier.id, file.product.id)
        grant_wish(school, wish_id, words["granted"], decided_on, granted)
