"""The units of `easel bench` in PyTorch, as its users would write them."""

import re

import models
import torch
import torch.nn.functional as F


def prepare(name):
    """A function that does the unit's work once; the name says the sizes."""
    for pattern, build in UNITS:
        match = re.fullmatch(pattern, name)
        if match:
            return build(*(int(g) if g and g.isdigit() else g for g in match.groups()))
    raise SystemExit(f"PyTorch's side has no unit {name}")


def weight(*shape):
    return torch.randn(*shape) * torch.Size(shape[1:]).numel() ** -0.5


def linear(rows, inputs, outputs):
    x, w, b = torch.randn(rows, inputs), weight(outputs, inputs), torch.zeros(outputs)
    return lambda: F.linear(x, w, b)


def convolution(batch, height, width, inputs, outputs, stride):
    x, w, b = torch.randn(batch, inputs, height, width), weight(outputs, inputs, 3, 3), torch.zeros(outputs)
    return lambda: F.conv2d(x, w, b, stride=stride or 1, padding=1)


def attention(heads, queries, keys, width, causal):
    # Two samples, as guidance has them, where the heads allow it: sums and sizes are the same.
    shape = (2, heads // 2) if heads % 16 == 0 else (1, heads)
    q = torch.randn(*shape, queries, width)
    k, v = (torch.randn(*shape, keys or queries, width) for _ in range(2))
    return lambda: F.scaled_dot_product_attention(q, k, v, is_causal=causal is not None)


def group_norm(batch, height, width, channels):
    x, w, b = torch.randn(batch, channels, height, width), torch.ones(channels), torch.zeros(channels)
    return lambda: F.silu(F.group_norm(x, 32, w, b))


def layer_norm(rows, width):
    x, w, b = torch.randn(rows, width), torch.ones(width), torch.zeros(width)
    return lambda: F.layer_norm(x, (width,), w, b)


def geglu(rows, width):
    x = torch.randn(rows, width)

    def run():
        value, gate = x.chunk(2, dim=-1)
        return value * F.gelu(gate)

    return run


def resnet(batch, height, width, inputs, outputs):
    from diffusers.models.resnet import ResnetBlock2D

    block = models.random(lambda: ResnetBlock2D(in_channels=inputs, out_channels=outputs, temb_channels=1280))
    x, time = torch.randn(batch, inputs, height, width), torch.randn(batch, 1280)
    return lambda: block(x, time)


def transformer(batch, pixels, width):
    from diffusers.models.attention import BasicTransformerBlock

    heads, context = (20, 2048) if width == 1280 else (8, 768)
    block = models.random(
        lambda: BasicTransformerBlock(width, heads, width // heads, cross_attention_dim=context))
    x, text = torch.randn(batch, pixels, width), torch.randn(batch, 77, context)
    return lambda: block(x, encoder_hidden_states=text)


def unet(family, side):
    model = models.random(models.unet, family)
    inputs = models.unet_inputs(
        model, batch=1 if family == "sdxl" else 2, side=side or (128 if family == "sdxl" else 64))
    return lambda: model(**inputs).sample


def decode(side):
    model, latent = models.random(models.vae), torch.randn(1, 4, side // 8, side // 8)
    return lambda: model.decode(latent).sample


def encode(side):
    model, picture = models.random(models.vae), torch.randn(1, 3, side, side)
    return lambda: model.encode(picture).latent_dist.mean


def text_encoder(name):
    model, tokens = models.random(models.text_encoder, name), models.tokens()
    return lambda: model(tokens)


UNITS = [
    (r"linear-(\d+)x(\d+)x(\d+)", linear),
    (r"conv-(\d+)x(\d+)x(\d+)x(\d+)-(\d+)(?:-stride(\d+))?", convolution),
    (r"attention-(\d+)x(\d+)(?:x(\d+))?x(\d+)(-causal)?", attention),
    (r"group-norm-(\d+)x(\d+)x(\d+)x(\d+)", group_norm),
    (r"layer-norm-(\d+)x(\d+)", layer_norm),
    (r"geglu-(\d+)x(\d+)", geglu),
    (r"resnet-(\d+)x(\d+)x(\d+)x(\d+)-(\d+)", resnet),
    (r"transformer-(\d+)x(\d+)x(\d+)", transformer),
    (r"(sd15|sd21|sdxl)-unet(?:-(\d+))?", unet),
    (r"vae-decode-(\d+)", decode),
    (r"vae-encode-(\d+)", encode),
    (r"(clip-l|open-clip-h|open-clip-bigg)", text_encoder),
]
