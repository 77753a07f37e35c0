"""Views as plain values and JSON, with a schema version."""

from __future__ import annotations

import json
import math
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

#: Raised when a field changes its meaning or goes away; new fields do not raise it.
SCHEMA_VERSION = 1
_DECIMALS = 6


def to_plain(value: object) -> Any:  # noqa: ANN401 - JSON values
    """
    Plain values of a view: mappings, lists, text, numbers, ISO 8601 times with offset.

    Raises
    ------
    ValueError
        A number is not finite, which JSON cannot say, or a time has no zone.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {entry.name: to_plain(getattr(value, entry.name)) for entry in fields(value)}
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            message = "a time without zone cannot be written"
            raise ValueError(message)
        return value.isoformat(timespec="seconds")
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, float):
        if not math.isfinite(value):
            message = "a number that is not finite cannot be written as JSON"
            raise ValueError(message)
        return round(value, _DECIMALS)
    return value


def to_json(view: object, *, kind: str, version: int = SCHEMA_VERSION) -> str:
    """
    JSON of a view, the same bytes for the same view.

    Parameters
    ----------
    view : dataclass
    kind : str
        What it is, such as ``plan``; stands beside the schema version.
    version : int
        Schema version of this kind.
    """
    content = {"schema": f"cmcoord-geo/{kind}", "version": version, **to_plain(view)}
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
