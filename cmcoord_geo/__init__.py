"""
Movement planning for humanitarian civil-military coordination in the Central African Republic.

The public names are imported when they are first used (PEP 562), so that ``import cmcoord_geo`` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Incidents": "picture",
    "MovementPlan": "model",
    "MovementRequest": "model",
    "OperationalPicture": "picture",
    "Patrols": "picture",
    "RoadNetwork": "network",
    "bundled_network": "network",
    "pareto_paths": "routing",
    "plan_movement": "planning",
    "project": "sharing",
    "read_picture": "io",
}

__all__ = sorted(["__version__", *_HOMES])  # noqa: PLE0605 - the homes are the one list


def __getattr__(name: str) -> Any:  # noqa: ANN401 - PEP 562
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
