"""Printing the forms of a round: in envelopes, sorted for handing out, nothing twice unsaid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from typing import Unpack

from schoolprivacy.consents import papers
from schoolprivacy.consents.asking import AskedForm
from schoolprivacy.consents.forms import Sheets
from schoolprivacy.consents.printing import (
    SAMPLES,
    Deliver,
    Draft,
    Job,
    PaperCount,
    Printed,
    PrintRun,
    Whom,
    count_paper,
    print_paper,
    sample_paper,
    sift,
)
from schoolprivacy.consents.rounds.asking import RoundAsking
from schoolprivacy.consents.rounds.opening import the_round
from schoolprivacy.consents.rounds.papers import EnvelopeGroup, draw_envelopes
from schoolprivacy.consents.rounds.whom import pupils_of
from schoolprivacy.errors import RefusedError
from schoolprivacy.paper.page import Document
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.people import names
from schoolprivacy.people.envelopes import Envelope, Order, fill_envelopes
from schoolprivacy.people.records import guardianships
from schoolprivacy.people.terms import PlacedPupil
from schoolprivacy.school import School, Session

Sheet = tuple[AskedForm, papers.FormSheet]


def print_round_forms(
    school: School,
    deliver: Deliver,
    *,
    order: Order = "youngest",
    anew: bool = False,
    **job: Unpack[Job],
) -> PrintRun:
    """Print the letters with forms of the round that is going on, and register them as asked.

    Brothers and sisters at one address lie directly after each other, the youngest first; behind
    all letters stands which belong in one envelope. A form of this round that was printed before
    keeps its number and questions: ``reprinted`` tells how many.

    :param anew: ask again: new forms of what is open now, those of this round are replaced
    :raises RefusedError: no round is open, no such group, no pupils, or nobody needs a form
    """
    prepare = partial(_prepare, order=order, anew=anew)
    detail: dict[str, object] = {"anew": anew, "order": order}
    return print_paper(school, deliver, prepare, "round_forms.printed", detail, **job)


def sample_round_forms(
    school: School, *, order: Order = "youngest", anew: bool = False, **whom: Unpack[Whom]
) -> bytes:
    """The first of them as they will look, without numbers: nothing is registered.

    :raises RefusedError: as ``print_round_forms``
    """
    prepare = partial(_prepare, order=order, anew=anew, most=SAMPLES)
    return sample_paper(school, prepare, **whom)


def count_round_forms(
    school: School, *, order: Order = "youngest", anew: bool = False, **whom: Unpack[Whom]
) -> PaperCount:
    """How many forms would be printed, and of how many of them the number is known at home.

    :raises RefusedError: as ``print_round_forms``
    """
    return count_paper(school, partial(_prepare, order=order, anew=anew), **whom)


def _prepare(
    session: Session,
    pupils: list[PlacedPupil],
    *,
    order: Order,
    anew: bool,
    most: int | None = None,
) -> Draft:
    round_ = the_round(session)
    asking = RoundAsking(session, round_, pupils_of(session, round_, pupils), anew=anew)
    if not asking.forms:
        raise RefusedError("round.nobody_asked")
    texts = Sheets(session, round_.school_year)
    of_children = [
        [(asked, texts.sheet(asked, numbered=most is None)) for asked in of_child]
        for _, of_child in groupby(asking.forms, lambda asked: asked.child.pupil.id)
    ]
    kept, left_out = sift(of_children, _check, lambda of_child: [of_child[0][0].child])
    envelopes = fill_envelopes(
        [sheet for of_child in kept for sheet in of_child],
        lambda sheet: (sheet[0].child, sheet[0].household),
        guardianships(session, {of_child[0][0].child.pupil.id for of_child in kept}),
        order,
    )[:most]
    together = [sheet for envelope in envelopes for sheet in envelope.contents]
    return Draft(
        [Printed.of(asked.child, asked.form) for asked, _ in together],
        left_out,
        len(together),
        partial(_draw, envelopes),
        lambda: asking.store({each.pupil_id for each in left_out}),
        sum(not asked.is_new for asked, _ in together),
    )


def _check(of_child: Sequence[Sheet]) -> None:
    for _, sheet in of_child:
        papers.check_sheet(sheet)


def _draw(
    envelopes: Sequence[Envelope[Sheet]],
    school: SchoolPaper,
    made: Made,
    progress: Callable[[int], None] | None,
) -> bytes:
    sheets = [sheet for envelope in envelopes for _, sheet in envelope.contents]

    def behind(document: Document) -> None:
        draw_envelopes(document, _shared(envelopes), school, made)

    return papers.consent_forms(sheets, school, made, progress, behind=behind)


def _shared(envelopes: Sequence[Envelope[Sheet]]) -> list[EnvelopeGroup]:
    """The envelopes with letters of several children, by the group in which they are handed out."""
    shared = [each for each in envelopes if len(each.children) > 1]
    return [
        EnvelopeGroup(
            names.group_label(group),
            tuple((_named(each), len(each.contents)) for each in of_group),
        )
        for group, of_group in groupby(shared, lambda each: each.group)
    ]


def _named(envelope: Envelope[Sheet]) -> str:
    return "\n".join(
        f"{names.full_name(each.pupil)} \u00b7 {names.group_label(each.placement.group_name)}"
        for each in envelope.children
    )
