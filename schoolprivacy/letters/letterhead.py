"""The school as its paper shows it, with its own texts; and who makes a paper."""

from __future__ import annotations

from schoolprivacy.contact import read_phone, show_phone
from schoolprivacy.letters.records import own_texts
from schoolprivacy.paper.sender import Made, SchoolPaper
from schoolprivacy.people import profile
from schoolprivacy.school import Session


def school_paper(session: Session) -> SchoolPaper:
    """The school as its letters show it."""
    own = profile.read_profile(session)
    place = "  ".join(filter(None, (own.postcode, own.place)))
    return SchoolPaper(
        name=own.name,
        board=own.board,
        address_lines=tuple(filter(None, (own.street, place))),
        phone=show_phone(number) if (number := read_phone(own.phone)) else own.phone,
        email=own.email,
        website=own.website,
        dpo=own.dpo,
        logo=profile.read_logo(session),
        window_side="right" if own.window_side == "right" else "left",
        window_dx=own.window_dx,
        window_dy=own.window_dy,
        demo=session.is_demo,
        texts=own_texts(session),
    )


def made(session: Session) -> Made:
    """Who makes a paper, when, and where the audit trail stands."""
    return Made(session.clock.today(), session.who.name, str(session.anchor()))
