"""Conditionings with places and times, guidance, and tiny autoencoders.

The rules of areas, masks and ranges are written down here once more, in NumPy and f64, for a model that is exact.
"""

import json
import math

import numpy as np
import torch
from diffusers import AutoencoderTiny, DDIMScheduler, UNet2DConditionModel
from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import rescale_noise_cfg
from safetensors.torch import save_file

from models import randomized
from recording import Recording, noise

SIDE = (12, 20)  # of the latent
SCALE = 8
TINY = dict(
    encoder_block_out_channels=(12,) * 3, decoder_block_out_channels=(12,) * 3, num_encoder_blocks=(1, 2, 1),
    num_decoder_blocks=(2, 1, 1), latent_channels=4)


def write(fixtures):
    folder = fixtures / "guidance"
    folder.mkdir(exist_ok=True)
    (folder / "rescale.json").write_text(json.dumps(rescales()) + "\n")
    (folder / "areas.json").write_text(json.dumps(areas(), default=float) + "\n")
    regional(folder, fixtures / "models" / "sd1" / "unet")
    tiny(folder)


def rescales():
    """diffusers' rescaled guidance of `v`, and the clean latents before and after."""
    cases = []
    for index, (sigma, cfg, rescale) in enumerate([(14.6, 7, 0.7), (2.5, 5, 1), (0.3, 3, 0.25), (1, 12, 0)]):
        x, positive, negative = (noise((1, 3, 2, 4), 10 * index + k).double() for k in range(3))
        x = x * math.sqrt(1 + sigma**2)
        alpha, deviation = 1 / math.sqrt(1 + sigma**2), sigma / math.sqrt(1 + sigma**2)

        def clean(v):
            return alpha * (alpha * x) - deviation * v

        guided = rescale_noise_cfg(negative + cfg * (positive - negative), positive, rescale)
        cases.append({
            "sigma": sigma, "cfg": cfg, "rescale": rescale, "shape": list(x.shape),
            **{name: t.flatten().tolist() for name, t in {
                "x": x, "positive": clean(positive), "negative": clean(negative), "guided": clean(guided)}.items()}})
    return cases


def areas():
    """Weights of one prompt each over a latent, where it has any."""
    generator = torch.Generator().manual_seed(3)
    mask = torch.rand((9, 31), generator=generator).mul(100).round() / 100
    hole = torch.zeros((24, 40))
    hole[10:15, 25:35] = 0.75
    cases = [
        {"name": "all", "strength": 0.5},
        {"name": "left", "area": [0, 0, 64, 96]},
        {"name": "middle", "area": [40, 24, 80, 48], "strength": 1.5},
        {"name": "narrow", "area": [56, 8, 24, 16]},
        {"name": "beyond", "area": [120, 40, 400, 400]},
        {"name": "fractions", "fractions": [0.5, 0.25, 0.33, 0.5]},
        {"name": "mask", "mask": rounded(mask), "mask_strength": 0.75, "strength": 2.0},
        {"name": "mask and area", "mask": rounded(mask), "area": [16, 16, 96, 64]},
        {"name": "cropped mask", "mask": rounded(hole), "cropped": True},
        {"name": "empty mask", "mask": rounded(hole * 0), "cropped": True},
    ]
    for case in cases:
        (y, x, h, w), weights = weigh(case)
        case["rows"], case["columns"] = [y, y + h], [x, x + w]
        case["weights"] = [round(float(weight), 7) for weight in weights.flatten()]
    return {"height": SIDE[0], "width": SIDE[1], "scale": SCALE, "cases": cases}


def rounded(mask):
    return [[round(value, 2) for value in row] for row in mask.tolist()]


