"""Letter texts: the Dutch sentences of a letter, with the values of one child or family.

A text is a Jinja template in ``resources/letters/nl``, run in the sandbox because a school may
one day write its own. Values are escaped, so that a name with ``<`` or ``&`` stays a name.
"""

from __future__ import annotations

from functools import cache

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from schoolprivacy.paper.fonts import check
from schoolprivacy.settings import resource


def letter_text(name: str, **values: object) -> str:
    """The markup of a letter part, e.g. ``consent_request.txt``.

    :raises KnownError: ``paper.missing_glyph``
    :raises jinja2.UndefinedError: the template asks for a value that was not given
    """
    checked = {
        key: check(value, "de tekst van de brief") if isinstance(value, str) else value
        for key, value in values.items()
    }
    return _environment().get_template(name).render(checked)


@cache
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(
        loader=FileSystemLoader(resource("letters/nl"), encoding="utf-8"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
