"""What was measured, beside what is wanted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A number with a name. Without a limit it is there to be known."""

    name: str
    value: float
    at_least: float | None = None
    at_most: float | None = None

    @property
    def is_met(self) -> bool:
        return (self.at_least is None or self.value >= self.at_least) and (self.at_most is None or self.value <= self.at_most)

    @property
    def wanted(self) -> str:
        if self.at_least is not None:
            return f">= {self.at_least:g}"
        return "" if self.at_most is None else f"<= {self.at_most:g}"


def table(figures: dict[str, list[Figure]]) -> str:
    """The figures of every mode, a line each."""
    rows = [("mode", "figure", "value", "wanted", "")]
    for mode, of_mode in figures.items():
        rows += [(mode, f.name, f"{f.value:.4g}", f.wanted, "" if f.is_met else "MISSED") for f in of_mode]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)


def as_json(figures: dict[str, list[Figure]]) -> dict:
    """The same for programs."""
    return {
        mode: [{"figure": f.name, "value": round(f.value, 5), "wanted": f.wanted, "met": f.is_met} for f in of_mode]
        for mode, of_mode in figures.items()
    }
