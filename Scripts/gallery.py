#!/usr/bin/env python3
"""Runs every example and shows what goes in and what comes out on one page: out/examples/index.html.

    Scripts/gallery.py --easel .build/release/easel --out out/examples [NAME...]

The page holds its pictures in itself. Exit code 1: an example has failed; the page has the others.
"""

import argparse
import base64
import html
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Easel: the examples</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }}
section {{ border-top: 1px solid #8886; padding: 1rem 0; }}
h2 {{ margin: 0; }}
.pictures {{ display: flex; flex-wrap: wrap; gap: 1rem; align-items: end; }}
figure {{ margin: 0; }}
img {{ display: block; max-width: 100%; border-radius: 4px; }}
figcaption, .time {{ font-size: 0.85rem; opacity: 0.75; }}
code {{ overflow-wrap: anywhere; }}
.failed {{ color: #c33; white-space: pre-wrap; }}
</style>
<h1>The examples</h1>
<p>{count} examples, in {seconds:.0f} seconds.</p>
{sections}
</html>
"""

SECTION = """<section id="{name}">
<h2>{title}</h2>
<p>{about}</p>
<div class="pictures">
{figures}
</div>
<p><code>easel run Examples/{name}/graph.yaml --out out</code> <span class="time">{seconds:.1f} s</span></p>
{error}</section>"""

FIGURE = '<figure><img src="data:{type};base64,{data}" alt="{caption}"><figcaption>{caption}</figcaption></figure>'


@dataclass
class Run:
    """An example and what became of it."""

    name: str
    title: str
    about: str
    seconds: float = 0
    error: str = ""
    pictures: list[tuple[str, Path]] = field(default_factory=list)      # captions and files, what goes in first


def pictures(folder: Path, label: str) -> list[tuple[str, Path]]:
    """The pictures of a folder and those inside it, with captions; not those that only say what should come out."""
    files = sorted(file for file in folder.rglob("*") if file.suffix in TYPES and not file.name.startswith("expected"))
    return [(f"{label}: {file.relative_to(folder).with_suffix('')}", file) for file in files]


def run(example: dict, easel: str, out: Path) -> Run:
    """Runs an example from nothing, without the cache."""
    name, made = example["name"], out / example["name"]
    for _, old in pictures(made, ""):
        old.unlink()
    began = time.monotonic()
    command = [easel, "run", str(ROOT / "Examples" / name / "graph.yaml"), "--no-cache", "--quiet", "--out", str(made)]
    result = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    seconds = time.monotonic() - began
    print(f"{name:20} {seconds:6.1f} s" + ("" if result.returncode == 0 else f"  failed: {result.stderr.strip()}"), flush=True)
    return Run(
        name, example.get("title", name), example.get("about", ""), seconds,
        result.stderr.strip() if result.returncode else "",
        pictures(ROOT / "Examples" / name, "before") + pictures(made, "after"))


def figure(caption: str, file: Path) -> str:
    data = base64.b64encode(file.read_bytes()).decode()
    return FIGURE.format(type=TYPES[file.suffix], data=data, caption=html.escape(caption))


def section(one: Run) -> str:
    return SECTION.format(
        name=one.name, title=html.escape(one.title), about=html.escape(one.about), seconds=one.seconds,
        figures="\n".join(figure(*picture) for picture in one.pictures),
        error=f'<p class="failed">{html.escape(one.error)}</p>\n' if one.error else "")


def write(runs: list[Run], file: Path):
    """Under another name first, so that the page is whole or not there."""
    part = file.with_suffix(".part")
    total = sum(one.seconds for one in runs)
    part.write_text(PAGE.format(count=len(runs), seconds=total, sections="\n".join(map(section, runs))), encoding="utf-8")
    os.replace(part, file)
    print(f"{len(runs)} in {total:.0f} s; the page is {file}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="an example; all by default")
    parser.add_argument("--easel", default=str(ROOT / ".build/release/easel"), help="the program")
    parser.add_argument("--out", type=Path, default=ROOT / "out/examples", help="the folder to write into")
    a = parser.parse_args()
    listed = subprocess.run([a.easel, "new", "--format", "json"], check=True, capture_output=True, text=True).stdout
    templates = {entry["name"]: entry for entry in map(json.loads, listed.splitlines())}
    names = a.names or sorted(file.parent.name for file in ROOT.glob("Examples/*/graph.yaml"))
    a.out.mkdir(parents=True, exist_ok=True)
    runs = [run(templates.get(name, {"name": name}), a.easel, a.out) for name in names]
    write(runs, a.out / "index.html")
    return 1 if any(one.error for one in runs) else 0


if __name__ == "__main__":
    sys.exit(main())
