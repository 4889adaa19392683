"""Pictures of the windows, held against those that somebody looked at and found good.

``SCHOOLPRIVACY_PICTURES=write`` writes them anew; look at every one of them before committing.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

GOOD = Path(__file__).parent / "pictures"
WRITING = os.environ.get("SCHOOLPRIVACY_PICTURES") == "write"
_SHADES = 48  # of 255: less is another way of smoothing a letter
_SHARE = 0.03  # form numbers, folders and moments differ each time


def differs(widget: QWidget, name: str) -> float:
    """Which share of the pixels is not as in the good picture; 0.0 when writing."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    path = GOOD / f"{name}.png"
    if WRITING:
        GOOD.mkdir(exist_ok=True)
        picture = Image.fromarray(_pixels(image).astype(np.uint8))
        picture.quantize(96, dither=Image.Dither.NONE).save(path, optimize=True)
        return 0.0
    good = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB888)
    assert not good.isNull(), f"no picture {path.name}: write it and look at it"
    if good.size() != image.size():
        return 1.0
    apart = np.abs(_pixels(good) - _pixels(image)).max(axis=2) > _SHADES
    return float(apart.mean())


def is_as_before(widget: QWidget, name: str) -> bool:
    """Whether the window looks as in the good picture."""
    return differs(widget, name) <= _SHARE


def _pixels(image: QImage) -> NDArray[np.int16]:
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(np.int16)
