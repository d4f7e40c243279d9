#!/usr/bin/env python3
"""Times Easel beside PyTorch, and OpenVINO where it is installed, in turns, on the same machine in the same run.

    Benchmarks/compare.py                          the usual units (see --list)
    Benchmarks/compare.py conv-2x64x64x320-320     any unit of `easel bench --list`
    Benchmarks/compare.py --accuracy               the relative error of whole models instead

The Python that runs it must have torch, diffusers and transformers. Nothing else should run on the machine; even so
only ratios inside one run mean something. Each side is a process of its own, which sleeps while the other is at work.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

HERE = pathlib.Path(__file__).resolve().parent
EASEL = HERE.parent / ".build/release/easel"
PAUSE = 0.3  # seconds: OpenMP's threads spin for some time after a parallel region
SHORTEST_TURN = 0.5  # seconds: shorter units are run again and again in a turn


@dataclass
class Comparison:
    """What is compared, under which name each side knows it, and how much faster Easel is to be."""

    name: str
    aims: dict  # by peer
    alternations: int = 5
    checkpoint: tuple = None  # a published family and its type on disk; without one, random weights
    fresh: bool = False  # a process a turn, where both sides do not fit into memory together
    whole: bool = False  # the whole process is timed: start, loading and the first run


USUAL = [
    Comparison("attention-16x4096x40", {"torch": 1.4}),
    Comparison("clip-l", {"torch": 1.4}),
    Comparison("open-clip-bigg", {"torch": 1.4}),
    Comparison("vae-decode-512", {"torch": 3}, 3),
    Comparison("vae-decode-1024", {"torch": 3}, 3),
    Comparison("sd15-unet", {"torch": 1.8, "openvino": 1.4}, 3),
    Comparison("sdxl-unet", {"torch": 1.5}, 3, checkpoint=("sdxl", "float16"), fresh=True),
    Comparison("first-step", {"torch": 10}, 3, checkpoint=("sd15", "float16"), whole=True),
]


def environment():
    """Without what is set for another BLAS than the peers bring, and without bars of progress."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("OPENBLAS_")}
    return kept | {
        "HF_HUB_DISABLE_PROGRESS_BARS": "1", "HF_HUB_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error"}


class Pauses:
    """The time between turns, and how busy the machine is in it: with something else, or with a side that does not
    sleep."""

    def __init__(self):
        self.shares = []

    def pause(self):
        before = self.ticks()
        time.sleep(PAUSE)
        total, idle = (after - then for after, then in zip(self.ticks(), before))
        self.shares.append(1 - idle / max(total, 1))

    @property
    def busy(self):
        """The part of the machine's time that somebody used."""
        return statistics.mean(self.shares)

    @staticmethod
    def ticks():
        """Processor time since the machine's start: all of it, and what nobody used."""
        numbers = [int(word) for word in open("/proc/stat").readline().split()[1:9]]
        return sum(numbers), numbers[3] + numbers[4]


