"""The picture of skill for lay readers as a printed sheet, from the view of one audience."""

from __future__ import annotations

from cmcoord_geo.render.skillsheet.picture import build_skill_picture

__all__ = ["build_skill_picture"]
