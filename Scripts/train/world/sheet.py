"""Grids of pictures."""

from __future__ import annotations

import textwrap

from PIL import Image, ImageDraw, ImageFont

from .portrait import SIZE


def contact_sheet(images, columns: int, texts=None, scale: int = 1) -> Image.Image:
    """A grid of pictures, each with an optional caption underneath."""
    side, pad = SIZE * scale, 6
    strip = 34 if texts else 0
    rows = -(-len(images) // columns)
    sheet = Image.new("RGB", (columns * (side + pad) + pad, rows * (side + pad + strip) + pad), (255, 255, 255))
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(9)
    for i, image in enumerate(images):
        x, y = pad + (i % columns) * (side + pad), pad + (i // columns) * (side + pad + strip)
        sheet.paste(image.resize((side, side), Image.NEAREST if scale == 1 else Image.LANCZOS), (x, y))
        if texts:
            pen.text((x, y + side + 1), "\n".join(textwrap.wrap(texts[i], 28 * scale)[:3]), fill=(40, 40, 40), font=font, spacing=1)
    return sheet
