"""From a row of a spreadsheet to a pupil with guardians."""

from __future__ import annotations

from dataclasses import dataclass, replace

from schoolprivacy.contact import read_postcode
from schoolprivacy.exchange.columns import GUARDIAN_NUMBERS, PARENT_KEYS, PHONE_FIELDS
from schoolprivacy.exchange.names import Name, names_several, split_name, split_surname
from schoolprivacy.exchange.roster import RosterGuardian, RosterPupil, Severity
from schoolprivacy.exchange.rows import Row
from schoolprivacy.exchange.values import (
    read_email,
    read_phones,
    read_year_level,
    says_no_authority,
    split_address,
    take_secret,
)

_LEFT = ("uitgeschreven", "vertrokken", "uitgestroomd", "oud-leerling", "oudleerling", "inactief")
_HERE = ("ingeschreven", "actief", "huidig", "geplaatst", "aangemeld", "vooraangemeld", "nieuw")


@dataclass(frozen=True, slots=True)
class _Address:
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    place: str = ""
    secret: bool | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.street or self.house_number or self.postcode or self.place)


def read_pupil(row: Row) -> RosterPupil | None:
    """The pupil of a row, with guardians; None (with a remark) when the row names no pupil.

    The child's address is that of every guardian who has none of their own in the row.
    """
    name = _name(row, "pupil")
    key = row.key("pupil.key")
    if not (key or name.surname or name.call_name or name.initials):
        row.remark("no_name")
        return None
    left_on = row.date("pupil.left_on")
    if not left_on and _has_left(row):
        row.remark("left_without_date", row.cell("pupil.status"))
        return None
    return RosterPupil(
        line=row.line,
        key=key,
        call_name=name.call_name
        or row.text("pupil.given_names").partition(" ")[0]
        or name.initials,
        prefix=name.prefix,
        surname=name.surname,
        given_names=row.text("pupil.given_names"),
        born_on=row.date("pupil.born_on"),
        year_level=row.read("pupil.year_level", read_year_level, "year_level") or "",
        group=row.group(),
        came_on=row.date("pupil.came_on"),
        left_on=left_on,
        guardians=_guardians(row),
    )


def read_parent(row: Row) -> list[RosterPupil]:
    """A row per parent (Zermelo): the keys of the children, each with this parent."""
    guardian = read_guardian(row, 1)
    keys = row.text(PARENT_KEYS).replace(",", " ").replace(";", " ").replace("|", " ").split()
    if not guardian or not keys:
        row.remark("parent_without_pupil")
        return []
    return [RosterPupil(line=row.line, key=key, guardians=(guardian,)) for key in keys]


def _has_left(row: Row) -> bool:
    status = row.text("pupil.status").casefold()
    if status and not status.startswith(_LEFT + _HERE):
        row.remark("status", row.cell("pupil.status"))
    return status.startswith(_LEFT)


def _guardians(row: Row) -> tuple[RosterGuardian, ...]:
    home = _address(row, "pupil")
    phone_secret = row.flag("pupil.phone_secret")
    found = [guardian for n in GUARDIAN_NUMBERS if (guardian := read_guardian(row, n))]
    if not found and (home.secret or phone_secret):
        row.remark("secret_of_nobody")
    elif not found and not home.is_empty:
        row.remark("address_of_nobody", severity=Severity.NOTE)
    guardians = [_at_home(guardian, home) for guardian in found]
    return tuple(
        replace(guardian, phone_secret=_either(guardian.phone_secret, phone_secret))
        for guardian in guardians
    )


def _at_home(guardian: RosterGuardian, home: _Address) -> RosterGuardian:
    """Give a guardian without an address the child's; its secrecy counts for what it may touch.

    A guardian with an own address and an own answer keeps that answer; one without an answer
    gets only a yes: a secret too many does no harm.
    """
    if _lives_nowhere(guardian):
        secret = _either(guardian.address_secret, home.secret)
        return replace(
            guardian,
            street=home.street,
            house_number=home.house_number,
            postcode=home.postcode,
            place=home.place,
            address_secret=secret,
        )
    same = (guardian.street, guardian.house_number) == (home.street, home.house_number)
    if home.secret and (guardian.address_secret is None or same):
        return replace(guardian, address_secret=True)
    return guardian


def _lives_nowhere(guardian: RosterGuardian) -> bool:
    return not (guardian.street or guardian.house_number or guardian.postcode or guardian.place)


