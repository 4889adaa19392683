"""What parents read: who gets which data of their child, why, where, and since when.

AVG 13(1)(e) and (f), 14. Only what is shared: the standard services and the options the school
ticked. Values in, values out; the paper and the page for the website are made of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.suppliers import words
from schoolprivacy.suppliers.sheet_terms import Subject
from schoolprivacy.suppliers.terms import ProductFile, Recipient


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the list, in the words of parents; empty where the school knows nothing yet.

    :param of: identifier of the product or recipient
    :param who: the product or recipient, with the company
    :param what: the data, each on its own
    :param why: what for
    :param where: countries, and what protects the data outside the EEA
    :param kept: how long
    :param until: that it stopped, and that the data must still go
    """

    of: str
    who: str
    company: str
    kind: str
    about: str
    what: tuple[str, ...]
    why: str
    where: str
    kept: str
    since: date | None
    until: str = ""

    def said(self) -> str:
        """All of it as one text, to see later whether parents read what is true today."""
        since = f"Sinds {dutch_date(self.since)}." if self.since else ""
        parts = [
            f"{self.who} ({self.company})" if self.company else self.who,
            self.about,
            "; ".join(self.what),
            self.why,
            self.where,
            self.kept,
            since,
            self.until,
        ]
        return "\n".join(each for each in parts if each)


def with_words(file: ProductFile, today: date) -> ProductFile:
    """A product with what the list says of it today."""
    return replace(file, tells=told(file, today).said() if is_listed(file, today) else "")


def is_listed(file: ProductFile, today: date) -> bool:
    """Whether data of children or their parents are with the supplier, or have yet to be deleted.

    What stopped stays on the list until the supplier confirmed that the data are gone. What is on
    nobody but staff is no business of parents; of whom nobody said yet is.
    """
    if is_of_staff(file):
        return False
    return not file.product.is_stopped(today) or file.product.awaits_deletion(today)


def is_of_staff(file: ProductFile) -> bool:
    """Whether the bijsluiter that holds names nobody but staff."""
    return file.bijsluiter is not None and set(file.bijsluiter.subjects) == {Subject.STAFF}


def told(file: ProductFile, today: date) -> Told:
    """What parents read of a product."""
    product, sheet = file.product, file.bijsluiter
    purposes = "; ".join(sheet.purposes) if sheet else ""
    until = ""
    if product.last_day and product.awaits_deletion(today):
        until = words.told("stopped", day=dutch_date(product.last_day))
    return Told(
        product.id,
        product.name,
        file.supplier.name,
        words.kind_word(product.kind),
        words.subjects_told(sheet.subjects if sheet else ()),
        tuple(words.data_told(each) for each in sheet.all_shared) if sheet else (),
        product.used_for or purposes,
        words.places_told(sheet) if sheet else "",
        sheet.retention if sheet else "",
        product.since,
        until,
    )


def told_of_recipient(recipient: Recipient) -> Told:
    """What parents read of who answers for the data itself."""
    return Told(
        recipient.id,
        recipient.name,
        "",
        words.recipient_word(recipient.kind),
        "",
        (recipient.what,),
        recipient.why,
        "",
        "",
        recipient.since,
        words.told("ground", ground=recipient.ground) if recipient.ground else "",
    )


def parent_list(files: Iterable[ProductFile], today: date) -> tuple[Told, ...]:
    """Every product on the list, by name of product."""
    listed = [told(each, today) for each in files if is_listed(each, today)]
    return tuple(sorted(listed, key=lambda each: words.sort_key(each.who)))
