"""Trains a 2x upscaler of the portrait world: SRVGGNetCompact (Wang et al., 2021, Real-ESRGAN's compact network).

The world is drawn at 256 and at 512 pixels; halves of these pictures are what the network sees.  Measured on fresh
portraits: 128 pixels from the world's area filter to 256, beside Pillow's bicubic filter.
"""

from __future__ import annotations


import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import load_file

import loop
import world
from training import to_pictures, to_tensor

NAME = "upscaler"


class Compact(torch.nn.Module):
    """SRVGGNetCompact: `body` is convolutions and PReLUs in turn; what it makes is added to the nearest pixels."""

    def __init__(self, features: int = 32, convolutions: int = 8, scale: int = 2):
        super().__init__()
        self.scale = scale
        widths = [3] + [features] * (convolutions + 1)
        layers = []
        for before, after in zip(widths, widths[1:]):
            layers += [torch.nn.Conv2d(before, after, 3, padding=1), torch.nn.PReLU(after)]
        self.body = torch.nn.Sequential(*layers, torch.nn.Conv2d(features, 3 * scale**2, 3, padding=1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """RGB in 0...1, `[N, 3, H, W]` to `[N, 3, scale * H, scale * W]`."""
        nearest = F.interpolate(x, scale_factor=self.scale, mode="nearest")
        return F.pixel_shuffle(self.body(x), self.scale) + nearest


def quick_start(model: Compact):
    """Begins as the nearest pixels, with the variance of the input kept from layer to layer."""
    for layer in model.body:
        if isinstance(layer, torch.nn.Conv2d):
            torch.nn.init.kaiming_normal_(layer.weight, a=0.25)
            torch.nn.init.zeros_(layer.bias)
    torch.nn.init.zeros_(model.body[-1].weight)


def drawn(count: int, size: int, first: int = 0) -> np.ndarray:
    """uint8 `[count, size, size, 3]`: portraits of consecutive seeds."""
    return np.stack([np.asarray(world.render(world.sample(first + i), size).image) for i in range(count)])


def crops(pictures: np.ndarray, count: int, side: int, rng) -> np.ndarray:
    """Random crops of random pictures, some mirrored."""
    y, x = rng.integers(0, (pictures.shape[1] - side) // 2 + 1, (2, count)) * 2
    rows = rng.integers(0, len(pictures), count)
    return np.stack([pictures[r, j:j + side, i:i + side][:, ::rng.choice((-1, 1))] for r, j, i in zip(rows, y, x)])


def halved(x: torch.Tensor, rng) -> torch.Tensor:
    """Half the size by the area or the bicubic filter, at times with a little noise, in steps of 1/255."""
    if rng.random() < 0.6:
        half = F.avg_pool2d(x, 2)
    else:
        half = F.interpolate(x, scale_factor=0.5, mode="bicubic", antialias=True)
    if rng.random() < 0.25:
        half = half + torch.randn_like(half) * rng.uniform(0, 2) / 255
    return (half.clamp(0, 1) * 255).round() / 255


def decibels(a: np.ndarray, b: np.ndarray) -> float:
    """Mean PSNR of uint8 pictures."""
    errors = ((a.astype(np.float64) - b) ** 2).mean(axis=(1, 2, 3))
    return float(np.mean(10 * np.log10(255**2 / errors)))


@torch.no_grad()
def upscaled(model: Compact, pictures: np.ndarray) -> np.ndarray:
    parts = np.array_split(pictures, -(-len(pictures) // 8))
    return np.concatenate([to_pictures(model((to_tensor(part) + 1) / 2) * 2 - 1) for part in parts])


def halves(pictures: np.ndarray) -> np.ndarray:
    """Half the size by the area filter."""
    return np.stack([np.asarray(Image.fromarray(picture).reduce(2)) for picture in pictures])


def bicubic(pictures: np.ndarray) -> np.ndarray:
    size = (pictures.shape[2] * 2, pictures.shape[1] * 2)
    return np.stack([np.asarray(Image.fromarray(picture).resize(size, Image.BICUBIC)) for picture in pictures])


def train(a) -> Compact:
    model, rng = Compact(), np.random.default_rng(0)
    quick_start(model)
    model.to(memory_format=torch.channels_last)
    sources, held = [drawn(a.pictures, 256), drawn(a.pictures // 4, 512)], drawn(16, 256, loop.FRESH - 16)

    def loss(step: int) -> torch.Tensor:
        """Charbonnier's: an absolute difference that is smooth at zero."""
        source = sources[int(rng.random() < 0.3)]
        whole = (to_tensor(crops(source, a.batch, a.crop, rng)) + 1) / 2
        made = model(halved(whole, rng).contiguous(memory_format=torch.channels_last)).float()
        return ((made - whole).pow(2) + 1e-6).sqrt().mean()

    def report(averaged: Compact) -> str:
        return f"{decibels(upscaled(averaged, halves(held)), held):.2f} dB"

    ends = ("body.0.", f"body.{len(model.body) - 1}.")
    return loop.optimise(model, loss, a, f"{a.out}/{NAME}/weights.pt", skip=ends, report=report)


def measure(path: str, count: int):
    model = Compact()
    model.load_state_dict({name: value.float() for name, value in load_file(path).items()})
    whole = drawn(count, 256, loop.FRESH)
    small = halves(whole)
    ours, theirs = decibels(upscaled(model, small), whole), decibels(bicubic(small), whole)
    print(f"{count} fresh portraits, 128 to 256: {ours:.2f} dB, bicubic {theirs:.2f} dB, {ours - theirs:+.2f} dB")


def main(a):
    torch.set_num_threads(a.threads)
    torch.manual_seed(0)
    path = f"{a.out}/{NAME}/{NAME}.safetensors"
    if not a.measure:
        loop.save_half(train(a).state_dict(), path)
    measure(path, a.fresh)


if __name__ == "__main__":
    parser = loop.arguments(__doc__, minutes=15, batch=8, lr=2e-3)
    parser.add_argument("--crop", type=int, default=96, help="side of the crops, in pixels of the larger picture")
    parser.add_argument("--pictures", type=int, default=2_000, help="portraits at 256 pixels; a quarter of it at 512")
    parser.add_argument("--fresh", type=int, default=100, help="portraits to measure on")
    main(parser.parse_args())
