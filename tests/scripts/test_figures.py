"""What a benchmark prints: a figure that misses its limit says so, one without a value says why."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "_figures.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("_figures", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("value", "limits", "verdict"),
    [
        (2.0, {}, ""),
        (2.0, {"limit": 2.0}, "holds"),
        (2.1, {"limit": 2.0}, "MISSED"),
        (25.0, {"at_least": 25.0}, "holds"),
        (24.9, {"at_least": 25.0}, "MISSED"),
        (0.0, {"limit": 0.0}, "holds"),
        (float("nan"), {"at_least": 1.0}, "MISSED"),
        (float("nan"), {"limit": 1.0}, "MISSED"),
        (None, {"note": "not installed"}, "not installed"),
    ],
)
def test_the_verdict_follows_the_limits(
    script: ModuleType, value: float | None, limits: dict[str, object], verdict: str
) -> None:
    figure = script.Figure("a search", value, "x", **limits)
    assert figure.verdict == verdict
    assert figure.line.rstrip().endswith(verdict)
    assert ("at least" in figure.line) == ("at_least" in limits)
