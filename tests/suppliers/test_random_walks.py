"""Whatever is done in whatever order: one truth, nothing signed is overwritten, undo is whole.

A state machine does everything a person can do. What it expects of each product is worked out from
the tables by an oracle of its own, not through the rules that are tried here.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from schoolprivacy.clock import SetClock
from schoolprivacy.errors import RefusedError
from schoolprivacy.people.undoing import Undo, undo
from schoolprivacy.school import School
from schoolprivacy.suppliers import records
from schoolprivacy.suppliers.agreements import (
    change_agreement,
    end_agreement,
    record_agreement,
    replace_agreement,
    review_agreement,
    sign_agreement,
    stops_with,
    withdraw_agreement,
)
from schoolprivacy.suppliers.board import BoardRow, board
from schoolprivacy.suppliers.sheet_terms import Place
from schoolprivacy.suppliers.sheets import (
    record_annex,
    record_bijsluiter,
    remove_annex,
    remove_bijsluiter,
)
from schoolprivacy.suppliers.stopping import (
    confirm_deletion,
    resume_product,
    stop_product,
    withdraw_deletion,
)
from schoolprivacy.suppliers.telling import parents_list, record_published, unread
from schoolprivacy.suppliers.terms import AgreementEntry, State
from tests.suppliers.builders import (
    ANNEX,
    BIJSLUITER,
    BOARD,
    COMPANY,
    a_product,
    agree,
    an_agreement,
    supplier_of,
    unsigned,
)
from tests.vault.schools import NOW, TORTURE, Made, make_school

TABLES = [
    table
    for table in records.supplier.metadata.sorted_tables
    if table.name.startswith(("supplier", "recipient", "app_wish"))
]
PRODUCT = st.integers(0, 2)
AGREEMENT = st.integers(0, 30)
SHIFT = st.sampled_from([-400, -60, -20, -1, 0, 1, 20, 60, 400])
WORST = [
    State.NO_AGREEMENT,
    State.NOT_SIGNED,
    State.NO_BIJSLUITER,
    State.NO_ANNEX,
    State.OUTSIDE_EEA,
]


@cache
def a_school() -> Made:
    """Two companies, three products with signed agreements; made once, copied for every path."""
    folder = Path(tempfile.mkdtemp(prefix="suppliers-"))
    atexit.register(shutil.rmtree, folder)
    made = make_school(folder / "school.schoolprivacy")
    with made.open() as school:
        one, two, three = (
            a_product(school, name, company)
            for name, company in (("Een", "A"), ("Twee", "A"), ("Drie", "B"))
        )
        agree(school, one, two)
        agree(school, three)
        for each in (one, three):
            record_bijsluiter(school, each, BIJSLUITER)
            record_annex(school, each, ANNEX)
    return made


class Supplying(RuleBasedStateMachine):
    """Three products of two companies, and everything that can be done with their papers."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp(prefix="suppliers-"))
        made = a_school().copy_to(self._folder / "school.schoolprivacy")
        self.clock = SetClock(NOW)
        self.school: School = Made(made.folder, made.paper_key, self.clock).open()
        rows = board(self.school).rows
        self.products = [each.file.product.id for each in sorted(rows, key=lambda e: e.name)]
        self.company = {each: supplier_of(self.school, each) for each in self.products}
        self.last: tuple[Undo, dict[str, set[tuple[Any, ...]]]] | None = None
        self.signed: dict[tuple[str, str], tuple[Any, ...]] = {}
        self.ended: dict[str, tuple[Any, ...]] = {}

    def teardown(self) -> None:
        self.school.lock()
        shutil.rmtree(self._folder)

    # — what can be done; refusals are fine, whatever the order —

    @property
    def today(self) -> date:
        return self.clock.today()

    def day(self, shift: int) -> date:
        return self.today + timedelta(days=shift)

    def dump(self) -> dict[str, set[tuple[Any, ...]]]:
        """Every row of every table of suppliers."""
        with self.school.reading() as session:
            return {
                table.name: {tuple(row) for row in session.execute(sa.select(table))}
                for table in TABLES
            }

    def act(self, what: Callable[[], Undo]) -> bool:
        before = self.dump()
        try:
            change = what()
        except RefusedError as refused:
            event(refused.key)
            assert self.dump() == before  # refused: nothing is half done
            return False
        self.last = (change, before)
        return True

    def agreement_id(self, number: int) -> str:
        rows = self.agreements()
        return str(rows[number % len(rows)].id) if rows else "nix"

    def agreements(self) -> list[Any]:
        table = records.supplier_agreement
        with self.school.reading() as session:
            return list(session.execute(sa.select(table).order_by(sa.text("rowid"))))

    def entry(
        self, product: int, both: bool, shift: int, signed: bool, ends: int
    ) -> AgreementEntry:
        wanted = {self.products[product]}
        if both:
            company = self.company[self.products[product]]
            wanted |= {each for each in self.products if self.company[each] == company}
        begins = self.day(shift)
        made = an_agreement if signed else unsigned
        until = begins + timedelta(days=ends) if ends else None
        return made(*sorted(wanted), begins_on=begins, ends_on=until)

    SIGNED = st.booleans()
    ENDS = st.sampled_from([0, 0, 10, 90, 500])

    @rule(product=PRODUCT, both=st.booleans(), shift=SHIFT, signed=SIGNED, ends=ENDS)
    def record(self, product: int, both: bool, shift: int, signed: bool, ends: int) -> None:
        entry = self.entry(product, both, shift, signed, ends)
        company = self.company[self.products[product]]
        self.act(lambda: record_agreement(self.school, company, entry))

    @rule(which=AGREEMENT, product=PRODUCT, both=st.booleans(), shift=SHIFT, signed=SIGNED)
    def replace(self, which: int, product: int, both: bool, shift: int, signed: bool) -> None:
        key, entry = self.agreement_id(which), self.entry(product, both, shift, signed, 0)
        self.act(lambda: replace_agreement(self.school, key, entry))

    @rule(which=AGREEMENT, product=PRODUCT, shift=SHIFT)
    def correct(self, which: int, product: int, shift: int) -> None:
        key, entry = self.agreement_id(which), self.entry(product, False, shift, False, 0)
        self.act(lambda: change_agreement(self.school, key, entry))

    @rule(which=AGREEMENT, school=st.booleans(), shift=SHIFT)
    def sign(self, which: int, school: bool, shift: int) -> None:
        key, on = self.agreement_id(which), self.day(shift)
        side = {"by_school": (on, BOARD)} if school else {"by_supplier": (on, COMPANY)}
        self.act(lambda: sign_agreement(self.school, key, **side))

    @rule(which=AGREEMENT, shift=SHIFT)
    def review(self, which: int, shift: int) -> None:
        key, on = self.agreement_id(which), self.day(shift)
        self.act(lambda: review_agreement(self.school, key, on))

    @rule(which=AGREEMENT, shift=SHIFT)
    def end(self, which: int, shift: int) -> None:
        key, on = self.agreement_id(which), self.day(shift)
        if not self.agreements():
            return
        told = {each.id for each in stops_with(self.school, key, on)}
        before = self.last_days()
        if self.act(lambda: end_agreement(self.school, key, on, "reden")):
            now = self.last_days()
            assert {each for each in now if now[each] != before[each]} <= told
            assert all(now[each] == on.isoformat() for each in told)

    @rule(which=AGREEMENT)
    def withdraw(self, which: int) -> None:
        key = self.agreement_id(which)
        self.act(lambda: withdraw_agreement(self.school, key, "fout"))

    @rule(product=PRODUCT, outside=st.booleans(), version=st.integers(1, 3), shift=SHIFT)
    def bijsluiter(self, product: int, outside: bool, version: int, shift: int) -> None:
        places = (Place("India"),) if outside else BIJSLUITER.places
        issued = min(self.day(shift), self.today)
        sheet = replace(BIJSLUITER, version=str(version), issued_on=issued, places=places)
        self.act(lambda: record_bijsluiter(self.school, self.products[product], sheet))

    @rule(product=PRODUCT, version=st.integers(1, 3))
    def annex(self, product: int, version: int) -> None:
        sheet = replace(ANNEX, version=str(version))
        self.act(lambda: record_annex(self.school, self.products[product], sheet))

    @rule(product=PRODUCT, annex=st.booleans())
    def remove_sheet(self, product: int, annex: bool) -> None:
        file = self.row(product).file
        sheet = file.annex if annex else file.bijsluiter
        key, school = self.products[product], self.school
        if sheet is not None:
            remove = remove_annex if annex else remove_bijsluiter
            self.act(lambda: remove(school, key, sheet.id))

    @rule(product=PRODUCT, shift=SHIFT)
    def stop(self, product: int, shift: int) -> None:
        on = self.day(shift)
        self.act(lambda: stop_product(self.school, self.products[product], on, "reden"))

    @rule(product=PRODUCT)
    def resume(self, product: int) -> None:
        self.act(lambda: resume_product(self.school, self.products[product]))

    @rule(product=PRODUCT, shift=SHIFT)
    def delete(self, product: int, shift: int) -> None:
        on = self.day(shift)
        self.act(lambda: confirm_deletion(self.school, self.products[product], on, "brief"))

    @rule(product=PRODUCT)
    def not_deleted(self, product: int) -> None:
        self.act(lambda: withdraw_deletion(self.school, self.products[product]))

    @rule()
    def publish(self) -> None:
        if self.act(lambda: record_published(self.school, self.today, "website")):
            assert unread(self.school) == []

    @rule(days=st.sampled_from([1, 15, 100, 400]))
    def later(self, days: int) -> None:
        self.clock.moment += timedelta(days=days)

    @precondition(lambda self: self.last is not None)
    @rule()
    def undo_last(self) -> None:
        assert self.last is not None
        change, before = self.last
        self.last = None
        undo(self.school, change)
        assert self.dump() == before
        self.signed, self.ended = {}, {}

    # — what must hold —

    def row(self, product: int) -> BoardRow:
        key = self.products[product]
        return next(each for each in board(self.school).rows if each.file.product.id == key)

    def last_days(self) -> dict[str, str | None]:
        with self.school.reading() as session:
            table = records.supplier_product
            return {row.id: row.last_day for row in session.execute(sa.select(table))}

    def expected(self, product_id: str) -> State | None:
        """The worst of the field's first five, or what stopping says; None: none of these."""
        today = self.today.isoformat()
        with self.school.reading() as session:
            tables = {t.name: list(session.execute(sa.select(t))) for t in TABLES}
        (product,) = [e for e in tables["supplier_product"] if e.id == product_id]
        if product.last_day and product.last_day < today:
            return State.DELETION if product.deleted_on is None else State.STOPPED
        links = tables["supplier_agreement_product"]
        covering = {each.agreement_id for each in links if each.product_id == product_id}
        holding = [
            each
            for each in tables["supplier_agreement"]
            if each.id in covering and not each.mistake and each.begins_on <= today
            if today <= min(each.ends_on or "9", each.last_day or "9")
        ]
        if not holding:
            return State.NO_AGREEMENT
        if not any(each.school_signed_on and each.supplier_signed_on for each in holding):
            return State.NOT_SIGNED
        return self.expected_of_sheets(product_id, tables)

    def expected_of_sheets(self, product_id: str, tables: dict[str, list[Any]]) -> State | None:
        """The same, of what has a signed agreement."""
        sheets = [e for e in tables["supplier_bijsluiter"] if e.product_id == product_id]
        if not sheets:
            return State.NO_BIJSLUITER
        if not any(each.product_id == product_id for each in tables["supplier_annex"]):
            return State.NO_ANNEX
        newest = max(each.issued_on for each in sheets)
        of_day = {each.id for each in sheets if each.issued_on == newest}
        lines = [e for e in tables["supplier_bijsluiter_line"] if e.bijsluiter_id in of_day]
        outside = {e.bijsluiter_id for e in lines if e.kind == "place" and e.line == "India"}
        if outside == of_day:
            return State.OUTSIDE_EEA
        return None if not outside else State.INCOMPLETE  # of one day: whichever came last

    @invariant()
    def every_product_stands_as_the_tables_say(self) -> None:
        rows = board(self.school).rows
        states = [each.state for each in rows]
        assert states == sorted(states, key=list(State).index)
        for row in rows:
            expected = self.expected(row.file.product.id)
            if expected is None:
                assert row.state not in (*WORST, State.DELETION, State.STOPPED)
            elif expected is not State.INCOMPLETE:
                assert row.state is expected, (row.name, row.findings)

    @invariant()
    def what_was_signed_or_ended_is_never_overwritten(self) -> None:
        """A mistake stays as it was signed too; only undo takes a signature or an end back."""
        rows = self.agreements()
        for row in rows:
            text = (row.model, row.version, row.begins_on, row.ends_on)
            for side in ("school", "supplier"):
                if on := getattr(row, f"{side}_signed_on"):
                    fixed = (*text, on, getattr(row, f"{side}_signed_by"))
                    assert self.signed.setdefault((row.id, side), fixed) == fixed
            if row.ended_why:
                end = (row.last_day, row.ended_why)
                assert self.ended.setdefault(row.id, end) == end
        there = {(row.id, side) for row in rows for side in ("school", "supplier")}
        assert set(self.signed) <= there
        assert set(self.ended) <= {row.id for row in rows}

    @invariant()
    def after_one_agreement_comes_one(self) -> None:
        before = [row.replaces for row in self.agreements() if row.replaces and not row.mistake]
        assert len(before) == len(set(before))

    @invariant()
    def parents_read_of_all_who_have_data(self) -> None:
        listed = {each.of for each in parents_list(self.school).products}
        gone = {
            each.file.product.id for each in board(self.school).rows if each.state is State.STOPPED
        }
        assert listed == set(self.products) - gone


Supplying.TestCase.settings = settings(
    max_examples=300 if TORTURE else 15,
    stateful_step_count=25,
    deadline=None,
    derandomize=not TORTURE,
    phases=(Phase.explicit, Phase.generate),  # a real school per path: shrinking takes hours
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestSupplying = pytest.mark.torture(Supplying.TestCase)
