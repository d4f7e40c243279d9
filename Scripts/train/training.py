"""What the training scripts share: a run's clock and learning rate, averaged weights, pictures as tensors."""

from __future__ import annotations

import copy
import math
import os
import time

import numpy as np
import torch

HERE = os.path.dirname(os.path.abspath(__file__))
RUNS = f"{HERE}/runs"
MODEL = f"{RUNS}/model"


class Clock:
    """A run bounded by wall-clock time, and when to report next."""

    def __init__(self, minutes: float, every: float = 60):
        self.began, self.minutes, self.every = time.time(), minutes, every
        self.reported = self.began

    @property
    def elapsed(self) -> float:
        """Minutes since the beginning."""
        return (time.time() - self.began) / 60

    @property
    def progress(self) -> float:
        """The fraction of the run that is over; 1 or more at its end."""
        return self.elapsed / self.minutes

    def is_due(self) -> bool:
        """Whether a report is due; then the next is due `every` seconds later."""
        if time.time() - self.reported < self.every:
            return False
        self.reported = time.time()
        return True


class Ema:
    """An exponential moving average of a model's weights, with a warm-up."""

    def __init__(self, model, decay: float):
        self.model = copy.deepcopy(model).eval().requires_grad_(False)
        self.decay, self.steps = decay, 0
        self.pairs = list(zip(self.model.parameters(), model.parameters()))

    @torch.no_grad()
    def update(self):
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        torch._foreach_lerp_([a for a, _ in self.pairs], [b.detach() for _, b in self.pairs], 1 - decay)


class Running:
    """A running average of a loss."""

    def __init__(self, keep: float):
        self.keep, self.value = keep, None

    def add(self, value: float) -> float:
        self.value = value if self.value is None else self.keep * self.value + (1 - self.keep) * value
        return self.value


def cosine(progress: float, warmup: float = 0.02, floor: float = 0.02) -> float:
    """The learning rate's factor at a fraction of the run."""
    if progress < warmup:
        return progress / warmup
    return floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * min(1.0, (progress - warmup) / (1 - warmup))))


def to_tensor(batch: np.ndarray, device="cpu") -> torch.Tensor:
    """uint8 NHWC pictures to NCHW in [-1, 1]."""
    x = torch.from_numpy(np.array(batch)).to(device).permute(0, 3, 1, 2).float()
    return (x / 127.5 - 1).contiguous()


def to_pictures(x: torch.Tensor) -> np.ndarray:
    """NCHW in [-1, 1] to uint8 NHWC pictures."""
    return ((x.clamp(-1, 1) + 1) * 127.5).round().byte().permute(0, 2, 3, 1).cpu().numpy()
