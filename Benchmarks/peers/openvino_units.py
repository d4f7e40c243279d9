"""The models of `easel bench` in OpenVINO, converted from PyTorch and computed in f32."""

import models
import openvino as ov
import torch


def prepare(name, threads):
    """A function that runs the model once."""
    model, inputs = example(name)
    with torch.no_grad():
        converted = ov.convert_model(model, example_input=inputs)
    del model
    # Without the hint, processors with bfloat16 would compute in that.
    compiled = ov.Core().compile_model(
        converted, "CPU", {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": str(threads)})
    request = compiled.create_infer_request()
    arrays = [tensor.numpy() for tensor in flat(inputs)]
    return lambda: request.infer(arrays)


def example(name):
    """The model, and the arguments that it is called with."""
    if name.endswith("-unet"):
        family = name.removesuffix("-unet")
        model = models.random(models.unet, family)
        xl = family == "sdxl"
        return model, models.unet_inputs(model, batch=1 if xl else 2, side=128 if xl else 64)
    if name.startswith("vae-decode-"):
        side = int(name.removeprefix("vae-decode-")) // 8
        return Decoder(models.random(models.vae)).eval(), dict(latent=torch.randn(1, 4, side, side))
    if name in models.TEXT_ENCODERS:
        return models.random(models.text_encoder, name), dict(input_ids=models.tokens())
    raise SystemExit(f"OpenVINO's side has no unit {name}")


class Decoder(torch.nn.Module):
    def __init__(self, vae):
        super().__init__()
        self.vae = vae

    def forward(self, latent):
        return self.vae.decode(latent).sample


def flat(inputs):
    for value in inputs.values():
        yield from flat(value) if isinstance(value, dict) else [value]
