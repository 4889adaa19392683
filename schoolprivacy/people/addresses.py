"""Who gets a letter where: one per address, and in class where no address may or can be printed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from schoolprivacy.people.names import full_name, group_label, person_name, plain
from schoolprivacy.people.records import current_year, guardians, guardianships, pupils_on_roll
from schoolprivacy.people.terms import Authority, Guardian, Guardianship, PlacedPupil
from schoolprivacy.school import School, Session

ADDRESS = ("street", "house_number", "postcode", "place")
IN_CLASS = ""  # the key of the household that is reached through the child


@dataclass(frozen=True, slots=True)
class Household:
    """The guardians of one child who get one letter together.

    :param key: the same for everybody at one address; IN_CLASS when handed out in class
    :param secret: somebody at this address keeps it secret, also who gets no letter themselves
    """

    key: str
    guardians: tuple[Guardian, ...]
    secret: bool = False

    @property
    def by_post(self) -> bool:
        """Whether an address may be printed; one secret flag at an address is enough for no."""
        return self.key != IN_CLASS and not self.secret


def address_key(guardian: Guardian) -> str:
    """The same text for everybody at one address; IN_CLASS when there is none."""
    if guardian.postcode and guardian.house_number:
        return plain(f"{guardian.postcode} {guardian.house_number}").replace(" ", "")
    if guardian.street and guardian.place:
        return plain(f"{guardian.street} {guardian.house_number} {guardian.place}")
    return IN_CLASS


def households(
    of_child: Iterable[Guardianship], meant: Collection[str] | None = None
) -> tuple[Household, ...]:
    """One household per address of the guardians who may get letters about a child.

    Without authority there are no automatic letters (BW 1:377c). Who has no known address shares
    the letter of the first address, unless the address is unknown because it is secret: then that
    letter goes through the child. There is always at least one household. What other families keep
    secret is not known here: for paper there is ``homes_of``.

    :param meant: identifiers of those whom the letter is for, everybody without it; the secrets of
        the others stay secret
    """
    of_child = tuple(of_child)
    hidden = [each.guardian for each in of_child if each.guardian.address_secret]
    reachable = [
        each.guardian
        for each in of_child
        if each.authority is not Authority.NO and (meant is None or each.guardian.id in meant)
    ]
    places: dict[str, list[Guardian]] = {}
    homeless: list[Guardian] = []
    for guardian in reachable:
        key = address_key(guardian)
        if key == IN_CLASS and not guardian.address_secret:
            homeless.append(guardian)
        else:
            places.setdefault(key, []).append(guardian)
    first = next((key for key in places if key != IN_CLASS), IN_CLASS)
    if homeless or not places:
        places.setdefault(first, []).extend(homeless)
    return tuple(
        Household(key, tuple(there), any(live_together(g, h) for g in there for h in hidden))
        for key, there in places.items()
    )


def who_hide(session: Session) -> tuple[Guardian, ...]:
    """Everybody at school who keeps the own address secret, whichever child is theirs."""
    return tuple(each for each in guardians(session).values() if each.address_secret)


def homes_of(
    of_child: Iterable[Guardianship],
    hiding: Collection[Guardian],
    meant: Collection[str] | None = None,
) -> tuple[Household, ...]:
    """The households for anything that goes on paper: one person's secret house is everybody's.

    A half-sister's parent may hide in the same house, and not be a guardian of this child.

    :param hiding: see ``who_hide``
    """
    return tuple(
        replace(
            each,
            secret=each.secret or any(live_together(g, h) for g in each.guardians for h in hiding),
        )
        for each in households(of_child, meant)
    )


def live_together(one: Guardian, other: Guardian) -> bool:
    """One address, also when only one of the two was written with its postcode."""
    if one.id == other.id or (address_key(one) == address_key(other) != IN_CLASS):
        return True
    streets = {plain(f"{each.street} {each.house_number}") for each in (one, other)}
    return bool(one.street) and len(streets) == 1


def secret_numbers(around: Iterable[Guardian]) -> frozenset[str]:
    """The telephones that somebody keeps secret, also when others have the same number."""
    return frozenset(number for each in around if each.phone_secret for number in each.phones)


def without_address(school: School) -> frozenset[str]:
    """Identifiers of the pupils of whose people no address is known to post a letter to.

    Not of who has nobody to write to, and not where somebody keeps the address from the school too.
    """
    return frozenset(
        pupil_id
        for pupil_id, people in _around_everybody(school).items()
        if (reachable := [each.guardian for each in people if each.authority is not Authority.NO])
        and all(address_key(each) == IN_CLASS for each in reachable)
        and not any(each.address_secret for each in reachable)
    )


def with_secret_address(school: School) -> frozenset[str]:
    """Identifiers of the pupils of whom somebody around them keeps the own address secret."""
    return frozenset(
        pupil_id
        for pupil_id, people in _around_everybody(school).items()
        if any(each.guardian.address_secret for each in people)
    )


def _around_everybody(school: School) -> dict[str, Sequence[Guardianship]]:
    """Who stands around each pupil on roll."""
    with school.reading() as session:
        today = session.clock.today()
        pupils = pupils_on_roll(session, today, current_year(session, today))
        carers = guardianships(session, [each.pupil.id for each in pupils])
        return {each.pupil.id: carers.get(each.pupil.id, ()) for each in pupils}


def letter_address(household: Household, child: PlacedPupil) -> tuple[str, ...]:
    """The lines in the window of the envelope, at most six.

    A secret address never stands there, and neither does anything that tells why.
    """
    if not household.by_post:
        return (*_TO, full_name(child.pupil), group_label(child.placement.group_name), _BY_HAND)
    return (*_recipient(household, full_name(child.pupil)), *_street_and_place(household.guardians))


def family_address(household: Household, children: Iterable[PlacedPupil]) -> tuple[str, ...]:
    """The same for one envelope for brothers and sisters."""
    children = tuple(children)
    if len(children) == 1 or not household.by_post:
        return letter_address(household, children[0])
    return (
        *_recipient(household, names_together(children)),
        *_street_and_place(household.guardians),
    )


def names_together(children: Sequence[PlacedPupil]) -> str:
    """``Noor, Sem en Can Bakker``; without a surname when they have several."""
    if len(children) == 1:
        return full_name(children[0].pupil)
    called = [each.pupil.call_name or full_name(each.pupil) for each in children]
    names = ", ".join([*called[:-2], " en ".join(called[-2:])])
    surnames = {" ".join(filter(None, (c.pupil.prefix, c.pupil.surname))) for c in children}
    return f"{names} {surnames.pop()}" if len(surnames) == 1 else names


_TO = ("Aan de ouder(s)/verzorger(s) van",)
_BY_HAND = "Uit te delen in de klas"


def _recipient(household: Household, child: str) -> tuple[str, ...]:
    institution = next((g for g in household.guardians if g.institution), None)
    if institution is None:
        return (*_TO, child)
    contact = person_name(institution)
    attention = (f"T.a.v. {contact}",) if contact else ()
    return (institution.institution, *attention, f"Betreft: {child}")


def _street_and_place(guardians: tuple[Guardian, ...]) -> tuple[str, ...]:
    known = (each for each in guardians if address_key(each) != IN_CLASS)
    where = max(known, key=lambda each: bool(each.street) + bool(each.place))  # the fullest
    street = " ".join(filter(None, (where.street, where.house_number)))
    place = "  ".join(filter(None, (where.postcode, where.place.upper())))
    return tuple(filter(None, (street, place)))
