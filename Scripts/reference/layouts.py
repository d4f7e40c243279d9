"""Small checkpoints of every kind in the layouts that people have, run by diffusers.

The original (LDM) names are those of CompVis' and Stability's modules, listed here by their structure for any width.
diffusers' own conversions of single files must turn them into all the tensors of its models, and into no others.
"""

import json
import shutil

import torch
from diffusers import (
    AutoencoderKL, EDMEulerScheduler, EulerDiscreteScheduler, StableDiffusionInpaintPipeline,
    StableDiffusionInstructPix2PixPipeline, StableDiffusionPipeline, StableDiffusionXLInpaintPipeline,
    StableDiffusionXLPipeline, UNet2DConditionModel,
)
from diffusers.loaders import single_file_utils as conversion
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

import names
from recording import Recording, added_conditions, noise

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
        unet=sd_unet(True, 64, (1, 2), (64, 128), 1, in_channels=9, sample_size=64), vae=autoencoder(**SMALL_VAE),
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


def empty(model):
    encoders = [text_model(config) for config in model["encoders"]]
    return UNet2DConditionModel(**model["unet"]), AutoencoderKL(**model["vae"]), encoders


def from_single_file(model, tensors):
    """diffusers' models with the tensors of a single file, by its own conversions; every tensor must find its place."""
    with torch.device("meta"):
        unet, vae, encoders = empty(model)
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
    """Weights by their key alone: numbers of 8 bits times a power of two, exact in every type of float.

    The n-th is n plus FNV-1a's hash of the key, mixed by MurmurHash3's finalizer. The deviation is about that which
    keeps what layers put out at the size of what goes in; that of `norm1.bias` is as in models that predict v."""
    if key.endswith("token_embedding.weight"):  # the same 64 rows over and over
        return numbers("rows of " + key[:-len(".weight")], (64, shape[1])).repeat(shape[0] // 64, 1)
    seed = 0x811C9DC5
    for byte in key.encode():
        seed = ((seed ^ byte) * 0x01000193) & 0xFFFFFFFF
    mixed = (torch.arange(torch.Size(shape).numel(), dtype=torch.int64) + seed) & 0xFFFFFFFF
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        mixed = ((mixed ^ (mixed >> shift)) * factor) & 0xFFFFFFFF
    mixed = mixed ^ (mixed >> 16)
    if len(shape) == 1 and key.endswith("weight"):
        values = 1 + ((mixed & 0xF) - 7.5) / 64
    else:
        fan = mixed.numel() // shape[0] if len(shape) > 1 else 2 ** 6 if key.endswith("norm1.bias") else 2 ** 8
        exponent = next(e for e in range(64) if 4 ** e >= fan)
        values = ((mixed & 0xFF) - 127.5) / 2 ** (6 + exponent)
    return values.reshape(shape)


# ---- What is written


def write(folder, vocabulary):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, model in SMALL.items():
        print(" ", name)
        write_small(folder / name, model, vocabulary)


def diffusers_parts(model):
    with torch.device("meta"):
        parts = {"unet": UNet2DConditionModel(**model["unet"]), "vae": AutoencoderKL(**model["vae"])}
    parts = {f"{name}/diffusion_pytorch_model.safetensors":
             [(key, tuple(tensor.shape)) for key, tensor in part.state_dict().items()] for name, part in parts.items()}
    for index, config in enumerate(model["encoders"]):
        with torch.device("meta"):
            state = text_model(config).state_dict()
        parts[f"text_encoder{'_2' if index else ''}/model.safetensors"] = [
            (key if key.startswith("text_") else f"text_model.{key}", tuple(tensor.shape))
            for key, tensor in state.items()]
    return parts


def listing(files):
    return "".join(f"# {name}\n" + "".join(line + "\n" for line in names.lines(keys)) for name, keys in files.items())


def write_small(folder, model, vocabulary):
    """Configurations, and for each layout names, shapes, and what diffusers' models of such tensors give."""
    folder.mkdir()
    single, parts = {"model.safetensors": ldm_file(model)}, diffusers_parts(model)
    tensors = {key: numbers(key, shape) for key, shape in single["model.safetensors"]}
    pipeline = whole(model, *from_single_file(model, tensors), vocabulary)
    write_layout(folder / "single", single, pipeline, model, {
        "prompt": PROMPT, "negative_prompt": NEGATIVE})
    pipeline = whole(model, *from_folder(model, parts), vocabulary)
    write_layout(folder / "diffusers", parts, pipeline, model, embeddings(pipeline.unet.config))
    save_configurations(folder / "diffusers", pipeline)


def write_layout(folder, files, pipeline, model, prompts):
    folder.mkdir()
    (folder / "keys.txt").write_text(listing(files))
    recording = Recording()
    record(recording, pipeline, model, prompts)
    save_file(recording.tensors, folder / "outputs.safetensors")


def from_folder(model, parts):
    """diffusers' models with weights by their own names."""
    unet, vae, encoders = empty(model)
    modules = [unet, vae, *encoders]
    for (name, keys), module in zip(parts.items(), modules):
        prefix = name.split("/")[0] + "/"
        own = module.state_dict().keys()
        module.load_state_dict({key if key in own else key.removeprefix("text_model."): numbers(prefix + key, shape)
                                for key, shape in keys}, strict=True)
    return unet.eval(), vae.eval(), encoders


def save_configurations(folder, pipeline):
    """All that a pipeline's folder has but weights and vocabularies."""
    for name in ("unet", "vae", "scheduler"):
        getattr(pipeline, name).save_config(folder / name)
    encoders = {name: getattr(pipeline, name) for name in ("text_encoder", "text_encoder_2") if hasattr(pipeline, name)}
    for name, module in encoders.items():
        (folder / name).mkdir()
        module.config.architectures = [type(module).__name__]
        module.config.to_json_file(folder / name / "config.json")
    (folder / "model_index.json").write_text(json.dumps({
        **{name: ["transformers", type(module).__name__] for name, module in encoders.items()},
        "force_zeros_for_empty_prompt": len(encoders) > 1}))


def embeddings(config):
    """What prompts might be turned into."""
    arguments = {}
    for name, seed in (("prompt", 2), ("negative_prompt", 3)):
        arguments[f"{name}_embeds"] = noise((1, 7, config.cross_attention_dim), seed)
        if config.addition_embed_type:
            pooled = config.projection_class_embeddings_input_dim - 6 * 256
            arguments["pooled_prompt_embeds" if seed == 2 else "negative_pooled_prompt_embeds"] = noise((1, pooled), seed)
    return arguments


def whole(model, unet, vae, encoders, vocabulary):
    tokenizers = [tokenizer(vocabulary, config["hidden_act"]) for config in model["encoders"]]
    parts = dict(vae=vae, unet=unet, text_encoder=encoders[0], tokenizer=tokenizers[0])
    if "latents_mean" in model["vae"]:
        scheduler = EDMEulerScheduler()
    else:
        scheduler = EulerDiscreteScheduler(
            beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012, timestep_spacing="leading",
            steps_offset=1, prediction_type=model.get("prediction", "epsilon"))
    if len(encoders) > 1:
        return StableDiffusionXLPipeline(
            **parts, scheduler=scheduler, text_encoder_2=encoders[1], tokenizer_2=tokenizers[1], add_watermarker=False)
    return StableDiffusionPipeline(
        **parts, scheduler=scheduler, safety_checker=None, feature_extractor=None, requires_safety_checker=False)


def tokenizer(path, activation):
    merges = [tuple(line.split()) for line in path.read_text().splitlines() if not line.startswith("#version")]
    symbols = list(bytes_to_unicode())
    entries = symbols + [symbol + "</w>" for symbol in symbols] + [a + b for a, b in merges]
    entries += ["<|startoftext|>", "<|endoftext|>"]
    return CLIPTokenizer(
        vocab={entry: index for index, entry in enumerate(entries)}, merges=merges,
        pad_token="!" if activation == "gelu" else "<|endoftext|>", model_max_length=77)


def bytes_to_unicode():
    """OpenAI's symbols for bytes: the printable ones are themselves."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    return [chr(b) for b in printable] + [chr(256 + n) for n in range(256 - len(printable))]


IDS = [49406, 320, 736, 2368, 49407]
PROMPT, NEGATIVE = "a red cat on the moon, 4k photograph", "blurry"


def record(recording, pipeline, model, prompts):
    config = pipeline.unet.config
    sample, context = noise((1, config.in_channels, 8, 8), 1), noise((1, 7, config.cross_attention_dim), 2)
    added = added_conditions(config, 1)
    recording["unet.sample"], recording["unet.context"] = sample, context
    for name, tensor in added.items():
        recording[f"unet.{name}"] = tensor
    recording["unet.output"] = pipeline.unet(sample, 741.25, context, added_cond_kwargs=added).sample
    if "prompt" in prompts:
        encoded = pipeline.encode_prompt(
            PROMPT, device="cpu", num_images_per_prompt=1, do_classifier_free_guidance=False)
        recording["prompt.context"] = encoded[0][:, :12]
        if len(encoded) == 4:
            recording["prompt.pooled"] = encoded[2]
    else:
        for name, tensor in prompts.items():
            recording[name] = tensor
        for name in ("text_encoder", "text_encoder_2"):
            if hasattr(pipeline, name):
                recording[f"{name}.penultimate"] = getattr(pipeline, name)(
                    torch.tensor([IDS]), output_hidden_states=True).hidden_states[-2]
    image, latent = noise((1, 3, 16, 16), 4).clamp(-1, 1), noise((1, 4, 6, 6), 5)
    mean, deviation = (torch.tensor(model["vae"].get(key, [default] * 4)).reshape(1, 4, 1, 1)
                       for key, default in (("latents_mean", 0.0), ("latents_std", 1.0)))
    scale = pipeline.vae.config.scaling_factor
    recording["vae.image"], recording["vae.latent"] = image, latent
    recording["vae.encoded"] = (pipeline.vae.encode(image).latent_dist.mean - mean) * scale / deviation
    recording["vae.decoded"] = pipeline.vae.decode(latent * deviation / scale + mean).sample
    pipeline, shown = showing(recording, pipeline, image)
    pipeline.set_progress_bar_config(disable=True)
    recording["sampled"] = pipeline(
        **prompts, **shown, num_inference_steps=4, guidance_scale=4.0,
        generator=torch.Generator().manual_seed(7), output_type="latent").images


def showing(recording, pipeline, image):
    """The pipeline for models of as many channels, and what it takes beside the prompts."""
    channels, size, is_xl = pipeline.unet.config.in_channels, dict(height=16, width=16), hasattr(pipeline, "text_encoder_2")
    if channels == 4:
        return pipeline, size
    quiet = dict(add_watermarker=False) if is_xl else dict(requires_safety_checker=False)
    pixels = (image + 1) / 2
    if channels == 8:
        kind, shown = StableDiffusionInstructPix2PixPipeline, dict(image=pixels, image_guidance_scale=1.5)
    else:
        kind = StableDiffusionXLInpaintPipeline if is_xl else StableDiffusionInpaintPipeline
        mask = recording["mask"] = torch.rand((1, 1, 16, 16), generator=torch.Generator().manual_seed(6))
        # The pipelines would take a random latent instead of the mean.
        masked = pipeline.vae.encode(image * (mask < 0.5)).latent_dist.mode() * pipeline.vae.config.scaling_factor
        shown = dict(image=pixels, mask_image=mask, masked_image_latents=masked, strength=1.0, **size)
    return kind(**pipeline.components, **quiet), shown
