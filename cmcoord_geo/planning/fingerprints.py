"""Fingerprints of what a plan saw, so that a later reader can tell whether it still holds."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.network.columns import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cmcoord_geo.config import Config
    from cmcoord_geo.network import RoadNetwork
    from cmcoord_geo.picture import OperationalPicture

Prints = tuple[tuple[str, str], ...]
_DIGITS = 16
#: Digits that tell one value of a field from another.
SHORT = 8


def fingerprints(picture: OperationalPicture, config: Config) -> Mapping[str, str]:
    """
    First digits of the SHA-256 of each part of what a plan saw; any change of a value changes them.

    Parameters
    ----------
    picture : OperationalPicture
    config : Config
    """
    settings = json.dumps(config.to_dict(), ensure_ascii=False, sort_keys=True)
    return {
        "config": _digest([settings.encode()]),
        "network": _of_network(picture.network),
        **{
            name: _digest(_bytes_of(getattr(picture, name)))
            for name in ("incidents", "patrols", "status", "consents")
        },
        **({"areas": _digest(_bytes_of(picture.areas))} if picture.areas else {}),
    }


def fingerprint(value: object) -> str:
    """First digits of the SHA-256 of a record, a column or a tuple of them."""
    return _digest(_bytes_of(value))


def prints(value: object) -> Prints:
    """
    Fingerprint of each field of a record, of a table, or of records of one kind taken together.

    Returns
    -------
    tuple of (field, first digits)
        In the order of the fields; empty of what has none.
    """
    records = value if isinstance(value, tuple) else (value,)
    if not records or not all(is_dataclass(one) for one in records):
        return ()
    return tuple(
        (entry.name, fingerprint(tuple(getattr(one, entry.name) for one in records))[:SHORT])
        for entry in fields(records[0])
        if entry.init
    )


@lru_cache(maxsize=8)
def _of_network(network: RoadNetwork) -> str:
    return _digest(_bytes_of(network))


def _digest(parts: Iterable[bytes]) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()[:_DIGITS]


def _bytes_of(value: object) -> Iterable[bytes]:
    """Content of a table, a record or a value, part by part."""
    if isinstance(value, np.ndarray):
        yield np.ascontiguousarray(value).tobytes()
    elif is_dataclass(value):
        for entry in fields(value):
            part = getattr(value, entry.name) if entry.init else None
            if entry.init and not (part is None and entry.metadata.get("only_if_there")):
                yield entry.name.encode()
                yield from _bytes_of(part)
    elif isinstance(value, tuple) and any(isinstance(part, np.ndarray) for part in value):
        for part in value:
            yield from _bytes_of(part)
    elif isinstance(value, Column):
        yield repr(tuple(value)).encode()
    else:
        yield repr(value).encode()
