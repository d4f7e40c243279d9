"""A small face detector: a pyramid of residual blocks and one head on three levels, without anchors.

Feature pyramid: Lin et al., 2017. Distances from a cell's centre to the box's sides: FCOS, Tian et al., 2019.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

STRIDES = (8, 16, 32)
LIMITS = (48, 112)      # faces whose longer side is below belong to the first level, the second; the others to the third
WIDTHS = (48, 64, 96)   # channels of the levels


def conv(before: int, after: int, stride: int = 1) -> nn.Conv2d:
    return nn.Conv2d(before, after, 3, stride=stride, padding=1)


class Residual(nn.Module):
    def __init__(self, channels: int):
        super().__init__()
        self.conv1, self.conv2 = conv(channels, channels), conv(channels, channels)

    def forward(self, x):
        return F.silu(x + self.conv2(F.silu(self.conv1(x))))


class Detector(nn.Module):
    """RGB `[N, 3, H, W]` in -1...1, sides of multiples of 32, to every level's scores and boxes."""

    def __init__(self):
        super().__init__()
        self.stem = nn.ModuleList([conv(3, 16, 2), conv(16, 32, 2), conv(32, WIDTHS[0], 2)])
        self.level = nn.ModuleList([nn.Sequential(Residual(width), Residual(width)) for width in WIDTHS])
        self.down = nn.ModuleDict({str(i): conv(WIDTHS[i - 1], WIDTHS[i], 2) for i in (1, 2)})
        self.lateral = nn.ModuleList([nn.Conv2d(width, 48, 1) for width in WIDTHS])
        self.head = nn.ModuleDict({"0": conv(48, 48), "score": nn.Conv2d(48, 1, 1), "box": nn.Conv2d(48, 4, 1)})

    def forward(self, x) -> list[tuple[torch.Tensor, torch.Tensor]]:
        """For each level logits `[N, H, W]` and distances `[N, 4, H, W]`: left, top, right, bottom, in strides."""
        for layer in self.stem:
            x = F.silu(layer(x))
        features = []
        for i, blocks in enumerate(self.level):
            x = blocks(F.silu(self.down[str(i)](x)) if i else x)
            features.append(self.lateral[i](x))
        for i in (1, 0):
            features[i] = features[i] + F.interpolate(features[i + 1], scale_factor=2, mode="nearest")
        return [self._read(feature) for feature in features]

    def _read(self, feature):
        x = F.silu(self.head["0"](feature))
        return self.head["score"](x).squeeze(1).float(), self.head["box"](x).float().exp()


@torch.no_grad()
def quick_start(model: Detector):
    """Residual branches begin as no-ops, scores low, boxes some strides wide."""
    for name, layer in model.named_modules():
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            nn.init.zeros_(layer.bias)
        if isinstance(layer, Residual):
            nn.init.zeros_(layer.conv2.weight)
    for part in ("score", "box"):
        nn.init.normal_(model.head[part].weight, std=0.01)
    nn.init.constant_(model.head["score"].bias, -4.0)
    nn.init.constant_(model.head["box"].bias, 0.7)


def centres(height: int, width: int, stride: int) -> torch.Tensor:
    """The cells' centres in pixels, `[height, width, 2]` as x, y."""
    y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    return (torch.stack([x, y], -1) + 0.5) * stride


def boxes_of(distances: torch.Tensor, stride: int) -> torch.Tensor:
    """Distances `[N, 4, H, W]` to boxes `[N, H, W, 4]` in pixels: x0, y0, x1, y1."""
    middle, d = centres(*distances.shape[2:], stride), distances.permute(0, 2, 3, 1) * stride
    return torch.cat([middle - d[..., :2], middle + d[..., 2:]], -1)


def overlaps(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Intersection over union of boxes `[..., 4]`, broadcast."""
    sides = (torch.minimum(a[..., 2:], b[..., 2:]) - torch.maximum(a[..., :2], b[..., :2])).clamp(min=0)
    shared = sides.prod(-1)
    return shared / ((a[..., 2:] - a[..., :2]).prod(-1) + (b[..., 2:] - b[..., :2]).prod(-1) - shared)


def suppressed(boxes: torch.Tensor, scores: torch.Tensor, limit: float = 0.5) -> torch.Tensor:
    """Greedy non-maximum suppression: the rows to keep, the best first."""
    order, kept = scores.argsort(descending=True), []
    while len(order):
        kept.append(order[0].item())
        rest = order[1:]
        order = rest[overlaps(boxes[order[0]], boxes[rest]) <= limit]
    return torch.tensor(kept, dtype=torch.long)


@torch.no_grad()
def detect(model: Detector, picture: torch.Tensor, threshold: float = 0.5) -> tuple[torch.Tensor, torch.Tensor]:
    """The boxes `[count, 4]` and scores of one picture `[3, H, W]` in -1...1."""
    height, width = picture.shape[1:]
    padded = F.pad(picture, (0, -width % 32, 0, -height % 32))[None]
    boxes, scores = [], []
    for stride, (logits, distances) in zip(STRIDES, model(padded)):
        found = logits[0].sigmoid() > threshold
        boxes.append(boxes_of(distances, stride)[0][found])
        scores.append(logits[0].sigmoid()[found])
    boxes, scores = torch.cat(boxes), torch.cat(scores)
    kept = suppressed(boxes, scores)
    return boxes[kept], scores[kept]
