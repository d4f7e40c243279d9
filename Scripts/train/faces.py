"""Pictures to train the face detector on: groups, portraits side by side and bare backgrounds, at many sizes."""

from __future__ import annotations

import random

import numpy as np
from PIL import Image, ImageFilter

import world
from world.canvas import Canvas
from world.portrait import BACKGROUNDS, SUPERSAMPLING
from world.scene import draw_background

PORTRAIT = 384     # pixels a side; smaller ones are made of these
GREY = 128


class Faces:
    """An endless source of square pictures with the boxes of their faces."""

    def __init__(self, groups: int, portraits: int, seed: int = 0):
        self.rng = random.Random(seed)
        self.groups = [_group(i) for i in range(groups)]
        self.portraits = [_portrait(i) for i in range(portraits)]
        self.backgrounds = [_background(i) for i in range(60)]

    def __call__(self, side: int) -> tuple[np.ndarray, np.ndarray]:
        """uint8 `[side, side, 3]` and boxes `[count, 4]` in its pixels; of a face that is cut, the box is too."""
        kind = self.rng.random()
        if kind < 0.55:
            picture, boxes = self._cut(*self.rng.choice(self.groups), self._scale(0.6, 1.7), side)
        elif kind < 0.92:
            picture, boxes = self._mosaic(self.rng.choice((1, 1, 2, 2, 3, 4)), side)
        else:
            picture, boxes = self._cut(self.rng.choice(self.backgrounds), np.zeros((0, 4)), self._scale(0.7, 1.5), side)
        return self._jittered(picture, boxes)

    def _scale(self, low: float, high: float) -> float:
        return low * (high / low) ** self.rng.random()

    def _mosaic(self, across: int, side: int):
        """Portraits in a square of rows and columns."""
        cell = side // across
        sheet, boxes = Image.new("RGB", (side, side), (GREY,) * 3), []
        for i in range(across**2):
            picture, found = self.rng.choice(self.portraits)
            x, y = i % across * cell, i // across * cell
            tile, found = self._cut(picture, found, cell / PORTRAIT * self._scale(0.8, 1.5), cell)
            sheet.paste(tile, (x, y))
            boxes.append(found + (x, y, x, y))
        return sheet, np.concatenate(boxes)

    def _cut(self, picture: Image.Image, boxes: np.ndarray, scale: float, side: int):
        """A square of the resized picture, grey where it ends. Faces of which less than half is left are greyed out too."""
        width, height = (round(length * scale) for length in picture.size)
        filter = Image.BOX if self.rng.random() < 0.5 and scale < 1 else Image.BICUBIC
        x, y = (self.rng.randint(min(0, length - side), max(0, length - side)) for length in (width, height))
        frame = Image.new("RGB", (side, side), (GREY,) * 3)
        frame.paste(picture.resize((width, height), filter), (-x, -y))
        across, down = width / picture.width, height / picture.height
        return _visible(frame, boxes * (across, down, across, down) - (x, y, x, y))

    def _jittered(self, picture: Image.Image, boxes: np.ndarray):
        """Mirrored, softened, with other light and some noise, each at times."""
        if self.rng.random() < 0.5:
            picture = picture.transpose(Image.FLIP_LEFT_RIGHT)
            boxes = boxes[:, [2, 1, 0, 3]] * (-1, 1, -1, 1) + (picture.width, 0, picture.width, 0)
        if self.rng.random() < 0.3:
            picture = picture.filter(ImageFilter.GaussianBlur(self.rng.uniform(0.3, 1.3)))
        pixels, noise = np.asarray(picture).astype(np.float32), np.random.default_rng(self.rng.getrandbits(32))
        if self.rng.random() < 0.5:
            pixels = (pixels - GREY) * noise.uniform(0.6, 1.1, 3) + GREY + noise.uniform(-30, 30, 3)
        if self.rng.random() < 0.3:
            pixels = pixels + noise.normal(0, noise.uniform(1, 8), pixels.shape)
        return pixels.clip(0, 255).round().astype(np.uint8), boxes


def _visible(frame: Image.Image, boxes: np.ndarray) -> tuple[Image.Image, np.ndarray]:
    """The boxes inside the frame. What is left of faces that are mostly outside is made grey."""
    inside = boxes.clip(0, [frame.width, frame.height] * 2)
    shares = _areas(inside) / _areas(boxes)
    for box in inside[(shares > 0) & (shares < 0.5)]:
        frame.paste((GREY,) * 3, tuple(np.round(box).astype(int)))
    return frame, inside[shares >= 0.5]


def _areas(boxes: np.ndarray) -> np.ndarray:
    return (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])


def _group(seed: int) -> tuple[Image.Image, np.ndarray]:
    picture = world.render_group(world.sample_group(seed))
    return picture.image, np.array(picture.face_boxes)


def _portrait(seed: int) -> tuple[Image.Image, np.ndarray]:
    picture = world.render(world.sample(seed), PORTRAIT)
    return picture.image, np.array([picture.face_box])


def _background(seed: int) -> Image.Image:
    c = Canvas(world.sample(seed), PORTRAIT)
    draw_background(c, BACKGROUNDS[seed % len(BACKGROUNDS)], random.Random(seed))
    return c.image.reduce(SUPERSAMPLING)
