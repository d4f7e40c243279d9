"""What is worn on the head: glasses, hats, headphones."""

from __future__ import annotations

import random

import numpy as np

from .canvas import Canvas, ellipse, mirror, rounded, shade, smooth
from .palette import FRAME_RGB
from .portrait import Portrait


def draw_glasses(c: Canvas, kind: str):
    if kind == "none":
        return
    for side in (-1, 1):
        c.stroke([(side * 0.58, -0.02), (side * 0.8, -0.05)], FRAME_RGB, 0.075)
    if kind == "glasses":
        for side in (-1, 1):
            ring = ellipse(side * 0.34, 0.03, 0.265, 0.25)
            c.stroke(ring, FRAME_RGB, 0.075)
        c.stroke([(-0.1, 0.0), (0.1, 0.0)], FRAME_RGB, 0.075)
    else:
        for side in (-1, 1):
            lens = [(side * x, y) for x, y in ((0.07, -0.16), (0.36, -0.19), (0.63, -0.15), (0.6, 0.14), (0.38, 0.27), (0.14, 0.18))]
            c.fill(smooth(lens), (28, 28, 36))
            c.stroke([(side * 0.36 - 0.14, 0.08), (side * 0.36 + 0.02, -0.1)], (96, 104, 124), 0.055)
        c.stroke([(-0.12, -0.1), (0.12, -0.1)], (28, 28, 36), 0.08)


def draw_headwear(c: Canvas, kind: str, colour, rng: random.Random):
    side = rng.choice((-1, 1))
    if kind == "cap":
        c.fill(smooth(mirror([(-0.9, -0.28), (-0.92, -0.6), (-0.66, -1.08), (0, -1.3)])), colour)
        c.stroke(smooth([(0, -1.28), (side * 0.14, -0.9), (side * 0.16, -0.4)], False), shade(colour, -0.2), 0.045)
        c.fill(ellipse(0, -1.3, 0.09, 0.07, steps=14), shade(colour, -0.25))
        c.fill(smooth([(side * x, y) for x, y in ((-0.94, -0.38), (-0.2, -0.52), (0.7, -0.5), (1.3, -0.3), (1.2, -0.18),
                                                   (0.4, -0.3), (-0.4, -0.28), (-0.9, -0.22))]), shade(colour, -0.25))
    elif kind == "beanie":
        c.fill(ellipse(0, -1.4, 0.22, 0.2, steps=24), shade(colour, 0.6))
        c.fill(smooth(mirror([(-0.88, -0.36), (-0.9, -0.66), (-0.62, -1.16), (0, -1.34)])), colour)
        c.fill(rounded(-0.96, -0.62, 0.96, -0.28, 0.14), shade(colour, 0.3))
        for x in (-0.64, -0.32, 0.0, 0.32, 0.64):
            c.stroke([(x, -0.54), (x, -0.36)], shade(colour, -0.05), 0.05)
    elif kind == "crown":
        gold, dark = (250, 200, 64), (214, 148, 36)
        c.fill([(-0.66, -0.72), (-0.78, -1.4), (-0.4, -1.08), (0, -1.56), (0.4, -1.08), (0.78, -1.4), (0.66, -0.72)], gold)
        c.fill(np.vstack([[(-0.68, -0.86)], [(0.68, -0.86)], [(0.66, -0.68)], [(-0.66, -0.68)]]), dark)
        for x, y in ((-0.78, -1.42), (0, -1.58), (0.78, -1.42)):
            c.fill(ellipse(x, y, 0.1, 0.1, steps=16), dark)
        for x, gem in ((-0.36, (70, 130, 220)), (0, (216, 50, 70)), (0.36, (70, 130, 220))):
            c.fill(ellipse(x, -0.92, 0.095, 0.1, steps=16), gem)


def draw_headphones(c: Canvas, p: Portrait, colour):
    reach = 0.98 if p.hair_style != "curly" else 1.06
    top = {"none": 1.22, "cap": 1.4, "beanie": 1.42, "crown": 1.24}[p.headwear]
    c.stroke(ellipse(0, 0.02, reach, top, 180, 360, 32), colour, 0.15)
    for side in (-1, 1):
        c.fill(rounded(side * reach - 0.21, -0.26, side * reach + 0.21, 0.46, 0.19), colour)
        c.fill(rounded(side * reach - 0.11, -0.12, side * reach + 0.11, 0.32, 0.1), shade(colour, 0.35 if sum(colour) < 500 else -0.22))
