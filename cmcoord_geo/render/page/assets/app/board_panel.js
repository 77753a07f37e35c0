// The list beside the map of the isolation board: losses, places, and what to know.

const TABS = ['losses', 'targets', 'legend'];

function hoursText(hours) {
  const few = Math.max(hours, 0.1).toLocaleString(LOCALES[state.lang]);
  if (hours >= 3) return String(Math.round(hours));
  return hours < 0.1 ? `<${few}` : few;
}

function reachText(target) {
  const hours = target.hours[state.case];
  if (hours === null) return target.isByTurn[state.case] ? `${byTurn(text('board.noroad'))} · ${text('board.byturn.why')}` : text('board.noroad');
  const words = text('board.reach', {hours: hoursText(hours), km: target.km[state.case]});
  return target.isUnknown[state.case] ? `${words} · ${text('board.unknown')}` : words;
}

const byTurn = (words) => text('board.byturn', {words});

function effectText(effect) {
  if (effect === 'byturn') return byTurn(text('board.cut'));
  return typeof effect === 'number' ? text('board.hours', {hours: Math.abs(effect)}) : text(`board.${effect}`);
}

// "coupe 7 · allonge 2"
function hitText(loss) {
  const kinds = effectsOf(loss).map(kindOf);
  const number = (...wanted) => kinds.filter((kind) => wanted.includes(kind)).length;
  const parts = [];
  if (number('cut')) parts.push(text('board.cuts', {n: number('cut')}));
  if (number('long', 'detour')) parts.push(text('board.lengthens', {n: number('long', 'detour')}));
  return parts.join(' · ') || text('board.nothing');
}

const tag = (effect) => element('span', {class: `effect effect-${kindOf(effect)}`}, element('span', {}, effectText(effect)));

function vehicleSwitch() {
  if (data.boards.length === 1) return null;
  const options = data.boards.map((board, i) => element('option', {value: String(i), selected: i === state.board ? '' : null}, say(board.vehicles)));
  const choice = element('select', {id: 'vehicle', on: {change: () => setBoard(Number(choice.value))}}, options);
  return element('div', {class: 'vehicle'}, element('label', {for: 'vehicle'}, text('board.vehicle')), choice);
}

function caseSwitch() {
  return element(
    'div',
    {class: 'cases', role: 'group', 'aria-label': text('board.cases')},
    data.cases.map((one, i) =>
      button(
        {'aria-pressed': String(state.case === i), on: {click: () => setCase(i)}},
        element('b', {}, say(one.caption)),
        small(say(one.vehicle)),
      ),
    ),
  );
}

const caseNote = () => note(`${say(data.cases[state.case].season)} · ${say(data.cases[state.case].reports)}`);

const small = (...children) => element('small', {}, ...children);

function row(isChosen, onClick, mark, title, detail, side) {
  return [
    element('tr', {'aria-current': isChosen ? 'true' : null, on: {click: onClick}}, element('td', {}, mark), element('td', {}, button({class: 'rowbutton'}, title), detail), element('td', {}, side)),
  ];
}

const lossList = () => [note(text('board.losses.note')), lossTable(selectedLoss())];

// Losses that are felt in the case shown, the heaviest first.
function lossTable(chosen) {
  const order = data.losses.filter((loss) => hitsOf(loss).length).sort((a, b) => hitWeight(b) - hitWeight(a) || data.losses.indexOf(a) - data.losses.indexOf(b));
  if (!order.length) return note(text(data.targets.some((target) => target.hours[state.case] !== null) ? 'board.losses.none' : 'board.losses.noroad'));
  return element(
    'table',
    {class: 'list board'},
    element('tbody', {}, order.map((loss) => [
      row(
        chosen === loss,
        () => select('loss', loss.mark),
        element('span', {class: 'lossmark still'}, loss.mark),
        say(loss.title),
        small(`${say(loss.what)} · ${text('board.state', {state: say(loss.state), basis: say(loss.basis)})}`),
        hitText(loss),
      ),
      chosen === loss ? lossDetails(loss) : null,
    ])),
  );
}

const WEIGHT = {cut: 3, long: 2, detour: 1};
const hitWeight = (loss) => effectsOf(loss).reduce((sum, effect) => sum + (WEIGHT[kindOf(effect)] || 0), 0);

const lossDetails = (loss) =>
  element(
    'tr',
    {class: 'details'},
    element('td', {}),
    element(
      'td',
      {colspan: 2},
      element('p', {}, text('board.from', {km: loss.fromKm})),
      element('p', {}, loss.names.map((name) => element('span', {class: 'line'}, say(name)))),
      element('p', {class: 'effects'}, hitsOf(loss).map((target) => element('span', {class: 'hitplace'}, `${target.name} `, tag(effectsOf(loss)[data.targets.indexOf(target)])))),
      effectsOf(loss).includes('byturn') ? element('p', {}, text('board.byturn.why')) : null,
    ),
  );

const targetList = () => targetTable(selectedTarget());

