// Print: the map of the whole country on one sheet of A4, the lists on the next.

const PRINT_MAP = {width: 1054, height: 590}; // CSS pixels of 279 x 156 mm

let before = null;

function preparePrint() {
  window.addEventListener('beforeprint', startPrint);
  window.addEventListener('afterprint', endPrint);
  byId('print').addEventListener('click', () => window.print());
}

function sizeMap(width, height) {
  const box = byId('mapbox');
  box.style.width = width ? `${width}px` : '';
  box.style.height = height ? `${height}px` : '';
  map.invalidateSize({animate: false, pan: false});
}

function startPrint() {
  if (state.isPrinting) return;
  before = {centre: map.getCenter(), zoom: map.getZoom(), selected: state.selected};
  state.isPrinting = true;
  state.selected = null;
  byId('app').classList.remove('wide');
  fill(byId('sheets'), printSheets());
  drawKey();
  sizeMap(PRINT_MAP.width, PRINT_MAP.height);
  map.fitBounds(countryBounds(), {animate: false, paddingTopLeft: [6, 6], paddingBottomRight: [6, 20]});
  drawMap();
}

function endPrint() {
  state.isPrinting = false;
  state.selected = before.selected;
  fill(byId('sheets'));
  sizeMap(null, null);
  map.setView(before.centre, before.zoom, {animate: false});
  renderPanel();
  drawTime();
  drawMap();
}

const printHead = () =>
  element(
    'div',
    {class: 'sheethead'},
    data.frame.isExercise ? element('b', {}, `${text('exercise')} · ${text('exercise.other')}`) : null,
    element('span', {}, say(data.frame.title)),
    metaRows().map(([name, value]) => element('span', {}, `${name} ${value}`)),
  );

const printBlock = (title, ...content) => element('section', {}, heading(title), ...content);

function printSheets() {
  const blocks = [];
  if (has('movements')) blocks.push(printBlock(text('tab.movements'), movementTable(), note(text('movement.note'))));
  if (has('conflicts')) blocks.push(printBlock(text('tab.conflicts'), note(text('conflict.note')), conflictTable()));
  if (has('corridors')) blocks.push(printBlock(text('corridor.title'), note(text('corridor.note')), corridorTable()));
  if (has('patrols')) blocks.push(printBlock(text('patrol.title'), note(text('patrol.note')), patrolTable()));
  if (has('closures')) blocks.push(printBlock(text('closure.title'), closureTable()));
  blocks.push(printBlock(text('ferry.title'), crossingTable(ferries())));
  if (has('incidentCounts') || has('movementCounts')) blocks.push(printBlock(text('tab.counts'), countList()));
  return [printHead(), element('div', {class: 'columns'}, blocks)];
}
