"""The sheet with the paper key, for the safe."""

from __future__ import annotations

from schoolprivacy.paper.fonts import Type
from schoolprivacy.paper.letterhead import draw_letterhead
from schoolprivacy.paper.page import LEFT, RIGHT, SMALL, Document
from schoolprivacy.paper.running_text import draw_text
from schoolprivacy.paper.sender import Made, SchoolPaper

_GROUP = Type(26, bold=True)
_IN_A_ROW = 4
_KEY_TOP, _ROW, _PLACE = 88.0, 20.0, (RIGHT - LEFT) / _IN_A_ROW
_TEXT_TOP = 52.0
_BELOW = 126.0
_SIZE = 10.5

_WHAT = """# Papieren sleutel

Deze sleutel opent het schoolbestand van Schoolprivacy, ook als iedereen de wachtzin is vergeten. \
Wie dit papier heeft, kan bij alle gegevens van de leerlingen."""

_DO = """## Nu

Typ de sleutel één keer over in het programma. Dan weet u dat hij klopt.

## Bewaren

Doe dit papier in een dichte envelop en leg die in de kluis van de school. Maak er geen foto of \
scan van en mail hem niet. Bewaar hem niet bij de computer of bij de back-up.

## In nood

Start Schoolprivacy en kies het schoolbestand. Kies <b>Openen met de papieren sleutel</b> en typ \
de acht groepen over, van links naar rechts. Een typfout vindt het programma zelf: het noemt de \
groep. Geef daarna iedereen die dat nodig heeft een nieuwe wachtzin.

Is ook de computer weg? Installeer het programma op een andere computer, kies <b>Back-up \
terugzetten</b> en gebruik deze sleutel.

## Kwijt of gezien

Is dit papier weg, of heeft iemand anders het gezien? Maak dan in het programma een nieuwe \
papieren sleutel. Deze opent daarna niets meer, behalve oudere back-ups.

## Zonder

Is de papieren sleutel weg en weet niemand een wachtzin, dan kan niemand meer bij de gegevens. \
Ook de maker van het programma niet."""


def recovery_sheet(school: SchoolPaper, paper_key: str, made: Made) -> bytes:
    """One page with the key in large groups, what it is, where to keep it and how to use it.

    :param paper_key: eight groups of six digits with dashes between them
    :raises KnownError: ``paper.missing_glyph``, ``paper.text_too_long``, ``paper.logo_unreadable``
    """
    document = Document("Papieren sleutel", school)
    draw_letterhead(document, school)
    draw_text(document, _WHAT, LEFT, _TEXT_TOP, RIGHT - LEFT, _SIZE)
    for place, group in enumerate(paper_key.split("-")):
        row, column = divmod(place, _IN_A_ROW)
        x, y = LEFT + column * _PLACE, _KEY_TOP + row * _ROW
        document.text(x, y, str(place + 1), SMALL)
        document.text(x + 4, y + 4, group, _GROUP)
    draw_text(document, _DO, LEFT, _BELOW, RIGHT - LEFT, _SIZE)
    document.footer(made, 1, 1)
    document.next_page()
    return document.finish()
