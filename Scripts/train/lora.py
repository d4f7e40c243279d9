"""LoRAs of the base's UNet (Hu et al., 2021) by PEFT, saved as diffusers does."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from peft import LoraConfig
from peft.utils import get_peft_model_state_dict, set_peft_model_state_dict
from safetensors.torch import load_file

import loop
import train_classifier
import world
from base import Base
from evaluate import HERE

# Attention, feed-forward layers and the convolutions of residual blocks.
LAYERS = ["to_q", "to_k", "to_v", "to_out.0", "ff.net.0.proj", "ff.net.2", "proj_in", "proj_out", "conv1", "conv2", "conv_shortcut"]


def attach(base: Base, rank: int):
    """Puts a LoRA that changes nothing yet on the base's UNet; it alone can be trained."""
    base.unet.add_adapter(LoraConfig(r=rank, lora_alpha=rank, init_lora_weights="gaussian", target_modules=LAYERS))


def prepared(a, name: str, train: Callable) -> Base:
    """The base with a LoRA on it that is trained now, or, with `--measure`, read from its file."""
    torch.set_num_threads(a.threads)
    torch.manual_seed(0)
    base, path = Base(a.base), f"{a.out}/{name}/{name}.safetensors"
    attach(base, a.rank)
    if not a.measure:
        loop.save_half(train(base, a), path)
    put_on(base, path)
    return base


def train(base: Base, loss: Callable[[int], torch.Tensor], a, name: str) -> dict[str, torch.Tensor]:
    """Trains the attached LoRA; its averaged weights as diffusers calls them."""
    averaged = loop.optimise(base.unet, loss, a, f"{a.out}/{name}/weights.pt", skip=("lora_B",))
    return {f"unet.{key}": value for key, value in get_peft_model_state_dict(averaged).items()}


def put_on(base: Base, path: str):
    """Gives the attached LoRA the weights of a file."""
    weights = {key.removeprefix("unet."): value.float() for key, value in load_file(path).items()}
    set_peft_model_state_dict(base.unet, weights)


class Judge:
    """What the classifier sees in pictures."""

    def __init__(self):
        self.model = train_classifier.load(f"{HERE}/classifier.safetensors")

    def __call__(self, pictures) -> np.ndarray:
        """Class indices `[count, attributes]`."""
        return train_classifier.predict(self.model, np.stack([np.asarray(picture) for picture in pictures]))


def named_right(seen: np.ndarray, truth: np.ndarray, named: list[frozenset[str]], aside: tuple[str, ...] = ()) -> float:
    """The share of the attributes that the prompts name, but for some, that are as in the truth."""
    right = [seen[i, column] == truth[i, column] for i, names in enumerate(named)
             for column, name in enumerate(world.ATTRIBUTES) if name in names and name not in aside]
    return float(np.mean(right))
