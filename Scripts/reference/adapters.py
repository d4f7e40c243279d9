"""LoRA and its kin in every format, put on the tiny models, and what these then give."""

import json
import shutil
import tempfile
from copy import deepcopy
from pathlib import Path

import torch
from diffusers import StableDiffusionPipeline, StableDiffusionXLPipeline, UNet2DConditionModel
from diffusers.utils import convert_state_dict_to_diffusers
from peft import LoHaConfig, LoKrConfig, LoraConfig, get_peft_model, get_peft_model_state_dict
from safetensors.torch import load_file, save_file
from transformers import CLIPTextModel, CLIPTextModelWithProjection

from recording import noise

ATTENTION = ["to_q", "to_k", "to_v", "to_out.0"]
TEXT = ["q_proj", "v_proj", "out_proj", "fc1", "fc2"]
CHOSEN = (
    "conv_in", "time_embedding.linear_1", "down_blocks.0.resnets.1.conv1", "down_blocks.1.resnets.0.conv_shortcut",
    "down_blocks.0.resnets.0.time_emb_proj", "down_blocks.0.downsamplers.0.conv", "mid_block.attentions.0.proj_in",
    "mid_block.resnets.1.conv2", "up_blocks.1.attentions.2.transformer_blocks.0.ff.net.0.proj",
    "up_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q", "up_blocks.0.upsamplers.0.conv", "conv_out",
    "up_blocks.1.attentions.1.transformer_blocks.0.attn2.to_k", "up_blocks.0.resnets.2.conv1",
)


class Models:
    """A fresh copy of a tiny model's parts, and the inputs that its own fixture has."""

    def __init__(self, fixtures, name):
        folder, variant = fixtures / "models" / name, dict(variant="fp16") if name == "sdxl" else {}
        self.inputs = load_file(fixtures / "models" / f"{name}.safetensors")
        self.unet = UNet2DConditionModel.from_pretrained(folder / "unet", **variant).float().eval()
        self.texts = [CLIPTextModel.from_pretrained(folder / "text_encoder", **variant).float().eval()]
        if name == "sdxl":
            second = CLIPTextModelWithProjection.from_pretrained(folder / "text_encoder_2", **variant)
            self.texts.append(second.float().eval())

    def record(self, recording, name, unet=None, texts=None):
        """What the UNet and the text encoders give, in f64: for the ones that are named, or for all."""
        inputs = {key: value.double() for key, value in self.inputs.items()}
        if unet is not False:
            added = {key: inputs[f"unet.{key}"] for key in ("text_embeds", "time_ids") if f"unet.{key}" in inputs}
            output = (unet or self.unet).double()(
                inputs["unet.sample"], inputs["unet.timestep"][0], inputs["unet.context"], added_cond_kwargs=added)
            recording[f"{name}.unet"] = output.sample
        for index, encoder in enumerate(self.texts if texts is None else texts):
            ids = inputs["text_encoder.ids" if index == 0 else "text_encoder_2.ids"].long()
            recording[f"{name}.text.{index}"] = encoder.double()(ids).last_hidden_state


def write(folder):
    torch.manual_seed(23)
    adapters = folder / "adapters"
    shutil.rmtree(adapters, ignore_errors=True)
    adapters.mkdir()
    recording = {}
    for save in (
        save_kohya, save_original_names, save_kohya_xl, save_diffusers, save_old_diffusers, save_peft,
        save_lycoris, save_stack,
    ):
        save(folder, adapters, recording)
    save_file({key: value.float().contiguous() for key, value in recording.items()}, folder / "adapters.safetensors")


# MARK: Read by diffusers


def save_kohya(fixtures, adapters, recording):
    """Linear layers and convolutions, ranks and alphas of all sizes."""
    models = Models(fixtures, "sd1")
    tensors = kohya(models.unet, "lora_unet", CHOSEN) | kohya(models.texts[0], "lora_te", text_modules(models.texts[0]))
    save_file(half(tensors), adapters / "kohya.safetensors")
    load(StableDiffusionPipeline, adapters / "kohya.safetensors", models)
    models.record(recording, "kohya")


def save_original_names(fixtures, adapters, recording):
    """The names of Stability AI's own code, in bf16, without alphas."""
    models = Models(fixtures, "sd1")
    # diffusers 0.42 mistakes the upsampling of a block that does not attend.
    names = [name for name in CHOSEN if "upsamplers" not in name]
    tensors = kohya(models.unet, "lora_unet", names, rename=original_name, alpha=False)
    tensors = {key: value.bfloat16() for key, value in tensors.items()}
    save_file(tensors, adapters / "original-names.safetensors")
    load(StableDiffusionXLPipeline, adapters / "original-names.safetensors", models, unet_config=models.unet.config)
    models.record(recording, "original-names", texts=[])


