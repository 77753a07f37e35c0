"""Ctrl-C during a long compiled search: the command ends at once and leaves nothing behind."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

#: A planner whose search for options is a very long one: a lattice with four criteria, searched compiled.
LONG = """
import sys
import numpy as np
from cmcoord_geo.cli import main
from cmcoord_geo.planning import parts
from cmcoord_geo.routing import ArcGraph, pareto_paths

side, rng = 60, np.random.default_rng(1)
node = np.arange(side * side).reshape(side, side)
tail = np.concatenate([node[:, :-1].ravel(), node[:-1].ravel()])
head = np.concatenate([node[:, 1:].ravel(), node[1:].ravel()])
lattice = ArcGraph.from_arcs(side * side, tail, head)
costs = rng.integers(1, 1000, (len(tail), 3))

def long_search(*_, **__):
    pareto_paths(lattice, costs, 0, side + 1)  # compiled, or read from the cache
    print("searching", flush=True)
    found = pareto_paths(lattice, costs, 0, side * side - 1)
    sys.exit(f"ended by itself with {len(found.paths)} paths")

parts.pareto_paths = long_search
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to another program")
def test_ctrl_c_during_a_long_compiled_search(tmp_path: Path) -> None:
    out = tmp_path / "out"
    asked = ["plan", "Bangui", "Bambari", "--vehicle", "truck_6x6:4", "--out", str(out)]
    moment = ["--depart", "2026-12-01T06:00+01:00", "--lang", "en"]
    with subprocess.Popen(  # noqa: S603 - this program itself
        [sys.executable, "-c", LONG, *asked, *moment],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "searching\n"
        time.sleep(0.3)
        program.send_signal(signal.SIGINT)
        start = time.monotonic()
        _, told = program.communicate(timeout=60)
        waited_s = time.monotonic() - start
    assert program.returncode == 130, told
    assert "Interrupted" in told
    assert "Traceback" not in told
    assert waited_s < 10  # 2 s on a free machine
    assert list(tmp_path.rglob("*")) == []
