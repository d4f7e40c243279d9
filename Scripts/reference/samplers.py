"""Schedules by diffusers and by their formulas, and whole trajectories of the samplers, in f64.

The denoiser is exact: the clean value of a scalar whose distribution is a mixture of two normal ones.
"""

import json
import math

import numpy as np
from diffusers import EulerDiscreteScheduler

MODEL = dict(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", num_train_timesteps=1000)
STEPS = (1, 2, 7, 20, 25)
MIXTURE = ((0.3, -1.2, 0.35), (0.7, 0.8, 0.5))  # weight, mean, deviation


def denoise(x, sigma):
    """E[clean | x] for x = clean + sigma * noise."""
    variances = [s * s + sigma * sigma for _, _, s in MIXTURE]
    logs = [math.log(w) - (x - m) ** 2 / (2 * v) - 0.5 * math.log(v) for (w, m, _), v in zip(MIXTURE, variances)]
    top = np.maximum(*logs)
    weights = [np.exp(log - top) for log in logs]
    means = [(m * sigma * sigma + x * s * s) / v for (_, m, s), v in zip(MIXTURE, variances)]
    return sum(w * m for w, m in zip(weights, means)) / sum(weights)


def euler(x, sigmas, _):
    for sigma, following in zip(sigmas, sigmas[1:]):
        x = x + (x - denoise(x, sigma)) / sigma * (following - sigma)
        yield x


def euler_ancestral(x, sigmas, noise):
    for step, (sigma, following) in enumerate(zip(sigmas, sigmas[1:])):
        up = min(following, math.sqrt(following**2 * (sigma**2 - following**2) / sigma**2))
        down = math.sqrt(following**2 - up**2)
        x = x + (x - denoise(x, sigma)) / sigma * (down - sigma)
        if following > 0:
            x = x + noise[step] * up
        yield x


def dpmpp_2m(x, sigmas, _):
    previous, t = None, lambda sigma: -math.log(sigma)
    for step, (sigma, following) in enumerate(zip(sigmas, sigmas[1:])):
        clean = denoise(x, sigma)
        if following == 0:
            x = clean
        else:
            h = t(following) - t(sigma)
            target = clean
            if previous is not None:
                r = (t(sigma) - t(sigmas[step - 1])) / h
                target = (1 + 1 / (2 * r)) * clean - 1 / (2 * r) * previous
            x = following / sigma * x - math.expm1(-h) * target
        previous = clean
        yield x


def model_sigmas(**changes):
    """The levels of the training steps, and diffusers' own scheduler for them."""
    scheduler = EulerDiscreteScheduler(**{**MODEL, **changes})
    products = scheduler.alphas_cumprod.double()
    return ((1 - products) / products).sqrt().numpy(), scheduler


def spaced(spacing, steps, offset):
    _, scheduler = model_sigmas(timestep_spacing=spacing, steps_offset=offset)
    scheduler.set_timesteps(steps)
    return scheduler.sigmas.tolist()


def karras(steps):
    sigmas, _ = model_sigmas()
    ramp, low, high = np.linspace(0, 1, steps), sigmas[0] ** (1 / 7), sigmas[-1] ** (1 / 7)
    return [*((high + ramp * (low - high)) ** 7).tolist(), 0.0]


def normal(steps):
    sigmas, _ = model_sigmas()
    timesteps = np.linspace(len(sigmas) - 1, 0, steps)
    return [*np.exp(np.interp(timesteps, np.arange(len(sigmas)), np.log(sigmas))).tolist(), 0.0]


def schedules():
    cases = []
    for steps in STEPS:
        cases += [
            {"name": "normal", "steps": steps, "offset": 1, "sigmas": normal(steps)},
            {"name": "karras", "steps": steps, "offset": 1, "sigmas": karras(steps)},
            {"name": "leading", "steps": steps, "offset": 1, "sigmas": spaced("leading", steps, 1)},
            {"name": "leading", "steps": steps, "offset": 0, "sigmas": spaced("leading", steps, 0)},
            {"name": "trailing", "steps": steps, "offset": 1, "sigmas": spaced("trailing", steps, 1)},
        ]
    return cases


def trajectories():
    cases = []
    samplers = {"euler": euler, "euler_ancestral": euler_ancestral, "dpmpp_2m": dpmpp_2m}
    for schedule, sigmas in (("karras", karras(12)), ("leading", spaced("leading", 12, 1))):
        # Rounded as the program holds them, so that only the arithmetic is compared.
        sigmas = [float(np.float32(sigma)) for sigma in sigmas]
        generator = np.random.default_rng(5)
        start = np.float32(generator.standard_normal(8) * sigmas[0]).astype(float)
        noise = np.float32(generator.standard_normal((12, 8))).astype(float)
        for name, sampler in samplers.items():
            steps = [x.tolist() for x in sampler(start, sigmas, noise)]
            cases.append({
                "sampler": name, "schedule": schedule, "sigmas": sigmas, "start": start.tolist(),
                "noise": noise.tolist(), "steps": steps})
    return cases


def models():
    """The noise levels of differently configured models, every 111th of them."""
    cases = []
    linear = {"beta_schedule": "linear", "beta_start": 0.0001, "beta_end": 0.02}
    for changes in ({}, linear, {"beta_schedule": "squaredcos_cap_v2"}, {"rescale_betas_zero_snr": True}):
        sigmas, _ = model_sigmas(**changes)
        cases.append({**MODEL, "rescale_betas_zero_snr": False, **changes, "sigmas": sigmas[::111].tolist()})
    return cases


def write(fixtures):
    parts = {"models": models(), "schedules": schedules(), "trajectories": trajectories()}
    (fixtures / "sampling.json").write_text(json.dumps(parts) + "\n")
