"""Which column holds what: by its header, by what was remembered, or as a person says.

Nothing is guessed. A header that could mean two things, or that two columns share, stays
unplaced, and storing waits until a person has placed the column or set it aside: a missed
"geheim adres" leaks.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from schoolprivacy.errors import ImportFileError
from schoolprivacy.exchange.synonyms import (
    FIELDS_OF,
    GUARDIAN_SET_ASIDE,
    PUPIL_SET_ASIDE,
    SET_ASIDE_AS,
    squeeze,
    squeeze_header,
)

IGNORE = "ignore"
PARENT_KEYS = "parent.pupil_keys"  # one row per parent: the keys of the children
PUPIL_FIELDS = (
    *("key", "call_name", "prefix", "surname", "full_name", "given_names", "born_on"),
    *("group", "year_level", "came_on", "left_on", "status"),
    *("street", "house_number", "address", "postcode", "place"),
    *("address_secret", "phone_secret"),  # these count for all guardians in the row
)
PHONE_FIELDS = ("phone", "mobile", "work_phone")
GUARDIAN_FIELDS = (
    *("key", "institution", "initials", "call_name", "prefix", "surname", "full_name"),
    *("relation", "authority", "street", "house_number", "address", "postcode", "place"),
    *(*PHONE_FIELDS, "email", "address_secret", "phone_secret", "language"),
)
GUARDIAN_NUMBERS = (1, 2, 3, 4)
FIELDS = (
    *(f"pupil.{name}" for name in PUPIL_FIELDS),
    *(f"guardian{number}.{name}" for number in GUARDIAN_NUMBERS for name in GUARDIAN_FIELDS),
    PARENT_KEYS,
)

NAMES_A_PUPIL = frozenset(
    ["pupil.key", "pupil.surname", "pupil.call_name", "pupil.full_name", PARENT_KEYS]
)
"""A file without any of these says nothing of anybody."""

# Several columns may hold these: a house number and its addition, two telephones.
_MANY = frozenset(["house_number", *PHONE_FIELDS])
_CONTACT = frozenset([*PHONE_FIELDS, "email"])
_SECRETS = frozenset(["address_secret", "phone_secret"])
_IGNORE_WORDS = frozenset(["ignore", "negeer", "negeren", "overslaan", "skip"])

_ORDINALS = {"1": 1, "2": 2, "3": 3, "4": 4, "eerste": 1, "tweede": 2, "derde": 3, "vierde": 4}
_GUARDIAN = re.compile(
    r"(?:(?P<before>[1-4])(?:e|ste|de)|(?P<spelled>eerste|tweede|derde|vierde))?"
    r"(?:(?P<role>moeder|vader|mama|papa)|ouders?(?:of|en)?verzorgers?|verzorgers?ouders?"
    r"|ouders?(?!lijk)|verzorgers?|contactpersoon|contact(?=[1-4])|voogd|parent|guardian)"
    r"(?P<after>[1-4])?"
)
_PUPIL = re.compile(r"leerlingen|leerling|kind|pupil|student")
_ROLES = {"moeder": "moeder", "mama": "moeder", "vader": "vader", "papa": "vader"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one header says by itself.

    :param person: ``pupil``, ``guardian``, or "" when the header names nobody
    :param number: of the guardian, None when the header gives none
    :param role: ``moeder`` or ``vader`` when the header says so
    :param fields: what it may hold, without the person; the first that is free counts
    :param set_aside: Dutch name of what it holds when the program does not keep that
    """

    person: str = ""
    number: int | None = None
    role: str = ""
    fields: tuple[str, ...] = ()
    set_aside: str = ""


@dataclass(slots=True)
class Placement:
    """Where the columns of a file go.

    :param columns: header → field code or ``ignore``
    :param unplaced: headers nobody has placed
    :param dropped: Dutch names of what is in columns that are set aside by themselves
    :param relations: guardian number → moeder or vader, where the headers say so
    """

    columns: dict[str, str] = field(default_factory=dict)
    unplaced: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    relations: dict[int, str] = field(default_factory=dict)


def understand(header: str) -> Meaning | None:
    """What a header says; None when it says nothing that is known."""
    words = squeeze_header(header)
    if words in SET_ASIDE_AS:
        return Meaning(set_aside=SET_ASIDE_AS[words])
    if words in FIELDS_OF:
        return Meaning(fields=FIELDS_OF[words])
    found = _GUARDIAN.search(words)
    if found:
        return _of_guardian(words[: found.start()] + words[found.end() :], found)
    found = _PUPIL.search(words)
    return _of_pupil(words[: found.start()] + words[found.end() :]) if found else None


