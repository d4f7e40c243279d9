"""Trains the portrait world's SDXL-shaped UNet together with its two text encoders.

Needs what `dataset.py`, `make_tokenizer.py` and `train_vae.py` wrote.  The pictures' latents are
encoded beforehand; every picture gets a fresh caption each time it is used.  The run is bounded by
wall-clock time: warm-up, a constant learning rate, then a linear decay over the last part.

Errors count more where small things decide what a picture shows: the mouth, the face and the headphones
(`focus.npy`, by `dataset.py`).

For guidance, a share of the captions is empty; half of those become all-zero conditioning
(`force_zeros_for_empty_prompt`), the other half the encoded empty string.
"""

from __future__ import annotations

import argparse
import os
import random

import numpy as np
import torch
import torch.distributed as dist
from safetensors.torch import load_file
from transformers import CLIPTokenizer

import dataset
import make_tokenizer
import world
from denoiser import Denoiser, make_pipeline, quick_start
from muon import Optimizers, average_gradients
from training import MODEL, RUNS, Clock, Ema, Running

PREVIEW = ("a smiling person with red hair and glasses wearing headphones, blue background",
           "a frowning bald person wearing a yellow shirt, night sky with stars",
           "a surprised person with curly pink hair wearing a crown, green background",
           "a neutral person with long black hair and sunglasses wearing a cap, sunset",
           "a smiling person with dark skin and a blond bun wearing a white shirt, striped background",
           "a person with short blue hair wearing a beanie and headphones on a yellow background",
           "a smiling person with long brown hair, purple background", "")


@torch.no_grad()
def preview(model, a, path: str, steps: int = 20, scale: float = 5.0):
    pipeline = make_pipeline(model, a.model, a.vae).to(a.device)
    pipeline.set_progress_bar_config(disable=True)
    generator = torch.Generator().manual_seed(1)
    images = pipeline(list(PREVIEW), num_inference_steps=steps, guidance_scale=scale, generator=generator).images
    world.contact_sheet(images, 4, list(PREVIEW)).save(path)


FOCUS = (4.0, 1.0, 3.0)    # what mouth, face and headphones count more than the rest


class Captions:
    """Random captions of the training pictures as padded token ids for both encoders."""

    def __init__(self, count: int, tokenizer: CLIPTokenizer, empty: float, seed: int = 0):
        self.portraits = [world.sample(i) for i in range(count)]
        self.tokenizer, self.empty, self.rng = tokenizer, empty, random.Random(seed)
        self.end = tokenizer.eos_token_id

    def __call__(self, rows):
        texts = []
        for i in rows:
            text, _ = world.caption(self.portraits[i], self.rng, self.empty)
            if text and self.rng.random() < 0.12:
                text = world.decorate(text, self.rng)
            texts.append(text)
        ids = np.full((len(rows), 77), self.end, np.int64)
        ids_2 = np.zeros((len(rows), 77), np.int64)
        for row, tokens in enumerate(self.tokenizer(texts, truncation=True, max_length=77).input_ids):
            ids[row, :len(tokens)] = ids_2[row, :len(tokens)] = tokens
        keep = np.array([1.0 if t or self.rng.random() < 0.5 else 0.0 for t in texts], np.float32)
        return torch.from_numpy(ids), torch.from_numpy(ids_2), torch.from_numpy(keep)


def rate(progress: float, warmup: float, decay: float) -> float:
    """Warm-up, constant, linear decay to zero over the last `decay` of the run."""
    return max(0.0, min(1.0, progress / warmup, (1 - progress) / decay))


class Diffusion:
    """The noise of Stable Diffusion's schedule, and min-SNR weights (Hang et al., 2023) for the loss."""

    def __init__(self, gamma: float, device):
        betas = torch.linspace(0.00085**0.5, 0.012**0.5, 1000, dtype=torch.float64) ** 2
        signal = torch.cumprod(1 - betas, 0)
        weights = torch.clamp(signal / (1 - signal), max=gamma) * (1 - signal) / signal
        self.weights, self.signal, self.noise = (v.float().to(device) for v in (weights, signal.sqrt(), (1 - signal).sqrt()))

    def timesteps(self, batch: int) -> torch.Tensor:
        """Stratified: a batch covers the timesteps evenly, which lowers the gradient's variance."""
        even = (torch.randperm(batch) + torch.rand(batch)) * (1000 / batch)
        return even.long().clamp(max=999).to(self.signal.device)

    def losses(self, model, x: torch.Tensor, focus: torch.Tensor, ids, ids_2, keep):
        """The weighted loss of a batch of latents, and the plain one. `focus` weighs the cells, `[N, 1, h, w]`."""
        noise, t = torch.randn_like(x), self.timesteps(len(x))
        noisy = self.signal[t][:, None, None, None] * x + self.noise[t][:, None, None, None] * noise
        with torch.autocast(x.device.type, dtype=torch.bfloat16):
            predicted = model(noisy, t, ids, ids_2, keep)
        error = (predicted.float() - noise).pow(2)
        return ((error * focus).mean(dim=(1, 2, 3)) * self.weights[t]).mean(), error.mean()


