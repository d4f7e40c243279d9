"""Tiny checkpoints with random weights that together take every branch of the models."""

import json
import shutil

import torch
from diffusers import (
    AutoencoderKL, DDIMScheduler, EulerDiscreteScheduler, StableDiffusionPipeline, StableDiffusionXLPipeline,
    UNet2DConditionModel,
)
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

from recording import Recording, noise, record_prompts, record_text_encoder, record_unet, record_vae

WORDS = ["a", "cat", "red", "hat", "on", "the", "moon"]
MERGES = [("c", "a"), ("ca", "t</w>")]
PROMPTS = ["a red cat, on the moon!", ""]

BETAS = dict(beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012)

DOWN = ("DownBlock2D", "CrossAttnDownBlock2D")
UP = ("UpBlock2D", "CrossAttnUpBlock2D")

UNETS = {
    "sd1": dict(
        block_out_channels=(8, 16), down_block_types=DOWN[::-1], up_block_types=UP, layers_per_block=2,
        cross_attention_dim=16, attention_head_dim=4, norm_num_groups=4,
    ),
    "inpaint": dict(
        in_channels=9, block_out_channels=(8, 16, 16), down_block_types=DOWN[1:] * 3,
        up_block_types=UP[1:] * 3, layers_per_block=1, cross_attention_dim=12, attention_head_dim=2,
        norm_num_groups=4, flip_sin_to_cos=False, freq_shift=1,
    ),
    "sd2": dict(
        block_out_channels=(8, 16, 24), down_block_types=DOWN[1:] * 2 + DOWN[:1],
        up_block_types=UP[:1] + UP[1:] * 2, layers_per_block=1, cross_attention_dim=24,
        attention_head_dim=(1, 2, 4), norm_num_groups=4, use_linear_projection=True, upcast_attention=True,
    ),
    "sdxl": dict(
        block_out_channels=(8, 16, 24), down_block_types=DOWN[:1] + DOWN[1:] * 2,
        up_block_types=UP[1:] * 2 + UP[:1], layers_per_block=(1, 2, 1), cross_attention_dim=40,
        transformer_layers_per_block=(1, 1, 3), attention_head_dim=(2, 4, 3), norm_num_groups=4,
        use_linear_projection=True, addition_embed_type="text_time", addition_time_embed_dim=4,
        projection_class_embeddings_input_dim=24 + 6 * 4,
    ),
}

VAES = {
    "sd1": dict(block_out_channels=(8, 16), layers_per_block=2, norm_num_groups=4),
    "sd2": dict(
        block_out_channels=(8, 16, 16), layers_per_block=1, norm_num_groups=4, mid_block_add_attention=False,
        use_quant_conv=False, use_post_quant_conv=False,
    ),
    "sdxl": dict(
        block_out_channels=(8, 8, 12), layers_per_block=1, norm_num_groups=4, scaling_factor=0.13025,
        use_quant_conv=False,
    ),
}

ENCODERS = {
    "sd1": dict(hidden_size=16, num_attention_heads=2, num_hidden_layers=2, hidden_act="quick_gelu"),
    "sd2": dict(hidden_size=24, num_attention_heads=3, num_hidden_layers=3, hidden_act="gelu"),
    "sdxl": dict(hidden_size=16, num_attention_heads=1, num_hidden_layers=3, hidden_act="quick_gelu"),
    "sdxl_2": dict(
        hidden_size=24, num_attention_heads=4, num_hidden_layers=2, hidden_act="gelu", projection_dim=24
    ),
}

# The sizes of the latent: odd, so that halving and doubling do not give back the same size.
LATENTS = {"sd1": (9, 7), "inpaint": (5, 6), "sd2": (7, 10), "sdxl": (9, 7)}


def write(folder):
    shutil.rmtree(folder, ignore_errors=True)
    torch.manual_seed(11)
    for name, save in {"sd1": save_sd1, "sd2": save_sd2, "sdxl": save_sdxl, "inpaint": save_inpaint}.items():
        recording = Recording()
        save(folder / name, recording)
        save_file(recording.tensors, folder / f"{name}.safetensors")


def save_sd1(folder, recording):
    """Stored in f32; the pooled position by the rule of old configurations (`eos_token_id` 2)."""
    pipeline = stable_diffusion("sd1", DDIMScheduler(steps_offset=1, clip_sample=False, **BETAS), torch.float32)
    pipeline.save_pretrained(folder)
    record(recording, pipeline, "sd1")


def save_sd2(folder, recording):
    """Stored in bf16; predicts v."""
    scheduler = DDIMScheduler(
        prediction_type="v_prediction", steps_offset=1, clip_sample=False, **BETAS)
    pipeline = stable_diffusion("sd2", scheduler, torch.bfloat16)
    pipeline.to(torch.bfloat16).save_pretrained(folder)
    save_vocabulary(folder / "tokenizer", "<|endoftext|>")
    record(recording, pipeline.to(torch.float32), "sd2")