def save_kohya_xl(fixtures, adapters, recording):
    models = Models(fixtures, "sdxl")
    names = [name for name, _ in models.unet.named_modules() if name.endswith(("to_v", "ff.net.2"))]
    tensors = kohya(models.unet, "lora_unet", names)
    for index, encoder in enumerate(models.texts):
        tensors |= kohya(encoder, f"lora_te{index + 1}", text_modules(encoder))
    save_file(half(tensors), adapters / "kohya-xl.safetensors")
    load(StableDiffusionXLPipeline, adapters / "kohya-xl.safetensors", models)
    models.record(recording, "kohya-xl")


def save_diffusers(fixtures, adapters, recording):
    """As diffusers saves it, with alpha in the file's metadata."""
    models = Models(fixtures, "sdxl")
    config = LoraConfig(r=2, lora_alpha=3, target_modules=ATTENTION, init_lora_weights=False)
    text = LoraConfig(r=3, lora_alpha=1, target_modules=TEXT, init_lora_weights=False)
    models.unet.add_adapter(config)
    for encoder in models.texts:
        encoder.add_adapter(text)
    round_parameters([models.unet, *models.texts])
    layers = [convert_state_dict_to_diffusers(get_peft_model_state_dict(m)) for m in (models.unet, *models.texts)]
    metadata = [plain(c) for c in (config, text, text)]
    with tempfile.TemporaryDirectory() as scratch:
        StableDiffusionXLPipeline.save_lora_weights(
            scratch, half(layers[0]), half(layers[1]), half(layers[2]), unet_lora_adapter_metadata=metadata[0],
            text_encoder_lora_adapter_metadata=metadata[1], text_encoder_2_lora_adapter_metadata=metadata[2])
        shutil.copy(Path(scratch) / "pytorch_lora_weights.safetensors", adapters / "diffusers.safetensors")
    models.record(recording, "diffusers")


def save_old_diffusers(fixtures, adapters, recording):
    """The attention processors of diffusers 0.1x, in f32."""
    models = Models(fixtures, "sd1")
    tensors = {}
    for name, module in models.unet.named_modules():
        block, _, layer = name.partition(".to_")
        if name.endswith(("attn1.to_q", "attn2.to_out.0")):
            layer = f"unet.{block}.processor.to_{layer.removesuffix('.0')}_lora"
            for side, tensor in factors(module, 2).items():
                tensors[f"{layer}.{side}.weight"] = tensor
    for name, module in models.texts[0].named_modules():
        if name.endswith(("q_proj", "out_proj")):
            for side, tensor in factors(module, 2).items():
                tensors[f"text_encoder.{prefixed(name)}.lora_linear_layer.{side}.weight"] = tensor
    save_file(tensors, adapters / "old-diffusers.safetensors")
    load(StableDiffusionPipeline, adapters / "old-diffusers.safetensors", models)
    models.record(recording, "old-diffusers")


def load(pipeline, path, models, **options):
    """Puts a file on the models as diffusers' pipelines do."""
    state, alphas = pipeline.lora_state_dict(str(path), **options)
    pipeline.load_lora_into_unet(dict(state), alphas, models.unet)
    for encoder, prefix in zip(models.texts, ("text_encoder", "text_encoder_2")):
        if any(key.startswith(f"{prefix}.") for key in state):
            pipeline.load_lora_into_text_encoder(dict(state), alphas, encoder, prefix=prefix)


# MARK: Made by PEFT


