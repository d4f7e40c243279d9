"""Upscalers with random weights in every layout, and what spandrel's networks make of a picture with them."""

import functools
import importlib
import sys
import types
from unittest import mock

import numpy as np
import torch
from safetensors.torch import save_file

# Spandrel needs torchvision for other networks than these alone.
for module in ["torchvision", "torchvision.ops", "torchvision.ops.misc", "torchvision.transforms",
               "torchvision.transforms.functional"]:
    sys.modules.setdefault(module, mock.MagicMock(__spec__=types.SimpleNamespace()))

import spandrel  # noqa: E402

GROWTH = 4
# There, dense blocks always grow by 32 channels.
blocks = importlib.import_module("spandrel.architectures.__arch_helpers.block")
narrow = functools.wraps(blocks.RRDB)(lambda *sizes, gc, **rest: RRDB(*sizes, gc=GROWTH, **rest))
RRDB, blocks.RRDB = blocks.RRDB, narrow

RENAMED = {  # Real-ESRGAN's names to those of BSRGAN.
    "conv_body": "trunk_conv", "body.": "RRDB_trunk.", ".rdb": ".RDB", "conv_up": "upconv", "conv_hr": "HRconv",
}


def convolution(generator, outputs, inputs, side=3):
    # Of about the size that keeps what comes out as large as what goes in.
    weight = generator.standard_normal((outputs, inputs, side, side)) / np.sqrt(inputs * side * side)
    return torch.tensor(weight, dtype=torch.float32).half().float()


def bias(generator, outputs):
    return torch.tensor(generator.standard_normal(outputs) * 0.05, dtype=torch.float32).half().float()


def residual_dense(seed, channels, blocks, doublings, inputs=3):
    """By Real-ESRGAN's names."""
    generator = np.random.default_rng(seed)
    state = {}

    def layer(name, outputs, inputs):
        state[f"{name}.weight"] = convolution(generator, outputs, inputs)
        state[f"{name}.bias"] = bias(generator, outputs)

    layer("conv_first", channels, inputs)
    for block in range(blocks):
        for dense in (1, 2, 3):
            for index in range(5):
                layer(f"body.{block}.rdb{dense}.conv{index + 1}", channels if index == 4 else GROWTH,
                      channels + index * GROWTH)
    layer("conv_body", channels, channels)
    for index in range(doublings):
        layer(f"conv_up{index + 1}", channels, channels)
    layer("conv_hr", channels, channels)
    layer("conv_last", 3, channels)
    return state


def bsrgan(state):
    renamed = {}
    for key, value in state.items():
        for old, new in RENAMED.items():
            key = key.replace(old, new)
        renamed[key] = value
    return renamed


def original(state, blocks, doublings):
    """The numbered layers of ESRGAN's first release."""
    modules = {"conv_first": "model.0", "conv_body": f"model.1.sub.{blocks}", "conv_hr": f"model.{3 * doublings + 2}",
               "conv_last": f"model.{3 * doublings + 4}"}
    modules |= {f"conv_up{i + 1}": f"model.{3 * (i + 1)}" for i in range(doublings)}
    renamed = {}
    for key, value in state.items():
        module, name = key.rsplit(".", 1)
        if module.startswith("body."):
            _, block, dense, layer = module.split(".")
            renamed[f"model.1.sub.{block}.{dense.upper()}.{layer}.0.{name}"] = value
        else:
            renamed[f"{modules[module]}.{name}"] = value
    return renamed


def plus(state, channels, blocks):
    """The shortcuts of ESRGAN+."""
    generator = np.random.default_rng(77)
    shortcuts = {
        f"model.1.sub.{block}.RDB{dense}.conv1x1.weight": convolution(generator, GROWTH, channels, side=1)
        for block in range(blocks)
        for dense in (1, 2, 3)
    }
    return state | shortcuts


def compact(seed, channels, layers, scale):
    generator = np.random.default_rng(seed)
    state = {}
    for index in range(layers + 2):
        outputs = 3 * scale * scale if index == layers + 1 else channels
        state[f"body.{2 * index}.weight"] = convolution(generator, outputs, 3 if index == 0 else channels)
        state[f"body.{2 * index}.bias"] = bias(generator, outputs)
        if index <= layers:
            slopes = generator.uniform(0.05, 0.4, channels)
            state[f"body.{2 * index + 1}.weight"] = torch.tensor(slopes, dtype=torch.float32).half().float()
    return state


def files():
    small = residual_dense(1, 8, 2, 2)
    return {
        "real-esrgan-x4": small,
        "real-esrgan-x4-ema": {f"params_ema.{key}": value for key, value in small.items()},
        "bsrgan-x4": bsrgan(small),
        "bsrgan-x2": bsrgan(residual_dense(2, 8, 1, 1)),
        "esrgan-x4": original(small, 2, 2),
        "esrgan-x1": original(residual_dense(3, 8, 1, 0), 1, 0),
        "esrgan-x8": original(residual_dense(4, 8, 1, 3), 1, 3),
        "esrgan-plus-x4": plus(original(small, 2, 2), 8, 2),
        "real-esrgan-x2": residual_dense(5, 8, 1, 2, inputs=12),
        "real-esrgan-x1": residual_dense(6, 8, 1, 2, inputs=48),
        "compact-x4": compact(7, 16, 3, 4),
        "compact-x2": compact(8, 16, 2, 2),
        "compact-x4-params": {f"params.{key}": value for key, value in compact(7, 16, 3, 4).items()},
    }


def write(fixtures):
    fixtures.mkdir(exist_ok=True)
    picture = torch.tensor(np.random.default_rng(9).random((1, 3, 7, 10)), dtype=torch.float32)
    results = {"picture": picture}
    for name, state in files().items():
        halves = {key: value.half() for key, value in state.items()}
        save_file(halves, fixtures / f"{name}.safetensors")
        bare = {key.removeprefix("params_ema.").removeprefix("params."): value for key, value in state.items()}
        model = spandrel.ModelLoader(device="cpu").load_from_state_dict(bare)
        results[name] = model.model.eval()(picture).contiguous()
    save_file(results, fixtures / "results.safetensors")
    save_file(interpolated(), fixtures / "latents.safetensors")


def interpolated():
    """A latent in other sizes, by PyTorch's filters."""
    latent = torch.tensor(np.random.default_rng(10).standard_normal((2, 4, 6, 9)), dtype=torch.float32)
    results = {"latent": latent}
    for height, width in [(12, 18), (9, 13), (3, 4), (6, 9), (1, 1), (20, 5)]:
        for mode in ["nearest-exact", "area", "bilinear", "bicubic"]:
            name = mode.removesuffix("-exact")
            results[f"{name}.{height}x{width}"] = torch.nn.functional.interpolate(latent, (height, width), mode=mode)
    return {name: tensor.contiguous() for name, tensor in results.items()}
