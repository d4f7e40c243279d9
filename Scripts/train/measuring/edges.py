"""The ControlNet for edges: do the edges of what is drawn lie where they should?"""

from __future__ import annotations

import numpy as np

import world
from edges import agreement
from .bench import Bench
from .figures import Figure
from .portraits import fresh


def colours(portrait: world.Portrait) -> str:
    """What no edge shows; the shapes are the edges' to say."""
    return f"a person with {portrait.hair_colour} hair, {portrait.skin} skin, wearing a {portrait.shirt} shirt"


def graph(photo: str, prompt: str, seed: int, strength: float) -> dict:
    """Draws a portrait after another's edges; both pictures' edges are outputs."""
    return {
        "nodes": {
            "photo": {"uses": "load-image", "path": photo},
            "hint": {"uses": "canny", "image": "${photo.image}"},
            "checkpoint": {"uses": "load-checkpoint"},
            "control": {"uses": "load-controlnet", "file": "default-edges"},
            "words": {"uses": "encode-text", "encoder": "${checkpoint.encoder}", "text": prompt},
            "led": {
                "uses": "apply-controlnet", "positive": "${words}", "controlnet": "${control}", "image": "${hint.image}",
                "strength": strength,
            },
            "canvas": {"uses": "empty-latent", "width": world.SIZE, "height": world.SIZE},
            "sample": {
                "uses": "sample", "model": "${checkpoint.model}", "positive": "${led.positive}", "latent": "${canvas}",
                "seed": seed, "steps": 25, "cfg": 5, "schedule": "leading",
            },
            "picture": {"uses": "decode-latent", "vae": "${checkpoint.vae}", "latent": "${sample}"},
            "found": {"uses": "canny", "image": "${picture}"},
        },
        "outputs": {"wanted": "${hint.image}", "found": "${found.image}"},
    }


def measure(bench: Bench, count: int) -> list[Figure]:
    portraits = fresh(count)
    photos = [bench.save(f"edges/{i}.png", world.render(p).image) for i, p in enumerate(portraits)]

    def followed(strength: float) -> float:
        graphs = [graph(photo, colours(p), i, strength) for i, (photo, p) in enumerate(zip(photos, portraits))]
        pairs = [[bench.open(folder, name, "L") for name in ("found", "wanted")] for folder in bench.run("edges", graphs)]
        return float(np.mean([agreement(np.asarray(found), np.asarray(wanted)) for found, wanted in pairs]))

    return [
        Figure("F1 at 2 pixels with the ControlNet", followed(1), at_least=0.8),
        Figure("F1 at 2 pixels without it", followed(0), at_most=0.4),
    ]
