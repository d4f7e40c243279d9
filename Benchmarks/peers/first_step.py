#!/usr/bin/env python3
"""The first step of a UNet on disk in a fresh process, as a pipeline begins: import, load as f32, one call.

    first_step.py FOLDER THREADS
"""

import sys

import torch

import models

torch.set_num_threads(int(sys.argv[2]))

from diffusers import UNet2DConditionModel

with torch.inference_mode():
    unet = UNet2DConditionModel.from_pretrained(sys.argv[1], torch_dtype=torch.float32)
    xl = unet.config.addition_embed_type == "text_time"
    unet(**models.unet_inputs(unet, batch=1 if xl else 2, side=128 if xl else 64))
