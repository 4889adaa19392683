"""Printing what is on record of suppliers: lists, the letter to a company, the page to ask on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from schoolprivacy.access.matrix import require
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.errors import RefusedError
from schoolprivacy.letters.letterhead import made, school_paper
from schoolprivacy.letters.printing import Deliver, Outlet
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.people.calendar import hand_in_date
from schoolprivacy.people.profile import read_profile
from schoolprivacy.school import School, Session
from schoolprivacy.suppliers import letter_papers, papers, words
from schoolprivacy.suppliers.board import BoardRow, read_board, row_of
from schoolprivacy.suppliers.letter_papers import RequestLetter
from schoolprivacy.suppliers.papers import BoardPaper
from schoolprivacy.suppliers.reading import find_file, publications, recipients, wishes
from schoolprivacy.suppliers.telling import read_list, read_unread
from schoolprivacy.suppliers.terms import Basic, Finding, Product, State, YesNo

Draw = Callable[[SchoolPaper, Made], bytes]
Prepare = Callable[[Session], Draw]


def _print(
    school: School,
    deliver: Deliver,
    prepare: Prepare,
    action: str,
    way: Outlet,
    product_id: str = "",
) -> None:
    """Make a paper and hand it over: audited and delivered together, or not at all.

    :param product_id: which product it is about; "" of all together
    """
    with school.transaction() as session:
        require(session, Area.SUPPLIERS, Right.PRINT)
        draw = prepare(session)
        session.audit(action, product_id, way=way)
        deliver(draw(school_paper(session), made(session)))


def _sample(school: School, prepare: Prepare) -> bytes:
    """The same to look at; stores nothing."""
    with school.reading() as session:
        require(session, Area.SUPPLIERS, Right.PRINT)
        sample = Made(session.clock.today(), session.who.name, sample=True)
        return prepare(session)(school_paper(session), sample)


# — the list for parents —


def print_parents_list(school: School, deliver: Deliver, *, way: Outlet = "saved") -> None:
    """Print the list that parents have a right to (AVG 13(1)(e)).

    :raises RefusedError: not with this role
    """
    _print(school, deliver, _parents, "supplier.list_printed", way)


def sample_parents_list(school: School) -> bytes:
    """The same to look at; stores nothing.

    :raises RefusedError: not with this role
    """
    return _sample(school, _parents)


def _parents(session: Session) -> Draw:
    found = read_list(session)
    return lambda school, made: papers.parents_list(found.products, found.recipients, school, made)


# — the overview for the board —


def print_board(school: School, deliver: Deliver, *, way: Outlet = "saved") -> None:
    """Print every product with what is missing, worst first, for the board.

    :raises RefusedError: not with this role
    """
    _print(school, deliver, _board, "supplier.board_printed", way)


def sample_board(school: School) -> bytes:
    """The same to look at; stores nothing.

    :raises RefusedError: not with this role
    """
    return _sample(school, _board)


def _board(session: Session) -> Draw:
    found = read_board(session)
    used = [each for each in found.rows if each.state is not State.STOPPED]
    paper = BoardPaper(
        tuple((words.state_word(state), str(many)) for state, many in found.counts.items()),
        tuple(map(_product_line, found.rows)),
        tuple(_check_line(each.file.product) for each in used),
        tuple((each.name, each.what, each.why) for each in recipients(session)),
        tuple(
            (dutch_date(each.published_on), each.place, each.recorded_by)
            for each in reversed(publications(session))
        ),
        len(read_unread(session)),
        sum(each.granted is None for each in wishes(session)),
    )
    return lambda school, made: papers.board_overview(paper, school, made)


def _product_line(row: BoardRow) -> tuple[str, ...]:
    reasons = [words.why_told(each) for each in row.findings]
    why = "\n".join(f"– {each}" for each in reasons) if reasons[1:] else "".join(reasons)
    until = _in_figures(row.ends_on) or ("tot opzeggen" if row.agreement is not None else "")
    name = f"{row.name}\n{row.file.supplier.name}"
    return (name, words.state_word(row.state), why, until, _in_figures(row.review_due_on))


def _in_figures(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""


def _check_line(product: Product) -> tuple[str, ...]:
    told = {YesNo.YES: "ja", YesNo.NO: "nee", YesNo.UNKNOWN: "?"}
    answers = [product.basics[each].answer for each in Basic if each in product.basics]
    dpia = words.dpia_word(product.dpia)
    if product.dpia_on:
        dpia = f"{dpia}, {product.dpia_on:%d-%m-%Y}"
    return (
        product.name,
        told[product.sensitive],
        dpia,
        told[product.pseudonym],
        f"{answers.count(YesNo.YES)} van {len(Basic)} ja",
    )


# — the letter to a company —


def print_request(
    school: School, deliver: Deliver, product_id: str, *, way: Outlet = "saved"
) -> None:
    """Print the letter that asks a company for what is missing.

    :raises RefusedError: not with this role, no such product, or the company owes nothing
    """
    prepare = _request_of(product_id)
    _print(school, deliver, prepare, "supplier.request_printed", way, product_id)


def sample_request(school: School, product_id: str) -> bytes:
    """The same to look at; stores nothing.

    :raises RefusedError: as ``print_request``
    """
    return _sample(school, _request_of(product_id))


def _request_of(product_id: str) -> Prepare:
    def prepare(session: Session) -> Draw:
        today = session.clock.today()
        row = row_of(find_file(session, product_id), today)
        missing = owed(row)
        if not missing:
            raise RefusedError("supplier.nothing_to_ask")
        supplier, product = row.file.supplier, row.file.product
        certificates = [
            finding.values["name"]
            for finding in row.findings
            if finding.why in ("certificate_ended", "certificate_ends")
        ]
        letter = RequestLetter(
            (supplier.name, *filter(None, supplier.address.split("\n"))),
            product.name,
            supplier.contact,
            hand_in_date(session, today, read_profile(session).hand_in_days),
            missing,
            ", ".join(certificates),
            product.last_day if product.is_stopped(today) else None,
        )
        letter_papers.check_letter(letter)
        return lambda school, made: letter_papers.request_letter(letter, school, made)

    return prepare


_ASKED_FOR = {
    "agreement_none": "no_agreement",
    "agreement_ended": "no_agreement",
    "unsigned_both": "no_signature",
    "unsigned_supplier": "no_signature",
    "next_unsigned": "no_signature",
    "bijsluiter": "no_bijsluiter",
    "annex": "no_annex",
    "outside_eea": "no_safeguard",
    "not_adequate": "no_safeguard",
    "no_place": "no_safeguard",
    "no_place_of": "no_safeguard",
    "certificate_ended": "old_certificate",
    "certificate_ends": "old_certificate",
    "ends": "no_agreement",
    "deletion": "not_deleted",
}
"""What of the findings a company can mend."""


def owed(row: BoardRow) -> frozenset[str]:
    """What the letter asks a company for, as its conditions are called; empty: nothing to ask."""
    return frozenset(_ASKED_FOR[each.why] for each in row.findings if _is_owed(row, each))


def _is_owed(row: BoardRow, found: Finding) -> bool:
    """Whether it is up to the company; a next agreement may wait for the board alone."""
    if found.why == "next_unsigned" and found.on is not None:
        after = [each for each in row.file.agreements if each.covers(found.on)]
        return any(each.supplier_signed_on is None for each in after)
    return found.why in _ASKED_FOR


# — the page to ask on —


def print_wish_form(school: School, deliver: Deliver, *, way: Outlet = "saved") -> None:
    """Print the page on which a teacher asks for an app.

    :raises RefusedError: not with this role
    """
    _print(school, deliver, lambda _: papers.wish_form, "wish.form_printed", way)


def sample_wish_form(school: School) -> bytes:
    """The same to look at; stores nothing.

    :raises RefusedError: not with this role
    """
    return _sample(school, lambda _: papers.wish_form)
