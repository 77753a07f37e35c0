"""One source, two speeds: the compiled twin gives the same bits and is kept on disk."""

from __future__ import annotations

import sys

import numba
import numpy as np
import pytest

from cmcoord_geo import compiled as module
from cmcoord_geo.compiled import cache_folder, compiled


def _half(x):
    return x / 2.0


def _sum_of_halves(values):
    total = 0.0
    for value in values:
        total += _half(value)
    return total


def test_the_twin_gives_the_same_bits() -> None:
    values = np.random.default_rng(1).uniform(-1e9, 1e9, 10_000)
    assert compiled(_sum_of_halves)(values) == _sum_of_halves(values)


def test_the_twin_is_made_once_and_the_function_stays() -> None:
    assert compiled(_sum_of_halves) is compiled(_sum_of_halves)
    assert _sum_of_halves.__globals__["_half"] is _half


def _turned(values):
    return values[::-1].copy()


def _filled(values):
    return np.full(3, values[0])


@pytest.fixture
def empty_cache(tmp_path, monkeypatch):
    """Folder of compiled code in which nothing lies yet: what is read back from one cannot be looked into."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.setattr(numba.config, "CACHE_DIR", "")
    monkeypatch.setattr(module, "cache_folder", lambda: tmp_path / "here")
    return tmp_path / "here"


def test_arrays_are_borrowed_unless_some_are_made(empty_cache) -> None:
    """Counting who holds an array took most of the time of a search."""
    values = np.arange(4.0)
    twin = module._twin.__wrapped__(_sum_of_halves)
    assert twin(values) == 3.0
    assert all("NRT_incref" not in code for code in twin.inspect_llvm().values())
    assert compiled(_turned, makes_arrays=True)(values).tolist() == [3.0, 2.0, 1.0, 0.0]
    with pytest.raises(numba.core.errors.TypingError):
        compiled(_filled)(values)


def test_what_was_compiled_is_kept(empty_cache) -> None:
    module._twin.__wrapped__(_half)(3.0)
    assert list(empty_cache.rglob("*.nbi"))
    assert numba.config.CACHE_DIR == ""


@pytest.mark.parametrize(
    ("platform", "part"), [("linux", "cache"), ("darwin", "Caches"), ("win32", "Local")]
)
def test_each_system_has_its_folder(platform: str, part: str, monkeypatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    folder = cache_folder()
    assert part in str(folder)
    assert folder.parts[-2:] == ("cmcoord-geo", "compiled")
