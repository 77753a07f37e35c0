"""Figures of the benchmark: what was measured, its limit, and processes measured as a whole."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PRELUDE = """
import gc, json, resource, sys, time
sys.path.insert(0, {scripts!r})
def resident_mb():
    gc.collect()
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() / 1e6
def peak_mb():  # of this program alone: what getrusage tells holds the peak of the one that started it too
    told = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    return int(told.split()[1]) * 1024 / 1e6
figures = {{}}
"""


@dataclass(frozen=True)
class Figure:
    """
    One measured figure and its limits, None where it only stands beside another.

    Without a value the note says why there is none.
    """

    name: str
    value: float | None = None
    unit: str = ""
    limit: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether it holds."""
        if self.value is None or self.limit is self.at_least is None:
            return self.note
        is_low = self.limit is None or self.value <= self.limit
        return "holds" if is_low and self.value >= (self.at_least or 0.0) else "MISSED"

    @property
    def line(self) -> str:
        """As it is printed."""
        value = "-" if self.value is None else f"{self.value:.2f}"
        limit = "" if self.limit is None else f"at most {self.limit:g}"
        limit = limit if self.at_least is None else f"at least {self.at_least:g}"
        return f"{self.name:<52}{value:>9} {self.unit:<3} {limit:<14}{self.verdict}"


def measure(command: Sequence[str], *, runs: int) -> tuple[float, float]:
    """Median CPU and wall seconds of a command, after one run that warms the disk."""
    cpu, wall = [], []
    for run in range(runs + 1):
        start, before = time.perf_counter(), os.times()
        subprocess.run(
            command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        after = os.times()
        if run:
            wall.append(time.perf_counter() - start)
            cpu.append(
                after.children_user - before.children_user
                + after.children_system - before.children_system
            )  # fmt: skip
    return statistics.median(cpu), statistics.median(wall)


def apart(code: str, *arguments: str, runs: int = 1) -> dict[str, float]:
    """
    Run code in a process of its own and take the medians of the figures that it leaves in ``figures``.

    Memory is read from ``/proc``: these figures are Linux's.
    """
    prelude = PRELUDE.format(scripts=str(ROOT / "scripts"))
    command = [sys.executable, "-c", f"{prelude}{code}\nprint(json.dumps(figures))", *arguments]
    found = []
    for _ in range(runs):
        done = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, encoding="utf-8")
        found.append(json.loads(done.stdout.splitlines()[-1]))
    return {key: statistics.median(each[key] for each in found) for key in found[0]}
