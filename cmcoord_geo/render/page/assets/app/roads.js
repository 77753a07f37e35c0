// Roads with their exposure or state, the break mark of a schematic road, explosive ordnance, incidents, places.

const BREAK_AT = 0.42; // share of the way at which // stands, clear of crossings whose place is unknown
const SHORTEST_WITH_BREAK = 34; // pixels
const ORDNANCE_KM = 30; // a record so near may be what a road is reported for
const FADED = '#d3ccbf'; // casing of a road out of focus

function drawRoads() {
  const focus = focusedRoads();
  drawEach('segments', data.segments, (segment) => drawRoad(segment, focus === null || focus.has(segment.id)));
}

function drawRoad(segment, isFocused) {
  const points = roadLine(segment.id);
  const style = roadFill(segment);
  const casing = casingOf(segment);
  const strength = isFocused ? 1 : 0.4;
  if (style !== EXPOSURE[0]) {
    line('roads', 'roads', points, {color: '#fff', weight: (style.weight + casing.wider + 2) * scale, opacity: 0.9});
    line('roads', 'roads', points, {color: isFocused ? casing.color : FADED, weight: (style.weight + casing.wider) * scale});
  }
  if (!isFocused) line('roads', 'exposure', points, {color: '#fff', weight: style.weight * scale});
  const drawn = line('roads', 'exposure', points, {...style, weight: style.weight * scale, opacity: strength});
  if (style.gaps) line('roads', 'exposure', points, {color: '#fff', ...style.gaps, weight: style.gaps.weight * scale, opacity: isFocused ? 0.95 : 0.6});
  drawHatch(segment, points, style.weight + casing.wider, strength);
  if (segment.isSchematic) drawBreakMark(segment, strength);
  room.discourage(points, 1);
  addTouchLine(segment, points);
  return map.hasLayer(drawn);
}

function roadFill(segment) {
  if (hasExposure()) return state.shown.exposure ? EXPOSURE[segment.exposure] : STATE_FILL.open;
  const known = roadState(segment);
  if (!segment.isReported && SEASON_FILL[known]) return SEASON_FILL[known];
  return STATE_FILL[known] || STATE_FILL.unknown;
}

// A road whose last report is stale: its state is unknown, what is drawn is the default of the season.
function drawHatch(segment, points, width, opacity) {
  if (segment.staleAt === null) return;
  line('roads', 'exposure', points, {...HATCH, weight: (width + HATCH_WIDER) * scale, opacity});
}

// Two short strokes across the road: drawn from town to town, not along its true course.
function drawBreakMark(segment, opacity) {
  const ends = [0, 1].map((share) => map.latLngToLayerPoint(pointAt(segment.id, share)));
  if (ends[0].distanceTo(ends[1]) < SHORTEST_WITH_BREAK) return;
  const here = map.latLngToLayerPoint(pointAt(segment.id, BREAK_AT));
  const ahead = map.latLngToLayerPoint(pointAt(segment.id, BREAK_AT + 0.05));
  const length = ahead.distanceTo(here) || 1;
  const along = {x: (ahead.x - here.x) / length, y: (ahead.y - here.y) / length};
  const reach = 5.5 * scale;
  const strokes = [-2.2, 2.2].map((shift) =>
    [-1, 1].map((end) =>
      map.layerPointToLatLng([
        here.x + along.x * (shift + end * 1.6) - along.y * reach * end,
        here.y + along.y * (shift + end * 1.6) + along.x * reach * end,
      ]),
    ),
  );
  line('roads', 'exposure', strokes, {color: '#fff', weight: 3, opacity});
  line('roads', 'exposure', strokes, {color: '#4a453c', weight: 1.2, opacity});
}

// A wide invisible line that answers to the finger.
function addTouchLine(segment, points) {
  const touch = line('touch', 'touch', points, {weight: 18, opacity: 0, interactive: true, className: 'touch'});
  touch.on('click', () => select('segment', segment.id));
  touch.bindTooltip(() => roadTooltip(segment), {sticky: true});
}

function roadTooltip(segment) {
  return element(
    'div',
    {},
    element('b', {}, [...new Set([segment.ref.split('/')[0], segmentName(segment.id)])].join(' · ')),
    element('div', {}, `${wholeRange(segment.km)} km · ${text(`state.${roadState(segment)}`)}`),
    segment.staleAt === null ? null : element('div', {}, text('why.stale', {when: dateText(segment.staleAt)})),
    segment.exposure === null ? null : element('div', {}, `${text('exposure')} ${text(`exposure.${segment.exposure}`)}`),
    segment.ordnance ? element('div', {}, ordnanceMark(), ' ', text('layer.ordnance')) : null,
    element('div', {class: 'more'}, text('why.open')),
  );
}

const ordnanceRecords = () => data.incidents.filter((incident) => incident.isOrdnance);

// One triangle for each record, where it was reported. Which roads it touches stands in their "why".
function drawOrdnance() {
  if (!state.shown.ordnance) return;
  drawEach('ordnance', ordnanceRecords(), ({lat, lon}) => drawTriangle(L.latLng(lat, lon)));
  attemptEach(data.segments.filter(isWithoutRecord), (segment) => drawTriangle(pointAt(segment.id, 0.6)));
}

// A road reported with ordnance, by a record that is not on the page.
const isWithoutRecord = (segment) =>
  segment.ordnance && !ordnanceRecords().some((incident) => kmFromLine(incident, roadLine(segment.id)) <= ORDNANCE_KM);

function drawTriangle(where) {
  const {x, y} = room.point(where);
  fixedMark(where, ordnanceMark());
  const half = isSmall ? 9 : 12;
  const box = [x - half, y - half + 1, x + half, y + half - 1];
  room.block(box);
  badgeBoxes.push(box);
}

function drawIncidents() {
  if (!state.shown.incidents) return;
  drawEach('incidents', data.incidents.filter((incident) => !incident.isOrdnance), (incident) =>
    L.circleMarker([incident.lat, incident.lon], {
      renderer: renderers.points,
      interactive: false,
      radius: incident.isPrecise ? 3.4 : 5,
      color: incident.isPrecise ? '#fff' : INK,
      weight: 1,
      dashArray: incident.isPrecise ? null : '2 2',
      fillColor: INK,
      fillOpacity: incident.isPrecise ? 1 : 0.08,
    }).addTo(groups.incidents),
  );
}

// ---- places

const PLACE_STYLE = {
  capital: {radius: 6, fillColor: INK, color: '#fff', weight: 1.6},
  cell: {radius: 4.8, fillColor: INK, color: '#fff', weight: 1.5},
  contact: {radius: 4.2, fillColor: '#fff', color: INK, weight: 2.2},
  town: {radius: 2.8, fillColor: '#fff', color: INK, weight: 1.2},
};

function drawPlaces() {
  drawEach('places', data.places, (place) => {
    const style = PLACE_STYLE[place.role] || PLACE_STYLE.town;
    const dot = L.circleMarker([place.lat, place.lon], {
      renderer: renderers.points,
      interactive: false,
      ...style,
      radius: style.radius * Math.min(1.15, scale),
      fillOpacity: 1,
    }).addTo(groups.points);
    const {x, y} = room.point(dot.getLatLng());
    room.block([x - style.radius, y - style.radius, x + style.radius, y + style.radius]);
  });
}
