"""Trains a ControlNet (Zhang et al., 2023) beside the base: for edges, or for tiles of larger pictures.

What leads the base is a module in `controls/`, which also says what is measured.
"""

from __future__ import annotations

import importlib

import torch
from diffusers import ControlNetModel

import loop
from base import Base, added, arguments
from controls import KINDS


def train(kind, base: Base, a) -> ControlNetModel:
    net = kind.start(base).train().requires_grad_(True).to(memory_format=torch.channels_last)
    examples = kind.examples(base, a)

    def loss(step: int) -> torch.Tensor:
        x, texts, pictures = examples()
        hints = (torch.from_numpy(pictures).permute(0, 3, 1, 2) / 255).contiguous(memory_format=torch.channels_last)
        noise, t, (context, pooled) = torch.randn_like(x), kind.timesteps(base.diffusion.timesteps(len(x))), base.prompts(texts)
        noisy = base.noisy(x, noise, t)
        down, middle = net(noisy, t, context, hints, added_cond_kwargs=added(pooled), return_dict=False)
        predicted = base.predict(noisy, t, context, pooled, down_block_additional_residuals=down, mid_block_additional_residual=middle)
        return base.loss(predicted, noise, t)

    # The convolutions that begin as zeros learn element by element.
    skip = ("embedding", "conv_in", "controlnet_down_blocks", "controlnet_mid_block")
    return loop.optimise(net, loss, a, f"{a.out}/{a.kind}/weights.pt", skip=skip, report=lambda averaged: kind.report(base, averaged, a))


def main(a):
    torch.set_num_threads(a.threads)
    torch.manual_seed(0)
    kind, base, folder = importlib.import_module(f"controls.{a.kind}"), Base(a.base), f"{a.out}/{a.kind}"
    if not a.measure:
        train(kind, base, a).half().save_pretrained(folder)
    net = ControlNetModel.from_pretrained(folder, torch_dtype=torch.float32)
    print(kind.measure(base, net, a))


if __name__ == "__main__":
    parser = arguments(__doc__, minutes=60, batch=16, lr=2e-3)
    parser.add_argument("kind", choices=KINDS, help="what leads the base")
    parser.add_argument("--empty", type=float, default=0.5, help="share of captions that are empty")
    main(parser.parse_args())
