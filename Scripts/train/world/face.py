"""The face and its features."""

from __future__ import annotations

import math

import numpy as np

from .canvas import Canvas, ellipse, mix, shade, smooth
from .portrait import Portrait


SKULL_ANGLES = np.linspace(0, 2 * math.pi, 72, endpoint=False)
FACE = np.stack([0.79 * np.cos(SKULL_ANGLES) * (1 - 0.17 * np.maximum(np.sin(SKULL_ANGLES), 0) ** 2), np.sin(SKULL_ANGLES)], 1)
BROW_TO_CHIN = FACE[FACE[:, 1] > -0.5]


def draw_face(c: Canvas, p: Portrait, skin, hair) -> np.ndarray:
    """The face with its features. Returns the mouth's outline."""
    blush = mix(skin, (226, 84, 84), 0.26)
    line = shade(skin, -0.3)
    brow = shade(hair, -0.3) if p.hair_colour not in ("blond", "none") else (126, 92, 48) if p.hair_colour == "blond" else (70, 52, 42)
    for side in (-1, 1):
        c.fill(ellipse(side * 0.8, 0.12, 0.15, 0.22), skin)
        c.fill(ellipse(side * 0.82, 0.13, 0.07, 0.12), shade(skin, -0.16))
    c.fill(FACE, skin)
    for side in (-1, 1):
        c.fill(ellipse(side * 0.48, 0.36, 0.16, 0.12), blush)

    wide = p.expression == "surprised"
    for side in (-1, 1):                                          # eyes and eyebrows
        x = side * 0.33
        c.fill(ellipse(x, 0.02, 0.16, 0.18 if wide else 0.125), (255, 255, 255))
        c.fill(ellipse(x, 0.03, 0.085, 0.095), (40, 32, 36))
        c.fill(ellipse(x + 0.03, -0.01, 0.03, 0.03, steps=12), (255, 255, 255))
        inner, outer, lift = {"smiling": (-0.24, -0.22, -0.06), "neutral": (-0.2, -0.2, -0.02),
                              "frowning": (-0.1, -0.28, 0.0), "surprised": (-0.36, -0.34, -0.08)}[p.expression]
        c.stroke(smooth([(side * 0.17, inner), (side * 0.34, (inner + outer) / 2 + lift), (side * 0.52, outer)], False), brow, 0.075)
    c.stroke(smooth([(0.0, 0.14), (0.085, 0.33), (-0.04, 0.37)], False), line, 0.05)

    return draw_mouth(c, p.expression, skin)


def draw_mouth(c: Canvas, expression: str, skin) -> np.ndarray:
    """The mouth. Returns its outline."""
    lips = (172, 58, 66) if sum(skin) > 400 else (214, 104, 102)
    inside = (110, 26, 36)
    if expression == "smiling":
        outline = smooth([(-0.36, 0.5), (0, 0.555), (0.36, 0.5), (0.25, 0.72), (0, 0.81), (-0.25, 0.72)])
        c.fill(outline, inside)
        c.fill(smooth([(-0.32, 0.515), (0, 0.56), (0.32, 0.515), (0.25, 0.62), (0, 0.665), (-0.25, 0.62)]), (255, 255, 255))
    elif expression == "neutral":
        outline = np.array([(-0.25, 0.58), (0.25, 0.58), (0.25, 0.66), (-0.25, 0.66)])
        c.stroke([(-0.22, 0.62), (0.22, 0.62)], lips, 0.085)
    elif expression == "frowning":
        curve = smooth([(-0.3, 0.74), (-0.17, 0.6), (0, 0.555), (0.17, 0.6), (0.3, 0.74)], False)
        outline = np.vstack([curve + (0, -0.045), curve[::-1] + (0, 0.045)])
        c.stroke(curve, lips, 0.09)
    else:
        outline = ellipse(0, 0.65, 0.17, 0.2)
        c.fill(outline, inside)
        c.fill(ellipse(0, 0.76, 0.1, 0.07), (206, 84, 92))
    return outline
