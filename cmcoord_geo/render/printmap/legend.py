"""The legend: only what this product draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmcoord_geo.i18n import text
from cmcoord_geo.render.printmap import marks, tokens
from cmcoord_geo.render.printmap.areas import draw_area, drawn_areas, swatch
from cmcoord_geo.render.printmap.movements import draw_lane, drawn_movements, is_after_expiry
from cmcoord_geo.render.printmap.operations import draw_operation_line
from cmcoord_geo.render.printmap.panel import Panel, Stack
from cmcoord_geo.render.printmap.patrols import form_of
from cmcoord_geo.render.printmap.points import has_default_mark, is_drawn, is_lapsing
from cmcoord_geo.render.printmap.presence import draw_patrol_line
from cmcoord_geo.render.printmap.roads import draw_break, draw_hatch, draw_road
from cmcoord_geo.render.printmap.sleeves import UNKNOWN_DASHES
from cmcoord_geo.render.printmap.stretches import draw_signs

if TYPE_CHECKING:
    from cmcoord_geo.render.printmap.panel import Paint, Room
    from cmcoord_geo.render.printmap.scene import Scene

KEY = 18.0
LINE = 15.0
MARK = 6.0
LEAST = 4.6


def build_legend(scene: Scene, room: Room) -> Panel:
    """Legend of a product, as a panel."""
    panel = Panel(scene.sheet, "legend", room.width_mm, zoom=room.zoom)
    gap = 3.0
    both = panel.width_mm - gap * panel.unit
    left, right = (Stack(scene.sheet, both * share, zoom=room.zoom) for share in (0.53, 0.47))
    has_exposure = shows_exposure(scene)
    title = "print.legend.exposure" if has_exposure else "print.legend.state"
    panel.text(text(title, scene.lang), panel.face(is_bold=True))
    (_put_exposure if has_exposure else _put_states)(scene, left)
    _put_roads(scene, right)
    panel.beside(left, right, gap=gap)
    product = scene.product
    if product.movements or product.patrols or product.corridors or product.operations:
        panel.rule()
        _put_traffic(scene, panel)
    panel.rule()
    _put_marks(scene, panel, gap)
    _put_notes(scene, panel)
    return panel


def _line(left: float, y: float, stack: Stack) -> np.ndarray:
    return np.array([(left, y), (left + LINE * stack.unit, y)])


def shows_exposure(scene: Scene) -> bool:
    """Whether the audience sees exposure; else roads are drawn by state."""
    return any(segment.exposure_class is not None for segment in scene.product.segments)


def _plain(scene: Scene) -> tokens.RoadStyle:
    """Road on which the legend explains something else."""
    return tokens.EXPOSURE[2] if shows_exposure(scene) else tokens.REPORTED_STATE["open"]


def _put_exposure(scene: Scene, stack: Stack) -> None:
    for number in (1, 2, 3, 4, 0):
        key = f"print.legend.class_{number}" if number else "print.legend.no_information"
        style = tokens.EXPOSURE.get(number)
        stack.keyed(
            text(key, scene.lang),
            KEY,
            lambda x, y, style=style: draw_road(
                scene.sheet, _line(x, y, stack), style, is_national=True
            ),  # type: ignore[misc]
            face=stack.face(is_bold=not number),
            least=LEAST,
        )


def _put_states(scene: Scene, stack: Stack) -> None:
    held = {(s.state, s.is_state_reported) for s in scene.product.segments}
    for is_reported, styles in ((True, tokens.REPORTED_STATE), (False, tokens.DEFAULT_STATE)):
        for state, style in styles.items():
            if (state, is_reported) not in held:
                continue
            source = "reported" if is_reported else "by_season"
            said = text(
                f"print.legend.{source}", scene.lang, state=text(f"state.{state}", scene.lang)
            )
            stack.keyed(
                said,
                KEY,
                lambda x, y, style=style: draw_road(
                    scene.sheet, _line(x, y, stack), style, is_national=True
                ),  # type: ignore[misc]
                least=LEAST,
            )
    stack.keyed(
        text("print.legend.state_unknown", scene.lang),
        KEY,
        lambda x, y: draw_road(scene.sheet, _line(x, y, stack), None, is_national=True),
        face=stack.face(is_bold=True),
        least=LEAST,
    )


def _put_roads(scene: Scene, stack: Stack) -> None:
    sheet = scene.sheet
    plain = _plain(scene)
    ground = scene.product.frame.ground
    kinds = ("national", "regional") if ground is None else ("main", "lesser")
    for key, is_national in zip(kinds, (True, False), strict=True):
        stack.keyed(
            text(f"print.legend.{key}", scene.lang),
            KEY,
            lambda x, y, is_national=is_national: draw_road(
                sheet, _line(x, y, stack), plain, is_national=is_national
            ),  # type: ignore[misc]
            least=LEAST,
        )
    if any(segment.stale_at is not None for segment in scene.product.segments):
        stack.keyed(
            text("print.legend.stale", scene.lang),
            KEY,
            lambda x, y: _stale(scene, stack, x, y),
            least=LEAST,
        )
    _put_stretches(scene, stack)
    if any(segment.is_schematic for segment in scene.product.segments):
        stack.keyed(
            text("print.legend.schematic", scene.lang),
            KEY,
            lambda x, y: _schematic(scene, stack, x, y),
            least=LEAST,
        )
    if ground is None or ground.has_base:
        _put_base(scene, stack)


def _put_stretches(scene: Scene, stack: Stack) -> None:
    """Signs along closed stretches, where a stretch has any."""
    marked = {closure.state == "closed" for closure in scene.product.closures if closure.along}
    for is_closed in sorted(marked, reverse=True):
        stack.keyed(
            text(f"print.legend.stretch_{'closed' if is_closed else 'restricted'}", scene.lang),
            KEY,
            lambda x, y, is_closed=is_closed: _stretch(scene, stack, x, y, is_closed=is_closed),  # type: ignore[misc]
            least=LEAST,
        )


def _put_base(scene: Scene, stack: Stack) -> None:
    """Towns and limits of the country."""
    sheet = scene.sheet
    stack.keyed(
        text("print.legend.cell", scene.lang),
        KEY,
        lambda x, y: marks.draw_town(sheet, x + LINE / 2 * stack.unit, y, "cell"),
        least=LEAST * 0.9,
    )
    stack.keyed(
        text("print.legend.places", scene.lang),
        KEY,
        lambda x, y: _towns(scene, stack, x, y),
        least=LEAST * 0.9,
    )
    stack.keyed(
        text("print.legend.prefectures", scene.lang),
        KEY,
        lambda x, y: sheet.line(
            _line(x, y, stack), color=tokens.BORDER, width_pt=0.9, dashes=(1, 2.5)
        ),
        least=LEAST * 0.9,
    )


def _towns(scene: Scene, stack: Stack, x: float, y: float) -> None:
    middle = x + LINE / 2 * stack.unit
    marks.draw_town(scene.sheet, middle - 2.5 * stack.unit, y, "contact")
    marks.draw_town(scene.sheet, middle + 2.5 * stack.unit, y, "town")


def _stale(scene: Scene, stack: Stack, x: float, y: float) -> None:
    line = _line(x, y, stack)
    style = _plain(scene) if shows_exposure(scene) else tokens.DEFAULT_STATE["restricted"]
    draw_road(scene.sheet, line, style, is_national=True)
    draw_hatch(scene.sheet, line)


def _stretch(scene: Scene, stack: Stack, x: float, y: float, *, is_closed: bool) -> None:
    line = _line(x, y, stack)
    draw_road(scene.sheet, line, _plain(scene), is_national=True)
    draw_signs(scene.sheet, [line], is_closed=is_closed)


def _schematic(scene: Scene, stack: Stack, x: float, y: float) -> None:
    line = _line(x, y, stack)
    draw_road(scene.sheet, line, _plain(scene), is_national=True)
    draw_break(scene.sheet, line)


def _put_traffic(scene: Scene, panel: Panel) -> None:
    sheet, lang = scene.sheet, scene.lang

    def lane(x: float, y: float, *, late: bool) -> None:
        draw_lane(scene, _line(x, y, panel), is_after_expiry=late, has_arrow=True)
        marks.draw_movement_badge(sheet, x + 6.0 * panel.unit, y, "H1")

    def patrol(x: float, y: float, *, is_confirmed: bool) -> None:
        draw_patrol_line(scene, _line(x, y, panel), is_confirmed=is_confirmed)
        mark = "P2" if is_confirmed else "P1"
        marks.draw_patrol_badge(
            sheet, x + LINE / 2 * panel.unit, y, mark, is_confirmed=is_confirmed
        )

    def operation(x: float, y: float) -> None:
        draw_operation_line(scene, _line(x, y, panel))
        marks.draw_operation_badge(sheet, x + LINE / 2 * panel.unit, y, "O1")

    drawn = [movement for movement, _ in drawn_movements(scene)]
    answers = {conflict.answer for conflict in scene.product.conflicts}
    forms = {form_of(one, scene.product.frame.as_of) for one in scene.product.patrols}
    rows: list[tuple[bool, str, Paint]] = [
        (bool(drawn), "movement", lambda x, y: lane(x, y, late=False)),
        (
            any(is_after_expiry(m, scene) for m in drawn),
            "movement_late",
            lambda x, y: lane(x, y, late=True),
        ),
        ("offered" in forms, "offered", lambda x, y: patrol(x, y, is_confirmed=False)),
        ("confirmed" in forms, "confirmed", lambda x, y: patrol(x, y, is_confirmed=True)),
        ("unverified" in forms, "unverified", lambda x, y: patrol(x, y, is_confirmed=False)),
        (
            bool(answers - {"unknown"}),
            "conflict",
            lambda x, y: _conflict(scene, panel, x, y, is_unknown=False),
        ),
        (
            "unknown" in answers,
            "conflict_unknown",
            lambda x, y: _conflict(scene, panel, x, y, is_unknown=True),
        ),
        (bool(scene.product.operations), "operation", operation),
        (bool(scene.product.corridors), "corridor", lambda x, y: _corridor(scene, panel, x, y)),
    ]
    for is_there, key, paint in rows:
        if is_there:
            panel.keyed(text(f"print.legend.{key}", lang), KEY, _smaller(scene, paint), least=5.1)


def _smaller(scene: Scene, paint: Paint) -> Paint:
    """Paint of a badge that leaves room between rows."""

    def draw(x: float, y: float) -> None:
        with scene.sheet.inside(scene.sheet.part, zoom=0.88):
            paint(x, y)

    return draw


def _sleeve(
    scene: Scene,
    panel: Panel,
    x: float,
    y: float,
    reach: float,
    width_pt: float,
    dashes: tuple[float, ...] | None = None,
) -> None:
    road = _line(x, y, panel)
    draw_road(scene.sheet, road, _plain(scene), is_national=False)
    half = reach * panel.unit
    ring = np.vstack([road + np.array((0.0, half)), road[::-1] - np.array((0.0, half))])
    scene.sheet.polygon(ring, edge=tokens.INK, width_pt=width_pt, dashes=dashes, z=5)


def _conflict(scene: Scene, panel: Panel, x: float, y: float, *, is_unknown: bool) -> None:
    _sleeve(scene, panel, x, y, 1.9, 1.6, UNKNOWN_DASHES if is_unknown else None)
    mark = "X1 ?" if is_unknown else "X1"
    middle = x + LINE / 2 * panel.unit
    marks.draw_conflict_badge(scene.sheet, middle, y, mark, is_unknown=is_unknown)


def _corridor(scene: Scene, panel: Panel, x: float, y: float) -> None:
    _sleeve(scene, panel, x, y, 1.6, 1.5)
    marks.draw_corridor_badge(scene.sheet, x + LINE / 2 * panel.unit, y, "C1")


def _put_marks(scene: Scene, panel: Panel, gap: float) -> None:
    """Small marks in three columns, filled row by row."""
    third = (panel.width_mm - 2 * gap * panel.unit) / 3
    found = _marks_in_use(scene, panel)
    for first in range(0, len(found), 3):
        stacks = []
        for key, paint in found[first : first + 3]:
            stack = Stack(scene.sheet, third, zoom=panel.zoom)
            stack.keyed(text(f"print.legend.{key}", scene.lang), MARK, paint, least=4.9)
            stacks.append(stack)
        panel.beside(*stacks, gap=gap)


def _marks_in_use(scene: Scene, panel: Panel) -> list[tuple[str, Paint]]:
    sheet, product = scene.sheet, scene.product
    closures = {closure.state for closure in product.closures}
    shut = [is_lapsing(scene, one) for one in product.closures if one.state == "closed"]
    crossings = {
        (c.kind, c.state if c.kind == "ferry" else "") for c in product.crossings if is_drawn(c)
    }
    centre = 2.2 * panel.unit

    def closure(state: str) -> Paint:
        is_late = state == "closed" and all(shut)
        return lambda x, y: marks.draw_closure(sheet, x + centre, y, state, is_lapsing=is_late)

    def default(state: str) -> Paint:
        return lambda x, y: marks.draw_default_state(sheet, x + centre, y, state)

    def crossing(kind: str, state: str) -> Paint:
        return lambda x, y: marks.draw_crossing(sheet, x + centre, y, kind, state)

    found = [
        (f"closure_{state}", closure(state))
        for state in ("closed", "restricted", "conflicting")
        if state in closures
    ]
    if any(shut):  # one row for both: grey where the report ends first
        found[0] = ("closure_lapsing", found[0][1])
    is_closed = {s.state == "closed" for s in product.segments if has_default_mark(s)}
    found += [
        (f"default_{state}", default(state))
        for state in ("closed", "unknown")
        if (state == "closed") in is_closed
    ]
    found += [
        (f"ferry_{state}", crossing("ferry", state))
        for state in ("running", "restricted", "conflicting", "out", "unknown")
        if ("ferry", state) in crossings
    ]
    found += [
        (kind, crossing(kind, ""))
        for kind in ("bridge", "ford", "border", "rain_barrier")
        if (kind, "") in crossings
    ]
    if any(c.state == "conflicting" and c.kind != "ferry" for c in product.crossings):
        found.append(("crossing_conflicting", crossing("bridge", "conflicting")))
    found += [
        (f"area_{effect}", _area(scene, centre, is_closure=effect == "closure"))
        for effect in ("closure", "cost")
        if any(area.effect == effect for area in drawn_areas(product))
    ]
    if product.incidents and scene.is_large:
        found.append(("incident", lambda x, y: _incidents(scene, x + centre, y)))
    if any(segment.ordnance_records for segment in product.segments):
        letters = text("print.ordnance_letters", scene.lang)
        found.append(("ordnance", lambda x, y: marks.draw_ordnance(sheet, x + centre, y, letters)))
    return found


def _area(scene: Scene, centre: float, *, is_closure: bool) -> Paint:
    k = scene.sheet.scale

    def draw(x: float, y: float) -> None:
        shape = swatch(x + centre, y, 4.4 * k, 3.4 * k)
        with scene.sheet.inside(scene.sheet.part, zoom=0.7):
            draw_area(scene.sheet, shape, is_closure=is_closure)

    return draw


def _incidents(scene: Scene, x: float, y: float) -> None:
    k = scene.sheet.scale
    marks.draw_incident(scene.sheet, x - 0.9 * k, y, is_precise=True)
    marks.draw_incident(scene.sheet, x + 0.9 * k, y, is_precise=False)


def _put_notes(scene: Scene, panel: Panel) -> None:
    lang, product = scene.lang, scene.product
    notes = [said[lang] for said in (*product.data_notes, *product.road_notes)]
    if product.incidents_said is not None:
        notes.append(text("print.legend.incidents_said", lang, said=product.incidents_said))
    if product.ordnance_said is not None:
        notes.append(product.ordnance_said[lang])
    unseen = ", ".join(area.mark for area in product.areas if not area.outline)
    if unseen:
        notes.append(text("print.legend.areas_unseen", lang, marks=unseen))
    hidden = sum(not is_drawn(crossing) for crossing in product.crossings)
    if hidden:
        notes.append(text("print.legend.hidden_crossings", lang, n=hidden))
    if notes:
        small = panel.face(tokens.SMALL_PT, color=tokens.SECOND)
        panel.text(" · ".join(notes), small, lines=6)
    if product.frame.is_schematic:
        face = panel.face(is_italic=True, is_bold=True)
        panel.text(text("print.legend.do_not_measure", lang), face)
