"""Checkpoints in the layouts that people have: names and shapes of the real ones, and small ones run by diffusers.

The original (LDM) names are those of CompVis' and Stability's modules, listed here by their structure. That they are
the real ones is checked where they are made: diffusers' own conversions of single files must turn them into all the
tensors of its models, and into no others, with the same shapes.
"""

import json

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.loaders import single_file_utils as conversion
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

from recording import noise

XL_BLOCKS = (["DownBlock2D"] + ["CrossAttnDownBlock2D"] * 2, ["CrossAttnUpBlock2D"] * 2 + ["UpBlock2D"])
SD_BLOCKS = (["CrossAttnDownBlock2D"] * 3 + ["DownBlock2D"], ["UpBlock2D"] + ["CrossAttnUpBlock2D"] * 3)


def sd_unet(linear, context, heads, channels=(320, 640, 1280, 1280), layers=2, **more):
    down, up = SD_BLOCKS
    return dict(
        down_block_types=down[-len(channels):], up_block_types=up[:len(channels)], block_out_channels=channels,
        cross_attention_dim=context, attention_head_dim=heads, use_linear_projection=linear, layers_per_block=layers,
        **more)


def xl_unet(context, pooled, channels=(320, 640, 1280), depths=(1, 2, 10), layers=2, **more):
    down, up = XL_BLOCKS
    return dict(
        down_block_types=down[:len(channels)], up_block_types=up[-len(channels):], block_out_channels=channels,
        cross_attention_dim=context, attention_head_dim=tuple(c // 64 for c in channels), use_linear_projection=True,
        transformer_layers_per_block=depths, layers_per_block=layers, addition_embed_type="text_time",
        addition_time_embed_dim=256, projection_class_embeddings_input_dim=pooled + 6 * 256, **more)


def autoencoder(channels=(128, 256, 512, 512), layers=2, scale=0.18215, **more):
    return dict(
        down_block_types=["DownEncoderBlock2D"] * len(channels), up_block_types=["UpDecoderBlock2D"] * len(channels),
        block_out_channels=channels, layers_per_block=layers, scaling_factor=scale, **more)


def encoder(width, layers, activation, projection=None):
    return dict(
        vocab_size=49408, hidden_size=width, intermediate_size=4 * width, num_hidden_layers=layers,
        num_attention_heads=width // 64, hidden_act=activation, bos_token_id=49406, eos_token_id=49407,
        **(dict(projection_dim=projection) if projection else {}))


# The published models' own numbers.
FULL = {
    "sd15": dict(
        unet=sd_unet(False, 768, 8), vae=autoencoder(), encoders=[encoder(768, 12, "quick_gelu")]),
    "sd21": dict(
        unet=sd_unet(True, 1024, (5, 10, 20, 20)), vae=autoencoder(), encoders=[encoder(1024, 23, "gelu")]),
    "sdxl": dict(
        unet=xl_unet(2048, 1280), vae=autoencoder(scale=0.13025),
        encoders=[encoder(768, 12, "quick_gelu"), encoder(1280, 32, "gelu", 1280)]),
}

SMALL_VAE = dict(channels=(32, 64), layers=1)
STATISTICS = dict(latents_mean=[-1.6574, 1.886, -1.383, 2.5155], latents_std=[8.4927, 5.9022, 6.5498, 5.2299])
XL_SMALL = dict(context=128, pooled=64, channels=(64, 128), depths=(1, 2), layers=1)
XL_ENCODERS = [encoder(64, 2, "quick_gelu"), encoder(64, 2, "gelu", 64)]

# Small ones that follow the rules by which the real ones' numbers are known: heads, groups, waves.
SMALL = {
    "sd15": dict(
        unet=sd_unet(False, 64, 8, (32, 64), 1), vae=autoencoder(**SMALL_VAE),
        encoders=[encoder(64, 2, "quick_gelu")]),
    "sd21-v": dict(
        unet=sd_unet(True, 64, (1, 2), (64, 128), 1), vae=autoencoder(**SMALL_VAE), encoders=[encoder(64, 2, "gelu")],
        prediction="v_prediction"),
    "sd2-inpainting": dict(
        unet=sd_unet(True, 64, (1, 2), (64, 128), 1, in_channels=9), vae=autoencoder(**SMALL_VAE),
        encoders=[encoder(64, 2, "gelu")]),
    "instruct-pix2pix": dict(
        unet=sd_unet(False, 64, 8, (32, 64), 1, in_channels=8), vae=autoencoder(**SMALL_VAE),
        encoders=[encoder(64, 2, "quick_gelu")]),
    "sdxl": dict(
        unet=xl_unet(**XL_SMALL), vae=autoencoder(scale=0.13025, **SMALL_VAE), encoders=XL_ENCODERS),
    "sdxl-inpainting": dict(
        unet=xl_unet(in_channels=9, **XL_SMALL), vae=autoencoder(scale=0.13025, **SMALL_VAE), encoders=XL_ENCODERS),
    "playground-v2.5": dict(
        unet=xl_unet(**XL_SMALL), vae=autoencoder(scale=0.5, **SMALL_VAE, **STATISTICS), encoders=XL_ENCODERS),
}


# ---- The original names


def ldm_unet(config):
    """CompVis' `UNetModel`: (name, shape) of each of its parameters."""
    channels, layers, width = config["block_out_channels"], config["layers_per_block"], config["cross_attention_dim"]
    attends = ["CrossAttn" in kind for kind in config["down_block_types"]]
    depths = config.get("transformer_layers_per_block", (1,) * len(channels))
    linear, time = config["use_linear_projection"], 4 * channels[0]

    def pair(name, *shape):
        return [(f"{name}.weight", shape), (f"{name}.bias", shape[:1])]

    def resnet(name, i, o):
        skip = pair(f"{name}.skip_connection", o, i, 1, 1) if i != o else []
        return (pair(f"{name}.in_layers.0", i) + pair(f"{name}.in_layers.2", o, i, 3, 3)
                + pair(f"{name}.emb_layers.1", o, time) + pair(f"{name}.out_layers.0", o)
                + pair(f"{name}.out_layers.3", o, o, 3, 3) + skip)

    def transformer(name, c, depth):
        entry = (c, c) if linear else (c, c, 1, 1)
        keys = pair(f"{name}.norm", c) + pair(f"{name}.proj_in", *entry)
        for index in range(depth):
            block = f"{name}.transformer_blocks.{index}"
            for attention, source in (("attn1", c), ("attn2", width)):
                keys += [(f"{block}.{attention}.to_q.weight", (c, c)), (f"{block}.{attention}.to_k.weight", (c, source)),
                         (f"{block}.{attention}.to_v.weight", (c, source))] + pair(f"{block}.{attention}.to_out.0", c, c)
            keys += pair(f"{block}.ff.net.0.proj", 8 * c, c) + pair(f"{block}.ff.net.2", c, 4 * c)
            for norm in ("norm1", "norm2", "norm3"):
                keys += pair(f"{block}.{norm}", c)
        return keys + pair(f"{name}.proj_out", *entry)

    keys = pair("time_embed.0", time, channels[0]) + pair("time_embed.2", time, time)
    if config.get("addition_embed_type"):
        keys += pair("label_emb.0.0", time, config["projection_class_embeddings_input_dim"])
        keys += pair("label_emb.0.2", time, time)
    keys += pair("input_blocks.0.0", channels[0], config.get("in_channels", 4), 3, 3)
    current, kept, block = channels[0], [channels[0]], 1
    for level, c in enumerate(channels):
        for _ in range(layers):
            keys += resnet(f"input_blocks.{block}.0", current, c)
            if attends[level]:
                keys += transformer(f"input_blocks.{block}.1", c, depths[level])
            current, block = c, block + 1
            kept.append(c)
        if level < len(channels) - 1:
            keys += pair(f"input_blocks.{block}.0.op", c, c, 3, 3)
            block += 1
            kept.append(c)
    keys += resnet("middle_block.0", current, current) + transformer("middle_block.1", current, depths[-1])
    keys += resnet("middle_block.2", current, current)
    block = 0
    for level in reversed(range(len(channels))):
        c = channels[level]
        for layer in range(layers + 1):
            keys += resnet(f"output_blocks.{block}.0", current + kept.pop(), c)
            current = c
            if attends[level]:
                keys += transformer(f"output_blocks.{block}.1", c, depths[level])
            if level > 0 and layer == layers:
                keys += pair(f"output_blocks.{block}.{2 if attends[level] else 1}.conv", c, c, 3, 3)
            block += 1
    return keys + pair("out.0", channels[0]) + pair("out.2", 4, channels[0], 3, 3)


def ldm_vae(config):
    """CompVis' `AutoencoderKL`."""
    channels, layers = config["block_out_channels"], config["layers_per_block"]

    def pair(name, *shape):
        return [(f"{name}.weight", shape), (f"{name}.bias", shape[:1])]

    def resnet(name, i, o):
        skip = pair(f"{name}.nin_shortcut", o, i, 1, 1) if i != o else []
        return (pair(f"{name}.norm1", i) + pair(f"{name}.conv1", o, i, 3, 3) + pair(f"{name}.norm2", o)
                + pair(f"{name}.conv2", o, o, 3, 3) + skip)

    def middle(name, c):
        keys = resnet(f"{name}.block_1", c, c) + pair(f"{name}.attn_1.norm", c)
        for matrix in ("q", "k", "v", "proj_out"):
            keys += pair(f"{name}.attn_1.{matrix}", c, c, 1, 1)
        return keys + resnet(f"{name}.block_2", c, c)

    current, bottom = channels[0], channels[-1]
    keys = pair("encoder.conv_in", channels[0], 3, 3, 3)
    for level, c in enumerate(channels):
        for index in range(layers):
            keys += resnet(f"encoder.down.{level}.block.{index}", current, c)
            current = c
        if level < len(channels) - 1:
            keys += pair(f"encoder.down.{level}.downsample.conv", c, c, 3, 3)
    keys += middle("encoder.mid", bottom) + pair("encoder.norm_out", bottom) + pair("encoder.conv_out", 8, bottom, 3, 3)
    keys += pair("decoder.conv_in", bottom, 4, 3, 3) + middle("decoder.mid", bottom)
    current = bottom
    for level in reversed(range(len(channels))):
        c = channels[level]
        for index in range(layers + 1):
            keys += resnet(f"decoder.up.{level}.block.{index}", current, c)
            current = c
        if level > 0:
            keys += pair(f"decoder.up.{level}.upsample.conv", c, c, 3, 3)
    keys += pair("decoder.norm_out", channels[0]) + pair("decoder.conv_out", 3, channels[0], 3, 3)
    return keys + pair("quant_conv", 8, 8, 1, 1) + pair("post_quant_conv", 4, 4, 1, 1)


def openclip(config, layers):
    """The text half of OpenCLIP's `CLIP`, with all its layers."""
    c = config["hidden_size"]
    keys = [("positional_embedding", (77, c)), ("text_projection", (c, c)), ("logit_scale", ()),
            ("token_embedding.weight", (config["vocab_size"], c)), ("ln_final.weight", (c,)), ("ln_final.bias", (c,))]
    for index in range(layers):
        block = f"transformer.resblocks.{index}"
        keys += [(f"{block}.attn.in_proj_weight", (3 * c, c)), (f"{block}.attn.in_proj_bias", (3 * c,))]
        for name, shape in (("ln_1", (c,)), ("attn.out_proj", (c, c)), ("ln_2", (c,)), ("mlp.c_fc", (4 * c, c)),
                            ("mlp.c_proj", (c, 4 * c))):
            keys += [(f"{block}.{name}.weight", shape), (f"{block}.{name}.bias", shape[:1])]
    return keys


def clip(config):
    """transformers' `CLIPTextModel` as the versions wrote it that single files were made with."""
    keys = [(key.removeprefix("text_model."), tuple(tensor.shape))
            for key, tensor in text_model(config).state_dict().items()]
    return [(f"text_model.{key}", shape) for key, shape in keys] + [("text_model.embeddings.position_ids", (1, 77))]


def ldm_file(model):
    """All keys of a single file: (key, shape)."""
    is_xl, encoders = len(model["encoders"]) > 1, model["encoders"]
    keys = prefixed("model.diffusion_model.", ldm_unet(model["unet"]))
    keys += prefixed("first_stage_model.", ldm_vae(model["vae"]))
    if is_xl:
        keys += prefixed("conditioner.embedders.0.transformer.", clip(encoders[0]))
        keys += prefixed("conditioner.embedders.1.model.", openclip(encoders[1], encoders[1]["num_hidden_layers"]))
    elif encoders[0]["hidden_act"] == "gelu":
        keys += prefixed("cond_stage_model.model.", openclip(encoders[0], encoders[0]["num_hidden_layers"] + 1))
    else:
        keys += prefixed("cond_stage_model.transformer.", clip(encoders[0]))
    return keys


def prefixed(prefix, keys):
    return [(prefix + key, shape) for key, shape in keys]


# ---- diffusers' models


def text_model(config):
    kind = CLIPTextModelWithProjection if "projection_dim" in config else CLIPTextModel
    return kind(CLIPTextConfig(**config)).eval()


def from_single_file(model, tensors):
    """diffusers' models with the tensors of a single file, by its own conversions; every tensor must find its place."""
    with torch.device("meta"):
        unet, vae = UNet2DConditionModel(**model["unet"]), AutoencoderKL(**model["vae"])
        encoders = [text_model(config) for config in model["encoders"]]
    assign(unet, conversion.convert_ldm_unet_checkpoint(dict(tensors), unet.config))
    assign(vae, conversion.convert_ldm_vae_checkpoint(dict(tensors), vae.config))
    for index, module in enumerate(encoders):
        assign_encoder(module, index, len(encoders) > 1, tensors)
    return unet.eval(), vae.eval(), [module.eval() for module in encoders]


def assign_encoder(module, index, is_xl, tensors):
    if is_xl and index == 1:
        state = conversion.convert_open_clip_checkpoint(module, dict(tensors), prefix="conditioner.embedders.1.model.")
    elif any(key.startswith("cond_stage_model.model.") for key in tensors):
        state = {k: v for k, v in tensors.items()
                 if f"resblocks.{module.config.num_hidden_layers}." not in k}
        state = conversion.convert_open_clip_checkpoint(module, state)
        state.pop("text_projection.weight", None)
    else:
        state = conversion.convert_ldm_clip_checkpoint(dict(tensors))
        state.pop("text_model.embeddings.position_ids")
    own = module.state_dict().keys()
    assign(module, {k if k in own else k.removeprefix("text_model."): v for k, v in state.items()})


def assign(module, state):
    module.load_state_dict(state, strict=True, assign=True)
    for key, buffer in list(module.named_buffers()):
        if buffer.is_meta:  # transformers' positions, which no file holds
            owner = module.get_submodule(key.rpartition(".")[0])
            owner.register_buffer("position_ids", torch.arange(77).expand(1, -1), persistent=False)


# ---- Weights that anyone can make again


def numbers(key, shape):
    """Weights by their key alone: 8-bit numbers times a power of two, exact in every type of float.

    The n-th is a hash of FNV-1a's of the key, plus n, mixed as by MurmurHash3's finalizer."""
    seed = 0x811C9DC5
    for byte in key.encode():
        seed = ((seed ^ byte) * 0x01000193) & 0xFFFFFFFF
    count = 1
    for size in shape:
        count *= size
    if key.endswith("token_embedding.weight"):  # the same 64 rows over and over
        return numbers(key + "s", (64, shape[1])).repeat(shape[0] // 64, 1)
    h = (torch.arange(count, dtype=torch.int64) + seed) & 0xFFFFFFFF
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        h = ((h ^ (h >> shift)) * factor) & 0xFFFFFFFF
    h = h ^ (h >> 16)
    values = (h & 0xFF).float() - 127.5
    fan = count // shape[0] if len(shape) > 1 else 0
    exponent = 0
    while fan and 4 ** exponent < fan:
        exponent += 1
    scale = 2.0 ** (-6 - exponent) if fan else 2.0 ** -10
    isNorm = key.endswith("weight") and len(shape) == 1
    return (values * scale).reshape(shape) + (1.0 if isNorm else 0.0)
