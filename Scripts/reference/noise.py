"""Normal numbers of PyTorch's generators and of NumPy's, and a Brownian motion by torchsde: for seeds and counts, a hash of
their bits and the first and last of them.

The generator for GPUs is written out here, by the definitions of Philox and of cuRAND's transform, and held against numbers
of `torch.randn(..., device="cuda")` that AUTOMATIC1111's `rng_philox` publishes.
"""

import json

import numpy as np
import torch
import torchsde

SEEDS = (0, 1, 2, 3, 5, 7, 11, 42, 64, 99, 100, 123, 255, 256, 777, 1000, 1234, 4096, 65535, 65536, 99999, 123456, 1000003,
         16777216, 123456789, 987654321, 2**31 - 1, 2**31, 2**32 - 1, 2**32 + 5)
# Each list is drawn from one generator: the scalar paths keep half of a pair for the next draw.
DRAWS = ([1], [2], [3, 4], [15], [15, 16], [16], [17], [31], [33, 3, 33], [100], [1024], [4 * 16 * 16], [4 * 9 * 7, 4 * 9 * 7])
FEW_DRAWS = ([1], [5, 4], [33, 3, 33], [4 * 16 * 16], [4 * 9 * 7, 4 * 9 * 7])
PUBLISHED = [-0.92466259, -0.42534415, -2.6438457, 0.14518388, -0.12086647, -0.57972564, -0.62285122, -0.32838709]


def fnv1a(data):
    """The 64-bit hash of Fowler, Noll and Vo."""
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


def cpu(seed, counts):
    generator = torch.Generator().manual_seed(seed)
    return [torch.randn(count, generator=generator).numpy() for count in counts]


def numpy(seed, counts):
    generator = np.random.RandomState(seed % 2**32)
    return [generator.standard_normal(count).astype(np.float32) for count in counts]


def cuda(seed, counts):
    return [philox_normals(seed, call, count) for call, count in enumerate(counts)]


def philox_normals(seed, call, count):
    word = 2**32
    counter = [np.full(count, call, np.uint64), np.zeros(count, np.uint64), np.arange(count, dtype=np.uint64),
               np.zeros(count, np.uint64)]
    low, high = seed % word, seed >> 32
    for _ in range(10):
        a, b = counter[0] * np.uint64(0xD2511F53), counter[2] * np.uint64(0xCD9E8D57)
        counter = [(b >> np.uint64(32)) ^ counter[1] ^ np.uint64(low), b % np.uint64(word),
                   (a >> np.uint64(32)) ^ counter[3] ^ np.uint64(high), a % np.uint64(word)]
        low, high = (low + 0x9E3779B9) % word, (high + 0xBB67AE85) % word
    uniform = (counter[0].astype(np.float64) + 0.5) / word
    angle = (counter[1].astype(np.float64) + 0.5) / word * np.float64(np.float32(2 * np.pi))
    return (np.sqrt(-2 * np.log(uniform)) * np.sin(angle)).astype(np.float32)


def draw(source, seed, counts):
    values = np.concatenate(source(seed, counts))
    return {
        "source": source.__name__, "seed": seed, "counts": counts, "hash": fnv1a(values.tobytes()),
        "first": float(values[0]), "last": float(values[-1]),
    }


def brownian(seed, shape, sigmas):
    """The increment of every step, and noise made of it as k-diffusion's `BrownianTreeNoiseSampler` does."""
    levels = torch.tensor(sigmas, dtype=torch.float32)
    tree = torchsde.BrownianTree(levels[-1], torch.zeros(shape), levels[0], entropy=seed)
    steps = []
    for sigma, following in zip(levels, levels[1:]):
        increment = tree(following, sigma)
        noise = -increment / (following - sigma).abs().sqrt()
        steps.append({"hash": fnv1a(increment.contiguous().numpy().tobytes()), "first": float(noise.flatten()[0])})
    return {"seed": seed, "shape": shape, "sigmas": [float(level) for level in levels], "steps": steps}


def brownian_cases():
    karras = [(0.03 ** (1 / 7) + (1 - i / 9) * (14.6 ** (1 / 7) - 0.03 ** (1 / 7))) ** 7 for i in range(10)]
    halves = [14.6146, 7.0, 3.5, 3.49, 0.25, 0.0291675]
    return [
        brownian(0, [1, 4, 6, 5], karras), brownian(7, [1, 4, 8, 8], halves), brownian(2**32 + 5, [1, 4, 2, 3], karras[2:]),
        brownian(123456789, [1, 4, 3, 3], [80.0, 0.002]),
    ]


def write(fixtures):
    assert np.abs(philox_normals(0, 0, 8) - PUBLISHED).max() < 1e-6
    cases = [draw(cpu, seed, counts) for seed in SEEDS for counts in DRAWS]
    cases += [draw(source, seed, counts) for source in (cuda, numpy) for seed in SEEDS for counts in FEW_DRAWS]
    text = ",\n".join(json.dumps(case) for case in cases)
    (fixtures / "noise.json").write_text(f"[\n{text}\n]\n")
    text = ",\n".join(json.dumps(case) for case in brownian_cases())
    (fixtures / "brownian.json").write_text(f"[\n{text}\n]\n")
