"""Which form of a sharing every child and address gets; stored when it is printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

import sqlalchemy as sa

from schoolprivacy.consents import papers, records
from schoolprivacy.consents.actions import school_tag
from schoolprivacy.consents.asking import AskedForm
from schoolprivacy.consents.form_code import make_form_code
from schoolprivacy.consents.form_layout import LAYOUT_VERSION
from schoolprivacy.consents.records import Form
from schoolprivacy.people.addresses import Household, homes_of, who_hide
from schoolprivacy.people.calendar import hand_in_date
from schoolprivacy.people.profile import read_profile
from schoolprivacy.people.records import current_year, guardianships
from schoolprivacy.people.terms import PlacedPupil, new_id
from schoolprivacy.school import Session


class SharingAsking:
    """The forms of one sharing; nothing is stored before ``store``.

    Beside those of the school (``asking.Asking``), by the same rules: a form that was printed
    keeps its number and follows a family that moved.

    :param row: of the purpose of the sharing
    :param anew: ask again: new forms, the older ones are replaced
    """

    def __init__(
        self,
        session: Session,
        row: papers.FormRow,
        pupils: Sequence[PlacedPupil],
        *,
        anew: bool = False,
    ) -> None:
        self._session, self._code, self._anew = session, row.purpose, anew
        self._today = session.clock.today()
        self._hand_in_by = hand_in_date(session, self._today, read_profile(session).hand_in_days)
        self._tag = school_tag(session)
        self._year = current_year(session, self._today)
        (self._page,) = papers.form_pages([row])
        self._unnamed = records.forms_of_unnamed(session)
        ids = [each.pupil.id for each in pupils]
        carers, hiding = guardianships(session, ids), who_hide(session)
        self._open: dict[str, list[Form]] = defaultdict(list)
        for form in records.forms(session, ids):
            if form.replaced_on is None and form.sharing == self._code:
                self._open[form.pupil_id].append(form)
        self.forms = [
            each
            for child in pupils
            for each in self._of(child, homes_of(carers.get(child.pupil.id, ()), hiding))
        ]

    def _of(self, child: PlacedPupil, homes: Sequence[Household]) -> list[AskedForm]:
        there = [] if self._anew else list(self._open[child.pupil.id])
        asked = []
        for home in homes:
            found = _form_of(home, there)
            if found:
                there.remove(found)
            form = self._follow(found, home) if found else self._make(child, home)
            asked.append(AskedForm(child, home, form, found is None))
        return asked

    def _follow(self, form: Form, home: Household) -> Form:
        """Keep up with a family; whom a form of an unnamed signer was meant for stays."""
        return replace(
            form,
            address_key=home.key,
            guardians=form.guardians if form.id in self._unnamed else _people(home),
            hand_in_by=form.hand_in_by if form.hand_in_by > self._today else self._hand_in_by,
        )

    def _make(self, child: PlacedPupil, home: Household) -> Form:
        return Form(
            id=new_id(),
            pupil_id=child.pupil.id,
            address_key=home.key,
            asked_on=self._today,
            hand_in_by=self._hand_in_by,
            layout_version=LAYOUT_VERSION,
            replaced_on=None,
            pages=((make_form_code(self._tag, LAYOUT_VERSION), self._page),),
            asked=((self._code, 1),),
            guardians=_people(home),
            school_year=self._year,
            sharing=self._code,
        )

    def store(self, left_out: Collection[str]) -> None:
        """Register what is asked now; the caller audits."""
        asked = [each for each in self.forms if each.child.pupil.id not in left_out]
        if self._anew:
            self._replace({each.child.pupil.id for each in asked})
        for each in asked:
            if each.is_new:
                self._insert(each.form)
            else:
                self._change(each.form)
            self._set_guardians(each.form)

    def _replace(self, children: Collection[str]) -> None:
        table = records.form
        older = [form.id for child in children for form in self._open.get(child, ())]
        replaced = sa.update(table).where(table.c.id.in_(older))
        self._session.execute(replaced.values(replaced_on=self._today.isoformat()))

    def _change(self, form: Form) -> None:
        table = records.form
        changed = {"address_key": form.address_key, "hand_in_by": form.hand_in_by.isoformat()}
        self._session.execute(sa.update(table).where(table.c.id == form.id).values(changed))

    def _insert(self, form: Form) -> None:
        ((number, page),) = form.pages
        self._session.execute(
            sa.insert(records.form).values(
                id=form.id,
                pupil_id=form.pupil_id,
                address_key=form.address_key,
                asked_on=form.asked_on.isoformat(),
                hand_in_by=form.hand_in_by.isoformat(),
                layout_version=form.layout_version,
                school_year=form.school_year.start,
                sharing=form.sharing,
            )
        )
        self._session.execute(
            sa.insert(records.form_page).values(
                number=number, form_id=form.id, page=1, geometry=page.to_json()
            )
        )
        self._session.execute(
            sa.insert(records.form_purpose).values(
                form_id=form.id, position=0, purpose=self._code, version=1
            )
        )

    def _set_guardians(self, form: Form) -> None:
        meant = records.form_guardian
        self._session.execute(sa.delete(meant).where(meant.c.form_id == form.id))
        rows = [{"form_id": form.id, "guardian_id": each} for each in form.guardians]
        if rows:
            self._session.execute(sa.insert(meant), rows)


def _people(home: Household) -> tuple[str, ...]:
    return tuple(sorted(each.id for each in home.guardians))


def _form_of(home: Household, of_child: Sequence[Form]) -> Form | None:
    """The form these people were asked on: theirs, else that of their address or of nobody yet."""
    people = set(_people(home))
    theirs = [form for form in of_child if people & set(form.guardians)]
    there = [
        form
        for form in of_child
        if not form.guardians or (not people and form.address_key == home.key)
    ]
    return next(iter(theirs + there), None)
