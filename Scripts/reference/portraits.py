"""Whole pictures drawn by diffusers' own pipeline with the embedded model."""

import torch
from diffusers import StableDiffusionXLPipeline
from safetensors.torch import save_file

PROMPT = "a portrait of a smiling person with brown hair and headphones, blue background"


def write(fixtures, model):
    pipeline = StableDiffusionXLPipeline.from_pretrained(model, dtype=torch.float32)
    pipeline.set_progress_bar_config(disable=True)
    tensors = {}
    for steps in (20, 25):
        latent = pipeline(
            PROMPT, num_inference_steps=steps, guidance_scale=5.0, height=128, width=128, output_type="latent",
            generator=torch.Generator().manual_seed(7),
        ).images
        picture = pipeline.vae.decode(latent / pipeline.vae.config.scaling_factor).sample.clamp(-1, 1)
        tensors[f"{steps}.latent"] = latent
        tensors[f"{steps}.picture"] = picture.half()
    tensors["noise"] = torch.randn((1, 4, 16, 16), generator=torch.Generator().manual_seed(7))
    save_file(tensors, fixtures / "portraits.safetensors", metadata={"prompt": PROMPT})
