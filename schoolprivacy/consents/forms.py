"""Asking on paper: which forms there are, and printing them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import sqlalchemy as sa

from schoolprivacy.consents import papers, records
from schoolprivacy.consents.actions import (
    school_tag,
)
from schoolprivacy.consents.form_code import make_form_code
from schoolprivacy.consents.form_layout import LAYOUT_VERSION
from schoolprivacy.consents.records import Form
from schoolprivacy.consents.terms import Purpose, Wording
from schoolprivacy.contact import read_phone, show_phone
from schoolprivacy.errors import RefusedError
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.people import names, profile
from schoolprivacy.people.addresses import Household, households, letter_address
from schoolprivacy.people.records import (
    current_year,
    group_names,
    guardianships,
    pupils_on_roll,
)
from schoolprivacy.people.terms import (
    Guardianship,
    PlacedPupil,
    new_id,
)
from schoolprivacy.school import School, Session

Deliver = Callable[[bytes], None]
"""Takes the finished paper, before anything is stored; when it fails nothing is stored."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One form on paper, or named on a list."""

    form: str
    pupil_id: str
    pupil: str
    group: str

    @classmethod
    def of(cls, child: PlacedPupil, form: Form) -> Printed:
        return cls(
            form.number, child.pupil.id, names.full_name(child.pupil), child.placement.group_name
        )


# — printing —


def print_forms(
    school: School, deliver: Deliver, *, group: str | None = None, anew: bool = False
) -> list[Printed]:
    """Print a letter with form for every child and address, and register it as asked.

    A form that was printed before is printed again with the same number, date and questions.

    :param anew: ask again: new forms with today's wordings, the older ones are replaced
    :raises RefusedError: no such group, no pupils, or no purpose is switched on
    """
    with school.transaction() as session:
        year = current_year(session, school.clock.today())
        pupils = pupils_to_print(session, group)
        sheets, printed = [], []
        carers = guardianships(session, [each.pupil.id for each in pupils])
        asked = register_forms(session, pupils, carers, anew=anew)
        texts = records.wordings(session)
        known = {each.code: each for each in records.purposes(session)}
        for child in pupils:
            for household, form, is_new in asked[child.pupil.id]:
                sheets.append(
                    papers.FormSheet(
                        address_lines=letter_address(household, child),
                        child_name=names.full_name(child.pupil),
                        group=child.placement.group_name,
                        school_year=year,
                        asked_on=form.asked_on,
                        hand_in_by=form.hand_in_by,
                        form_version=_form_version(form),
                        codes=tuple(number for number, _ in form.pages),
                        pages=tuple(page for _, page in form.pages),
                        rows=tuple(
                            _row(known[code], texts[code, version]) for code, version in form.asked
                        ),
                        reprint=not is_new,
                    )
                )
                printed.append(Printed.of(child, form))
        session.audit("forms.printed", group or "", forms=len(sheets), anew=anew)
        deliver(papers.consent_forms(sheets, school_paper(session), made(session)))
    return printed


def pupils_to_print(session: Session, group: str | None) -> list[PlacedPupil]:
    """Everybody on roll, or one group.

    :raises RefusedError: no such group, or nobody in it
    """
    on = session.clock.today()
    year = current_year(session, on)
    if group is not None and group not in (known := group_names(session, year)):
        raise RefusedError("group.unknown", group=group, known=", ".join(known) or "geen")
    pupils = pupils_on_roll(session, on, year, group)
    if not pupils:
        raise RefusedError("group.empty")
    return pupils


def _form_version(form: Form) -> str:
    """One short mark for the wordings and the layout of a form."""
    newest = max((version for _, version in form.asked), default=1)
    return f"{form.layout_version}.{newest}"


def _row(purpose: Purpose, text: Wording) -> papers.FormRow:
    return papers.FormRow(
        purpose.code,
        text.label,
        text.audience,
        text.keeps,
        outside_eea=purpose.social_medium,
        all_sign=purpose.all_must_agree,
    )


def school_paper(session: Session) -> SchoolPaper:
    """The school as its letters show it."""
    own = profile.read_profile(session)
    place = "  ".join(filter(None, (own.postcode, own.place)))
    return SchoolPaper(
        name=own.name,
        board=own.board,
        address_lines=tuple(filter(None, (own.street, place))),
        phone=show_phone(number) if (number := read_phone(own.phone)) else own.phone,
        email=own.email,
        website=own.website,
        dpo=own.dpo,
        logo=profile.read_logo(session),
        window_side="right" if own.window_side == "right" else "left",
        window_dx=own.window_dx,
        window_dy=own.window_dy,
    )


def made(session: Session) -> Made:
    """Who makes a paper, when, and where the audit trail stands."""
    return Made(session.clock.today(), session.who.name, str(session.anchor()))


