"""Edges as hints: Canny's, and how well a picture follows them."""

from __future__ import annotations

import cv2
import numpy as np


def canny(picture: np.ndarray, low: float = 100, high: float = 200) -> np.ndarray:
    """uint8 `[H, W, 3]` to uint8 `[H, W]`: 255 on edges."""
    return cv2.Canny(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), low, high)


def varied(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Edges under random thresholds; at times the lines are two or three pixels wide, or a piece of them is missing."""
    low = rng.uniform(50, 150)
    lines = canny(picture, low, low * rng.uniform(1.5, 2.5)) if rng.random() < 0.5 else canny(picture)
    if rng.random() < 0.2:
        side = int(rng.integers(2, 4))
        lines = cv2.dilate(lines, np.ones((side, side), np.uint8))
    if rng.random() < 0.1:
        y, x = rng.integers(0, lines.shape[0], 2)
        lines[y:y + 40, x:x + 40] = 0
    return lines


def agreement(drawn: np.ndarray, wanted: np.ndarray, reach: float = 2.0) -> float:
    """F1: edges of one within `reach` pixels of edges of the other, both ways."""
    def share(points, others):
        if not points.any() or not others.any():
            return float(points.any() == others.any())
        distance = cv2.distanceTransform((others == 0).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
        return float((distance[points > 0] <= reach).mean())

    precision, recall = share(drawn, wanted), share(wanted, drawn)
    return 2 * precision * recall / max(1e-9, precision + recall)
