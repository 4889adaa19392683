"""Make the two static fonts of the paper from the variable Noto Sans of a package.

reportlab takes only the default weight of a variable font, so Regular and Bold are cut out of it
once, with the scripts that Dutch schools meet in names. Run it again only for a newer font; the
result is committed. See resources/fonts/README.md for the package.

    python installer/make_fonts.py <folder with the unpacked package fontpkg_noto_sans>
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
WEIGHTS = {"Regular": 400, "Bold": 700}
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


def make_font(variable: Path, style: str) -> Path:
    """Write one static weight, only the wanted scripts, without tables reportlab never reads."""
    font = instancer.instantiateVariableFont(
        TTFont(variable, recalcTimestamp=False),
        {"wght": WEIGHTS[style], "wdth": 100},
        updateFontNames=True,
    )
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = ["*"]
    options.drop_tables += ["STAT", "GDEF", "GPOS", "GSUB"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[point for a, b in RANGES for point in range(a, b + 1)])
    subsetter.subset(font)
    target = FONTS / f"NotoSans-{style}.ttf"
    font.save(target)
    return target


def main() -> None:
    package = Path(sys.argv[1])
    for style in WEIGHTS:
        made = make_font(package / "files" / "NotoSans[wdth,wght].ttf", style)
        print(f"{made.name}: {made.stat().st_size:,} bytes")
    shutil.copyfile(package / "LICENSE", FONTS / "OFL.txt")


if __name__ == "__main__":
    main()
