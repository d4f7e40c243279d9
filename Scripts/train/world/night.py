"""The world by night: every portrait under the night sky, in dark blue light.

The light is a straight line for each channel, so that it can be taken away again, and a night picture be judged as one
of the day.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .drawing import render
from .portrait import SIZE, Portrait

GAIN = np.array((0.46, 0.54, 0.86))
DARKEST = np.array((4.0, 8.0, 26.0))


def render_night(p: Portrait, size: int = SIZE) -> np.ndarray:
    """uint8 `[size, size, 3]`: the portrait before the night sky, in the night's light."""
    return to_night(np.asarray(render(replace(p, background="night"), size).image))


def to_night(picture: np.ndarray) -> np.ndarray:
    """uint8 RGB in the night's light."""
    return (picture * GAIN + DARKEST).round().astype(np.uint8)


def to_day(picture: np.ndarray) -> np.ndarray:
    """uint8 RGB with the night's light taken away."""
    return ((picture - DARKEST) / GAIN).round().clip(0, 255).astype(np.uint8)
