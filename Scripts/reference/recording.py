"""Runs parts of a pipeline and records what went in and what every block gave."""

import torch


class Recording:
    """Collects tensors under names and the outputs of modules while they run."""

    def __init__(self):
        self.tensors = {}

    def __setitem__(self, name, tensor):
        self.tensors[name] = tensor.detach().float().clone().contiguous()

    def watch(self, name, module):
        """Records the module's (first) output at each call. Returns the hook, to be removed."""

        def record(_, __, output):
            tensor = output if isinstance(output, torch.Tensor) else output[0]
            self[name] = tensor

        return module.register_forward_hook(record)


def noise(shape, seed):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def record_unet(recording, unet, prefix, height, width, batch=1, tokens=7, timestep=741.25):
    """One call of a UNet on random input: inputs, the time embedding, each block, the output."""
    config = unet.config
    sample = noise((batch, config.in_channels, height, width), 1)
    context = noise((batch, tokens, config.cross_attention_dim), 2)
    added = added_conditions(config, batch)
    watched = {"time": unet.time_embedding, "conv_in": unet.conv_in, "mid_block": unet.mid_block}
    for side in ("down_blocks", "up_blocks"):
        watched |= {f"{side}.{i}": block for i, block in enumerate(getattr(unet, side))}
    hooks = [recording.watch(f"{prefix}.{name}", module) for name, module in watched.items()]
    output = unet(sample, timestep, context, added_cond_kwargs=added).sample
    for hook in hooks:
        hook.remove()
    recording[f"{prefix}.sample"] = sample
    recording[f"{prefix}.context"] = context
    recording[f"{prefix}.timestep"] = torch.tensor([timestep])
    for name, tensor in added.items():
        recording[f"{prefix}.{name}"] = tensor
    recording[f"{prefix}.output"] = output


def added_conditions(config, batch):
    if config.addition_embed_type != "text_time":
        return {}
    pooled = config.projection_class_embeddings_input_dim - 6 * config.addition_time_embed_dim
    sizes = torch.tensor([[128.0, 96.0, 0.0, 8.0, 120.0, 128.0]])
    return {"text_embeds": noise((batch, pooled), 3), "time_ids": sizes.repeat(batch, 1)}


def record_vae(recording, vae, prefix, height, width, latent):
    """Encodes a picture and decodes a latent, block by block."""
    image = noise((1, 3, height, width), 4).clamp(-1, 1)
    latent = noise((1, vae.config.latent_channels, *latent), 5)
    watched = {"encoder.mid_block": vae.encoder.mid_block, "decoder.mid_block": vae.decoder.mid_block}
    watched |= {f"encoder.down_blocks.{i}": b for i, b in enumerate(vae.encoder.down_blocks)}
    watched |= {f"decoder.up_blocks.{i}": b for i, b in enumerate(vae.decoder.up_blocks)}
    hooks = [recording.watch(f"{prefix}.{name}", module) for name, module in watched.items()]
    scale = vae.config.scaling_factor
    recording[f"{prefix}.image"] = image
    recording[f"{prefix}.encoded"] = vae.encode(image).latent_dist.mean * scale
    recording[f"{prefix}.latent"] = latent
    recording[f"{prefix}.decoded"] = vae.decode(latent / scale).sample
    for hook in hooks:
        hook.remove()


def record_prompts(recording, pipeline, prefix, prompts):
    """What the pipeline conditions the UNet on, for each prompt."""
    for index, prompt in enumerate(prompts):
        encoded = pipeline.encode_prompt(
            prompt, device="cpu", num_images_per_prompt=1, do_classifier_free_guidance=False
        )
        recording[f"{prefix}.{index}.context"] = encoded[0]
        if len(encoded) == 4:
            recording[f"{prefix}.{index}.pooled"] = encoded[2]


def record_text_encoder(recording, encoder, prefix, ids):
    """The hidden states before the last layer, the normalised last ones, and the pooled vector."""
    output = encoder(torch.tensor([ids]), output_hidden_states=True)
    recording[f"{prefix}.ids"] = torch.tensor([ids])
    recording[f"{prefix}.penultimate"] = output.hidden_states[-2]
    recording[f"{prefix}.last"] = output.last_hidden_state
    pooled = getattr(output, "text_embeds", None)
    recording[f"{prefix}.pooled"] = output.pooler_output if pooled is None else pooled
