// Areas to avoid: hatched and outlined under the roads. They are no state of a road, and say nothing of what lies outside.

const AREA_STEP = 8; // pixels between two strokes
const MOST_AREA_ROADS = 6;
const MOST_CORNERS = 12; // of an outline, tried for its name
const drawnAreas = () => data.areas.filter((area) => area.outline.length > 0 && area.until > data.frame.asOf); // what is past is only listed

function drawAreas() {
  if (!state.shown.areas) return;
  drawEach('areas', drawnAreas(), (item) => {
    const rings = item.outline.map((polygon) => polygon.map((ring) => decode(ring, ROAD_SCALE)));
    const border = {weight: 1.8, dashArray: item.effect === 'cost' ? '7 4' : null};
    area('areas', 'base', rings, {stroke: false, fillColor: `url(#area-${item.effect})`, fillOpacity: 0.8});
    area('areas', 'base', rings, {fill: false, color: '#fff', opacity: 0.9, weight: 4});
    area('areas', 'base', rings, {fill: false, color: COLOURS.area, ...border});
    return true;
  });
  addAreaPatterns();
}

// Strokes one way for a cost, both ways for a closure.
function addAreaPatterns() {
  const canvas = map.getPane('base').querySelector('svg');
  if (!canvas || canvas.querySelector('#area-cost')) return;
  const stroke = {stroke: COLOURS.area, 'stroke-width': 1.2};
  const middle = AREA_STEP / 2;
  const pattern = (effect, ...lines) =>
    shape('pattern', {id: `area-${effect}`, width: AREA_STEP, height: AREA_STEP, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)'}, lines);
  const along = () => shape('path', {d: `M${middle} 0v${AREA_STEP}`, ...stroke});
  canvas.prepend(shape('defs', {}, pattern('cost', along()), pattern('closure', along(), shape('path', {d: `M0 ${middle}h${AREA_STEP}`, ...stroke}))));
}

// Before the badges, which would leave no place: mark and name, else the mark alone, inside or at a corner.
function drawAreaNames() {
  if (!state.shown.areas) return;
  for (const item of drawnAreas()) {
    const corners = decode(item.outline[0][0], ROAD_SCALE).slice(0, MOST_CORNERS);
    const spots = [[item.label[1], item.label[0]], ...corners];
    const words = [shorten([item.mark, item.name].join(' ').trim()), item.mark];
    words.some((told) => spots.some((spot) => writeName(map.getPane('names'), told, 'name area', spot, {font: `700 12px ${FONT}`, limit: Infinity, reach: 2})));
  }
}

const areaEffect = (item) => (item.effect === 'closure' ? text('area.closes') : text('area.weighs', {n: say(item.perKm)}));

function areaRoads(item) {
  if (item.idle !== null) return say(item.idle);
  const told = item.roads.slice(0, MOST_AREA_ROADS).map(([name, km]) => `${say(name)} ${say(km)} km`);
  const left = item.roads.length - told.length;
  return [...told, left ? text('area.more', {n: left}) : null].filter(Boolean).join(', ');
}

const areaRow = (item) =>
  element(
    'li',
    {},
    badge('area', item.mark),
    element('span', {}, item.name ? element('b', {}, element('bdi', {}, item.name), ' · ') : null, areaEffect(item), ' · ', item.since === null ? null : `${text('area.since', {when: momentText(item.since)})} · `, text('area.until', {when: momentText(item.until)})),
    element('small', {}, areaRoads(item)),
    element('small', {}, item.movements.length > 1 && item.movements.length === data.movements.length ? text('area.all') : item.movements.join(', ')),
  );

const areaItems = () => element('ul', {class: 'arealist'}, data.areas.map(areaRow));

const areaList = () => (has('areas') ? [heading(text('area.title')), note(text('area.note')), areaItems()] : []);

// Rows of the key: only what is drawn.
const areaKeyRows = () =>
  ['closure', 'cost']
    .filter((effect) => state.shown.areas && drawnAreas().some((item) => item.effect === effect))
    .map((effect) => [swatch(`area${effect}`), text(`key.area${effect}`)]);

// The pattern may be missing in a list that stands alone: the strokes are drawn one by one.
function areaSwatch(effect) {
  const strokes = [6, 14, 22, 30].map((x) => `M${x - 4} 15l8-12`);
  if (effect === 'closure') strokes.push(...[6, 14, 22, 30].map((x) => `M${x - 4} 3l8 12`));
  return [
    shape('path', {d: strokes.join(''), stroke: COLOURS.area, 'stroke-width': 1}),
    shape('rect', {x: 1, y: 2, width: 36, height: 14, fill: 'none', stroke: COLOURS.area, 'stroke-width': 1.6, 'stroke-dasharray': effect === 'cost' ? '6 3' : 'none'}),
  ];
}
