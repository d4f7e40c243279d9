"""Small ControlNets in both layouts, run by diffusers, and the names of the published ones at their full size.

Their weights are those of `layouts.numbers`, so that no zero convolution is zero. They belong to small models of
`layouts.py`, whose UNets take what they put out.
"""

import json
import shutil

import torch
from diffusers import (
    AutoencoderKL, ControlNetModel, StableDiffusionControlNetPipeline, StableDiffusionXLControlNetPipeline,
)
from diffusers.loaders.single_file_utils import convert_controlnet_checkpoint
from safetensors.torch import save_file

import layouts
import names
from recording import Recording, added_conditions, noise

HEIGHT, WIDTH = 8, 6  # of the latent
HINT = (8, 12, 16, 24)

# By name: the model that it belongs to, and in what it differs from the model's way down.
SMALL = {
    "sd15": ("sd15", {}),
    "sd21": ("sd21-v", {}),
    "sdxl": ("sdxl", {}),
    "sdxl-mid": ("sdxl", dict(transformer_layers_per_block=(0, 1))),
    "sdxl-small": ("sdxl", dict(
        down_block_types=["DownBlock2D"] * 2, mid_block_type="UNetMidBlock2D", transformer_layers_per_block=(0, 0))),
}

# By name: the networks, what the pipeline is told, and whether residuals count less the higher up they are.
RUNS = {
    "one": (["sd15"], dict(controlnet_conditioning_scale=0.8), False),
    "early": (["sd15"], dict(controlnet_conditioning_scale=1.0, control_guidance_end=0.5), False),
    "late": (["sd15"], dict(controlnet_conditioning_scale=1.0, control_guidance_start=0.5), False),
    "two": (["sd15", "second/sd15"], dict(controlnet_conditioning_scale=[0.8, 0.6]), False),
    "prompt": (["sd15"], dict(controlnet_conditioning_scale=1.0), True),
    "control": (["sd15"], dict(controlnet_conditioning_scale=1.0, guess_mode=True), True),
    "sdxl": (["sdxl"], dict(controlnet_conditioning_scale=0.8), False),
    "sdxl-two": (["sdxl", "sdxl-small"], dict(controlnet_conditioning_scale=[0.8, 0.6]), False),
}


class Soft(ControlNetModel):
    """Weights of 0.825^n, n counted from the middle block up, as lllyasviel's code and sd-webui-controlnet have them;
    diffusers' own `guess_mode` takes 10^(-n/12), nearly the same."""

    def forward(self, *arguments, conditioning_scale=1.0, guess_mode=False, **named):
        down, middle = super().forward(*arguments, conditioning_scale=conditioning_scale, guess_mode=False, **named)
        return [r * 0.825 ** (len(down) - i) for i, r in enumerate(down)], middle


# ---- The original names


def is_way_up(key):
    return key.startswith(("output_blocks.", "out."))


def original(trunk, hint):
    """The tensors of `ControlNet` in lllyasviel's `cldm.py`, of which `trunk` is the UNet's."""
    keys = [(key, tuple(shape)) for key, shape in trunk if not is_way_up(key)]
    top = dict(keys)["input_blocks.0.0.weight"][0]
    widths = [3, hint[0], hint[0]]
    for width in hint[1:]:
        widths += [width, width]
    widths[-1:] = [top]
    for index, (inputs, outputs) in enumerate(zip(widths, widths[1:])):
        keys += names.conv(f"input_hint_block.{2 * index}", inputs, outputs)
    kept = sorted({int(key.split(".")[1]) for key, _ in keys if key.startswith("input_blocks.")})
    shapes = dict(keys)
    for block in kept:
        marks = (f"input_blocks.{block}.0.{name}" for name in ("weight", "op.weight", "out_layers.3.weight"))
        width = next(shapes[mark][0] for mark in marks if mark in shapes)
        keys += names.conv(f"zero_convs.{block}.0", width, width, 1)
    return keys + list(names.conv("middle_block_out.0", width, width, 1))


def configuration(name):
    model, changes = SMALL[name]
    config = {key: value for key, value in layouts.SMALL[model]["unet"].items() if key not in ("up_block_types", "sample_size")}
    return config | dict(conditioning_embedding_out_channels=HINT) | changes


def single(name):
    return [("control_model." + key, shape) for key, shape in original(layouts.ldm_unet(configuration(name)), HINT)]


def folder_keys(name):
    with torch.device("meta"):
        return [(key, tuple(t.shape)) for key, t in ControlNetModel(**configuration(name)).state_dict().items()]


def converted(state, config):
    """diffusers' conversion, and beside it SDXL's second condition, which that forgets."""
    added = {f"add_embedding.linear_{i}.{leaf}": state[f"control_model.label_emb.0.{2 * i - 2}.{leaf}"]
             for i in (1, 2) for leaf in ("weight", "bias") if "control_model.label_emb.0.0.weight" in state}
    return convert_controlnet_checkpoint(dict(state), config) | added


def network(name, layout="diffusers", kind=ControlNetModel):
    """diffusers' network with the weights of its layout; `second/` before a name stands for other weights."""
    own = name.rpartition("/")[2]
    with torch.device("meta"):
        model = kind(**configuration(own))
    if layout == "single":
        state = {key: layouts.numbers(key, shape) for key, shape in single(own)}
        state = converted(state, model.config)
    else:
        prefix = name.removesuffix(own) + "controlnet/"
        state = {key: layouts.numbers(prefix + key, shape) for key, shape in folder_keys(own)}
    model.load_state_dict(state, strict=True, assign=True)
    return model.eval()


