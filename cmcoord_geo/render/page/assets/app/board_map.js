// The map of the isolation board: roads by how many places hang on them.

let map = null;
let room = null; // Placement of the present view
const renderers = {};
const groups = {};
const GROUPS = ['base', 'prefectures', 'roads', 'touch', 'places', 'marks'];
const BOARD_PANES = ['base', 'roads', 'exposure', 'points', 'touch'];
const MANY_SEGMENTS = 1200; // beyond this, roads are drawn on a canvas
const WIDEST = 11; // pixels of a road on which many places hang
const QUIET = {animate: false};

// How a road looks by the worst that its loss does; width tells how many places feel it.
const WORST = {
  cut: {color: '#000000'},
  long: {color: '#E69F00', gaps: '2 5'},
  detour: {color: '#f2cf80'},
};

function openMap(leafletMap) {
  map = leafletMap;
  const isLarge = data.segments.length > MANY_SEGMENTS;
  for (const pane of BOARD_PANES) {
    const kind = isLarge && pane !== 'points' ? L.canvas : L.svg;
    renderers[pane] = kind({pane, padding: 0.4});
  }
  for (const name of GROUPS) groups[name] = L.layerGroup().addTo(map);
  map.setMinZoom(4.25);
  map.setMaxZoom(12);
  L.control.zoom({position: 'topright', zoomInTitle: '+', zoomOutTitle: '−'}).addTo(map);
  L.control.scale({imperial: false, position: 'bottomleft', maxWidth: 140}).addTo(map);
  map.on('moveend', drawMap);
}

const line = (group, pane, points, style) =>
  L.polyline(points, {renderer: renderers[pane], interactive: false, lineCap: 'butt', lineJoin: 'round', ...style}).addTo(groups[group]);

// ---- what hangs on what

// Kind of an effect: a word, or the hours of a detour, negative where it is long; cut by turns alone is cut too.
const kindOf = (effect) => (typeof effect === 'number' ? (effect < 0 ? 'long' : 'detour') : effect === 'byturn' ? 'cut' : effect);
const isHit = (effect) => ['cut', 'long', 'detour'].includes(kindOf(effect));
const effectsOf = (loss) => loss.effects[state.case];
const hitsOf = (loss) => data.targets.filter((_, i) => isHit(effectsOf(loss)[i]));
const lossOf = (mark) => data.losses.find((loss) => loss.mark === mark) || null;
const selectedLoss = () => (state.selected && state.selected.kind === 'loss' ? lossOf(state.selected.id) : null);
const selectedTarget = () => (state.selected && state.selected.kind === 'place' ? data.targets.find((target) => target.id === state.selected.id) || null : null);

// The worst effect of a loss, and how many places feel it; for a chosen place, on that place alone.
function weigh(loss) {
  const target = selectedTarget();
  const effects = target ? [effectsOf(loss)[data.targets.indexOf(target)]] : effectsOf(loss);
  const kinds = effects.map(kindOf);
  const worst = ['cut', 'long', 'detour'].find((kind) => kinds.includes(kind)) || null;
  return {worst, count: effects.filter(isHit).length};
}

// Segment to the heaviest loss that holds it.
function lossesBySegment() {
  const found = new Map();
  const order = ['detour', 'long', 'cut'];
  const heavier = (a, b) => order.indexOf(a.worst) - order.indexOf(b.worst) || a.count - b.count;
  for (const loss of data.losses) {
    const weight = {loss, ...weigh(loss)};
    if (weight.worst === null) continue;
    for (const id of loss.segments) {
      const other = found.get(id);
      if (!other || heavier(weight, other) > 0) found.set(id, weight);
    }
  }
  return found;
}

// ---- drawing

function drawMap() {
  for (const name of GROUPS) if (name !== 'base' && name !== 'prefectures') groups[name].clearLayers();
  room = new Placement();
  for (const id of ['key', 'chip', 'alarm', 'north']) room.blockElement(byId(id));
  for (const control of map.getContainer().querySelectorAll('.leaflet-control')) room.blockElement(control);
  const weights = lossesBySegment();
  const chosen = selectedLoss();
  const focus = chosen ? new Set(chosen.segments) : null;
  for (const segment of data.segments) drawRoad(segment, weights.get(segment.id) || null, focus === null || focus.has(segment.id));
  data.targets.forEach(drawTarget);
  drawStart();
  drawLossMarks();
  drawBoardNames();
  const root = document.documentElement.dataset;
  root.roads = String(weights.size);
  root.targets = String(data.targets.length);
}

const widthOf = (count) => Math.min(WIDEST, 3 + count);

function drawRoad(segment, weight, isFocused) {
  const points = roadLine(segment.id);
  room.discourage(points, weight ? 2 : 1);
  if (weight === null) {
    line('roads', 'roads', points, {color: COLOURS.road, weight: 1.1, opacity: isFocused ? 0.9 : 0.45});
    return;
  }
  const wide = widthOf(weight.count);
  const style = WORST[weight.worst];
  const opacity = isFocused ? 1 : 0.3;
  line('roads', 'roads', points, {color: '#fff', weight: wide + 4, opacity: 0.9});
  line('roads', 'roads', points, {color: '#000', weight: wide + 1.6, opacity});
  line('roads', 'exposure', points, {color: style.color, weight: wide, opacity});
  if (style.gaps) line('roads', 'exposure', points, {color: '#fff', weight: wide, dashArray: style.gaps, opacity});
  const touch = line('touch', 'touch', points, {weight: Math.max(18, wide + 8), opacity: 0, interactive: true, className: 'touch'});
  touch.on('click', () => select('loss', weight.loss.mark));
  touch.bindTooltip(() => element('div', {}, element('b', {}, `${weight.loss.mark} · ${say(weight.loss.title)}`), element('div', {}, hitText(weight.loss))), {sticky: true});
}

