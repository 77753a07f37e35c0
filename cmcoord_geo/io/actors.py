"""
Who did it, as a type: state force, armed group, criminal, community, unknown.

A name of a group or a person is looked up in ``data/actor_types.csv`` and goes no further than the text of
the row, which stays with its owner.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from cmcoord_geo.facts import rows as shipped_rows
from cmcoord_geo.network.places import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN = "unknown"
#: Code of civilians, who are seldom the ones who did it.
_CIVILIANS = "7"


@cache
def _words() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?<![a-z0-9]){re.escape(_folded(row['word']))}(?![a-z0-9])"), row["type"])
        for row in shipped_rows("actor_types.csv")
    )


@lru_cache(maxsize=4096)
def actor_type(words: str, *, instead: str = UNKNOWN) -> str:
    """
    Type of an actor from the words of a source.

    Parameters
    ----------
    words : str
    instead : str
        What an actor is that no word of the table tells.

    Examples
    --------
    >>> actor_type("Éléments armés non identifiés"), actor_type("Forces armées centrafricaines (FACA)")
    ('unknown', 'state_force')
    """
    text = _folded(words)
    if not text:
        return UNKNOWN
    return next((kind for word, kind in _words() if word.search(text)), instead)


@cache
def _codes() -> Mapping[str, str]:
    """Code and label of an actor of ACLED, to our type."""
    found = {}
    for row in shipped_rows("acled_actors.csv"):
        found[row["code"]] = found[plain(row["label"])] = row["type"]
    return found


@lru_cache(maxsize=4096)
def acled_actor(inter1: str, inter2: str, interaction: str) -> str:
    """
    Type of who did it in an event of ACLED, from its codes of either age.

    ACLED does not say which actor began; of two, the one that is no civilian is taken.

    Parameters
    ----------
    inter1, inter2 : str
        Code 1 to 8, or its label.
    interaction : str
        Both codes as one number, or both labels with a dash between; read where the others are empty.

    Examples
    --------
    >>> acled_actor("7", "2", ""), acled_actor("Rebel group", "Civilians", ""), acled_actor("", "", "13")
    ('armed_group', 'armed_group', 'state_force')
    """
    sides = [side.strip() for side in (inter1, inter2) if side.strip()] or _sides(interaction)
    kinds = [(side, _codes().get(side) or _codes().get(plain(side))) for side in sides]
    known = [(side, kind) for side, kind in kinds if kind]
    armed = [kind for side, kind in known if side != _CIVILIANS and plain(side) != "civilians"]
    return next(iter(armed), UNKNOWN)


def _sides(interaction: str) -> list[str]:
    text = interaction.strip()
    if text.isdigit() and len(text) == 2:
        return list(text.replace("0", ""))
    return [side.removeprefix("Sole ").strip() for side in text.split("-") if side.strip()]


def _folded(words: str) -> str:
    """Small letters without accents, one space between words."""
    plain_letters = unicodedata.normalize("NFKD", words.casefold())
    kept = "".join(c for c in plain_letters if not unicodedata.combining(c))
    return " ".join(re.split(r"[\s_’'-]+", kept)).strip()
