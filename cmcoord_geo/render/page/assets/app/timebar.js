// Time bar: who is on the road when, over day and night, with the map's time as a line.

const STEP = 15; // minutes
const JUMP = 180;
const PLAY_STEP = 30;
const PLAY_PAUSE = 160; // milliseconds
const LEAST_ROW = 12.5; // pixels that a bar with its mark needs
const HIGHEST_BAR = 176;
const HIGHEST_BAR_OF_SHORT = 152;
const NARROWEST_DAY = 84; // pixels that "lun. 30 nov." needs
const NIGHT = '#dfe1e6';
const TWILIGHT = '#eeeff1';

let lastDrawnDay = null;

function setNow(minute) {
  state.now = Math.max(0, Math.min(data.frame.weekMinutes - STEP, Math.round(minute / STEP) * STEP));
  const wasExpired = byId('chip').classList.contains('expired');
  const wasDay = lastDrawnDay;
  drawChip();
  drawTime();
  lastDrawnDay = dayOf(state.now);
  const isNewDay = wasDay !== lastDrawnDay && (has('corridors') || isSmall);
  if (wasExpired !== isExpired() || isNewDay) drawMap(); // states of roads and the day's corridors change
  else drawNow();
}

function togglePlay() {
  if (state.playing) {
    clearInterval(state.playing);
    state.playing = null;
  } else {
    state.playing = setInterval(() => setNow(state.now + PLAY_STEP >= data.frame.weekMinutes ? 0 : state.now + PLAY_STEP), PLAY_PAUSE);
  }
  drawTime();
}

// Bars in as few rows as they need: returns the number of rows and sets `row` on each.
function packRows(bars) {
  const ends = [];
  for (const bar of [...bars].sort((a, b) => a.window[0] - b.window[0])) {
    let row = ends.findIndex((end) => end <= bar.window[0]);
    if (row < 0) row = ends.push(0) - 1;
    ends[row] = bar.window[1] + 30;
    bar.row = row;
  }
  return ends.length;
}

function movementBars() {
  return data.movements
    .filter((movement) => movement.options.length && !isUndecided(movement))
    .map((movement) => {
      const option = shownOption(movement);
      return {kind: 'movement', mark: movement.mark, window: [movement.depart[0], arrivalOf(option)], driving: drivingTimes(option)};
    });
}

