"""
Write ``docs/tables.md``: the columns of the files, from the same tables that the readers use.

``python scripts/write_tables.py`` writes; ``--check`` says whether what lies there is what would be written.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cmcoord_geo.schemas import Table, tables  # noqa: E402

PAGE = ROOT / "docs" / "tables.md"
HEAD = """# Columns of the files / Colonnes des fichiers

What the readers accept, written from the same tables that they use. A file is CSV in UTF-8, with `,` or
`;` between the cells; a time is written with its zone, as in `2026-12-01T06:00+01:00`.

*Ce que les lecteurs acceptent, écrit à partir des tables qu'ils utilisent. Un fichier est un CSV en
UTF-8, avec `,` ou `;` entre les cellules ; une heure s'écrit avec son fuseau.*

The same for one table, and an empty file to fill in: `cmcoord-geo template TABLE --out FILE`.
"""


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


def page() -> str:
    """Content of the page."""
    return HEAD + "\n" + "\n".join(map(_describe, tables().values()))


def main(arguments: list[str]) -> int:
    """Write or check; the exit code."""
    if "--check" in arguments:
        return 0 if PAGE.read_text(encoding="utf-8") == page() else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
