"""Examples/make-him-smile on people who do not smile: does the judge see a smile then, and is the rest left alone?"""

from __future__ import annotations

import math

from PIL import Image, ImageDraw

import world
from .bench import Bench
from .figures import Figure
from .portraits import changed_outside, fresh, others_kept

GRAPH = "Examples/make-him-smile/graph.yaml"
MIDDLE = 0.65      # of the mouth's region, in head units below the middle of the face


def mouth(p: world.Portrait) -> tuple[float, float, float]:
    """What the graph asks for: the middle of the mouth, and the region's width, half the face's height; in pixels."""
    unit, tilt = p.height / 2 * world.SIZE, math.radians(p.tilt)
    x, y = p.x * world.SIZE - MIDDLE * unit * math.sin(tilt), p.y * world.SIZE + MIDDLE * unit * math.cos(tilt)
    return round(x, 2), round(y, 2), round(unit, 2)


def ellipse(x: float, y: float, size: float, finer: int = 8) -> Image.Image:
    """The graph's mask, drawn independently of it."""
    mask = Image.new("L", (world.SIZE * finer,) * 2)
    box = (x - 0.5 * size, y - 0.36 * size, x + 0.5 * size, y + 0.36 * size)
    ImageDraw.Draw(mask).ellipse([finer * side for side in box], fill=255)
    return mask.reduce(finer)


def measure(bench: Bench, count: int) -> list[Figure]:
    portraits = fresh(count, lambda p: p.expression != "smiling")
    before, places = [world.render(p).image for p in portraits], [mouth(p) for p in portraits]
    graphs = [
        bench.use(GRAPH, photo=bench.save(f"smile/{i}.png", image), x=x, y=y, size=size, seed=i)
        for i, (image, (x, y, size)) in enumerate(zip(before, places))
    ]
    after = bench.pictures("smile", graphs)
    seen = bench.readings(after)
    return [
        Figure("smiling", float((seen["expression"] == "smiling").mean()), at_least=0.9),
        Figure("pixels changed outside of the seams", changed_outside(before, after, [ellipse(*p) for p in places]), at_most=0),
        Figure("smiling before", float((bench.readings(before)["expression"] == "smiling").mean())),
        Figure("other attributes kept", others_kept(seen, portraits, "expression")),
    ]
