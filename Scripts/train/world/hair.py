"""Hair behind and in front of the face."""

from __future__ import annotations

import math
import random

import numpy as np

from .canvas import Canvas, ellipse, mirror, shade, smooth
from .portrait import Portrait


def curls(c: Canvas, centres, radius, colour):
    for x, y in centres:
        c.fill(ellipse(x, y, radius, radius, steps=22), colour)


def draw_back_hair(c: Canvas, p: Portrait, hair, rng: random.Random):
    """Hair behind the face. Hats flatten whatever would stick out above them."""
    dark = shade(hair, -0.16)
    hatted = p.headwear in ("cap", "beanie")
    if p.hair_style == "long":
        c.fill(smooth(mirror([(-0.34, 0.6), (-0.44, 1.36), (-0.7, 1.6), (-1.0, 1.5), (-1.08, 1.0), (-1.04, 0.3),
                                (-0.95, -0.42), (-0.62, -0.98), (0, -1.12)])), dark)
    elif p.hair_style == "curly":
        c.fill(ellipse(0, -0.2, 0.95, 0.86), dark)
        ring = [(math.cos(a) * 0.93, -0.22 + math.sin(a) * 0.86) for a in np.radians(np.linspace(140, 400, 13))]
        curls(c, [(x, y) for x, y in ring if not hatted or y > -0.5], 0.29, hair)
    elif p.hair_style == "bun" and not hatted:
        c.fill(ellipse(0, -1.24, 0.4, 0.36), hair)
        c.stroke(smooth([(-0.2, -1.34), (0.02, -1.46), (0.22, -1.34)], False), dark, 0.05)


def draw_front_hair(c: Canvas, p: Portrait, hair, rng: random.Random):
    light, dark = shade(hair, 0.16), shade(hair, -0.16)
    side = rng.choice((-1, 1))

    def flip(points):
        return [(side * x, y) for x, y in points]

    if p.hair_style == "short":
        c.fill(smooth(flip([(-0.84, 0.1), (-0.9, -0.34), (-0.66, -0.92), (-0.1, -1.14), (0.5, -1.06), (0.88, -0.5),
                             (0.84, 0.1), (0.74, 0.06), (0.7, -0.28), (0.46, -0.5), (0.0, -0.44), (-0.46, -0.62),
                             (-0.68, -0.28), (-0.74, 0.06)])), hair)
        c.stroke(smooth(flip([(-0.32, -0.86), (0.06, -0.94), (0.4, -0.84)]), False), light, 0.07)
    elif p.hair_style == "long":
        c.fill(smooth(flip([(-0.9, 0.75), (-0.98, -0.1), (-0.76, -0.86), (-0.1, -1.13), (0.62, -0.98), (0.98, -0.1),
                             (0.9, 0.75), (0.76, 0.5), (0.74, -0.1), (0.4, -0.42), (-0.16, -0.72), (-0.5, -0.42),
                             (-0.74, -0.1), (-0.76, 0.5)])), hair)
        c.stroke(smooth(flip([(0.1, -0.9), (0.48, -0.74), (0.7, -0.42)]), False), light, 0.07)
    elif p.hair_style == "curly":
        arc = [(math.cos(a) * 0.66, -0.3 + math.sin(a) * 0.5) for a in np.radians(np.linspace(180, 360, 7))]
        curls(c, arc, 0.25, hair)
        curls(c, [(-0.82, -0.08), (0.82, -0.08)], 0.2, hair)
        if p.headwear not in ("cap", "beanie"):
            c.fill(ellipse(0, -0.84, 0.6, 0.28), hair)
            for x, y in ((-0.34, -0.9), (0.1, -1.0), (0.48, -0.84)):
                c.stroke(ellipse(x, y, 0.14, 0.13, 200, 350, 12), light, 0.05)
    elif p.hair_style == "bun":
        c.fill(smooth(mirror([(-0.8, 0.02), (-0.87, -0.36), (-0.62, -0.92), (0, -1.1)]) +
                       mirror([(-0.72, -0.06), (-0.62, -0.44), (0, -0.72)])[::-1]), hair)
        c.stroke(smooth([(-0.3, -0.94), (0, -1.0), (0.3, -0.94)], False), light, 0.07)
    if p.hair_style == "bun":
        c.stroke(ellipse(0, -1.0, 0.3, 0.1, 200, 340, 12), dark, 0.05)
