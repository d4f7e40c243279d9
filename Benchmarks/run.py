#!/usr/bin/env python3
"""Times whole commands of Easel and prints the medians with their spread.

    make bench                       builds first
    Benchmarks/run.py --rounds 20    more rounds

Nothing else should run on the machine meanwhile. Only Python's standard library is used.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
EASEL = ROOT / ".build/release/easel"
PORTRAIT = ROOT / "Examples/portrait/graph.yaml"


def measure(command, rounds, before=lambda: None):
    """The wall seconds of `rounds` runs of a command, after one that is not counted."""
    seconds = []
    for round in range(rounds + 1):
        before()
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if round > 0:
            seconds.append(time.perf_counter() - start)
    return seconds


def peak_memory(command):
    """The largest resident size of a command, in bytes."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{command} failed")
    return usage.ru_maxrss * 1024


def show(what, seconds, aim=""):
    median = statistics.median(seconds) * 1e3
    print(f"{what:<44} {median:9.1f} ms   {min(seconds) * 1e3:8.1f} - {max(seconds) * 1e3:.1f}   {aim}")


def large_graph(nodes):
    """A graph of `nodes` nodes: one picture, resized again and again, with an expression in each."""
    lines = ["easel: 1", "inputs: { side: 64 }", "nodes:", "  n0: { uses: load-image, path: picture.png }"]
    for i in range(1, nodes):
        source = f"n{i - 1}.image"
        lines += [
            f"  n{i}:",
            "    uses: resize-image",
            f"    image: ${{{source}}}",
            f"    width: ${{side + {i % 7}}}",
            "    height: ${max(side, 32)}",
        ]
    return "\n".join(lines + ["outputs:", f"  image: ${{n{nodes - 1}.image}}"]) + "\n"


def node_times(cache):
    """What the portrait's run says of each node: seconds, by node."""
    command = [EASEL, "run", PORTRAIT, "--json", "--cache", cache, "--out", f"{cache}/out"]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    events = [json.loads(line) for line in lines]
    return {e["node"]: e["seconds"] for e in events if e["event"] == "finished"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        cache, out = f"{folder}/cache", f"{folder}/out"
        run = [EASEL, "run", PORTRAIT, "--quiet", "--cache", cache, "--out", out]

        print(f"{'':<44} {'median':>12}   {'spread':>14}")
        show("check, the portrait", measure([EASEL, "check", PORTRAIT], rounds), "aim: 30 ms")
        show("nodes", measure([EASEL, "nodes"], rounds), "aim: 30 ms")

        cold = [EASEL, "run", PORTRAIT, "--quiet", "--no-cache", "--out", out]
        show("run, the portrait, without a cache", measure(cold, max(3, rounds // 3)))
        show("run, the portrait, all cached", measure(run, rounds), "aim: 100 ms")

        subprocess.run(
            [EASEL, "run", PORTRAIT, "--quiet", "--cache", cache, "--out", folder], check=True,
            stdout=subprocess.DEVNULL)
        os.rename(f"{folder}/image.png", f"{folder}/picture.png")
        for count in (10, 100, 1000):
            graph = pathlib.Path(folder, f"{count}.yaml")
            graph.write_text(large_graph(count))
            aim = "aim: 50 ms" if count == 1000 else ""
            show(f"check, {count} nodes", measure([EASEL, "check", graph], rounds))
            show(f"check and plan, {count} nodes",
                 measure([EASEL, "plan", graph, "--cache", cache], rounds), aim)

        print("\nthe portrait, by node")
        samples = [node_times(f"{folder}/fresh{i}") for i in range(3)]
        for node in samples[0]:
            show("  " + node, [sample[node] for sample in samples])

        print("\npeak memory")
        for what, command in [
            ("check", [EASEL, "check", PORTRAIT]),
            ("run, without a cache", cold),
            ("run, all cached", run),
        ]:
            print(f"  {what:<42} {peak_memory(command) / 2**20:9.1f} MiB")


if __name__ == "__main__":
    main()
