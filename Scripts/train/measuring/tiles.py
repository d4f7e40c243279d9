"""Graphs/upscale-tiled on small portraits: is what it draws what the world draws at that size?

Beside it stand bicubic resampling, the upscaler alone, the graph with its picture enlarged by that upscaler, and the graph
without its ControlNet.
"""

from __future__ import annotations

import numpy as np
from PIL import Image

import world
from .bench import Bench
from .figures import Figure
from .portraits import fresh, words
from .upscale import FACTOR, graph as upscaling, psnr

GRAPH = "Graphs/upscale-tiled.yaml"


def sharpness(picture: Image.Image) -> float:
    """The root of the mean square difference of neighbouring pixels: edges that are soft count less than steep ones."""
    pixels = np.asarray(picture, dtype=np.float64)
    return float(np.sqrt(np.mean([np.mean(np.diff(pixels, axis=axis) ** 2) for axis in (0, 1)])))


def measure(bench: Bench, count: int) -> list[Figure]:
    portraits = fresh(count)
    truths = [world.render(p, FACTOR * world.SIZE).image for p in portraits]
    small = [truth.reduce(FACTOR) for truth in truths]
    photos = [bench.save(f"tiles/{i}.png", image) for i, image in enumerate(small)]
    known = {name: np.array([getattr(p, name) for p in portraits]) for name in world.ATTRIBUTES}

    def redrawn(name: str, photos: list[str], **ports) -> list[Image.Image]:
        graphs = [bench.edit(GRAPH, photo, prompt=words(p), seed=i, **ports) for i, (photo, p) in enumerate(zip(photos, portraits))]
        return bench.pictures(name, graphs)

    def right(pictures: list[Image.Image]) -> float:
        """The share of all attributes that the judge finds, at the size that it knows."""
        readings = bench.readings([picture.reduce(FACTOR) for picture in pictures])
        return float(np.mean([readings[name] == known[name] for name in known]))

    upscaled = bench.pictures("upscaled", [upscaling(photo) for photo in photos])
    sharp = [bench.save(f"tiles/{i}-upscaled.png", image) for i, image in enumerate(upscaled)]
    made = {
        "tiles": redrawn("tiles", photos, scale=FACTOR),
        "tiles without a ControlNet": redrawn("alone", photos, scale=FACTOR, strength=0),
        "upscaler and tiles": redrawn("both", sharp, scale=1),
        "upscaler": upscaled,
        "bicubic": [image.resize(truth.size, Image.BICUBIC) for image, truth in zip(small, truths)],
    }
    crispness = np.mean([sharpness(truth) for truth in truths])
    figures = [Figure("attributes right, world", right(truths))]
    for name, pictures in made.items():
        figures += [
            Figure(f"attributes right, {name}", right(pictures), at_least=0.9 if name == "tiles" else None),
            Figure(f"PSNR, {name}, dB", float(np.mean([psnr(*pair) for pair in zip(pictures, truths)]))),
            Figure(f"sharpness, {name}, of the world's", float(np.mean([sharpness(p) for p in pictures]) / crispness)),
        ]
    return figures