# — registering —


Asked = dict[str, list[tuple[Household, Form, bool]]]


def register_forms(
    session: Session,
    pupils: Sequence[PlacedPupil],
    carers: Mapping[str, Sequence[Guardianship]],
    *,
    anew: bool = False,
) -> Asked:
    """Find or make the form of every child and address; the caller audits.

    :returns: per pupil the households, each with its form and whether it was made now
    :raises RefusedError: no purpose is switched on
    """
    present = records.forms(session, [each.pupil.id for each in pupils])
    open_forms: dict[str, list[Form]] = defaultdict(list)
    for form in present:
        if form.replaced_on is None:
            open_forms[form.pupil_id].append(form)
    if anew:
        _replace(session, [form.id for forms in open_forms.values() for form in forms])
        open_forms.clear()
    maker = _FormMaker(session)
    found: Asked = {}
    for child in pupils:
        of_child = list(open_forms[child.pupil.id])
        found[child.pupil.id] = []
        for household in households(carers.get(child.pupil.id, ())):
            there = _form_of(household, of_child)
            if there is None:
                form = maker.make(child, household)
            else:
                of_child.remove(there)
                form = _follow(session, there, household)
            found[child.pupil.id].append((household, form, there is None))
    maker.store()
    return found


def _replace(session: Session, form_ids: list[str]) -> None:
    today = session.clock.today().isoformat()
    session.execute(
        sa.update(records.form).where(records.form.c.id.in_(form_ids)).values(replaced_on=today)
    )


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


def _follow(session: Session, form: Form, household: Household) -> Form:
    """Keep up with a family that moved, or whose parents became known after the form."""
    people = tuple(sorted(each.id for each in household.guardians))
    if people == form.guardians and household.key == form.address_key:
        return form
    session.execute(
        sa.update(records.form)
        .where(records.form.c.id == form.id)
        .values(address_key=household.key)
    )
    meant = records.form_guardian
    session.execute(sa.delete(meant).where(meant.c.form_id == form.id))
    if people:
        session.execute(
            sa.insert(meant), [{"form_id": form.id, "guardian_id": each} for each in people]
        )
    return replace(form, address_key=household.key, guardians=people)


class _FormMaker:
    """Makes forms in memory and stores them together: a whole school is a few statements."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._today = session.clock.today()
        self._hand_in_by = hand_in_date(self._today, profile.read_profile(session).hand_in_days)
        self._tag = school_tag(session)
        self._purposes: list[Purpose] | None = None
        self._pages: tuple[papers.FormPage, ...] = ()
        self._made: list[Form] = []

    def make(self, child: PlacedPupil, household: Household) -> Form:
        if self._purposes is None:
            self._purposes = records.purposes(self._session, only_on=True)
            if not self._purposes:
                raise RefusedError("purpose.none_on")
            self._pages = papers.form_pages([_row(p, p.wording) for p in self._purposes])
        form = Form(
            new_id(),
            child.pupil.id,
            household.key,
            self._today,
            self._hand_in_by,
            LAYOUT_VERSION,
            None,
            tuple((make_form_code(self._tag, LAYOUT_VERSION), page) for page in self._pages),
            tuple((p.code, p.wording.version) for p in self._purposes),
            tuple(sorted(each.id for each in household.guardians)),
        )
        self._made.append(form)
        return form

    def store(self) -> None:
        if not self._made:
            return
        geometry = {id(page): page.to_json() for page in self._pages}
        rows: dict[sa.Table, list[dict[str, object]]] = {
            records.form: [_form_row(form) for form in self._made],
            records.form_page: [
                {
                    "number": number,
                    "form_id": form.id,
                    "page": place,
                    "geometry": geometry[id(page)],
                }
                for form in self._made
                for place, (number, page) in enumerate(form.pages, 1)
            ],
            records.form_purpose: [
                {"form_id": form.id, "position": place, "purpose": code, "version": version}
                for form in self._made
                for place, (code, version) in enumerate(form.asked)
            ],
            records.form_guardian: [
                {"form_id": form.id, "guardian_id": each}
                for form in self._made
                for each in form.guardians
            ],
        }
        for table, listed in rows.items():
            if listed:
                self._session.execute(sa.insert(table), listed)


def _form_row(form: Form) -> dict[str, object]:
    return {
        "id": form.id,
        "pupil_id": form.pupil_id,
        "address_key": form.address_key,
        "asked_on": form.asked_on.isoformat(),
        "hand_in_by": form.hand_in_by.isoformat(),
        "layout_version": form.layout_version,
    }


def hand_in_date(asked_on: date, days: int) -> date:
    """So many days later, and never in a weekend."""
    day = asked_on + timedelta(days=days)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)
