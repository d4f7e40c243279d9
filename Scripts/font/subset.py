"""Cuts the font that comes with Easel out of DejaVu Sans. See README.md."""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

OUTPUT = Path(__file__).resolve().parents[2] / "Sources" / "DefaultFont" / "font" / "DejaVuSans.ttf"

# What it keeps, by Unicode block. Ranges include both ends.
RANGES = {
    "Basic Latin": (0x20, 0x7E),
    "Latin-1 and Latin Extended-A": (0xA0, 0x17F),
    "Romanian letters with a comma": (0x218, 0x21B),
    "spacing accents": (0x2C6, 0x2DD),
    "combining accents": (0x300, 0x30C),
    "Greek": (0x384, 0x3CE),
    "Cyrillic": (0x400, 0x45F),
    "Ukrainian ghe": (0x490, 0x491),
    "Welsh letters and the capital sharp s": (0x1E80, 0x1E9E),
    "letters with a hook above": (0x1EF2, 0x1EF3),
    "spaces, dashes, quotes, bullets": (0x2002, 0x2027),
    "narrow spaces, per mille, primes, angle quotes": (0x202F, 0x203A),
    "fraction slash": (0x2044, 0x2044),
    "superscripts and subscripts": (0x2070, 0x208E),
    "euro, hryvnia, rupee, rouble": (0x20AC, 0x20BD),
    "numero to trade mark": (0x2116, 0x2122),
    "ohm and kelvin": (0x2126, 0x212A),
    "arrows": (0x2190, 0x21D5),
    "mathematics": (0x2200, 0x221E),
    "integral, therefore, tilde": (0x222B, 0x2248),
    "equalities and comparisons": (0x2260, 0x2265),
    "box drawing and blocks": (0x2500, 0x25A3),
    "triangles, circles, diamonds": (0x25B2, 0x25CF),
    "suns and stars": (0x2600, 0x2606),
    "chess, cards, notes": (0x2660, 0x266F),
    "check marks and crosses": (0x2713, 0x2718),
    "ligatures": (0xFB00, 0xFB04),
    "replacement character": (0xFFFD, 0xFFFD),
}


def main(source):
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.legacy_kern = True  # FreeType kerns with the table `kern` alone
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "MATH", "gasp", "FFTM"]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in RANGES.values() for code in range(first, last + 1)])
    subsetter.subset(font)
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    font.save(OUTPUT)
    print(f"{OUTPUT}: {len(font.getBestCmap())} characters, {OUTPUT.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1])
