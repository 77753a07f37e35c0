// What differs where the roads were surveyed: the view goes as near as streets, main roads come from classes.

const MAIN = ['motorway', 'trunk', 'primary'];
const NEAREST = 17; // zoom
const ROAD_NEAR = 15;
const PLACE_NEAR = 14;
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

const isNamed = (segment) => segment.ref !== segment.roadClass;

function roadRows() {
  const isMain = (segment) => MAIN.includes(segment.roadClass);
  const rows = [['national', isMain], ['regional', (segment) => !isMain(segment)]].map(([kind, test]) =>
    plainRow(swatch(kind), text(`road.${kind}`), data.segments.filter(test).length));
  if (!hasExposure()) {
    for (const known of ['open', 'restricted', 'closed', 'unknown']) rows.push(plainRow(swatch(`state-${known}`), text(`state.${known}`), data.segments.filter((segment) => roadState(segment) === known).length));
  }
  return rows;
}

for (const name of MAIN) CASING[name] = CASING.national;