def _of_guardian(rest: str, found: re.Match[str]) -> Meaning | None:
    role = _ROLES.get(found["role"] or "", "")
    ordinal = found["after"] or found["before"] or found["spelled"]
    number = _ORDINALS[ordinal] if ordinal else None
    if rest in SET_ASIDE_AS:
        return Meaning(set_aside=SET_ASIDE_AS[rest])
    fields = FIELDS_OF.get(rest) or (() if rest else ("full_name",))
    if not fields and rest[-1] in "1234":
        fields = FIELDS_OF.get(rest[:-1], ())
        is_phone, is_known = set(fields) <= set(PHONE_FIELDS), bool(number or role)
        if is_phone != is_known:
            return None  # "ouder telefoon 2": whose? "e-mail 2 ouder 1": there is one e-mail
        number = number or (None if role else int(rest[-1]))  # "ouder e-mail 2": parent 2
    if set(fields) & {*GUARDIAN_FIELDS, "code"}:
        return Meaning("guardian", number, role, fields)
    return _set_aside(fields, GUARDIAN_SET_ASIDE)


def _of_pupil(rest: str) -> Meaning | None:
    if rest in SET_ASIDE_AS:
        return Meaning(set_aside=SET_ASIDE_AS[rest])
    fields = FIELDS_OF.get(rest) or (() if rest else ("full_name",))
    if set(fields) & set(PUPIL_FIELDS):
        return Meaning("pupil", fields=fields)
    return _set_aside(fields, PUPIL_SET_ASIDE)


def _set_aside(fields: tuple[str, ...], names: Mapping[str, str]) -> Meaning | None:
    """What the program keeps of others, but not of this person."""
    found = [names[field] for field in fields if field in names]
    return Meaning(set_aside=found[0]) if found else None


def fingerprint(headers: Iterable[str]) -> str:
    """Identifies a set of columns, whatever their order."""
    joined = "\n".join(sorted(squeeze(header) for header in headers))
    return hashlib.sha256(joined.encode("utf-8")).hexdigest()


def place(headers: list[str], given: Mapping[str, str], remembered: Mapping[str, str]) -> Placement:
    """Give each column its field: as given, else as remembered, else by its header.

    :param headers: names of the columns, each different
    :param given: column → field code, synonym or ``ignore``; columns match whatever their case
        and spaces
    :raises ImportFileError: an unknown column or field, two columns given one field, or a
        column given that may not be read (BSN)
    """
    meanings = {header: understand(header) for header in headers}
    placement = Placement(_as_given(headers, meanings, given))
    for header, code in remembered.items():
        known = header in meanings and header not in placement.columns
        if known and (code in FIELDS or code == IGNORE) and _free(code, placement.columns):
            placement.columns[header] = code
    dropped = [m.set_aside for m in meanings.values() if m and m.set_aside]
    placement.dropped = tuple(dict.fromkeys(dropped))
    placement.columns |= {h: IGNORE for h, m in meanings.items() if m and m.set_aside}
    _Automatic(meanings, placement).place()
    placement.columns = {h: placement.columns[h] for h in headers if h in placement.columns}
    placement.unplaced = tuple(h for h in headers if h not in placement.columns)
    placement.relations = _relations(meanings, placement.columns)
    return placement


def _as_given(
    headers: list[str], meanings: Mapping[str, Meaning | None], given: Mapping[str, str]
) -> dict[str, str]:
    by_name = {_loose(header): header for header in headers}
    columns: dict[str, str] = {}
    for name, wanted in given.items():
        header = by_name.get(_loose(name))
        if header is None:
            raise ImportFileError(
                "import_file.unknown_column", column=name, columns=", ".join(headers)
            )
        code = _code_for(wanted)
        meaning = meanings[header]
        if meaning and meaning.set_aside and code != IGNORE:
            raise ImportFileError("import_file.set_aside_column", column=header)
        if not _free(code, columns):
            raise ImportFileError("import_file.field_twice", column=header, field=code)
        columns[header] = code
    return columns


def _code_for(wanted: str) -> str:
    """The field code for what a person typed: a code, ``ignore``, or a word like a header."""
    code = "".join(wanted.casefold().split())
    if code in FIELDS:
        return code
    if code in _IGNORE_WORDS:
        return IGNORE
    meaning = understand(wanted)
    codes = _Automatic({wanted: meaning}, Placement()).codes(meaning) if meaning else ()
    if not codes:
        others = ("guardian2", "guardian3", "guardian4")  # as guardian1, says the sentence
        allowed = [*(code for code in FIELDS if not code.startswith(others)), IGNORE]
        raise ImportFileError("import_file.unknown_field", field=wanted, fields=", ".join(allowed))
    return codes[0]


