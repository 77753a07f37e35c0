"""Tables and lists beside the map: who goes where, patrols, conflicts, corridors, reported states, counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap import dates, marks, tokens
from cmcoord_geo.render.printmap.boxes import Box
from cmcoord_geo.render.printmap.corridors import corridor_entries
from cmcoord_geo.render.printmap.movements import is_after_expiry, kept_option
from cmcoord_geo.render.printmap.panel import Panel, Stack, titled_panel
from cmcoord_geo.render.printmap.patrols import form_of, share_of
from cmcoord_geo.render.printmap.points import is_closure_drawn
from cmcoord_geo.render.printmap.sleeves import conflict_mark
from cmcoord_geo.render.printmap.tabular import Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cmcoord_geo.render.printmap.corridors import CorridorEntry
    from cmcoord_geo.render.printmap.panel import Paint, Room
    from cmcoord_geo.render.printmap.patrols import Share
    from cmcoord_geo.render.printmap.scene import Scene
    from cmcoord_geo.sharing.views import (
        AreaCountView,
        ClosureView,
        ConflictView,
        MovementView,
        PatrolView,
    )

NONE = "–"
BAR, BADGE = 17.0, 6.5
#: Rows that one block of corridors holds before a second is begun.
SINGLE_BLOCK = 8


def _head(scene: Scene, key: str) -> str:
    return text(f"print.head.{key}", scene.lang)


def _more(scene: Scene, panel: Panel, left_out: int) -> None:
    if left_out > 0:
        panel.text(
            text("print.more", scene.lang, n=left_out), panel.face(tokens.SMALL_PT, is_italic=True)
        )


# ---------------------------------------------------------------- owner


def build_movements(scene: Scene, room: Room) -> Panel:
    """Who goes where, and what covers the road."""
    panel = titled_panel(scene, "movements", room)
    shown = scene.product.movements[: room.rows]
    as_of = scene.product.frame.as_of
    shares: list[Share | None] = []
    for movement in shown:
        option = kept_option(movement)
        shares.append(None if option is None else share_of(option, scene.product.patrols, as_of))

    def km(value: Callable[[Share], int]) -> list[str]:
        return [NONE if share is None else str(value(share) or NONE) for share in shares]

    Table(
        panel,
        [
            Column(head="", cells=[m.mark for m in shown], is_bold=True, color=tokens.HUMANITARIAN),
            Column(head="", cells=[m.movement_id for m in shown]),
            Column(
                head=_head(scene, "corridor"),
                cells=[_way(scene, m) for m in shown],
                gives=True,
            ),
            Column(head=_head(scene, "departure"), cells=[_departure(scene, m) for m in shown]),
            Column(head="km", cells=km(lambda s: s.whole_km), align="right"),
            Column(head=_head(scene, "offered"), cells=km(lambda s: s.offered_km), align="right"),
            Column(
                head=_head(scene, "confirmed"), cells=km(lambda s: s.confirmed_km), align="right"
            ),
            Column(
                head=_head(scene, "neither"),
                cells=km(lambda s: s.neither_km),
                align="right",
                is_bold=True,
            ),
            Column(
                head=_head(scene, "no_information"),
                cells=km(lambda s: s.no_information_km),
                align="right",
            ),
            Column(head="", paints=[_bar(scene, panel, share) for share in shares], width=BAR),
        ],
        gap=1.6,
    ).put()
    _more(scene, panel, len(scene.product.movements) - len(shown))
    panel.space(0.8)
    small = panel.face(tokens.SMALL_PT, is_italic=True, color=tokens.SECOND)
    panel.text(text("print.movements.foot", scene.lang), small, lines=4)
    return panel


def _way(scene: Scene, movement: MovementView) -> str:
    way = f"{scene.place_name(movement.origin)} → {scene.place_name(movement.destination)}"
    return (
        way if kept_option(movement) else text("print.movements.nothing_kept", scene.lang, way=way)
    )


def _departure(scene: Scene, movement: MovementView) -> str:
    when = dates.window(movement.depart, scene.lang)
    return f"{when} †" if is_after_expiry(movement, scene) else when


def _bar(scene: Scene, panel: Panel, share: Share | None) -> Paint:
    def paint(left: float, y: float) -> None:
        if share is None or not share.whole_km:
            return
        x, high = left, 1.25 * panel.unit
        parts = (
            (share.confirmed_km, tokens.PATROL, tokens.PATROL, None),
            (share.offered_km, tokens.PAPER, tokens.PATROL, "//////"),
            (share.neither_km, tokens.PAPER, tokens.INK, None),
        )
        for km, fill, edge, hatch in parts:
            wide = BAR * panel.unit * km / share.whole_km
            if km:
                box = Box(left=x, right=x + wide, top=y - high, bottom=y + high)
                scene.sheet.box(box, fill=fill, edge=edge, width_pt=0.7, hatch=hatch, z=3)
            x += wide

    return paint


def build_conflicts(scene: Scene, room: Room) -> Panel:
    """Where a movement and a patrol may meet: to be separated, no benefit. None is ever left out."""
    panel = titled_panel(scene, "conflicts", room)
    shown = scene.product.conflicts

    def badge(conflict: ConflictView) -> Paint:
        return lambda left, y: marks.draw_conflict_badge(
            scene.sheet,
            left + 3.0 * panel.unit,
            y,
            conflict_mark(conflict),
            is_unknown=conflict.answer == "unknown",
        )

    Table(
        panel,
        [
            Column(head="", paints=[badge(c) for c in shown], width=BADGE),
            Column(head="", cells=[f"{c.movement} – {c.patrol}" for c in shown], is_bold=True),
            Column(
                head="",
                cells=[scene.stretch_name([c.segment_id]) for c in shown],
                gives=True,
                lines=2,
            ),
            Column(
                head="",
                cells=[dates.window(c.window, scene.lang) for c in shown],
                align="right",
                gives=True,
                lines=2,
            ),
        ],
        gap=1.6,
        row=5.3,
    ).put()
    return panel


# ---------------------------------------------------------------- patrols and corridors


def build_patrols(scene: Scene, room: Room) -> Panel:
    """Patrols announced, and those whose passage was reported."""
    panel = titled_panel(scene, "patrols", room)
    shown = scene.product.patrols[: room.rows]
    Table(
        panel,
        [
            Column(
                head="", paints=[_patrol_badge(scene, panel, p) for p in shown], width=BADGE - 1
            ),
            Column(
                head="",
                cells=[scene.stretch_name([key for key, _, _ in p.stretches]) for p in shown],
                gives=True,
                lines=2,
            ),
            Column(head="", cells=[_patrol_time(scene, p) for p in shown], align="right"),
        ],
        gap=1.6,
        row=5.3,
    ).put()
    _more(scene, panel, len(scene.product.patrols) - len(shown))
    return panel


def _patrol_badge(scene: Scene, panel: Panel, patrol: PatrolView) -> Paint:
    is_confirmed = form_of(patrol, scene.product.frame.as_of) == "confirmed"

    def paint(left: float, y: float) -> None:
        marks.draw_patrol_badge(
            scene.sheet, left + 2.5 * panel.unit, y, patrol.mark, is_confirmed=is_confirmed
        )

    return paint


def _patrol_time(scene: Scene, patrol: PatrolView) -> str:
    form = form_of(patrol, scene.product.frame.as_of)
    if form == "confirmed" and patrol.passed_at is not None:
        moment = dates.short_stamp(patrol.passed_at, scene.lang)
        return text("print.patrols.passed", scene.lang, moment=moment)
    when = (
        text("word.unknown", scene.lang)
        if patrol.window is None
        else dates.window(patrol.window, scene.lang)
    )
    if patrol.window is not None and patrol.window.start > scene.product.frame.expires_at:
        when = f"{when} †"
    return f"{when} ?" if form == "unverified" else when


def build_corridors(scene: Scene, room: Room) -> Panel:
    """Corridors asked for, with their binned windows, in two blocks where they are many."""
    panel = titled_panel(scene, "corridors", room)
    entries = corridor_entries(scene.product)
    shown = entries[: 2 * room.rows]
    panel.left_out = len(entries) - len(shown)
    blocks = 2 if len(shown) > SINGLE_BLOCK else 1
    half = -(-len(shown) // blocks)
    gap = 4.0
    width = (panel.width_mm - gap * panel.unit * (blocks - 1)) / blocks
    stacks = [Stack(scene.sheet, width, zoom=panel.zoom) for _ in range(blocks)]
    for number, stack in enumerate(stacks):
        _put_corridors(scene, stack, shown[number * half : (number + 1) * half])
    panel.beside(*stacks, gap=gap)
    if panel.left_out:
        said = text("print.continued", scene.lang, n=panel.left_out)
        panel.text(said, panel.face(tokens.SMALL_PT, is_italic=True))
    panel.space(0.8)
    small = panel.face(tokens.SMALL_PT, is_italic=True, color=tokens.SECOND)
    panel.text(text("print.corridors.foot", scene.lang), small, lines=4)
    return panel


def build_more_corridors(scene: Scene, room: Room, *, first: int) -> Panel:
    """Corridors for which the first list had no room."""
    panel = titled_panel(scene, "corridors_more", room)
    entries = corridor_entries(scene.product)[first:]
    shown = entries[: room.rows]
    _put_corridors(scene, panel, shown)
    _more(scene, panel, len(entries) - len(shown))
    return panel


def _put_corridors(scene: Scene, stack: Stack, entries: Sequence[CorridorEntry]) -> None:
    ways = [_corridor_way(scene, entry) for entry in entries]
    windows = [dates.window(entry.window, scene.lang) for entry in entries]
    columns = [
        Column(cells=[f"[{entry.mark}]" for entry in entries], is_bold=True),
        Column(head=_head(scene, "stretch"), cells=ways, gives=True, lines=2),
        Column(head="km", cells=[str(_round(entry.km)) for entry in entries], align="right"),
        Column(head=_head(scene, "presence"), cells=windows, align="right"),
    ]
    Table(stack, columns, gap=1.8).put()


def _corridor_way(scene: Scene, entry: CorridorEntry) -> str:
    way = scene.stretch_name(entry.segment_ids)
    if entry.part is None:
        return way
    start, end = (_round(km) for km in entry.part)
    return text("print.corridors.part", scene.lang, way=way, start=start, end=end)


def _round(km: float) -> int:
    return 5 * round(km / 5)


# ---------------------------------------------------------------- everybody


def build_closures(scene: Scene, room: Room) -> Panel:
    """States of roads as reported, each with its expiry."""
    panel = titled_panel(scene, "closures", room)
    shown = scene.product.closures[: room.rows]
    Table(
        panel,
        [
            Column(head="", cells=[c.mark for c in shown], is_bold=True),
            Column(head="", cells=[_closure(scene, c) for c in shown], gives=True, lines=4),
            Column(
                head=_head(scene, "until"),
                cells=[dates.dated_stamp(c.expires_at, scene.lang) for c in shown],
                align="right",
            ),
        ],
        gap=1.6,
    ).put()
    _more(scene, panel, len(scene.product.closures) - len(shown))
    return panel


def _closure(scene: Scene, closure: ClosureView) -> str:
    """What a closure is, and whether it lies off the sheet."""
    words = closure.said[scene.lang]
    if is_closure_drawn(scene, closure):
        return words
    return f"{text('print.closures.outside', scene.lang)} {words}"


def build_counts(scene: Scene, room: Room) -> Panel:
    """Counts by prefecture, past and with small ones suppressed."""
    panel = titled_panel(scene, "counts", room)
    incidents = {c.area: c for c in scene.product.incident_counts}
    movements = {c.area: c for c in scene.product.movement_counts}
    areas = list(dict.fromkeys([*incidents, *movements]))
    shown = areas[: room.rows]
    columns = [Column(head=_head(scene, "prefecture"), cells=shown, gives=True, lines=2)]
    for key, held in (("incidents", incidents), ("movements", movements)):
        if held:
            cells = [_count(held.get(area)) for area in shown]
            columns.append(Column(head=_head(scene, key), cells=cells, align="right"))
    Table(panel, columns).put()
    _more(scene, panel, len(areas) - len(shown))
    panel.space(0.8)
    small = panel.face(tokens.SMALL_PT, is_italic=True, color=tokens.SECOND)
    panel.text(text("print.counts.foot", scene.lang), small, lines=4)
    return panel


def _count(count: AreaCountView | None) -> str:
    return NONE if count is None else str(count.count)
