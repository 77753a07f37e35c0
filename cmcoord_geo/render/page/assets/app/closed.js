// Closed and restricted stretches along their whole length, at the map's time.

const SIGN_EVERY = 22; // pixels between the signs along a closed stretch
const SIGN_REACH = 3.4;
const MARK_REACH = 20;
const BAR = [[[0, -2], [0, 2]]];
const STROKE = [[[-1, -1], [1, 1]]];
const CROSS = [...STROKE, [[-1, 1], [1, -1]]];

// A closed or restricted stretch along its whole length: a sign every so often, a bar at each end.
// Of a road that the page does not hold there is nothing to draw; that its mark is missing, the page says.
function drawClosedStretches() {
  if (!state.shown.closures) return;
  const focus = focusedRoads();
  attemptEach(data.closures.filter(isClosureCurrent), (closure) => {
    const parts = (closure.along || []).filter(([road]) => segments.has(road) && (focus === null || focus.has(road)));
    drawSigns(closure, parts.map((part) => roadPart(...part).map((at) => map.latLngToLayerPoint(at))));
  });
}

function drawSigns(closure, lines) {
  const mark = map.latLngToLayerPoint(pointAt(closure.segment, closure.at));
  const taken = [];
  const isFree = (at, away) => mark.distanceTo(at) >= MARK_REACH && taken.every((other) => other.distanceTo(at) >= away * scale);
  for (const {at, along} of endsOfLines(lines)) {
    if (!isFree(at, SIGN_EVERY * 0.45)) continue;
    taken.push(at);
    drawSign(at, along, BAR);
  }
  for (const points of lines) {
    for (const {at, along} of everyPixels(points, SIGN_EVERY * scale)) {
      if (!isFree(at, SIGN_EVERY * 0.45)) continue;
      taken.push(at);
      drawSign(at, along, closure.state === 'closed' ? CROSS : STROKE);
    }
  }
}

// Ends that no other line goes on from, with the direction of the road there.
function endsOfLines(lines) {
  const ends = lines.flatMap((points) => [points, [...points].reverse()]).map(([at, next]) => ({at, along: unit(at, next)}));
  return ends.filter(({at}) => ends.filter((other) => other.at.distanceTo(at) < 2).length === 1);
}

function unit(from, to) {
  const length = from.distanceTo(to) || 1;
  return {x: (to.x - from.x) / length, y: (to.y - from.y) / length};
}

function everyPixels(points, step) {
  const found = [];
  let left = step / 2;
  for (let i = 1; i < points.length; i += 1) {
    const length = points[i - 1].distanceTo(points[i]);
    const along = unit(points[i - 1], points[i]);
    for (; left <= length; left += step) found.push({at: L.point(points[i - 1].x + along.x * left, points[i - 1].y + along.y * left), along});
    left -= length;
  }
  return found;
}

// Strokes whose ends are counted along the road and across it.
function drawSign(at, along, strokes) {
  const reach = SIGN_REACH * scale;
  const spot = ([ahead, aside]) =>
    map.layerPointToLatLng([at.x + (along.x * ahead - along.y * aside) * reach, at.y + (along.y * ahead + along.x * aside) * reach]);
  const lines = strokes.map((ends) => ends.map(spot));
  line('now', 'exposure', lines, {color: '#fff', weight: 4.6 * scale});
  line('now', 'exposure', lines, {color: '#000', weight: 2 * scale});
}
