"""Which form every child and address gets: found or made in memory, stored when printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

import sqlalchemy as sa

from schoolprivacy.consents import papers, records
from schoolprivacy.consents.actions import contact_year, school_tag
from schoolprivacy.consents.form_code import make_form_code
from schoolprivacy.consents.form_layout import LAYOUT_VERSION
from schoolprivacy.consents.records import Form
from schoolprivacy.consents.terms import Purpose, Wording
from schoolprivacy.errors import RefusedError
from schoolprivacy.people import profile
from schoolprivacy.people.addresses import Household, households
from schoolprivacy.people.terms import Guardianship, PlacedPupil, new_id
from schoolprivacy.school import Session


@dataclass(frozen=True, slots=True)
class AskedForm:
    """The form of one child and address.

    :param is_new: made now, not a reprint
    """

    child: PlacedPupil
    household: Household
    form: Form
    is_new: bool


class Asking:
    """The forms of some pupils; nothing is stored before ``store``.

    A form that was printed before keeps its number, questions and day of asking. It follows a
    family that moved, and gets a new hand-in date when its own has passed.

    :param anew: ask again: new forms with today's wordings, the older ones are replaced
    :raises RefusedError: no purpose is switched on
    """

    def __init__(
        self,
        session: Session,
        pupils: Sequence[PlacedPupil],
        carers: Mapping[str, Sequence[Guardianship]],
        *,
        anew: bool = False,
    ) -> None:
        self._session = session
        self._today = session.clock.today()
        own = profile.read_profile(session)
        self._hand_in_by = hand_in_date(self._today, own.hand_in_days)
        self._contact_year = contact_year(self._today, own.next_year_from)
        self._tag = school_tag(session)
        self._asked_for = records.purposes(session, only_on=True)
        self._contact_codes = {p.code for p in records.purposes(session) if p.is_contact}
        self._pages = cache(self._lay_out)
        self._unnamed = records.forms_of_unnamed(session)
        self._back = records.forms_answered(session)
        self._open: dict[str, list[Form]] = defaultdict(list)
        for form in records.forms(session, [each.pupil.id for each in pupils]):
            if form.replaced_on is None and form.sharing is None:
                self._open[form.pupil_id].append(form)
        self._anew = anew
        self.forms = [
            asked for child in pupils for asked in self._of(child, carers.get(child.pupil.id, ()))
        ]

    def _of(self, child: PlacedPupil, carers: Sequence[Guardianship]) -> list[AskedForm]:
        """The form of each household; and one more for the contact list when a year has passed.

        The contact list is asked each year, while the answers about pictures on the first form
        stay: when that came back it is not printed again.
        """
        known = [] if self._anew else self._open[child.pupil.id]
        lists = [form for form in known if self._is_contact_only(form)]
        there = [form for form in known if form not in lists]
        now = [form for form in lists if self._asks_contact(form)]
        pictures = any(not each.is_contact for each in self._asked_for)
        asked = []
        for household in households(carers):
            its = []
            if pictures or _form_of(household, there):
                its.append(self._ask(child, household, there, contact_only=False))
            if not any(self._asks_contact(each.form) for each in its) and (
                now or self._rows(contact_only=True)
            ):
                its = [each for each in its if each.form.id not in self._back]
                its.append(self._ask(child, household, now, contact_only=True))
            asked += its
        if not asked:
            raise RefusedError("purpose.none_on")
        return asked

    def _ask(
        self, child: PlacedPupil, household: Household, there: list[Form], *, contact_only: bool
    ) -> AskedForm:
        found = _form_of(household, there)
        if found:
            there.remove(found)
            return AskedForm(child, household, self._follow(found, household), is_new=False)
        made = self._make(child, household, contact_only=contact_only)
        return AskedForm(child, household, made, is_new=True)

    def _rows(self, *, contact_only: bool) -> list[Purpose]:
        """What a new form asks, with the contact list at the end."""
        wanted = [each for each in self._asked_for if each.is_contact or not contact_only]
        return sorted(wanted, key=lambda each: each.is_contact)

    def _lay_out(self, contact_only: bool) -> tuple[papers.FormPage, ...]:
        rows = self._rows(contact_only=contact_only)
        return papers.form_pages([form_row(each, each.wording) for each in rows])

    def _is_contact_only(self, form: Form) -> bool:
        return all(code in self._contact_codes for code, _ in form.asked)

    def _asks_contact(self, form: Form) -> bool:
        """For the school year that is asked now."""
        asks = any(code in self._contact_codes for code, _ in form.asked)
        return asks and form.school_year >= self._contact_year

    def _follow(self, form: Form, household: Household) -> Form:
        """Keep up with a family that moved, with parents who became known, and with time.

        Whom it was meant for stays when one of them answered and we do not know who: what that
        person may decide is judged by all of them.
        """
        now = tuple(sorted(each.id for each in household.guardians))
        return replace(
            form,
            address_key=household.key,
            guardians=form.guardians if form.id in self._unnamed else now,
            hand_in_by=form.hand_in_by if form.hand_in_by > self._today else self._hand_in_by,
        )

    def _make(self, child: PlacedPupil, household: Household, *, contact_only: bool) -> Form:
        rows = self._rows(contact_only=contact_only)
        return Form(
            new_id(),
            child.pupil.id,
            household.key,
            self._today,
            self._hand_in_by,
            LAYOUT_VERSION,
            None,
            tuple(
                (make_form_code(self._tag, LAYOUT_VERSION), page)
                for page in self._pages(contact_only)
            ),
            tuple((p.code, p.wording.version) for p in rows),
            tuple(sorted(each.id for each in household.guardians)),
            self._contact_year,
        )

    def store(self, left_out: Collection[str] = ()) -> None:
        """Register what is asked now; the caller audits.

        :param left_out: identifiers of pupils for whom nothing changes
        """
        asked = [each for each in self.forms if each.child.pupil.id not in left_out]
        earlier = {form.id: form for forms in self._open.values() for form in forms}
        if self._anew:
            children = {each.child.pupil.id for each in asked}
            self._replace([form.id for form in earlier.values() if form.pupil_id in children])
        for each in asked:
            if not each.is_new and each.form != earlier[each.form.id]:
                self._change(each.form, earlier[each.form.id])
        self._insert([each.form for each in asked if each.is_new])

    def _replace(self, form_ids: list[str]) -> None:
        replaced = sa.update(records.form).where(records.form.c.id.in_(form_ids))
        self._session.execute(replaced.values(replaced_on=self._today.isoformat()))

    def _change(self, form: Form, earlier: Form) -> None:
        self._session.execute(
            sa.update(records.form)
            .where(records.form.c.id == form.id)
            .values(address_key=form.address_key, hand_in_by=form.hand_in_by.isoformat())
        )
        if form.guardians != earlier.guardians:
            meant = records.form_guardian
            self._session.execute(sa.delete(meant).where(meant.c.form_id == form.id))
            self._insert_guardians([form])

    def _insert(self, made: Sequence[Form]) -> None:
        """Together: a whole school is a few statements."""
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
            self._session.execute(sa.insert(records.form), [_form_row(form) for form in made])
            self._session.execute(sa.insert(records.form_page), pages)
            self._session.execute(sa.insert(records.form_purpose), asked)
        self._insert_guardians(made)

    def _insert_guardians(self, forms: Sequence[Form]) -> None:
        meant = [
            {"form_id": form.id, "guardian_id": each} for form in forms for each in form.guardians
        ]
        if meant:
            self._session.execute(sa.insert(records.form_guardian), meant)


def _form_of(household: Household, of_child: Sequence[Form]) -> Form | None:
    """The form these people were asked on: theirs, else that of their address or of nobody yet."""
    people = {each.id for each in household.guardians}
    theirs = [form for form in of_child if people & set(form.guardians)]
    there = [
        form
        for form in of_child
        if not form.guardians or (not people and form.address_key == household.key)
    ]
    return next(iter(theirs + there), None)


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
    }


def form_row(purpose: Purpose, text: Wording) -> papers.FormRow:
    """A purpose as a form asks for it."""
    return papers.FormRow(
        purpose.code,
        text.label,
        text.audience,
        text.keeps,
        outside_eea=purpose.social_medium,
        all_sign=purpose.all_must_agree,
        section="contact" if purpose.is_contact else purpose.kind.value,
    )


def hand_in_date(asked_on: date, days: int) -> date:
    """So many days later, and never in a weekend."""
    day = asked_on + timedelta(days=days)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)
