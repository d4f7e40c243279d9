"""A companion's training: one loop bounded by a clock, its arguments, and how its weights are saved."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable

import torch
from safetensors.torch import save_file

from muon import Optimizers
from training import RUNS, Clock, Ema, Running, cosine

COMPANIONS = f"{RUNS}/companions"
FRESH = 10_000_000     # seeds from here on are for measuring alone


def arguments(description: str, minutes: float, batch: int, lr: float) -> argparse.ArgumentParser:
    """The arguments that every companion's script has."""
    parser = argparse.ArgumentParser(description=description.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=minutes)
    parser.add_argument("--batch", type=int, default=batch)
    parser.add_argument("--lr", type=float, default=lr)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--resume", action="store_true", help="go on from the weights of the last run")
    parser.add_argument("--measure", action="store_true", help="train nothing: measure what --out holds")
    parser.add_argument("--out", default=COMPANIONS)
    return parser


def optimise(model: torch.nn.Module, loss: Callable[[int], torch.Tensor], a, weights: str, skip=(), ema: float = 0.998,
             report: Callable[[torch.nn.Module], str] = lambda _: "") -> torch.nn.Module:
    """Trains what `loss(step)` computes, in bfloat16 where that is safe, until the clock ends; returns averaged weights.

    The averaged weights are written to `weights` at each report, and read from it first under --resume.
    """
    if a.resume:
        model.load_state_dict(torch.load(weights))
    averaged, optimizer = Ema(model, ema), Optimizers(model, a.lr, skip=skip)
    clock, running = Clock(a.minutes), Running(0.98)
    while (progress := clock.progress) < 1:
        optimizer.rate(a.lr * cosine(progress))
        with torch.autocast("cpu", torch.bfloat16):
            value = loss(averaged.steps)
        optimizer.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        averaged.update()
        mean = running.add(value.item())
        if clock.is_due():
            own = time.process_time() / 60
            print(f"{clock.elapsed:5.1f} min ({own:.1f} of the processor)  step {averaged.steps:6d}  loss {mean:.5f}  {report(averaged.model)}", flush=True)
            replace(weights, lambda path: torch.save(averaged.model.state_dict(), path))
    replace(weights, lambda path: torch.save(averaged.model.state_dict(), path))
    return averaged.model


def replace(path: str, write: Callable[[str], None]):
    """Writes a file under another name first, so that `path` is never half a file."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    write(f"{path}.part")
    os.replace(f"{path}.part", path)


def save_half(state: dict[str, torch.Tensor], path: str, metadata: dict[str, str] | None = None):
    """Weights as half-precision safetensors."""
    half = {name: value.detach().half().contiguous() for name, value in state.items()}
    replace(path, lambda part: save_file(half, part, metadata=metadata))
    print(f"{path}: {os.path.getsize(path) / 1e3:.0f} kB, {sum(v.numel() for v in half.values()):,} values")
