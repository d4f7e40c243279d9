"""Graphs/upscale-tiled on small portraits: are there more edges where tiles begin and end than elsewhere?

Portraits have more edges in their middle, where tiles end as well. What is compared is therefore how much stronger edges
are at the tiles' ends than elsewhere, in pictures drawn by tiles, with the same in those that the model drew in one piece.
"""

from __future__ import annotations

import numpy as np
from PIL import Image

import world
from .bench import Bench
from .figures import Figure
from .portraits import fresh, words

GRAPH = "Graphs/upscale-tiled.yaml"
FACTOR = 2
TILE, OVERLAP = 128, 48
STEPS = 5


def ends(length: int, tile: int = TILE, overlap: int = OVERLAP, unit: int = 8) -> list[int]:
    """The pixels before which a tile begins or ends within a side, as `sample` spreads tiles: evenly, in whole elements of the latent."""
    length, tile, overlap = length // unit, tile // unit, overlap // unit
    last = -(-(length - overlap) // (tile - overlap)) - 1
    starts = [(index * (length - tile) + last // 2) // last for index in range(last + 1)] if last > 0 else [0]
    places = {start for start in starts} | {start + tile for start in starts}
    return sorted(unit * place for place in places if 0 < place < length)


def gradients(picture: Image.Image) -> np.ndarray:
    """The mean difference of neighbours at tiles' ends, and elsewhere, over both directions."""
    pixels = np.asarray(picture, dtype=np.float64)
    lines = [np.abs(np.diff(pixels, axis=axis)).mean(axis=(1 - axis, 2)) for axis in (0, 1)]
    at = [np.isin(np.arange(1, len(line) + 1), ends(len(line) + 1)) for line in lines]
    return np.array([np.mean([line[here == wanted].mean() for line, here in zip(lines, at)]) for wanted in (True, False)])


def excess(tiled: np.ndarray, whole: np.ndarray) -> float:
    """By what share edges at tiles' ends are stronger than in one piece. Both `[pictures, 2]`, of `gradients`."""
    (at, elsewhere), (whole_at, whole_elsewhere) = tiled.sum(axis=0), whole.sum(axis=0)
    return float(at / elsewhere / (whole_at / whole_elsewhere) - 1)


def spread(tiled: np.ndarray, whole: np.ndarray, draws: int = 1000) -> float:
    """The standard error of `excess`, by drawing the pictures anew."""
    draw = np.random.default_rng(0).integers(0, len(tiled), (draws, len(tiled)))
    return float(np.std([excess(tiled[rows], whole[rows]) for rows in draw]))


def measure(bench: Bench, count: int) -> list[Figure]:
    portraits = fresh(count)
    photos = [bench.save(f"seams/{i}.png", world.render(p).image) for i, p in enumerate(portraits)]

    def drawn(name: str, tile: int, overlap: int) -> np.ndarray:
        graphs = [
            bench.use(
                GRAPH, image="${photo.image}", prompt=words(p), scale=FACTOR, tile=tile, overlap=overlap, steps=STEPS, seed=i)
            for i, p in enumerate(portraits)
        ]
        for graph, photo in zip(graphs, photos):
            graph["nodes"]["photo"] = {"uses": "load-image", "path": photo}
        return np.array([gradients(picture) for picture in bench.pictures(name, graphs)])

    tiled, whole = drawn("tiled", TILE, OVERLAP), drawn("whole", FACTOR * world.SIZE, 0)
    found = excess(tiled, whole)
    return [
        Figure("more edges at tiles' ends", abs(found), at_most=0.02),
        Figure("standard error", spread(tiled, whole)),
    ]
