"""Renders the portrait world once into memory-mapped arrays that the trainers share.

    data/images.npy   uint8 [count, 128, 128, 3]     picture of seed i at row i
    data/labels.npy   int64 [count, attributes]      class indices, columns in the order of ATTRIBUTES

Row i is always `world.render(world.sample(first + i))`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import time

import numpy as np

import world

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")


def _fill(job):
    folder, first, start, stop = job
    images = np.lib.format.open_memmap(f"{folder}/images.npy", mode="r+")
    labels = np.lib.format.open_memmap(f"{folder}/labels.npy", mode="r+")
    for i in range(start, stop):
        portrait = world.sample(first + i)
        images[i] = np.asarray(world.render(portrait).image)
        labels[i] = list(portrait.labels().values())
    return stop - start


def build(folder: str, count: int, first: int = 0, workers: int = 2, chunk: int = 500):
    os.makedirs(folder, exist_ok=True)
    shape = (count, world.SIZE, world.SIZE, 3)
    np.lib.format.open_memmap(f"{folder}/images.npy", mode="w+", dtype=np.uint8, shape=shape)
    np.lib.format.open_memmap(f"{folder}/labels.npy", mode="w+", dtype=np.int64, shape=(count, len(world.ATTRIBUTES)))
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
    parser.add_argument("--count", type=int, default=24_000)
    parser.add_argument("--first", type=int, default=0, help="seed of the first picture")
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    began = time.time()
    build(arguments.out, arguments.count, arguments.first, arguments.workers)
    print(f"{arguments.count} pictures in {time.time() - began:.0f} s")
