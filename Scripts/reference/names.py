"""The names and shapes of every tensor of the published models, at their full size, in both of their layouts.

Those of the diffusers layout come from diffusers' and transformers' own classes; those of single files are spelled
out here as the original code builds its modules, and diffusers' conversion of them must give the former.

A line of a list is `COMMON KEY TYPE SHAPE`: the key's first COMMON letters are those of the line before.
"""

import json
import math
import os

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.loaders.single_file_utils import (
    convert_ldm_clip_checkpoint, convert_ldm_unet_checkpoint, convert_ldm_vae_checkpoint,
    convert_open_clip_checkpoint,
)
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

ATTENDING, PLAIN = "CrossAttnDownBlock2D", "DownBlock2D"


class Family:
    """A published model: its UNet by depth of the transformers at each level, and its text encoders."""

    def __init__(self, depths, heads, context, linear, encoders, pooled=None, channels=4, middle=1):
        self.depths, self.heads, self.context, self.linear = depths, heads, context, linear
        self.encoders, self.pooled, self.channels, self.middle = encoders, pooled, channels, middle
        self.widths = [320, 640, 1280, 1280][:len(depths)]

    def unet(self):
        down = [ATTENDING if depth else PLAIN for depth in self.depths]
        added = {} if self.pooled is None else dict(
            addition_embed_type="text_time", addition_time_embed_dim=256,
            projection_class_embeddings_input_dim=self.pooled + 6 * 256)
        return UNet2DConditionModel(
            in_channels=self.channels, block_out_channels=self.widths, down_block_types=down,
            up_block_types=[kind.replace("Down", "Up") for kind in down[::-1]], cross_attention_dim=self.context,
            attention_head_dim=self.heads, use_linear_projection=self.linear,
            transformer_layers_per_block=[depth or self.middle for depth in self.depths], **added)


