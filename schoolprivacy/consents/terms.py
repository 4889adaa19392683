"""The words of consent: values that rules, papers and windows share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schoolprivacy.people.terms import Authority

UNNAMED = "form "
"""Begins the signer of a decision on a form whose signer was not named."""


class PurposeKind(StrEnum):
    """What a purpose is about, and so who decides and for how long.

    IMAGE: pictures of the child, until somebody changes it. CONTACT_CHILD: the child's name or
    birthday on the contact list; whoever has authority decides. CONTACT_OWN: a guardian's own name,
    address, phone or e-mail there; every guardian decides about their own, authority or not. Both
    for one school year. SHARING: data of a few children with one named party for a while; never on
    the form of the school.
    """

    IMAGE = "image"
    CONTACT_CHILD = "contact_child"
    CONTACT_OWN = "contact_own"
    SHARING = "sharing"


CONTACT = frozenset({PurposeKind.CONTACT_CHILD, PurposeKind.CONTACT_OWN})


class Answer(StrEnum):
    """What counts for one child and one purpose. Only GRANTED permits use."""

    NOT_ASKED = "not_asked"
    NO_ANSWER = "no_answer"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    CONFLICT = "conflict"


class Choice(StrEnum):
    """What one person decided. A blank is no decision at all."""

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    """Whether one decision counts today, and if not, why not."""

    COUNTS = "counts"
    INVALIDATED = "invalidated"
    NOT_YET = "not_yet"
    PUPIL_DECIDES = "pupil_decides"
    PARENTS_DECIDE = "parents_decide"
    REPLACED = "replaced"
    PAST = "past"
    OUTGROWN = "outgrown"
    DECLARED_NONE = "declared_none"
    NO_AUTHORITY = "no_authority"
    AUTHORITY_UNKNOWN = "authority_unknown"


class Way(StrEnum):
    """How a decision reached the school."""

    PAPER_FORM = "paper_form"
    DESK = "desk"
    PHONE = "phone"
    LETTER = "letter"
    E_MAIL = "e_mail"


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of the text of a purpose.

    :param widens: the use became wider than in the version before, so older answers do not cover it
    :param audience: who sees it; ``keeps``: how long it is kept
    """

    version: int
    label: str
    short: str
    audience: str
    keeps: str
    since: date
    widens: bool = False


@dataclass(frozen=True, slots=True)
class Purpose:
    """One use of pictures or data that is asked apart (AVG 4(11): specific).

    :param all_must_agree: one parent's yes is not enough; on by default for social media
    :param wording: the newest version
    :param widened_at: newest version that widened the use; a yes to an older one does not cover it
    """

    code: str
    switched_on: bool
    all_must_agree: bool
    social_medium: bool
    wording: Wording
    widened_at: int = 1
    kind: PurposeKind = PurposeKind.IMAGE

    @property
    def is_contact(self) -> bool:
        """It stands on the contact list, for one school year."""
        return self.kind in CONTACT

    @property
    def is_own(self) -> bool:
        """It is the guardian's own data, about which authority says nothing."""
        return self.kind is PurposeKind.CONTACT_OWN


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person decided about one child and one purpose.

    :param signer: who: the guardian's identifier, or the form's when its signer was not named
    :param authority: the signer's authority over this child as the school knows it now; for a
        signer who was not named, the weakest of those the form was meant for
    :param declared: what the signer declared about own authority on the form
    :param by_pupil: the pupil of 16 or older decided
    :param version: version of the wording it was given on
    :param valid_from: first day a yes counts, when that is later than the day it was given; a no
        counts at once
    :param valid_until: last day it counts; None as long as nothing changes
    :param invalidated: entered wrongly; stays in the history, counts for nothing
    """

    signer: str
    choice: Choice
    decided_on: date
    authority: Authority = Authority.UNKNOWN
    declared: Authority | None = None
    by_pupil: bool = False
    version: int = 1
    valid_until: date | None = None
    invalidated: bool = False
    valid_from: date | None = None
