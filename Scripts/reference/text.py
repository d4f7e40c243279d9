"""Writes the fixture of ImagingTests' text: lines drawn from the outlines and tables of the font that comes with
Easel, without hinting, 64 times as large as wanted, and averaged down.

(Pillow's own text is no reference: it hints, and rounds the pen's steps to whole pixels.)
"""

import numpy as np
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw
from safetensors.numpy import save_file

SCALE = 64
CURVE_STEPS = 16
LINES = {
    "plain": (14, "seed 7"),
    "small": (9, "a smiling person"),
    "large": (31, "Hamburg"),
    "kerned": (20, "AVATAR To, Ty. LT"),
    "accents": (16, "Ünïcödé Ångström çğş"),
    "greek": (15, "Ψηφιακή Ω"),
    "cyrillic": (15, "Портрет № 5"),
    "signs": (18, "→ ½ “x” … € ★ ✓"),
    "leaning": (24, "jfj"),
    "missing": (16, "a\u6f22b"),
}


class Contours(BasePen):
    """The outline of a glyph as polygons, in the font's units."""

    def __init__(self, glyphs):
        super().__init__(glyphs)
        self.polygons = []

    def _moveTo(self, point):
        self.polygons.append([point])

    def _lineTo(self, point):
        self.polygons[-1].append(point)

    def _qCurveToOne(self, control, end):
        (x0, y0), (x1, y1), (x2, y2) = self._getCurrentPoint(), control, end
        for t in np.linspace(0, 1, CURVE_STEPS + 1)[1:]:
            a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
            self.polygons[-1].append((a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2))


def is_clockwise(polygon):
    x, y = np.array(polygon).T
    return np.dot(x, np.roll(y, 1)) > np.dot(y, np.roll(x, 1))


def pens(font, line):
    """Each glyph's name and its place along the line, and the line's length, in the font's units."""
    names, advances, kerning = font.getBestCmap(), font["hmtx"], font["kern"].kernTables[0].kernTable
    places, pen, last = [], 0, None
    for character in line:
        name = names.get(ord(character), ".notdef")
        pen += kerning.get((last, name), 0)
        places.append((name, pen))
        pen += advances[name][0]
        last = name
    return places, pen


def coverage(font, size, line):
    """`[H, W]`: the line's height, and its width with a margin of a quarter of the em at both ends."""
    em = font["head"].unitsPerEm
    pixels = lambda units: -(-units * size // em)
    places, length = pens(font, line)
    margin, ascent = (size + 3) // 4, pixels(font["hhea"].ascent)
    width, height = pixels(length) + 2 * margin, ascent + pixels(-font["hhea"].descent)
    scale, glyphs = size * SCALE / em, font.getGlyphSet()
    winding = np.zeros((height * SCALE, width * SCALE), np.int8)
    for name, pen in places:
        contours = Contours(glyphs)
        glyphs[name].draw(contours)
        for polygon in (polygon for polygon in contours.polygons if len(polygon) > 2):
            shape = Image.new("1", (width * SCALE, height * SCALE))
            points = [
                (margin * SCALE + (pen + x) * scale - 0.5, ascent * SCALE - y * scale - 0.5) for x, y in polygon
            ]
            ImageDraw.Draw(shape).polygon(points, fill=1)
            winding += np.asarray(shape, np.int8) * (1 if is_clockwise(polygon) else -1)
    return (winding != 0).reshape(height, SCALE, width, SCALE).mean((1, 3)).astype(np.float32)


def write(fixtures, font_file):
    font = TTFont(font_file)
    save_file({name: coverage(font, *line) for name, line in LINES.items()}, fixtures / "text.safetensors")