def _loose(name: str) -> str:
    return "".join(name.casefold().split())


def may_repeat(code: str) -> bool:
    """Whether more than one column may be given this field."""
    return code == IGNORE or code.rpartition(".")[2] in _MANY


def _free(code: str, columns: Mapping[str, str]) -> bool:
    return may_repeat(code) or code not in columns.values()


def _relations(
    meanings: Mapping[str, Meaning | None], columns: Mapping[str, str]
) -> dict[int, str]:
    """Moeder and vader, from headers such as "telefoon moeder"."""
    found: dict[int, str] = {}
    for header, code in columns.items():
        meaning = meanings[header]
        if meaning and meaning.role and code.startswith("guardian"):
            found.setdefault(int(code[len("guardian")]), meaning.role)
    return found


class _Automatic:
    """Places the columns that are left, knowing all headers of the file."""

    def __init__(self, meanings: Mapping[str, Meaning | None], placement: Placement) -> None:
        self.meanings = meanings
        self.columns = placement.columns
        known = [meaning for meaning in meanings.values() if meaning]
        self.row_is_parent = PARENT_KEYS in self.columns.values() or any(
            "pupil_keys" in meaning.fields for meaning in known
        )
        self.numbered = any(meaning.number for meaning in known)
        self.roles = {meaning.role for meaning in known if meaning.role}
        numbers = {meaning.number for meaning in known} - {None, 1}
        mapped = {code[: len("guardian1")] for code in self.columns.values()}
        self.one_guardian = not (
            numbers or len(self.roles) > 1 or mapped & {"guardian2", "guardian3", "guardian4"}
        )

    def place(self) -> None:
        """Sure columns first; a clash among equals places none of them."""
        waiting = {
            header: (meaning, codes)
            for header, meaning in self.meanings.items()
            if meaning and header not in self.columns and (codes := self.codes(meaning))
        }
        for rank in (0, 1, 2):
            chosen = {
                header: code
                for header, (meaning, codes) in waiting.items()
                if _rank(meaning, codes) == rank
                and (code := next((c for c in codes if _free(c, self.columns)), None))
            }
            times = Counter(chosen.values())
            for header, code in chosen.items():
                if times[code] == 1 or may_repeat(code):
                    self.columns[header] = code

    def codes(self, meaning: Meaning) -> tuple[str, ...]:
        """The field codes a header may stand for in this file, best first."""
        if meaning.person == "pupil":
            return tuple(f"pupil.{name}" for name in meaning.fields if name in PUPIL_FIELDS)
        if meaning.person == "guardian":
            return self._guardian_codes(meaning)
        return tuple(code for name in meaning.fields if (code := self._unsaid(name)))

    def _guardian_codes(self, meaning: Meaning) -> tuple[str, ...]:
        names = ["key" if name == "code" else name for name in meaning.fields]
        names = [name for name in names if name in GUARDIAN_FIELDS]
        number = meaning.number
        if meaning.role and not number:
            if self.numbered:
                return ()  # is the mother parent 1 or 2?
            number = 2 if meaning.role == "vader" and "moeder" in self.roles else 1
        if number or self.one_guardian:
            return tuple(f"guardian{number or 1}.{name}" for name in names)
        # "ouders": a secret counts for all of them, a name or "gezag" is a question
        return tuple(
            f"pupil.{name}" if name in _SECRETS else f"guardian1.{name}"
            for name in names
            if name in _SECRETS or name in _CONTACT
        )

    def _unsaid(self, name: str) -> str:
        """A header that names no person: the pupil's, and contact details guardian 1's."""
        if name == "pupil_keys":
            return PARENT_KEYS
        if self.row_is_parent:
            name = "key" if name == "code" else name
            return f"guardian1.{name}" if name in GUARDIAN_FIELDS else ""
        if name in PUPIL_FIELDS:
            return f"pupil.{name}"
        whose = name in _CONTACT or (self.one_guardian and name not in ("initials", "code"))
        return f"guardian1.{name}" if whose else ""


def _rank(meaning: Meaning, codes: tuple[str, ...]) -> int:
    """0 says whose it is, 1 does not, 2 has more than one meaning (Voornaam, Groep)."""
    if len(codes) > 1:
        return 2
    return 0 if meaning.number or meaning.role or meaning.person == "pupil" else 1
