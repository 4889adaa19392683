"""The words of consent: values that rules, papers and windows share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schoolprivacy.people.terms import Authority


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
    """One use of images that is asked apart (AVG 4(11): specific).

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


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person decided about one child and one purpose.

    :param signer: who: the guardian's identifier, or the form's when its signer was not named
    :param authority: the signer's authority over this child as the school knows it now; for a
        signer who was not named, the weakest of those the form was meant for
    :param declared: what the signer declared about own authority on the form
    :param by_pupil: the pupil of 16 or older decided
    :param version: version of the wording it was given on
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