def save_sdxl(folder, recording):
    """Stored in f16 as the `fp16` variant, the UNet in shards."""
    pipeline = StableDiffusionXLPipeline(
        vae=vae("sdxl"), unet=unet("sdxl"), scheduler=EulerDiscreteScheduler(**BETAS),
        text_encoder=text_encoder(CLIPTextModel, "sdxl"),
        text_encoder_2=text_encoder(CLIPTextModelWithProjection, "sdxl_2"),
        tokenizer=tokenizer("<|endoftext|>"), tokenizer_2=tokenizer("!"), add_watermarker=False,
    )
    round_weights(pipeline, torch.float16)
    pipeline.to(torch.float16).save_pretrained(folder, variant="fp16")
    (folder / "unet" / "diffusion_pytorch_model.fp16.safetensors").unlink()
    pipeline.unet.save_pretrained(folder / "unet", variant="fp16", max_shard_size="300KB")
    save_vocabulary(folder / "tokenizer", "<|endoftext|>")
    save_vocabulary(folder / "tokenizer_2", "!")
    record(recording, pipeline.to(torch.float32), "sdxl")


def save_inpaint(folder, recording):
    """A UNet alone."""
    model = unet("inpaint")
    model.to(torch.float16).save_pretrained(folder / "unet")
    record_unet(recording, model.to(torch.float32), "unet", *LATENTS["inpaint"], batch=2)


def stable_diffusion(name, scheduler, dtype):
    pipeline = StableDiffusionPipeline(
        vae=vae(name), text_encoder=text_encoder(CLIPTextModel, name), tokenizer=tokenizer("<|endoftext|>"),
        unet=unet(name), scheduler=scheduler, safety_checker=None, feature_extractor=None,
        requires_safety_checker=False,
    )
    round_weights(pipeline, dtype)
    return pipeline


def record(recording, pipeline, name):
    record_unet(recording, pipeline.unet, "unet", *LATENTS[name], batch=2)
    record_vae(recording, pipeline.vae, "vae", 20, 28, latent=(5, 6))
    record_prompts(recording, pipeline, "prompt", PROMPTS)
    for suffix in ("", "_2"):
        encoder = getattr(pipeline, f"text_encoder{suffix}", None)
        if encoder is not None:
            ids = getattr(pipeline, f"tokenizer{suffix}")(PROMPTS[0], padding="max_length").input_ids
            record_text_encoder(recording, encoder, f"text_encoder{suffix}", ids)


def unet(name):
    return randomized(UNet2DConditionModel(sample_size=8, **UNETS[name]))


def vae(name):
    config = VAES[name]
    depth = len(config["block_out_channels"])
    return randomized(AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * depth, up_block_types=("UpDecoderBlock2D",) * depth,
        sample_size=32, **config,
    ))


def text_encoder(kind, name):
    tokens = len(vocabulary())
    legacy = dict(bos_token_id=0, eos_token_id=2) if name == "sd1" else dict(
        bos_token_id=tokens - 2, eos_token_id=tokens - 1)
    return randomized(kind(CLIPTextConfig(
        vocab_size=tokens, intermediate_size=32, max_position_embeddings=77, **legacy, **ENCODERS[name])))


def vocabulary():
    letters = "".join(sorted(set("".join(WORDS) + "!,.?")))
    entries = ["!"] + [c for c in letters if c != "!"] + [c + "</w>" for c in letters]
    return entries + ["ca", "cat</w>", "<|startoftext|>", "<|endoftext|>"]


def tokenizer(pad):
    vocab = {entry: i for i, entry in enumerate(vocabulary())}
    return CLIPTokenizer(vocab=vocab, merges=MERGES, pad_token=pad, model_max_length=77)


def save_vocabulary(folder, pad):
    """The files that published checkpoints have, in the place of the one that transformers 5 writes."""
    (folder / "tokenizer.json").unlink()
    (folder / "vocab.json").write_text(json.dumps({entry: i for i, entry in enumerate(vocabulary())}))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in MERGES))
    (folder / "tokenizer_config.json").write_text(json.dumps({"model_max_length": 77, "pad_token": pad}))


def randomized(model):
    """Default initialisation leaves norms and biases at one and zero: moves every vector away from that."""
    for index, parameter in enumerate(model.parameters()):
        if parameter.ndim == 1:
            parameter += 0.2 * noise(parameter.shape, index)
    return model.eval()


def round_weights(pipeline, dtype):
    for component in pipeline.components.values():
        if isinstance(component, torch.nn.Module):
            for parameter in component.parameters():
                parameter.copy_(parameter.to(dtype))
