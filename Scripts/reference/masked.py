"""Latents that are made anew in parts, in f64: Euler's method on the exact denoiser of `samplers.py`, with ComfyUI's rule for
masks and the thresholds of differential diffusion."""

import json

import numpy as np

import samplers
import schedules

WEIGHTS = [1, 1, 0, 0, 0.25, 0.5, 0.75, 0.9]


def run(sigmas, latent, noise, weights_at):
    x = latent + noise * sigmas[0]
    for sigma, following in zip(sigmas, sigmas[1:]):
        weights = weights_at(sigma)
        seen = x * weights + (latent + noise * sigma) * (1 - weights)
        clean = samplers.denoise(seen, sigma) * weights + latent * (1 - weights)
        x = x + (x - clean) / sigma * (following - sigma)
    return x


def write(fixtures):
    levels, _ = schedules.model_sigmas()
    generator = np.random.default_rng(8)
    latent, noise = (np.float32(generator.standard_normal(8)).astype(float) for _ in range(2))
    sigmas = [float(np.float32(s)) for s in schedules.karras(levels, 9)[1:]]
    weights = np.array(WEIGHTS)

    def timestep(sigma):
        return np.interp(np.log(max(sigma, levels[0])), np.log(levels), np.arange(len(levels)))

    def threshold(sigma):
        first, last = timestep(sigmas[0]), timestep(sigmas[-1])
        # Where nothing is to be made anew, nothing is, not even in the last step.
        return ((weights >= (timestep(sigma) - last) / (first - last)) & (weights > 0)).astype(float)

    runs = {"hard": run(sigmas, latent, noise, lambda _: weights), "soft": run(sigmas, latent, noise, threshold)}
    case = {"weights": WEIGHTS, "latent": latent, "noise": noise, "sigmas": sigmas, **runs}
    (fixtures / "masked.json").write_text(json.dumps({k: list(v) for k, v in case.items()}) + "\n")
