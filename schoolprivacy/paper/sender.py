"""What every printed page says about the school and about its own making."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class OwnText:
    """A letter part as the school words it, in one language."""

    name: str
    language: str
    body: str


@dataclass(frozen=True, slots=True)
class SchoolPaper:
    """The school as its paper shows it; everything but the name may still be missing.

    :param board: the competent authority (bevoegd gezag), who is the controller
    :param address_lines: street and place, as printed under the name
    :param phone: already formatted
    :param dpo: how to reach the data protection officer (FG), as one line
    :param logo: bytes of a PNG or JPEG
    :param window_side: where the window of the school's envelopes is
    :param window_dx: how far the address moves to the right, in mm
    :param window_dy: how far the address moves down, in mm
    :param demo: a made-up school to practise in; every page says so
    :param texts: of letters, where the school has its own
    """

    name: str
    board: str = ""
    address_lines: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    website: str = ""
    dpo: str = ""
    logo: bytes | None = None
    window_side: Literal["left", "right"] = "left"
    window_dx: float = 0.0
    window_dy: float = 0.0
    demo: bool = False
    texts: tuple[OwnText, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """When and by whom a document was made.

    :param on: the day, from the school's clock
    :param by: the user's name as shown to colleagues
    :param anchor: short text of the audit trail's last link, printed in the footer; may be empty
    :param sample: only to look at: every page says so, large
    """

    on: date
    by: str
    anchor: str = ""
    sample: bool = False
