"""The profile of a movement along its kilometres as a printed sheet, from the view of one audience."""

from __future__ import annotations

from cmcoord_geo.render.profile.picture import build_profile_picture

__all__ = ["build_profile_picture"]
