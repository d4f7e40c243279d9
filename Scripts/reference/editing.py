"""Masks and edited pictures: what NumPy, SciPy and Pillow make of the same values."""

import numpy as np
from PIL import Image
from safetensors.numpy import save_file
from scipy import ndimage

SAMPLES = 64  # points along each side of a pixel


# Shapes


def coverage(width, height, inside):
    """The share of SAMPLES x SAMPLES points of each pixel that are inside."""
    steps = (np.arange(SAMPLES) + 0.5) / SAMPLES
    x = (np.arange(width)[:, None] + steps).reshape(-1)
    y = (np.arange(height)[:, None] + steps).reshape(-1)
    hits = inside(x[None, :], y[:, None]).astype(np.float32)
    return hits.reshape(height, SAMPLES, width, SAMPLES).mean((1, 3))


def winding(points):
    """How often a closed line goes round each point (Sunday's algorithm)."""

    def count(x, y):
        total = np.zeros(np.broadcast(x, y).shape, int)
        for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1]):
            left = (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)
            total += ((y0 <= y) & (y1 > y) & (left > 0)).astype(int)
            total -= ((y0 > y) & (y1 <= y) & (left < 0)).astype(int)
        return total

    return count


def distance_to_line(points):
    """The distance to the nearest point of an open line."""

    def distance(x, y):
        best = np.full(np.broadcast(x, y).shape, np.inf)
        for (x0, y0), (x1, y1) in zip(points[:-1], points[1:]):
            dx, dy = x1 - x0, y1 - y0
            t = np.clip(((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy), 0, 1)
            best = np.minimum(best, np.hypot(x - x0 - t * dx, y - y0 - t * dy))
        return best

    return distance


STAR = [(11.5, 1.0), (18.0, 20.5), (1.5, 8.25), (21.5, 8.25), (5.0, 20.5)]
STROKE = [(3.5, 4.0), (17.25, 6.5), (9.0, 15.0)]


def shapes():
    around = winding(STAR)
    line = distance_to_line(STROKE)
    return {
        "box": lambda x, y: (x > 2.25) & (x < 15.75) & (y > 3.5) & (y < 40),
        "ellipse": lambda x, y: ((x - 11.3) / 8.2) ** 2 + ((y - 9.6) / 5.7) ** 2 < 1,
        "polygon.nonzero": lambda x, y: around(x, y) != 0,
        "polygon.even-odd": lambda x, y: around(x, y) % 2 != 0,
        "stroke": lambda x, y: line(x, y) < 2.25,
    }


# Masks


def disc(radius):
    reach = int(radius)
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    return x * x + y * y <= radius * radius


def grown(mask, radius):
    return ndimage.grey_dilation(mask, footprint=disc(radius), mode="constant", cval=-np.inf)


def shrunk(mask, radius):
    return ndimage.grey_erosion(mask, footprint=disc(radius), mode="constant", cval=np.inf)


def feathered(mask, radius):
    blurred = mask.astype(np.float64)
    for axis in (0, 1):
        blurred = ndimage.gaussian_filter1d(blurred, radius / 3, axis, mode="nearest", radius=int(radius))
    return blurred.astype(np.float32)


def filled(mask):
    """The marker, 1 inside, is eroded above the mask until nothing changes."""
    marker = np.ones_like(mask)
    marker[[0, -1]], marker[:, [0, -1]] = mask[[0, -1]], mask[:, [0, -1]]
    cross = ndimage.generate_binary_structure(2, 1)
    while True:
        eroded = ndimage.grey_erosion(marker, footprint=cross, mode="constant", cval=np.inf)
        result = np.maximum(eroded, mask)
        if (result == marker).all():
            return result
        marker = result


def masks(random):
    tensors = {name: coverage(24, 22, inside) for name, inside in shapes().items()}
    soft = random.random((17, 23), dtype=np.float32)
    hard = (ndimage.gaussian_filter(random.random((40, 50)), 1.5) > 0.5).astype(np.float32)
    tensors |= {"soft": soft, "hard": hard}
    for kind, mask in (("soft", soft), ("hard", hard)):
        for radius in (0.5, 1, 2.5, 4, 30):
            tensors[f"{kind}.grown.{radius:g}"] = grown(mask, radius)
            tensors[f"{kind}.shrunk.{radius:g}"] = shrunk(mask, radius)
        for radius in (1, 2.5, 9):
            tensors[f"{kind}.feathered.{radius:g}"] = feathered(mask, radius)
        tensors[f"{kind}.filled"] = filled(mask)
    assert (tensors["hard.filled"] == ndimage.binary_fill_holes(hard)).all()
    return tensors


# Pictures


def planes(image, change):
    """Changes each channel as a picture of f32."""
    return np.stack([np.asarray(change(Image.fromarray(np.ascontiguousarray(p)))) for p in image.transpose(2, 0, 1)], -1)


def rotated(image):
    tensors = {}
    for angle in (-200, -90, 0, 17.5, 45, 90, 133, 180, 270):
        for expand in (False, True):
            turn = lambda plane: plane.rotate(angle, Image.Resampling.BILINEAR, expand, fillcolor=0.25)
            tensors[f"rotated.{angle:g}.{'expanded' if expand else 'kept'}"] = planes(image, turn)
    return tensors


def padded(image):
    room = ((21, 3), (2, 40), (0, 0))
    return {
        "padded.color": np.pad(image, room, constant_values=0.25),
        "padded.edge": np.pad(image, room, "edge"),
        "padded.reflect": np.pad(image, room, "reflect"),
    }


def blurred(image, sigma):
    channels = [ndimage.gaussian_filter(p.astype(np.float64), sigma, mode="nearest") for p in image.transpose(2, 0, 1)]
    return np.stack(channels, -1)


def filtered(image):
    tensors = {f"blurred.{sigma:g}": blurred(image, sigma).astype(np.float32) for sigma in (0.5, 2, 7)}
    detail = image - blurred(image, 1.5)
    sharp = np.where(abs(detail) < 0.1, image, np.clip(image + 1.25 * detail, 0, 1))
    tensors["sharpened"] = sharp.astype(np.float32)
    return tensors


BLENDS = {
    "normal": lambda b, s: s,
    "multiply": lambda b, s: b * s,
    "screen": lambda b, s: b + s - b * s,
    "overlay": lambda b, s: hard_light(s, b),
    "soft-light": lambda b, s: np.where(s <= 0.5, b - (1 - 2 * s) * b * (1 - b), b + (2 * s - 1) * (soft_curve(b) - b)),
    "hard-light": lambda b, s: hard_light(b, s),
    "darken": np.minimum,
    "lighten": np.maximum,
    "difference": lambda b, s: abs(b - s),
    "add": lambda b, s: np.minimum(b + s, 1),
    "subtract": lambda b, s: np.maximum(b - s, 0),
}


def hard_light(b, s):
    return np.where(s <= 0.5, b * 2 * s, b + (2 * s - 1) - b * (2 * s - 1))


def soft_curve(b):
    return np.where(b <= 0.25, ((16 * b - 12) * b + 4) * b, np.sqrt(b))


def blended(image, overlay, mask):
    """The overlay at column 5, row -3, with an opacity of 0.75."""
    tensors = {}
    seen = overlay[3:]
    columns = slice(5, 5 + min(seen.shape[1], image.shape[1] - 5))
    rows = slice(0, min(seen.shape[0], image.shape[0]))
    seen = seen[: rows.stop, : columns.stop - 5].astype(np.float64)
    share = 0.75 * mask[3:][: rows.stop, : columns.stop - 5, None]
    for mode, blend in BLENDS.items():
        result = image.astype(np.float64)
        backdrop = result[rows, columns]
        result[rows, columns] = (1 - share) * backdrop + share * blend(backdrop, seen)
        tensors[f"blended.{mode}"] = result.astype(np.float32)
    return tensors


TO_XYZ = np.array([[0.412453, 0.357580, 0.180423], [0.212671, 0.715160, 0.072169], [0.019334, 0.119193, 0.950227]])
WHITE = TO_XYZ.sum(1)


def lab(image):
    image = image.astype(np.float64)
    light = np.where(image <= 0.04045, image / 12.92, ((image + 0.055) / 1.055) ** 2.4)
    xyz = light @ TO_XYZ.T / WHITE
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz * (29 / 6) ** 2 / 3 + 4 / 29)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)


