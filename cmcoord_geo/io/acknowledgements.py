"""What was acknowledged of each movement, in a file of the folder that only the command writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

from cmcoord_geo.errors import DataError
from cmcoord_geo.i18n import problem
from cmcoord_geo.io.public_files import write_whole
from cmcoord_geo.planning.versions import Kind, Version

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = "acknowledgements.json"
_KINDS = get_args(Kind)


def read_acknowledgements(folder: Path) -> dict[str, tuple[Version, ...]]:
    """
    Versions acknowledged, by movement; none where there is no file.

    Raises
    ------
    DataError
        The file is not what the command wrote: then nothing counts as acknowledged, and it says so.
    """
    path = folder / NAME
    if not path.exists():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {
            key: tuple(_version(*entry) for entry in entries) for key, entries in content.items()
        }
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise problem(DataError, "review.unreadable", file=NAME) from error


def write_acknowledgements(folder: Path, acknowledged: Mapping[str, tuple[Version, ...]]) -> Path:
    """
    Write what is acknowledged now, whole or not at all.

    Raises
    ------
    DataError
        The folder cannot be written to.
    """
    content = {
        key: [[one.kind, one.key, one.digest] for one in acknowledged[key]]
        for key in sorted(acknowledged)
    }
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return write_whole(folder / NAME, lambda part: _write(part, text))


def _write(part: Path, text: str) -> None:
    part.write_text(text, encoding="utf-8", newline="\n")


def _version(kind: Any, key: Any, digest: Any) -> Version:  # noqa: ANN401 - as JSON holds it
    if kind not in _KINDS or not isinstance(key, str) or not isinstance(digest, str):
        raise ValueError(kind)
    return Version(kind=kind, key=key, digest=digest)
