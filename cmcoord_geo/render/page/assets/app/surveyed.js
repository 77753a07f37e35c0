// What differs where the roads were surveyed: the view goes as near as streets, lesser ones are thin.

const NEAREST = 17; // zoom
const ROAD_NEAR = 15;
const PLACE_NEAR = 14;
const CONFLICT_WIDE = 20; // pixels
const HEAD = 6.5; // pixels
const SHORTEST_SHARE = 0.1; // of an option
const LANE_BENDS = 2.5; // pixels
const ROOM_AROUND = 1.5; // of the network's extent on each side

function drawBase() {
  const base = data.base;
  const add = (layer) => layer.addTo(groups.base);
  const options = (extra) => ({renderer: renderers.base, interactive: false, ...extra});
  const lines = (list) => list.map((line) => decode(line, BASE_SCALE));
  const bounds = countryBounds();
  map.setMaxZoom(NEAREST);
  map.setMaxBounds(bounds.pad(ROOM_AROUND));
  map.getContainer().style.background = base.land.length ? '' : COLOURS.land;
  if (!base.land.length) return;
  for (const neighbour of base.neighbours) {
    const rings = lines(neighbour.rings);
    add(L.polygon(rings, options({stroke: false, fillColor: COLOURS.abroad, fillOpacity: 1})));
    add(L.polyline(rings.flatMap((ring) => withoutFrame(ring)), options({color: '#c4bdae', weight: 1})));
  }
  const land = lines(base.land);
  add(L.polygon(land, options({color: COLOURS.band, weight: 7, opacity: 0.55, fillColor: COLOURS.land, fillOpacity: 1})));
  add(L.polygon(lines(base.lakes), options({stroke: false, fillColor: COLOURS.water, fillOpacity: 1})));
  for (const river of base.rivers) {
    add(L.polyline(lines(river.lines), options({color: COLOURS.water, weight: [0, 2.4, 1.5, 1][river.rank] || 1, opacity: 0.9})));
  }
  L.polyline(lines(base.prefectureLines), options({color: COLOURS.prefecture, weight: 1, dashArray: '1 3'})).addTo(groups.prefectures);
  add(L.polygon(land, options({fill: false, color: COLOURS.border, weight: 1.4, dashArray: '9 3 2 3'})));
}

function showPoint(latlng, zoom) {
  map.setView(latlng, Math.max(zoom, PLACE_NEAR), QUIET);
}

function showSelected() {
  if (!state.selected) {
    showCountry();
    return;
  }
  const {kind, id} = state.selected;
  if (kind === 'movement') {
    const movement = movementOf(id);
    const roads = movement.options.flatMap((option) => option.legs.map((leg) => leg.segment));
    showBounds(roads.length ? boundsOfRoads(roads).pad(0.06) : endsOf(movement).pad(0.3));
  } else if (kind === 'place') {
    const place = places.get(id);
    showPoint([place.lat, place.lon], PLACE_NEAR);
  } else {
    const bounds = boundsOfRoads(roadsOfSelected());
    showBounds(bounds.pad(0.5));
    if (map.getZoom() > ROAD_NEAR) map.setView(bounds.getCenter(), ROAD_NEAR, QUIET);
  }
}

// Lesser roads are thin, so that what is known stands out among many streets.
function roadFill(segment) {
  const isMain = segment.roadClass === 'national';
  if (hasExposure()) {
    if (!state.shown.exposure) return STATE_FILL.open;
    return segment.exposure === 0 && !isMain ? EXPOSURE.lesser : EXPOSURE[segment.exposure];
  }
  const known = roadState(segment);
  if (!segment.isReported && isMain && SEASON_FILL[known]) return SEASON_FILL[known];
  if (known === 'closed' && !segment.isReported) return CLOSED_BY_SEASON;
  if (known === 'unknown' && !isMain) return EXPOSURE.lesser;
  return STATE_FILL[known] || STATE_FILL.unknown;
}

function drawRoad(segment, isFocused) {
  const points = roadLine(segment.id);
  const style = roadFill(segment);
  const strength = isFocused ? 1 : 0.4;
  if (style.lineCap !== 'round') {
    const casing = casingOf(segment);
    line('roads', 'roads', points, {color: isFocused ? casing.color : FADED, weight: (style.weight + casing.wider) * scale});
  }
  const drawn = line('roads', 'exposure', points, {...style, weight: style.weight * scale, opacity: strength});
  if (style.gaps) line('roads', 'exposure', points, {color: '#fff', ...style.gaps, weight: style.gaps.weight * scale, opacity: isFocused ? 0.95 : 0.6});
  drawHatch(segment, points, style.weight + casingOf(segment).wider, strength);
  room.discourage(points, 1);
  addTouchLine(segment, points);
  return map.hasLayer(drawn);
}

// One line for a whole option: pieces of streets, each moved sideways, would leave gaps between them.
function drawOption(option, {dashArray, weight, lane = null}) {
  const claimed = lane === null ? Math.max(...option.legs.map((leg) => claimLane(leg.segment))) : lane;
  for (const leg of option.legs) leg.lane = claimed;
  const rows = withoutReturn(option.legs.map(legLine)).map((row) => beside(simpler(row), claimed * scale));
  for (const points of rows) line('movements', 'movements', points, {color: '#fff', weight: (weight + 2.2) * scale, opacity: 0.95});
  for (const points of rows) {
    line('movements', 'movements', points, {color: COLOURS.movement, weight: weight * scale, dashArray});
    room.discourage(points, 2);
  }
  drawHead(rows[rows.length - 1]);
}

