// Start of the isolation board's page, and what a reader does with it.

function start(leafletMap) {
  load();
  takeBoard(0);
  window.addEventListener('error', sayBroken);
  state.lang = data.lang;
  state.case = 0;
  state.tab = TABS[0];
  state.now = Math.max(data.frame.asOf, momentOfReading());
  state.isKeyOpen = !isPhone();
  leaveOutSpecks();
  buildCourses();
  openMap(leafletMap);
  drawBase();
  prepareSearch();
  preparePrint();
  listen();
  renderFrame();
  renderPanel();
  map.invalidateSize({animate: false, pan: false});
  showAll();
  drawMap();
  performance.mark('cmcoord-ready');
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

// A street of less than a metre has no line to draw.
function leaveOutSpecks() {
  data.segments = data.segments.filter((segment) => decode(segment.line, ROAD_SCALE).length > 1);
}

// A board on a wall must say when it has expired: the clock of the machine decides, in minutes of the page's week.
const momentOfReading = () => Math.floor((Date.now() / 1000 - data.frame.weekStart) / 60);

function sayBroken() {
  fill(byId('alarm'), text('alarm.broken'));
  byId('alarm').hidden = false;
}

function select(kind, id) {
  state.selected = kind === null ? null : {kind, id};
  if (kind === 'loss') state.tab = 'losses';
  if (kind === 'place' && selectedTarget()) state.tab = 'targets';
  openSheet(kind !== null);
  renderPanel();
  showSelected();
  drawMap();
}

// What one vehicle finds becomes what the page shows.
function takeBoard(number) {
  state.board = number;
  const {targets, losses, cases, notes} = data.boards[number];
  Object.assign(data, {targets, losses, cases, notes});
}

// Numbers of losses are those of a vehicle: a chosen loss does not outlive it, a chosen place does.
function setBoard(number) {
  if (selectedLoss()) state.selected = null;
  takeBoard(number);
  renderPanel();
  byId('vehicle').focus(); // the panel was made anew
  drawMap();
}

function setCase(number) {
  state.case = number;
  renderPanel();
  drawMap();
}

function showTab(id) {
  if (state.tab !== id) state.selected = null;
  state.tab = id;
  openSheet(true);
  renderPanel();
  drawMap();
}

const SHEET = 0.7; // share of a phone's screen that the open list covers of the map

// On a phone the list is a sheet over the lower part of the map: what was in the middle stays in sight.
function openSheet(isOpen) {
  const app = byId('app').classList;
  if (!isPhone() || app.contains('open') === isOpen) return;
  app.toggle('open', isOpen);
  map.panBy([0, ((isOpen ? 1 : -1) * window.innerHeight * SHEET) / 2], QUIET);
}

// This page has no time bar.
function drawTime() {
  drawChip();
}

function listen() {
  for (const choice of byId('languages').children) choice.addEventListener('click', () => setLanguage(choice.dataset.lang));
  byId('tabs').addEventListener('keydown', onTabKey);
  byId('fold').addEventListener('click', () => openSheet(false));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && state.selected && byId('hits').hidden) select(null);
  });
  let timer = null;
  window.addEventListener('resize', () => {
    if (state.isPrinting) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      map.invalidateSize({animate: false});
      renderPanel();
      drawMap();
    }, 120);
  });
}

return {start, select, setBoard, setCase, setLanguage, showTab};
