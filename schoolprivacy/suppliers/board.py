"""Every product with how it stands, worst first: for the window, the overview and paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schoolprivacy.access.matrix import require
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.people.names import plain
from schoolprivacy.school import School, Session
from schoolprivacy.suppliers import rules
from schoolprivacy.suppliers.reading import find_file, product_files, products, suppliers
from schoolprivacy.suppliers.terms import (
    Agreement,
    Finding,
    ProductFile,
    State,
    Supplier,
)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One product.

    :param findings: everything that is not in order, worst first
    :param agreement: that holds today, or on the first day of use
    :param review_due_on: when it must be looked at again
    :param ends_on: the last day on which an agreement holds; None: no end is known, or none holds
    :param keep_until: the last day on which this may be kept; None while that is not counted
    """

    file: ProductFile
    state: State
    findings: tuple[Finding, ...]
    agreement: Agreement | None
    review_due_on: date | None
    ends_on: date | None
    keep_until: date | None

    @property
    def name(self) -> str:
        return self.file.product.name


@dataclass(frozen=True, slots=True)
class Board:
    """All products, worst first, then by name."""

    rows: tuple[BoardRow, ...]

    @property
    def counts(self) -> dict[State, int]:
        """How many stand how, worst first; states of nobody are left out."""
        found = Counter(each.state for each in self.rows)
        return {state: found[state] for state in State if found[state]}


def board(school: School) -> Board:
    """Every product on record.

    :raises RefusedError: not with this role
    """
    with school.reading() as session:
        require(session, Area.SUPPLIERS, Right.PRINT)
        return read_board(session)


def counts(school: School) -> dict[State, int]:
    """How many products stand how.

    :raises RefusedError: not with this role
    """
    with school.reading() as session:
        require(session, Area.SUPPLIERS, Right.STATUS)
        return read_board(session).counts


def read_board(session: Session) -> Board:
    """The same, within a session."""
    today = session.clock.today()
    return Board(in_order([row_of(each, today) for each in product_files(session)]))


def in_order(rows: Sequence[BoardRow]) -> tuple[BoardRow, ...]:
    """Worst first; of the same state the day that comes first, then by name."""
    order = list(State)
    return tuple(
        sorted(
            rows,
            key=lambda each: (
                order.index(each.state),
                next((found.on for found in each.findings if found.on), None) or date.max,
                plain(each.name),
                plain(each.file.supplier.name),
            ),
        )
    )


def row_of(file: ProductFile, today: date) -> BoardRow:
    """How one product stands."""
    agreement = None if file.product.is_stopped(today) else rules.agreement_of(file, today)
    return BoardRow(
        file,
        rules.state_of(file, today),
        rules.findings(file, today),
        agreement,
        rules.review_due_on(agreement) if agreement else None,
        rules.ends_on(file, today) if agreement else None,
        rules.keep_until(file),
    )


def product_row(school: School, product_id: str) -> BoardRow:
    """One product with everything on record of it.

    :raises RefusedError: not with this role, or it is not on record
    """
    with school.reading() as session:
        require(session, Area.SUPPLIERS, Right.PRINT)
        return row_of(find_file(session, product_id), session.clock.today())


def known_suppliers(school: School) -> list[Supplier]:
    """Every company on record, by name.

    :raises RefusedError: not with this role
    """
    with school.reading() as session:
        require(session, Area.SUPPLIERS, Right.PRINT)
        return list(suppliers(session).values())


def products_of(school: School, supplier_id: str) -> dict[str, str]:
    """The names of the products of a company, by identifier, sorted by name.

    :raises RefusedError: not with this role
    """
    with school.reading() as session:
        require(session, Area.SUPPLIERS, Right.PRINT)
        found = [each for each in products(session).values() if each.supplier_id == supplier_id]
        return {each.id: each.name for each in sorted(found, key=lambda each: plain(each.name))}