def srgb(colors):
    y = (colors[..., 0] + 16) / 116
    f = np.stack([y + colors[..., 1] / 500, y, y - colors[..., 2] / 200], -1)
    light = np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29)) * WHITE @ np.linalg.inv(TO_XYZ).T
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 0) ** (1 / 2.4) - 0.055)


def matched(image, reference, strength):
    own, wanted = lab(image), lab(reference)
    axes = (0, 1)
    scale = wanted.std(axes) / own.std(axes)
    moved = srgb(wanted.mean(axes) + (own - own.mean(axes)) * scale)
    return np.clip(image + strength * (moved - image), 0, 1).astype(np.float32)


def structural_similarity(first, second):
    """Wang et al. (2004), channel by channel, as scikit-image computes it with Gaussian weights."""
    values = []
    for x, y in zip(first.transpose(2, 0, 1).astype(np.float64), second.transpose(2, 0, 1).astype(np.float64)):
        mean = lambda a: ndimage.gaussian_filter(a, 1.5, truncate=3.5)
        ux, uy = mean(x), mean(y)
        vx, vy, vxy = mean(x * x) - ux * ux, mean(y * y) - uy * uy, mean(x * y) - ux * uy
        c1, c2 = 0.01**2, 0.03**2
        map = ((2 * ux * uy + c1) * (2 * vxy + c2)) / ((ux**2 + uy**2 + c1) * (vx + vy + c2))
        values.append(map[5:-5, 5:-5].mean())
    return np.mean(values)


def compared(image, other):
    psnr = -10 * np.log10(((image.astype(np.float64) - other) ** 2).mean())
    return {"psnr": np.float32([psnr]), "ssim": np.float32([structural_similarity(image, other)])}


def pictures(random):
    smooth = ndimage.gaussian_filter(random.random((19, 27, 3)), (2, 2, 0))
    image = np.clip((smooth - 0.5) * 4 + 0.5, 0, 1).astype(np.float32)
    overlay = random.random((14, 31, 3), dtype=np.float32)
    mask = random.random((14, 31), dtype=np.float32)
    other = np.clip(image + random.normal(0, 0.05, image.shape), 0, 1).astype(np.float32)
    tensors = {"image": image, "overlay": overlay, "mask": mask, "other": other}
    tensors |= rotated(image) | padded(image) | filtered(image)
    tensors |= blended(image, overlay, mask) | compared(image, other)
    tensors |= {f"matched.{s:g}": matched(image, overlay, s) for s in (0.5, 1)}
    return tensors


def write(fixtures):
    for name, make in (("masks", masks), ("edits", pictures)):
        tensors = make(np.random.default_rng(4))
        tensors = {key: np.ascontiguousarray(value, np.float32) for key, value in tensors.items()}
        save_file(tensors, fixtures / f"{name}.safetensors")
