"""Who may decide about a child's pictures, before somebody records it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schoolprivacy.consents.rules import pupil_decides
from schoolprivacy.people.names import full_name, guardian_name
from schoolprivacy.people.records import find_pupil, guardianships
from schoolprivacy.people.terms import Authority, Guardianship
from schoolprivacy.school import School


@dataclass(frozen=True, slots=True)
class Decider:
    """Somebody who may come to the desk about a child.

    :param guardian_id: None for the pupil
    :param relation: to the child, as the school wrote it; "" for the pupil
    :param authority: None for the pupil
    :param may: what they decide can be recorded
    :param remark: key of a sentence: why not, or why a yes of theirs does not count; "" when
        there is nothing to say
    """

    guardian_id: str | None
    name: str
    relation: str
    authority: Authority | None
    may: bool
    remark: str = ""


def who_may_decide(school: School, pupil_id: str, on: date) -> list[Decider]:
    """The guardians in their order, or the pupil from the 16th birthday (UAVG 5)."""
    with school.reading() as session:
        pupil = find_pupil(session, pupil_id)
        carers = guardianships(session, [pupil_id]).get(pupil_id, [])
    by_pupil = pupil_decides(pupil.born_on, on)
    deciders = [_decider(each, by_pupil=by_pupil) for each in carers]
    if by_pupil:
        return [Decider(None, full_name(pupil), "", None, may=True), *deciders]
    return deciders


_REMARKS = {
    Authority.YES: "",
    Authority.NO: "decider.no_authority",
    Authority.UNKNOWN: "decider.authority_unknown",
}


def _decider(carer: Guardianship, *, by_pupil: bool) -> Decider:
    who = carer.guardian
    return Decider(
        who.id,
        guardian_name(who),
        carer.relation,
        carer.authority,
        may=not by_pupil,
        remark="decision.pupil_decides" if by_pupil else _REMARKS[carer.authority],
    )
