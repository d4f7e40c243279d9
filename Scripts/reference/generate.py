"""Writes the fixtures of the tests. See README.md."""

import sys
from pathlib import Path

import torch

import adapters
import cascades
import controlnet
import default_model
import detectors
import edges
import editing
import guidance
import images
import layouts
import masked
import models
import names
import noise
import photos
import portraits
import prompts
import samplers
import text
import tokens
import unicode_tokens
import upscalers

REPOSITORY = Path(__file__).resolve().parents[2]
FIXTURES = REPOSITORY / "Tests" / "DiffusionTests" / "Fixtures"
IMAGING_FIXTURES = REPOSITORY / "Tests" / "ImagingTests" / "Fixtures"
MODEL = REPOSITORY / "Sources" / "DefaultModel" / "model"
VOCABULARY = REPOSITORY / "Sources" / "CLIPVocabulary" / "vocabulary" / "merges.txt"
FONT = REPOSITORY / "Sources" / "DefaultFont" / "font" / "DejaVuSans.ttf"

PARTS = {
    "tokens": lambda: tokens.write(FIXTURES, MODEL),
    "unicode-tokens": lambda: unicode_tokens.write(FIXTURES, VOCABULARY),
    "models": lambda: models.write(FIXTURES / "models"),
    "adapters": lambda: adapters.write(FIXTURES),
    "default-model": lambda: default_model.write(FIXTURES, MODEL),
    "names": lambda: names.write(FIXTURES / "names"),
    "layouts": lambda: layouts.write(FIXTURES / "layouts", VOCABULARY),
    "controlnet": lambda: controlnet.write(FIXTURES, VOCABULARY),
    "prompts": lambda: prompts.write(FIXTURES),
    "noise": lambda: noise.write(FIXTURES),
    "guidance": lambda: guidance.write(FIXTURES),
    "sampling": lambda: samplers.write(FIXTURES),
    "masked": lambda: masked.write(FIXTURES),
    "upscalers": lambda: upscalers.write(FIXTURES / "upscalers"),
    "portraits": lambda: portraits.write(FIXTURES, MODEL),
    "images": lambda: images.write(IMAGING_FIXTURES),
    "editing": lambda: editing.write(IMAGING_FIXTURES),
    "edges": lambda: edges.write(IMAGING_FIXTURES),
    "photos": lambda: photos.write(IMAGING_FIXTURES / "photos"),
    "cascades": lambda: cascades.write(IMAGING_FIXTURES / "cascades"),
    "detectors": lambda: detectors.write(FIXTURES),
    "text": lambda: text.write(IMAGING_FIXTURES, FONT),
}


def main(parts):
    torch.set_num_threads(1)
    for name in parts or PARTS:
        with torch.no_grad():
            PARTS[name]()
        print(f"{name} written")


if __name__ == "__main__":
    main(sys.argv[1:])
