"""Graphs/upscale-tiled on small portraits: is there more of an edge where a tile begins or ends than right beside it?

A portrait has its edges where it has them, so each tile's end is compared with the pixels next to it, and this ratio with
the same ratio of the same pixels in pictures that the model drew in one piece.  Tiles without a feathered overlap and without
a ControlNet, which keeps neighbours alike, show that seams can be seen in this way.  With the ControlNet there is little to
be seen: tiles without overlap came to 2.1 +- 0.7 % (60 portraits, weights of an early step, a denoise of 0.5), so that a
limit of 2 % says more about tiles without it.
"""

from __future__ import annotations

import numpy as np
from PIL import Image

import world
from .bench import Bench
from .figures import Figure
from .portraits import fresh, words

GRAPH = "Graphs/upscale-tiled.yaml"
FACTOR = 2.5                    # tiles of three a side, whose ends lie 32 pixels apart or more
TILE, OVERLAP = 128, 32
UNIT = 8                        # pixels that an element of the latent stands for
BESIDE = UNIT - 1               # pixels on both sides of an end; an element further, there is the autoencoder's own grid
STEPS = 5
ALONE = {"strength": 0, "denoise": 0.3}


def ends(length: int, tile: int = TILE, overlap: int = OVERLAP) -> list[int]:
    """The pixels before which a tile begins or ends within a side, as `sample` spreads tiles: evenly, in whole elements of the latent."""
    length, tile, overlap = length // UNIT, tile // UNIT, overlap // UNIT
    last = -(-(length - overlap) // (tile - overlap)) - 1
    starts = [(index * (length - tile) + last // 2) // last for index in range(last + 1)] if last > 0 else [0]
    places = {start for start in starts} | {start + tile for start in starts}
    return sorted(UNIT * place for place in places if 0 < place < length)


def gradients(picture: Image.Image) -> np.ndarray:
    """The mean difference of neighbouring pixels, across the tiles' ends and across the pixels beside these."""
    pixels, offsets = np.asarray(picture, dtype=np.float64), np.arange(-BESIDE, BESIDE + 1)
    around = []
    for axis in (0, 1):
        lines = np.abs(np.diff(pixels, axis=axis)).mean(axis=(1 - axis, 2))     # lines[i - 1] is across pixel i's beginning
        around += [lines[end - 1 + offsets] for end in ends(pixels.shape[axis])]
    mean = np.mean(around, axis=0)
    return np.array([mean[BESIDE], np.delete(mean, BESIDE).mean()])


def excess(tiled: np.ndarray, whole: np.ndarray) -> float:
    """By what share edges at tiles' ends are stronger than in one piece. Both `[pictures, 2]`, of `gradients`."""
    (at, beside), (whole_at, whole_beside) = tiled.sum(axis=0), whole.sum(axis=0)
    return float(at / beside / (whole_at / whole_beside) - 1)


def spread(tiled: np.ndarray, whole: np.ndarray, draws: int = 1000) -> float:
    """The standard error of `excess`, by drawing the pictures anew."""
    draw = np.random.default_rng(0).integers(0, len(tiled), (draws, len(tiled)))
    return float(np.std([excess(tiled[rows], whole[rows]) for rows in draw]))


def measure(bench: Bench, count: int) -> list[Figure]:
    portraits = fresh(count)
    photos = [bench.save(f"seams/{i}.png", world.render(p).image) for i, p in enumerate(portraits)]

    def drawn(name: str, tile: int, overlap: int, **ports) -> np.ndarray:
        graphs = [
            bench.edit(GRAPH, photo, prompt=words(p), scale=FACTOR, tile=tile, overlap=overlap, steps=STEPS, seed=i, **ports)
            for i, (photo, p) in enumerate(zip(photos, portraits))
        ]
        return np.array([gradients(picture) for picture in bench.pictures(name, graphs)])

    whole = drawn("whole", int(FACTOR * world.SIZE), 0)
    whole_alone = drawn("whole-alone", int(FACTOR * world.SIZE), 0, **ALONE)
    return [
        *compared("feathered tiles", drawn("feathered", TILE, OVERLAP), whole, at_most=0.02),
        *compared("feathered tiles without a ControlNet", drawn("feathered-alone", TILE, OVERLAP, **ALONE), whole_alone, at_most=0.02),
        *compared("tiles without overlap and ControlNet", drawn("cut-alone", TILE, 0, **ALONE), whole_alone, at_least=0.05),
    ]


def compared(name: str, tiled: np.ndarray, whole: np.ndarray, **limit) -> list[Figure]:
    return [
        Figure(f"more edges at ends of {name}", excess(tiled, whole), **limit),
        Figure(f"standard error of {name}", spread(tiled, whole)),
    ]
