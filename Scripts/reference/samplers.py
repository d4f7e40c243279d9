"""Whole trajectories of the samplers in f64: k-diffusion's own, and those that it lacks by their papers' formulas.

The denoiser is exact: the clean value of a scalar whose distribution is a mixture of two normal ones.
"""

import inspect
import json
import math

import numpy as np
import torch
from scipy import integrate

import schedules
from schedules import sampling

MIXTURE = ((0.3, -1.2, 0.35), (0.7, 0.8, 0.5))  # weight, mean, deviation


def denoise(x, sigma):
    """E[clean | x] for x = clean + sigma * noise."""
    variances = [s * s + sigma * sigma for _, _, s in MIXTURE]
    logs = [math.log(w) - (x - m) ** 2 / (2 * v) - 0.5 * math.log(v) for (w, m, _), v in zip(MIXTURE, variances)]
    top = np.maximum(*logs)
    weights = [np.exp(log - top) for log in logs]
    means = [(m * sigma * sigma + x * s * s) / v for (_, m, s), v in zip(MIXTURE, variances)]
    return sum(w * m for w, m in zip(weights, means)) / sum(weights)


def by_k_diffusion(name):
    """One of k-diffusion's samplers; those that take noise are given it."""
    function = getattr(sampling, f"sample_{name}")
    takes_noise = "noise_sampler" in inspect.signature(function).parameters

    def sample(model, x, sigmas, noise):
        options = {"noise_sampler": lambda sigma, following: torch.tensor(noise(float(sigma), float(following)))}
        return function(
            lambda x, sigma: torch.tensor(model(x.numpy(), float(sigma.flatten()[0]))), torch.tensor(x),
            torch.tensor(sigmas, dtype=torch.float64), disable=True, **(options if takes_noise else {})).numpy()  # fmt: skip

    return sample


def ddpm(model, x, sigmas, noise):
    """Ho et al. (2020), algorithm 2, on the latent of variance one that they have."""
    for sigma, following in zip(sigmas, sigmas[1:]):
        epsilon = (x - model(x, sigma)) / sigma
        product, next_product = 1 / (1 + sigma**2), 1 / (1 + following**2)
        alpha = product / next_product
        y = x * math.sqrt(product)
        y = (y - (1 - alpha) / math.sqrt(1 - product) * epsilon) / math.sqrt(alpha)
        if following > 0:
            variance = (1 - next_product) / (1 - product) * (1 - alpha)
            y = y + math.sqrt(variance) * noise(sigma, following)
        x = y / math.sqrt(next_product)
    return x


def ddim(model, x, sigmas, _):
    """Song et al. (2021), equation 12 with sigma 0, on the latent of variance one that they have."""
    for sigma, following in zip(sigmas, sigmas[1:]):
        product, next_product = 1 / (1 + sigma**2), 1 / (1 + following**2)
        y = x * math.sqrt(product)
        clean = model(x, sigma)
        epsilon = (y - math.sqrt(product) * clean) / math.sqrt(1 - product)
        y = math.sqrt(next_product) * clean + math.sqrt(1 - next_product) * epsilon
        x = y / math.sqrt(next_product)
    return x


def lcm(model, x, sigmas, noise):
    for sigma, following in zip(sigmas, sigmas[1:]):
        x = model(x, sigma)
        if following > 0:
            x = x + following * noise(sigma, following)
    return x


def ipndm(model, x, sigmas, _):
    """Adams and Bashforth's weights for even steps, from the integrals that they are."""
    slopes = []
    for sigma, following in zip(sigmas, sigmas[1:]):
        slopes = [(x - model(x, sigma)) / sigma, *slopes[:3]]
        nodes = -np.arange(len(slopes), dtype=float)
        for slope, weight in zip(slopes, lagrange_weights(nodes, lambda polynomial: polynomial.integ()(1))):
            x = x + (following - sigma) * weight * slope
    return x


def lagrange_weights(nodes, integral):
    """The integrals of the polynomials that are 1 at one node and 0 at the others."""
    weights = []
    for index, node in enumerate(nodes):
        others = np.delete(nodes, index)
        weights.append(integral(np.poly1d(others, True) / np.prod(node - others)))
    return weights


def deis(model, x, sigmas, _):
    """diff-sampler's tAB-DEIS of order 3: `sigma_min`, `sigma_max` and 10,000 points are its defaults."""
    low, high, epsilon = math.log(0.002**2 + 1), math.log(80.0**2 + 1), 1e-3
    growth = 2 * (low / epsilon - high) / (epsilon - 1)
    least = high - growth / 2
    time = lambda sigma: (math.sqrt(least**2 + 2 * growth * math.log(sigma**2 + 1)) - least) / growth

    def level_rate(times):
        level = np.sqrt(np.expm1(growth * times**2 / 2 + least * times))
        return (level**2 + 1) * (growth * times + least) / (2 * level)

    times, slopes = [], []
    for sigma, following in zip(sigmas, sigmas[1:]):
        times, slopes = [time(sigma), *times[:2]], [(x - model(x, sigma)) / sigma, *slopes[:2]]
        if following == 0 or len(slopes) == 1:
            x = x + (following - sigma) * slopes[0]
            continue
        points = np.linspace(times[0], time(following), 10_000)
        step = (points[-1] - points[0]) / len(points)
        rule = lambda polynomial: (level_rate(points) * polynomial(points)).sum() * step
        for slope, weight in zip(slopes, lagrange_weights(np.array(times), rule)):
            x = x + weight * slope
    return x


