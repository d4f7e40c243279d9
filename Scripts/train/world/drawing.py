"""Draws a portrait, with the boxes and masks of its parts."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from PIL import Image

from .accessories import draw_glasses, draw_headphones, draw_headwear
from .canvas import Canvas, ellipse, shade
from .face import FACE, draw_face
from .hair import draw_back_hair, draw_front_hair
from .palette import HAIR_RGB, HAT_RGB, HEADPHONE_RGB, SHIRT_RGB, SKIN_RGB
from .portrait import SUPERSAMPLING, Portrait
from .scene import draw_background, draw_body, draw_neck


@dataclass
class Picture:
    image: Image.Image                      # RGB, SIZE x SIZE
    face_box: tuple[float, float, float, float]    # x0, y0, x1, y1 in pixels: brow to chin, ear to ear
    mouth_box: tuple[float, float, float, float]
    masks: dict[str, Image.Image] = field(default_factory=dict)   # "head", "headphones": L, SIZE x SIZE


def render(p: Portrait) -> Picture:
    """Draws the portrait."""
    rng = random.Random(p.style)
    # One stream per part, so that changing one attribute leaves the others' unnamed choices alone.
    parts = {name: random.Random(rng.getrandbits(40)) for name in ("background", "tint", "hair", "hat", "headphones")}

    def tinted(colour):
        return tuple(min(255, max(0, v + parts["tint"].randint(-5, 5))) for v in colour)

    skin, shirt = tinted(SKIN_RGB[p.skin]), tinted(SHIRT_RGB[p.shirt])
    hair = tinted(HAIR_RGB.get(p.hair_colour, (70, 52, 42)))
    hat = tinted(parts["hat"].choice(HAT_RGB))

    c = Canvas(p)
    draw_background(c, p.background, parts["background"])
    draw_body(c, shirt, skin)
    c.layers = ("head",)
    c.tilted = True
    if p.hair_style != "bald":
        draw_back_hair(c, p, hair, parts["hair"])
    c.layers = ()
    draw_neck(c, skin, shade(skin, -0.18))
    c.layers = ("head",)
    mouth = draw_face(c, p, skin, hair)
    if p.hair_style != "bald":
        draw_front_hair(c, p, hair, parts["hair"])
    elif p.headwear == "none":
        c.stroke(ellipse(0, -0.1, 0.52, 0.68, 215, 250, 10), shade(skin, 0.35), 0.08)
    draw_glasses(c, p.glasses)
    draw_headwear(c, p.headwear, hat, parts["hat"])
    if p.headphones == "yes":
        c.layers = ("head", "headphones")
        draw_headphones(c, p, parts["headphones"].choice(HEADPHONE_RGB))

    return Picture(
        image=c.image.reduce(SUPERSAMPLING),
        face_box=c.box(FACE[FACE[:, 1] > -0.5]),
        mouth_box=c.box(mouth),
        masks={name: mask.reduce(SUPERSAMPLING) for name, mask in c.masks.items()},
    )
