"""Tidies a trained model's folder and checks it: CLIP's tokenizer files, sizes, no overflow in half precision."""

from __future__ import annotations

import argparse
import glob
import json
import os

import torch
from diffusers import StableDiffusionXLPipeline
from safetensors.torch import load_file

import make_tokenizer
from training import MODEL

PROMPT = "a smiling person with red hair and glasses wearing headphones, blue background"


def tidy(model: str):
    """CLIP's tokenizer files instead of transformers' own, and no machine's paths in the configurations."""
    make_tokenizer.build(model)
    for path in glob.glob(f"{model}/tokenizer*/tokenizer.json"):
        os.remove(path)
    for path in glob.glob(f"{model}/*/config.json"):
        with open(path) as file:
            config = json.load(file)
        config.pop("_name_or_path", None)
        with open(path, "w") as file:
            json.dump(config, file, indent=2)
            file.write("\n")


def list_weights(model: str):
    for path in sorted(glob.glob(f"{model}/**/*.safetensors", recursive=True)):
        tensors = load_file(path).values()
        values, kinds = sum(t.numel() for t in tensors), {str(t.dtype) for t in tensors}
        print(f"{os.path.relpath(path, model):55} {os.path.getsize(path) / 1e6:7.2f} MB  {values:9,} values  {kinds}")


def largest_activations(model: str) -> dict[str, float]:
    """The largest magnitude inside each part while a picture is drawn: far below half precision's 65504."""
    pipeline = StableDiffusionXLPipeline.from_pretrained(model, dtype=torch.float32, add_watermarker=False)
    pipeline.set_progress_bar_config(disable=True)
    peaks: dict[str, float] = {}

    def watch(name):
        def record(_, __, output):
            if torch.is_tensor(output):
                peaks[name] = max(peaks.get(name, 0.0), output.abs().max().item())
        return record

    for name in ("unet", "vae", "text_encoder", "text_encoder_2"):
        for module in getattr(pipeline, name).modules():
            module.register_forward_hook(watch(name))
    pipeline(PROMPT, num_inference_steps=10, guidance_scale=5.0, generator=torch.Generator().manual_seed(3))
    return {name: round(peak, 1) for name, peak in peaks.items()}


def main(a):
    tidy(a.model)
    list_weights(a.model)
    print("largest activations", largest_activations(a.model))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--model", default=MODEL)
    main(parser.parse_args())
