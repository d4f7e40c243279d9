"""Outlines and the supersampled canvas on which they are filled and stroked."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageDraw

from .portrait import SIZE, SUPERSAMPLING, Portrait


def shade(colour, amount: float):
    """Darker for a negative amount, lighter for a positive one (-1..1)."""
    target = 255 if amount > 0 else 0
    return tuple(round(c + (target - c) * abs(amount)) for c in colour)


def mix(a, b, t: float):
    return tuple(round(p + (q - p) * t) for p, q in zip(a, b))


def smooth(points, closed=True, steps=8) -> np.ndarray:
    """A Catmull-Rom curve through the points."""
    p = np.asarray(points, dtype=np.float64)
    if closed:
        a, b, c, d = np.roll(p, 1, 0), p, np.roll(p, -1, 0), np.roll(p, -2, 0)
    else:
        q = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
        a, b, c, d = q[:-3], q[1:-2], q[2:-1], q[3:]
    t = (np.arange(steps) / steps)[None, :, None]
    a, b, c, d = (v[:, None, :] for v in (a, b, c, d))
    curve = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
    curve = curve.reshape(-1, 2)
    return curve if closed else np.vstack([curve, p[-1:]])


def ellipse(cx, cy, rx, ry, start=0.0, end=360.0, steps=40) -> np.ndarray:
    t = np.radians(np.linspace(start, end, steps))
    return np.stack([cx + rx * np.cos(t), cy + ry * np.sin(t)], 1)


def rounded(x0, y0, x1, y1, r) -> np.ndarray:
    corners = ((x1 - r, y0 + r, -90), (x1 - r, y1 - r, 0), (x0 + r, y1 - r, 90), (x0 + r, y0 + r, 180))
    return np.vstack([ellipse(cx, cy, r, r, a, a + 90, 8) for cx, cy, a in corners])


def mirror(points) -> list:
    """Completes a left-to-middle outline (x <= 0) with its mirror image."""
    return list(points) + [(-x, y) for x, y in reversed(points) if abs(x) > 1e-6]


class Canvas:
    """Supersampled square picture of `size` pixels a side, with the shapes of the current layer echoed into masks."""

    def __init__(self, portrait: Portrait, size: int = SIZE):
        self.n = size * SUPERSAMPLING
        self.image = Image.new("RGB", (self.n, self.n))
        self.pen = ImageDraw.Draw(self.image)
        self.masks = {name: Image.new("L", (self.n, self.n)) for name in ("head", "headphones")}
        self.mask_pens = {name: ImageDraw.Draw(mask) for name, mask in self.masks.items()}
        self.layers: tuple[str, ...] = ()          # masks that receive what is drawn now
        self.place(portrait)

    def place(self, portrait: Portrait):
        """Puts the head units where the portrait has its head."""
        self.unit = portrait.height / 2 * self.n
        self.origin = np.array([portrait.x, portrait.y]) * self.n
        a = math.radians(portrait.tilt)
        self.rotation = np.array([[math.cos(a), math.sin(a)], [-math.sin(a), math.cos(a)]])
        self.tilted = True

    def pixels(self, points) -> np.ndarray:
        p = np.asarray(points, dtype=np.float64) * self.unit
        return (p @ self.rotation if self.tilted else p) + self.origin

    def fill(self, points, colour):
        outline = list(map(tuple, self.pixels(points)))
        self.pen.polygon(outline, fill=colour)
        for name in self.layers:
            self.mask_pens[name].polygon(outline, fill=255)

    def stroke(self, points, colour, width):
        p = self.pixels(points)
        w = max(1, round(width * self.unit))
        line = list(map(tuple, p))
        for pen, ink in [(self.pen, colour)] + [(self.mask_pens[name], 255) for name in self.layers]:
            pen.line(line, fill=ink, width=w, joint="curve")
            for x, y in (line[0], line[-1]):
                pen.ellipse((x - w / 2, y - w / 2, x + w / 2, y + w / 2), fill=ink)

    def box(self, points) -> tuple[float, float, float, float]:
        p = self.pixels(points) / SUPERSAMPLING
        (x0, y0), (x1, y1) = p.min(0), p.max(0)
        return float(x0), float(y0), float(x1), float(y1)
