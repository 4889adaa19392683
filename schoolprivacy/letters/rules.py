"""What a letter may not miss."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from schoolprivacy.letters.terms import Letter, Required


def missing_parts(
    letter: Letter,
    renderings: Iterable[tuple[Mapping[str, bool], str]],
    phrases: Mapping[str, tuple[str, ...]],
) -> tuple[Required, ...]:
    """What a letter must hold and does not, in at least one of the cases in which it is printed.

    A part is recognised by a phrase, which is no proof that the text is right: a person judges.

    :param renderings: per case which conditions hold, and the whole text, with ``{name}`` for
        each value that is filled in
    :param phrases: of the language, by the key of what is required
    """
    missing: set[str] = set()
    for case, text in renderings:
        folded = " ".join(re.sub("</?b>|<br/>", "", text).casefold().split())
        missing |= {
            each.key
            for each in letter.required
            if (not each.when or case[each.when])
            and not any(phrase.casefold() in folded for phrase in phrases.get(each.key, ()))
        }
    return tuple(each for each in letter.required if each.key in missing)