class Side:
    """A process that runs units when it is asked to."""

    def __init__(self, name, command, unit, env=None):
        self.name, self.unit = name, unit
        self.process = subprocess.Popen(
            [str(word) for word in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)

    def ask(self):
        """The seconds of one run."""
        self.process.stdin.write(self.unit + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        answer = json.loads(line) if line else {"error": "it ended"}
        if "error" in answer:
            raise SystemExit(f"{self.name}: {self.unit}: {answer['error']}")
        return answer["seconds"]

    def warm_up(self):
        """Two runs: Easel packs weights for one call at first, and to keep them at the second."""
        self.ask()
        self.ask()

    def turn(self):
        """The median of as many runs as fill a turn; of several, the first one only wakes threads and caches."""
        start, seconds = time.perf_counter(), [self.ask()]
        while time.perf_counter() - start < SHORTEST_TURN and len(seconds) < 100:
            seconds.append(self.ask())
        return statistics.median(seconds[1:] or seconds)

    def close(self):
        """Ends the process; gives the most memory that it held, in bytes."""
        self.process.stdin.close()
        _, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        return usage.ru_maxrss * 1024


def sides(comparison, options):
    """A function that starts each side's process, by name."""
    name, folder = comparison.name, None
    easel, unit = [options.easel, "bench", "--server", "--threads", options.threads], name
    if comparison.checkpoint:
        folder = checkpoint(comparison.checkpoint, options)
        easel, unit = easel + ["--model", folder], "unet"
    starts = {"easel": lambda: Side("easel", easel, unit)}
    for peer in options.peers or [peer for peer in comparison.aims or ["torch"] if is_installed(peer, options)]:
        command = [options.python, HERE / "peers/worker.py", peer, options.threads]
        starts[peer] = lambda peer=peer, command=command: Side(peer, command, name, environment())
    return starts


def alternate(comparison, options, pauses):
    """The seconds of each turn and the peak memory, by side; the sides take turns."""
    starts = sides(comparison, options)
    seconds = {name: [] for name in starts}
    memory = dict.fromkeys(starts, 0)
    if comparison.fresh:
        for _ in range(options.alternations or comparison.alternations):
            for name, start in starts.items():
                side = start()
                side.warm_up()
                pauses.pause()
                seconds[name].append(side.turn())
                memory[name] = max(memory[name], side.close())
        return seconds, memory
    running = {name: start() for name, start in starts.items()}
    for side in running.values():
        side.warm_up()
    for _ in range(options.alternations or comparison.alternations):
        for name, side in running.items():
            pauses.pause()
            seconds[name].append(side.turn())
    return seconds, {name: side.close() for name, side in running.items()}


def whole_processes(comparison, options, pauses):
    """The same for whole processes, whose files are in the page cache."""
    folder = checkpoint(comparison.checkpoint, options)
    for file in folder.rglob("*.safetensors"):
        with open(file, "rb") as stream:
            while stream.read(1 << 24):
                pass
    commands = {
        "easel": [options.easel, "bench", "--model", folder, "--runs", 0, "--threads", options.threads, "unet"],
        "torch": [options.python, HERE / "peers/first_step.py", folder / "unet", options.threads],
    }
    seconds, memory = {name: [] for name in commands}, dict.fromkeys(commands, 0)
    for round in range(1 + (options.alternations or comparison.alternations)):
        for name, command in commands.items():
            pauses.pause()
            start = time.perf_counter()
            process = subprocess.Popen(
                [str(word) for word in command], stdout=subprocess.DEVNULL,
                env=None if name == "easel" else environment())
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                raise SystemExit(f"{name} failed")
            memory[name] = max(memory[name], usage.ru_maxrss * 1024)
            if round > 0:
                seconds[name].append(time.perf_counter() - start)
    return seconds, memory


def checkpoint(what, options):
    """A published family's UNet with random weights, in diffusers' layout; written once."""
    family, dtype = what
    folder = options.scratch / f"{family}-{dtype}"
    if not (folder / "complete").exists():
        subprocess.run(
            [options.python, HERE / "peers/checkpoints.py", "unet", family, dtype, folder], check=True,
            env=environment())
        (folder / "complete").touch()
    return folder


def summary(comparison, seconds, memory, pauses):
    """What is printed, and written as JSON."""
    own = seconds["easel"]
    result = dict(unit=comparison.name, seconds=seconds, peak_memory_bytes=memory, busy=pauses.busy, ratios={})
    for peer in seconds.keys() - {"easel"}:
        pairs = [theirs / ours for theirs, ours in zip(seconds[peer], own)]
        result["ratios"][peer] = dict(
            of_medians=statistics.median(seconds[peer]) / statistics.median(own), smallest=min(pairs),
            largest=max(pairs), aim=comparison.aims.get(peer))
    return result


def duration(seconds):
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1e3:.2f} ms"


def show(result):
    unit = result["unit"]
    for name, times in result["seconds"].items():
        line = f"{unit:<32} {name:<9} {duration(statistics.median(times)):>11}"
        line += f"   {duration(min(times)):>11} .. {duration(max(times)):<11}"
        line += f" {result['peak_memory_bytes'][name] / 2**30:7.2f} GiB"
        if name in result["ratios"]:
            ratio = result["ratios"][name]
            line += f"   {ratio['of_medians']:6.2f}x ({ratio['smallest']:.2f} .. {ratio['largest']:.2f})"
            line += f"   aim {ratio['aim']}x" if ratio["aim"] else ""
        print(line, flush=True)
        unit = ""
    if result["busy"] > 0.05:
        print(f"  {result['busy']:.0%} of the machine was busy between the turns: these figures mean little")


def accuracy(options):
    """Prints how far Easel's results are from PyTorch's, for the same weights and inputs, both in f32."""
    results = []
    for name in options.units or ["clip-l", "vae-decode-512", "sd15-unet", "sdxl-unet"]:
        with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
            folder = pathlib.Path(folder)
            part = next(part for part in ("unet", "vae-decode", "clip") if part in name)
            unit = {"unet": "unet", "clip": "text-encoder"}.get(part, name)
            python = [options.python, HERE / "peers/checkpoints.py"]
            subprocess.run([*python, "example", name, folder], check=True, env=environment())
            subprocess.run(
                [options.easel, "bench", "--model", folder, "--runs", "0", "--inputs",
                 folder / "inputs.safetensors", "--result", folder / "result.safetensors", unit],
                check=True, stdout=subprocess.DEVNULL)
            errors = subprocess.run(
                [*python, "difference", folder / "result.safetensors", folder / "expected.safetensors"],
                check=True, env=environment(), capture_output=True, text=True)
            result = dict(unit=name, **json.loads(errors.stdout))
            print(f"{name:<20} largest error {result['largest']:.2e}   root mean square {result['rms']:.2e}"
                  "   (relative to the largest element and to the root mean square)", flush=True)
            results.append(result)
    return results


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("units", nargs="*", help="units of `easel bench`, or of --list")
    parser.add_argument("--alternations", type=int, help="turns of each side; otherwise 5, and 3 for large models")
    parser.add_argument("--peers", nargs="+", choices=["torch", "openvino"],
                        help="otherwise PyTorch, and OpenVINO where it is installed and the unit has an aim for it")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--accuracy", action="store_true", help="compare results instead of times")
    parser.add_argument("--json", type=pathlib.Path, help="a file to write all figures to")
    parser.add_argument("--scratch", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir(), "easel-compare"),
                        help="a folder for models that are written once; up to 6 GB, with --accuracy 16 GB")
    parser.add_argument("--easel", type=pathlib.Path, default=EASEL, help="the program")
    parser.add_argument("--python", default=sys.executable, help="a Python that has the peers")
    parser.add_argument("--list", action="store_true", help="print the usual units with their aims")
    options = parser.parse_args()
    if options.list:
        for comparison in USUAL:
            print(f"{comparison.name:<32} " + ", ".join(f"{aim}x {peer}" for peer, aim in comparison.aims.items()))
        return
    options.scratch.mkdir(parents=True, exist_ok=True)
    results = accuracy(options) if options.accuracy else compare(options)
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n")


def compare(options):
    known = {comparison.name: comparison for comparison in USUAL}
    chosen = [known.get(name, Comparison(name, {})) for name in options.units] or USUAL
    print(f"{options.threads} threads; ratios are the peer's time by Easel's: of the medians (of each pair of turns)")
    results = []
    for comparison in chosen:
        measure = whole_processes if comparison.whole else alternate
        pauses = Pauses()
        results.append(summary(comparison, *measure(comparison, options, pauses), pauses))
        show(results[-1])
    return results


def is_installed(peer, options):
    return subprocess.run(
        [options.python, "-c", f"import importlib.util as u; exit(u.find_spec('{peer}') is None)"]).returncode == 0


if __name__ == "__main__":
    main()
