"""Examples/remove-headphones on people who wear some: are they gone, and is the rest left alone?"""

from __future__ import annotations

from dataclasses import replace

import world
from .bench import Bench
from .figures import Figure
from .portraits import changed_outside, fresh, others_kept, words

GRAPH = "Examples/remove-headphones/graph.yaml"


def measure(bench: Bench, count: int) -> list[Figure]:
    portraits = fresh(count, lambda p: p.headphones == "yes")
    drawn = [world.render(p) for p in portraits]
    before, masks = [picture.image for picture in drawn], [picture.masks["headphones"] for picture in drawn]
    files = [
        {"photo": bench.save(f"headphones/{i}.png", image), "mask": bench.save(f"headphones/{i}-mask.png", mask), "seed": i}
        for i, (image, mask) in enumerate(zip(before, masks))
    ]
    described = [words(replace(p, headphones="no")) for p in portraits]
    after = bench.pictures("headphones", [bench.use(GRAPH, prompt=text, **ports) for text, ports in zip(described, files)])
    plain = bench.pictures("plain", [bench.use(GRAPH, prompt="a portrait of a person", **ports) for ports in files])
    seen = bench.readings(after)

    def gone(readings) -> float:
        return float((readings["headphones"] == "no").mean())

    return [
        Figure("gone, the picture described", gone(seen), at_least=0.9),
        Figure("gone, prompt `a portrait of a person`", gone(bench.readings(plain))),
        Figure("pixels changed outside of the seams", changed_outside(before + before, after + plain, masks + masks), at_most=0),
        Figure("gone before", gone(bench.readings(before))),
        Figure("other attributes kept", others_kept(seen, portraits, "headphones")),
    ]
