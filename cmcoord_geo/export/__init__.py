"""Views -> files."""

from __future__ import annotations

from cmcoord_geo.export.plain import SCHEMA_VERSION, to_json, to_plain

__all__ = ["SCHEMA_VERSION", "to_json", "to_plain"]
