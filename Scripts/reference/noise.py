"""Normal numbers by seed and what is made of them: PyTorch's on the CPU, CUDA's Philox, NumPy's, Brownian trees.

Long results are kept as a hash of their bits, and the first and last of them.
"""

import json

import numpy as np
import torch
import torch.nn.functional as F

from schedules import sampling

SEEDS = (0, 1, 7, 42, 123456789, 2**32 - 1, 2**32 + 5)
# Each list is drawn from one generator: the scalar path keeps half of a pair for the next draw.
DRAWS = ([1], [2], [3, 4], [15], [15, 16], [16], [17], [31], [33, 3, 33], [100], [1024], [4 * 16 * 16], [4 * 9 * 7, 4 * 9 * 7])
# Thirty seeds, each with other counts.
MORE = [(seed * 104729 % 2**31 + seed, [4 * (5 + seed % 7) * (3 + seed % 11), 1 + seed % 5]) for seed in range(30)]
PUBLISHED_CUDA = (-0.92466259, -0.42534415, -2.6438457, 0.14518388, -0.12086647, -0.57972564, -0.62285122, -0.32838709)
LEVELS = (14.6146, 7.1, 3.25, 1.0, 0.4375, 0.0292)


def fnv1a(data):
    """The 64-bit hash of Fowler, Noll and Vo."""
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


def cpu(seed):
    generator = torch.Generator().manual_seed(seed)
    return lambda count: torch.randn(count, generator=generator).numpy()


def numpy_legacy(seed):
    state = np.random.RandomState(seed % 2**32)
    return lambda count: state.standard_normal(count).astype(np.float32)


def cuda(seed):
    """Philox4x32-10 by Random123's definition: a thread for each number, a counter for each draw."""
    draws = iter(range(2**32))

    def philox(counter, key):
        for _ in range(10):
            left, right = 0xD2511F53 * counter[0], 0xCD9E8D57 * counter[2]
            counter = (right >> 32 ^ counter[1] ^ key[0], right % 2**32, left >> 32 ^ counter[3] ^ key[1], left % 2**32)
            key = ((key[0] + 0x9E3779B9) % 2**32, (key[1] + 0xBB67AE85) % 2**32)
        return counter

    def draw(count):
        offset = next(draws)
        words = [philox((offset, 0, thread, 0), (seed % 2**32, seed >> 32))[:2] for thread in range(count)]
        first, second = np.array(words, dtype=np.float64).reshape(-1, 2).T
        # cuRAND's Box-Muller transform, with its constants in f32.
        unit, turn = float(np.float32(2.3283064e-10)), float(np.float32(2.3283064e-10 * 6.2831855))
        u, v = first * unit + unit / 2, second * turn + turn / 2
        return (np.sqrt(-2 * np.log(u)) * np.sin(v)).astype(np.float32)

    return draw


LIBRARIES = {"cpu": cpu, "cuda": cuda, "numpy": numpy_legacy}


def draw(library, seed, counts):
    generator = LIBRARIES[library](seed)
    return {"library": library, "seed": seed, "counts": counts, **summary(np.concatenate([generator(n) for n in counts]))}


def summary(values):
    return {"hash": fnv1a(values.tobytes()), "first": float(values[0]), "last": float(values[-1])}


def brownian(seed, height, width):
    """The increments over LEVELS, by halves of each step and then whole, by k-diffusion and torchsde.

    k-diffusion divides them by the root of the step's width, which PyTorch's vector library rounds by machine.
    """
    shape = (1, 4, height, width)
    tree = sampling.BrownianTreeNoiseSampler(torch.zeros(shape), LEVELS[-1], LEVELS[0], seed)
    levels = torch.tensor(LEVELS)
    spans = []
    for start, end in zip(levels, levels[1:]):
        spans += [(start, (start.double() * end.double()).sqrt().float()), (start, end)]
    increments = torch.cat([tree.tree(start, end).flatten() for start, end in spans]).numpy()
    floats = [[float(start), float(end)] for start, end in spans]
    last = float(tree(*spans[-1]).flatten()[-1])
    return {"seed": seed, "height": height, "width": width, "spans": floats, **summary(increments), "noise": last}


def made(seed):
    """Offset, pyramid and mixed noise of a small latent, by PyTorch; `[1, C, h, w]`."""
    shape = (1, 4, 6, 10)
    draw = lambda seed, shape: torch.randn(shape, generator=torch.Generator().manual_seed(seed))
    base, other = draw(seed, shape), draw(seed + 1, shape)
    offset = base + 0.25 * draw(seed + 2, (1, 4, 1, 1))
    generator = torch.Generator().manual_seed(seed + 3)
    pyramid, (height, width), weight = base.clone(), shape[2:], 1.0
    while height > 1 and width > 1:
        height, width, weight = height // 2, width // 2, weight * 0.75
        level = torch.randn((1, 4, height, width), generator=generator)
        pyramid += F.interpolate(level, shape[2:], mode="bilinear") * weight
    results = {"offset": offset, "pyramid": pyramid / pyramid.std(), "mixed": mixed(base[0], other[0], 0.3)}
    return {"seed": seed} | {name: value.flatten().tolist() for name, value in results.items()}


def mixed(first, second, amount):
    """AUTOMATIC1111's spherical interpolation of `[C, h, w]`, whose axis 1 it takes for that of the vectors."""
    cosines = (F.normalize(first, dim=1) * F.normalize(second, dim=1)).sum(1, keepdim=True)
    angles = torch.acos(cosines)
    return (torch.sin((1 - amount) * angles) * first + torch.sin(amount * angles) * second) / torch.sin(angles)


def write(fixtures):
    assert np.allclose(cuda(0)(8), PUBLISHED_CUDA, rtol=1e-6), "not what a GPU gave"
    draws = [draw("cpu", seed, counts) for seed in SEEDS for counts in DRAWS]
    draws += [draw(library, seed, counts) for library in LIBRARIES for seed, counts in MORE]
    draws += [draw(library, seed, [17, 3]) for library in ("cuda", "numpy") for seed in SEEDS]
    trees = [brownian(seed * 7919, 2 + seed % 5, 3 + seed % 4) for seed in range(30)]
    trees.append(brownian(2**40 + 3, 4, 4))
    lines = lambda rows: "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]"
    text = f'{{"draws": {lines(draws)}, "brownian": {lines(trees)}, "made": {lines([made(11)])}}}\n'
    (fixtures / "noise.json").write_text(text)
