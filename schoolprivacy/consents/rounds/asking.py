"""The forms of a round: found or made in memory, stored when they are printed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from schoolprivacy.consents.asking import AskedForm, FormMaker
from schoolprivacy.consents.form_store import change_form, insert_forms, replace_forms
from schoolprivacy.consents.rounds.plan import Home, Plan
from schoolprivacy.consents.rounds.terms import Round
from schoolprivacy.people.calendar import hand_in_date
from schoolprivacy.people.profile import read_profile
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import Session


class RoundAsking:
    """The forms of some pupils in a round; nothing is stored before ``store``.

    Beside those in between (``asking.Asking``), by the same rules: a form of this round that was
    printed keeps its number and questions, and is never made twice. Who has nothing left to answer
    gets no form.

    :param anew: ask again: new forms with what is open now, those of this round are replaced
    """

    def __init__(
        self,
        session: Session,
        round_: Round,
        pupils: Sequence[PlacedPupil],
        *,
        anew: bool = False,
    ) -> None:
        self._session, self._today = session, session.clock.today()
        self._chosen = round_.hand_in_by if _is_ahead(round_, session) else None
        usual = hand_in_date(session, self._today, read_profile(session).hand_in_days)
        self._maker = FormMaker(
            session, round_.school_year, self._chosen or usual, round_id=round_.id
        )
        self.homes = Plan(session, round_, pupils, anew=anew).homes
        self.forms = [self._ask(home) for home in self.homes if home.form or home.asked]

    def _ask(self, home: Home) -> AskedForm:
        if home.form is None:
            rows = [purpose for purpose, _ in home.asked]
            made = self._maker.make(home.child, home.household, rows)
            return AskedForm(home.child, home.household, made, is_new=True)
        form = self._maker.follow(home.form, home.household)
        if self._chosen:
            form = replace(form, hand_in_by=self._chosen)
        return AskedForm(home.child, home.household, form, is_new=False)

    def store(self, left_out: Collection[str] = ()) -> None:
        """Register what is asked now; the caller audits.

        :param left_out: identifiers of pupils for whom nothing changes
        """
        homes = [each for each in self.homes if each.child.pupil.id not in left_out]
        earlier = {each.form.id: each.form for each in homes if each.form}
        asked = [each for each in self.forms if each.child.pupil.id not in left_out]
        replaced = {form.id for home in homes for form in home.older}
        replace_forms(self._session, replaced, self._today)
        for each in asked:
            if not each.is_new:
                change_form(self._session, each.form, earlier[each.form.id])
        insert_forms(self._session, [each.form for each in asked if each.is_new])


def _is_ahead(round_: Round, session: Session) -> bool:
    return round_.hand_in_by is not None and round_.hand_in_by > session.clock.today()
