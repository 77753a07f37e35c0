"""Texts that try to be a template, markup or a formula, and a week whose every text is one."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from itertools import cycle
from typing import TYPE_CHECKING, Any

from cmcoord_geo.i18n import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = (
    "{{7*7}}",
    "{% raw %}{{ config }}{% endraw %}",
    "Zone {# 12",
    "#} fin",
    "</script><script>window.executed=1</script>",
    "<img src=x onerror=window.executed=1>",
    "<!--<script>",
    "${window.executed=1}",
    "=cmd|'/C calc'!A0",
    "&lt;b&gt;&amp;&#39;",
    "Nde\u0301le\u0301 (NFD)",
    "\u202eadnab\u202c \u200f",
    "ligne\u2028brise\u2029e",
    "guillemets \" et ' et `",
    "\\u003cscript\\u003e \\",
    "@@data@@ @@policy@@ @@title@@",
    "constructor __proto__",
    "T" * 200,
)

#: Fields that are keys, not texts: what refers to them must go on fitting.
KEYS = {
    "place_id", "segment_id", "segment_ids", "start", "end", "role", "road_class", "state", "kind",
    "crossing_id", "audience", "mark", "movement", "patrol", "patrol_id", "origin", "destination",
    "via", "legs", "worst_segment", "decision", "letter", "class_id", "halt_places", "family_id",
    "finding", "answer", "stretches", "corridor_id", "surface", "sun", "movement_id", "incident_id",
}  # fmt: skip


def hostile(
    view: Any, texts: Iterator[str] | None = None, *, number: Iterator[int] | None = None
) -> Any:
    """The same view with every free text replaced by a hostile one, each made single by a number."""
    texts = cycle(TEXTS) if texts is None else texts
    number = iter(range(1_000_000)) if number is None else number
    if isinstance(view, Said):
        return Said(*(f"{next(texts)} §{next(number)}" for _ in range(2)))
    if isinstance(view, str):
        return f"{next(texts)} §{next(number)}"
    if isinstance(view, tuple):
        return tuple(hostile(part, texts, number=number) for part in view)
    if is_dataclass(view) and not isinstance(view, datetime):
        return replace(
            view,
            **{
                field.name: hostile(getattr(view, field.name), texts, number=number)
                for field in fields(view)
                if field.name not in KEYS
            },
        )
    return view
