"""Renders the portrait world once into memory-mapped arrays that the trainers share.

    data/images.npy   uint8 [count, 128, 128, 3]     picture of seed i at row i
    data/labels.npy   int64 [count, attributes]      class indices, columns in the order of ATTRIBUTES
    data/focus.npy    uint8 [count, 3, 16, 16]       how much of a latent's cell is mouth, face and headphones, of 255

Row i is always `world.render(world.sample(first + i))`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import time

import numpy as np
from PIL import Image, ImageDraw

import world

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")


CELL = 8         # pixels that a latent's cell stands for, along an axis


def _cells(box) -> np.ndarray:
    """How much of each cell a box covers."""
    mask = Image.new("L", (world.SIZE, world.SIZE))
    ImageDraw.Draw(mask).rectangle(box, fill=255)
    return np.asarray(mask.reduce(CELL))


def _focus(picture: world.Picture) -> np.ndarray:
    headphones = np.asarray(picture.masks["headphones"].reduce(CELL))
    return np.stack([_cells(picture.mouth_box), _cells(picture.face_box), headphones])


def _fill(job):
    folder, first, start, stop = job
    images = np.lib.format.open_memmap(f"{folder}/images.npy", mode="r+")
    labels = np.lib.format.open_memmap(f"{folder}/labels.npy", mode="r+")
    focus = np.lib.format.open_memmap(f"{folder}/focus.npy", mode="r+")
    for i in range(start, stop):
        portrait = world.sample(first + i)
        picture = world.render(portrait)
        images[i], focus[i] = np.asarray(picture.image), _focus(picture)
        labels[i] = list(portrait.labels().values())
    return stop - start


def build(folder: str, count: int, first: int = 0, workers: int = 2, chunk: int = 500):
    os.makedirs(folder, exist_ok=True)
    shape = (count, world.SIZE, world.SIZE, 3)
    np.lib.format.open_memmap(f"{folder}/images.npy", mode="w+", dtype=np.uint8, shape=shape)
    np.lib.format.open_memmap(f"{folder}/labels.npy", mode="w+", dtype=np.int64, shape=(count, len(world.ATTRIBUTES)))
    cells = (count, 3, world.SIZE // CELL, world.SIZE // CELL)
    np.lib.format.open_memmap(f"{folder}/focus.npy", mode="w+", dtype=np.uint8, shape=cells)
    jobs = [(folder, first, i, min(i + chunk, count)) for i in range(0, count, chunk)]
    with multiprocessing.Pool(workers) as pool:
        for _ in pool.imap_unordered(_fill, jobs):
            pass


def load(folder: str = DATA):
    """The images and labels, memory mapped."""
    return np.load(f"{folder}/images.npy", mmap_mode="r"), np.load(f"{folder}/labels.npy")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", default=DATA)
    parser.add_argument("--count", type=int, default=40_000)
    parser.add_argument("--first", type=int, default=0, help="seed of the first picture")
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    began = time.time()
    build(arguments.out, arguments.count, arguments.first, arguments.workers)
    print(f"{arguments.count} pictures in {time.time() - began:.0f} s")