def res_multistep(model, x, sigmas, _):
    """Exponential Adams: the clean value goes on along the line through the last two, in -log(sigma)."""
    last = None
    for sigma, following in zip(sigmas, sigmas[1:]):
        clean = model(x, sigma)
        if following == 0:
            x = clean
        else:
            start, end = -math.log(sigma), -math.log(following)
            slope = 0 if last is None else (clean - last[1]) / (start - last[0])
            width = end - start
            # x' = x_start e^-h + ∫ e^-(h - s) (clean + slope s) ds, in closed form.
            x = x * math.exp(-width) + clean * -math.expm1(-width) + slope * (width + math.expm1(-width))
            last = (start, clean)
    return x


def uni_pc(variant):
    """Zhao et al. (2023), algorithms 1 and 2 on the latent of variance one, with ComfyUI's orders."""

    def sample(model, x, sigmas, _):
        sigmas = [*sigmas[:-1], sigmas[-1] or 0.001]
        alpha = lambda sigma: 1 / math.sqrt(1 + sigma**2)
        data = lambda y, sigma: model(y / alpha(sigma), sigma)
        steps, y = len(sigmas) - 1, x * alpha(sigmas[0])
        order = min(3, steps - 1)
        history = [(sigmas[0], data(y, sigmas[0]))]
        for step in range(1, steps + 1):
            is_last = step == steps
            p = 1 if is_last else step if step < order else min(order, steps + 1 - step)
            y, clean = uni_pc_step(y, history[-p:], sigmas[step], alpha, variant, None if is_last else data)
            history = [*history, (sigmas[step], clean)][-3:]
        return y / alpha(sigmas[-1])

    return sample


def uni_pc_step(y, history, sigma, alpha, variant, data):
    (start, clean), past = history[-1], history[-2::-1]
    h = math.log(start / sigma)
    scale = -h if variant == 1 else math.expm1(-h)
    ratios = [math.log(start / earlier) / h for earlier, _ in past]
    differences = [(value - clean) / ratio for (_, value), ratio in zip(past, ratios)]
    # Equation 8's right sides, k! h φ_{k+1}(h), by the integrals that define φ.
    integral = lambda k: integrate.quad(lambda t: math.exp((t - 1) * h) * t**k, 0, 1, epsabs=1e-14)[0]
    sides = np.array([-h * integral(k) for k in range(1, len(history) + 1)]) / scale
    base = y * (sigma * alpha(sigma)) / (start * alpha(start)) - alpha(sigma) * math.expm1(-h) * clean
    powers = lambda nodes: np.vander(np.array(nodes), increasing=True).T
    weights = [0.5] if len(past) == 1 else np.linalg.solve(powers(ratios), sides[: len(past)]) if past else []
    total = lambda ws, ds: alpha(sigma) * scale * sum(w * d for w, d in zip(ws, ds))
    predicted = base - total(weights, differences)
    if data is None:
        return predicted, None
    value = data(predicted, sigma)
    weights = [0.5] if not past else np.linalg.solve(powers([*ratios, 1.0]), sides)
    return base - total(weights, [*differences, value - clean]), value


SAMPLERS = {
    name: by_k_diffusion(name)
    for name in ("euler", "euler_ancestral", "heun", "dpm_2", "dpm_2_ancestral", "lms", "dpmpp_2s_ancestral",
                 "dpmpp_sde", "dpmpp_2m", "dpmpp_2m_sde", "dpmpp_3m_sde")  # fmt: skip
} | dict(ddpm=ddpm, ddim=ddim, lcm=lcm, uni_pc=uni_pc(1), uni_pc_bh2=uni_pc(2), deis=deis, ipndm=ipndm,
         res_multistep=res_multistep)  # fmt: skip


def trajectory(name, sigmas, start, noises):
    """Every latent that the denoiser was given, with its level, and the last; and between which levels noise was."""
    seen, spans = [], []

    def model(x, sigma):
        seen.append([sigma, *x.tolist()])
        return denoise(x, sigma)

    def noise(sigma, following):
        spans.append([sigma, following])
        return noises[len(spans) - 1]

    result = SAMPLERS[name](model, start, sigmas, noise)
    return {"sampler": name, "seen": rounded(seen), "spans": rounded(spans), "result": rounded([result.tolist()])[0]}


def rounded(rows):
    return [[float(f"{value:.9g}") for value in row] for row in rows]


def runs():
    cases = []
    levels = schedules.model_sigmas()[0]
    for sigmas in (schedules.karras(levels, 12), schedules.spaced("leading", 12, 1), schedules.normal(levels, 9)[:-1]):
        # Rounded as the program holds them, so that only the arithmetic is compared.
        sigmas = [float(np.float32(sigma)) for sigma in sigmas]
        generator = np.random.default_rng(5)
        start = np.float32(generator.standard_normal(6) * sigmas[0]).astype(float)
        noise = np.float32(generator.standard_normal((24, 6))).astype(float)
        cases.append({
            "sigmas": sigmas, "start": start.tolist(), "noise": noise.tolist(),
            "trajectories": [trajectory(name, sigmas, start, noise) for name in SAMPLERS]})  # fmt: skip
    return cases


def write(fixtures):
    parts = {"models": schedules.models(), "schedules": schedules.cases(), "predictions": schedules.predictions(),
             "runs": runs()}  # fmt: skip
    for row in parts["schedules"]:
        row["sigmas"] = rounded([row["sigmas"]])[0]
    (fixtures / "sampling.json").write_text(json.dumps(parts, separators=(",", ":")) + "\n")
