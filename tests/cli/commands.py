"""What a command left behind, and words that many tests type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

LANGS = ("fr", "en")
WHEN = ("--depart", "2026-12-01T06:00+01:00", "--as-of", "2026-11-29T17:00+01:00")
PLAN = ("plan", "Sibut", "Grimari", *WHEN)


@dataclass(frozen=True)
class Ran:
    """Exit code and what was said."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]
