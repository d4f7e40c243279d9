"""Measures edits and companions with the program itself, on portraits whose truth is known.

    python measure_edits.py smile headphones --easel ../../.build/release/easel

Prints a table, and writes the figures as JSON. Exit code 1: a figure is not what is wanted.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import tempfile
import time
from pathlib import Path

import torch

from measuring import MODES
from measuring.bench import ROOT, Bench
from measuring.figures import Figure, as_json, table


def measured(mode: str, bench: Bench, count: int) -> list[Figure]:
    began = time.time()
    figures = importlib.import_module(f"measuring.{mode}").measure(bench, count)
    return figures + [Figure("portraits", count), Figure("seconds", round(time.time() - began, 1))]


def main(a) -> int:
    torch.set_num_threads(a.threads)
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(a.easel, Path(a.keep or scratch))
        figures = {mode: measured(mode, bench, a.count) for mode in a.modes or MODES}
    print(table(figures))
    Path(a.out).parent.mkdir(parents=True, exist_ok=True)
    Path(a.out).write_text(json.dumps(as_json(figures), indent=1) + "\n")
    return 0 if all(figure.is_met for of_mode in figures.values() for figure in of_mode) else 1


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("modes", nargs="*", metavar="MODE", help=f"{', '.join(MODES)}; all by default")
    parser.add_argument("--count", type=int, default=100, help="how many portraits or groups, at least 2")
    parser.add_argument("--easel", default=str(ROOT / ".build/release/easel"), help="the program")
    parser.add_argument("--out", default=str(ROOT / "out/edits.json"))
    parser.add_argument("--keep", metavar="FOLDER", help="where to keep the pictures and the graphs")
    parser.add_argument("--threads", type=int, default=2, help="of the judge")
    a = parser.parse_args()
    if unknown := set(a.modes) - set(MODES):
        parser.error(f"there is no mode {', '.join(sorted(unknown))}; there are {', '.join(MODES)}")
    if a.count < 2:
        parser.error("--count is at least 2")
    return a


if __name__ == "__main__":
    sys.exit(main(arguments()))
