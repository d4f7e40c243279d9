"""Groups: several people before one background, each face whole and its box known.

    group   = sample_group(seed)      # who stands where, reproducible
    picture = render_group(group)     # the pixels, and the box of every face
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from PIL import Image

from .canvas import Canvas
from .drawing import Streams, draw_figure
from .portrait import BACKGROUNDS, SUPERSAMPLING, Portrait, sample
from .scene import draw_background

PEOPLE = (2, 7)                          # how many, both included
WIDTHS = (256, 320, 384, 448, 512)       # pixels
HEADS = (20.0, 96.0)                     # chin to crown, pixels

Box = tuple[float, float, float, float]  # x0, y0, x1, y1


@dataclass(frozen=True)
class Group:
    """People from the back to the front; their places are fractions of the width."""

    people: tuple[Portrait, ...]
    background: str
    width: int
    height: int
    style: int


@dataclass
class GroupPicture:
    image: Image.Image           # RGB, width x height
    face_boxes: list[Box]        # pixels: brow to chin, ear to ear; in the order of the people


def sample_group(seed: int) -> Group:
    """A group drawn from the world's distribution, fixed by the seed. Its people are other seeds' portraits."""
    rng = random.Random(seed * 1_000_003 + 29)
    count, width = rng.randint(*PEOPLE), rng.choice(WIDTHS)
    height = round(width * rng.uniform(0.5, 0.75) / 16) * 16
    head = HEADS[0] * (min(HEADS[1], 0.45 * height) / HEADS[0]) ** rng.random()
    looks = [sample(seed * 8 + i) for i in range(count)]
    while (people := _arranged(looks, head, width, height, rng)) is None:
        head = max(HEADS[0] * 0.8, head * 0.9)
    return Group(people, rng.choice(BACKGROUNDS), width, height, rng.getrandbits(31))


def _arranged(looks, head: float, width: int, height: int, rng: random.Random) -> tuple[Portrait, ...] | None:
    """The people at random places, no face hidden; None where they found no place at this size of their heads."""
    people: list[Portrait] = []
    row = rng.random() < 0.5                                      # all at about one height
    middle = rng.uniform(0.35, 0.6) * height
    for look in looks:
        for _ in range(60):
            unit = head * rng.uniform(0.8, 1.2) / 2
            low, high = max(1.5 * unit, height - 7 * unit), height - 1.15 * unit
            y = middle + rng.uniform(-0.6, 0.6) * unit if row else rng.uniform(low, high)
            one = replace(look, x=rng.uniform(unit, width - unit) / width, y=min(high, max(low, y)) / width, height=2 * unit / width)
            if not any(_hides(*sorted((one, other), key=_depth)) for other in people):
                people.append(one)
                break
        else:
            return None
    return tuple(sorted(people, key=_depth))


def _depth(p: Portrait) -> float:
    """Who stands further down stands in front."""
    return p.y


def _hides(back: Portrait, front: Portrait) -> bool:
    """Whether the one in front may cover some of the other's face."""
    face = _box(back, -0.82, -0.55, 0.82, 1.05)
    return _meet(face, _box(front, -1.3, -1.65, 1.3, 1.3)) or _meet(face, _box(front, -2.2, 1.2, 2.2, 40.0))


def _box(p: Portrait, x0: float, y0: float, x1: float, y1: float) -> Box:
    """From head units to fractions of the width."""
    unit = p.height / 2
    return p.x + x0 * unit, p.y + y0 * unit, p.x + x1 * unit, p.y + y1 * unit


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def render_group(group: Group) -> GroupPicture:
    """Draws the group."""
    c = Canvas(group.people[0], group.width)
    draw_background(c, group.background, random.Random(group.style))
    boxes = []
    for person in group.people:
        c.place(person)
        boxes.append(draw_figure(c, person, Streams.of(person))[0])
    frame = c.image.crop((0, 0, c.n, group.height * SUPERSAMPLING))
    return GroupPicture(frame.reduce(SUPERSAMPLING), boxes)
