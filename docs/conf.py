"""How the documentation is built: MyST pages, numpydoc docstrings, a stock theme, no internet."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from cmcoord_geo.schemas import tables

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from cmcoord_geo.schemas import Table

_PROJECT = tomllib.loads(
    (Path(__file__).resolve().parents[1] / "pyproject.toml").read_text(encoding="utf-8")
)["project"]

project = _PROJECT["name"]
version = release = _PROJECT["version"]
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "numpydoc"]
exclude_patterns = ["_build"]
html_theme = "alabaster"
html_theme_options = {"description": _PROJECT["description"], "fixed_sidebar": True}
html_show_copyright = False
html_use_index = True

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_type_aliases = {"ArrayLike": "ArrayLike"}
numpydoc_show_class_members = False
numpydoc_class_members_toctree = False


def _cell(text: str) -> str:
    """Text that a table cell can hold."""
    return text.replace("|", "\\|").replace("\n", " ")


def _describe(table: Table) -> str:
    """One table as a heading and a table of its columns, in both languages."""
    titles = ("column / colonne", "kind, unit", "required", "meaning", "sens", "example")
    head = f"| {' | '.join(titles)} |\n{'|---' * len(titles)}|"
    rows = (
        f"| `{column.name}` | {column.kind}{f', {column.unit}' if column.unit else ''} "
        f"| {'yes / oui' if column.is_required else ''} | {_cell(column.said.en)} "
        f"| {_cell(column.said.fr)} | {f'`{_cell(column.example)}`' if column.example else ''} |"
        for column in table.columns
    )
    return "\n".join(
        (f"## {table.name}", "", table.said.en, "", f"*{table.said.fr}*", "", head, *rows, "")
    )


def _fill_tables(_app: Sphinx, page: str, source: list[str]) -> None:
    """Put the columns that the readers use into the page that shows them."""
    if page == "tables":
        source[0] = source[0].replace("%TABLES%", "\n".join(map(_describe, tables().values())))


def setup(app: Sphinx) -> None:
    """Connect what this project adds."""
    app.connect("source-read", _fill_tables)
