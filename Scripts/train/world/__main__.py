"""Draws a contact sheet of the world: `python -m world --out world.png`."""

import argparse
import random

from . import caption, contact_sheet, render, sample

parser = argparse.ArgumentParser(description="Draws a contact sheet of the world.")
parser.add_argument("--out", default="world.png")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--count", type=int, default=40)
arguments = parser.parse_args()
portraits = [sample(arguments.seed + i) for i in range(arguments.count)]
texts = [caption(p, random.Random(i), empty=0)[0] for i, p in enumerate(portraits)]
contact_sheet([render(p).image for p in portraits], 8, texts).save(arguments.out)