const targetTable = (chosen) =>
  element(
    'table',
    {class: 'list board'},
    element('tbody', {}, data.targets.map((target, i) => {
      const own = data.losses.filter((loss) => isHit(effectsOf(loss)[i]));
      const isChosen = chosen === target;
      return [
        row(isChosen, () => select('place', target.id), target.isUnknown[state.case] ? element('span', {class: 'tag question'}, '?') : '', target.name, small(reachText(target)), text('board.hangs', {n: own.length})),
        isChosen
          ? element('tr', {class: 'details'}, element('td', {}), element('td', {colspan: 2}, own.map((loss) => button({class: 'hit', on: {click: () => select('loss', loss.mark)}}, `${loss.mark} ${say(loss.title)} `, tag(effectsOf(loss)[i])))))
          : null,
      ];
    })),
  );

const legendRows = () => [
  ...['cut', 'long', 'detour'].map((kind) => [roadSample(kind), kind === 'long' ? text('board.key.long', {bound: say(data.bound)}) : text(`board.key.${kind}`)]),
  [roadSample(null), text('board.key.none')],
  [widthSample(), text('board.key.width')],
];

function roadSample(kind) {
  const style = kind ? WORST[kind] : {color: COLOURS.road};
  const wide = kind ? 8 : 1.2;
  const stroke = (extra) => shape('line', {x1: 1, y1: 9, x2: 37, y2: 9, ...extra});
  return shape(
    'svg',
    {class: 'swatch', width: 38, height: 18, viewBox: '0 0 38 18', 'aria-hidden': 'true'},
    kind ? stroke({stroke: '#000', 'stroke-width': wide + 1.6}) : null,
    stroke({stroke: style.color, 'stroke-width': wide}),
    style.gaps ? stroke({stroke: '#fff', 'stroke-width': wide, 'stroke-dasharray': style.gaps}) : null,
  );
}

const widthSample = () =>
  shape('svg', {class: 'swatch', width: 38, height: 18, viewBox: '0 0 38 18', 'aria-hidden': 'true'}, shape('path', {d: 'M1 8 37 3v12L1 10z', fill: '#000'}));

const legendList = () => [
  heading(text('board.key')),
  element('ul', {class: 'plain key'}, legendRows().map(([mark, words]) => element('li', {}, mark, ' ', words))),
  heading(text('board.notes')),
  data.notes.map((words) => note(say(words))),
  heading(text('sources')),
  element('ul', {class: 'plain'}, sourceTexts().map((words) => element('li', {}, words))),
];

const VIEWS = {losses: lossList, targets: targetList, legend: legendList};

function renderPanel() {
  fill(
    byId('tabs'),
    TABS.map((id) =>
      button({role: 'tab', id: `tab-${id}`, 'aria-controls': 'view', 'aria-selected': String(id === state.tab), tabindex: id === state.tab ? 0 : -1, on: {click: () => showTab(id)}}, text(`board.tab.${id}`)),
    ),
  );
  byId('view').setAttribute('aria-labelledby', `tab-${state.tab}`);
  fill(byId('view'), vehicleSwitch(), caseSwitch(), caseNote(), VIEWS[state.tab](), phoneFoot());
  const chosen = byId('view').querySelector('[aria-current]');
  if (chosen) chosen.scrollIntoView({block: 'nearest'});
  else byId('view').scrollTop = 0;
  drawKey();
}

// Both moments after the map: losses by weight, then places.
function printSheets() {
  const shown = state.case;
  const blocks = data.cases.map((one, i) => {
    state.case = i;
    return element('section', {}, heading(`${say(one.caption)} · ${say(one.vehicle)}`), caseNote(), lossTable(null), targetTable(null));
  });
  state.case = shown;
  const mark = data.frame.isExercise ? element('b', {}, `${text('exercise')} · ${text('exercise.other')}`) : null;
  const dates = metaRows().map(([name, value]) => element('span', {}, `${name} ${value}`));
  const notes = element('section', {}, heading(text('board.notes')), data.notes.map((words) => note(say(words))));
  return [element('div', {class: 'sheethead'}, mark, element('span', {}, say(data.frame.title)), dates), element('div', {class: 'columns'}, blocks, notes)];
}

function drawKey() {
  const isOpen = state.isKeyOpen || state.isPrinting;
  const toggle = button({'aria-expanded': String(isOpen), 'aria-label': text('key'), on: {click: toggleKey}}, isOpen && !isPhone() ? '▾' : `${text('key')} ${isOpen ? '▾' : '▴'}`);
  const list = element('ul', {}, legendRows().map(([mark, words]) => element('li', {}, element('i', {}, mark), element('span', {}, words))));
  byId('key').classList.toggle('open', isOpen);
  fill(byId('key'), toggle, isOpen ? list : null);
}

function toggleKey() {
  state.isKeyOpen = !state.isKeyOpen;
  drawKey();
  drawMap();
}

function onTabKey(event) {
  const at = TABS.indexOf(state.tab);
  const next = {ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: TABS.length - 1}[event.key];
  if (next === undefined) return;
  showTab(TABS[(next + TABS.length) % TABS.length]);
  byId(`tab-${state.tab}`).focus();
  event.preventDefault();
}
