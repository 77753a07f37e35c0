"""Points on the map: towns, closures, crossings, ordnance, incidents and the numbers of roads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cmcoord_geo.i18n import text
from cmcoord_geo.i18n.numbers import said_tonnes
from cmcoord_geo.render.printmap import dates, marks, strokes, tokens
from cmcoord_geo.render.printmap.boxes import Box, box_about
from cmcoord_geo.render.printmap.faces import text_width_mm
from cmcoord_geo.render.printmap.labels import Label
from cmcoord_geo.render.printmap.movements import drawn_movements
from cmcoord_geo.render.printmap.roads import is_main

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cmcoord_geo.render.printmap.scene import Scene
    from cmcoord_geo.sharing.views import ClosureView, CrossingView, PlaceView, SegmentView

#: Where a mark goes that belongs to a whole segment.
SLIDES = (0.38, 0.62, 0.3, 0.7, 0.22, 0.78, 0.46, 0.54)
CELL_PT, TOWN_PT, CROSSING_PT = 9.2, 7.4, 6.4


def draw_marks(scene: Scene) -> None:
    """Draw closures, crossings and ordnance, those with a known place first."""
    for closure in scene.product.closures:
        if is_closure_drawn(scene, closure):
            x, y = strokes.place(scene.lines[closure.segment_id], closure.fraction)
            is_late = is_lapsing(scene, closure)
            marks.draw_closure(scene.sheet, x, y, closure.state, is_lapsing=is_late)
            _block(scene, x, y)
            face = scene.sheet.face(6.6, is_bold=True)
            reach = marks.MARK_MM * scene.sheet.scale
            end = f" → {dates.short_stamp(closure.expires_at, scene.lang)}" if is_late else ""
            scene.labels.append(
                Label(
                    text=f"{closure.mark}{end}",
                    x=x,
                    y=y,
                    face=face,
                    rank=0.2,
                    is_needed=True,
                    reach_mm=reach,
                )
            )
    crossings = [crossing for crossing in scene.product.crossings if is_drawn(crossing)]
    for crossing in sorted(crossings, key=lambda crossing: not crossing.is_place_known):
        _draw_crossing(scene, crossing)
    for segment in scene.product.segments:
        if segment.ordnance_records:
            x, y = _slide(scene, segment.segment_id, SLIDES, half_mm=marks.TRIANGLE_MM)
            marks.draw_ordnance(scene.sheet, x, y, text("print.ordnance_letters", scene.lang))
            _block(scene, x, y, half_mm=marks.TRIANGLE_MM)
        if has_default_mark(segment):
            x, y = _slide(scene, segment.segment_id, SLIDES)
            marks.draw_default_state(scene.sheet, x, y, segment.state)
            _block(scene, x, y)


def is_lapsing(scene: Scene, closure: ClosureView) -> bool:
    """Whether a report ends while the sheet still holds: a trip may come by when it no longer speaks."""
    return closure.expires_at < scene.product.frame.expires_at


def is_closure_drawn(scene: Scene, closure: ClosureView) -> bool:
    """Whether the mark of a closure lies on the sheet."""
    line = scene.lines.get(closure.segment_id)
    rim_mm = marks.MARK_MM * scene.sheet.scale
    return line is not None and is_on_sheet(
        scene, *strokes.place(line, closure.fraction), rim_mm=rim_mm
    )


def is_on_sheet(scene: Scene, x: float, y: float, *, rim_mm: float = 0.0) -> bool:
    """Whether a place lies within the map: a sheet on the extent of its trips leaves others out."""
    frame = scene.project.frame
    return (
        frame.left + rim_mm < x < frame.right - rim_mm
        and frame.top + rim_mm < y < frame.bottom - rim_mm
    )


def has_default_mark(segment: SegmentView) -> bool:
    """Whether a state without report has its mark: where exposure is drawn, no fill shows the state."""
    is_bad = segment.state in {"closed", "conflicting"} or (
        segment.state == "unknown" and not segment.title  # of streets, nearly all are unknown
    )
    return is_bad and not segment.is_state_reported and segment.exposure_class is not None


def is_drawn(crossing: CrossingView) -> bool:
    """Whether a crossing has its mark: a ferry always, others when a report or a limit is known."""
    has_report = crossing.reported_at is not None and crossing.state != "unknown"
    return crossing.kind == "ferry" or has_report or crossing.capacity_t is not None


def _draw_crossing(scene: Scene, crossing: CrossingView) -> None:
    if crossing.segment_id not in scene.lines:
        return
    if crossing.is_place_known:
        x, y = strokes.place(scene.lines[crossing.segment_id], crossing.fraction)
    else:
        x, y = _slide(scene, crossing.segment_id, (crossing.fraction, *SLIDES))
    if not is_on_sheet(scene, x, y):
        return
    marks.draw_crossing(scene.sheet, x, y, crossing.kind, crossing.state)
    _block(scene, x, y)
    name = crossing.name[scene.lang]
    if crossing.capacity_t is not None:
        name = f"{name} {said_tonnes(crossing.capacity_t)[scene.lang]} t"
    if scene.is_large:
        face = scene.sheet.face(CROSSING_PT, is_italic=True, color=tokens.SECOND)
        reach = marks.MARK_MM * scene.sheet.scale
        scene.labels.append(Label(text=name, x=x, y=y, face=face, rank=4.0, reach_mm=reach))


def _slide(
    scene: Scene, segment_id: str, fractions: Iterable[float], *, half_mm: float = marks.MARK_MM
) -> tuple[float, float]:
    """Place on a segment, or beside it, where the mark covers no other; the first of taste else."""
    line, k = scene.lines[segment_id], scene.sheet.scale
    tried = list(fractions)
    spots = [strokes.place(line, fraction) for fraction in tried]
    for side in (1.6, -1.6):
        lane = strokes.beside(line, side * half_mm * k)
        spots += [strokes.place(lane, fraction) for fraction in tried]
    free = (spot for spot in spots if scene.raster.is_free(box_about(*spot, half_mm * k)))
    return next(free, spots[0])


def _block(scene: Scene, x: float, y: float, *, half_mm: float = marks.MARK_MM) -> None:
    scene.raster.block(box_about(x, y, half_mm * scene.sheet.scale))


def draw_incidents(scene: Scene) -> None:
    """Draw recorded incidents where the sheet is large enough; on a small one exposure speaks for them."""
    if not scene.is_large:
        return
    for incident in scene.product.incidents:
        if not incident.is_ordnance:
            ((x, y),) = scene.project([(incident.lon, incident.lat)])
            marks.draw_incident(scene.sheet, x, y, is_precise=incident.is_precise)


# ---------------------------------------------------------------- towns


def draw_towns(scene: Scene) -> None:
    """Draw all towns and ask for their names."""
    ends = _ends(scene)
    for place in scene.product.places:
        ((x, y),) = scene.project([(place.lon, place.lat)])
        if not is_on_sheet(scene, x, y):
            continue
        marks.draw_town(scene.sheet, x, y, place.role)
        half = (1.4 if place.role in {"capital", "cell"} else 0.95) * scene.sheet.scale
        scene.raster.block(box_about(x, y, half))
        scene.labels.append(_town_label(scene, place, x, y, is_end=place.place_id in ends))


def _town_label(scene: Scene, place: PlaceView, x: float, y: float, *, is_end: bool) -> Label:
    is_cell = place.role in {"capital", "cell"}
    size = CELL_PT + 0.8 if place.role == "capital" else CELL_PT if is_cell else TOWN_PT
    if not is_cell and place.role in {"border", "foreign"}:
        size -= 0.5
    return Label(
        text=place.name,
        x=x,
        y=y,
        face=scene.sheet.face(size, is_bold=is_cell, color="#000000" if is_cell else "#222222"),
        rank=0.0 if is_cell else 1.0 if is_end else 2.0 if place.role == "contact" else 3.0,
        is_needed=is_cell or is_end,
        reach_mm=0.6 * scene.sheet.scale if is_cell else 0.0,
    )


def _ends(scene: Scene) -> set[str]:
    """Ends of movements, patrols, operations, corridors and closures: names that a reader will look for."""
    keys = {key for patrol in scene.product.patrols for key, _, _ in patrol.stretches}
    keys |= {key for one in scene.product.operations for key, _, _ in one.stretches}
    keys |= {
        stretch.segment_id for corridor in scene.product.corridors for stretch in corridor.stretches
    }
    keys |= {closure.segment_id for closure in scene.product.closures}
    ends = {end for m, _ in drawn_movements(scene) for end in (m.origin, m.destination)}
    for segment in scene.product.segments:
        if segment.segment_id in keys:
            ends |= {segment.start, segment.end}
    return ends


# ---------------------------------------------------------------- road numbers and countries


def draw_shields(scene: Scene) -> None:
    """Draw numbers of national roads where a free place is left, each at most twice."""
    sheet, seen = scene.sheet, dict[str, int]()
    longest_first = sorted(scene.product.segments, key=lambda s: (-s.km_mid, s.segment_id))
    face = sheet.face(6.0)
    for segment in longest_first:
        number = segment.route_ref.split("/")[0]
        is_numbered = is_main(segment) and bool(number) if segment.title else number[:2] == "RN"
        if not is_numbered or seen.get(number, 0) >= (2 if scene.is_large else 1):
            continue
        half = text_width_mm(number, face) / 2 + 0.8 * sheet.scale
        for fraction in (0.5, 0.35, 0.65, 0.25, 0.75):
            x, y = strokes.place(scene.lines[segment.segment_id], fraction)
            box = box_about(x, y, half, 1.5 * sheet.scale)
            if scene.raster.is_free(box):
                scene.raster.block(box)
                seen[number] = seen.get(number, 0) + 1
                sheet.box(box, fill=tokens.PAPER, edge=tokens.INK, width_pt=0.6, z=5)
                sheet.write(number, x, y, face, align="center", z=5.1)
                break


def write_countries(scene: Scene, neighbours: Iterable[Mapping[str, Any]]) -> None:
    """Write the names of neighbours where they are free of everything else, else not at all."""
    from shapely import Point, Polygon, prepare

    sheet = scene.sheet
    face = sheet.face(9.5, color=tokens.COUNTRY_NAME)
    frame = scene.project.frame
    for neighbour in neighbours:
        name = str(neighbour[f"name_{scene.lang}"]).upper()
        rings = [Polygon(scene.project(ring)) for ring in neighbour["rings"]]
        land = max(rings, key=lambda ring: ring.area)
        prepare(land)
        ((home_x, home_y),) = scene.project([neighbour["label"]])
        half, high = text_width_mm(name, face) / 2 + 1.0, face.size_mm * 0.7
        spots = [
            (abs(x - home_x) + abs(y - home_y), x, y)
            for x in _steps(frame.left, frame.right)
            for y in _steps(frame.top, frame.bottom)
        ]
        for _, x, y in sorted(spots):
            box = Box(left=x - half, right=x + half, top=y - high, bottom=y + high)
            corners = ((box.left, y), (x, y), (box.right, y))
            if not box.is_within(frame, slack_mm=-1.0) or not scene.raster.is_free(box):
                continue
            if scene.raster.soft_cost(box) < 4 and all(land.contains(Point(c)) for c in corners):
                sheet.write(name, x, y, face, align="center", z=1.5)
                scene.raster.block(box)
                break


def _steps(start: float, end: float) -> list[float]:
    return [start + 4.0 * i for i in range(int((end - start) / 4.0))]
