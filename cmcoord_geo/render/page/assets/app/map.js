// The map: its layers, what is drawn when, and where it looks.

let map = null;
let room = null; // Placement of the present view
let scale = 1; // of lines and lanes at the present zoom
let isSmall = false; // whole country on a small map: marks shrink
const renderers = {};
const groups = {};
const GROUPS = ['base', 'prefectures', 'areas', 'roads', 'incidents', 'sleeves', 'patrols', 'movements', 'conflicts', 'touch', 'points', 'now', 'badges'];
const PANES = ['base', 'roads', 'exposure', 'sleeves', 'patrols', 'movements', 'conflicts', 'points', 'now', 'touch'];
const SMALL_BELOW = 6.1; // zoom
const MANY_SEGMENTS = 1200; // beyond this, roads are drawn on a canvas

// Counts what was drawn against what was given; a thing is drawn once, however many lines it takes.
const tally = {
  drawn: {},
  left: {},
  note(kind, item) {
    (this.drawn[kind] = this.drawn[kind] || new Set()).add(item);
  },
  leave(kind, item) {
    (this.left[kind] = this.left[kind] || new Set()).add(item);
  },
};

function openMap(leafletMap) {
  map = leafletMap;
  const isLarge = data.segments.length > MANY_SEGMENTS;
  for (const pane of PANES) {
    const kind = isLarge && ['roads', 'exposure', 'touch'].includes(pane) ? L.canvas : L.svg;
    renderers[pane] = kind({pane, padding: 0.4});
  }
  for (const name of GROUPS) groups[name] = L.layerGroup().addTo(map);
  map.setMinZoom(4.25);
  map.setMaxZoom(11);
  map.setMaxBounds(isPhone() ? [[-18, 4], [22, 38]] : [[-2, 8], [15.5, 33]]); // a phone's sheet hides the lower part
  map.zoomControl = L.control.zoom({position: 'topright', zoomInTitle: '+', zoomOutTitle: '−'}).addTo(map);
  L.control.scale({imperial: false, position: 'bottomleft', maxWidth: 140}).addTo(map);
  map.on('moveend', drawMap);
}

// Leaves the others drawn when one of them cannot be; the alarm then says so.
function drawEach(kind, list, draw) {
  attemptEach(list, (item) => {
    if (draw(item) === false) tally.leave(kind, item);
    else tally.note(kind, item);
  });
}

function attemptEach(list, draw) {
  for (const item of list) {
    try {
      draw(item);
    } catch (error) {
      console.error('not drawn', item.mark || item.id, error);
    }
  }
}

function line(group, pane, points, style) {
  return L.polyline(points, {
    renderer: renderers[pane],
    interactive: false,
    lineCap: 'butt',
    lineJoin: 'round',
    ...style,
  }).addTo(groups[group]);
}

function area(group, pane, points, style) {
  return L.polygon(points, {renderer: renderers[pane], interactive: false, ...style}).addTo(groups[group]);
}

function drawMap() {
  for (const name of GROUPS) if (name !== 'base' && name !== 'prefectures') groups[name].clearLayers();
  tally.drawn = {};
  tally.left = {};
  const zoom = map.getZoom();
  isSmall = zoom < SMALL_BELOW && !state.isPrinting;
  scale = isSmall ? 0.62 : Math.max(0.82, Math.min(1.5, 0.82 + (zoom - 6) * 0.22));
  map.getContainer().classList.toggle('small', isSmall);
  if (state.shown.prefectures) groups.prefectures.addTo(map);
  else groups.prefectures.remove();

  room = new Placement();
  badgeBoxes.length = 0;
  for (const id of ['key', 'chip', 'alarm', 'north']) room.blockElement(byId(id));
  for (const control of map.getContainer().querySelectorAll('.leaflet-control')) room.blockElement(control);

  drawAreas();
  drawRoads();
  drawPlaces();
  drawOrdnance();
  drawIncidents();
  drawCorridors();
  drawOperations();
  drawPatrols();
  drawMovements();
  drawConflicts();
  drawBadges();
  drawNow();
  checkDrawn();
}

