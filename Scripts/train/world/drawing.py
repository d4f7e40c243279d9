"""Draws a portrait, with the boxes and masks of its parts."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from PIL import Image

from .accessories import draw_glasses, draw_headphones, draw_headwear
from .canvas import Canvas, ellipse, shade
from .face import BROW_TO_CHIN, draw_face
from .hair import draw_back_hair, draw_front_hair
from .palette import HAIR_RGB, HAT_RGB, HEADPHONE_RGB, SHIRT_RGB, SKIN_RGB
from .portrait import SIZE, SUPERSAMPLING, Portrait
from .scene import draw_background, draw_body, draw_neck


@dataclass
class Picture:
    image: Image.Image                      # RGB, size x size
    face_box: tuple[float, float, float, float]    # x0, y0, x1, y1 in pixels: brow to chin, ear to ear
    mouth_box: tuple[float, float, float, float]
    masks: dict[str, Image.Image] = field(default_factory=dict)   # "head", "headphones": L, size x size


@dataclass
class Streams:
    """A portrait's unnamed choices: a stream for each part, so that changing one attribute leaves the others alone."""

    background: random.Random
    tint: random.Random
    hair: random.Random
    hat: random.Random
    headphones: random.Random

    @classmethod
    def of(cls, p: Portrait) -> "Streams":
        rng = random.Random(p.style)
        return cls(*(random.Random(rng.getrandbits(40)) for _ in range(5)))

    def tinted(self, colour):
        return tuple(min(255, max(0, v + self.tint.randint(-5, 5))) for v in colour)


def render(p: Portrait, size: int = SIZE) -> Picture:
    """Draws the portrait, `size` pixels a side."""
    streams, c = Streams.of(p), Canvas(p, size)
    draw_background(c, p.background, streams.background)
    face, mouth = draw_figure(c, p, streams)
    return Picture(
        image=c.image.reduce(SUPERSAMPLING), face_box=face, mouth_box=mouth,
        masks={name: mask.reduce(SUPERSAMPLING) for name, mask in c.masks.items()},
    )


def draw_figure(c: Canvas, p: Portrait, streams: Streams):
    """Draws the portrait's person where the canvas has its head units. Returns the boxes of face and mouth in pixels."""
    skin, shirt = streams.tinted(SKIN_RGB[p.skin]), streams.tinted(SHIRT_RGB[p.shirt])
    hair = streams.tinted(HAIR_RGB.get(p.hair_colour, (70, 52, 42)))
    hat = streams.tinted(streams.hat.choice(HAT_RGB))

    draw_body(c, shirt, skin)
    c.layers = ("head",)
    c.tilted = True
    if p.hair_style != "bald":
        draw_back_hair(c, p, hair, streams.hair)
    c.layers = ()
    draw_neck(c, skin, shade(skin, -0.18))
    c.layers = ("head",)
    mouth = draw_face(c, p, skin, hair)
    if p.hair_style != "bald":
        draw_front_hair(c, p, hair, streams.hair)
    elif p.headwear == "none":
        c.stroke(ellipse(0, -0.1, 0.52, 0.68, 215, 250, 10), shade(skin, 0.35), 0.08)
    draw_glasses(c, p.glasses)
    draw_headwear(c, p.headwear, hat, streams.hat)
    if p.headphones == "yes":
        c.layers = ("head", "headphones")
        draw_headphones(c, p, streams.headphones.choice(HEADPHONE_RGB))
    c.layers = ()
    return c.box(BROW_TO_CHIN), c.box(mouth)
