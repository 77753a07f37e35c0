"""``cmcoord-geo incidents``: commands on incidents."""

from __future__ import annotations

import typer

from cmcoord_geo.cli.help import Group
from cmcoord_geo.cli.options import told

incidents = typer.Typer(
    cls=Group, help=told("incidents"), no_args_is_help=True, rich_markup_mode=None
)
