"""Portrait world: a procedural, deterministic source of captioned flat-style portraits.

Every picture is a head-and-shoulders portrait drawn from a small set of attributes (expression,
hair, glasses, headwear, headphones, shirt, skin, background) plus a continuous pose (position,
scale, tilt).  The module only needs NumPy and Pillow.

    portrait = sample(seed)              # what to draw: attributes + geometry, reproducible
    picture  = render(portrait)          # the pixels, plus boxes and masks for editing tasks
    text, named = caption(portrait, rng) # a natural caption and the attributes it mentions

Because drawing is a pure function of the `Portrait`, changing one field and drawing again yields
the exact ground truth of an edit:

    smiling = render(replace(portrait, expression="smiling"))

Coordinates.  The head is drawn in head units: the origin is the middle of the face, x points
right, y points down, the skull's top is y = -1 and the chin is y = +1.  `Canvas` maps head units
(rotated by the tilt) or body units (the same scale, not rotated) to supersampled pixels.
"""

from .captions import caption, decorate
from .drawing import Picture, render
from .group import Group, GroupPicture, render_group, sample_group
from .night import render_night, to_day, to_night
from .portrait import ATTRIBUTES, SIZE, Portrait, sample
from .sheet import contact_sheet

__all__ = ["ATTRIBUTES", "SIZE", "Group", "GroupPicture", "Picture", "Portrait", "caption", "contact_sheet", "decorate", "render",
           "render_group", "render_night", "sample", "sample_group", "to_day", "to_night"]
