"""Measures of what the graphs and the companions can do, on portraits whose truth is known.

Each mode is a module with `measure(bench, count) -> list[Figure]`. A bench runs graphs with the program itself and
lets the classifier judge what they draw.
"""

MODES = ("smile", "headphones", "edges", "faces", "preview", "upscale", "tiles", "seams")
