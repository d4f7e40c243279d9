"""Writes the fixtures of ImagingTests: PNG files of every kind with the values that they hold, broken ones,
and pictures that Pillow has resized.

The files are written chunk by chunk from known samples, so what is expected does not come from a PNG
library; Pillow only confirms the ones that it reads without loss.
"""

import json
import struct
import zlib

import numpy as np
from PIL import Image, ImageOps
from safetensors.numpy import save_file

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, RGB, PALETTE, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6
CHANNELS = {GREY: 1, RGB: 3, PALETTE: 1, GREY_ALPHA: 2, RGBA: 4}
DEPTHS = {GREY: (1, 2, 4, 8, 16), RGB: (8, 16), PALETTE: (1, 2, 4, 8), GREY_ALPHA: (8, 16), RGBA: (8, 16)}
NAMES = {GREY: "grey", RGB: "rgb", PALETTE: "palette", GREY_ALPHA: "grey-alpha", RGBA: "rgba"}
# Pillow refuses a file with a damaged chunk that the pixels do not need.
UNREAD_BY_PILLOW = {"damaged-extras"}
# Adam7: first column and row, and the steps between them, of each pass.
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


# PNG files


def chunk(name, data=b"", crc=None):
    crc = zlib.crc32(name + data) if crc is None else crc
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc)


def header(width, height, depth=8, color=RGB, interlaced=0):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlaced))


def packed(rows, depth):
    """Rows of samples as filtered scanlines; the filter is always 0, none."""
    lines = b""
    for row in rows:
        samples = np.asarray(row).reshape(-1)
        if depth == 16:
            line = samples.astype(">u2").tobytes()
        else:
            bits = (samples[:, None] >> np.arange(depth - 1, -1, -1)) & 1
            line = np.packbits(bits.astype(np.uint8).reshape(-1)).tobytes()
        lines += b"\0" + line
    return lines


def scanlines(samples, depth, interlaced):
    if not interlaced:
        return packed(samples, depth)
    parts = [samples[y::dy, x::dx] for x, y, dx, dy in PASSES]
    return b"".join(packed(part, depth) for part in parts if part.size)


def png(samples, depth, color, interlaced=0, before=b"", after=b""):
    """A file of samples `[H, W, C]`, with more chunks before and after the pixels."""
    height, width, _ = samples.shape
    pixels = chunk(b"IDAT", zlib.compress(scanlines(samples, depth, interlaced)))
    return SIGNATURE + header(width, height, depth, color, interlaced) + before + pixels + after + chunk(b"IEND")


class Suite:
    """PNG files, and for each the values that it holds."""

    def __init__(self, folder):
        self.folder = folder
        self.expected = {}

    def add(self, name, data, maximum, rgb, alpha=None, text=()):
        (self.folder / f"{name}.png").write_bytes(data)
        self.expected[name] = {
            "width": rgb.shape[1],
            "height": rgb.shape[0],
            "maximum": maximum,
            "rgb": np.asarray(rgb).reshape(-1).tolist(),
            "alpha": None if alpha is None else np.asarray(alpha).reshape(-1).tolist(),
            "text": [list(pair) for pair in text],
        }
        if maximum == 255:
            self.confirm(name, rgb, alpha)

    def confirm(self, name, rgb, alpha):
        if name in UNREAD_BY_PILLOW:
            return
        with Image.open(self.folder / f"{name}.png") as image:
            found = np.asarray(image.convert("RGBA"))
        assert (found[..., :3] == rgb).all(), name
        # Pillow takes the transparent grey of less than 8 bits for one of 8.
        if alpha is not None and not name.startswith(("grey-1-", "grey-2-", "grey-4-")):
            assert (found[..., 3] == alpha).all(), name

    def save(self):
        text = json.dumps(self.expected, separators=(",", ":"), ensure_ascii=False)
        (self.folder / "expected.json").write_text(text.replace('},"', '},\n"') + "\n")


