"""PyTorch's normal numbers: for seeds and counts, a hash of their bits and the first and last of them."""

import json

import torch

SEEDS = (0, 1, 7, 42, 123456789, 2**32 - 1, 2**32 + 5)
# Each list is drawn from one generator: the scalar path keeps half of a pair for the next draw.
DRAWS = ([1], [2], [3, 4], [15], [15, 16], [16], [17], [31], [33, 3, 33], [100], [1024], [4 * 16 * 16], [4 * 9 * 7, 4 * 9 * 7])


def fnv1a(data):
    """The 64-bit hash of Fowler, Noll and Vo."""
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


def draw(seed, counts):
    generator = torch.Generator().manual_seed(seed)
    values = torch.cat([torch.randn(count, generator=generator) for count in counts]).numpy()
    return {
        "seed": seed,
        "counts": counts,
        "hash": fnv1a(values.tobytes()),
        "first": float(values[0]),
        "last": float(values[-1]),
    }


def write(fixtures):
    cases = [draw(seed, counts) for seed in SEEDS for counts in DRAWS]
    text = ",\n".join(json.dumps(case) for case in cases)
    (fixtures / "noise.json").write_text(f"[\n{text}\n]\n")
