"""Trains a style LoRA: the base draws every portrait by night (world/night.py).

Captions name the backgrounds of the day, so that the LoRA alone brings the night.  Measured by the classifier, after the
night's light was taken away: how often the sky is the night's, and how many of the other named attributes are right.
"""

from __future__ import annotations

import argparse

import numpy as np
import torch

import lora
import world
from base import Base, Captioned, arguments, fresh
from evaluate import generate
from train_vae import encode_all

NAME = "night"
BACKGROUND = list(world.ATTRIBUTES).index("background")


def train(base: Base, a) -> dict[str, torch.Tensor]:
    pictures = np.stack([world.render_night(world.sample(i)) for i in range(a.pictures)])
    batches = Captioned(encode_all(base.vae, pictures) * base.vae.config.scaling_factor, a.batch, a.empty)

    def loss(step: int) -> torch.Tensor:
        _, x, texts = batches()
        noise, t = torch.randn_like(x), base.diffusion.timesteps(len(x))
        return base.loss(base.predict(base.noisy(x, noise, t), t, *base.prompts(texts)), noise, t)

    return lora.train(base, loss, a, NAME)


def measure(base: Base, count: int):
    portraits, texts, named = fresh(count)
    drawn = generate(base.pipeline, texts, argparse.Namespace(batch=20, seed=0, steps=25, scale=5.0))
    seen = lora.Judge()([world.to_day(np.asarray(picture)) for picture in drawn])
    truth = np.array([list(portrait.labels().values()) for portrait in portraits])
    nights = (seen[:, BACKGROUND] == world.ATTRIBUTES["background"].index("night")).mean()
    others = lora.named_right(seen, truth, named, aside=("background",))
    print(f"{count} fresh prompts: by night {nights:.1%}, other named attributes {others:.1%}")


def main(a):
    measure(lora.prepared(a, NAME, train), a.fresh)


if __name__ == "__main__":
    parser = arguments(__doc__, minutes=15, batch=16, lr=1e-3)
    parser.add_argument("--rank", type=int, default=8)
    parser.add_argument("--empty", type=float, default=0.1, help="share of captions that are empty")
    parser.set_defaults(pictures=4_000)
    main(parser.parse_args())
