// Legend: every layer with its number and a switch; the short key over the map.

const ALL_LAYERS = [
  {id: 'movements', kind: 'movements', is: () => has('movements'), count: () => data.movements.length, mark: () => swatch('movement')},
  {id: 'patrols', kind: 'patrols', is: () => has('patrols'), count: () => data.patrols.length, mark: () => swatch('offered')},
  {id: 'corridors', kind: 'corridors', is: () => has('corridors'), count: () => data.corridors.length, mark: () => swatch('corridor')},
  {id: 'operations', kind: 'operations', is: () => has('operations'), count: () => data.operations.length, mark: () => swatch('operation')},
  {id: 'conflicts', kind: 'conflicts', is: () => has('conflicts'), count: () => data.conflicts.length, mark: () => swatch('conflict')},
  {id: 'exposure', is: hasExposureData, count: () => data.segments.length, mark: () => swatch('exposure-3')},
  {id: 'ordnance', kind: 'ordnance', is: () => data.ordnanceSaid !== undefined, count: () => ordnanceRecords().length, mark: () => swatch('ordnance'), said: () => data.ordnanceSaid},
  {id: 'closures', kind: 'closures', is: () => has('closures'), count: () => data.closures.length, mark: () => badge('closure', data.closures[0].mark)},
  {id: 'ferries', kind: 'ferries', is: () => ferries().length > 0, count: () => ferries().length, mark: () => ferryBadge('running')},
  {id: 'bridges', kind: 'bridges', is: () => bridges().length > 0, count: () => bridges().length, mark: () => badge('crossing', ')(')},
  {id: 'incidents', kind: 'incidents', is: () => has('incidents'), isOff: true, count: () => data.incidents.filter((incident) => !incident.isOrdnance).length, mark: () => swatch('incidents'), said: () => data.incidentsSaid},
  {id: 'areas', kind: 'areas', is: () => drawnAreas().length > 0, count: () => drawnAreas().length, mark: () => swatch(`area${drawnAreas()[0].effect}`)},
  {id: 'prefectures', is: () => true, count: () => data.base.prefectures.length, mark: () => swatch('prefectures'), said: () => data.frame.prefecturesNote},
];

function hasExposureData() {
  return hasExposure();
}

const layersOfPage = () => ALL_LAYERS.filter((layer) => layer.is());

function prepareLayers() {
  for (const layer of layersOfPage()) state.shown[layer.id] = !layer.isOff;
}

function showLayer(id, isShown) {
  state.shown[id] = isShown;
  drawKey();
  drawMap();
}

function layerSwitch(layer) {
  const said = layer.said ? layer.said() : null;
  const box = element('input', {type: 'checkbox', checked: state.shown[layer.id], 'data-layer': layer.id, on: {change: (event) => showLayer(layer.id, event.target.checked)}});
  return element(
    'li',
    {},
    element('label', {}, box, element('i', {}, layer.mark()), element('span', {}, text(`layer.${layer.id}`), said === null || said === undefined ? null : small(say(said))), element('b', {}, String(layer.count()))),
  );
}

const plainRow = (mark, words, count = null) =>
  element('li', {class: 'plainrow'}, element('i', {}, mark), element('span', {}, words), count === null ? null : element('b', {}, String(count)));

function detailRows(id) {
  const number = (list, test) => list.filter(test).length;
  if (id === 'movements') {
    return [plainRow(swatch('undecided'), text('legend.undecided'), number(data.movements, isUndecided)), plainRow(swatch('position'), text('legend.position'))];
  }
  if (id === 'patrols') {
    return ['offered', 'confirmed'].map((known) => plainRow(swatch(known), text(`patrol.${known}`), number(data.patrols, (patrol) => patrol.state === known)));
  }
  if (id === 'exposure') {
    return [1, 2, 3, 4, 0].map((grade) => plainRow(swatch(`exposure-${grade}`), text(`exposure.${grade}`), number(data.segments, (segment) => segment.exposure === grade)));
  }
  if (id === 'ferries') {
    return FERRY_STATES.map((known) => plainRow(ferryBadge(known), text(`crossing.${known}`), number(ferries(), (crossing) => crossingState(crossing) === known)));
  }
  return [];
}

function roadRows() {
  const rows = ['national', 'regional'].map((kind) => plainRow(swatch(kind), text(`road.${kind}`), data.segments.filter((segment) => (segment.roadClass === 'national') === (kind === 'national')).length));
  if (!hasExposure()) {
    for (const [kind, words, roads] of stateKinds()) rows.push(plainRow(swatch(kind), words, roads.length));
  }
  const stale = staleRoads();
  if (stale.length) rows.push(plainRow(swatch('stale'), text('key.stale'), stale.length));
  for (const kind of stretchStates()) rows.push(plainRow(swatch(`stretch-${kind}`), text(`key.stretch_${kind}`)));
  return rows;
}