def save_peft(fixtures, adapters, recording):
    chosen = [*ATTENTION, "conv1", "conv_shortcut", "proj_in"]
    few = ["to_q", "to_out.0", "mid_block.resnets.0.conv1", "conv_shortcut"]
    configurations = {
        "lora": LoraConfig(
            r=2, lora_alpha=6, target_modules=chosen, init_lora_weights=False, rank_pattern={"to_k": 3},
            alpha_pattern={"attn2.to_q": 1, r"resnets\.\d\.conv1": 2}),
        "stabilized": LoraConfig(
            r=2, lora_alpha=2, target_modules=few, init_lora_weights=False, use_rslora=True),
        "dora": LoraConfig(r=2, lora_alpha=2, target_modules=few, init_lora_weights=False, use_dora=True),
        "loha": LoHaConfig(r=2, alpha=3, target_modules=few, init_weights=False),
        "loha-tucker": LoHaConfig(r=2, alpha=1, target_modules=few, init_weights=False, use_effective_conv2d=True),
        "lokr": LoKrConfig(r=2, alpha=3, target_modules=few, init_weights=False),
        "lokr-tucker": LoKrConfig(
            r=2, alpha=1, target_modules=few, init_weights=False, use_effective_conv2d=True, decompose_both=True),
    }
    for name, config in configurations.items():
        models = Models(fixtures, "sd1")
        model = get_peft_model(models.unet, config)
        save_peft_adapter(model, adapters / f"peft-{name}", scale=0.3 if name in ("lora", "stabilized", "dora") else 0.6)
        models.record(recording, f"peft-{name}", unet=model, texts=[])
    models = Models(fixtures, "sd1")
    text = LoraConfig(r=2, lora_alpha=3, target_modules=TEXT, init_lora_weights=False)
    model = get_peft_model(models.texts[0], text)
    save_peft_adapter(model, adapters / "peft-text", scale=1)
    models.record(recording, "peft-text", unet=False, texts=[model.base_model.model])


def save_peft_adapter(model, folder, scale):
    """Random numbers of a fitting size, in f16. Magnitudes stay near those that they were."""
    for index, (name, parameter) in enumerate(model.named_parameters()):
        if not parameter.requires_grad:
            continue
        random = noise(parameter.shape, 100 + index)
        parameter.copy_((parameter * (1 + 0.2 * random) if "magnitude" in name else scale * random).half())
    with tempfile.TemporaryDirectory() as scratch:
        model.save_pretrained(scratch)
        folder.mkdir()
        save_file(half(load_file(Path(scratch) / "adapter_model.safetensors")), folder / "adapter_model.safetensors")
        config = json.loads((Path(scratch) / "adapter_config.json").read_text())
        config["base_model_name_or_path"] = None
        (folder / "adapter_config.json").write_text(json.dumps(config, indent=1, sort_keys=True) + "\n")


# MARK: By the formulas of LyCORIS


def save_lycoris(fixtures, adapters, recording):
    """Yeh et al. 2023, "Navigating Text-To-Image Customization": sections 3 and appendix, in f64."""
    for name, make in LYCORIS.items():
        models = Models(fixtures, "sd1")
        tensors = {}
        for index, module in enumerate(CHOSEN):
            weight = models.unet.get_submodule(module).weight
            for field, tensor in make(weight, index).items():
                tensors[f"lora_unet_{module.replace('.', '_')}.{field}"] = tensor
        if name == "differences":
            norm = models.unet.get_submodule("conv_norm_out")
            tensors["lora_unet_conv_norm_out.w_norm"] = 0.3 * noise(norm.weight.shape, 1)
            tensors["lora_unet_conv_norm_out.b_norm"] = 0.3 * noise(norm.bias.shape, 2)
        save_file(half(tensors), adapters / f"lycoris-{name}.safetensors")
        apply_lycoris(models.unet, load_file(adapters / f"lycoris-{name}.safetensors"), 1)
        models.record(recording, f"lycoris-{name}", texts=[])


def apply_lycoris(unet, tensors, strength):
    modules = {name.replace(".", "_"): module for name, module in unet.named_modules()}
    for name in {key.split(".")[0] for key in tensors}:
        module = modules[name.removeprefix("lora_unet_")]
        own = {key.split(".", 1)[1]: t.double() for key, t in tensors.items() if key.split(".")[0] == name}
        for parameter, fields in ((module.weight, ("diff", "w_norm")), (module.bias, ("diff_b", "b_norm"))):
            for field in fields:
                if field in own:
                    parameter.copy_(parameter + strength * own[field])
        if not any(field in own for field in ("diff", "w_norm", "diff_b", "b_norm")):
            module.weight.copy_(lycoris_weight(module.weight.double(), own, strength))


def lycoris_weight(weight, own, strength):
    if "lokr_w1" in own or "lokr_w1_a" in own:
        change, rank = lokr(weight, own)
    elif "hada_w1_a" in own:
        change, rank = loha(weight, own)
    else:
        change, rank = locon(weight, own)
    scale = float(own["alpha"]) / rank if rank and "alpha" in own else 1
    change = scale * change.reshape(weight.shape)
    if "dora_scale" not in own:
        return weight + strength * change
    changed, magnitude = weight + change, own["dora_scale"]
    axes = [axis for axis in range(weight.ndim) if magnitude.shape[axis] == 1]
    norm = changed.square().sum(dim=axes, keepdim=True).sqrt()
    return weight + strength * (changed * magnitude / norm - weight)


