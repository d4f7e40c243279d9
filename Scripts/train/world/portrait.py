"""What a portrait shows: the attributes, their values, and how they are drawn at random."""

from __future__ import annotations

import random
from dataclasses import dataclass

SIZE = 128           # pixels per side of a picture
SUPERSAMPLING = 4    # drawn at SIZE * SUPERSAMPLING, then box filtered

EXPRESSIONS = ("smiling", "neutral", "frowning", "surprised")
HAIR_COLOURS = ("black", "brown", "blond", "red", "grey", "blue", "pink")
HAIR_STYLES = ("short", "long", "bald", "curly", "bun")
SKIN_TONES = ("pale", "light", "tan", "brown", "dark")
GLASSES = ("none", "glasses", "sunglasses")
HEADWEAR = ("none", "cap", "beanie", "crown")
HEADPHONES = ("no", "yes")
SHIRTS = ("red", "blue", "green", "yellow", "purple", "orange", "white", "black")
BACKGROUNDS = ("red", "blue", "green", "yellow", "purple", "pink", "teal", "grey",
               "night", "sunset", "stripes")

ATTRIBUTES = {
    "expression": EXPRESSIONS,
    "hair_colour": HAIR_COLOURS + ("none",),     # "none" exactly when the style is bald
    "hair_style": HAIR_STYLES,
    "skin": SKIN_TONES,
    "glasses": GLASSES,
    "headwear": HEADWEAR,
    "headphones": HEADPHONES,
    "shirt": SHIRTS,
    "background": BACKGROUNDS,
}


@dataclass(frozen=True)
class Portrait:
    """Everything `render` needs. `style` feeds only small unnamed choices (jitter, hat colour...)."""

    expression: str = "neutral"
    hair_colour: str = "brown"
    hair_style: str = "short"
    skin: str = "light"
    glasses: str = "none"
    headwear: str = "none"
    headphones: str = "no"
    shirt: str = "blue"
    background: str = "grey"
    x: float = 0.5            # middle of the face, as a fraction of the frame
    y: float = 0.5
    height: float = 0.55      # chin to crown, as a fraction of the frame
    tilt: float = 0.0         # degrees, clockwise
    style: int = 0

    def labels(self) -> dict[str, int]:
        """Class index of every attribute, in the order of `ATTRIBUTES`."""
        return {name: values.index(getattr(self, name)) for name, values in ATTRIBUTES.items()}


def pick(rng: random.Random, values, weights=None):
    return rng.choices(values, weights)[0]


def sample(seed: int) -> Portrait:
    """A portrait drawn from the world's distribution, fixed by the seed."""
    rng = random.Random(seed * 1_000_003 + 17)
    headwear = pick(rng, HEADWEAR, (52, 16, 16, 16))
    style = pick(rng, HAIR_STYLES, (28, 24, 12, 18, 18))
    while style == "bun" and headwear in ("cap", "beanie"):   # the hat would hide the bun
        style = pick(rng, HAIR_STYLES, (28, 24, 12, 18, 18))
    height = 0.35 + 0.40 * rng.betavariate(2.6, 2.2)
    spread = 0.5 * (0.86 - height * 0.8)
    return Portrait(
        expression=pick(rng, EXPRESSIONS),
        hair_colour="none" if style == "bald" else pick(rng, HAIR_COLOURS),
        hair_style=style,
        skin=pick(rng, SKIN_TONES),
        glasses=pick(rng, GLASSES, (46, 29, 25)),
        headwear=headwear,
        headphones=pick(rng, HEADPHONES, (65, 35)),
        shirt=pick(rng, SHIRTS),
        background=pick(rng, BACKGROUNDS),
        x=0.5 + spread * rng.triangular(-0.75, 0.75, 0.0),
        y=0.50 + 0.5 * (0.80 - height) * rng.triangular(-0.5, 0.5, 0.0),
        height=height,
        tilt=rng.triangular(-11, 11, 0),
        style=rng.getrandbits(31),
    )
