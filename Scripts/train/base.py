"""The trained model that companions are made for: its weights stay as they are."""

from __future__ import annotations

import argparse
import os
import random

import numpy as np
import torch
from diffusers import StableDiffusionXLPipeline

import dataset
import loop
import world
from denoiser import TIME_IDS
from evaluate import DEFAULT_MODEL
from train_unet import Diffusion
from train_vae import encode_all

DELIVERED = os.path.join(os.path.dirname(DEFAULT_MODEL), "companions")     # what `loop.COMPANIONS` becomes


class Base:
    """A model in diffusers' layout, frozen, with the noise that it was trained under."""

    def __init__(self, folder: str):
        self.pipeline = StableDiffusionXLPipeline.from_pretrained(folder, dtype=torch.float32, add_watermarker=False)
        self.pipeline.set_progress_bar_config(disable=True)
        self.unet, self.vae = self.pipeline.unet, self.pipeline.vae
        for part in (self.unet, self.vae, self.pipeline.text_encoder, self.pipeline.text_encoder_2):
            part.eval().requires_grad_(False)
        self.unet.to(memory_format=torch.channels_last)
        self.diffusion = Diffusion(gamma=5.0, device="cpu")

    @torch.no_grad()
    def prompts(self, texts: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
        """Contexts `[N, 77, width]` and pooled outputs; those of empty texts are zeros."""
        context, _, pooled, _ = self.pipeline.encode_prompt(texts, do_classifier_free_guidance=False)
        keep = torch.tensor([float(bool(text)) for text in texts])
        return context * keep[:, None, None], pooled * keep[:, None]

    def led(self, kind: type, net) -> StableDiffusionXLPipeline:
        """A pipeline of another kind, of the same parts and a ControlNet."""
        parts = {name: part for name, part in self.pipeline.components.items() if name not in ("image_encoder", "feature_extractor")}
        pipeline = kind(**parts, controlnet=net, add_watermarker=False)
        pipeline.set_progress_bar_config(disable=True)
        return pipeline

    def noisy(self, x: torch.Tensor, noise: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        """Latents `[N, 4, H, W]` at the timesteps `[N]`."""
        signal, share = self.diffusion.signal[t], self.diffusion.noise[t]
        return (signal[:, None, None, None] * x + share[:, None, None, None] * noise).contiguous(memory_format=torch.channels_last)

    def predict(self, noisy: torch.Tensor, t: torch.Tensor, context: torch.Tensor, pooled: torch.Tensor, **more) -> torch.Tensor:
        """The noise that the UNet sees; `more` are residuals of a ControlNet."""
        return self.unet(noisy, t, context, added_cond_kwargs=added(pooled), return_dict=False, **more)[0].float()

    def loss(self, predicted: torch.Tensor, noise: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        """Mean square with min-SNR weights, as the model itself was trained."""
        return ((predicted - noise).pow(2).mean(dim=(1, 2, 3)) * self.diffusion.weights[t]).mean()


def added(pooled: torch.Tensor) -> dict[str, torch.Tensor]:
    """What SDXL's networks take beside the context."""
    return {"text_embeds": pooled, "time_ids": pooled.new_tensor(TIME_IDS).expand(len(pooled), 6)}


class Captioned:
    """Endless batches of the training pictures' rows, latents and captions. Without portraits, row i shows that of seed i."""

    def __init__(self, latents: torch.Tensor, batch: int, empty: float, portraits: list[world.Portrait] | None = None):
        self.latents, self.batch, self.empty, self.rng = latents, batch, empty, random.Random(1)
        self.portraits = portraits or [world.sample(i) for i in range(len(latents))]

    def __call__(self) -> tuple[list[int], torch.Tensor, list[str]]:
        rows = self.rng.sample(range(len(self.latents)), self.batch)
        return rows, self.latents[rows], [world.caption(self.portraits[i], self.rng, self.empty)[0] for i in rows]


def arguments(description: str, minutes: float, batch: int, lr: float) -> argparse.ArgumentParser:
    """The arguments of scripts that train beside a base."""
    parser = loop.arguments(description, minutes, batch, lr)
    parser.add_argument("--base", default=DEFAULT_MODEL, help="the model's folder")
    parser.add_argument("--data", default=dataset.DATA)
    parser.add_argument("--latents", help="what train_vae.py wrote with the base's autoencoder; else they are encoded anew")
    parser.add_argument("--pictures", type=int, default=12_000, help="pictures to train on")
    parser.add_argument("--fresh", type=int, default=100, help="portraits to measure on")
    return parser


@torch.no_grad()
def latents_of(base: Base, images: np.ndarray, a) -> torch.Tensor:
    """The scaled latents of the first pictures."""
    if a.latents:
        return torch.from_numpy(np.load(a.latents, mmap_mode="r")[:a.pictures].astype(np.float32))
    return encode_all(base.vae, images) * base.vae.config.scaling_factor


def fresh(count: int) -> tuple[list[world.Portrait], list[str], list[frozenset[str]]]:
    """Portraits that no training saw, a caption of each, and what it names."""
    portraits = [world.sample(loop.FRESH + i) for i in range(count)]
    texts, named = zip(*(world.caption(p, random.Random(i), empty=0) for i, p in enumerate(portraits)))
    return portraits, list(texts), list(named)
