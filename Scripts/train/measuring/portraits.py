"""Portraits that nothing was trained on, and what an edit may change of them."""

from __future__ import annotations

import itertools
import random

import numpy as np
from PIL import Image, ImageFilter

import world

FRESH = 10_000_000     # seeds from here on were never used in training
FEATHER = 6            # how far the seam of graphs/inpaint goes beyond the mask, in pixels


def fresh(count: int, wanted=lambda portrait: True) -> list[world.Portrait]:
    """The first portraits that are as wanted."""
    return list(itertools.islice(filter(wanted, map(world.sample, itertools.count(FRESH))), count))


def words(portrait: world.Portrait) -> str:
    """A caption that leaves little out, as a user would describe the picture."""
    return world.caption(portrait, random.Random(portrait.style), empty=0, keep=1)[0]


def changed_outside(before: list[Image.Image], after: list[Image.Image], masks: list[Image.Image]) -> int:
    """How many pixels differ further from the masks than the seam goes."""
    return sum(_changed_outside(*triple) for triple in zip(before, after, masks))


def _changed_outside(before: Image.Image, after: Image.Image, mask: Image.Image) -> int:
    covered = mask.point(lambda value: 255 if value else 0)
    may_change = np.asarray(covered.filter(ImageFilter.MaxFilter(2 * FEATHER + 1))) > 0
    differs = (np.asarray(before) != np.asarray(after)).any(axis=2)
    return int((differs & ~may_change).sum())


def others_kept(readings: dict[str, np.ndarray], portraits: list[world.Portrait], edited: str) -> float:
    """The share of the other attributes that still are what they were."""
    same = [readings[name] == np.array([getattr(p, name) for p in portraits]) for name in world.ATTRIBUTES if name != edited]
    return float(np.mean(same))
