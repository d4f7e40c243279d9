"""Distils the base under guidance into a LoRA that draws in four steps without it.

Latent consistency distillation: Luo et al., 2023 (arXiv 2310.04378; as a LoRA arXiv 2311.05556).  Measured: how many of
the attributes that a prompt names look the same, to the classifier, in a picture of four steps and in the base's own.
"""

from __future__ import annotations

import argparse

import numpy as np
import torch
from diffusers import LCMScheduler

import dataset
import lora
from base import Base, Captioned, arguments, fresh, latents_of
from evaluate import generate

NAME = "lcm"
DATA_DEVIATION, TIME_SCALE = 0.5, 10.0     # sigma_data and the timesteps' factor of the paper's boundary condition


class Consistency:
    """What a network says of the clean latents, so that it says the latents themselves at timestep 0."""

    def __init__(self, base: Base):
        self.base = base

    def clean(self, noisy: torch.Tensor, predicted: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        diffusion = self.base.diffusion
        signal, share = (v[t][:, None, None, None] for v in (diffusion.signal, diffusion.noise))
        return (noisy - share * predicted) / signal

    def bounded(self, noisy: torch.Tensor, predicted: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        scaled = (t * TIME_SCALE)[:, None, None, None]
        length = (scaled**2 + DATA_DEVIATION**2).sqrt()
        return (DATA_DEVIATION / length) ** 2 * noisy + scaled / length * self.clean(noisy, predicted, t)

    @torch.no_grad()
    def earlier(self, noisy, t, before, context, pooled, guidance: float) -> torch.Tensor:
        """One DDIM step of the base alone under guidance, from `t` to `before`."""
        unet, zeros = self.base.unet, (torch.zeros_like(context), torch.zeros_like(pooled))
        unet.disable_adapters()
        both = self.base.predict(torch.cat([noisy] * 2), torch.cat([t] * 2), *(torch.cat(pair) for pair in zip((context, pooled), zeros)))
        unet.enable_adapters()
        named, free = both.chunk(2)
        predicted = free + guidance * (named - free)
        return self.base.noisy(self.clean(noisy, predicted, t), predicted, before)


def train(base: Base, a) -> dict[str, torch.Tensor]:
    images, _ = dataset.load(a.data)
    batches = Captioned(latents_of(base, images[:a.pictures], a), a.batch, empty=0)
    consistency, stride = Consistency(base), 1000 // a.intervals

    def loss(step: int) -> torch.Tensor:
        _, x, texts = batches()
        t, prompts = base.diffusion.timesteps(len(x)).clamp(min=stride), base.prompts(texts)
        noisy, before = base.noisy(x, torch.randn_like(x), t), t - stride
        said = consistency.bounded(noisy, base.predict(noisy, t, *prompts), t)
        earlier = consistency.earlier(noisy, t, before, *prompts, a.scale)
        with torch.no_grad():
            wanted = consistency.bounded(earlier, base.predict(earlier, before, *prompts), before)
        return ((said - wanted).pow(2) + 1e-6).sqrt().mean()

    return lora.train(base, loss, a, NAME)


def measure(base: Base, count: int, scale: float):
    _, texts, named = fresh(count)
    judge, final = lora.Judge(), base.pipeline.scheduler
    base.unet.disable_adapters()
    finals = judge(generate(base.pipeline, texts, argparse.Namespace(batch=20, seed=0, steps=25, scale=scale)))
    base.unet.enable_adapters()
    base.pipeline.scheduler = LCMScheduler.from_config(final.config)
    previews = judge(generate(base.pipeline, texts, argparse.Namespace(batch=20, seed=0, steps=4, scale=1.0)))
    base.pipeline.scheduler = final
    agreement = lora.named_right(previews, finals, named)
    print(f"{count} fresh prompts, 4 steps beside 25: {agreement:.1%} of named attributes, {np.mean(previews == finals):.1%} of all agree")


def main(a):
    measure(lora.prepared(a, NAME, train), a.fresh, a.scale)


if __name__ == "__main__":
    parser = arguments(__doc__, minutes=30, batch=16, lr=1e-3)
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--scale", type=float, default=5.0, help="the guidance that is distilled")
    parser.add_argument("--intervals", type=int, default=25, help="steps of the base between noise and picture")
    main(parser.parse_args())