// What depends on the map's time alone: drawn again at every step, while badges keep their places.
function drawNow() {
  groups.now.clearLayers();
  drawClosedStretches();
  drawActivePatrols();
  drawPositions();
  refreshBadges();
}

// ---- features in = features drawn

function expectedCounts() {
  const counts = {places: data.places.length, segments: data.segments.length};
  for (const layer of layersOfPage()) if (layer.count && layer.kind && state.shown[layer.id]) counts[layer.kind] = layer.count();
  return counts;
}

function checkDrawn() {
  const given = expectedCounts();
  const drawn = {};
  const left = {};
  for (const kind of Object.keys(given)) {
    drawn[kind] = (tally.drawn[kind] || new Set()).size;
    left[kind] = (tally.left[kind] || new Set()).size;
  }
  const missing = Object.keys(given).filter((kind) => drawn[kind] + left[kind] !== given[kind]);
  const root = document.documentElement.dataset;
  root.given = JSON.stringify(given);
  root.drawn = JSON.stringify(drawn);
  root.left = JSON.stringify(left);
  const alarm = byId('alarm');
  alarm.hidden = missing.length === 0;
  if (missing.length) fill(alarm, text('alarm', {what: missing.map((kind) => `${kind} ${drawn[kind]}/${given[kind]}`).join(', ')}));
}

// ---- where the map looks

const SHEET = 0.76;
const QUIET = {animate: false};

function padding() {
  if (isPhone()) return {paddingTopLeft: [16, isSheetOpen() ? 12 : 60], paddingBottomRight: [50, 30 + hiddenBySheet()]};
  return {paddingTopLeft: [40, 60], paddingBottomRight: [64, state.isKeyOpen ? byId('key').offsetHeight + 20 : 56]};
}

const isSheetOpen = () => byId('app').classList.contains('open');

// Pixels of the map that the open sheet of a phone covers; SHEET is its share of the screen (style.css).
function hiddenBySheet() {
  const bottom = byId('mapbox').getBoundingClientRect().bottom;
  return isSheetOpen() ? Math.max(0, bottom - window.innerHeight * (1 - SHEET)) : 0;
}

const showBounds = (bounds) => map.fitBounds(bounds, {...QUIET, ...padding()});

function showPoint(latlng, zoom) {
  map.setView(latlng, Math.max(zoom, 7), QUIET);
}

const showCountry = () => map.fitBounds(countryBounds(), {...QUIET, padding: isPhone() ? [4, 4] : [10, 10]});

const boundsOfRoads = (ids) => L.latLngBounds(ids.flatMap((id) => roadLine(id)));

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
    showPoint([place.lat, place.lon], 8);
  } else {
    showBounds(boundsOfRoads(roadsOfSelected()).pad(0.5));
    if (map.getZoom() > 8.25) map.setView(boundsOfRoads(roadsOfSelected()).getCenter(), 8.25, QUIET);
  }
}

const endsOf = (movement) => L.latLngBounds([movement.from, movement.to].map((id) => [places.get(id).lat, places.get(id).lon]));

// Roads that the selected thing lies on.
function roadsOfSelected() {
  const {kind, id} = state.selected;
  if (kind === 'segment') return [id];
  if (kind === 'patrol') return byMark(data.patrols, id).stretches.map((stretch) => stretch.segment);
  if (kind === 'operation') return byMark(data.operations, id).stretches.map((stretch) => stretch.segment);
  if (kind === 'corridor') return byMark(data.corridors, id).stretches.map((stretch) => stretch.segment);
  if (kind === 'conflict') return [byMark(data.conflicts, id).segment];
  if (kind === 'closure') return roadsOfClosure(byMark(data.closures, id));
  if (kind === 'crossing') return [data.crossings.find((crossing) => crossing.id === id).segment];
  return [];
}

// Roads in focus while something is selected; null when all are.
function focusedRoads() {
  const movement = selectedMovement();
  if (movement) return new Set(movement.options.flatMap((option) => option.legs.map((leg) => leg.segment)));
  if (state.selected && state.selected.kind !== 'place') return new Set(roadsOfSelected());
  return null;
}
