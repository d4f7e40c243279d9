"""Writes the fixtures of the tests. See README.md."""

import sys
from importlib import import_module
from pathlib import Path

import torch

REPOSITORY = Path(__file__).resolve().parents[2]
FIXTURES = REPOSITORY / "Tests" / "DiffusionTests" / "Fixtures"
IMAGING_FIXTURES = REPOSITORY / "Tests" / "ImagingTests" / "Fixtures"
MODEL = REPOSITORY / "Sources" / "DefaultModel" / "model"
VOCABULARY = REPOSITORY / "Sources" / "CLIPVocabulary" / "vocabulary" / "merges.txt"
FONT = REPOSITORY / "Sources" / "DefaultFont" / "font" / "DejaVuSans.ttf"

# For each part its module and what that writes with. A module is loaded for its part alone, with the packages that it needs.
PARTS = {
    "tokens": ("tokens", FIXTURES, MODEL),
    "unicode-tokens": ("unicode_tokens", FIXTURES, VOCABULARY),
    "models": ("models", FIXTURES / "models"),
    "adapters": ("adapters", FIXTURES),
    "default-model": ("default_model", FIXTURES, MODEL),
    "names": ("names", FIXTURES / "names"),
    "layouts": ("layouts", FIXTURES / "layouts", VOCABULARY),
    "controlnet": ("controlnet", FIXTURES, VOCABULARY),
    "prompts": ("prompts", FIXTURES),
    "noise": ("noise", FIXTURES),
    "guidance": ("guidance", FIXTURES),
    "sampling": ("samplers", FIXTURES),
    "masked": ("masked", FIXTURES),
    "upscalers": ("upscalers", FIXTURES / "upscalers"),
    "portraits": ("portraits", FIXTURES, MODEL),
    "images": ("images", IMAGING_FIXTURES),
    "editing": ("editing", IMAGING_FIXTURES),
    "edges": ("edges", IMAGING_FIXTURES),
    "photos": ("photos", IMAGING_FIXTURES / "photos"),
    "cascades": ("cascades", IMAGING_FIXTURES / "cascades"),
    "detectors": ("detectors", FIXTURES),
    "text": ("text", IMAGING_FIXTURES, FONT),
}


def main(parts):
    torch.set_num_threads(1)
    for name in parts or PARTS:
        module, *places = PARTS[name]
        with torch.no_grad():
            import_module(module).write(*places)
        print(f"{name} written")


if __name__ == "__main__":
    main(sys.argv[1:])
