"""The upscaler on small portraits: how much nearer to the large ones does it come than bicubic resampling?"""

from __future__ import annotations

import numpy as np
from PIL import Image

import world
from .bench import Bench
from .figures import Figure
from .portraits import fresh

FACTOR = 2


def graph(photo: str) -> dict:
    return {
        "nodes": {
            "photo": {"uses": "load-image", "path": photo},
            "upscaler": {"uses": "load-upscaler", "model": "default"},
            "large": {"uses": "upscale-image", "upscaler": "${upscaler.upscaler}", "image": "${photo.image}"},
        },
        "outputs": {"image": "${large}"},
    }


def psnr(picture: Image.Image, truth: Image.Image) -> float:
    """In dB, over all channels."""
    difference = np.asarray(picture, dtype=np.float64) - np.asarray(truth, dtype=np.float64)
    return float(10 * np.log10(255**2 / max(1e-9, np.mean(difference**2))))


def measure(bench: Bench, count: int) -> list[Figure]:
    truths = [world.render(p, FACTOR * world.SIZE).image for p in fresh(count)]
    small = [truth.reduce(FACTOR) for truth in truths]
    upscaled = bench.pictures("upscale", [graph(bench.save(f"upscale/{i}.png", image)) for i, image in enumerate(small)])
    bicubic = [image.resize(truth.size, Image.BICUBIC) for image, truth in zip(small, truths)]
    by_model, by_resampling = (float(np.mean(list(map(psnr, pictures, truths)))) for pictures in (upscaled, bicubic))
    return [
        Figure("dB above bicubic", by_model - by_resampling, at_least=2),
        Figure("PSNR of the upscaler, dB", by_model),
        Figure("PSNR of bicubic, dB", by_resampling),
    ]
