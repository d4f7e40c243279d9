"""Trains the portrait world's AutoencoderKL (factor 8, four latent channels).

Loss: the logarithm of each picture's squared error, whose mean is what PSNR measures, + multi-scale gradient L1
(sharp outlines) + a light KL term that keeps the latents compact.
The run is bounded by wall-clock time; the learning rate follows a cosine over that time.

After training, the latents' per-channel offset is folded into the 1x1 convolutions around the
latents and every channel gets the same deviation, so that one `scaling_factor`, as in Stable
Diffusion, makes them zero-mean and unit-variance.
"""

from __future__ import annotations

import argparse
import os

import numpy as np
import torch
import torch.nn.functional as F
from diffusers import AutoencoderKL
from diffusers.models.resnet import ResnetBlock2D

import dataset
from muon import Optimizers
from training import RUNS, Clock, Ema, Running, cosine, to_tensor
from world import SIZE


AUTOCAST = True    # products in bf16, which halves a step's time where the processor has them


def make_vae(channels=(16, 24, 48, 64), layers=1) -> AutoencoderKL:
    return AutoencoderKL(
        in_channels=3, out_channels=3, latent_channels=4, sample_size=SIZE,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
        block_out_channels=tuple(channels), layers_per_block=layers, norm_num_groups=8,
        act_fn="silu", force_upcast=False,
    )


@torch.no_grad()
def quick_start(vae):
    """Little noise on the latents, else it drowns them at first, and residual branches that do nothing yet."""
    vae.quant_conv.weight[4:] *= 0.1
    vae.quant_conv.bias[4:] = -6.0
    for module in vae.modules():
        if isinstance(module, ResnetBlock2D):
            module.conv2.weight.zero_()
            module.conv2.bias.zero_()


def edge_loss(a: torch.Tensor, b: torch.Tensor, scales: int = 3) -> torch.Tensor:
    """L1 between the pictures' horizontal and vertical differences, on a pyramid."""
    d = a - b
    total = 0.0
    for scale in range(scales):
        total = total + (d[..., :, 1:] - d[..., :, :-1]).abs().mean() + (d[..., 1:, :] - d[..., :-1, :]).abs().mean()
        if scale + 1 < scales:
            d = F.avg_pool2d(d, 2)
    return total / scales


def losses(vae, x: torch.Tensor, kl_weight: float):
    """The whole loss of a batch, and the reconstruction's part of it."""
    with torch.autocast(x.device.type, dtype=torch.bfloat16, enabled=AUTOCAST):
        posterior = vae.encode(x).latent_dist
        y = vae.decode(posterior.sample()).sample.float()
    error = (y - x).pow(2).mean(dim=(1, 2, 3))
    reconstruction = 0.1 * torch.log(error + 1e-5).mean() + 2 * edge_loss(y, x)
    kl = 0.5 * (posterior.mean.pow(2) + posterior.var - 1 - posterior.logvar).mean()
    return reconstruction + kl_weight * kl, reconstruction


@torch.no_grad()
def measure(vae, images: np.ndarray, device="cpu", batch: int = 32) -> float:
    """PSNR in dB (mean over pictures) of the reconstruction from the latents' mean."""
    values = []
    for i in range(0, len(images), batch):
        x = to_tensor(images[i:i + batch], device)
        y = vae.decode(vae.encode(x).latent_dist.mean).sample.clamp(-1, 1)
        mse = ((x - y) / 2).pow(2).mean(dim=(1, 2, 3))
        values.append(-10 * torch.log10(mse))
    return torch.cat(values).mean().item()


@torch.no_grad()
def encode_all(vae, images, device="cpu", batch: int = 64) -> torch.Tensor:
    """The latents' means of every picture, not yet scaled."""
    starts = range(0, len(images), batch)
    return torch.cat([
        vae.encode(to_tensor(images[i:i + batch], device)).latent_dist.mean.contiguous().cpu() for i in starts
    ])


