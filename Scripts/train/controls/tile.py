"""Tiles: the base draws the detail of a picture that was enlarged, a piece of it at a time.

The base knows whole portraits alone.  Here it learns from pieces of larger drawings what a piece is: the hint is the piece
after shrinking and enlarging again.  Measured: how near redrawn pieces come to the drawing (PSNR), beside what the base
makes of them by itself and beside the enlarged pieces.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import numpy as np
import torch
from diffusers import ControlNetModel, StableDiffusionXLControlNetImg2ImgPipeline
from PIL import Image
from safetensors.torch import load_file

import loop
import world
from base import DELIVERED, Base, Captioned
from train_upscaler import decibels
from train_vae import encode_all

SIDE = world.SIZE
PIECES = {128: 1, 256: 4, 384: 6, 512: 8}          # how many of a portrait drawn at a size
PIECES_OF_GROUP = 6
ENLARGED = (1.0, 4.0)                              # how many times, in training
FILTERS = (Image.BICUBIC, Image.LANCZOS)


def start(base: Base) -> ControlNetModel:
    """The ControlNet for edges: it knows already how to lead the base."""
    folder = f"{DELIVERED}/controlnet/default-edges"
    net = ControlNetModel.from_config(ControlNetModel.load_config(folder))     # from_pretrained would write down where it was
    net.load_state_dict(load_file(f"{folder}/diffusion_pytorch_model.safetensors"))
    return net


class Scene(NamedTuple):
    """What pieces are taken from."""

    draw: Callable[[], world.Picture | world.GroupPicture]
    portrait: world.Portrait      # whom it shows; of a group, the one in front
    pieces: int


def scenes(first: int) -> Iterator[Scene]:
    """Portraits of many sizes, and a group after each round of these."""
    for seed in itertools.count(first, len(PIECES) + 1):
        for i, (size, pieces) in enumerate(PIECES.items()):
            portrait = world.sample(seed + i)
            yield Scene(partial(world.render, portrait, size), portrait, pieces)
        group = world.sample_group(seed)
        front = replace(group.people[-1], background=group.background)
        yield Scene(partial(world.render_group, group), front, PIECES_OF_GROUP)


def shown(count: int, first: int = 0) -> list[world.Portrait]:
    """Of whom each piece shows a part."""
    return list(itertools.islice((scene.portrait for scene in scenes(first) for _ in range(scene.pieces)), count))


def pieces(count: int, first: int = 0) -> np.ndarray:
    """uint8 `[count, 128, 128, 3]`, from random places."""
    rng, images = np.random.default_rng(first), []
    for scene in scenes(first):
        picture = np.asarray(scene.draw().image)
        for _ in range(scene.pieces):
            y, x = (rng.integers(0, length - SIDE + 1) for length in picture.shape[:2])
            images.append(picture[y:y + SIDE, x:x + SIDE])
        if len(images) >= count:
            return np.stack(images[:count])


def stored_pieces(count: int, folder: str) -> np.ndarray:
    """The same, drawn once."""
    path = f"{folder}/pieces-{count}.npy"
    if not os.path.exists(path):
        os.makedirs(folder, exist_ok=True)
        np.save(path, pieces(count))
    return np.load(path, mmap_mode="r")


def softened(piece: np.ndarray, rng: np.random.Generator, enlarged: tuple[float, float] = ENLARGED) -> np.ndarray:
    """The piece as it looks when its picture has been enlarged from a smaller one."""
    small, image = round(SIDE / rng.uniform(*enlarged)), Image.fromarray(piece)
    shrunk = image.resize((small, small), Image.BICUBIC if rng.random() < 0.5 else Image.BOX)
    return np.asarray(shrunk.resize(image.size, FILTERS[rng.integers(len(FILTERS))]))


def examples(base: Base, a):
    images = stored_pieces(a.pictures, a.data)
    latents = encode_all(base.vae, images) * base.vae.config.scaling_factor
    batches, rng = Captioned(latents, a.batch, a.empty, shown(len(images))), np.random.default_rng(2)

    def batch():
        rows, x, texts = batches()
        return x, texts, np.stack([softened(images[i], rng) for i in rows])

    return batch


def timesteps(even: torch.Tensor) -> torch.Tensor:
    """As they are: a tile is drawn anew in part or as a whole."""
    return even


def report(base: Base, net: ControlNetModel, a) -> str:
    near, softened_only = redrawn(base, net, 4, a.batch, steps=6)
    return f"{near:.2f} dB, {near - softened_only:+.2f} dB"


def measure(base: Base, net: ControlNetModel, a) -> str:
    led, enlarged = redrawn(base, net, a.fresh, a.batch)
    alone, _ = redrawn(base, net, a.fresh, a.batch, strength=0.0)
    return f"{a.fresh} fresh pieces: {led:.2f} dB, without the ControlNet {alone:.2f} dB, before they were redrawn {enlarged:.2f} dB"


@torch.no_grad()
def redrawn(base: Base, net: ControlNetModel, count: int, batch: int, steps: int = 20, denoise: float = 0.5,
            strength: float = 1.0) -> tuple[float, float]:
    """PSNR of pieces enlarged twice and drawn anew in part, and of the enlarged pieces themselves."""
    pipeline, rng = base.led(StableDiffusionXLControlNetImg2ImgPipeline, net), np.random.default_rng(0)
    truths = pieces(count, loop.FRESH)
    hints = np.stack([softened(piece, rng, (2, 2)) for piece in truths])
    texts, drawn = [world.caption(p, random.Random(i), empty=0)[0] for i, p in enumerate(shown(count, loop.FRESH))], []
    for i in range(0, count, batch):
        part = [Image.fromarray(hint) for hint in hints[i:i + batch]]
        generators = [torch.Generator().manual_seed(i + j) for j in range(len(part))]
        drawn += pipeline(texts[i:i + batch], image=part, control_image=part, num_inference_steps=steps, strength=denoise,
                          guidance_scale=3.0, controlnet_conditioning_scale=strength, generator=generators).images
    return decibels(np.stack([np.asarray(picture) for picture in drawn]), truths), decibels(hints, truths)