// Times at which the fastest or the slowest is driving; between them lie the halts.
function drivingTimes(option) {
  const spans = [];
  for (const table of [option.fast, option.slow]) {
    for (let i = 1; i < table.length; i += 1) {
      if (table[i][1] > table[i - 1][1]) spans.push([table[i - 1][0], table[i][0]]);
    }
  }
  spans.sort((a, b) => a[0] - b[0]);
  return spans.reduce((merged, [start, end]) => {
    const last = merged[merged.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
    return merged;
  }, []);
}

const patrolBars = () =>
  data.patrols
    .filter((patrol) => patrol.window !== null && patrol.window[1] > 0)
    .map((patrol) => ({kind: 'patrol', mark: patrol.mark, state: patrol.state, window: patrol.window}));

const corridorBars = () =>
  data.corridors.flatMap((corridor) => {
    const windows = new Map(corridor.stretches.map((stretch) => [stretch.window.join(), stretch.window]));
    return [...windows.values()].map((span) => ({kind: 'corridor', mark: corridor.mark, window: span}));
  });

// Groups of bars from above to below, and the number of rows of each.
function rowsOfWeek() {
  const barGroups = [movementBars(), corridorBars(), operationBars(), patrolBars()].filter((bars) => bars.length);
  return {barGroups, rows: barGroups.map(packRows)};
}

const topOfBars = () => (isPhone() ? 26 : 30);
const heightOfConflicts = () => (has('conflicts') ? 14 : 0);
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

// A week with many rows gets a higher bar, once, so that the map does not jump when the time changes.
function sizeTime() {
  const wanted = topOfBars() + 9 + heightOfConflicts() + sum(rowsOfWeek().rows) * (isPhone() ? 8 : LEAST_ROW);
  const height = Math.max(isPhone() ? 114 : 127, Math.min(isPhone() ? 150 : isShort() ? HIGHEST_BAR_OF_SHORT : HIGHEST_BAR, Math.ceil(wanted)));
  byId('time').style.height = `${height}px`;
  byId('bar').style.height = `${height - 1}px`;
}

function drawTime() {
  drawClock();
  const frame = byId('bar');
  const [width, height] = [frame.clientWidth, frame.clientHeight];
  if (!width) return;
  const top = topOfBars();
  const x = (minute) => (minute / data.frame.weekMinutes) * width;
  const drawing = shape('svg', {width, height, 'aria-hidden': 'true'}, hatchPattern());
  drawing.append(
    shape('rect', {x: 0, y: 0, width, height, fill: '#fffefb'}),
    ...dayAndNight(x, top, height),
    ...barsOfWeek(x, top, height),
    ...expiryLine(x, top, width, height),
    ...nowLine(x(state.now), top, height),
  );
  const old = frame.querySelector('svg');
  if (old) old.replaceWith(drawing);
  else frame.prepend(drawing);
  const slider = frame.querySelector('input');
  slider.value = state.now;
  slider.setAttribute('aria-valuetext', momentText(state.now));
}

const hatchPattern = () =>
  shape(
    'defs',
    {},
    shape(
      'pattern',
      {id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)'},
      shape('line', {x1: 0, y1: 0, x2: 0, y2: 6, stroke: '#8b857a', 'stroke-width': 1.2}),
    ),
  );

function dayAndNight(x, top, height) {
  const drawn = [];
  const isNarrow = x(MINUTES_A_DAY) < NARROWEST_DAY;
  const band = (start, end, fillColour) =>
    drawn.push(shape('rect', {x: x(start), y: top, width: Math.max(0, x(end) - x(start)), height: height - top, fill: fillColour}));
  for (let day = 0; day < data.frame.weekMinutes; day += MINUTES_A_DAY) {
    const sun = sunOf(day);
    if (sun) {
      band(day, sun.rise[0], NIGHT);
      band(sun.rise[0], sun.rise[1], TWILIGHT);
      band(sun.set[0], sun.set[1], TWILIGHT);
      band(sun.set[1], day + MINUTES_A_DAY, NIGHT);
    }
    drawn.push(shape('line', {x1: x(day), x2: x(day), y1: 0, y2: height, stroke: '#8a8f98'}));
    drawn.push(shape('text', {x: x(day + MINUTES_A_DAY / 2), y: top - 12, class: 'day'}, isNarrow ? dayLetter(day) : dayText(day)));
  }
  drawn.push(shape('line', {x1: 0, x2: '100%', y1: top, y2: top, stroke: '#b9b3a7'}));
  return drawn;
}

function barsOfWeek(x, top, height) {
  const {barGroups, rows} = rowsOfWeek();
  const rowHeight = Math.min(22, (height - top - 8 - heightOfConflicts()) / Math.max(1, sum(rows)));
  const drawn = [];
  let first = 0;
  barGroups.forEach((bars, index) => {
    for (const bar of bars) drawn.push(...drawBar(bar, x, top + 4 + (first + bar.row) * rowHeight, rowHeight));
    first += rows[index];
  });
  drawn.push(...drawConflictBars(x, top, top + 4 + first * rowHeight, height));
  return drawn;
}

const LABEL_WIDTH = {movement: 26, corridor: 20, patrol: 22, operation: 22};

function drawBar(bar, x, y, rowHeight) {
  const left = x(bar.window[0]);
  const width = Math.max(4, x(bar.window[1]) - left);
  const isOn = isSelected(bar.kind, bar.mark) || [(selectedConflict() || {}).movement, (selectedConflict() || {}).patrol].includes(bar.mark);
  const classes = ['bar', `bar-${bar.kind}`, bar.state || '', isOn ? 'on' : ''].join(' ');
  const box = {y: y + 1.5, height: rowHeight - 3};
  const drawn = [shape('rect', {x: left, width, rx: bar.kind === 'movement' ? (rowHeight - 3) / 2 : 1, class: classes, ...box})];
  for (const [start, end] of bar.driving || []) {
    drawn.push(shape('rect', {x: x(start), width: Math.max(2, x(end) - x(start)), rx: 2, class: 'bar-driving', y: y + 3, height: rowHeight - 6}));
  }
  if (width > LABEL_WIDTH[bar.kind] && rowHeight > 9.4) {
    const label = {x: left + 13, y: y + rowHeight / 2 + 3.8, class: `bar-label ${bar.kind} ${bar.state || ''}`};
    drawn.push(shape('text', bar.kind === 'movement' ? label : {...label, x: left + width / 2}, bar.mark));
  }
  return drawn;
}

// Conflicts in the lowest row, each with its mark where that does not fall on another one.
function drawConflictBars(x, top, y, height) {
  const bars = [];
  const labels = [];
  let free = 0;
  for (const conflict of [...data.conflicts].sort((a, b) => a.window[0] - b.window[0])) {
    const left = x(conflict.window[0]);
    const width = Math.max(3, x(conflict.window[1]) - left);
    bars.push(shape('rect', {x: left, y, width, height: isPhone() ? 7 : 12, class: `bar-conflict ${conflict.answer}`}));
    const isWide = width > 17;
    const label = {x: isWide ? left + width / 2 : left + width + 3, y: y + 9.6, class: isWide ? `bar-label conflict ${conflict.answer}` : 'bar-label beside'};
    if (!isPhone() && left >= free) {
      labels.push(shape('text', label, conflictMark(conflict)));
      free = left + width + (isWide ? 1 : 20);
    }
    if (isSelected('conflict', conflict.mark)) labels.push(shape('rect', {x: left, y: top + 1, width, height: height - top - 2, class: 'bar-frame'}));
  }
  return [...bars, ...labels];
}

function expiryLine(x, top, width, height) {
  const at = x(data.frame.expires);
  if (at >= width) return [];
  const drawn = [
    shape('rect', {x: at, y: top, width: width - at, height: height - top, fill: 'url(#hatch)', opacity: 0.55}),
    shape('line', {x1: at, x2: at, y1: top - 6, y2: height, stroke: '#000', 'stroke-width': 1.5, 'stroke-dasharray': '4 2'}),
  ];
  if (!isPhone()) drawn.push(shape('text', {x: at + 6, y: height - 6, class: 'expired'}, text('time.expired')));
  return drawn;
}

const nowLine = (at, top, height) => [
  shape('line', {x1: at, x2: at, y1: top, y2: height, stroke: '#fff', 'stroke-width': 5}),
  shape('line', {x1: at, x2: at, y1: top, y2: height, stroke: '#000', 'stroke-width': 2}),
  shape('path', {d: `M${at - 8} ${top - 10}h16l-8 11z`, fill: '#000'}),
];

function drawClock() {
  fill(
    byId('now'),
    element('b', {}, dayText(state.now)),
    element('b', {}, hourText(state.now), isNight(state.now) ? element('i', {}, text('time.night')) : null),
    element('span', {}, 'Bangui', element('span', {class: 'utc'}, ` · ${utcHour(state.now)}`)),
  );
  const playing = state.playing !== null;
  fill(
    byId('play'),
    button({class: 'button', id: 'playbutton', 'aria-label': text(playing ? 'time.pause' : 'time.play'), on: {click: togglePlay}}, playing ? '❚❚' : '▶'),
    button({class: 'button jump', 'aria-label': '−3 h', on: {click: () => setNow(state.now - JUMP)}}, '−3 h'),
    button({class: 'button jump', 'aria-label': '+3 h', on: {click: () => setNow(state.now + JUMP)}}, '+3 h'),
  );
}

function prepareSlider() {
  const slider = byId('bar').querySelector('input');
  slider.min = 0;
  slider.max = data.frame.weekMinutes - STEP;
  slider.step = STEP;
  slider.addEventListener('input', () => setNow(Number(slider.value)));
}