// One mark for each loss that is felt, where it lies.
function drawLossMarks() {
  map.getPane('badges').replaceChildren();
  const first = selectedLoss();
  for (const loss of [...data.losses].sort((a, b) => (b === first) - (a === first))) {
    if (weigh(loss).worst === null || !courses.has(loss.at)) continue;
    const {x, y} = room.point(pointAt(loss.at, loss.share));
    const wide = 8 + 8 * loss.mark.length;
    const box = room.best([[x - wide / 2, y - 9, wide, 18, 0], [x + 8, y - 20, wide, 18, 0.4], [x - wide - 8, y + 2, wide, 18, 0.4], [x + 8, y + 4, wide, 18, 0.5], [x - wide - 8, y - 22, wide, 18, 0.5], [x - wide / 2, y - 30, wide, 18, 0.6], [x - wide / 2, y + 14, wide, 18, 0.6]], Infinity);
    if (!box) continue;
    const isChosen = selectedLoss() === loss;
    const mark = element('div', {class: `lossmark${isChosen ? ' on' : ''}`}, loss.mark);
    mark.style.left = `${box[0]}px`;
    mark.style.top = `${box[1]}px`;
    mark.style.width = `${wide}px`;
    map.getPane('badges').append(mark);
  }
}

// Names of places first, then what else there is; km only where roads are drawn from town to town.
function drawBoardNames() {
  const pane = map.getPane('names');
  drawNames('first');
  for (const target of [data.start, ...data.targets]) {
    if (!places.has(target.id)) writeName(pane, shorten(target.name), 'name cell', [target.lat, target.lon], NAME_STYLE.cell);
  }
  if (data.frame.isSchematic) {
    drawNames('others');
    return;
  }
  for (const place of data.places) if (!['capital', 'cell'].includes(place.role)) drawPlaceName(pane, place, false);
  drawCountryNames(pane);
  drawRiverNames(pane);
}

// A place by what the chosen loss does to it: black = cut, hatched = long detour, else white.
function drawTarget(target, i) {
  const loss = selectedLoss();
  const kind = loss ? kindOf(effectsOf(loss)[i]) : 'none';
  const fill = {cut: '#000', long: WORST.long.color, detour: WORST.detour.color}[kind] || '#fff';
  const isAway = target.hours[state.case] === null;
  const spot = L.circleMarker([target.lat, target.lon], {
    renderer: renderers.points, radius: kind === 'none' ? 5.5 : 8, color: '#000', weight: 2, fillColor: isAway ? '#bbb' : fill, fillOpacity: 1,
    dashArray: target.isUnknown[state.case] ? '2 3' : null, interactive: false,
  }).addTo(groups.places);
  room.block(boxAbout([target.lat, target.lon], 9));
  const touch = L.circleMarker([target.lat, target.lon], {renderer: renderers.touch, radius: 16, opacity: 0, fillOpacity: 0, className: 'touch'}).addTo(groups.touch);
  touch.on('click', () => select('place', target.id));
  touch.bindTooltip(() => element('div', {}, element('b', {}, target.name), element('div', {}, reachText(target))));
  return spot;
}

function drawStart() {
  const here = [data.start.lat, data.start.lon];
  L.circleMarker(here, {renderer: renderers.points, radius: 9, color: '#000', weight: 3, fillColor: '#fff', fillOpacity: 1, interactive: false}).addTo(groups.places);
  L.circleMarker(here, {renderer: renderers.points, radius: 3.5, stroke: false, fillColor: '#000', fillOpacity: 1, interactive: false}).addTo(groups.places);
  room.block(boxAbout(here, 11));
}

function boxAbout(latlng, reach) {
  const {x, y} = room.point(L.latLng(latlng));
  return [x - reach, y - reach, x + reach, y + reach];
}

// ---- where the map looks

function boundsOfBoard() {
  const spots = [data.start, ...data.targets].map((place) => [place.lat, place.lon]);
  return L.latLngBounds(spots).pad(0.04);
}

// All places in view, and below the key where it would hide one.
function showAll() {
  map.fitBounds(boundsOfBoard(), {...QUIET, padding: isPhone() ? [14, 14] : [36, 36]});
  const key = byId('key').getBoundingClientRect();
  const frame = map.getContainer().getBoundingClientRect();
  const isHidden = (place) => {
    const {x, y} = map.latLngToContainerPoint([place.lat, place.lon]);
    const [left, top] = [frame.left + x, frame.top + y];
    return left > key.left && left < key.right && top > key.top && top < key.bottom;
  };
  if (isPhone() || ![data.start, ...data.targets].some(isHidden)) return;
  const under = key.bottom - frame.top + 20;
  if (under < frame.height / 2) map.fitBounds(boundsOfBoard(), {...QUIET, paddingTopLeft: [36, under], paddingBottomRight: [36, 36]});
}

const roadsOfSelected = () => (selectedLoss() ? selectedLoss().segments : []);

// The whole stays in view: what hangs on a road lies far from it. A place is brought into view.
function showSelected() {
  const target = state.selected && state.selected.kind === 'place' ? places.get(state.selected.id) || selectedTarget() : null;
  if (target && !map.getBounds().contains([target.lat, target.lon])) map.panTo([target.lat, target.lon], QUIET);
}
