"""The words of suppliers: values that rules, papers and windows share.

Sources: AVG 28 (processor and agreement), 35 (DPIA), 13(1)(e) (parents know who gets data);
Convenant Digitale Onderwijsmiddelen en Privacy; the five vuistregels of "Privacy in 10 stappen".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from schoolprivacy.suppliers.sheet_terms import Annex, Bijsluiter


class YesNo(StrEnum):
    """An answer that may not be known yet."""

    UNKNOWN = ""
    YES = "yes"
    NO = "no"


class ProductKind(StrEnum):
    """What a product is."""

    LAS = "las"
    LEARNING = "learning"
    TESTS = "tests"
    PARENT_APP = "parent_app"
    WORKPLACE = "workplace"
    ACCESS = "access"
    WEBSITE = "website"
    PHOTOS = "photos"
    ABSENCE = "absence"
    FINANCE = "finance"
    CARE = "care"
    APP = "app"
    OTHER = "other"


class Basic(StrEnum):
    """The five vuistregels that every use of personal data is held to (AVG 5, 6)."""

    PURPOSE = "purpose"
    GROUND = "ground"
    MINIMAL = "minimal"
    OPEN = "open"
    CORRECT = "correct"


class Dpia(StrEnum):
    """How far the assessment of large or sensitive processing is (AVG 35)."""

    UNKNOWN = ""
    NOT_NEEDED = "not_needed"
    NEEDED = "needed"
    DONE = "done"


class Model(StrEnum):
    """On which text an agreement is."""

    MODEL_4 = "model_4"
    MODEL_3 = "model_3"
    SUPPLIER = "supplier"
    OWN = "own"


class RecipientKind(StrEnum):
    """Who gets data and is no processor: answers for them itself (AVG 4(7))."""

    DUO = "duo"
    SWV = "swv"
    NEXT_SCHOOL = "next_school"
    MUNICIPALITY = "municipality"
    INSPECTORATE = "inspectorate"
    HEALTH = "health"
    OTHER = "other"


class Paper(StrEnum):
    """What was scanned. An agreement is shown with every product of the supplier."""

    AGREEMENT = "agreement"
    BIJSLUITER = "bijsluiter"
    ANNEX = "annex"
    DPIA = "dpia"
    DELETION = "deletion"
    OTHER = "other"


class State(StrEnum):
    """How a product stands, worst first.

    The first seven and IN_ORDER are of the field; the others tell what a school owes besides.
    DELETION: stopped, and nobody confirmed that the data are gone. NOT_TOLD: parents read nothing
    of it, or something else. STOPPED: nothing is left to do.
    """

    NO_AGREEMENT = "no_agreement"
    NOT_SIGNED = "not_signed"
    NO_BIJSLUITER = "no_bijsluiter"
    NO_ANNEX = "no_annex"
    OUTSIDE_EEA = "outside_eea"
    DELETION = "deletion"
    REVIEW_OVERDUE = "review_overdue"
    DPIA = "dpia"
    CERTIFICATE = "certificate"
    ENDS_SOON = "ends_soon"
    INCOMPLETE = "incomplete"
    NOT_TOLD = "not_told"
    IN_ORDER = "in_order"
    STOPPED = "stopped"


URGENT = (
    State.NO_AGREEMENT,
    State.NOT_SIGNED,
    State.NO_BIJSLUITER,
    State.NO_ANNEX,
    State.OUTSIDE_EEA,
    State.DELETION,
)
"""Data are with somebody while what the law asks for is not there."""


class Step(StrEnum):
    """What mends a finding; the windows map it to a button."""

    AGREEMENT = "agreement"
    SIGN = "sign"
    BIJSLUITER = "bijsluiter"
    COUNTRY = "country"
    ANNEX = "annex"
    DELETION = "deletion"
    REVIEW = "review"
    PRODUCT = "product"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not in order.

    :param why: key of the sentence that gives the reason, in messages ``supplier_why``
    :param values: what that sentence names
    :param on: the day it is about, where there is one
    """

    state: State
    step: Step
    why: str
    values: Mapping[str, str] = field(default_factory=dict)
    on: date | None = None


# — supplier and product —


@dataclass(frozen=True, slots=True)
class SupplierEntry:
    """A company as somebody enters it.

    :param convenant: whether it joined the convenant
    :param address: for letters, at most three lines
    """

    name: str
    convenant: YesNo = YesNo.UNKNOWN
    contact: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    website: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Supplier(SupplierEntry):
    """A company that is on record."""

    id: str = ""


