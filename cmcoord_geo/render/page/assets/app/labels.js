// Names on the map: each takes the free place that crosses the fewest lines, or is left out until one zooms in.

const FONT = '"Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, system-ui, sans-serif';
const NAME_STYLE = {
  chosen: {font: `700 14px ${FONT}`, limit: Infinity, reach: 8},
  capital: {font: `700 15px ${FONT}`, limit: Infinity, reach: 8},
  cell: {font: `600 13px ${FONT}`, limit: Infinity, reach: 8},
  contact: {font: `600 12px ${FONT}`, limit: Infinity, reach: 7},
  town: {font: `500 11.5px ${FONT}`, limit: 9, reach: 7},
};
const NAME_HEIGHT = 14;
const LONGEST_NAME = 60; // characters; the rest of a longer name stands in lists and in search
const RANKS = ['capital', 'cell', 'contact', 'town', 'border', 'foreign'];
const ZOOM_OF_KM = 7.75;

function drawNames(round) {
  const pane = map.getPane('names');
  if (round === 'first') pane.replaceChildren();
  const chosen = chosenPlaces();
  const isFirst = (place) => chosen.has(place.id) || place.role === 'capital' || place.role === 'cell';
  const order = [...data.places].sort((a, b) => chosen.has(b.id) - chosen.has(a.id) || RANKS.indexOf(a.role) - RANKS.indexOf(b.role));
  for (const place of order) {
    if (isFirst(place) === (round === 'first')) drawPlaceName(pane, place, chosen.has(place.id));
  }
  if (round === 'first') return;
  drawCountryNames(pane);
  if (state.shown.prefectures) drawPrefectureNames(pane);
  drawRiverNames(pane);
  if (map.getZoom() >= ZOOM_OF_KM) drawKilometres(pane);
}

// Places of the selected thing: named first and larger.
function chosenPlaces() {
  const movement = selectedMovement();
  if (movement) return new Set(movement.options.length ? shownOption(movement).via : [movement.from, movement.to]);
  if (!state.selected) return new Set();
  if (state.selected.kind === 'place') return new Set([state.selected.id]);
  return new Set(roadsOfSelected().flatMap((id) => [segments.get(id).from, segments.get(id).to]));
}

function drawPlaceName(pane, place, isChosen) {
  if (place.role === 'foreign' && !isChosen && map.getZoom() < 6.75) return;
  const role = NAME_STYLE[place.role] ? place.role : 'town';
  const style = isChosen ? NAME_STYLE.chosen : NAME_STYLE[role];
  const limit = role === 'town' && !isChosen ? style.limit + Math.max(0, map.getZoom() - 6.5) * 4 : style.limit;
  writeName(pane, shorten(place.name), `name ${isChosen ? 'chosen' : role}`, [place.lat, place.lon], {...style, limit});
}

const shorten = (name) => ([...name].length > LONGEST_NAME ? `${[...name].slice(0, LONGEST_NAME - 1).join('')}…` : name);

// Writes a name at the best of fourteen places around a point.
function writeName(pane, words, className, where, {font, limit, reach, spacing = 1, height = NAME_HEIGHT, onlyCentre = false}) {
  const {x, y} = room.point(L.latLng(where));
  const width = textWidth(words, font) * spacing + 3;
  const middle = y - height / 2;
  const around = [
    [x + reach, middle], [x - reach - width, middle],
    [x + reach - 1, y - height - reach + 5], [x + reach - 1, y + reach - 5],
    [x - reach - width + 1, y - height - reach + 5], [x - reach - width + 1, y + reach - 5],
    [x - width / 2, y - height - reach], [x - width / 2, y + reach],
    [x + reach + 12, middle], [x - reach - width - 12, middle],
    [x - width / 2, y + reach + 9], [x - width / 2, y - height - reach - 9],
    [x + reach + 8, y + reach + 4], [x + reach + 8, y - height - reach - 2],
  ];
  const spots = onlyCentre ? [[x - width / 2, middle]] : around;
  const box = room.best(spots.map(([left, top], i) => [left, top, width, height, i * 0.35]), limit);
  if (!box) return false;
  const label = element('div', {class: className}, element('bdi', {}, words));
  label.style.left = `${box[0]}px`;
  label.style.top = `${box[1]}px`;
  pane.append(label);
  return true;
}

function drawCountryNames(pane) {
  for (const ring of data.base.country) room.discourage(decode(ring, BASE_SCALE), 2);
  for (const neighbour of data.base.neighbours) {
    const [lon, lat] = neighbour.label;
    writeName(pane, say(neighbour.name).toUpperCase(), 'name country', [lat, lon], {
      font: `600 12px ${FONT}`, limit: 3, reach: 0, spacing: 1.28, height: 16, onlyCentre: true,
    });
  }
}

function drawPrefectureNames(pane) {
  for (const prefecture of data.base.prefectures) {
    if (data.places.some((place) => place.role === 'capital' && place.name === prefecture.name)) continue;
    const [lon, lat] = prefecture.label;
    writeName(pane, prefecture.name.toUpperCase(), 'name prefecture', [lat, lon], {
      font: `600 10px ${FONT}`, limit: 6, reach: 1, spacing: 1.14, height: 13,
    });
  }
}

function drawRiverNames(pane) {
  for (const river of data.base.rivers.filter((item) => item.name)) {
    const points = decode(river.lines.reduce((a, b) => (b.length > a.length ? b : a)), BASE_SCALE);
    for (const share of [0.5, 0.35, 0.65]) {
      const style = {font: 'italic 11px Georgia, "Liberation Serif", serif', limit: 3, reach: 2, height: 13};
      if (writeName(pane, river.name, 'name river', points[Math.floor(points.length * share)], style)) break;
    }
  }
}

function drawKilometres(pane) {
  for (const segment of data.segments) {
    writeName(pane, `≈ ${Math.round(segment.kmMid)} km`, 'name km', pointAt(segment.id, 0.5), {
      font: `500 10.5px ${FONT}`, limit: 12, reach: 12, height: 12,
    });
  }
}
