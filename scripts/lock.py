"""
Remake ``requirements.lock`` and ``requirements-dev.lock`` from ``pyproject.toml``.

For maintainers; needs ``uv`` on the path. One set of versions for Linux, Windows and macOS and
every Python from 3.11 on, with the hash of every wheel and without the address of any index, so
that each organisation may install from the mirror it trusts. The second lock holds the first.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEADER = """\
# {what}
# Versions and wheel hashes for Linux, Windows and macOS, Python 3.11 and later.
# Made by scripts/lock.py from pyproject.toml; not edited by hand.
"""
OPTIONS = (
    *("--universal", "--python-version", "3.11", "--fork-strategy", "fewest"),
    *("--generate-hashes", "--only-binary", ":all:"),
    *("--no-emit-index-url", "--no-header", "--no-annotate", "--quiet"),
)


def lock(name: str, *, what: str, arguments: tuple[str, ...] = ()) -> None:
    """Resolve into the file `name`, keeping the versions it already pins where they still fit."""
    command = ["uv", "pip", "compile", "pyproject.toml", *OPTIONS, *arguments, "-o", name]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    path = ROOT / name
    pins = path.read_text(encoding="utf-8")
    path.write_text(HEADER.format(what=what) + pins, encoding="utf-8", newline="\n")


def main() -> int:
    """Make both locks, the second on top of the first."""
    lock("requirements.lock", what="What the package needs to run.")
    lock(
        "requirements-dev.lock",
        what="What the package needs to run, to be tested and to be documented.",
        arguments=("--extra", "test", "--constraint", "requirements.lock"),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