@torch.no_grad()
def normalise(vae, latents: torch.Tensor) -> float:
    """Folds the channels' offsets and relative deviations into the model; returns the scaling factor."""
    mean = latents.mean(dim=(0, 2, 3)).double()
    deviation = latents.double().var(dim=(0, 2, 3), unbiased=False).sqrt()
    overall = deviation.mean()
    gain = (overall / deviation).float()
    q, p = vae.quant_conv, vae.post_quant_conv
    p.bias += torch.einsum("oc,c->o", p.weight[:, :, 0, 0], mean.float())
    p.weight /= gain[None, :, None, None]
    q.weight[:4] *= gain[:, None, None, None]
    q.bias[:4] = (q.bias[:4] - mean.float()) * gain
    q.bias[4:] += 2 * gain.log()
    factor = round(float(1 / overall), 5)
    vae.register_to_config(scaling_factor=factor)
    return factor


def batch_of(images, count: int, rng, crop: int | None) -> np.ndarray:
    """Random pictures, or random crops of random pictures."""
    batch = images[np.sort(rng.integers(0, len(images), count))]
    if crop is None:
        return batch
    y, x = rng.integers(0, SIZE - crop + 1, (2, count))
    return np.stack([b[j:j + crop, i:i + crop] for b, j, i in zip(batch, y, x)])


def train(images, held, a) -> AutoencoderKL:
    """Crops for most of the run, whole pictures at its end. Returns the averaged model."""
    vae = make_vae() if a.resume is None else AutoencoderKL.from_pretrained(a.resume, torch_dtype=torch.float32)
    vae.to(a.device).train()
    if a.resume is None:
        quick_start(vae)
    ema, optimizer, rng = Ema(vae, 0.995), Optimizers(vae, a.lr, weight_decay=1e-3), np.random.default_rng(0)
    clock, running = Clock(a.minutes), Running(0.98)
    while (progress := clock.progress) < 1:
        whole = progress > 1 - a.full
        count = max(2, a.batch * a.crop**2 // SIZE**2) if whole else a.batch
        batch = to_tensor(batch_of(images, count, rng, None if whole else a.crop), a.device)
        optimizer.rate(a.lr * cosine(progress))
        loss, reconstruction = losses(vae, batch, a.kl)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(vae.parameters(), 1.0)
        optimizer.step()
        ema.update()
        value = running.add(reconstruction.item())
        if clock.is_due():
            psnr = measure(ema.model, held[:32], a.device)
            print(f"{clock.elapsed:5.1f} min  step {ema.steps:6d}  loss {value:.4f}  PSNR {psnr:.2f}", flush=True)
            ema.model.save_pretrained(f"{a.out}/vae-last")
    return ema.model


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=12.5)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--crop", type=int, default=64, help="side of the crops for most of the run")
    parser.add_argument("--full", type=float, default=0.2, help="fraction of the run, at its end, on whole pictures")
    parser.add_argument("--lr", type=float, default=2.5e-3)
    parser.add_argument("--kl", type=float, default=1e-4, help="weight of the mean KL per latent value")
    parser.add_argument("--resume", help="the folder of an autoencoder to go on from")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--data", default=dataset.DATA)
    parser.add_argument("--holdout", type=int, default=512)
    parser.add_argument("--out", default=RUNS)
    parser.add_argument("--latents", type=int, default=18_000, help="pictures to encode afterwards")
    return parser.parse_args()


def main(a):
    torch.set_num_threads(a.threads)
    torch.manual_seed(0)
    os.makedirs(a.out, exist_ok=True)
    images, _ = dataset.load(a.data)
    held = images[len(images) - a.holdout:]
    vae = train(images[:len(images) - a.holdout], held, a)
    psnr = measure(vae, held, a.device)
    factor = normalise(vae, encode_all(vae, held, a.device))
    print(f"PSNR {psnr:.2f} dB (after normalising {measure(vae, held, a.device):.2f})  scaling_factor {factor}", flush=True)
    vae.save_pretrained(f"{a.out}/vae")
    latents = encode_all(vae, images[:a.latents], a.device) * factor
    np.save(f"{a.out}/latents.npy", latents.numpy())
    print(f"{len(latents)} latents, mean {latents.mean():.3f} std {latents.std():.3f}")


if __name__ == "__main__":
    main(arguments())
