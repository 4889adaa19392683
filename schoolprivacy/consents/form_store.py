"""How forms come into the school file: together, when they are printed; the caller audits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa

from schoolprivacy.consents import records
from schoolprivacy.consents.records import Form
from schoolprivacy.school import Session


def insert_forms(session: Session, made: Sequence[Form]) -> None:
    """Store new forms; a whole school is a few statements."""
    geometry = {id(page): page.to_json() for form in made for _, page in form.pages}
    pages = [
        {"number": number, "form_id": form.id, "page": place, "geometry": geometry[id(page)]}
        for form in made
        for place, (number, page) in enumerate(form.pages, 1)
    ]
    asked = [
        {"form_id": form.id, "position": place, "purpose": code, "version": version}
        for form in made
        for place, (code, version) in enumerate(form.asked)
    ]
    if made:
        session.execute(sa.insert(records.form), [_form_row(form) for form in made])
        session.execute(sa.insert(records.form_page), pages)
        session.execute(sa.insert(records.form_purpose), asked)
    _insert_guardians(session, made)


def change_form(session: Session, form: Form, earlier: Form) -> None:
    """What may change of a form when it is printed again: where to, for whom, until when."""
    if form == earlier:
        return
    session.execute(
        sa.update(records.form)
        .where(records.form.c.id == form.id)
        .values(address_key=form.address_key, hand_in_by=form.hand_in_by.isoformat())
    )
    if form.guardians != earlier.guardians:
        meant = records.form_guardian
        session.execute(sa.delete(meant).where(meant.c.form_id == form.id))
        _insert_guardians(session, [form])


def replace_forms(session: Session, form_ids: Collection[str], on: date) -> None:
    """Newer forms took their place: they are not waited for any more."""
    replaced = sa.update(records.form).where(records.form.c.id.in_(list(form_ids)))
    session.execute(replaced.values(replaced_on=on.isoformat()))


def _insert_guardians(session: Session, forms: Sequence[Form]) -> None:
    meant = [{"form_id": form.id, "guardian_id": each} for form in forms for each in form.guardians]
    if meant:
        session.execute(sa.insert(records.form_guardian), meant)


def _form_row(form: Form) -> dict[str, object]:
    return {
        "id": form.id,
        "pupil_id": form.pupil_id,
        "address_key": form.address_key,
        "asked_on": form.asked_on.isoformat(),
        "hand_in_by": form.hand_in_by.isoformat(),
        "layout_version": form.layout_version,
        "school_year": form.school_year.start,
        "sharing": form.sharing,
        "round_id": form.round_id,
    }
