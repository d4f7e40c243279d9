#!/usr/bin/env python3
"""Writes models with random weights in diffusers' layout, and examples of what they compute.

    checkpoints.py unet FAMILY DTYPE FOLDER        a UNet in FOLDER/unet
    checkpoints.py example UNIT FOLDER             a model in f32, inputs.safetensors and expected.safetensors
    checkpoints.py difference RESULT EXPECTED      the relative errors, as JSON
"""

import json
import pathlib
import sys

import torch
from safetensors.torch import load_file, save_file

import models


def write_unet(family, dtype, folder):
    model = models.random(models.unet, family)
    # Not diffusers' own `to`, which warns of layers that some models must keep in f32.
    torch.nn.Module.to(model, getattr(torch, dtype)).save_pretrained(f"{folder}/unet")


def write_example(unit, folder):
    """As Easel has them: the channels last, tokens and numbers as f32."""
    torch.manual_seed(7)
    part, model, inputs, result = example(unit)
    model.save_pretrained(pathlib.Path(folder, part))
    save_file({k: v.float().contiguous() for k, v in inputs.items()}, f"{folder}/inputs.safetensors")
    save_file(dict(result=result.contiguous()), f"{folder}/expected.safetensors")


def example(unit):
    if unit.endswith("-unet"):
        family = unit.removesuffix("-unet")
        model = models.unet(family).eval()
        xl = family == "sdxl"
        call = models.unet_inputs(model, batch=1 if xl else 2, side=128 if xl else 64)
        inputs = dict(
            latent=call["sample"].permute(0, 2, 3, 1), timestep=call["timestep"].reshape(1),
            context=call["encoder_hidden_states"])
        if xl:
            added = call["added_cond_kwargs"]
            inputs |= dict(pooled=added["text_embeds"], sizes=added["time_ids"])
        return "unet", model, inputs, model(**call).sample.permute(0, 2, 3, 1)
    if unit.startswith("vae-decode-"):
        side = int(unit.removeprefix("vae-decode-")) // 8
        model, latent = models.vae().eval(), torch.randn(1, 4, side, side)
        # Easel's latents are scaled for sampling.
        picture = model.decode(latent / model.config.scaling_factor).sample
        return "vae", model, dict(latent=latent.permute(0, 2, 3, 1)), picture.permute(0, 2, 3, 1)
    model, tokens = models.text_encoder(unit).eval(), models.tokens()
    return "text_encoder", model, dict(tokens=tokens[0]), model(tokens).last_hidden_state


def difference(result, expected):
    a, b = (load_file(path)["result"].double() for path in (result, expected))
    error = a - b
    print(json.dumps(dict(
        largest=(error.abs().max() / b.abs().max()).item(),
        rms=(error.square().mean() / b.square().mean()).sqrt().item())))


with torch.no_grad():
    {"unet": write_unet, "example": write_example, "difference": difference}[sys.argv[1]](*sys.argv[2:])
