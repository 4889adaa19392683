"""A school of any size, written straight into its tables: only for measuring.

Most rows are made inside SQLCipher, out of the pupils: one by one they would take minutes.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from schoolprivacy.consents import records as consents
from schoolprivacy.consents.form_layout import LAYOUT_VERSION, RowSize, lay_out
from schoolprivacy.people import records as people
from schoolprivacy.people.terms import Guardian, Pupil, new_id
from schoolprivacy.school import School, Session

_NEW_ID = sa.func.lower(sa.func.hex(sa.func.randomblob(16)))


def group_name(number: int) -> str:
    return f"Groep {number}"


def fill(school: School, pupils: int, group_size: int) -> None:
    """Pupils in groups, with one or two parents, and for each a form with all its answers.

    The children of a group are spread over the file, as they are after some school years.
    """
    with school.transaction() as session:
        _add_pupils(session, pupils, pupils // group_size)
        _add_parents(session)
        _add_forms(session)
        _add_decisions(session)
        session.audit("school.filled", pupils=pupils)


def _add_pupils(session: Session, pupils: int, groups: int) -> None:
    year = people.current_year(session, session.clock.today()).start
    keys = [new_id() for _ in range(groups)]
    named = [
        {"id": key, "school_year": year, "name": group_name(number)}
        for number, key in enumerate(keys)
    ]
    session.execute(sa.insert(people.school_group), named)
    made = [Pupil(new_id(), "Aylin", "van der", f"Naam{n}") for n in range(pupils)]
    session.execute(sa.insert(people.pupil), [people.pupil_row(each) for each in made])
    placed = [
        {"pupil_id": each.id, "school_year": year, "year_level": "4", "group_id": keys[n % groups]}
        for n, each in enumerate(made)
    ]
    session.execute(sa.insert(people.placement), placed)


def _add_parents(session: Session) -> None:
    """One with the surname of every child, and a second one for every other child."""
    pupil, guardian, linked = people.pupil.c, people.guardian.c, people.guardianship
    model = people.guardian_row(Guardian("", call_name="Robin", place="Voorbeelddorp"))
    for position, of in enumerate((sa.true(), sa.literal_column("pupil.rowid") % 2 == 0)):
        row = model | {"id": _NEW_ID, "surname": pupil.surname, "initials": f"{position}."}
        _insert_for_each(session, people.guardian, sa.select(people.pupil).where(of), row)
    of_child = guardian.surname == pupil.surname
    row = {
        "pupil_id": pupil.id,
        "guardian_id": guardian.id,
        "position": sa.cast(guardian.initials, sa.Integer),
        "relation": "ouder",
        "authority": "unknown",
        "authority_source": "",
    }
    both = sa.select(people.pupil).join(people.guardian, of_child)
    _insert_for_each(session, linked, both, row)


def _add_forms(session: Session) -> None:
    on = session.clock.today()
    today = on.isoformat()
    form, purpose = consents.form.c, consents.purpose.c
    row = {
        "id": _NEW_ID,
        "pupil_id": people.pupil.c.id,
        "address_key": people.pupil.c.surname,
        "asked_on": today,
        "hand_in_by": today,
        "layout_version": LAYOUT_VERSION,
        "school_year": people.current_year(session, on).start,
    }
    _insert_for_each(session, consents.form, sa.select(people.pupil), row)
    asked = consents.purposes(session, only_on=True)
    (page,) = lay_out(
        [RowSize(each.code, 2, "contact" if each.is_contact else "image") for each in asked]
    )
    row = {"number": form.id, "form_id": form.id, "page": 1, "geometry": page.to_json()}
    _insert_for_each(session, consents.form_page, sa.select(consents.form), row)
    row = {"form_id": form.id, "position": purpose.position, "purpose": purpose.code, "version": 1}
    all_on = sa.select(consents.form).join(consents.purpose, purpose.switched_on)
    _insert_for_each(session, consents.form_purpose, all_on, row)
    row = {"form_id": form.id, "guardian_id": people.guardianship.c.guardian_id}
    meant = sa.select(consents.form).join(
        people.guardianship, people.guardianship.c.pupil_id == form.pupil_id
    )
    _insert_for_each(session, consents.form_guardian, meant, row)


def _add_decisions(session: Session) -> None:
    """The first parent answered every question on the form, and no to one in three."""
    form, purpose, carer = consents.form.c, consents.purpose.c, people.guardianship.c
    first = sa.and_(carer.pupil_id == form.pupil_id, carer.position == 0)
    row = {
        "id": _NEW_ID,
        "pupil_id": form.pupil_id,
        "purpose": purpose.code,
        "version": 1,
        "guardian_id": carer.guardian_id,
        "by_pupil": False,
        "choice": sa.case((sa.func.random() % 3 == 0, "refused"), else_="granted"),
        "decided_on": session.clock.today().isoformat(),
        "way": "paper_form",
        "form_id": form.id,
        "declared_authority": "yes",
        "recorded_at": session.clock.now().isoformat(),
        "recorded_by": session.who.id,
    }
    answered = sa.select(consents.form).join(consents.purpose, purpose.switched_on)
    _insert_for_each(session, consents.decision, answered.join(people.guardianship, first), row)


def _insert_for_each(
    session: Session, table: sa.Table, found: sa.Select[Any], row: dict[str, Any]
) -> None:
    """One row for each that is found; a value is fixed or made of columns of what is found."""
    values = [
        value if isinstance(value, sa.ColumnElement) else sa.literal(value)
        for value in row.values()
    ]
    session.execute(
        sa.insert(table).from_select(
            list(row), found.with_only_columns(*values, maintain_column_froms=True)
        )
    )
