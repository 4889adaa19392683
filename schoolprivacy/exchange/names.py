"""Dutch personal names out of one cell: titles, initials, voorvoegsels, surname.

The voorvoegsels are those of the BRP (Landelijke tabel 36) that occur in more than a few names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WRITTEN = """
aan|aan de|aan den|aan der|aan het|aan 't|af|al|am|auf|auf dem|auf den|auf der|bij|bij de|bij den|
bij het|bij 't|bin|boven d'|d'|da|dal|dalla|das|de|de die|de het|de l'|de la|de las|de le|de los|
de van der|degli|dei|del|della|den|der|des|di|die|die le|do|don|dos|du|el|het|im|in|in de|in den|
in der|in het|in 't|l'|la|las|le|les|lo|los|mac|met den|o'|of|onder|onder de|onder den|onder het|
onder 't|op|op de|op den|op der|op gen|op het|op 't|op ten|over|over de|over den|over het|over 't|
's|'t|te|ten|ter|tho|thoe|to|toe|tot|uijt|uijt de|uijt den|uijt ten|uit|uit de|uit den|uit het|
uit 't|uit ten|unter|van|van de|van de l'|van de la|van den|van der|van gen|van het|van la|van 't|
van ter|van van de|vom|von|von dem|von den|von der|voor|voor de|voor den|voor in 't|voor 't|vor|
vor der|zu|zum|zur
"""
_PREFIXES = frozenset(prefix.strip() for prefix in _WRITTEN.split("|"))
_LONGEST_PREFIX = max(prefix.count(" ") + 1 for prefix in _PREFIXES)
# With a capital and in front, these are never a first name; Al, El, Ben, Don and the like may be.
_NEVER_A_FIRST_NAME = ("de", "den", "der", "van", "'t", "ter", "ten", "von")

_TITLES = re.compile(
    r"^(?:(?:de\s+)?(?:dhr|mevr|mw|hr|heer|mevrouw|meneer|mevr?|fam|familie|drs|dr|ir|ing|mr|prof|ds)"
    r"(?:\.\s*|\s+))+",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.[ -]?)+[^\W\d_]?|[A-Z]{1,4}")
_CALLED = re.compile(r"\(([^()]*)\)")
_SEVERAL = re.compile(r"\s(?:en|and|&|\+|/)\s|[;/&]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a name; "" where there is none."""

    initials: str = ""
    call_name: str = ""
    prefix: str = ""
    surname: str = ""


def names_several(text: str) -> bool:
    """More than one person stands in this cell: ``J. Jansen en M. de Vries``."""
    return bool(_SEVERAL.search(text))


def split_name(text: str) -> Name:
    """Split one person's full name.

    >>> split_name("Mevr. A. de Vries-Smit")
    Name(initials='A.', call_name='', prefix='de', surname='Vries-Smit')
    >>> split_name("Berg, Jan van den")
    Name(initials='', call_name='Jan', prefix='van den', surname='Berg')

    Without a known voorvoegsel the last word is the surname: where a surname begins cannot be
    seen from a name, so such a name is a proposal that a person sees in the preview.
    """
    text = _TITLES.sub("", text.strip())
    called = _CALLED.search(text)
    words = _CALLED.sub(" ", text)
    if "," in words:
        first, prefix, surname = _around_comma(words)
    else:
        first, prefix, surname = _in_order(words.split())
    first = _TITLES.sub("", f"{first} ").strip()
    shouting = text.isupper() and "." not in first  # JAN DE VRIES: JAN is a name
    is_initials = bool(_INITIALS.fullmatch(first)) and not shouting
    return Name(
        initials=first if is_initials else "",
        call_name=(called[1].strip() if called else "") or ("" if is_initials else first),
        prefix=prefix,
        surname=surname,
    )


def split_surname(text: str) -> tuple[str, str]:
    """Voorvoegsel and surname out of a surname cell: ``van der Berg`` or ``Berg, van der``.

    A voorvoegsel with a capital stays with the surname: in Flanders it belongs to it.
    """
    surname, comma, behind = (part.strip() for part in text.partition(","))
    if comma:
        return (behind, surname) if _is_prefix(behind.split()) else ("", text)
    words = text.split()
    length = _prefix_at(words, 0) if words and words[0][0] in "'abcdefghijklmnopqrstuvwxyz" else 0
    return " ".join(words[:length]), " ".join(words[length:])


def _around_comma(text: str) -> tuple[str, str, str]:
    """``Berg, Jan van der``, ``Berg van der, Jan`` and ``Berg, van der, Jan``."""
    surname, *behind = (part.split() for part in text.split(","))
    words = [word for part in behind for word in part]
    for start in range(len(words)):
        if _is_prefix(words[start:]):
            return " ".join(words[:start]), " ".join(words[start:]), " ".join(surname)
    length = _prefix_at(words, 0) if len(behind) > 1 else 0
    if length:
        return " ".join(words[length:]), " ".join(words[:length]), " ".join(surname)
    for start in range(1, len(surname)):
        if _is_prefix(surname[start:]):
            return " ".join(words), " ".join(surname[start:]), " ".join(surname[:start])
    prefix, rest = split_surname(" ".join(surname))
    return " ".join(words), prefix, rest


def _in_order(words: list[str]) -> tuple[str, str, str]:
    """``Jan van der Berg``: the first voorvoegsel with a name behind it divides."""
    for start in range(len(words) - 1):
        length = _prefix_at(words, start)
        if length and (start or _opens_surname(words[0])):
            end = start + length
            return " ".join(words[:start]), " ".join(words[start:end]), " ".join(words[end:])
    return " ".join(words[:-1]), "", " ".join(words[-1:])


def _opens_surname(word: str) -> bool:
    return word[0].islower() or word.casefold() in _NEVER_A_FIRST_NAME or word[0] == "'"


def _prefix_at(words: list[str], start: int) -> int:
    """How many words from here form a voorvoegsel with a name behind it, as many as possible."""
    for length in range(min(_LONGEST_PREFIX, len(words) - start - 1), 0, -1):
        if _is_prefix(words[start : start + length]):
            return length
    return 0


def _is_prefix(words: list[str]) -> bool:
    return " ".join(words).casefold().replace("’", "'").replace("`", "'") in _PREFIXES
