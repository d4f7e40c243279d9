"""Generates pictures from captions of unseen portraits and lets the classifier judge them.

Writes samples.png (labelled grid) and evaluation.json: the autoencoder's fidelity, the classifier's
accuracy on fresh world pictures, on their reconstructions (the most a generated picture can score), and
on generated pictures, per attribute, over the attributes each prompt names, beside the chance level (the
share of the attribute's most frequent value, and a uniform guess).
"""

from __future__ import annotations

import argparse
import json
import random

import numpy as np
import torch
from diffusers import StableDiffusionXLPipeline

import train_classifier
import world
from train_vae import measure
from training import HERE, RUNS, to_pictures, to_tensor

DEFAULT_MODEL = f"{HERE}/../../Sources/DefaultModel/model"
FRESH = 10_000_000     # seeds from here on were never used in training


@torch.no_grad()
def reconstruct(vae, images: np.ndarray, batch: int = 32) -> np.ndarray:
    starts = range(0, len(images), batch)
    return np.concatenate([
        to_pictures(vae.decode(vae.encode(to_tensor(images[i:i + batch])).latent_dist.mean).sample) for i in starts
    ])


def generate(pipeline, texts: list[str], a) -> list:
    """A picture for each text, each with a seed of its own."""
    pictures = []
    for i in range(0, len(texts), a.batch):
        batch = texts[i:i + a.batch]
        generators = [torch.Generator().manual_seed(a.seed + i + j) for j in range(len(batch))]
        pictures += pipeline(batch, num_inference_steps=a.steps, guidance_scale=a.scale, generator=generators).images
    return pictures


def majority(labels: np.ndarray) -> float:
    """How often a guess is right that always says the most frequent value."""
    return float(np.bincount(labels).max() / len(labels))


def table(predicted, labels, named: list[frozenset[str]], on_world, on_vae) -> dict[str, dict[str, float]]:
    """Each attribute's share of right pictures, over the prompts that name it."""
    rows_of = {name: [i for i, names in enumerate(named) if name in names] for name in world.ATTRIBUTES}
    return {
        name: {
            "named_in": len(rows),
            "generated": round(float((predicted[rows, column] == labels[rows, column]).mean()), 3),
            "chance_majority": round(majority(labels[rows, column]), 3),
            "chance_uniform": round(1 / len(world.ATTRIBUTES[name]), 3),
            "judge_on_world": round(on_world[name], 3),
            "judge_on_vae": round(on_vae[name], 3),
        }
        for column, (name, rows) in enumerate(rows_of.items()) if rows
    }


def summary(predicted, labels, named: list[frozenset[str]]) -> dict[str, float]:
    """The share of named attributes that are right, and of prompts with all of theirs right."""
    right = [[predicted[i, c] == labels[i, c] for c, name in enumerate(world.ATTRIBUTES) if name in names]
             for i, names in enumerate(named)]
    return {"all_named": round(float(np.mean(sum(right, []))), 3), "prompts_fully_right": round(float(np.mean(list(map(all, right)))), 3)}


def main(a):
    torch.set_num_threads(a.threads)
    judge = train_classifier.load(a.classifier)
    pipeline = StableDiffusionXLPipeline.from_pretrained(a.model, dtype=torch.float32, add_watermarker=False)
    pipeline.set_progress_bar_config(disable=True)
    portraits = [world.sample(FRESH + i) for i in range(max(a.fresh, a.prompts))]
    labels = np.array([list(p.labels().values()) for p in portraits])
    images = np.stack([np.asarray(world.render(p).image) for p in portraits[:a.fresh]])

    def judged(pictures):
        return train_classifier.accuracies(train_classifier.predict(judge, pictures), labels[:a.fresh])

    prompts = [world.caption(p, random.Random(i), empty=0) for i, p in enumerate(portraits[:a.prompts])]
    texts, named = [text for text, _ in prompts], [names for _, names in prompts]
    generated = generate(pipeline, texts, a)
    predicted = train_classifier.predict(judge, np.stack([np.asarray(picture) for picture in generated]))
    result = {
        "steps": a.steps, "guidance": a.scale, "prompts": a.prompts,
        "vae_psnr_db": round(measure(pipeline.vae, images[:256]), 2),
        "attributes": table(predicted, labels, named, judged(images), judged(reconstruct(pipeline.vae, images))),
        **summary(predicted, labels, named),
    }
    with open(f"{a.out}/evaluation.json", "w") as file:
        json.dump(result, file, indent=1)
    print(json.dumps(result, indent=1))
    world.contact_sheet(generated[:a.grid], 8, texts[:a.grid]).save(f"{a.out}/samples.png")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--prompts", type=int, default=400)
    parser.add_argument("--fresh", type=int, default=400)
    parser.add_argument("--steps", type=int, default=25)
    parser.add_argument("--scale", type=float, default=5.0)
    parser.add_argument("--batch", type=int, default=20)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--grid", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--classifier", default=f"{HERE}/classifier.safetensors")
    parser.add_argument("--out", default=RUNS)
    return parser.parse_args()


if __name__ == "__main__":
    main(arguments())
