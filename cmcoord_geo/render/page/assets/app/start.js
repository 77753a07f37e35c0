// Start: read the data, draw everything once, answer to the reader.

const SLOWEST_RESIZE = 120; // milliseconds

function start(leafletMap) {
  load();
  window.addEventListener('error', sayBroken);
  state.lang = data.lang;
  state.now = firstMoment();
  state.isKeyOpen = !isPhone() && !isShort();
  prepareLayers();
  buildCourses();
  openMap(leafletMap);
  state.tab = tabsOfPage()[0].id;
  drawBase();
  prepareSlider();
  prepareSearch();
  preparePrint();
  listen();
  renderFrame();
  renderPanel();
  sizeTime();
  map.invalidateSize({animate: false, pan: false});
  showCountry();
  drawTime();
  drawMap();
  performance.mark('cmcoord-ready');
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

// Something failed that no one foresaw: what stands on the page may not be all.
function sayBroken() {
  fill(byId('alarm'), text('alarm.broken'));
  byId('alarm').hidden = false;
}

// The map opens on the second morning, or on the first moment of the time bar when it has no second.
const firstMoment = () => Math.min(MINUTES_A_DAY + 510, data.frame.weekMinutes - STEP, Math.max(0, data.frame.expires - STEP));

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
      sizeTime();
      map.invalidateSize({animate: false});
      renderPanel();
      drawTime();
      drawMap();
    }, SLOWEST_RESIZE);
  });
}

return {start, select, setNow, setLanguage, showLayer, showTab, beside};