def as_8_bit(samples, depth):
    """Samples of less than 8 bits are scaled to 8: 255 is a multiple of every such maximum."""
    return samples * (255 // (2**depth - 1)) if depth < 8 else samples


def plain_kinds(suite, random):
    """Every colour type and depth, interlaced and not, with and without transparency."""
    for color, depths in DEPTHS.items():
        for depth in depths:
            for interlaced in (0, 1):
                for keyed in (False, True) if color in (GREY, RGB, PALETTE) else (False,):
                    kind(suite, random, color, depth, interlaced, keyed)


def kind(suite, random, color, depth, interlaced, keyed):
    width, height = (11, 9) if interlaced else (7, 5)
    samples = random.integers(0, 2**depth, (height, width, CHANNELS[color]))
    maximum = 65535 if depth == 16 else 255
    before, alpha = b"", None
    if color == PALETTE:
        colors = random.integers(0, 256, (2**depth, 3))
        opacities = random.integers(0, 256, 2 ** (depth - 1))  # those that are left out are opaque
        before = chunk(b"PLTE", colors.astype(np.uint8).tobytes())
        values = colors[samples[..., 0]]
        if keyed:
            before += chunk(b"tRNS", opacities.astype(np.uint8).tobytes())
            alpha = np.append(opacities, [255] * (len(colors) - len(opacities)))[samples[..., 0]]
    else:
        values = as_8_bit(samples, depth)
        if color in (GREY_ALPHA, RGBA):
            values, alpha = values[..., :-1], values[..., -1]
        if keyed:
            samples[1, 2] = samples[3, 4]  # so that the key is met more than once
            key = samples[1, 2]
            values = as_8_bit(samples, depth)
            before = chunk(b"tRNS", key.astype(">u2").tobytes())
            alpha = np.where((samples == key).all(-1), 0, maximum)
        values = np.broadcast_to(values, (height, width, 3))
    name = f"{NAMES[color]}-{depth}" + ("-interlaced" if interlaced else "") + ("-transparent" if keyed else "")
    suite.add(name, png(samples, depth, color, interlaced, before), maximum, values, alpha)


def special_kinds(suite, random):
    """Single pixels, every filter type, several IDAT chunks, what may be ignored, and texts."""
    samples = random.integers(0, 256, (1, 1, 3))
    suite.add("single", png(samples, 8, RGB), 255, samples)
    suite.add("single-interlaced", png(samples, 8, RGB, 1), 255, samples)

    y, x = np.mgrid[:24, :32]
    smooth = np.stack([x * 8, y * 10, (x + y) * 4], -1)
    Image.fromarray(smooth.astype(np.uint8)).save(suite.folder / "filtered.png")
    data = (suite.folder / "filtered.png").read_bytes()
    suite.add("filtered", data, 255, smooth)

    samples = random.integers(0, 256, (5, 7, 3))
    body = zlib.compress(scanlines(samples, 8, 0))
    pieces = b"".join(chunk(b"IDAT", body[i : i + 10]) for i in range(0, len(body), 10))
    suite.add("pieces", SIGNATURE + header(7, 5) + pieces + chunk(b"IEND"), 255, samples)

    harmless = chunk(b"gAMA", struct.pack(">I", 45455)) + chunk(b"xyZz", b"private") + chunk(b"tIME", b"short")
    suite.add("harmless", png(samples, 8, RGB, before=harmless), 255, samples)
    suite.add("trailing", png(samples, 8, RGB) + b"more", 255, samples)
    wrong = chunk(b"tEXt", b"Title\0lost", crc=1) + chunk(b"tRNS", b"\0")
    suite.add("damaged-extras", png(samples, 8, RGB, before=wrong), 255, samples)

    before = (
        chunk(b"tEXt", "Title\0Caf\u00e9".encode("latin-1"))
        + chunk(b"zTXt", "Artist\0\0".encode() + zlib.compress("Andr\u00e9".encode("latin-1")))
        + chunk(b"iTXt", b"Comment\0\0\0de\0Kommentar\0" + "\u7d75 \U0001f3a8".encode())
    )
    after = chunk(b"iTXt", b"Last\0\x01\0\0\0" + zlib.compress("\u00fcber".encode()))
    text = (("Title", "Caf\u00e9"), ("Artist", "Andr\u00e9"), ("Comment", "\u7d75 \U0001f3a8"), ("Last", "\u00fcber"))
    suite.add("texts", png(samples, 8, RGB, before=before, after=after), 255, samples, text=text)


def pictures(folder):
    random = np.random.default_rng(1)
    suite = Suite(folder)
    plain_kinds(suite, random)
    special_kinds(suite, random)
    suite.save()


# Broken files


def broken(folder):
    samples = np.random.default_rng(2).integers(0, 256, (5, 7, 3))
    good = png(samples, 8, RGB)
    start = SIGNATURE + header(7, 5)
    end = chunk(b"IEND")
    lines = scanlines(samples, 8, 0)
    body = zlib.compress(lines)
    pixels = chunk(b"IDAT", body)
    files = {
        "empty": b"",
        "text": b"Not a picture at all.\n",
        "converted-line-ends": good.replace(b"\r\n", b"\n"),
        "signature-alone": SIGNATURE,
        "half-header": start[:20],
        "header-not-first": SIGNATURE + chunk(b"gAMA", bytes(4)) + header(7, 5) + pixels + end,
        "no-width": SIGNATURE + header(0, 5) + pixels + end,
        "no-height": SIGNATURE + header(7, 0) + pixels + end,
        "too-wide": SIGNATURE + header(32769, 1) + pixels + end,
        "too-many-pixels": SIGNATURE + header(10001, 10000) + pixels + end,
        "huge": SIGNATURE + header(2**32 - 1, 2**32 - 1) + pixels + end,
        "unknown-depth": SIGNATURE + header(7, 5, depth=3) + pixels + end,
        "unknown-color-type": SIGNATURE + header(7, 5, color=5) + pixels + end,
        "unknown-interlacing": SIGNATURE + header(7, 5, interlaced=2) + pixels + end,
        "header-checksum": SIGNATURE + header(7, 5)[:-4] + bytes(4) + pixels + end,
        "pixels-checksum": start + chunk(b"IDAT", body, crc=1) + end,
        "no-pixels": start + end,
        "no-palette": SIGNATURE + header(7, 5, color=PALETTE) + pixels + end,
        "cut-in-pixels": good[: len(start) + 40],
        "cut-before-end": start + pixels,
        "too-few-rows": start + chunk(b"IDAT", zlib.compress(lines[: len(lines) // 2])) + end,
        "cut-stream": start + chunk(b"IDAT", body[: len(body) // 2]) + end,
        "not-a-stream": start + chunk(b"IDAT", b"not a zlib stream") + end,
        "unknown-filter": start + chunk(b"IDAT", zlib.compress(b"\5" + lines[1:])) + end,
        "unknown-critical-chunk": start + chunk(b"ABCD", b"?") + pixels + end,
        "endless-chunk": start + struct.pack(">I", 2**31 - 1) + b"IDAT" + body,
    }
    for name, data in files.items():
        (folder / f"{name}.png").write_bytes(data)
    small = Image.new("RGB", (2, 2))
    for format in ("GIF", "BMP", "TIFF"):
        small.save(folder / f"{format.lower()}.png", format)


# Resampling

FILTERS = {
    "nearest": Image.Resampling.NEAREST,
    "area": Image.Resampling.BOX,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}
SIZES = ((13, 9), (26, 18), (39, 9), (13, 4), (7, 5), (31, 3), (5, 23), (1, 1), (2, 40))


def planes(source, resize):
    """Resizes each channel as a picture of f32."""
    return np.stack([np.asarray(resize(Image.fromarray(plane))) for plane in source], -1)


def resampling(path):
    source = np.random.default_rng(3).random((3, 9, 13), dtype=np.float32)
    tensors = {"source": np.ascontiguousarray(source.transpose(1, 2, 0))}
    for name, filter in FILTERS.items():
        for size in SIZES:
            width, height = size
            tensors[f"{name}.stretch.{width}x{height}"] = planes(source, lambda p: p.resize(size, filter))
            covered = planes(source, lambda p: ImageOps.fit(p, size, filter))
            tensors[f"{name}.cover.{width}x{height}"] = covered
    save_file(tensors, path)


def write(fixtures):
    for folder in ("pictures", "broken"):
        (fixtures / folder).mkdir(parents=True, exist_ok=True)
    pictures(fixtures / "pictures")
    broken(fixtures / "broken")
    resampling(fixtures / "resampling.safetensors")