def focus_of(cells: np.ndarray) -> torch.Tensor:
    """The weight of every cell, `[N, 1, h, w]`, one on the average of a picture: of mouth, face and headphones in it."""
    share = torch.from_numpy(cells).float() / 255
    weight = 1 + (share * torch.tensor(FOCUS)[:, None, None]).sum(1, keepdim=True)
    return weight / weight.mean(dim=(2, 3), keepdim=True)


def share_of(count: int, batch: int, rank: int, processes: int):
    """Endless batches of rows: every process shuffles alike and takes its share."""
    shuffle = torch.Generator().manual_seed(1)
    while True:
        rows = torch.randperm(count, generator=shuffle).tolist()[rank::processes]
        yield from (rows[i:i + batch] for i in range(0, len(rows) - batch + 1, batch))


def resume(model: Denoiser, path: str):
    """Goes on from the weights of a run, or from a model's folder."""
    if os.path.isfile(path):
        return model.load_state_dict(torch.load(path))
    for part, name in (("unet", "diffusion_pytorch_model"), ("text_encoder", "model"), ("text_encoder_2", "model")):
        weights = load_file(f"{path}/{part}/{name}.safetensors")
        getattr(model, part).load_state_dict({k: v.float() for k, v in weights.items()}, strict=part == "unet")


def begin(a, vocabulary: int) -> Denoiser:
    model = Denoiser(vocabulary)
    quick_start(model)
    if a.resume:
        resume(model, a.resume)
    model.to(a.device)
    return model


def agreed(progress: float, processes: int) -> float:
    """The first process's clock, so that all stop at the same step."""
    if processes == 1:
        return progress
    shared = torch.tensor([progress])
    dist.broadcast(shared, 0)
    return shared.item()


def optimise(rank: int, a, model: Denoiser, tokenizer) -> Ema:
    latents = torch.from_numpy(np.load(f"{a.work}/latents.npy")).to(a.device)
    cells = np.load(f"{a.data}/focus.npy", mmap_mode="r")
    captions, diffusion = Captions(len(latents), tokenizer, a.empty, seed=rank), Diffusion(a.gamma, a.device)
    ema, optimizer, parameters = Ema(model, a.ema), Optimizers(model, a.lr), list(model.parameters())
    torch.manual_seed(100 + rank)
    clock, weighted, plain = Clock(a.minutes), Running(0.99), Running(0.99)
    for rows in share_of(len(latents), a.batch // a.processes, rank, a.processes):
        progress = agreed(clock.progress, a.processes)
        if progress >= 1:
            return ema
        optimizer.rate(a.lr * rate(progress, a.warmup, a.decay))
        loss, error = diffusion.losses(model, latents[rows], focus_of(cells[rows]).to(a.device), *(t.to(a.device) for t in captions(rows)))
        optimizer.zero_grad()
        loss.backward()
        average_gradients(parameters)
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        ema.update()
        values = weighted.add(loss.item()), plain.add(error.item())
        if rank == 0 and clock.is_due():
            print(f"{clock.elapsed:5.1f} min  samples {ema.steps * a.batch:8d}  weighted {values[0]:.4f}  mse {values[1]:.4f}", flush=True)
            torch.save(ema.model.state_dict(), f"{a.work}/denoiser.pt")
    return ema


def train(rank: int, a):
    torch.set_num_threads(a.threads)
    if a.processes > 1:
        rendezvous = f"file://{os.path.abspath(a.work)}/rendezvous.{os.getppid()}"
        dist.init_process_group("gloo", init_method=rendezvous, rank=rank, world_size=a.processes)
    torch.manual_seed(0)
    tokenizer = CLIPTokenizer.from_pretrained(f"{a.model}/tokenizer")
    ema = optimise(rank, a, begin(a, len(tokenizer)), tokenizer)
    if rank == 0:
        torch.save(ema.model.state_dict(), f"{a.work}/denoiser.pt")
        preview(ema.model, a, f"{a.work}/preview.png")
        make_pipeline(ema.model, a.model, a.vae).to(torch.float16).save_pretrained(a.model)
        make_tokenizer.build(a.model)          # transformers rewrites them in its own format: restore CLIP's files


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=42)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--warmup", type=float, default=0.02)
    parser.add_argument("--decay", type=float, default=0.4)
    parser.add_argument("--ema", type=float, default=0.998)
    parser.add_argument("--gamma", type=float, default=5.0, help="min-SNR weighting")
    parser.add_argument("--empty", type=float, default=0.10)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--processes", type=int, default=1, help="data-parallel processes, each with `threads` threads")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--resume", help="weights or a model's folder to go on from")
    parser.add_argument("--data", default=dataset.DATA)
    parser.add_argument("--work", default=RUNS)
    parser.add_argument("--vae", default=f"{RUNS}/vae")
    parser.add_argument("--model", default=MODEL)
    return parser.parse_args()


def main(a):
    if a.processes == 1:
        train(0, a)
    else:
        torch.multiprocessing.spawn(train, (a,), nprocs=a.processes)


if __name__ == "__main__":
    main(arguments())
