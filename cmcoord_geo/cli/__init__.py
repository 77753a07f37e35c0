"""The command: arguments to a service, its errors to exit codes. Heavy imports wait until a command runs."""

from __future__ import annotations

from cmcoord_geo.cli.app import main

__all__ = ["main"]
