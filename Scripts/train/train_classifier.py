"""Trains a small network that reads a portrait's attributes: the judge of generated pictures.

It only ever sees pictures of the world itself, softened and disturbed a little so that it judges
content rather than the last bit of sharpness; it shares nothing with the diffusion model.
"""

from __future__ import annotations

import argparse
import json

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import nn

import dataset
import world
from muon import Optimizers
from training import HERE, RUNS, Clock, Running, cosine, to_tensor


class Classifier(nn.Module):
    """Five strided convolutions with a residual each, average and maximum pooling, one linear head per attribute.

    Input: RGB in [-1, 1], NCHW, 128 x 128. Output: a dictionary of logits.
    """

    def __init__(self, widths=(24, 48, 72, 96, 128)):
        super().__init__()
        blocks, last = [], 3
        for width in widths:
            blocks.append(nn.ModuleDict({
                "down": nn.Conv2d(last, width, 3, stride=2, padding=1, bias=False), "norm": nn.BatchNorm2d(width),
                "conv": nn.Conv2d(width, width, 3, padding=1, bias=False), "norm2": nn.BatchNorm2d(width),
            }))
            last = width
        self.blocks = nn.ModuleList(blocks)
        self.hidden = nn.Linear(2 * last, 192)
        self.heads = nn.ModuleDict({name: nn.Linear(192, len(values)) for name, values in world.ATTRIBUTES.items()})

    def forward(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        for i, block in enumerate(self.blocks):
            x = F.relu(block["norm"](block["down"](x)))
            if i > 0:                                       # the first, widest level has no residual: it costs most
                x = F.relu(x + block["norm2"](block["conv"](x)))
        x = F.relu(self.hidden(torch.cat([x.mean(dim=(2, 3)), x.amax(dim=(2, 3))], 1)))
        return {name: head(x) for name, head in self.heads.items()}


def load(path: str = f"{HERE}/classifier.safetensors") -> Classifier:
    model = Classifier()
    model.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in load_file(path).items()})
    return model.eval()


def disturb(x: torch.Tensor) -> torch.Tensor:
    """Random softening, noise and brightness."""
    kind = torch.randint(0, 3, ()).item()
    if kind == 1:
        x = F.avg_pool2d(F.pad(x, (1, 1, 1, 1), mode="replicate"), 3, 1)
    elif kind == 2:
        x = F.interpolate(F.avg_pool2d(x, 2), scale_factor=2, mode="bilinear")
    x = x * (1 + 0.06 * torch.randn(len(x), 1, 1, 1)) + 0.04 * torch.randn(len(x), 3, 1, 1)
    return x + 0.06 * torch.rand(()) * torch.randn_like(x)


@torch.no_grad()
def predict(model, images: np.ndarray, batch: int = 64) -> np.ndarray:
    """Class indices [pictures, attributes] for uint8 pictures."""
    out = []
    for i in range(0, len(images), batch):
        logits = model(to_tensor(images[i:i + batch]))
        out.append(torch.stack([logits[name].argmax(1) for name in world.ATTRIBUTES], 1))
    return torch.cat(out).numpy()


def accuracies(predicted: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    return {name: float((predicted[:, i] == labels[:, i]).mean()) for i, name in enumerate(world.ATTRIBUTES)}


def train(images, labels, a) -> Classifier:
    rng = np.random.default_rng(0)
    model = (load(a.resume) if a.resume else Classifier()).train()
    optimizer, clock, running = Optimizers(model, a.lr, weight_decay=0.02), Clock(a.minutes, every=45), Running(0.95)
    while (progress := clock.progress) < 1:
        rows = np.sort(rng.integers(0, len(images), a.batch))
        target = torch.from_numpy(labels[rows])
        optimizer.rate(a.lr * cosine(progress))
        logits = model(disturb(to_tensor(images[rows])))
        loss = sum(F.cross_entropy(logits[name], target[:, i]) for i, name in enumerate(world.ATTRIBUTES))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        value = running.add(loss.item())
        if clock.is_due():
            print(f"{clock.elapsed:.1f} min  loss {value:.3f}", flush=True)
    return model.eval()


def save(model: Classifier, path: str):
    """Matrices in half precision, the rest as it is."""
    state = {k: (v.half() if v.is_floating_point() and v.ndim > 1 else v).contiguous() for k, v in model.state_dict().items()}
    save_file(state, path, metadata={"attributes": json.dumps(world.ATTRIBUTES)})


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=6)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--resume", help="classifier to start from")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--holdout", type=int, default=1024)
    parser.add_argument("--data", default=dataset.DATA)
    parser.add_argument("--out", default=f"{RUNS}/classifier.safetensors")
    return parser.parse_args()


def main(a):
    torch.set_num_threads(a.threads)
    torch.manual_seed(0)
    images, labels = dataset.load(a.data)
    count = len(images) - a.holdout
    model = train(images[:count], labels[:count], a)
    scores = accuracies(predict(model, images[count:]), labels[count:])
    print(json.dumps({k: round(v, 4) for k, v in scores.items()}))
    save(model, a.out)


if __name__ == "__main__":
    main(arguments())
