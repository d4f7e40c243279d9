"""A detector with random weights, and what PyTorch makes of it in pictures.

The network is written down here once more, from the names of its tensors: see Docs/faces.md.
"""

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

STRIDES = (8, 16, 32)
STEM, WIDTHS, NECK = (4, 8, 12), (12, 16, 20), 12  # channels; the trained one has (16, 32, 48), (48, 64, 96) and 48
THRESHOLD, OVERLAP = 0.5, 0.5
GAINS = {"head.box": 0.7, "head.score": 4, "conv2": 0.6}


def write(fixtures):
    weights = {key: value.half() for key, value in random_weights(torch.Generator().manual_seed(11)).items()}
    metadata = {"easel.kind": "detector", "easel.detector": "1", "reach": "96"}
    save_file(weights, fixtures / "detector.safetensors", metadata)
    weights = {key: value.float() for key, value in weights.items()}
    recorded = {}
    for name, (height, width) in {"whole": (64, 96), "padded": (45, 70), "small": (5, 7)}.items():
        picture = pattern(height, width)
        levels = run(weights, F.pad(picture, (0, -width % 32, 0, -height % 32)))
        boxes, scores = boxes_of(levels)
        kept = suppressed(boxes, scores)
        recorded |= {f"{name}.picture": picture, f"{name}.boxes": boxes[kept], f"{name}.scores": scores[kept]}
        for index, (logits, distances) in enumerate(levels):
            recorded |= {f"{name}.logits.{index}": logits, f"{name}.distances.{index}": distances}
    save_file({f"detector.{key}": value.contiguous() for key, value in recorded.items()},
              fixtures / "detected.safetensors")


def random_weights(random):
    shapes = {"head.0": (NECK, NECK, 3, 3), "head.score": (1, NECK, 1, 1), "head.box": (4, NECK, 1, 1)}
    shapes |= {f"stem.{i}": (after, before, 3, 3) for i, (before, after) in enumerate(zip((3, *STEM), STEM))}
    shapes |= {f"lateral.{i}": (NECK, width, 1, 1) for i, width in enumerate(WIDTHS)}
    shapes |= {f"down.{i}": (WIDTHS[i], WIDTHS[i - 1], 3, 3) for i in (1, 2)}
    shapes |= {f"level.{i}.{j}.conv{k}": (width, width, 3, 3)
               for i, width in enumerate(WIDTHS) for j in (0, 1) for k in (1, 2)}
    weights = {}
    for key, shape in shapes.items():
        gain = GAINS.get(key, GAINS.get(key.split(".")[-1], 1.8))
        fan = shape[1] * shape[2] * shape[3]
        weights[f"{key}.weight"] = torch.randn(shape, generator=random) * gain / fan**0.5
        weights[f"{key}.bias"] = torch.randn(shape[0], generator=random) * 0.1
    weights["head.score.bias"] -= 0.5
    return weights


def run(weights, x):
    """For each level the logits `[1, 1, h, w]` and the distances `[1, 4, h, w]`, in strides."""
    def conv(x, key, stride=1):
        weight = weights[f"{key}.weight"]
        return F.conv2d(x, weight, weights[f"{key}.bias"], stride, padding=weight.shape[-1] // 2)

    for index in range(3):
        x = F.silu(conv(x, f"stem.{index}", 2))
    features = []
    for level in range(3):
        if level:
            x = F.silu(conv(x, f"down.{level}", 2))
        for block in range(2):
            key = f"level.{level}.{block}"
            x = F.silu(x + conv(F.silu(conv(x, f"{key}.conv1")), f"{key}.conv2"))
        features.append(conv(x, f"lateral.{level}"))
    for level in (1, 0):
        features[level] = features[level] + F.interpolate(features[level + 1], scale_factor=2, mode="nearest")
    hidden = [F.silu(conv(x, "head.0")) for x in features]
    return [(conv(x, "head.score"), conv(x, "head.box").exp()) for x in hidden]


def boxes_of(levels):
    """The boxes `[count, 4]` whose scores are over the threshold, as x0, y0, x1, y1 in pixels, and the scores."""
    boxes, scores = [], []
    for stride, (logits, distances) in zip(STRIDES, levels):
        for y in range(logits.shape[2]):
            for x in range(logits.shape[3]):
                score = logits[0, 0, y, x].sigmoid()
                if score > THRESHOLD:
                    left, top, right, bottom = distances[0, :, y, x] * stride
                    middle = ((x + 0.5) * stride, (y + 0.5) * stride)
                    boxes.append(torch.stack([middle[0] - left, middle[1] - top, middle[0] + right, middle[1] + bottom]))
                    scores.append(score)
    return torch.stack(boxes), torch.stack(scores)


def suppressed(boxes, scores):
    """Greedy non-maximum suppression: the rows that stay, the best first."""
    kept = []
    for index in scores.argsort(descending=True, stable=True).tolist():
        if all(overlap(boxes[index], boxes[other]) <= OVERLAP for other in kept):
            kept.append(index)
    return kept


def overlap(a, b):
    """Intersection over union."""
    sides = (torch.minimum(a[2:], b[2:]) - torch.maximum(a[:2], b[:2])).clamp(min=0)
    return sides.prod() / ((a[2:] - a[:2]).prod() + (b[2:] - b[:2]).prod() - sides.prod())


def pattern(height, width):
    """A picture of waves in -1...1."""
    y, x = torch.meshgrid(torch.arange(height).float(), torch.arange(width).float(), indexing="ij")
    return torch.stack([torch.sin(x * 0.31 + y * 0.17 * channel + channel) for channel in range(3)])[None]