def locon(weight, own):
    up, down = own["lora_up.weight"].flatten(1), own["lora_down.weight"]
    if "lora_mid.weight" in own:
        return torch.einsum("op,pqhw,qi->oihw", up, own["lora_mid.weight"], down.flatten(1)), len(down)
    return up @ down.flatten(1), len(down)


def loha(weight, own):
    def matrix(i):
        a, b = own[f"hada_w{i}_a"], own[f"hada_w{i}_b"]
        return torch.einsum("po,pqhw,qi->oihw", a, own[f"hada_t{i}"], b) if f"hada_t{i}" in own else a @ b

    return matrix(1) * matrix(2), len(own["hada_w1_b"])


def lokr(weight, own):
    small = own["lokr_w1"] if "lokr_w1" in own else own["lokr_w1_a"] @ own["lokr_w1_b"]
    rank = None if "lokr_w1" in own else len(own["lokr_w1_b"])
    if "lokr_w2" in own:
        large = own["lokr_w2"]
    else:
        a, b, rank = own["lokr_w2_a"], own["lokr_w2_b"], len(own["lokr_w2_b"])
        large = torch.einsum("po,pqhw,qi->oihw", a, own["lokr_t2"], b) if "lokr_t2" in own else a @ b
    if weight.ndim == 4:
        large = large.reshape(large.shape[0], -1, *weight.shape[2:])
        return torch.einsum("ab,cdhw->acbdhw", small, large), rank
    return torch.einsum("ab,cd->acbd", small, large), rank


def make_locon(weight, index):
    """Convolutions of 3x3 pixels with a core in the middle."""
    outputs, inputs, *kernel = weight.shape
    if kernel != [3, 3]:
        return kohya_module(weight, 2, 1.0)
    return {
        "lora_up.weight": 0.5 * noise((outputs, 3, 1, 1), index), "alpha": torch.tensor(2.0),
        "lora_mid.weight": 0.5 * noise((3, 2, 3, 3), index + 1),
        "lora_down.weight": noise((2, inputs, 1, 1), index + 2) / inputs**0.5,
    }


def make_loha(weight, index):
    outputs, inputs, *kernel = weight.shape
    tucker = kernel == [3, 3] and index % 2 == 0
    columns = inputs if tucker else weight[0].numel()
    tensors = {"alpha": torch.tensor(3.0)}
    for i in (1, 2):
        tensors[f"hada_w{i}_a"] = 0.5 * noise((2, outputs) if tucker else (outputs, 2), index + i)
        tensors[f"hada_w{i}_b"] = 0.4 * noise((2, columns), index + 10 * i)
        if tucker:
            tensors[f"hada_t{i}"] = 0.5 * noise((2, 2, *kernel), index + 20 * i)
    return tensors


