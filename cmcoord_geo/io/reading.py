"""How far another library has read a file that it opened, for who waits before a large one."""

from __future__ import annotations

from pathlib import Path

#: Where Linux tells which files this process holds open, and the position in each.
_HANDLES = Path("/proc/self")


class ReadShare:
    """
    Share of a file that this process has read so far.

    Parameters
    ----------
    path : Path
    handles : Path, optional
        Folder of the system with ``fd`` and ``fdinfo``; only Linux has it.

    Notes
    -----
    A library reads some blocks ahead of what it hands out, so the share is of bytes read, not of work done.
    """

    def __init__(self, path: Path, handles: Path = _HANDLES) -> None:
        self._path = path.resolve()
        self._size = max(path.stat().st_size, 1)
        self._handles = handles
        self._last: float | None = None

    def now(self) -> float | None:
        """Share from 0 to 1, never less than before; None where the system does not tell."""
        at = self._position()
        if at is not None:
            self._last = max(self._last or 0.0, min(1.0, at / self._size))
        elif self._last is not None:  # closed again: all of it is read
            self._last = 1.0
        return self._last

    def _position(self) -> int | None:
        try:
            handles = list((self._handles / "fd").iterdir())
        except OSError:
            return None
        for handle in handles:
            try:
                if handle.readlink() != self._path:
                    continue
                told = (self._handles / "fdinfo" / handle.name).read_text(encoding="ascii")
                return int(told.split()[1])
            except (OSError, ValueError, IndexError):
                continue
        return None
