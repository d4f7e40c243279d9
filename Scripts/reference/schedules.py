"""Noise levels by diffusers, k-diffusion and SciPy, and by the formulas of ComfyUI's `samplers.py`."""

import math

import numpy as np
import scipy.stats
from diffusers import EDMEulerScheduler, EulerDiscreteScheduler

import kdiffusion

MODEL = dict(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", num_train_timesteps=1000)
STEPS = (1, 2, 7, 20, 25, 30)
PLAYGROUND = (0.002, 80.0)
sampling = kdiffusion.load()


def model_sigmas(**changes):
    """The levels of the training steps, and diffusers' own scheduler for them."""
    scheduler = EulerDiscreteScheduler(**{**MODEL, **changes})
    products = scheduler.alphas_cumprod.double()
    return ((1 - products) / products).sqrt().numpy(), scheduler


def spaced(spacing, steps, offset):
    _, scheduler = model_sigmas(timestep_spacing=spacing, steps_offset=offset)
    scheduler.set_timesteps(steps)
    return scheduler.sigmas.tolist()


def at_timesteps(sigmas, timesteps):
    return [*np.exp(np.interp(timesteps, np.arange(len(sigmas)), np.log(sigmas))).tolist(), 0.0]


def normal(sigmas, steps):
    return at_timesteps(sigmas, np.linspace(len(sigmas) - 1, 0, steps))


def sgm_uniform(sigmas, steps):
    return at_timesteps(sigmas, np.linspace(len(sigmas) - 1, 0, steps + 1)[:-1])


def simple(sigmas, steps):
    stride = len(sigmas) / steps
    return [*(float(sigmas[-(1 + int(step * stride))]) for step in range(steps)), 0.0]


def ddim_uniform(sigmas, steps):
    return [*sigmas[1 :: max(len(sigmas) // steps, 1)][::-1].tolist(), 0.0]


def beta(sigmas, steps):
    quantiles = scipy.stats.beta.ppf(1 - np.linspace(0, 1, steps, endpoint=False), 0.6, 0.6)
    timesteps = dict.fromkeys(np.rint(quantiles * (len(sigmas) - 1)).astype(int).tolist())
    return [*(float(sigmas[timestep]) for timestep in timesteps), 0.0]


def karras(sigmas, steps):
    return sampling.get_sigmas_karras(steps, float(sigmas[0]), float(sigmas[-1])).double().tolist()


def exponential(sigmas, steps):
    return sampling.get_sigmas_exponential(steps, float(sigmas[0]), float(sigmas[-1])).double().tolist()


def kl_optimal(sigmas, steps):
    shares = np.arange(steps) / max(steps - 1, 1)
    return [*np.tan(shares * math.atan(sigmas[0]) + (1 - shares) * math.atan(sigmas[-1])).tolist(), 0.0]


def linear_quadratic(sigmas, steps):
    """Genmo's Mochi: through (linear steps, threshold) and (steps, 1), smooth where line and parabola meet."""
    if steps == 1:
        return [float(sigmas[-1]), 0.0]
    linear, threshold = steps // 2, 0.025
    slope, rest = threshold / linear, steps - linear
    # 1 = threshold + slope * rest + bend * rest²; the reference's own parabola has this slope at its start.
    bend = (1 - threshold - slope * rest) / rest**2
    ways = [slope * step for step in range(linear)]
    ways += [threshold + slope * step + bend * step**2 for step in range(rest + 1)]
    return [(1 - way) * float(sigmas[-1]) for way in ways]


COMFY = dict(normal=normal, karras=karras, exponential=exponential, sgm_uniform=sgm_uniform, simple=simple,
             ddim_uniform=ddim_uniform, beta=beta, linear_quadratic=linear_quadratic, kl_optimal=kl_optimal)  # fmt: skip


def playground(steps, spacing):
    scheduler = EDMEulerScheduler(*PLAYGROUND, sigma_schedule=spacing)
    scheduler.set_timesteps(steps)
    return scheduler.sigmas.tolist()


def cases():
    sigmas, _ = model_sigmas()
    continuous = np.exp(np.linspace(*np.log(PLAYGROUND), 1000))
    rows = []
    for steps in STEPS:
        add = lambda name, levels, offset=0, edm=False: rows.append(
            {"name": name, "steps": steps, "offset": offset, "edm": edm, "sigmas": levels}
        )
        for name, function in COMFY.items():
            add(name, function(sigmas, steps))
        for spacing, offset in (("leading", 1), ("leading", 0), ("trailing", 1), ("linspace", 0)):
            add(spacing, spaced(spacing, steps, offset), offset)
        add("karras", playground(steps, "karras"), edm=True)
        if steps > 1:  # diffusers' single level is the smallest.
            add("exponential", playground(steps, "exponential"), edm=True)
        for name in ("normal", "sgm_uniform", "simple", "ddim_uniform", "beta", "kl_optimal"):
            add(name, COMFY[name](continuous, steps), edm=True)
    return rows


def models():
    """The noise levels of differently configured models, every 111th of them."""
    rows = []
    linear = {"beta_schedule": "linear", "beta_start": 0.0001, "beta_end": 0.02}
    for changes in ({}, linear, {"beta_schedule": "squaredcos_cap_v2"}, {"rescale_betas_zero_snr": True}):
        sigmas, _ = model_sigmas(**changes)
        rows.append({**MODEL, "rescale_betas_zero_snr": False, **changes, "sigmas": sigmas[::111].tolist()})
    return rows


def predictions():
    """What an EDM network is given, and the clean latent by what it puts out, for 1.5 and -0.75."""
    rows = []
    for prediction in ("epsilon", "v_prediction"):
        scheduler = EDMEulerScheduler(*PLAYGROUND, prediction_type=prediction)
        for sigma in (0.002, 0.3, 7.0, 80.0):
            rows.append({
                "prediction": prediction, "sigma": sigma,
                "input": float(scheduler.precondition_inputs(1.5, sigma)),
                "timestep": float(scheduler.precondition_noise(sigma)),
                "clean": float(scheduler.precondition_outputs(1.5, -0.75, sigma))})  # fmt: skip
    return rows
