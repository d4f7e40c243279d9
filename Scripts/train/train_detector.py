"""Trains the face detector (detector.py) on drawn people, and measures it on fresh groups and portraits.

Loss: focal loss for the scores (Lin et al., 2017), -log of the overlap for the boxes (Yu et al., 2016, UnitBox).
"""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file

import loop
import world
from detector import LIMITS, STRIDES, Detector, boxes_of, centres, detect, overlaps, quick_start
from faces import Faces
from training import to_tensor

NAME = "faces"
REACH = 640      # pixels of the longer side up to which a picture is looked at as it is
METADATA = {"easel.kind": "detector", "easel.detector": "1", "reach": str(REACH)}


def level_of(box: torch.Tensor) -> int:
    """The level that a face belongs to, by its longer side."""
    longest = (box[2:] - box[:2]).max()
    return sum(int(longest >= limit) for limit in LIMITS)


def targets(boxes: list[torch.Tensor], level: int, height: int, width: int) -> torch.Tensor:
    """The box `[N, H, W, 4]` that each cell of a level has to find; NaN where it has to find none.

    A face is found by the cells that lie in it and no more than one stride from its middle.
    """
    stride, wanted = STRIDES[level], torch.full((len(boxes), height, width, 4), torch.nan)
    middle = centres(height, width, stride)
    for row, faces in enumerate(boxes):
        for box in (face for face in faces if level_of(face) == level):
            near = ((middle - (box[:2] + box[2:]) / 2).abs() <= stride).all(-1)
            inside = ((middle > box[:2]) & (middle < box[2:])).all(-1)
            wanted[row][near & inside] = box
    return wanted


def focal(logits: torch.Tensor, truth: torch.Tensor, alpha: float = 0.25, gamma: float = 2.0) -> torch.Tensor:
    miss = torch.where(truth > 0, 1 - logits.sigmoid(), logits.sigmoid())
    weight = torch.where(truth > 0, alpha, 1 - alpha) * miss**gamma
    return (weight * F.binary_cross_entropy_with_logits(logits, truth, reduction="none")).sum()


def losses(model: Detector, pictures: torch.Tensor, boxes: list[torch.Tensor]) -> torch.Tensor:
    score_loss = box_loss = found = 0
    for level, (logits, distances) in enumerate(model(pictures)):
        wanted = targets(boxes, level, *logits.shape[1:])
        is_face = ~wanted[..., 0].isnan()
        score_loss = score_loss + focal(logits, is_face.float())
        overlap = overlaps(boxes_of(distances, STRIDES[level])[is_face], wanted[is_face])
        box_loss = box_loss - overlap.clamp(min=1e-4).log().sum()
        found += int(is_face.sum())
    return (2 * score_loss + box_loss) / max(1, found)


class Score:
    """Counts what was found: greedily, the surest first, each face once, at half an overlap or more."""

    def __init__(self):
        self.right = self.found = self.faces = 0

    def add(self, boxes: torch.Tensor, truth: torch.Tensor):
        free = torch.ones(len(truth), dtype=torch.bool)
        for box in boxes:
            overlap = torch.where(free, overlaps(box, truth), -1.0)
            best = int(overlap.argmax())
            if overlap[best] >= 0.5:
                free[best] = False
        self.right += int((~free).sum())
        self.found += len(boxes)
        self.faces += len(truth)

    def __str__(self) -> str:
        recall, precision = self.right / self.faces, self.right / max(1, self.found)
        return f"recall {recall:.2%}, precision {precision:.2%} of {self.faces} faces"


def scored(model: Detector, pictures) -> Score:
    """Of world pictures: groups or portraits."""
    score = Score()
    for picture, boxes in pictures:
        found, _ = detect(model, to_tensor(np.asarray(picture)[None])[0])
        score.add(found, torch.tensor(boxes))
    return score


def groups(first: int, count: int):
    for seed in range(first, first + count):
        picture = world.render_group(world.sample_group(seed))
        yield picture.image, picture.face_boxes


def portraits(first: int, count: int, size: int):
    for seed in range(first, first + count):
        picture = world.render(world.sample(seed), size)
        yield picture.image, [picture.face_box]


def train(a) -> Detector:
    source, model = Faces(a.groups, a.portraits), Detector()
    quick_start(model)
    model.to(memory_format=torch.channels_last)
    held = list(groups(loop.FRESH - 30, 30))

    def loss(step: int) -> torch.Tensor:
        side = 384 if step % 4 == 0 else 256
        samples = [source(side) for _ in range(max(2, a.batch * 256**2 // side**2))]
        pictures = to_tensor(np.stack([picture for picture, _ in samples])).contiguous(memory_format=torch.channels_last)
        return losses(model, pictures, [torch.from_numpy(boxes).float() for _, boxes in samples])

    return loop.optimise(model, loss, a, f"{a.out}/{NAME}/weights.pt", skip=("stem.0.", "head.score", "head.box"),
                         report=lambda averaged: str(scored(averaged, held)))


def measure(path: str, count: int):
    model = Detector()
    model.load_state_dict({name: value.float() for name, value in load_file(path).items()})
    print(f"{count} fresh groups: {scored(model, groups(loop.FRESH, count))}")
    for size in (128, 256, 512):
        print(f"{count} fresh portraits at {size} pixels: {scored(model, portraits(loop.FRESH, count, size))}")


def main(a):
    torch.set_num_threads(a.threads)
    torch.manual_seed(0)
    path = f"{a.out}/{NAME}/{NAME}.safetensors"
    if not a.measure:
        loop.save_half(train(a).state_dict(), path, METADATA)
    measure(path, a.fresh)


if __name__ == "__main__":
    parser = loop.arguments(__doc__, minutes=22, batch=8, lr=2e-3)
    parser.add_argument("--groups", type=int, default=1_500, help="groups to draw for training")
    parser.add_argument("--portraits", type=int, default=600)
    parser.add_argument("--fresh", type=int, default=200, help="pictures to measure on")
    main(parser.parse_args())
