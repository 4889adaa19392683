"""What somebody enters about suppliers, held to what may be stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from schoolprivacy.countries import is_in_eea
from schoolprivacy.errors import RefusedError
from schoolprivacy.exchange.values import clean, read_email
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.paper.fonts import check
from schoolprivacy.school import Session
from schoolprivacy.suppliers.sheet_terms import (
    NEEDS_DETAIL,
    AnnexEntry,
    BijsluiterEntry,
    Certificate,
    Option,
    Place,
    Safeguard,
    Shared,
    SubProcessor,
)
from schoolprivacy.suppliers.terms import (
    Basic,
    BasicAnswer,
    Dpia,
    ProductEntry,
    SupplierEntry,
    YesNo,
)

LONGEST_NAME, LONGEST_LINE, LONGEST_TEXT = 80, 200, 2000
"""Characters: of a name, of a line, of a text with paragraphs."""

ADDRESS_LINES = 3


def checked_line(text: str, most: int = LONGEST_LINE) -> str:
    """One line as it is kept and printed.

    :raises RefusedError: too long
    :raises KnownError: it cannot be printed
    """
    text = clean(text)
    if len(text) > most:
        raise RefusedError("supplier.long", most=most)
    return check(text)


def needed_line(text: str, what: str, most: int = LONGEST_LINE) -> str:
    """The same, of what may not be left empty.

    :param what: key of what is missing, in messages ``supplier_field``
    """
    if found := checked_line(text, most):
        return found
    raise RefusedError(f"supplier_field.{what}")


def checked_text(text: str) -> str:
    """A text with its paragraphs.

    :raises RefusedError: too long
    :raises KnownError: it cannot be printed
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    text = "\n".join(check(clean(line)) for line in lines).strip("\n")
    if len(text) > LONGEST_TEXT:
        raise RefusedError("supplier.long", most=LONGEST_TEXT)
    return text


def checked_past(session: Session, day: date | None, first: date | None = None) -> str | None:
    """A day on which something was done, as it is stored.

    :param first: it cannot have been before
    :raises RefusedError: it has yet to come, or is too early
    """
    if day is None:
        return None
    if day > session.clock.today():
        raise RefusedError("supplier.future", day=dutch_date(day))
    if first and day < first:
        raise RefusedError("supplier.too_early", day=dutch_date(day), first=dutch_date(first))
    return day.isoformat()


# — supplier and product —


def checked_supplier(entry: SupplierEntry) -> SupplierEntry:
    """A company as it is kept.

    :raises RefusedError: no name, a wrong e-mail address, or a text too long
    """
    email = clean(entry.email)
    if email and read_email(email) is None:
        raise RefusedError("supplier.email", email=email)
    address = [line for line in checked_text(entry.address).split("\n") if line]
    if len(address) > ADDRESS_LINES:
        raise RefusedError("supplier.address", most=ADDRESS_LINES)
    return SupplierEntry(
        needed_line(entry.name, "supplier", LONGEST_NAME),
        entry.convenant,
        checked_line(entry.contact, LONGEST_NAME),
        email,
        checked_line(entry.phone, LONGEST_NAME),
        "\n".join(checked_line(line, LONGEST_NAME) for line in address),
        checked_line(entry.website),
        checked_text(entry.remark),
    )


def checked_product(entry: ProductEntry) -> ProductEntry:
    """A product as it is kept; what does not belong to an answer is dropped.

    :raises RefusedError: no name, a DPIA that was done without its day, or a text too long
    """
    if entry.dpia is Dpia.DONE and entry.dpia_on is None:
        raise RefusedError("supplier_field.dpia_on")
    basics = {
        each: BasicAnswer(answer.answer, checked_line(answer.note))
        for each in Basic
        if (answer := entry.basics.get(each)) and (answer.answer or answer.note)
    }
    return replace(
        entry,
        name=needed_line(entry.name, "product", LONGEST_NAME),
        used_for=checked_line(entry.used_for),
        used_by=checked_line(entry.used_by),
        dpia_on=entry.dpia_on if entry.dpia is Dpia.DONE else None,
        dpia_why=checked_line(entry.dpia_why) if entry.dpia is Dpia.NOT_NEEDED else "",
        pseudonym_why=checked_line(entry.pseudonym_why) if entry.pseudonym is YesNo.NO else "",
        basics=basics,
    )


# — the two sheets —


def checked_bijsluiter(entry: BijsluiterEntry) -> BijsluiterEntry:
    """A privacybijsluiter as it is kept, without empty lines.

    :raises RefusedError: no version, data called ``iets anders`` without words, a text too long
    """
    return BijsluiterEntry(
        needed_line(entry.version, "version", LONGEST_NAME),
        entry.issued_on,
        checked_text(entry.description),
        _lines(entry.services),
        tuple(
            Option(checked_line(each.name), each.ticked, _shared(each.shared))
            for each in entry.options
            if clean(each.name)
        ),
        _lines(entry.purposes),
        tuple(dict.fromkeys(entry.subjects)),
        _shared(entry.shared),
        checked_line(entry.retention),
        tuple(_place(each) for each in entry.places if clean(each.country)),
        tuple(
            SubProcessor(
                needed_line(each.name, "sub_processor", LONGEST_NAME),
                checked_line(each.task),
                _place(each.place),
            )
            for each in entry.sub_processors
            if any(map(clean, (each.name, each.task, each.place.country)))
        ),
    )


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(found for each in texts if (found := checked_line(each)))


def _shared(shared: Iterable[Shared]) -> tuple[Shared, ...]:
    found = tuple(Shared(each.data, checked_line(each.detail)) for each in shared)
    if any(each.data in NEEDS_DETAIL and not each.detail for each in found):
        raise RefusedError("supplier_field.data_detail")
    return tuple(dict.fromkeys(found))


def _place(place: Place) -> Place:
    country = checked_line(place.country, LONGEST_NAME)
    return Place(country, Safeguard.NONE if is_in_eea(country) else place.safeguard)


def checked_annex(entry: AnnexEntry) -> AnnexEntry:
    """A beveiligingsbijlage as it is kept, without empty lines.

    :raises RefusedError: no version, a certificate without name, no good hours, a text too long
    """
    if entry.breach_hours is not None and entry.breach_hours < 1:
        raise RefusedError("supplier_field.breach_hours")
    return replace(
        entry,
        version=needed_line(entry.version, "version", LONGEST_NAME),
        measures=checked_text(entry.measures),
        certificates=tuple(
            Certificate(needed_line(each.name, "certificate"), each.ends_on)
            for each in entry.certificates
            if clean(each.name) or each.ends_on
        ),
        audit=checked_line(entry.audit),
        breach_contact=checked_line(entry.breach_contact),
    )
