"""The published models' configurations, built with random weights. The names are those of `easel bench`."""

import torch

UNETS = {
    "sd15": dict(cross_attention_dim=768, attention_head_dim=8),
    "sd21": dict(
        cross_attention_dim=1024, attention_head_dim=[5, 10, 20, 20], use_linear_projection=True),
    "sdxl": dict(
        sample_size=128, cross_attention_dim=2048, attention_head_dim=[5, 10, 20],
        use_linear_projection=True, block_out_channels=[320, 640, 1280],
        down_block_types=["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
        up_block_types=["CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"],
        transformer_layers_per_block=[1, 2, 10], addition_embed_type="text_time",
        addition_time_embed_dim=256, projection_class_embeddings_input_dim=2816),
}

VAE = dict(
    block_out_channels=[128, 256, 512, 512], layers_per_block=2, latent_channels=4,
    down_block_types=["DownEncoderBlock2D"] * 4, up_block_types=["UpDecoderBlock2D"] * 4)

TEXT_ENCODERS = {
    "clip-l": dict(hidden_size=768, num_hidden_layers=12, num_attention_heads=12, hidden_act="quick_gelu"),
    "open-clip-h": dict(hidden_size=1024, num_hidden_layers=23, num_attention_heads=16, hidden_act="gelu"),
    "open-clip-bigg": dict(
        hidden_size=1280, num_hidden_layers=32, num_attention_heads=20, hidden_act="gelu",
        projection_dim=1280),
}


def unet(family):
    from diffusers import UNet2DConditionModel

    return UNet2DConditionModel(**UNETS[family])


def vae():
    from diffusers import AutoencoderKL

    return AutoencoderKL(**VAE)


def text_encoder(name):
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    numbers = TEXT_ENCODERS[name]
    config = CLIPTextConfig(
        vocab_size=49408, intermediate_size=4 * numbers["hidden_size"], max_position_embeddings=77,
        bos_token_id=49406, eos_token_id=49407, **numbers)
    return (CLIPTextModelWithProjection if "projection_dim" in numbers else CLIPTextModel)(config)


def random(build, *arguments):
    """A model with random weights in f32, without the time that its own initialization takes."""
    with torch.device("meta"):
        model = build(*arguments)
    model = model.to_empty(device="cpu").eval()
    for name, parameter in model.named_parameters():
        if parameter.ndim > 1:
            parameter.data.normal_(0, parameter[0].numel() ** -0.5)
        else:
            parameter.data.fill_(0 if name.endswith("bias") else 1)
    for name, buffer in model.named_buffers():
        if name.endswith("position_ids"):
            buffer.copy_(torch.arange(buffer.shape[-1]))
    return model


def unet_inputs(model, batch, side):
    """The arguments of a call, by name: latents [N, C, side, side], 77 tokens, and what SDXL adds."""
    config = model.config
    inputs = dict(
        sample=torch.randn(batch, config.in_channels, side, side), timestep=torch.tensor(500.0),
        encoder_hidden_states=torch.randn(batch, 77, config.cross_attention_dim))
    if config.addition_embed_type == "text_time":
        size = float(8 * side)
        pooled = config.projection_class_embeddings_input_dim - 6 * config.addition_time_embed_dim
        inputs["added_cond_kwargs"] = dict(
            text_embeds=torch.randn(batch, pooled),
            time_ids=torch.tensor([[size, size, 0, 0, size, size]] * batch))
    return inputs


def tokens():
    return torch.tensor([[1 + index * 7919 % 49000 for index in range(76)] + [49407]])