# ---- What is written


def write(fixtures, vocabulary):
    folder = fixtures / "controlnet"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    recording = Recording()
    hint = torch.rand((1, 3, 8 * HEIGHT, 8 * WIDTH), generator=torch.Generator().manual_seed(6))
    mask = torch.rand((1, 1, HEIGHT, WIDTH), generator=torch.Generator().manual_seed(8))
    recording["given.hint"], recording["given.mask"] = hint, mask
    models = {name: pipeline(name, vocabulary) for name in ("sd15", "sd21-v", "sdxl")}
    for name, (model, _) in SMALL.items():
        write_small(folder, name)
        for layout in ("single", "diffusers") if "-" not in name else ("diffusers",):
            record(recording, f"{name}-{layout}", network(name, layout), models[model].unet, hint, mask)
    for name, run in RUNS.items():
        recording[f"run.{name}"] = sampled(models[SMALL[run[0][0]][0]], hint, *run)
    save_file(recording.tensors, folder / "outputs.safetensors")
    write_published(fixtures / "names")


def write_small(folder, name):
    folder = folder / name
    folder.mkdir()
    if "-" not in name:
        (folder / "single.txt").write_text(layouts.listing({"model.safetensors": single(name)}))
    (folder / "diffusers.txt").write_text(
        layouts.listing({"diffusion_pytorch_model.safetensors": folder_keys(name)}))
    with torch.device("meta"):
        ControlNetModel(**configuration(name)).save_config(folder)


def pipeline(name, vocabulary):
    model = layouts.SMALL[name]
    whole = layouts.whole(model, *layouts.from_folder(model, layouts.diffusers_parts(model)), vocabulary)
    whole.vae = AutoencoderKL(**layouts.autoencoder((32,) * 4, 1))  # only its scale counts here
    return whole


def record(recording, prefix, network, unet, hint, mask):
    sample, context = noise((1, 4, HEIGHT, WIDTH), 1), noise((1, 7, unet.config.cross_attention_dim), 2)
    added = added_conditions(unet.config, 1)
    given = {"sample": sample, "context": context, **added}
    down, middle = network(sample, 741.25, context, hint, added_cond_kwargs=added, return_dict=False)
    for name, tensor in given.items():
        recording[f"{prefix}.{name}"] = tensor
    for index, residual in enumerate([*down, middle]):
        recording[f"{prefix}.residual.{index}"] = residual

    def output(change):
        shown = torch.zeros((1, unet.config.in_channels - 4, HEIGHT, WIDTH))
        return unet(
            torch.cat([sample, shown], 1), 741.25, context, added_cond_kwargs=added,
            down_block_additional_residuals=[change(r) for r in down], mid_block_additional_residual=change(middle)).sample

    def masked(residual):
        return residual * torch.nn.functional.interpolate(mask, residual.shape[2:], mode="bilinear") * 0.7

    recording[f"{prefix}.output"] = output(lambda residual: residual * 0.7)
    recording[f"{prefix}.masked"] = output(masked)


def sampled(base, hint, networks, arguments, is_soft):
    kind = StableDiffusionXLControlNetPipeline if hasattr(base, "text_encoder_2") else StableDiffusionControlNetPipeline
    quiet = dict(add_watermarker=False) if hasattr(base, "text_encoder_2") else dict(requires_safety_checker=False)
    made = [network(name, kind=Soft if is_soft else ControlNetModel) for name in networks]
    several = len(made) > 1
    pipe = kind(**base.components, controlnet=made if several else made[0], **quiet)
    pipe.set_progress_bar_config(disable=True)
    return pipe(
        **layouts.embeddings(pipe.unet.config), image=[hint] * len(made) if several else hint, height=8 * HEIGHT,
        width=8 * WIDTH, num_inference_steps=4, guidance_scale=4.0, generator=torch.Generator().manual_seed(7),
        output_type="latent", **arguments).images


def write_published(folder):
    """SD 1.5's ControlNets, as lllyasviel's `control_v11p_sd15_canny`, and SDXL's, as `diffusers/controlnet-canny-sdxl-1.0`."""
    for name in ("sd15", "sdxl"):
        family, hint = names.FAMILIES[name], (16, 32, 96, 256)
        with torch.device("meta"):
            model = ControlNetModel.from_unet(
                family.unet(), conditioning_embedding_out_channels=hint, load_weights_from_unet=False)
        expected = {key: tuple(t.shape) for key, t in model.state_dict().items()}
        pairs = [("control_model." + key, shape) for key, shape in original(names.unet(family), hint)]
        state = {key: torch.empty(shape, device="meta") for key, shape in pairs}
        found = {key: tuple(t.shape) for key, t in converted(state, model.config).items()}
        assert found == expected, sorted(set(found.items()) ^ set(expected.items()))[:6]
        print(name, sum(t.numel() for t in model.state_dict().values()))
        listings = {"single": {"model.safetensors": pairs},
                    "diffusers": {"diffusion_pytorch_model.safetensors": list(expected.items())}}
        for layout, listing in listings.items():
            (folder / f"{name}-controlnet-{layout}.txt").write_text(layouts.listing(listing))
        text = json.dumps(names.plain({"_class_name": "ControlNetModel", **model.config}), indent=1, default=str)
        (folder / f"{name}-controlnet-config.json").write_text(text + "\n")
