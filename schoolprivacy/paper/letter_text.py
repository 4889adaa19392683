"""Letter texts: the sentences of a letter in one language, with the values of one child or family.

A text is a template: the school's own where it has one, else the one that ships in
``resources/letters``. It runs in a sandbox, and a school's own text was held to names and
conditions before it was stored. Values are escaped, so that a name with ``<`` or ``&`` stays a
name.
"""

from __future__ import annotations

from functools import cache, lru_cache

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from schoolprivacy.paper.fonts import check
from schoolprivacy.paper.sender import SchoolPaper
from schoolprivacy.settings import resource

_DUTCH = "nl"


def letter_text(paper: SchoolPaper, name: str, language: str = _DUTCH, /, **values: object) -> str:
    """The markup of a letter part, e.g. ``consent_request``.

    :param paper: with the school's own texts
    :raises KnownError: ``paper.missing_glyph``
    :raises jinja2.UndefinedError: the text asks for a value that was not given
    """
    own = next((t.body for t in paper.texts if (t.name, t.language) == (name, language)), "")
    return text_of_body(own or shipped_text(name, language), **values)


def text_of_body(body: str, /, **values: object) -> str:
    """The markup of a text that is given.

    :raises KnownError: ``paper.missing_glyph``
    :raises jinja2.TemplateError: it is no good text, or asks for a value that was not given
    """
    checked = {
        key: check(value, "de tekst van de brief") if isinstance(value, str) else value
        for key, value in values.items()
    }
    return _template(body).render(checked)


@cache
def shipped_text(name: str, language: str = _DUTCH) -> str:
    """The text that ships, without its opening comment."""
    text = resource(f"letters/{language}/{name}.txt").read_text(encoding="utf-8")
    head, end, rest = text.partition("#}\n")
    return rest if end and head.startswith("{#") else text


@cache
def shipped_languages() -> tuple[str, ...]:
    """The codes of the languages in which letters ship: the names of the folders."""
    places = resource("letters").iterdir()
    return tuple(sorted(each.name for each in places if (each / "language.toml").is_file()))


@lru_cache(maxsize=64)
def _template(body: str) -> Template:
    return _environment().from_string(body)


@cache
def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
