"""The face detector on groups: is every face found?"""

from __future__ import annotations

import re
from pathlib import Path

import world
from .bench import Bench
from .figures import Figure
from .portraits import FRESH

OVERLAP = 0.5

Box = tuple[float, float, float, float]      # x0, y0, x1, y1


def graph(photo: str) -> dict:
    return {
        "nodes": {
            "photo": {"uses": "load-image", "path": photo},
            "detector": {"uses": "load-detector", "file": "default"},
            "faces": {"uses": "detect-faces", "detector": "${detector}", "image": "${photo.image}"},
        },
        "outputs": {"boxes": "${faces.regions}"},
    }


def boxes(folder: Path) -> list[Box]:
    """What was found; the files hold x, y, width and height of each."""
    text = " ".join(file.read_text() for file in sorted(folder.glob("boxes*.txt")))
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", text)]
    return [(x, y, x + w, y + h) for x, y, w, h in zip(*[iter(numbers)] * 4)]


def overlap(a: Box, b: Box) -> float:
    """The intersection over the union."""
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    common = max(0.0, width) * max(0.0, height)
    return common / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - common)


def matches(found: list[Box], true: list[Box]) -> int:
    """How many true boxes have one of their own that overlaps enough."""
    left, count = list(found), 0
    for box in true:
        best = max(left, key=lambda other: overlap(box, other), default=None)
        if best is not None and overlap(box, best) >= OVERLAP:
            left.remove(best)
            count += 1
    return count


def measure(bench: Bench, count: int) -> list[Figure]:
    groups = [world.render_group(world.sample_group(FRESH + i)) for i in range(count)]
    graphs = [graph(bench.save(f"faces/{i}.png", group.image)) for i, group in enumerate(groups)]
    found = [boxes(folder) for folder in bench.run("faces", graphs)]
    right = sum(matches(of_group, group.face_boxes) for of_group, group in zip(found, groups))
    return [
        Figure("recall at 0.5 IoU", right / sum(len(group.face_boxes) for group in groups), at_least=0.95),
        Figure("precision at 0.5 IoU", right / max(1, sum(map(len, found)))),
    ]
