"""What the parts of the embedded model give, block by block."""

import torch
from diffusers import StableDiffusionXLPipeline
from safetensors.torch import save_file

from recording import Recording, record_prompts, record_text_encoder, record_unet, record_vae

PROMPTS = [
    "a portrait of a smiling person with brown hair, a cap and headphones, flat illustration",
    "",
    "frowning! red shirt, night sky with stars, " * 12,
]


def write(fixtures, model):
    pipeline = StableDiffusionXLPipeline.from_pretrained(model, dtype=torch.float32)
    recording = Recording()
    record_prompts(recording, pipeline, "prompt", PROMPTS)
    for name in ("", "_2"):
        ids = getattr(pipeline, f"tokenizer{name}")(PROMPTS[0], padding="max_length").input_ids
        record_text_encoder(recording, getattr(pipeline, f"text_encoder{name}"), f"text_encoder{name}", ids)
    record_unet(recording, pipeline.unet, "unet", 6, 5, tokens=77)
    record_vae(recording, pipeline.vae, "vae", 24, 32, latent=(3, 4))
    save_file(recording.tensors, fixtures / "default-model.safetensors")