// Lines joined into rows, none of which ends twice at one spot: a lane beside a line that comes back would fold.
function withoutReturn(lines) {
  const rows = [];
  let met = new Set();
  for (const points of lines) {
    const end = String(points[points.length - 1]);
    if (!rows.length || met.has(end)) {
      rows.push([]);
      met = new Set([String(points[0])]);
    }
    rows[rows.length - 1].push(...points);
    met.add(end);
  }
  return rows;
}

// Arrow head at the end of a line.
function drawHead(points) {
  const end = map.latLngToLayerPoint(points[points.length - 1]);
  const before = points.map((point) => map.latLngToLayerPoint(point)).reverse().find((point) => point.distanceTo(end) > HEAD) || end;
  const length = end.distanceTo(before) || 1;
  const along = {x: (end.x - before.x) / length, y: (end.y - before.y) / length};
  const corner = (ahead, aside) => map.layerPointToLatLng([end.x + (along.x * ahead - along.y * aside) * HEAD * scale, end.y + (along.y * ahead + along.x * aside) * HEAD * scale]);
  area('movements', 'movements', [corner(0.6, 0), corner(-0.9, 0.95), corner(-0.9, -0.95)], {color: '#fff', weight: 1.2, fillColor: COLOURS.movement, fillOpacity: 1});
}

const legLine = (leg) => (leg.isForward ? roadLine(leg.segment) : [...roadLine(leg.segment)].reverse());

// Bends that are smaller than the shift sideways would turn inside out.
const simpler = (points) => L.LineUtil.simplify(points.map((point) => map.project(point)), LANE_BENDS * scale).map((point) => map.unproject(point));

function drawPatrolLine(group, pane, patrol, stretch, {wider, opacity}) {
  const points = beside(simpler(roadPart(stretch.segment, stretch.from, stretch.to)), PATROL_LANE * scale);
  const weight = (5.2 + wider) * scale;
  const isOffered = patrol.state !== 'confirmed';
  line(group, pane, points, {color: COLOURS.patrol, weight, opacity, dashArray: isOffered ? OFFERED_DASH : null});
  if (isOffered) line(group, pane, points, {color: '#fff', weight: weight * 0.42, opacity, dashArray: OFFERED_DASH});
  room.discourage(points, 2);
}

// Where a movement may be, in one line too.
function drawPosition(option, slow, fast) {
  const least = Math.min(SHORTEST_POSITION_KM, lengthOf(option) * SHORTEST_SHARE);
  const low = Math.max(0, Math.min(slow, lengthOf(option) - least));
  const ordered = ({segment, from, to}) => (from <= to ? roadPart(segment, from, to) : roadPart(segment, from, to).reverse());
  const parts = partsBetween(option, low, Math.max(fast, low + least));
  const points = beside(simpler(parts.flatMap(ordered)), (option.legs[0].lane || LANE_FIRST) * scale);
  const round = {lineCap: 'round'};
  line('now', 'now', points, {color: '#fff', weight: 12 * scale, ...round});
  line('now', 'now', points, {color: COLOURS.movementDark, weight: 9 * scale, ...round});
  line('now', 'now', points, {color: COLOURS.movementPale, weight: 3 * scale, ...round});
}

// A meeting may take place on many roads in a row: its sleeve runs along all of them.
function drawConflicts() {
  if (!state.shown.conflicts) return;
  const chosen = selectedConflict();
  const movement = selectedMovement();
  drawEach('conflicts', data.conflicts, (conflict) => {
    if ((chosen && conflict !== chosen) || (movement && conflict.movement !== movement.mark) || isOtherDay('conflict', conflict)) return false;
    for (const part of [conflict, ...(conflict.more || [])]) {
      line('conflicts', 'conflicts', roadPart(part.segment, part.from, part.to), {color: '#000', weight: CONFLICT_WIDE * scale, opacity: conflict === chosen ? 0.5 : 0.28});
    }
    return true;
  });
}

function whyFacts(segment) {
  const known = roadState(segment);
  const found = [[text('state'), [text(`state.${known}`), ' · ', text(segment.isReported ? 'why.reported' : 'why.default')]]];
  const here = data.crossings.filter((crossing) => crossing.segment === segment.id);
  if (here.length) found.push([text('crossing'), here.map((crossing) => element('div', {class: 'passage'}, crossingBadge(crossing), crossingTitle(crossing)))]);
  if (segment.exposure === null) return found;
  found.push([text('exposure'), [swatch(`exposure-${segment.exposure}`), ' ', text(`exposure.${segment.exposure}`)]]);
  found.push([text('why.records'), whyRecords(segment)]);
  if (segment.ordnance) found.push([text('layer.ordnance'), text('why.ordnance', {n: segment.ordnance, when: segment.lastOrdnance === null ? '?' : dateText(segment.lastOrdnance)})]);
  return found;
}

// Names of roads instead of their km: there are many, and they are short.
function drawKilometres(pane) {
  const seen = new Set();
  const longest = [...data.segments].sort((a, b) => b.kmMid - a.kmMid);
  for (const segment of longest) {
    if (seen.has(segment.ref) || !isNamed(segment)) continue;
    const written = writeName(pane, shorten(segment.ref), 'name km', pointAt(segment.id, 0.5), {
      font: `500 10.5px ${FONT}`, limit: 12, reach: 5, height: 12,
    });
    if (written) seen.add(segment.ref);
  }
}

const isNamed = (segment) => !/^[a-z_]+$/.test(segment.ref); // else its class stands in for a name

EXPOSURE.lesser = {color: COLOURS.unknown, weight: 1.3, dashArray: '0.1 3.2', lineCap: 'round'};
ALL_LAYERS.find((layer) => layer.id === 'prefectures').is = () => data.base.prefectures.length > 0;