def clip(width, layers, projection=None, activation="gelu"):
    kind = CLIPTextModelWithProjection if projection else CLIPTextModel
    heads = dict(num_attention_heads=width // 64, projection_dim=projection or 512)
    return kind, CLIPTextConfig(
        hidden_size=width, intermediate_size=4 * width, num_hidden_layers=layers, hidden_act=activation, **heads)


CLIP_L, OPEN_CLIP_H, OPEN_CLIP_BIG_G = clip(768, 12), clip(1024, 23), clip(1280, 32, 1280)

FAMILIES = {
    "sd15": Family([1, 1, 1, 0], 8, 768, False, [CLIP_L]),
    "sd15-inpainting": Family([1, 1, 1, 0], 8, 768, False, [CLIP_L], channels=9),
    "sd15-pix2pix": Family([1, 1, 1, 0], 8, 768, False, [CLIP_L], channels=8),
    "sd21": Family([1, 1, 1, 0], [5, 10, 20, 20], 1024, True, [OPEN_CLIP_H]),
    "sdxl": Family([0, 2, 10], [5, 10, 20], 2048, True, [CLIP_L, OPEN_CLIP_BIG_G], pooled=1280),
}


# What the original code builds. Every function gives pairs of a key and a shape.

def affine(key, width):
    yield f"{key}.weight", (width,)
    yield f"{key}.bias", (width,)


def linear(key, inputs, outputs, bias=True):
    yield f"{key}.weight", (outputs, inputs)
    if bias:
        yield f"{key}.bias", (outputs,)


def conv(key, inputs, outputs, side=3):
    yield f"{key}.weight", (outputs, inputs, side, side)
    yield f"{key}.bias", (outputs,)


def unet_resnet(key, inputs, outputs):
    yield from affine(f"{key}.in_layers.0", inputs)
    yield from conv(f"{key}.in_layers.2", inputs, outputs)
    yield from linear(f"{key}.emb_layers.1", 1280, outputs)
    yield from affine(f"{key}.out_layers.0", outputs)
    yield from conv(f"{key}.out_layers.3", outputs, outputs)
    if inputs != outputs:
        yield from conv(f"{key}.skip_connection", inputs, outputs, 1)


def transformer(key, width, depth, family):
    project = linear if family.linear else lambda key, a, b: conv(key, a, b, 1)
    yield from affine(f"{key}.norm", width)
    yield from project(f"{key}.proj_in", width, width)
    for index in range(depth):
        block = f"{key}.transformer_blocks.{index}"
        for name, source in (("attn1", width), ("attn2", family.context)):
            for part, inputs in (("to_q", width), ("to_k", source), ("to_v", source)):
                yield from linear(f"{block}.{name}.{part}", inputs, width, bias=False)
            yield from linear(f"{block}.{name}.to_out.0", width, width)
        yield from linear(f"{block}.ff.net.0.proj", width, 8 * width)
        yield from linear(f"{block}.ff.net.2", 4 * width, width)
        for norm in ("norm1", "norm2", "norm3"):
            yield from affine(f"{block}.{norm}", width)
    yield from project(f"{key}.proj_out", width, width)


def unet(family):
    yield from linear("time_embed.0", 320, 1280)
    yield from linear("time_embed.2", 1280, 1280)
    if family.pooled is not None:
        yield from linear("label_emb.0.0", family.pooled + 6 * 256, 1280)
        yield from linear("label_emb.0.2", 1280, 1280)
    yield from conv("input_blocks.0.0", family.channels, 320)
    block, width, kept = 0, 320, [320]
    for level, (outputs, depth) in enumerate(zip(family.widths, family.depths)):
        for _ in range(2):
            block += 1
            yield from unet_resnet(f"input_blocks.{block}.0", width, outputs)
            width = outputs
            if depth:
                yield from transformer(f"input_blocks.{block}.1", width, depth, family)
            kept.append(width)
        if level < len(family.widths) - 1:
            block += 1
            yield from conv(f"input_blocks.{block}.0.op", width, width)
            kept.append(width)
    yield from unet_resnet("middle_block.0", width, width)
    yield from transformer("middle_block.1", width, family.depths[-1] or family.middle, family)
    yield from unet_resnet("middle_block.2", width, width)
    yield from unet_upwards(family, width, kept)
    yield from affine("out.0", 320)
    yield from conv("out.2", 320, 4)


def unet_upwards(family, width, kept):
    block = 0
    for level in reversed(range(len(family.widths))):
        outputs, depth = family.widths[level], family.depths[level]
        for index in range(3):
            yield from unet_resnet(f"output_blocks.{block}.0", width + kept.pop(), outputs)
            width = outputs
            if depth:
                yield from transformer(f"output_blocks.{block}.1", width, depth, family)
            if level and index == 2:
                yield from conv(f"output_blocks.{block}.{2 if depth else 1}.conv", width, width)
            block += 1


def vae_resnet(key, inputs, outputs):
    yield from affine(f"{key}.norm1", inputs)
    yield from conv(f"{key}.conv1", inputs, outputs)
    yield from affine(f"{key}.norm2", outputs)
    yield from conv(f"{key}.conv2", outputs, outputs)
    if inputs != outputs:
        yield from conv(f"{key}.nin_shortcut", inputs, outputs, 1)


def vae_middle(key):
    yield from vae_resnet(f"{key}.block_1", 512, 512)
    yield from affine(f"{key}.attn_1.norm", 512)
    for part in ("q", "k", "v", "proj_out"):
        yield from conv(f"{key}.attn_1.{part}", 512, 512, 1)
    yield from vae_resnet(f"{key}.block_2", 512, 512)


def vae():
    widths = (128, 256, 512, 512)
    yield from conv("encoder.conv_in", 3, 128)
    for level, (inputs, outputs) in enumerate(zip((128, *widths), widths)):
        for index in range(2):
            yield from vae_resnet(f"encoder.down.{level}.block.{index}", outputs if index else inputs, outputs)
        if level < 3:
            yield from conv(f"encoder.down.{level}.downsample.conv", outputs, outputs)
    yield from vae_middle("encoder.mid")
    yield from affine("encoder.norm_out", 512)
    yield from conv("encoder.conv_out", 512, 8)
    yield from conv("quant_conv", 8, 8, 1)
    yield from conv("post_quant_conv", 4, 4, 1)
    yield from conv("decoder.conv_in", 4, 512)
    yield from vae_middle("decoder.mid")
    for level, inputs in zip(reversed(range(4)), (512, 512, 512, 256)):
        outputs = widths[level]
        for index in range(3):
            yield from vae_resnet(f"decoder.up.{level}.block.{index}", outputs if index else inputs, outputs)
        if level:
            yield from conv(f"decoder.up.{level}.upsample.conv", outputs, outputs)
    yield from affine("decoder.norm_out", 128)
    yield from conv("decoder.conv_out", 128, 3)


def open_clip(width, layers, projection):
    yield "positional_embedding", (77, width)
    yield "text_projection", (width, projection)
    yield "logit_scale", ()
    yield "token_embedding.weight", (49408, width)
    for index in range(layers):
        block = f"transformer.resblocks.{index}"
        yield from affine(f"{block}.ln_1", width)
        yield f"{block}.attn.in_proj_weight", (3 * width, width)
        yield f"{block}.attn.in_proj_bias", (3 * width,)
        yield from linear(f"{block}.attn.out_proj", width, width)
        yield from affine(f"{block}.ln_2", width)
        yield from linear(f"{block}.mlp.c_fc", width, 4 * width)
        yield from linear(f"{block}.mlp.c_proj", 4 * width, width)
    yield from affine("ln_final", width)


def under(prefix, pairs):
    return [(f"{prefix}.{key}", shape) for key, shape in pairs]


def transformers_clip(encoder):
    """The tensors of transformers' class, with the places that older versions saved too."""
    kind, config = encoder
    # transformers 5 leaves the prefix out where the model has no projection; the published files have it.
    def key(name):
        return name if name.startswith(("text_model.", "text_projection.")) else f"text_model.{name}"
    return [(key(name), tuple(t.shape)) for name, t in meta(lambda: kind(config)).items()]


POSITIONS = ("text_model.embeddings.position_ids", (1, 77))

# The noise levels that training saved with SD 1.x and 2.x.
LEVELS = [
    "alphas_cumprod", "alphas_cumprod_prev", "betas", "log_one_minus_alphas_cumprod", "posterior_log_variance_clipped",
    "posterior_mean_coef1", "posterior_mean_coef2", "posterior_variance", "sqrt_alphas_cumprod",
    "sqrt_one_minus_alphas_cumprod", "sqrt_recip_alphas_cumprod", "sqrt_recipm1_alphas_cumprod",
]


def single_file(name, family):
    pairs = under("model.diffusion_model", unet(family)) + under("first_stage_model", vae())
    if name == "sdxl":
        pairs += under("conditioner.embedders.0.transformer", transformers_clip(CLIP_L) + [POSITIONS])
        return pairs + under("conditioner.embedders.1.model", open_clip(1280, 32, 1280))
    pairs += [(level, (1000,)) for level in LEVELS]
    if name == "sd21":
        return pairs + under("cond_stage_model.model", open_clip(1024, 24, 1024))
    pairs += [("model_ema.decay", ()), ("model_ema.num_updates", ())]
    return pairs + under("cond_stage_model.transformer", transformers_clip(CLIP_L) + [POSITIONS])


def meta(make):
    with torch.device("meta"):
        return make().state_dict()


def diffusers(family):
    parts = {"unet": meta(family.unet), "vae": meta(lambda: AutoencoderKL(
        block_out_channels=(128, 256, 512, 512), layers_per_block=2,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4))}
    pairs = [(f"{part}/{key}", tuple(t.shape)) for part, state in parts.items() for key, t in state.items()]
    for suffix, encoder in zip(("", "_2"), family.encoders):
        pairs += [(f"text_encoder{suffix}/{key}", shape) for key, shape in transformers_clip(encoder)]
    return pairs


def verify(name, family, single):
    """diffusers' conversion of the single file must give the tensors of its own classes."""
    state = {key: torch.empty(shape, device="meta") for key, shape in single}
    config = dict(meta_config(family))
    converted = {f"unet/{k}": v for k, v in convert_ldm_unet_checkpoint(dict(state), config).items()}
    vae_config = dict(down_block_types=[0] * 4, up_block_types=[0] * 4, layers_per_block=2)
    converted |= {f"vae/{k}": v for k, v in convert_ldm_vae_checkpoint(dict(state), vae_config).items()}
    converted |= converted_encoders(name, family, state)
    expected = dict(diffusers(family))
    found = {k: tuple(v.shape) for k, v in converted.items() if not k.endswith("position_ids")}
    # Linear layers of the autoencoder's attention stand as convolutions of one pixel.
    found = {k: tuple(s for s in v if s != 1) if k.startswith("vae/") and "attentions" in k else v for k, v in found.items()}
    assert found == expected, sorted(set(found.items()) ^ set(expected.items()))[:6]


def meta_config(family):
    with torch.device("meta"):
        return family.unet().config


def converted_encoders(name, family, state):
    if name != "sdxl" and name != "sd21":
        return {f"text_encoder/{k}": v for k, v in convert_ldm_clip_checkpoint(dict(state)).items()}
    if name == "sd21":
        kind, config = family.encoders[0]
        with torch.device("meta"):
            model = kind(config)
        found = convert_open_clip_checkpoint(model, dict(state), prefix="cond_stage_model.model.")
        return {f"text_encoder/{k}": v for k, v in found.items() if "encoder.layers.23." not in k and k != "text_projection.weight"}
    kind, config = family.encoders[1]
    with torch.device("meta"):
        model = kind(config)
    second = convert_open_clip_checkpoint(model, dict(state), prefix="conditioner.embedders.1.model.")
    first = convert_ldm_clip_checkpoint(dict(state), remove_prefix="conditioner.embedders.0.transformer.")
    return {f"text_encoder/{k}": v for k, v in first.items()} | {f"text_encoder_2/{k}": v for k, v in second.items()}


def configurations(name, family):
    """What stands beside the weights of a diffusers folder, by the files' names."""
    suffixes = ["", "_2"][:len(family.encoders)]
    index = {"_class_name": "StableDiffusionXLPipeline" if family.pooled else "StableDiffusionPipeline"}
    index |= {f"text_encoder{s}": ["transformers", kind.__name__] for s, (kind, _) in zip(suffixes, family.encoders)}
    files = {"model_index.json": index, "unet/config.json": plain(meta_config(family)), "vae/config.json": {
        "_class_name": "AutoencoderKL", "block_out_channels": [128, 256, 512, 512], "layers_per_block": 2,
        "down_block_types": ["DownEncoderBlock2D"] * 4, "up_block_types": ["UpDecoderBlock2D"] * 4,
        "scaling_factor": 0.13025 if family.pooled else 0.18215}}
    files |= {f"text_encoder{s}/config.json": config.to_dict() for s, (_, config) in zip(suffixes, family.encoders)}
    files["scheduler/scheduler_config.json"] = {
        "beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012, "steps_offset": 1,
        "prediction_type": "v_prediction" if name == "sd21" else "epsilon"}
    return files


def plain(config):
    return {key: value for key, value in config.items() if value is not None and not key.startswith("_use")}


def lines(pairs):
    before = ""
    for key, shape in sorted(pairs):
        common = len(os.path.commonprefix([before, key]))
        dtype = "I64" if key.endswith("position_ids") else "F16"
        yield f"{common} {key[common:]} {dtype} {'x'.join(map(str, shape)) or '-'}"
        before = key


def write(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, family in FAMILIES.items():
        single = single_file(name, family)
        verify(name, family, single)
        layouts = {"single": single, "diffusers": diffusers(family)}
        for layout, pairs in layouts.items():
            (folder / f"{name}-{layout}.txt").write_text("\n".join(lines(pairs)) + "\n")
            count = sum(math.prod(shape) for _, shape in pairs)
            print(f"{name} {layout}: {len(pairs)} tensors, {count:,} numbers")
        text = json.dumps(configurations(name, family), indent=1, default=str)
        (folder / f"{name}-configurations.json").write_text(text + "\n")
