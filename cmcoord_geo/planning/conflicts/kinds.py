"""The eleven kinds of conflict (DOMAIN.md 3.2): severity, rule, and where the rule comes from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cmcoord_geo.facts import rows, toml
from cmcoord_geo.i18n import Said

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictKind:
    """
    One kind.

    Attributes
    ----------
    kind : str
        C1 to C11.
    severity : str
        ``hard`` (nobody goes), ``grave`` or ``notable``.
    source : str
        Line of the leaflet, or paragraph of the domain reference.
    name, rule, advice : Said
    is_of_both : bool
        The other side is a party, and may be told of it (with consent); else it is humanitarian alone.
    """

    kind: str
    severity: str
    source: str
    name: Said
    rule: Said
    advice: Said
    is_of_both: bool


@cache
def conflict_kinds() -> Mapping[str, ConflictKind]:
    """All kinds by their sign, in order."""
    return {
        row["kind"]: ConflictKind(
            kind=row["kind"],
            severity=row["severity"],
            source=row["source"],
            is_of_both=row["of_both"] == "yes",
            **{
                name: Said(fr=row[f"{name}_fr"], en=row[f"{name}_en"])
                for name in ("name", "rule", "advice")
            },
        )
        for row in rows("conflict_kinds.csv")
    }


def speaks_of(text: str, what: str) -> bool:
    """
    Whether a text has one of the words of a subject (``data/conflict_words.toml``).

    Examples
    --------
    >>> speaks_of("Évaluation rapide", "assessment"), speaks_of("vivres", "assessment")
    (True, False)
    """
    said = _spaced(text)
    return any(_spaced(word) in said for word in toml("conflict_words.toml")[what])


def _spaced(text: str) -> str:
    """Words of a text without accents and case, with one space around each."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(one for one in bare if not unicodedata.combining(one))
    words = " ".join(re.findall(r"\w+", letters))
    return f" {words} "
