"""What was acknowledged of each movement, in a file of the folder that only the command writes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """
    What was acknowledged of one movement.

    Attributes
    ----------
    met : tuple of Version
    until : datetime or None
        When the plan that was acknowledged expired; None in files from before that was kept.
    """

    met: tuple[Version, ...]
    until: datetime | None


def read_acknowledgements(folder: Path) -> dict[str, Acknowledgement]:
    """
    What is acknowledged, by movement; none where there is no file.

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
        return {key: _acknowledgement(told) for key, told in content.items()}
    except (OSError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise problem(DataError, "review.unreadable", file=NAME) from error


def write_acknowledgements(folder: Path, acknowledged: Mapping[str, Acknowledgement]) -> Path:
    """
    Write what is acknowledged now, whole or not at all.

    Raises
    ------
    DataError
        The folder cannot be written to.
    """
    content = {
        key: {
            "until": None if told.until is None else told.until.isoformat(),
            "met": [[one.kind, one.key, one.digest, dict(one.fields)] for one in told.met],
        }
        for key, told in sorted(acknowledged.items())
    }
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return write_whole(folder / NAME, lambda part: _write(part, text))


def _write(part: Path, text: str) -> None:
    part.write_text(text, encoding="utf-8", newline="\n")


def _acknowledgement(told: Any) -> Acknowledgement:  # noqa: ANN401 - as JSON holds it
    """One movement; older files hold the list alone."""
    if isinstance(told, list):
        told = {"until": None, "met": told}
    until = None if told["until"] is None else datetime.fromisoformat(told["until"])
    if until is not None and until.tzinfo is None:
        raise ValueError(told["until"])
    return Acknowledgement(met=tuple(_version(*entry) for entry in told["met"]), until=until)


def _version(kind: Any, key: Any, digest: Any, told: Any = None) -> Version:  # noqa: ANN401 - as JSON holds it
    """One version; files from before fields were kept have none."""
    prints = tuple((told or {}).items())
    if kind not in _KINDS or not all(
        isinstance(one, str) for one in (key, digest, *(part for pair in prints for part in pair))
    ):
        raise ValueError(kind)
    return Version(kind=kind, key=key, digest=digest, fields=prints)
