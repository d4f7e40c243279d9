"""Writes the fixtures of the JPEG, WebP and ICC tests: files of every kind, and what Pillow reads from them.

Beside each file lies what it shows as a PNG file, turned upright and in sRGB. Profiles are built here from their
parts, so that they are small and stand under no licence.
"""

import io
import json
import struct

import numpy as np
from PIL import Image, ImageCms, ImageOps

WIDTH, HEIGHT = 29, 19


def picture():
    """Smooth colours with an edge and some texture."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    rgb = np.stack([x * 8, y * 12, 255 - (x + y) * 5], -1)
    rgb[4:12, 6:15] = (230, 40, 30)
    rgb += np.random.default_rng(4).integers(-6, 7, rgb.shape)
    return Image.fromarray(rgb.clip(0, 255).astype(np.uint8))


# ICC profiles: ICC.1:2022


def fixed(*numbers):
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def xyz(x, y, z):
    return b"XYZ \0\0\0\0" + fixed(x, y, z)


def gamma(power):
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(power * 256))


def profile(space, connection, kind, tags):
    description = b"test\0"
    text = b"desc\0\0\0\0" + struct.pack(">I", len(description)) + description + bytes(78)
    tags = {
        b"desc": text,
        b"cprt": b"text\0\0\0\0none\0",
        b"wtpt": xyz(0.9642, 1.0, 0.8249),
        **tags,
    }
    offset = 128 + 4 + 12 * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    for name, body in tags.items():
        table += name + struct.pack(">II", offset + len(data), len(body))
        data += body + bytes(-len(body) % 4)
    header = struct.pack(">I", offset + len(data)) + bytes(4) + struct.pack(">I", 0x02400000) + kind + space + connection
    header += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + fixed(0.9642, 1.0, 0.8249)
    return header + bytes(128 - len(header)) + table + data


def wide_gamut():
    """Adobe RGB (1998): its primaries adapted to D50, gamma 2.2."""
    colors = {b"rXYZ": (0.60974, 0.31111, 0.01947), b"gXYZ": (0.20528, 0.62567, 0.06087), b"bXYZ": (0.14919, 0.06322, 0.74457)}
    tags = {name: xyz(*color) for name, color in colors.items()}
    tags.update({name: gamma(2.19921875) for name in (b"rTRC", b"gTRC", b"bTRC")})
    return profile(b"RGB ", b"XYZ ", b"mntr", tags)


def dark_grey():
    return profile(b"GRAY", b"XYZ ", b"mntr", {b"kTRC": gamma(1.0)})


def inks():
    """CMYK to Lab by a table of the sixteen corners: `mft1`, 8 bits."""
    corners = []
    for index in range(16):
        c, m, y, k = (index >> bit & 1 for bit in (3, 2, 1, 0))
        light = (1 - 0.45 * c) * (1 - 0.5 * m) * (1 - 0.1 * y) * (1 - 0.9 * k)
        a = (-35 * c + 70 * m - 5 * y) * (1 - k)
        b = (-45 * c - 5 * m + 85 * y) * (1 - k)
        corners.append((round(light * 255), round(a + 128), round(b + 128)))
    ramp = bytes(range(256))
    table = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    table += ramp * 4 + bytes(value for corner in corners for value in corner) + ramp * 3
    return profile(b"CMYK", b"Lab ", b"prtr", {b"A2B0": table})


# Files


class Suite:
    def __init__(self, folder):
        self.folder = folder

    def add(self, name, data):
        """A file, and what Pillow reads from it."""
        (self.folder / name).write_bytes(data)
        with Image.open(io.BytesIO(data)) as image:
            icc = image.info.get("icc_profile")
            upright = ImageOps.exif_transpose(image)
            upright.load()
        self.in_srgb(upright, icc).save(self.folder / f"{name}.expected.png", icc_profile=None)

    @staticmethod
    def in_srgb(image, icc):
        alpha = image.getchannel("A") if image.mode == "RGBA" else None
        colors = image.convert("RGB") if alpha else image
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(icc)) if icc else None
            rgb = ImageCms.profileToProfile(colors, source, ImageCms.createProfile("sRGB"), outputMode="RGB") if icc else colors.convert("RGB")
        except (ImageCms.PyCMSError, OSError):
            rgb = colors.convert("RGB")
        if alpha:
            rgb.putalpha(alpha)
        return rgb


def encoded(image, format, **options):
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def orientation(number):
    exif = Image.Exif()
    exif[0x0112] = number
    return exif


def with_adobe_transform(data, transform):
    """Says that the colours of a JPEG file are stored in another way."""
    start = data.index(b"Adobe") + 11
    return data[:start] + bytes((transform,)) + data[start + 1 :]


def jpegs(suite, rgb):
    for name, options in {
        "plain": {},
        "full-color": {"subsampling": 0},
        "half-color": {"subsampling": 1},
        "progressive": {"progressive": True},
        "restarts": {"restart_marker_blocks": 2},
        "optimized": {"optimize": True, "quality": 30},
    }.items():
        suite.add(f"{name}.jpg", encoded(rgb, "JPEG", **({"quality": 85} | options)))
    suite.add("grey.jpg", encoded(rgb.convert("L"), "JPEG", quality=85))
    cmyk = encoded(rgb.convert("CMYK"), "JPEG", quality=85)
    suite.add("cmyk.jpg", cmyk)
    suite.add("ycck.jpg", with_adobe_transform(cmyk, 2))
    for number in range(1, 9):
        suite.add(f"turned-{number}.jpg", encoded(rgb, "JPEG", quality=85, exif=orientation(number)))
    suite.add("one.jpg", encoded(rgb.crop((3, 3, 4, 4)), "JPEG"))


def profiles(suite, rgb):
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    grey, cmyk = rgb.convert("L"), rgb.convert("CMYK")
    rgba = rgb.copy()
    rgba.putalpha(Image.linear_gradient("L").resize(rgb.size))
    suite.add("wide.jpg", encoded(rgb, "JPEG", icc_profile=wide_gamut()))
    suite.add("wide.webp", encoded(rgb, "WebP", lossless=True, icc_profile=wide_gamut()))
    suite.add("wide-alpha.webp", encoded(rgba, "WebP", lossless=True, icc_profile=wide_gamut()))
    suite.add("wide.png", encoded(rgb, "PNG", icc_profile=wide_gamut()))
    suite.add("wide-alpha.png", encoded(rgba, "PNG", icc_profile=wide_gamut()))
    suite.add("dark.jpg", encoded(grey, "JPEG", icc_profile=dark_grey()))
    suite.add("dark.png", encoded(grey, "PNG", icc_profile=dark_grey()))
    suite.add("inks.jpg", encoded(cmyk, "JPEG", icc_profile=inks()))
    suite.add("srgb.png", encoded(rgb, "PNG", icc_profile=srgb))
    # What cannot be followed counts as none; Pillow, too, refuses a profile of another kind of colours.
    suite.add("broken-profile.jpg", encoded(rgb, "JPEG", icc_profile=wide_gamut()[:200]))
    suite.add("other-profile.jpg", encoded(rgb, "JPEG", icc_profile=dark_grey()))


def webps(suite, rgb):
    rgba = rgb.copy()
    rgba.putalpha(Image.linear_gradient("L").resize(rgb.size))
    suite.add("lossy.webp", encoded(rgb, "WebP", quality=80))
    suite.add("lossless.webp", encoded(rgb, "WebP", lossless=True))
    suite.add("lossy-alpha.webp", encoded(rgba, "WebP", quality=80))
    suite.add("lossless-alpha.webp", encoded(rgba, "WebP", lossless=True, exact=True))
    suite.add("turned-6.webp", encoded(rgb, "WebP", lossless=True, exif=orientation(6)))


def refused(folder, rgb):
    """Files that are whole, and of a kind that is not read."""
    plain = encoded(rgb, "JPEG")
    frame = plain.index(b"\xff\xc0")
    (folder / "twelve-bits.jpg").write_bytes(plain[: frame + 4] + b"\x0c" + plain[frame + 5 :])
    (folder / "animated.webp").write_bytes(encoded(rgb, "WebP", save_all=True, append_images=[ImageOps.mirror(rgb)]))


def write(folder):
    for name in ("read", "refused"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    rgb, suite = picture(), Suite(folder / "read")
    jpegs(suite, rgb)
    webps(suite, rgb)
    profiles(suite, rgb)
    refused(folder / "refused", rgb)
    resaved(folder / "resaved.json", rgb)


def resaved(path, rgb):
    """How far Pillow's files of the same settings are from the picture: the mean squared error of 8-bit values."""
    errors = {}
    for name, (format, options) in {
        "jpeg-30": ("JPEG", {"quality": 30}),
        "jpeg-90": ("JPEG", {"quality": 90, "subsampling": 0}),
        "webp-30": ("WebP", {"quality": 30}),
        "webp-90": ("WebP", {"quality": 90}),
    }.items():
        with Image.open(io.BytesIO(encoded(rgb, format, **options))) as image:
            found = np.asarray(image.convert("RGB"), dtype=np.float64)
        errors[name] = float(np.mean((found - np.asarray(rgb, dtype=np.float64)) ** 2))
    path.write_text(json.dumps(errors, indent=2) + "\n")