def _either(one: bool | None, other: bool | None) -> bool | None:
    """Secret when one of two says so; None when neither says anything."""
    return None if one is None and other is None else bool(one or other)


def read_guardian(row: Row, number: int) -> RosterGuardian | None:
    """Guardian ``number`` of a row; None when the row names nobody and gives no contact."""
    who = f"guardian{number}"
    name, address = _name(row, who), _address(row, who)
    phones, secret_phone = _phones(row, who)
    authority = row.text(f"{who}.authority")
    guardian = RosterGuardian(
        key=row.key(f"{who}.key"),
        institution=row.text(f"{who}.institution"),
        initials=name.initials,
        call_name=name.call_name,
        prefix=name.prefix,
        surname=name.surname,
        relation=row.text(f"{who}.relation") or row.relations.get(number, ""),
        denied_authority=says_no_authority(authority),
        street=address.street,
        house_number=address.house_number,
        postcode=address.postcode,
        place=address.place,
        phones=phones,
        email=row.read(f"{who}.email", read_email, "email") or "",
        address_secret=address.secret,
        phone_secret=_either(row.flag(f"{who}.phone_secret"), secret_phone or None),
        language=row.text(f"{who}.language"),
    )
    is_somebody = guardian.institution or guardian.key or guardian.surname or guardian.email
    if is_somebody or name.call_name or name.initials or phones or not address.is_empty:
        return guardian
    return None


def _name(row: Row, who: str) -> Name:
    """The name from its own columns, completed from a column with the full name."""
    full = row.cell(f"{who}.full_name")
    split = Name()
    if full and names_several(full.text):
        row.remark("two_people", full)
        split = Name(surname=full.text)
    elif full:
        split = split_name(full.text)
    prefix, surname = row.text(f"{who}.prefix"), _letters(row, f"{who}.surname")
    if surname and not prefix:
        prefix, surname = split_surname(surname)
    if surname:
        split = replace(split, prefix=prefix, surname=surname)
    return replace(
        split,
        initials=_letters(row, f"{who}.initials") or split.initials,
        call_name=_letters(row, f"{who}.call_name") or split.call_name,
        prefix=prefix or split.prefix,
    )


def _letters(row: Row, field: str) -> str:
    """A name has letters; a number that slid into its column, a BSN perhaps, is not taken."""
    text = row.text(field)
    if text and not any(sign.isalpha() for sign in text):
        row.remark("no_letters", row.cell(field))
        return ""
    return text


def _address(row: Row, who: str) -> _Address:
    whole, secret = row.open_text(f"{who}.address")
    street, number, code, place = split_address(whole)
    own_street, street_secret = row.open_text(f"{who}.street")
    parts = [take_secret(cell.text) for cell in row.all(f"{who}.house_number")]
    own_number = _joined([text for text, _ in parts])
    if own_street and not own_number:
        own_street, own_number, *_ = split_address(own_street)
    own_code, code_secret = row.open_text(f"{who}.postcode")
    own_place, place_secret = row.open_text(f"{who}.place")
    code = own_code or code
    if code and not read_postcode(code):
        row.remark("postcode", row.cell(f"{who}.postcode"), Severity.NOTE)
    said = [secret, street_secret, code_secret, place_secret, *(hidden for _, hidden in parts)]
    return _Address(
        street=own_street or street,
        house_number=own_number or number,
        postcode=read_postcode(code) or code,
        place=own_place or place,
        secret=_either(row.flag(f"{who}.address_secret"), any(said) or None),
    )


def _joined(parts: list[str]) -> str:
    """House number and addition: ``12`` and ``a`` are 12a, ``12`` and ``3`` are 12-3."""
    number, *additions = [part for part in parts if part] or [""]
    for addition in additions:
        number += f"-{addition}" if addition[0].isdigit() and number else addition
    return number


def _phones(row: Row, who: str) -> tuple[tuple[str, ...], bool]:
    """All numbers once, in the order of the columns; and whether a cell calls one secret."""
    numbers: list[str] = []
    secret = False
    for cell in row.all(*(f"{who}.{field}" for field in PHONE_FIELDS)):
        text, said = take_secret(cell.text)
        secret = secret or said
        found = read_phones(text) if text else ()
        if found is None:
            row.remark("phone", cell)
        numbers += found or ()
    return tuple(dict.fromkeys(numbers)), secret
