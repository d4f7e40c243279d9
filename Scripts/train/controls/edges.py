"""Canny edges: the base draws along them.

Half of the captions are empty, so that edges alone have to say what is drawn, and timesteps of much noise are taken more
often, for there it is decided where things are (the cubic sampling of T2I-Adapter, Mou et al., 2023).  Measured: the
agreement (F1 at 2 px) of the edges of drawn pictures with those that were given, with the ControlNet and without it.
"""

from __future__ import annotations

import numpy as np
import torch
from diffusers import ControlNetModel, StableDiffusionXLControlNetPipeline
from PIL import Image

import dataset
import world
from base import Base, Captioned, fresh, latents_of
from edges import agreement, canny, varied

HINT_CHANNELS = (16, 24, 48, 96)


def as_hint(lines: np.ndarray) -> np.ndarray:
    """`[H, W]` in three colours."""
    return np.repeat(lines[..., None], 3, axis=-1)


def start(base: Base) -> ControlNetModel:
    """A copy of the UNet's way down whose hint speaks up at once: only the convolutions at the outputs begin as zeros."""
    net = ControlNetModel.from_unet(base.unet, conditioning_channels=3, conditioning_embedding_out_channels=HINT_CHANNELS)
    for layer in net.controlnet_cond_embedding.modules():
        if isinstance(layer, torch.nn.Conv2d):
            torch.nn.init.kaiming_normal_(layer.weight)
    return net


def examples(base: Base, a):
    images, _ = dataset.load(a.data)
    images = images[:a.pictures]
    batches, rng = Captioned(latents_of(base, images, a), a.batch, a.empty), np.random.default_rng(2)

    def batch():
        rows, x, texts = batches()
        return x, texts, np.stack([as_hint(varied(images[i], rng)) for i in rows])

    return batch


def timesteps(even: torch.Tensor) -> torch.Tensor:
    """Moved towards the noise."""
    return (1000 * (1 - (1 - even / 1000) ** 3)).long().clamp(max=999)


def report(base: Base, net: ControlNetModel, a) -> str:
    return f"F1 {follows(base, net, 8, a.batch, steps=10):.3f}"


def measure(base: Base, net: ControlNetModel, a) -> str:
    with_edges, without = (follows(base, net, a.fresh, a.batch, strength=strength) for strength in (1.0, 0.0))
    return f"{a.fresh} fresh portraits: F1 of edges {with_edges:.3f}, without the ControlNet {without:.3f}"


@torch.no_grad()
def follows(base: Base, net: ControlNetModel, count: int, batch: int, steps: int = 25, strength: float = 1.0) -> float:
    """The mean agreement of drawn pictures' edges with the edges of fresh portraits."""
    pipeline = base.led(StableDiffusionXLControlNetPipeline, net)
    portraits, texts, _ = fresh(count)
    wanted = [canny(np.asarray(world.render(portrait).image)) for portrait in portraits]
    drawn = []
    for i in range(0, count, batch):
        hints = [Image.fromarray(as_hint(lines)) for lines in wanted[i:i + batch]]
        generators = [torch.Generator().manual_seed(i + j) for j in range(len(hints))]
        drawn += pipeline(texts[i:i + batch], image=hints, num_inference_steps=steps, guidance_scale=5.0,
                          controlnet_conditioning_scale=strength, generator=generators).images
    return float(np.mean([agreement(canny(np.asarray(picture)), lines) for picture, lines in zip(drawn, wanted)]))
