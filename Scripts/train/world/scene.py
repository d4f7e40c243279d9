"""What lies behind the head: the background, the body and the neck."""

from __future__ import annotations

import random

import numpy as np
from PIL import Image

from .canvas import Canvas, ellipse, shade, smooth
from .palette import PLAIN_RGB, STRIPE_RGB


def draw_background(c: Canvas, name: str, rng: random.Random):
    n = c.n
    if name in PLAIN_RGB:
        base = tuple(min(255, max(0, v + rng.randint(-6, 6))) for v in PLAIN_RGB[name])
        c.pen.rectangle((0, 0, n, n), fill=base)
    elif name == "stripes":
        light, dark = rng.choice(STRIPE_RGB)
        width = n * rng.uniform(0.085, 0.115)
        c.pen.rectangle((0, 0, n, n), fill=light)
        x = -n - 2 * width * rng.random()
        while x < n:
            c.pen.polygon([(x, 0), (x + width, 0), (x + width + n, n), (x + n, n)], fill=dark)
            x += 2 * width
    else:
        top, bottom = ((18, 22, 58), (50, 54, 112)) if name == "night" else ((122, 84, 156), (255, 176, 92))
        t = np.linspace(0, 1, n)[:, None] ** (1.0 if name == "night" else 0.8)
        column = np.round(np.array(top) * (1 - t) + np.array(bottom) * t).astype(np.uint8)
        c.image.paste(Image.fromarray(np.repeat(column[:, None, :], n, axis=1)))
        if name == "night":
            for _ in range(rng.randint(26, 38)):
                x, y, r = rng.random() * n, rng.random() * n, n * rng.uniform(0.005, 0.0105)
                c.pen.ellipse((x - r, y - r, x + r, y + r), fill=(255, 246, 214))
        else:
            x, y, r = rng.choice((0.16, 0.84)) * n, rng.uniform(0.34, 0.5) * n, n * rng.uniform(0.11, 0.15)
            c.pen.ellipse((x - r, y - r, x + r, y + r), fill=(255, 232, 152))


def draw_body(c: Canvas, shirt, skin):
    c.tilted = False
    half = smooth([(-2.2, 4.5), (-2.12, 2.35), (-1.78, 1.62), (-1.1, 1.32), (-0.5, 1.18), (-0.2, 1.1)], False)
    outline = np.vstack([[(-2.2, 40.0)], half])                     # far down: in groups the frame is further away
    c.fill(np.vstack([outline, outline[::-1] * (-1, 1)]), shirt)
    for side in (-1, 1):                                          # the sleeves' seams
        c.stroke(smooth([(side * 1.42, 2.0), (side * 1.5, 2.9), (side * 1.46, 4.4)], False), shade(shirt, -0.22), 0.05)
    collar = smooth([(-0.56, 1.12), (-0.44, 1.4), (0, 1.58), (0.44, 1.4), (0.56, 1.12)], False)
    c.fill(collar, skin)
    c.stroke(collar, shade(shirt, -0.22), 0.1)


def draw_neck(c: Canvas, skin, neck_shadow):
    c.tilted = False
    c.fill([(-0.4, 0.5), (-0.4, 1.14), (-0.5, 1.2), (0.5, 1.2), (0.4, 1.14), (0.4, 0.5)], skin)
    c.fill(np.vstack([[(-0.4, 0.6)], ellipse(0, 0.94, 0.4, 0.24, 180, 0, 20), [(0.4, 0.6)]]), neck_shadow)
    c.tilted = True
