"""Fits the linear map from latents to small pictures that `easel run --preview` uses.

Draws portraits, lets Easel encode them, and solves for the colour of each 8x8 block from the latent's
channels by least squares. Prints the two keys that belong into the autoencoder's `config.json`:

    python fit_preview.py --easel ../../.build/release/easel --model runs/model
"""

from __future__ import annotations

import argparse
import json
import pathlib
import struct
import subprocess
import tempfile

import numpy as np

import world

SCALE = 8
GRAPH = """easel: 1
inputs: {{ photo: {{ type: path }} }}
nodes:
  checkpoint: {{ uses: load-checkpoint, model: {model} }}
  picture: {{ uses: load-image, path: "${{photo}}" }}
  latent: {{ uses: encode-image, vae: "${{checkpoint.vae}}", image: "${{picture.image}}" }}
outputs: {{ latent: "${{latent}}" }}
"""


def read_latent(path: pathlib.Path) -> np.ndarray:
    """The only tensor of a safetensors file, `[1, h, w, C]`."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    entry = next(value for name, value in header.items() if name != "__metadata__")
    start, end = entry["data_offsets"]
    return np.frombuffer(data[8 + length :][start:end], "<f4").reshape(entry["shape"])


def encode(easel: str, graph: pathlib.Path, picture, folder: pathlib.Path) -> np.ndarray:
    picture.save(folder / "photo.png")
    photo = f"photo={folder / 'photo.png'}"
    command = [easel, "run", graph, "--set", photo, "--out", folder, "--no-cache", "--quiet"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return read_latent(folder / "latent.safetensors")


def blocks(picture) -> np.ndarray:
    """The mean colours of the blocks, from -1 to 1."""
    pixels = np.asarray(picture, np.float64)[..., :3] / 127.5 - 1
    height, width = pixels.shape[0] // SCALE, pixels.shape[1] // SCALE
    return pixels.reshape(height, SCALE, width, SCALE, 3).mean((1, 3)).reshape(-1, 3)


def fit(arguments) -> tuple[np.ndarray, float]:
    rows, colours = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        graph = folder / "graph.yaml"
        graph.write_text(GRAPH.format(model=arguments.model))
        for seed in range(arguments.count):
            picture = world.render(world.sample(arguments.seed + seed)).image
            latent = encode(arguments.easel, graph, picture, folder)
            rows.append(latent.reshape(-1, latent.shape[-1]))
            colours.append(blocks(picture))
    x = np.concatenate(rows).astype(np.float64)
    x = np.hstack([x, np.ones((len(x), 1))])
    y = np.concatenate(colours)
    map_, *_ = np.linalg.lstsq(x, y, rcond=None)
    return map_, 1 - ((x @ map_ - y) ** 2).sum() / ((y - y.mean(0)) ** 2).sum()


parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--easel", default="easel")
parser.add_argument("--model", default="default")
parser.add_argument("--count", type=int, default=64)
parser.add_argument("--seed", type=int, default=1_000_000)
arguments = parser.parse_args()
found, explained = fit(arguments)
print(f"explains {explained:.1%} of the variance of {arguments.count} portraits")
print(json.dumps({"latent_rgb_factors": found[:-1].round(4).tolist(),
                  "latent_rgb_factors_bias": found[-1].round(4).tolist()}))
