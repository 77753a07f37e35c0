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
