"""The models that are trained together: SDXL's UNet and its two text encoders, all small.

The conditioning follows Stable Diffusion XL: the penultimate hidden states of both encoders side by
side, the second encoder's projected pooled output, and six size numbers.
"""

from __future__ import annotations

import torch
from diffusers import AutoencoderKL, EulerDiscreteScheduler, StableDiffusionXLPipeline, UNet2DConditionModel
from diffusers.models.resnet import ResnetBlock2D
from diffusers.models.transformers.transformer_2d import Transformer2DModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

TEXT_WIDTHS, TEXT_LAYERS, TIME_ID_DIM = (64, 96), 3, 32
TIME_IDS = (128.0, 128.0, 0.0, 0.0, 128.0, 128.0)     # original size, crop corner, target size


def make_text_encoder(width: int, vocabulary: int, projected: bool):
    config = CLIPTextConfig(
        vocab_size=vocabulary, hidden_size=width, intermediate_size=4 * width, projection_dim=width,
        num_hidden_layers=TEXT_LAYERS, num_attention_heads=width // 32, max_position_embeddings=77,
        hidden_act="gelu" if projected else "quick_gelu",
        bos_token_id=vocabulary - 2, eos_token_id=vocabulary - 1, pad_token_id=0 if projected else vocabulary - 1,
    )
    return (CLIPTextModelWithProjection if projected else CLIPTextModel)(config)


def make_unet(channels=(64, 96, 128), layers=1) -> UNet2DConditionModel:
    return UNet2DConditionModel(
        sample_size=16, in_channels=4, out_channels=4, block_out_channels=tuple(channels), layers_per_block=layers,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        transformer_layers_per_block=[1, 1, 1], attention_head_dim=[c // 32 for c in channels],
        use_linear_projection=True, cross_attention_dim=sum(TEXT_WIDTHS), norm_num_groups=16,
        addition_embed_type="text_time", addition_time_embed_dim=TIME_ID_DIM,
        projection_class_embeddings_input_dim=TEXT_WIDTHS[1] + 6 * TIME_ID_DIM,
    )


def make_scheduler() -> EulerDiscreteScheduler:
    return EulerDiscreteScheduler(
        num_train_timesteps=1000, beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear",
        prediction_type="epsilon", timestep_spacing="leading", steps_offset=1, interpolation_type="linear",
    )


@torch.no_grad()
def quick_start(model: "Denoiser"):
    """Initial weights for a short run: every residual branch begins as a no-op, every word stands out."""
    for module in model.unet.modules():
        if isinstance(module, ResnetBlock2D):
            module.conv2.weight.zero_()
            module.conv2.bias.zero_()
        elif isinstance(module, Transformer2DModel):
            module.proj_out.weight.zero_()
            module.proj_out.bias.zero_()
    model.unet.conv_out.weight.zero_()
    model.unet.conv_out.bias.zero_()
    for encoder in (model.text_encoder, model.text_encoder_2):
        for name, weight in encoder.named_parameters():
            if name.endswith("token_embedding.weight"):
                weight.normal_(std=0.5)
            elif name.endswith("position_embedding.weight"):
                weight.normal_(std=0.1)


class Denoiser(torch.nn.Module):
    """The UNet and both text encoders as one trainable module."""

    def __init__(self, vocabulary: int):
        super().__init__()
        self.text_encoder = make_text_encoder(TEXT_WIDTHS[0], vocabulary, projected=False)
        self.text_encoder_2 = make_text_encoder(TEXT_WIDTHS[1], vocabulary, projected=True)
        self.unet = make_unet()

    def forward(self, noisy, timesteps, ids, ids_2, keep):
        """`keep` is 0 for the samples whose conditioning is all zero, else 1."""
        first = self.text_encoder(ids, output_hidden_states=True)
        second = self.text_encoder_2(ids_2, output_hidden_states=True)
        context = torch.cat([first.hidden_states[-2], second.hidden_states[-2]], -1) * keep[:, None, None]
        sizes = noisy.new_tensor(TIME_IDS).expand(len(noisy), 6)
        return self.unet(noisy, timesteps, context, added_cond_kwargs={
            "text_embeds": second.text_embeds * keep[:, None], "time_ids": sizes}, return_dict=False)[0]


def make_pipeline(model: Denoiser, model_folder: str, vae_folder: str) -> StableDiffusionXLPipeline:
    return StableDiffusionXLPipeline(
        vae=AutoencoderKL.from_pretrained(vae_folder), text_encoder=model.text_encoder,
        text_encoder_2=model.text_encoder_2, unet=model.unet, scheduler=make_scheduler(),
        tokenizer=CLIPTokenizer.from_pretrained(f"{model_folder}/tokenizer"),
        tokenizer_2=CLIPTokenizer.from_pretrained(f"{model_folder}/tokenizer_2"),
        force_zeros_for_empty_prompt=True, add_watermarker=False,
    )
