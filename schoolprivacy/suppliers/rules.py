"""How a product stands: what is missing, why, and the step that mends it. AVG 28, 35, 44; pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from schoolprivacy import law
from schoolprivacy.countries import is_adequate, is_in_eea
from schoolprivacy.suppliers.sheet_terms import BijsluiterEntry, Place, Safeguard
from schoolprivacy.suppliers.terms import (
    Agreement,
    Basic,
    BasicAnswer,
    Dpia,
    Finding,
    Product,
    ProductFile,
    State,
    Step,
    YesNo,
)

_ORDER = list(State)


def state_of(file: ProductFile, today: date) -> State:
    """The worst that is the matter with a product."""
    found = findings(file, today)
    if found:
        return found[0].state
    return State.STOPPED if file.product.is_stopped(today) else State.IN_ORDER


def findings(file: ProductFile, today: date) -> tuple[Finding, ...]:
    """Everything that is not in order, worst first.

    Of a product that is no longer used: only that its data must be gone. What has yet to begin is
    judged on its first day: everything must be there by then.
    """
    if file.product.is_stopped(today):
        found = [*_deletion(file.product, today), *_not_told(file)]
    else:
        found = [
            *_agreement(file, today),
            *_sheets(file),
            *_dpia(file.product),
            *_certificates(file, today),
            *_ends_soon(file, today),
            *_incomplete(file.product),
            *_special(file),
            *_not_told(file),
            *_told_still(file),
        ]
    return tuple(sorted(found, key=lambda each: _ORDER.index(each.state)))


def judged_on(product: Product, today: date) -> date:
    """The day for which an agreement must be there: today, or the first day of use."""
    return max(today, product.since or today)


# — the agreement —


def agreement_of(file: ProductFile, today: date) -> Agreement | None:
    """The agreement that holds on the day a product is judged, signed before unsigned."""
    day = judged_on(file.product, today)
    holding = [each for each in file.agreements if each.covers(day)]
    return max(holding, key=lambda each: (each.is_signed, each.begins_on), default=None)


def _agreement(file: ProductFile, today: date) -> Iterable[Finding]:
    found = agreement_of(file, today)
    if found is None:
        yield _none_holds(file, today)
        return
    if not found.is_signed:
        missing = {
            (True, True): "unsigned_both",
            (True, False): "unsigned_school",
            (False, True): "unsigned_supplier",
        }
        sides = (found.school_signed_on is None, found.supplier_signed_on is None)
        yield Finding(State.NOT_SIGNED, Step.SIGN, missing[sides])
    due_on = review_due_on(found)
    if due_on < today:
        yield Finding(State.REVIEW_OVERDUE, Step.REVIEW, "review", on=due_on)


def _none_holds(file: ProductFile, today: date) -> Finding:
    """Why there is none: never made, ended, or one that has yet to begin."""
    day = judged_on(file.product, today)
    real = [each for each in file.agreements if not each.mistake]
    later = [each.begins_on for each in real if each.begins_on > day]
    ended = [each.runs_until for each in real if each.begins_on <= day and each.runs_until]
    if later:
        return Finding(State.NO_AGREEMENT, Step.AGREEMENT, "agreement_later", on=min(later))
    if ended:
        return Finding(State.NO_AGREEMENT, Step.AGREEMENT, "agreement_ended", on=max(ended))
    return Finding(State.NO_AGREEMENT, Step.AGREEMENT, "agreement_none")


def review_due_on(agreement: Agreement) -> date:
    """The day by which a school looks again whether an agreement still holds."""
    last = max(agreement.begins_on, agreement.reviewed_on or agreement.begins_on)
    return law.last_day("suppliers.review", last)


def ends_on(file: ProductFile, today: date) -> date | None:
    """The last day on which an agreement holds without a gap; None: no end is known, or none holds.

    A signed agreement that begins the day after, or before, carries on.
    """
    found = agreement_of(file, today)
    while found is not None:
        until = found.runs_until
        if until is None:
            return None
        found = _next_of(file, until, signed=True)
        if found is None:
            return until
    return None


def _next_of(file: ProductFile, until: date, *, signed: bool) -> Agreement | None:
    """An agreement that holds on the day after, signed or not yet."""
    after = until + timedelta(days=1)
    holding = (each for each in file.agreements if each.covers(after))
    return next((each for each in holding if each.is_signed == signed), None)


def _ends_soon(file: ProductFile, today: date) -> Iterable[Finding]:
    until, leaves = ends_on(file, today), file.product.last_day
    if until is None or until > law.last_day("suppliers.ends_soon", today):
        return
    if leaves is not None and leaves <= until:
        return  # the product stops with it, or before
    if (after := _next_of(file, until, signed=False)) is not None:
        yield Finding(State.ENDS_SOON, Step.SIGN, "next_unsigned", on=after.begins_on)
    else:
        yield Finding(State.ENDS_SOON, Step.AGREEMENT, "ends", on=until)


def keep_until(file: ProductFile) -> date | None:
    """The last day on which what is on record of a product may be kept; None while it counts on.

    Counted from the day on which the agreement ended and deletion was confirmed.
    """
    product = file.product
    if product.last_day is None or product.deleted_on is None:
        return None
    ended = [each.runs_until for each in file.agreements if each.runs_until and not each.mistake]
    last = max([product.last_day, product.deleted_on, *ended])
    return law.last_day("retention.agreement", last)


# — the sheets —


def _sheets(file: ProductFile) -> Iterable[Finding]:
    if file.bijsluiter is None:
        yield Finding(State.NO_BIJSLUITER, Step.BIJSLUITER, "bijsluiter")
    if file.annex is None:
        yield Finding(State.NO_ANNEX, Step.ANNEX, "annex")
    if file.bijsluiter is not None:
        yield from _places(file.bijsluiter)


def _places(sheet: BijsluiterEntry) -> Iterable[Finding]:
    named = [each for each in unguarded(sheet) if each.country]
    claimed = dict.fromkeys(e.country for e in named if e.safeguard is Safeguard.ADEQUACY)
    bare = dict.fromkeys(e.country for e in named if e.safeguard is not Safeguard.ADEQUACY)
    for why, found in (("outside_eea", bare), ("not_adequate", claimed)):
        if found:
            values = {"countries": ", ".join(found)}
            yield Finding(State.OUTSIDE_EEA, Step.COUNTRY, why, values)
    if not sheet.places:
        yield Finding(State.OUTSIDE_EEA, Step.COUNTRY, "no_place")
    nowhere = (each.name for each in sheet.sub_processors if not each.place.country)
    if names := ", ".join(nowhere):
        yield Finding(State.OUTSIDE_EEA, Step.COUNTRY, "no_place_of", {"names": names})


def unguarded(bijsluiter: BijsluiterEntry) -> tuple[Place, ...]:
    """Where data go outside the EEA and nothing protects them (AVG 44-46).

    Of a sub-processor too. A country that nobody named counts as outside. That the Commission finds
    a country good enough protects only where it decided so.
    """
    places = [*bijsluiter.places, *(each.place for each in bijsluiter.sub_processors)]
    return tuple(each for each in places if not (is_in_eea(each.country) or is_guarded(each)))


def is_guarded(place: Place) -> bool:
    """Whether something protects data that go to this country."""
    if place.safeguard is Safeguard.ADEQUACY:
        return is_adequate(place.country)
    return place.safeguard is not Safeguard.NONE


def _certificates(file: ProductFile, today: date) -> Iterable[Finding]:
    soon = law.last_day("suppliers.ends_soon", today)
    for each in file.annex.certificates if file.annex else ():
        if each.ends_on is None or each.ends_on > soon:
            continue
        if each.ends_on < today:
            why, state = "certificate_ended", State.CERTIFICATE
        else:
            why, state = "certificate_ends", State.ENDS_SOON
        yield Finding(state, Step.ANNEX, why, {"name": each.name}, each.ends_on)


# — what a school must have thought of —


def _dpia(product: Product) -> Iterable[Finding]:
    """Large or sensitive processing asks for a DPIA, or for why none is needed (AVG 35, 5(2))."""
    if product.dpia is Dpia.NEEDED:
        yield Finding(State.DPIA, Step.PRODUCT, "dpia_needed")
    elif product.sensitive is YesNo.YES and product.dpia is Dpia.UNKNOWN:
        yield Finding(State.DPIA, Step.PRODUCT, "dpia_unknown")


def _incomplete(product: Product) -> Iterable[Finding]:
    unanswered = BasicAnswer(YesNo.UNKNOWN)
    answers = [product.basics.get(each, unanswered).answer for each in Basic]
    if refused := answers.count(YesNo.NO):
        yield _owing("basics_no", count=refused)
    if unknown := answers.count(YesNo.UNKNOWN):
        yield _owing("basics", count=unknown)
    if product.sensitive is YesNo.UNKNOWN:
        yield _owing("sensitive")
    if product.sensitive is YesNo.YES and product.dpia is Dpia.NOT_NEEDED and not product.dpia_why:
        yield _owing("dpia_why")
    if product.pseudonym is YesNo.UNKNOWN or (
        product.pseudonym is YesNo.NO and not product.pseudonym_why
    ):
        yield _owing("pseudonym")
    if not product.used_for:
        yield _owing("used_for")
    if product.since is None:
        yield _owing("since")


def _special(file: ProductFile) -> Iterable[Finding]:
    """Who shares special data is working on something sensitive (AVG 9, 35(3)(b))."""
    sheet = file.bijsluiter
    if sheet is not None and sheet.special and file.product.sensitive is YesNo.NO:
        yield _owing("special")


def _owing(why: str, **values: object) -> Finding:
    told = {name: str(value) for name, value in values.items()}
    return Finding(State.INCOMPLETE, Step.PRODUCT, why, told)


def _deletion(product: Product, today: date) -> Iterable[Finding]:
    if product.awaits_deletion(today):
        yield Finding(State.DELETION, Step.DELETION, "deletion", on=product.last_day)


def _not_told(file: ProductFile) -> Iterable[Finding]:
    """Parents can read who gets data of their child (AVG 13(1)(e)), as it is now."""
    if not file.tells:
        return
    if file.told is None:
        yield Finding(State.NOT_TOLD, Step.PUBLISH, "never_told")
    elif file.told != file.tells:
        yield Finding(State.NOT_TOLD, Step.PUBLISH, "told_otherwise")


def _told_still(file: ProductFile) -> Iterable[Finding]:
    """Parents read of data of their child where there are none but of staff any more."""
    if file.told and not file.tells:
        yield Finding(State.NOT_TOLD, Step.PUBLISH, "told_still")


def review_soon(file: ProductFile, today: date) -> date | None:
    """The day of a review that comes up, to be reminded of; None when it is late or far off."""
    found = agreement_of(file, today)
    if found is None or file.product.is_stopped(today):
        return None
    due_on = review_due_on(found)
    return due_on if today <= due_on <= law.last_day("suppliers.review_soon", today) else None
