"""Make the static fonts that ship: Noto Sans for paper, Inter for the screen.

reportlab takes only the default weight of a variable font, and windows must look the same on every
computer, so the weights are cut out of the variable fonts once, with the scripts that Dutch schools
meet in names. Run it again only for a newer font; the result is committed. See
resources/fonts/README.md for the packages. Reading Inter's woff2 needs the library ``brotli``.

    python installer/make_fonts.py <unpacked package fontpkg-noto-sans> <unpacked package inter-ui>
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
PAPER = {"Regular": 400, "Bold": 700}
SCREEN = {"Regular": 400, "Medium": 500, "SemiBold": 600}
RANGES = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x024F),  # Latin-1, Latin Extended-A and -B
    (0x02B0, 0x036F),  # modifier letters, combining marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional, with Vietnamese
    (0x2000, 0x200A),  # spaces
    (0x2010, 0x2027),  # punctuation; no marks of direction: the paper cannot obey them
    (0x202F, 0x205E),  # more punctuation
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x214F),  # letter-like
)
SCREEN_RANGES = (*RANGES, (0x2190, 0x2193), (0x21E7, 0x21E7), (0x25CF, 0x25CF))  # arrows, dot


def make_paper_font(variable: Path, style: str) -> Path:
    """Write one static weight, only the wanted scripts, without tables reportlab never reads."""
    options = Options()
    options.layout_features = []
    options.drop_tables += ["STAT", "GDEF", "GPOS", "GSUB"]
    place = {"wght": PAPER[style], "wdth": 100}
    return _make(variable, place, RANGES, options, f"NotoSans-{style}.ttf")


def make_screen_font(variable: Path, style: str) -> Path:
    """Write one static weight with kerning and figures of equal width."""
    options = Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "calt", "tnum"]
    place = {"wght": SCREEN[style], "opsz": 14}
    return _make(variable, place, SCREEN_RANGES, options, f"Inter-{style}.ttf")


def _make(
    variable: Path,
    place: Mapping[str, float],
    ranges: tuple[tuple[int, int], ...],
    options: Options,
    name: str,
) -> Path:
    font = instancer.instantiateVariableFont(
        TTFont(variable, recalcTimestamp=False), place, updateFontNames=True
    )
    font.flavor = None
    options.hinting = False
    options.name_IDs = ["*"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[point for a, b in ranges for point in range(a, b + 1)])
    subsetter.subset(font)
    target = FONTS / name
    font.save(target)
    return target


def main() -> None:
    noto, inter = map(Path, sys.argv[1:3])
    made = [make_paper_font(noto / "files" / "NotoSans[wdth,wght].ttf", style) for style in PAPER]
    made += [
        make_screen_font(inter / "variable" / "InterVariable.woff2", style) for style in SCREEN
    ]
    for each in made:
        print(f"{each.name}: {each.stat().st_size:,} bytes")
    shutil.copyfile(noto / "LICENSE", FONTS / "OFL-NotoSans.txt")
    shutil.copyfile(inter / "LICENSE.txt", FONTS / "OFL-Inter.txt")


if __name__ == "__main__":
    main()
