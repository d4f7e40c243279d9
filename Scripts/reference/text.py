"""Writes the fixture of ImagingTests' text: lines that Pillow has drawn with the font that comes with Easel.

Pillow hints and rounds the pen's steps to whole pixels. So each line is drawn 64 times as large, where neither
matters, and averaged down.
"""

import math

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from safetensors.numpy import save_file

SCALE = 64
ASCENT, DESCENT, EM = 1901, 483, 2048  # of the font's `hhea` table
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


def ceil(units, size):
    return -(-units * size // EM)


def coverage(font_file, size, line):
    """`[H, W]`: the line's height, and its width with a margin of a quarter of the em at both ends."""
    font = ImageFont.truetype(font_file, size * SCALE, layout_engine=ImageFont.Layout.BASIC)
    margin, ascent = (size + 3) // 4, ceil(ASCENT, size)
    width = math.ceil(font.getlength(line) / SCALE - 0.01) + 2 * margin
    height = ascent + ceil(DESCENT, size)
    picture = Image.new("L", (width * SCALE, height * SCALE))
    ImageDraw.Draw(picture).text((margin * SCALE, ascent * SCALE), line, fill=255, font=font, anchor="ls")
    return np.asarray(picture, np.float32).reshape(height, SCALE, width, SCALE).mean((1, 3)) / 255


def write(fixtures, font_file):
    save_file({name: coverage(font_file, *line) for name, line in LINES.items()}, fixtures / "text.safetensors")
