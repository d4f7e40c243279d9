"""Trains a ControlNet (Zhang et al., 2023) that makes the base follow Canny edges.

Half of the captions are empty, so that edges alone have to say what is drawn, and timesteps of much noise are taken more
often, for there it is decided where things are (the cubic sampling of T2I-Adapter, Mou et al., 2023).  Measured: the agreement (F1 at 2 px) of the
edges of drawn pictures with those that were given, with the ControlNet and without it.
"""

from __future__ import annotations

import numpy as np
import torch
from diffusers import ControlNetModel, StableDiffusionXLControlNetPipeline
from PIL import Image

import dataset
import loop
import world
from base import Base, Captioned, added, arguments, fresh, latents_of
from edges import agreement, canny, varied

NAME = "edges"
HINT_CHANNELS = (16, 24, 48, 96)


def as_hint(lines: np.ndarray) -> Image.Image:
    """`[H, W]` as an RGB picture."""
    return Image.fromarray(lines).convert("RGB")


def start(base: Base) -> ControlNetModel:
    """A copy of the UNet's way down whose hint speaks up at once: only the convolutions at the outputs begin as zeros."""
    net = ControlNetModel.from_unet(base.unet, conditioning_channels=3, conditioning_embedding_out_channels=HINT_CHANNELS)
    for layer in net.controlnet_cond_embedding.modules():
        if isinstance(layer, torch.nn.Conv2d):
            torch.nn.init.kaiming_normal_(layer.weight)
    return net.train().requires_grad_(True).to(memory_format=torch.channels_last)


def early(timesteps: torch.Tensor) -> torch.Tensor:
    """Even timesteps in 0..<1000, moved towards the noise."""
    return (1000 * (1 - (1 - timesteps / 1000) ** 3)).long().clamp(max=999)


def train(base: Base, a) -> ControlNetModel:
    images, _ = dataset.load(a.data)
    images = images[:a.pictures]
    net = start(base)
    batches, rng = Captioned(latents_of(base, images, a), a.batch, a.empty), np.random.default_rng(2)

    def loss(step: int) -> torch.Tensor:
        rows, x, texts = batches()
        lines = torch.from_numpy(np.stack([varied(images[i], rng) for i in rows]))
        hints = (lines[:, None].float() / 255).expand(-1, 3, -1, -1).contiguous(memory_format=torch.channels_last)
        noise, t, (context, pooled) = torch.randn_like(x), early(base.diffusion.timesteps(len(x))), base.prompts(texts)
        noisy = base.noisy(x, noise, t)
        down, middle = net(noisy, t, context, hints, added_cond_kwargs=added(pooled), return_dict=False)
        predicted = base.predict(noisy, t, context, pooled, down_block_additional_residuals=down, mid_block_additional_residual=middle)
        return base.loss(predicted, noise, t)

    def report(averaged: ControlNetModel) -> str:
        return f"F1 {follows(base, averaged, 8, a.batch, steps=10):.3f}"

    # The convolutions that begin as zeros learn element by element.
    skip = ("embedding", "conv_in", "controlnet_down_blocks", "controlnet_mid_block")
    return loop.optimise(net, loss, a, f"{a.out}/{NAME}/weights.pt", skip=skip, report=report)


@torch.no_grad()
def follows(base: Base, net: ControlNetModel, count: int, batch: int, steps: int = 25, strength: float = 1.0) -> float:
    """The mean agreement of drawn pictures' edges with the edges of fresh portraits."""
    parts = {name: part for name, part in base.pipeline.components.items() if name not in ("image_encoder", "feature_extractor")}
    pipeline = StableDiffusionXLControlNetPipeline(**parts, controlnet=net, add_watermarker=False)
    pipeline.set_progress_bar_config(disable=True)
    portraits, texts, _ = fresh(count)
    wanted = [canny(np.asarray(world.render(portrait).image)) for portrait in portraits]
    drawn = []
    for i in range(0, count, batch):
        hints = [as_hint(lines) for lines in wanted[i:i + batch]]
        generators = [torch.Generator().manual_seed(i + j) for j in range(len(hints))]
        drawn += pipeline(texts[i:i + batch], image=hints, num_inference_steps=steps, guidance_scale=5.0,
                          controlnet_conditioning_scale=strength, generator=generators).images
    return float(np.mean([agreement(canny(np.asarray(picture)), lines) for picture, lines in zip(drawn, wanted)]))


def main(a):
    torch.set_num_threads(a.threads)
    torch.manual_seed(0)
    base, folder = Base(a.base), f"{a.out}/{NAME}"
    if not a.measure:
        train(base, a).half().save_pretrained(folder)
    net = ControlNetModel.from_pretrained(folder, torch_dtype=torch.float32)
    with_edges, without = (follows(base, net, a.fresh, a.batch, strength=strength) for strength in (1.0, 0.0))
    print(f"{a.fresh} fresh portraits: F1 of edges {with_edges:.3f}, without the ControlNet {without:.3f}")


if __name__ == "__main__":
    parser = arguments(__doc__, minutes=60, batch=16, lr=2e-3)
    parser.add_argument("--empty", type=float, default=0.5, help="share of captions that are empty")
    main(parser.parse_args())