def make_lokr(weight, index):
    """Both factors whole, where alpha counts for nothing; the large, the small or both of low rank; and with a core."""
    outputs, inputs, *kernel = weight.shape
    columns = weight[0].numel() // 2
    tensors = {"alpha": torch.tensor(1.0)}
    if index % 3 == 1:
        tensors |= {"lokr_w1_a": 0.5 * noise((2, 1), index), "lokr_w1_b": 0.5 * noise((1, 2), index + 1)}
    else:
        tensors["lokr_w1"] = 0.3 * noise((2, 2), index)
    if index % 4 == 0:
        tensors["lokr_w2"] = 0.2 * noise((outputs // 2, inputs // 2, *kernel), index + 2)
    elif kernel == [3, 3] and index % 2 == 0:
        tensors |= {
            "lokr_w2_a": 0.4 * noise((2, outputs // 2), index), "lokr_w2_b": 0.4 * noise((2, inputs // 2), index + 3),
            "lokr_t2": 0.4 * noise((2, 2, *kernel), index + 4),
        }
    else:
        tensors |= {
            "lokr_w2_a": 0.4 * noise((outputs // 2, 3), index), "lokr_w2_b": 0.4 * noise((3, columns), index + 3)}
    return tensors


def make_dora(weight, index):
    """Magnitudes of the outputs, or of the inputs as older versions had them."""
    axes = tuple(a for a in range(weight.ndim) if a != index % 2)
    norm = weight.square().sum(dim=axes, keepdim=True).sqrt()
    return kohya_module(weight, 2, 1.0) | {"dora_scale": norm * (1 + 0.3 * noise(norm.shape, index))}


def make_difference(weight, index):
    tensors = {"diff": 0.2 * noise(weight.shape, index) * weight.std()}
    return tensors | ({"diff_b": 0.2 * noise(weight.shape[:1], index)} if weight.ndim == 4 else {})


LYCORIS = {
    "locon": make_locon, "loha": make_loha, "lokr": make_lokr, "dora": make_dora, "differences": make_difference,
}


def save_stack(fixtures, adapters, recording):
    """Two adapters one on the other, the second one's magnitudes on what the first has changed."""
    models = Models(fixtures, "sd1")
    load(StableDiffusionPipeline, adapters / "kohya.safetensors", models)
    models.unet.fuse_lora(lora_scale=0.7)
    models.unet.unload_lora()
    apply_lycoris(models.unet, load_file(adapters / "lycoris-dora.safetensors"), 0.5)
    for module in models.texts[0].modules():
        if hasattr(module, "scale_layer"):
            module.scale_layer(0.3)
    models.record(recording, "stack")


# MARK: Tensors


def kohya(model, prefix, names, rename=lambda name: name, alpha=True):
    tensors = {}
    for index, name in enumerate(names):
        weight = model.get_submodule(name).weight
        spelled = prefixed(rename(name)) if prefix.startswith("lora_te") else rename(name)
        # diffusers 0.42 takes the most frequent alpha for every layer of an attention or a text encoder.
        module = kohya_module(weight, 1 + index % 3, 0.5 if weight.ndim == 4 and index % 3 == 0 else 2.0)
        for field, tensor in module.items():
            if alpha or field != "alpha":
                tensors[f"{prefix}_{spelled.replace('.', '_')}.{field}"] = tensor
    return tensors


def kohya_module(weight, rank, alpha):
    up, down = split(weight, rank)
    return {"lora_down.weight": down, "lora_up.weight": up, "alpha": torch.tensor(alpha)}


def factors(module, rank):
    up, down = split(module.weight, rank)
    return {"up": up, "down": down}


def split(weight, rank):
    """Random factors, for a change about a third as large as the weight."""
    outputs, inputs, *kernel = weight.shape
    down = torch.randn(rank, inputs, *kernel) / weight[0].numel() ** 0.5
    return 0.4 * torch.randn(outputs, rank, *(1 for _ in kernel)), down


def text_modules(encoder):
    return [name for name, _ in encoder.named_modules() if name.endswith(tuple(TEXT))]


def prefixed(name):
    """transformers 5 has no prefix, files of adapters have."""
    return name if name.startswith("text_model.") else f"text_model.{name}"


def original_name(name):
    """In the original code, for two blocks of two layers, attending in the upper one."""
    block, *rest = name.split(".")
    if block not in ("down_blocks", "mid_block", "up_blocks"):
        return {
            "conv_in": "input_blocks.0.0", "conv_out": "out.2", "time_embedding.linear_1": "time_embed.0"}[name]
    if block == "mid_block":
        place = {("resnets", "0"): "0", ("attentions", "0"): "1", ("resnets", "1"): "2"}[tuple(rest[:2])]
        return f"middle_block.{place}.{inner_name(rest[2:])}"
    level, kind, index = int(rest[0]), rest[1], int(rest[2])
    layers = 2
    if kind == "downsamplers":
        return f"input_blocks.{(level + 1) * (layers + 1)}.0.op"
    if kind == "upsamplers":
        return f"output_blocks.{level * (layers + 1) + layers}.1.conv"
    first = level * (layers + 1) + index + (1 if block == "down_blocks" else 0)
    side = "input_blocks" if block == "down_blocks" else "output_blocks"
    return f"{side}.{first}.{1 if kind == 'attentions' else 0}.{inner_name(rest[3:])}"


def inner_name(names):
    return {
        "conv1": "in_layers.2", "conv2": "out_layers.3", "time_emb_proj": "emb_layers.1",
        "conv_shortcut": "skip_connection"}.get(".".join(names), ".".join(names))


def half(tensors):
    return {key: value.detach().half().contiguous() for key, value in tensors.items()}


def round_parameters(models):
    for model in models:
        for name, parameter in model.named_parameters():
            if "lora_" in name:
                parameter.copy_((0.4 * torch.randn(parameter.shape)).half())


def plain(config):
    """What of a configuration matters to whoever reads the file."""
    names = ("r", "lora_alpha", "target_modules", "alpha_pattern", "rank_pattern", "use_rslora", "use_dora")
    values = {name: getattr(config, name) for name in names}
    return {name: sorted(value) if isinstance(value, set) else value for name, value in values.items()}
