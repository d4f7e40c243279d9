"""Runs graphs with the program, and judges pictures."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
from PIL import Image

import train_classifier
import world

ROOT = Path(__file__).resolve().parents[3]


class Bench:
    """A folder with pictures and graphs, the program that runs these, and the judge of what it draws."""

    def __init__(self, program: str, folder: Path):
        self.program, self.folder = Path(program).resolve(), folder.resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.judge = train_classifier.load()

    def save(self, name: str, image: Image.Image) -> str:
        """Writes a picture beside the graphs; gives its path for a graph."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        image.save(file)
        return str(file)

    def use(self, graph: str, **ports) -> dict:
        """A graph with the picture that a graph of the repository gives: `Graphs/inpaint.yaml`."""
        path = os.path.relpath(ROOT / graph, self.folder)
        return {"nodes": {"made": {"uses": path, **ports}}, "outputs": {"image": "${made.image}"}}

    def edit(self, graph: str, photo: str, **ports) -> dict:
        """The same of a graph that changes a picture, its `image`, which is read from a file."""
        edited = self.use(graph, image="${photo.image}", **ports)
        edited["nodes"]["photo"] = {"uses": "load-image", "path": photo}
        return edited

    def run(self, name: str, graphs: list[dict]) -> list[Path]:
        """Runs graphs as one, so that models are opened once. Gives each one's folder of outputs."""
        out = self.folder / f"{name}-out"
        shutil.rmtree(out, ignore_errors=True)
        files = [self.folder / f"{name}-{number:05}.yaml" for number in range(len(graphs))]
        for file, graph in zip(files, graphs):
            file.write_text(json.dumps({"easel": 1, **graph}))
        subprocess.run([self.program, "run", *files, "--no-cache", "--quiet", "--out", out], check=True, stdout=subprocess.DEVNULL)
        return [out / file.stem for file in files]

    def pictures(self, name: str, graphs: list[dict], output: str = "image") -> list[Image.Image]:
        """The pictures that graphs give."""
        return [self.open(folder, output) for folder in self.run(name, graphs)]

    @staticmethod
    def open(folder: Path, output: str, mode: str = "RGB") -> Image.Image:
        """A picture that a graph has left."""
        return Image.open(folder / f"{output}.png").convert(mode)

    def readings(self, pictures: list[Image.Image]) -> dict[str, np.ndarray]:
        """What the judge sees: the values of each attribute."""
        classes = train_classifier.predict(self.judge, np.stack([np.asarray(picture) for picture in pictures]))
        return {name: np.array(values)[classes[:, i]] for i, (name, values) in enumerate(world.ATTRIBUTES.items())}
