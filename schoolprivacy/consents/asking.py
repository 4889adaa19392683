"""Which form every child and address gets: found or made in memory, stored when printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from schoolprivacy.consents import papers, records
from schoolprivacy.consents.actions import contact_year, school_tag
from schoolprivacy.consents.form_code import make_form_code
from schoolprivacy.consents.form_layout import LAYOUT_VERSION
from schoolprivacy.consents.form_store import change_form, insert_forms, replace_forms
from schoolprivacy.consents.records import Form
from schoolprivacy.consents.rounds.records import open_round
from schoolprivacy.consents.terms import Purpose, Wording
from schoolprivacy.errors import RefusedError
from schoolprivacy.letters.languages import language_of
from schoolprivacy.people import profile
from schoolprivacy.people.addresses import Household, homes_of, who_hide
from schoolprivacy.people.calendar import hand_in_date
from schoolprivacy.people.terms import Guardianship, PlacedPupil, new_id
from schoolprivacy.school import Session
from schoolprivacy.schoolyear import SchoolYear


@dataclass(frozen=True, slots=True)
class AskedForm:
    """The form of one child and address.

    :param is_new: made now, not a reprint
    """

    child: PlacedPupil
    household: Household
    form: Form
    is_new: bool


class FormMaker:
    """Makes forms for one printing; pages with the same rows are laid out once.

    :param year: for which answers about the contact list count
    :param hand_in_by: of new forms, and of those whose own date has come
    :param round_id: of the yearly round that is printed for; None in between
    """

    def __init__(
        self, session: Session, year: SchoolYear, hand_in_by: date, round_id: str | None = None
    ) -> None:
        self._today, self._tag = session.clock.today(), school_tag(session)
        self._year, self._hand_in_by, self._round_id = year, hand_in_by, round_id
        self._unnamed = records.forms_of_unnamed(session)
        self._pages = cache(_lay_out)

    def make(self, child: PlacedPupil, household: Household, rows: Sequence[Purpose]) -> Form:
        """A new form that asks for some purposes, with the newest wordings."""
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
                for page in self._pages(tuple(rows), language_of(household.guardians))
            ),
            tuple((p.code, p.wording.version) for p in rows),
            tuple(sorted(each.id for each in household.guardians)),
            self._year,
            round_id=self._round_id,
        )

    def follow(self, form: Form, household: Household) -> Form:
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


def _lay_out(rows: tuple[Purpose, ...], language: str) -> tuple[papers.FormPage, ...]:
    return papers.form_pages([form_row(each, each.wording) for each in rows], language)


class Asking:
    """The forms of some pupils; nothing is stored before ``store``.

    A form that was printed before keeps its number, questions and day of asking. It follows a
    family that moved, and gets a new hand-in date when its own has passed.

    :param anew: ask again: new forms with today's wordings, the older ones are replaced; when one
        of those is of the round that is going on, so are the new ones
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
        hand_in_by = hand_in_date(session, self._today, own.hand_in_days)
        self._contact_year = contact_year(self._today, own.next_year_from)
        self._maker = FormMaker(session, self._contact_year, hand_in_by)
        self._asked_for = records.purposes(session, only_on=True)
        self._contact_codes = {p.code for p in records.purposes(session) if p.is_contact}
        self._back, self._hiding = records.forms_answered(session), who_hide(session)
        self._open: dict[str, list[Form]] = defaultdict(list)
        for form in records.forms(session, [each.pupil.id for each in pupils]):
            if form.replaced_on is None and form.sharing is None:
                self._open[form.pupil_id].append(form)
        self._round = open_round(session) if anew else None
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
        # A round asks again: what it asked last goes before older forms.
        there.sort(key=lambda form: -form.asked_on.toordinal() if form.round_id else 0)
        now = [form for form in lists if self._asks_contact(form)]
        pictures = any(not each.is_contact for each in self._asked_for)
        asked = []
        for household in homes_of(carers, self._hiding):
            its = []
            if pictures or form_of(household, there):
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
        found = form_of(household, there)
        if found:
            there.remove(found)
            return AskedForm(child, household, self._maker.follow(found, household), is_new=False)
        made = self._maker.make(child, household, self._rows(contact_only=contact_only))
        return AskedForm(child, household, self._in_round(made), is_new=True)

    def _in_round(self, form: Form) -> Form:
        """The round that is going on keeps count of the form that replaces one of its own."""
        ongoing = self._round
        if ongoing is None or ongoing.id not in {
            each.round_id for each in self._open[form.pupil_id]
        }:
            return form
        return replace(form, round_id=ongoing.id, school_year=ongoing.school_year)

    def _rows(self, *, contact_only: bool) -> list[Purpose]:
        """What a new form asks, with the contact list at the end."""
        wanted = [each for each in self._asked_for if each.is_contact or not contact_only]
        return sorted(wanted, key=lambda each: each.is_contact)

    def _is_contact_only(self, form: Form) -> bool:
        return all(code in self._contact_codes for code, _ in form.asked)

    def _asks_contact(self, form: Form) -> bool:
        """For the school year that is asked now."""
        asks = any(code in self._contact_codes for code, _ in form.asked)
        return asks and form.school_year >= self._contact_year

    def store(self, left_out: Collection[str] = ()) -> None:
        """Register what is asked now; the caller audits.

        :param left_out: identifiers of pupils for whom nothing changes
        """
        asked = [each for each in self.forms if each.child.pupil.id not in left_out]
        earlier = {form.id: form for forms in self._open.values() for form in forms}
        if self._anew:
            children = {each.child.pupil.id for each in asked}
            older = [form.id for form in earlier.values() if form.pupil_id in children]
            replace_forms(self._session, older, self._today)
        for each in asked:
            if not each.is_new:
                change_form(self._session, each.form, earlier[each.form.id])
        insert_forms(self._session, [each.form for each in asked if each.is_new])


def is_of(household: Household, form: Form) -> bool:
    """Whether these people were asked on a form."""
    people = {each.id for each in household.guardians}
    if people & set(form.guardians):
        return True
    return not form.guardians or (not people and form.address_key == household.key)


def form_of(household: Household, of_child: Sequence[Form]) -> Form | None:
    """The form these people were asked on: theirs, else that of their address or of nobody yet."""
    people = {each.id for each in household.guardians}
    theirs = [form for form in of_child if people & set(form.guardians)]
    there = [form for form in of_child if is_of(household, form)]
    return next(iter(theirs + there), None)


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