@dataclass(frozen=True, slots=True)
class BasicAnswer:
    """Whether a product keeps to one of the five, and why."""

    answer: YesNo
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProductEntry:
    """What a school uses of a supplier, as somebody enters it.

    :param used_for: what for, in the words that parents read
    :param used_by: which groups or people
    :param since: first day of use; may be to come
    :param sensitive: large or sensitive processing, which asks for a DPIA
    :param dpia_on: the day it was done
    :param dpia_why: why none is needed
    :param pseudonym: whether pupils stand in it under a pseudonym (ECK iD), and why not
    """

    name: str
    kind: ProductKind
    used_for: str = ""
    used_by: str = ""
    since: date | None = None
    sensitive: YesNo = YesNo.UNKNOWN
    dpia: Dpia = Dpia.UNKNOWN
    dpia_on: date | None = None
    dpia_why: str = ""
    pseudonym: YesNo = YesNo.UNKNOWN
    pseudonym_why: str = ""
    basics: Mapping[Basic, BasicAnswer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Product(ProductEntry):
    """A product that is on record.

    :param last_day: of use; None while it goes on
    :param stopped_why: in the words of the school
    :param deleted_on: the day on which the supplier confirmed that the data are gone
    :param deleted_how: what confirms it
    """

    id: str = ""
    supplier_id: str = ""
    last_day: date | None = None
    stopped_why: str = ""
    deleted_on: date | None = None
    deleted_how: str = ""

    def is_stopped(self, on: date) -> bool:
        """Whether it is used no more; on its last day it still is."""
        return self.last_day is not None and self.last_day < on

    def awaits_deletion(self, on: date) -> bool:
        """Whether its data must be gone and nobody confirmed it."""
        return self.is_stopped(on) and self.deleted_on is None


# — the agreement —


@dataclass(frozen=True, slots=True)
class AgreementEntry:
    """A processing agreement (AVG 28(3)) as somebody enters it.

    :param version: of the text, as it says itself
    :param products: what it covers, by identifier
    :param ends_on: last day; None: until somebody ends it
    :param school_signed_by: the board signs
    """

    model: Model
    version: str
    begins_on: date
    products: tuple[str, ...]
    ends_on: date | None = None
    school_signed_on: date | None = None
    school_signed_by: str = ""
    supplier_signed_on: date | None = None
    supplier_signed_by: str = ""


@dataclass(frozen=True, slots=True)
class Agreement(AgreementEntry):
    """An agreement that is on record. What was signed is never overwritten.

    :param reviewed_on: when the school last looked whether it still holds
    :param replaces: the one before it
    :param last_day: on which it was ended before its time, by ending or by a next one
    :param mistake: why it does not count; "" of one that does
    """

    id: str = ""
    supplier_id: str = ""
    reviewed_on: date | None = None
    replaces: str | None = None
    last_day: date | None = None
    ended_why: str = ""
    mistake: str = ""
    recorded_on: date = date.min

    @property
    def is_signed(self) -> bool:
        """By both sides."""
        return self.school_signed_on is not None and self.supplier_signed_on is not None

    @property
    def runs_until(self) -> date | None:
        """The last day it holds, None while no end is known."""
        return min((day for day in (self.ends_on, self.last_day) if day), default=None)

    def is_over(self, on: date) -> bool:
        """Whether somebody ended or replaced it; on its last day it still holds."""
        return self.last_day is not None and self.last_day < on

    def covers(self, day: date) -> bool:
        """Whether it holds on a day, signed or not."""
        until = self.runs_until
        return not self.mistake and self.begins_on <= day and (until is None or day <= until)


# — what was told, and who else —


@dataclass(frozen=True, slots=True)
class Publication:
    """That the list for parents was put somewhere.

    :param said: by product or recipient, what it said
    """

    id: str
    published_on: date
    place: str
    recorded_by: str
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RecipientEntry:
    """Who gets data and answers for them itself.

    :param what: which data
    :param why: what they need them for
    :param ground: the law or the task that says so
    :param since, last_day: as far as known
    """

    name: str
    kind: RecipientKind
    what: str
    why: str
    ground: str = ""
    since: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Recipient(RecipientEntry):
    """A recipient on record."""

    id: str = ""


@dataclass(frozen=True, slots=True)
class WishEntry:
    """A teacher asks for an app.

    :param used_for: what it is for in class
    :param used_by: which group or groups
    :param data: which data of children would go in, as far as the teacher knows
    """

    asked_by: str
    asked_on: date
    app: str
    used_for: str
    used_by: str = ""
    data: str = ""


@dataclass(frozen=True, slots=True)
class Wish(WishEntry):
    """A request on record, with what the director decided.

    :param granted: None while nobody decided
    :param product_id: what became of it, when it was granted
    """

    id: str = ""
    granted: bool | None = None
    reason: str = ""
    decided_on: date | None = None
    decided_by: str = ""
    product_id: str | None = None


# — everything of one product —


@dataclass(frozen=True, slots=True)
class ProductFile:
    """A product with all that is on record of it.

    :param agreements: that cover it or did, mistakes too; the newest first
    :param bijsluiters, annexes: the one that holds first, then the earlier ones
    :param told: what the last list that parents could read said of it; None: nothing
    :param tells: what the list says today
    """

    supplier: Supplier
    product: Product
    agreements: tuple[Agreement, ...] = ()
    bijsluiters: tuple[Bijsluiter, ...] = ()
    annexes: tuple[Annex, ...] = ()
    told: str | None = None
    tells: str = ""

    @property
    def bijsluiter(self) -> Bijsluiter | None:
        """The one that holds."""
        return next(iter(self.bijsluiters), None)

    @property
    def annex(self) -> Annex | None:
        """The one that holds."""
        return next(iter(self.annexes), None)
