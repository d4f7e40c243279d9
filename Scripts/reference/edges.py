"""Edges, sketches and other pictures for ControlNets, and filled pictures: what OpenCV and SciPy make of the same
pictures of 8 bits."""

import cv2
import numpy as np
from safetensors.numpy import save_file
from scipy import ndimage, sparse
from scipy.sparse.linalg import spsolve

# Thresholds, aperture, whether gradients are Euclid's.
CANNY = [
    (low * scale, high * scale, aperture, euclidean)
    for aperture, scale in ((3, 1), (5, 8), (7, 96))
    for euclidean in (False, True)
    for low, high in ((30, 90), (60.5, 61.2), (0, 250))
]


def picture(random, height, width, sigma):
    smooth = ndimage.gaussian_filter(random.random((height, width, 3)), (sigma, sigma, 0))
    return np.rint((smooth - smooth.min()) / np.ptp(smooth) * 255).astype(np.uint8)


def canny(pictures):
    tensors = {}
    for low, high, aperture, euclidean in CANNY:
        name = f"canny.{aperture}.{'l2' if euclidean else 'l1'}.{low:g}.{high:g}"
        tensors[name] = cv2.Canny(pictures["picture"], low, high, apertureSize=aperture, L2gradient=euclidean)
    for name in ("noise", "row", "column", "pixel", "pair"):
        tensors[f"canny.{name}"] = cv2.Canny(pictures[name], 100, 200)
    return {name: edges / 255 for name, edges in tensors.items()}


def sketch(image, fine, coarse, threshold):
    """As ControlNet's scribble_xdog, without the wrap of its numbers of 8 bits above 127."""
    blur = lambda sigma: cv2.GaussianBlur(image.astype(np.float64), (0, 0), sigma)
    return ((blur(coarse) - blur(fine)).min(2) > threshold).astype(np.float32)


def binary(image):
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    threshold, otsu = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    fixed = cv2.threshold(grey, 100, 255, cv2.THRESH_BINARY)[1]
    return {"otsu": otsu / 255, "otsu.threshold": np.array([threshold]), "binary.100": fixed / 255, "grey": grey}


def tile_blurred(image, levels):
    """As the TileDetector of comfyui_controlnet_aux, in f32."""
    height, width = (side >> levels for side in image.shape[:2])
    small = cv2.resize(np.float32(image) / 255, (width, height), interpolation=cv2.INTER_AREA)
    for _ in range(levels):
        small = cv2.pyrUp(small)
    return small


def harmonic(image, mask):
    """Unknown pixels are the mean of their neighbours, four at most: a sparse system, solved directly."""
    height, width = mask.shape
    number = np.arange(mask.size).reshape(mask.shape)
    unknown = mask > 0
    matrix = sparse.lil_matrix((mask.size, mask.size))
    for y, x in np.ndindex(mask.shape):
        near = [(y + j, x + i) for j, i in ((0, 1), (0, -1), (1, 0), (-1, 0))]
        near = [(j, i) for j, i in near if 0 <= j < height and 0 <= i < width] if unknown[y, x] else []
        matrix[number[y, x], number[y, x]] = max(len(near), 1)
        for place in near:
            matrix[number[y, x], number[place]] = -1
    known = np.where(unknown[..., None], 0, image / 255).reshape(-1, 3)
    solution = spsolve(matrix.tocsc(), known).reshape(image.shape)
    return image / 255 + mask[..., None] * (solution - image / 255)


def fill_masks(random, shape):
    y, x = np.mgrid[: shape[0], : shape[1]]
    soft = np.clip(1.5 - np.hypot(x - 30, y - 25) / 12, 0, 1)
    grain = (random.random(shape) < 0.6).astype(float)
    side = ((x >= 40) | (y < 9)).astype(float)
    masks = {"soft": soft, "grain": grain, "side": side, "most": (x != 7) | (y != 11)}
    return {name: np.float16(mask).astype(float) for name, mask in masks.items()}


def outpaint_mask(width, height, left, top, right, bottom, feather):
    """As ComfyUI's ImagePadForOutpaint."""
    mask = np.ones((height + top + bottom, width + left + right))
    for y, x in np.ndindex(height, width):
        value = 0.0
        if 0 < feather and 2 * feather < min(width, height):
            near = [(x, left), (width - x, right), (y, top), (height - y, bottom)]
            near = min([distance for distance, room in near if room] + [feather])
            value = max(feather - near, 0) / feather
        mask[top + y, left + x] = value * value
    return mask


def write(fixtures):
    random = np.random.default_rng(6)
    pictures = {
        "picture": picture(random, 57, 70, 2),
        "noise": random.integers(0, 256, (40, 33, 3), np.uint8),
        "row": random.integers(0, 256, (1, 19, 3), np.uint8),
        "column": random.integers(0, 256, (17, 1, 3), np.uint8),
        "pixel": np.full((1, 1, 3), 200, np.uint8),
        "pair": np.array([[[0, 0, 0], [255, 255, 255]]], np.uint8),
        "tiles": picture(random, 32, 48, 1),
    }
    image = pictures["picture"]
    tensors = pictures | canny(pictures) | binary(image)
    tensors |= {f"sketch.{n}": sketch(image, f, c, t) for n, f, c, t in (("scribble", 0.5, 5, 16), ("fine", 1, 1.6, 2))}
    tensors |= {f"tiles.{levels}": tile_blurred(pictures["tiles"], levels) for levels in (1, 2, 3, 4)}
    for name, mask in fill_masks(random, image.shape[:2]).items():
        tensors |= {f"mask.{name}": mask, f"filled.{name}": harmonic(image, mask)}
    outpaints = {"sides": (20, 17, 0, 5, 9, 0, 6), "all": (9, 12, 2, 1, 3, 4, 4), "small": (9, 12, 2, 1, 3, 4, 5)}
    tensors |= {f"outpaint.{name}": outpaint_mask(*numbers) for name, numbers in outpaints.items()}
    tensors = {
        name: np.ascontiguousarray(value, np.float32 if name.startswith("tiles.") else np.float16)
        for name, value in tensors.items()
    }
    save_file(tensors, fixtures / "edges.safetensors")
