"""Pictures of the windows, held against those that somebody looked at and found good.

An ordinary run looks at each view light, and dark at 200 %: both palettes and both sizes.
``SCHOOLPRIVACY_PICTURES=one`` looks once, light: enough to see that a view opens on another
Python. ``all`` looks in every combination; ``write`` does too, and writes the pictures anew: look
at every one of them before committing.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from PIL import Image, ImageColor
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from ui import theme

GOOD = Path(__file__).parent / "pictures"
_ASKED = os.environ.get("SCHOOLPRIVACY_PICTURES", "")
WRITING = _ASKED == "write"
EVERY = ("light", "dark", "light-200", "dark-200")
CHOSEN = {"one": EVERY[:1], "all": EVERY, "write": EVERY}.get(_ASKED, ("light", "dark-200"))
_INKS = ("text", "muted", "accent", "yes", "no", "warn")
_SHADES = 64  # of 255: less is another way of smoothing a letter, or of choosing the colours
_SHARE = 0.03  # form numbers and moments differ each time


def is_as_before(widget: QWidget, name: str, *, smaller: int = 1) -> bool:
    """Whether the window looks as in the good picture; always when writing.

    :param smaller: the picture is kept so many times smaller; at 200 % it is still easy to read
    """
    picture = _picture(widget, smaller)
    path = GOOD / f"{name}.webp"
    if WRITING:
        GOOD.mkdir(exist_ok=True)
        few = picture.quantize(palette=_palette(), dither=Image.Dither.NONE)
        few.convert("RGB").save(path, lossless=True, method=4, quality=75)
        return True
    assert path.exists(), f"no picture {path.name}: write it and look at it"
    with Image.open(path) as good:
        return good.size == picture.size and _differs(good.convert("RGB"), picture) <= _SHARE


def _palette() -> Image.Image:
    """The colours of the program, and the edges of its letters; few, so that a picture is small."""
    named = {name: getattr(theme.colours(), name) for name in theme.Colours.__slots__[1:]}
    shades = [ImageColor.getrgb(each) for each in named.values()]
    surface = np.array(ImageColor.getrgb(named["surface"]))
    for name in _INKS:
        ink = np.array(ImageColor.getrgb(named[name]))
        shades.append(tuple(map(int, (surface + ink) / 2)))
    made = Image.new("P", (1, 1))
    made.putpalette([level for shade in shades for level in shade[:3]])
    return made


def _differs(one: Image.Image, other: Image.Image) -> float:
    """Which share of the pixels is another colour."""
    apart = np.abs(np.asarray(one, np.int16) - np.asarray(other, np.int16)).max(axis=2)
    return float((apart > _SHADES).mean())


def _picture(widget: QWidget, smaller: int) -> Image.Image:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
    return Image.fromarray(pixels).reduce(smaller)
