"""
Compiled twins of loops over arrays: one source, plain Python where a compiler would cost more than it saves.

A loop is written as a plain function over numbers and arrays. :func:`compiled` gives its twin made by numba,
and only then is numba imported, so a small network never pays for it. What was compiled is kept in the user's
cache folder: the second start of a program finds it there.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any, Final, TypeVar, cast

_F = TypeVar("_F", bound=Callable[..., Any])
#: The same bits as Python's; other threads go on meanwhile.
_OPTIONS: Final[dict[str, Any]] = {
    "error_model": "numpy",
    "fastmath": {"nnan", "nsz"},
    "nogil": True,
}


def compiled(function: _F, *, makes_arrays: bool = False) -> _F:
    """
    Twin of a function made by numba, with the functions of the same module that it calls.

    Parameters
    ----------
    function : callable
        Numbers, arrays and loops only. The same operations in the same order give the same bits: nothing is
        reordered and nothing is fused.
    makes_arrays : bool
        Whether it makes arrays itself. One that does not is several times as fast where it is handed many.

    Returns
    -------
    callable
        Compiled at its first call, or read from the user's cache folder.
    """
    return cast("_F", _twin(cast("FunctionType", function), makes_arrays=makes_arrays))


@cache
def _twin(function: FunctionType, *, makes_arrays: bool = False) -> Callable[..., Any]:
    import numba  # noqa: PLC0415 - half a second that small networks should not pay

    names = dict(function.__globals__)
    for name in function.__code__.co_names:
        part = names.get(name)
        if isinstance(part, FunctionType) and part.__module__ == function.__module__:
            names[name] = _twin(part, makes_arrays=makes_arrays)
    copy = FunctionType(function.__code__, names, function.__name__, function.__defaults__)
    copy.__module__, copy.__qualname__ = function.__module__, function.__qualname__
    options = _OPTIONS if makes_arrays else _OPTIONS | _borrowing()
    with _cached_in(cache_folder()):
        try:
            return cast(
                "Callable[..., Any]",
                numba.njit(copy, cache=True, **options),
            )
        except RuntimeError:  # no folder to write to: compile each time
            return cast(
                "Callable[..., Any]",
                numba.njit(copy, **options),
            )


def _borrowing() -> dict[str, Any]:
    """Arrays are the caller's, and who holds them is not counted; nothing where numba has no such option."""
    from numba.core import options  # noqa: PLC0415 - see above

    return {"_nrt": False} if hasattr(options.DefaultOptions, "_nrt") else {}


@contextmanager
def _cached_in(folder: Path) -> Iterator[None]:
    """Folder in which numba keeps what it compiles, unless the user named one; afterwards as before."""
    import numba  # noqa: PLC0415 - see above

    config: Any = numba.config
    before = config.CACHE_DIR
    config.CACHE_DIR = before or str(folder)
    try:
        yield
    finally:
        config.CACHE_DIR = before


def cache_folder() -> Path:
    """Folder of the user for what can be made again: each system has its own custom."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "cmcoord-geo" / "compiled"
