// Badges and small drawings: the same mark on the map, in lists and in the legend.

const ferryLetter = () => text('ferry.letter');
const ordnanceLetters = () => text('ordnance.letters');

// badge('movement', 'H1'), badge('movement', 'H5', 'undecided'): the kinds are styled in style.css.
const badge = (kind, letters, ...modifiers) =>
  element('span', {class: ['badge', `badge-${kind}`, ...modifiers.filter(Boolean)].join(' ')}, letters);

const movementBadge = (movement) => badge('movement', movement.mark, isUndecided(movement) && 'undecided');
const movementsBadge = (group) => badge('movement', group.map(({mark}) => mark).join(' '), isUndecided(group[0]) && 'undecided');
const patrolBadge = (patrol) => badge('patrol', patrol.mark, patrol.state);
const conflictMark = (conflict) => (isUnsure(conflict) ? `${conflict.mark} ?` : conflict.mark);
const conflictBadge = (conflict, ...more) => badge('conflict', [conflictMark(conflict), ...more].join(' · '), conflict.answer);
const corridorBadge = (corridor, ...more) => badge('corridor', [corridor.mark, ...more].join(' · '));

const closureBadge = (closure) => {
  const isCurrent = isClosureCurrent(closure);
  return badge('closure', isCurrent ? closure.mark : `${closure.mark} ?`, isCurrent ? closure.state : 'expired');
};

// A ferry carries its letter when it runs or is out, else the sign of its state: no report may look like service.
const FERRY_SIGNS = {restricted: '!', conflicting: '≠', unknown: '?'};
const FERRY_STATES = ['running', 'restricted', 'conflicting', 'out', 'unknown'];
const ferryBadge = (known) => badge('ferry', FERRY_SIGNS[known] || ferryLetter(), known);

// Bridges carry a ")(", fords waves; reports that disagree are told by their sign.
const CROSSING_SIGNS = {bridge: ')(', ford: '≈', border: '‖', rain_barrier: '‖'};
const crossingBadge = (crossing) => {
  const known = crossingState(crossing);
  if (crossing.kind === 'ferry') return ferryBadge(known);
  return badge('crossing', known === 'conflicting' ? FERRY_SIGNS.conflicting : CROSSING_SIGNS[crossing.kind] || '?', known);
};

const optionBadge = (option, isOn) => badge('option', option.letter, isOn && 'on');

// Triangle with the letters EE (French) or EO (English).
function ordnanceMark() {
  return shape(
    'svg',
    {class: 'ordnance', width: 25, height: 22, viewBox: '0 0 25 22', 'aria-hidden': 'true'},
    shape('path', {d: 'M12.5 1.2 24 20.8H1z'}),
    shape('text', {x: 12.5, y: 18.4}, ordnanceLetters()),
  );
}

// ---- swatches of the legend

const swatchLine = (attributes) => shape('line', {x1: 1, x2: 37, y1: 9, y2: 9, fill: 'none', ...attributes});

function strokeOf(style) {
  return {
    stroke: style.color,
    'stroke-width': style.weight,
    'stroke-dasharray': style.dashArray || 'none',
    'stroke-linecap': style.lineCap || 'butt',
  };
}

function exposureSwatch(number) {
  const style = EXPOSURE[number];
  const lines = [swatchLine(strokeOf(style))];
  if (number > 0) lines.unshift(swatchLine({stroke: CASING.national.color, 'stroke-width': style.weight + CASING.national.wider}));
  if (style.gaps) lines.push(swatchLine(strokeOf({color: '#fff', ...style.gaps})));
  return lines;
}

const roadSwatch = (casing, fillStyle) => [
  swatchLine({stroke: casing.color, 'stroke-width': fillStyle.weight + casing.wider}),
  swatchLine(strokeOf(fillStyle)),
];

// A stretch between its bars, with the signs that stand along it.
const stretchSwatch = (signs) => [
  ...roadSwatch(CASING.national, STATE_FILL.open),
  shape('path', {d: `M5 2v14M33 2v14${signs}`, stroke: '#fff', 'stroke-width': 4, fill: 'none'}),
  shape('path', {d: `M5 2v14M33 2v14${signs}`, stroke: '#000', 'stroke-width': 1.8, fill: 'none'}),
];

const frameSwatch = (attributes) => [shape('rect', {x: 1, y: 2, width: 36, height: 14, fill: 'none', 'stroke-width': 1.8, ...attributes})];

const circleSwatch = (radius, attributes) => shape('circle', {cx: 19, cy: 9, r: radius, stroke: INK, ...attributes});

