"""Previews of four steps beside their finals: does the judge see the same in both?"""

from __future__ import annotations

import random

import numpy as np

import world
from .bench import Bench
from .figures import Figure
from .portraits import fresh

GRAPH = "Graphs/text-to-image.yaml"


def preview(prompt: str, seed: int) -> dict:
    return {
        "nodes": {
            "checkpoint": {"uses": "load-checkpoint"},
            "fast": {"uses": "load-lora", "model": "${checkpoint.model}", "encoder": "${checkpoint.encoder}", "lora": "default-lcm"},
            "words": {"uses": "encode-text", "encoder": "${fast.encoder}", "text": prompt},
            "canvas": {"uses": "empty-latent", "width": world.SIZE, "height": world.SIZE},
            "sample": {
                "uses": "sample", "model": "${fast.model}", "positive": "${words}", "latent": "${canvas}", "seed": seed,
                "steps": 4, "cfg": 1, "sampler": "lcm", "schedule": "sgm_uniform",
            },
            "picture": {"uses": "decode-latent", "vae": "${checkpoint.vae}", "latent": "${sample}"},
        },
        "outputs": {"image": "${picture}"},
    }


def measure(bench: Bench, count: int) -> list[Figure]:
    portraits = fresh(count)
    texts, named = zip(*(world.caption(p, random.Random(p.style), empty=0) for p in portraits))
    finals = bench.readings(bench.pictures("final", [bench.use(GRAPH, prompt=t, seed=i) for i, t in enumerate(texts)]))
    previews = bench.readings(bench.pictures("preview", [preview(t, i) for i, t in enumerate(texts)]))

    def share(readings, others) -> float:
        """Over the attributes that a prompt names."""
        return float(np.mean([readings[name][i] == others[name][i] for i, names in enumerate(named) for name in names]))

    truth = {name: np.array([getattr(p, name) for p in portraits]) for name in world.ATTRIBUTES}
    return [
        Figure("named attributes of previews and finals agree", share(previews, finals), at_least=0.85),
        Figure("named attributes of finals are right", share(finals, truth)),
        Figure("named attributes of previews are right", share(previews, truth)),
    ]
