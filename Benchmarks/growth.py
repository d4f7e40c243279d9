#!/usr/bin/env python3
"""Times commands on graphs of more and more nodes that do next to nothing, and prints the time a node.

    Benchmarks/growth.py             10, 100 and 1,000 nodes
    Benchmarks/growth.py --full      10,000 nodes too

A command whose time a node rises with the number of nodes does not grow in proportion; one that falls
is mostly the start of the program. The processor time of all threads is printed beside the time that
passed: on a machine that has other things to do it is the one to look at.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
EASEL = ROOT / ".build/release/easel"

# Of a graph's nodes: how node i is written. All latents are the smallest there are, and no two the same.
SHAPES = {
    "unconnected": lambda i: f"uses: empty-latent, width: {8 + 8 * (i % 100)}, height: {8 + 8 * (i // 100)}",
    "chain": lambda i: "uses: load-image, path: picture.png" if i == 0 else
    f'uses: resize-image, image: "${{n{i - 1}.image}}", width: {8 + i % 7}, height: 8',
}


def graph(shape, count):
    """The text of a graph of `count` nodes: all handed out, or the last of a chain."""
    nodes = "".join(f"  n{i}: {{ {SHAPES[shape](i)} }}\n" for i in range(count))
    last = f"  o: ${{n{count - 1}.image}}\n"
    outputs = last if shape == "chain" else "".join(f"  o{i}: ${{n{i}}}\n" for i in range(count))
    return f"easel: 1\nnodes:\n{nodes}outputs:\n{outputs}"


def measure(command, rounds, before=lambda: None):
    """The least wall and processor seconds of `rounds` runs of a command."""
    best = (float("inf"), float("inf"))
    for _ in range(rounds):
        before()
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        if status != 0:
            raise SystemExit(f"{' '.join(map(str, command))}: {errors.decode()}")
        best = (min(best[0], wall), min(best[1], usage.ru_utime + usage.ru_stime))
    return best


def commands(graph, folder):
    """What is measured: its name, its command, and what is done before each round."""
    cache = ["--cache", folder / "cache"]
    run = [EASEL, "run", graph, "--quiet", "--out", folder / "out"]
    empty = lambda: shutil.rmtree(folder / "cache", ignore_errors=True)
    nothing = lambda: None
    return [
        ("check", [EASEL, "check", graph], nothing),
        ("plan, nothing cached", [EASEL, "plan", graph, *cache], empty),
        ("run, no cache", [*run, "--no-cache"], nothing),
        ("run, filling the cache", [*run, *cache], empty),
        ("plan, all cached", [EASEL, "plan", graph, *cache], nothing),
        ("run, all cached", [*run, *cache], nothing),
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="10,000 nodes too")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    counts = [10, 100, 1000] + ([10_000] if arguments.full else [])
    print(f"{'':<38} {'wall':>10} {'processor':>12} {'a node':>12}")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        shutil.copy(ROOT / "Examples/portrait/expected.png", folder / "picture.png")
        for shape in SHAPES:
            for count in counts:
                file = folder / f"{shape}-{count}.yaml"
                file.write_text(graph(shape, count))
                for what, command, before in commands(file, folder):
                    rounds = 1 if count > 1000 else arguments.rounds
                    wall, processor = measure(command, rounds, before)
                    aim = "   aim: 100 ms" if what == "run, all cached" and count == 100 else ""
                    print(
                        f"{f'{what}, {count} {shape}':<38} {wall * 1e3:7.1f} ms {processor * 1e3:9.1f} ms "
                        f"{processor / count * 1e6:9.1f} us{aim}", flush=True)


if __name__ == "__main__":
    main()