const SWATCHES = {
  movement: () => [
    swatchLine({stroke: COLOURS.movement, 'stroke-width': 3.6}),
    shape('path', {d: 'M23 2.5 33 9l-10 6.5z', fill: COLOURS.movement, stroke: '#fff'}),
  ],
  undecided: () => [swatchLine({stroke: COLOURS.movement, 'stroke-width': 3, 'stroke-dasharray': '2.5 3.5'})],
  position: () => [
    swatchLine({x1: 6, x2: 32, stroke: COLOURS.movementDark, 'stroke-width': 8, 'stroke-linecap': 'round'}),
    swatchLine({x1: 6, x2: 32, stroke: COLOURS.movementPale, 'stroke-width': 2.6, 'stroke-linecap': 'round'}),
  ],
  offered: () => [
    swatchLine({stroke: COLOURS.patrol, 'stroke-width': 5.4, 'stroke-dasharray': OFFERED_DASH}),
    swatchLine({stroke: '#fff', 'stroke-width': 2.2, 'stroke-dasharray': OFFERED_DASH}),
  ],
  confirmed: () => [swatchLine({stroke: COLOURS.patrol, 'stroke-width': 5.4})],
  patrols: () => [
    swatchLine({x2: 21, stroke: COLOURS.patrol, 'stroke-width': 5.4, 'stroke-dasharray': OFFERED_DASH}),
    swatchLine({x2: 21, stroke: '#fff', 'stroke-width': 2.2, 'stroke-dasharray': OFFERED_DASH}),
    swatchLine({x1: 24, stroke: COLOURS.patrol, 'stroke-width': 5.4}),
  ],
  corridor: () => [
    shape('rect', {x: 2, y: 3, width: 34, height: 12, fill: COLOURS.patrolPale}),
    shape('path', {d: 'M2 3h34M2 15h34', stroke: COLOURS.patrol, 'stroke-width': 1.8}),
    shape('path', {d: 'M2 2v14M36 2v14', stroke: COLOURS.patrol, 'stroke-width': 3}),
  ],
  conflict: () => frameSwatch({fill: '#0000000f', stroke: '#000'}),
  unsure: () => frameSwatch({stroke: '#000', 'stroke-dasharray': UNKNOWN_DASH}),
  operation: () => frameSwatch({fill: `${COLOURS.operation}1f`, stroke: COLOURS.operation, 'stroke-dasharray': OPERATION_DASH}),
  ordnance: () => [
    shape('path', {d: 'M19 1.5 28 16.5H10z', fill: '#fff', stroke: '#000', 'stroke-width': 1.6}),
  ],
  incidents: () => [8, 19, 30].map((x) => shape('circle', {cx: x, cy: 9, r: 3.4, fill: INK})),
  prefectures: () => [swatchLine({stroke: '#a1988a', 'stroke-width': 1.4, 'stroke-dasharray': '1 3'})],
  national: () => roadSwatch(CASING.national, STATE_FILL.open),
  regional: () => roadSwatch(CASING.regional, STATE_FILL.open),
  stale: () => [
    ...roadSwatch(CASING.national, SEASON_FILL.restricted),
    swatchLine({stroke: HATCH.color, 'stroke-width': 8, 'stroke-dasharray': HATCH.dashArray}),
  ],
  'stretch-closed': () => stretchSwatch('M11 6l6 6M11 12l6-6M21 6l6 6M21 12l6-6'),
  'stretch-restricted': () => stretchSwatch('M11 6l6 6M21 6l6 6'),
  schematic: () => [
    ...roadSwatch(CASING.national, STATE_FILL.open),
    shape('path', {d: 'M16 15l3-12M20 15l3-12', stroke: INK, 'stroke-width': 1.2}),
  ],
  areaclosure: () => areaSwatch('closure'),
  areacost: () => areaSwatch('cost'),
  cell: () => [circleSwatch(5.4, {fill: INK})],
  contact: () => [circleSwatch(4.4, {fill: '#fff', 'stroke-width': 2.2})],
  town: () => [circleSwatch(3, {fill: '#fff', 'stroke-width': 1.2})],
};

function swatch(kind) {
  const [name, number] = kind.split('-');
  let drawing;
  if (name === 'exposure') drawing = exposureSwatch(Number(number));
  else if (name === 'state') drawing = roadSwatch(CASING.national, STATE_FILL[number]);
  else if (name === 'season') drawing = roadSwatch(CASING.national, SEASON_FILL[number]);
  else drawing = SWATCHES[kind]();
  return shape('svg', {class: 'swatch', width: 38, height: 18, viewBox: '0 0 38 18', 'aria-hidden': 'true'}, drawing);
}