const legendList = () => [
  heading(text('legend.layers')),
  element('ul', {class: 'legend'}, layersOfPage().map((layer) => [layerSwitch(layer), detailRows(layer.id)])),
  heading(text('legend.roads')),
  element('ul', {class: 'legend'}, roadRows(), data.frame.isSchematic ? plainRow(swatch('schematic'), text('chip.schematic')) : null),
  heading(text('legend.places')),
  element('ul', {class: 'legend'}, ['cell', 'contact', 'town'].map((role) => plainRow(swatch(role), text(`place.${role}`), data.places.filter((place) => styleRole(place) === role).length))),
  heading(text('sources')),
  element('ul', {class: 'plain'}, sourceTexts().map((words) => element('li', {}, words))),
];

const styleRole = (place) => ({capital: 'cell', cell: 'cell', contact: 'contact'})[place.role] || 'town';

// ---- the short key over the map

const staleRoads = () => data.segments.filter((segment) => segment.staleAt !== null);

// Swatch, words and roads of each state on the map: by a report, or by default of the season.
function stateKinds() {
  const kinds = [];
  for (const isReported of [true, false]) {
    for (const known of Object.keys(STATE_FILL)) {
      const roads = data.segments.filter((segment) => roadState(segment) === known && isBySeason(segment, known) !== isReported);
      const source = isReported ? 'state' : 'season';
      if (roads.length) kinds.push([`${source}-${known}`, known === 'unknown' ? text('state.unknown') : text(`key.${source}`, {state: text(`state.${known}`)}), roads]);
    }
  }
  return kinds;
}

const isBySeason = (segment, known) => !segment.isReported && known in SEASON_FILL;

// What the signs along closed stretches mean, where there are such stretches.
function stretchStates() {
  if (!state.shown.closures) return [];
  const isClosed = data.closures.filter((closure) => closure.along).map((closure) => closure.state === 'closed');
  return [...(isClosed.includes(true) ? ['closed'] : []), ...(isClosed.includes(false) ? ['restricted'] : [])];
}

// Running, out and unknown in one row, and a row for each other state that a ferry has.
function ferryKeyRows() {
  const more = ['restricted', 'conflicting'].filter((known) => ferries().some((crossing) => crossing.state === known));
  return [
    [['running', 'out', 'unknown'].map(ferryBadge), text('key.ferries')],
    ...more.map((known) => [ferryBadge(known), text(`key.ferry_${known}`)]),
  ];
}

function keyRows() {
  const on = (id) => state.shown[id];
  const rows = [];
  if (on('movements')) rows.push([swatch('movement'), text('layer.movements')]);
  if (on('patrols')) rows.push([swatch('patrols'), text('key.patrols')]);
  if (on('corridors')) rows.push([swatch('corridor'), text('layer.corridors')]);
  if (on('operations')) rows.push([swatch('operation'), text('layer.operations')]);
  if (on('conflicts') && !data.conflicts.every(isUnsure)) rows.push([swatch('conflict'), text('layer.conflicts')]);
  if (on('conflicts') && data.conflicts.some(isUnsure)) rows.push([swatch('unsure'), text('key.unsure')]);
  if (on('ordnance')) rows.push([ordnanceMark(), text('layer.ordnance')]);
  if (on('exposure')) for (const grade of [1, 2, 3, 4, 0]) rows.push([swatch(`exposure-${grade}`), text(`key.exposure.${grade}`)]);
  if (!hasExposure()) for (const [kind, words] of stateKinds()) rows.push([swatch(kind), words]);
  if (staleRoads().length) rows.push([swatch('stale'), text('key.stale')]);
  if (on('closures')) rows.push([[badge('closure', data.closures[0].mark), badge('closure', `${data.closures[0].mark} ?`, 'expired')], text('key.closures')]);
  for (const kind of stretchStates()) rows.push([swatch(`stretch-${kind}`), text(`key.stretch_${kind}`)]);
  if (on('ferries')) rows.push(...ferryKeyRows());
  rows.push(...areaKeyRows());
  if (data.frame.isSchematic) rows.push([swatch('schematic'), text('key.schematic')]);
  return rows;
}

function drawKey() {
  const isOpen = state.isKeyOpen || state.isPrinting;
  const rows = keyRows();
  const columns = isPhone() ? 1 : byId('app').classList.contains('wide') ? 2 : 3;
  const toggle = button(
    {'aria-expanded': String(isOpen), 'aria-label': text('key'), on: {click: toggleKey}},
    isOpen && !isPhone() ? '▾' : `${text('key')} ${isOpen ? '▾' : '▴'}`,
  );
  const list = element('ul', {}, rows.map(([mark, words]) => element('li', {}, element('i', {}, mark), element('span', {}, words))));
  list.style.gridTemplateRows = `repeat(${Math.ceil(rows.length / columns)}, auto)`;
  byId('key').classList.toggle('open', isOpen);
  fill(byId('key'), toggle, isOpen ? list : null);
}

function toggleKey() {
  state.isKeyOpen = !state.isKeyOpen;
  drawKey();
  drawMap();
}
