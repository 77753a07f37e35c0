"""Where large public data lie that the repository does not carry; tests skip without them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(os.environ.get("CMCOORD_SHARED_DATA") or ROOT.parent / "shared" / "data")


def shared(name: str) -> Path:
    """Path of a shared file; the test is skipped where it is absent."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"{name} is not here: set CMCOORD_SHARED_DATA to its folder")
    return path