def weigh(case):
    """The place of a prompt in the latent, and its weights there, as ComfyUI's samplers have them."""
    height, width = SIDE
    place = (0, 0, height, width)
    if "area" in case:
        x, y, w, h = (value // SCALE for value in case["area"])
        place = (y, x, min(h, height - y), min(w, width - x))
    if "fractions" in case:
        x, y, w, h = case["fractions"]
        y, x, h, w = round(y * height), round(x * width), max(1, round(h * height)), max(1, round(w * width))
        place = (y, x, min(h, height - y), min(w, width - x))
    strength = case.get("strength", 1.0)
    if "mask" in case:
        mask = torch.tensor(case["mask"])[None, None]
        mask = torch.nn.functional.interpolate(mask, size=SIDE, mode="bilinear", align_corners=False)[0, 0].numpy()
        if case.get("cropped"):
            rows, columns = np.nonzero(mask)
            y, x = (rows.min(), columns.min()) if len(rows) else (0, 0)
            h, w = (max(8, np.ptp(rows) + 1), max(8, np.ptp(columns) + 1)) if len(rows) else (8, 8)
            place = tuple(int(n) for n in (y, x, min(h, height - y), min(w, width - x)))
        y, x, h, w = place
        return place, mask[y : y + h, x : x + w] * case.get("mask_strength", 1.0) * strength
    y, x, h, w = place
    weights = np.full((h, w), strength)
    for axis, (start, size, limit) in enumerate(((y, h, height), (x, w, width))):
        ramp, view = min(8, size // 4), np.moveaxis(weights, axis, 0)
        for step in range(ramp):
            if start != 0:
                view[step] *= (step + 1) / ramp
            if start + size < limit:
                view[size - 1 - step] *= (step + 1) / ramp
    return place, weights


def regional(folder, model):
    """A clean latent that two prompts and a negative one predict, each at its place, by diffusers' UNet."""
    unet = UNet2DConditionModel.from_pretrained(model)
    width, timestep, cfg, rescale = unet.config.cross_attention_dim, 600, 5.0, 0.5
    products = DDIMScheduler(beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012).alphas_cumprod
    sigma = float(((1 - products) / products).sqrt()[timestep])
    x = noise((1, 4, *SIDE), 1) * math.sqrt(1 + sigma**2)
    texts = {"left": noise((1, 7, width), 2), "masked": noise((1, 7, width), 3), "negative": noise((1, 14, width), 4)}
    cases = {
        "left": {"area": [0, 0, 96, 96], "strength": 1.25},
        "masked": {"mask": rounded(torch.rand((12, 20), generator=torch.Generator().manual_seed(8)))},
        "negative": {},
    }

    def predict(prompts):
        total, weights = np.zeros((4, *SIDE)), np.full(SIDE, 1e-37)
        for text, place in prompts:
            (y, left, h, w), weight = weigh(cases[place])
            crop = x[:, :, y : y + h, left : left + w]
            output = unet(crop / math.sqrt(1 + sigma**2), timestep, texts[text]).sample
            total[:, y : y + h, left : left + w] += (crop - sigma * output)[0].numpy() * weight
            weights[y : y + h, left : left + w] += weight
        return torch.tensor(total / weights)

    positive = predict([("left", "left"), ("masked", "masked")])
    # The negative prompt is for all of the picture; it is run for the area of the positive one too.
    negative = predict([("negative", "negative"), ("negative", "left")])
    origin = x[0].double() / (1 + sigma**2)
    guided = rescale_noise_cfg(
        (origin - negative + cfg * (negative - positive))[None], (origin - positive)[None], rescale)[0]
    recording = Recording()
    for name, text in texts.items():
        recording[f"regional.{name}"] = text
    recording["regional.mask"] = torch.tensor(cases["masked"]["mask"])
    recording["regional.x"], recording["regional.sigma"] = x, torch.tensor([sigma])
    recording["regional.positive"] = positive[None]
    recording["regional.guided"] = (origin - guided)[None]
    save_file(recording.tensors, folder / "regional.safetensors")


def tiny(folder):
    """A random tiny autoencoder in every layout."""
    torch.manual_seed(19)
    model = randomized(AutoencoderTiny(**TINY))
    model.save_pretrained(folder / "tiny")
    tensors = {name: tensor.contiguous() for name, tensor in model.state_dict().items()}
    # The original decoder counts one layer more: it bends the latent first.
    halves = {
        "encoder": renamed(tensors, "encoder.layers.", 0), "decoder": renamed(tensors, "decoder.layers.", 1)}
    for name, half in halves.items():
        save_file(half, folder / f"taesd_{name}.safetensors")
    save_file(
        {f"taesd_{name}.{key}": tensor.clone() for name, half in halves.items() for key, tensor in half.items()},
        folder / "tiny-both.safetensors")
    recording = Recording()
    image, latent = noise((2, 3, 20, 28), 4).clamp(-1, 1), 2 * noise((2, 4, 5, 6), 5)
    recording["tiny.image"], recording["tiny.encoded"] = image, model.encode(image).latents
    recording["tiny.latent"], recording["tiny.decoded"] = latent, model.decode(latent).sample
    save_file(recording.tensors, folder / "tiny.safetensors")


def renamed(tensors, prefix, offset):
    half = {}
    for name, tensor in tensors.items():
        if name.startswith(prefix):
            index, _, rest = name.removeprefix(prefix).partition(".")
            half[f"{int(index) + offset}.{rest}"] = tensor.clone()
    return half
