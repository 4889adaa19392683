"""The list for parents as a page for the website and as text for the schoolgids."""

from __future__ import annotations

import textwrap
from functools import cache

from jinja2 import Environment, StrictUndefined, Template

from schoolprivacy.access.matrix import require
from schoolprivacy.access.terms import Area, Right
from schoolprivacy.letters.letterhead import school_paper
from schoolprivacy.paper.dates import dutch_date
from schoolprivacy.school import School, Session
from schoolprivacy.settings import resource
from schoolprivacy.suppliers import papers
from schoolprivacy.suppliers.parents import Told
from schoolprivacy.suppliers.telling import ParentList, read_list

_WIDTH = 78


def page_html(school: School) -> str:
    """A whole page without scripts or anything from elsewhere; every value is escaped.

    :raises RefusedError: not with this role
    """
    with school.reading() as session:
        found, intro, outro, name, day = _read(session)
    return _template().render(
        title=papers.PARENTS_TITLE,
        school=name,
        day=day,
        intro=intro,
        outro=outro,
        products=[_entry(each) for each in found.products],
        recipients=[_entry(each) for each in found.recipients],
        no_company=papers.NO_COMPANY,
        others_heading=papers.OTHERS_HEADING,
        others_intro=papers.OTHERS_INTRO,
    )


def page_text(school: School) -> str:
    """The same as plain text, to paste in a schoolgids or an e-mail.

    :raises RefusedError: not with this role
    """
    with school.reading() as session:
        found, intro, outro, name, day = _read(session)
    parts = [papers.PARENTS_TITLE.upper(), f"{name}, {day}", *map(_filled, intro)]
    parts += [_block(each) for each in found.products] or [papers.NO_COMPANY]
    if found.recipients:
        parts += [papers.OTHERS_HEADING.upper(), _filled(papers.OTHERS_INTRO)]
        parts += [_block(each) for each in found.recipients]
    parts.append(_filled(outro))
    return "\n\n".join(parts) + "\n"


def _read(session: Session) -> tuple[ParentList, tuple[str, ...], str, str, str]:
    """The list, what stands around it, the name of the school and the day."""
    require(session, Area.SUPPLIERS, Right.PRINT)
    paper = school_paper(session)
    name = f"{paper.name} (DEMOSCHOOL \u2013 verzonnen gegevens)" if paper.demo else paper.name
    day = dutch_date(session.clock.today())
    intro, outro = papers.parents_intro(paper), papers.parents_outro(paper)
    return read_list(session), intro, outro, name, day


def _entry(told: Told) -> dict[str, object]:
    fields = [(name, text) for name, text in papers.parents_fields(told) if text]
    return {"title": papers.parents_title(told), "fields": fields}


def _block(told: Told) -> str:
    lines = [_filled(papers.parents_title(told))]
    for name, text in papers.parents_fields(told):
        if text:
            lines.append(_filled(f"{name}: {text}", "  "))
    return "\n".join(lines)


def _filled(text: str, indent: str = "") -> str:
    """Lines that are not too long, without breaking a date."""
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent * 2,
        break_long_words=False,
        break_on_hyphens=False,
    )


@cache
def _template() -> Template:
    made = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return made.from_string(resource("supplier_list.html").read_text(encoding="utf-8"))
