"""Draws the input pictures of the examples: `python draw_examples.py`.

Each is a picture of the world, fixed by its seed. Examples that are not there are left out. Pictures that come out
another way than those beside the graphs need other results too: see CONTRIBUTING.md.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

import world

EXAMPLES = Path(__file__).resolve().parents[2] / "Examples"
FRESH = 10_000_000     # seeds from here on were never used in training
PEOPLE = {"ann": 1062, "ben": 1555, "eva": 1225, "kim": 1409, "max": 1385, "zoe": 1499}


def picture(seed: int) -> world.Picture:
    return world.render(world.sample(FRESH + seed))


def photo(seed: int) -> Image.Image:
    return picture(seed).image


def headphones(seed: int) -> Image.Image:
    """Where the headphones are, white on black."""
    return picture(seed).masks["headphones"]


def close_up() -> Image.Image:
    """A face without what belongs around it."""
    person = world.Portrait(
        expression="smiling", hair_colour="red", hair_style="curly", glasses="glasses", shirt="green",
        background="sunset", height=0.5, style=3,
    )
    return world.render(person).image.crop((16, 8, 112, 104))


def sketch(seed: int, threshold: int = 24) -> Image.Image:
    """The outlines of a portrait: black lines on white, where the picture's colours change."""
    image = photo(seed)
    channels = (ImageChops.subtract(channel.filter(ImageFilter.MaxFilter(3)), channel) for channel in image.split())
    red, green, blue = channels
    edges = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return edges.point(lambda value: 0 if value > threshold else 255)


def logo(side: int = 128) -> Image.Image:
    """A heart, white on black, with smooth edges."""
    n = 4 * side
    image = Image.new("L", (n, n))
    pen = ImageDraw.Draw(image)
    for x in (0.355, 0.645):
        pen.ellipse(((x - 0.16) * n, 0.22 * n, (x + 0.16) * n, 0.54 * n), fill=255)
    pen.polygon([(0.222 * n, 0.47 * n), (0.778 * n, 0.47 * n), (0.5 * n, 0.82 * n)], fill=255)
    pen.rectangle((0.355 * n, 0.36 * n, 0.645 * n, 0.48 * n), fill=255)
    return image.reduce(4)


def group(seed: int) -> Image.Image:
    """Several people, soft as from a lens that is out of focus."""
    return world.render_group(world.sample_group(FRESH + seed)).image.filter(ImageFilter.GaussianBlur(1.3))


def small(seed: int, side: int = 64) -> Image.Image:
    return photo(seed).resize((side, side), Image.BOX)


DRAWN = {
    "make-him-smile/photo.png": lambda: photo(1632),
    "extend-the-picture/photo.png": close_up,
    "remove-headphones/photo.png": lambda: photo(1060),
    "remove-headphones/headphones.png": lambda: headphones(1060),
    **{f"folder-of-photos/photos/{name}.png": lambda seed=seed: photo(seed) for name, seed in PEOPLE.items()},
    "from-a-sketch/sketch.png": lambda: sketch(2006),
    "hidden-logo/logo.png": logo,
    "restyle-at-night/photo.png": lambda: photo(1385),
    "fix-small-faces/photo.png": lambda: group(7),
    "upscale-4x/photo.png": lambda: small(1343),
}

if __name__ == "__main__":
    for name, draw in DRAWN.items():
        file = EXAMPLES / name
        if (EXAMPLES / name.split("/")[0]).is_dir():
            file.parent.mkdir(exist_ok=True)
            draw().save(file, optimize=True)
            print(f"Examples/{name}")
