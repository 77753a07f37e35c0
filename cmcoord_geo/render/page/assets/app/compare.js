// The options of one movement as columns, and what stands beside them.

const HEAD_COLUMN = 118; // pixels
const NARROWEST_CHART = 80;
const WIDEST_CHART = 380;

function chooseOption(number) {
  state.option = number;
  renderPanel();
  drawTime();
  drawMap();
}

function compare(movement) {
  return [
    compareHead(movement),
    movement.refusal !== null ? element('p', {class: 'refusal'}, say(movement.refusal)) : null,
    movement.conditions ? conditions(movement) : null,
    movement.isOneRoad || movement.cuts.length ? oneRoad(movement) : null,
    movement.findings.length ? element('ul', {class: 'plain'}, movement.findings.map((said) => element('li', {}, say(said)))) : null,
    movement.options.length ? compareTable(movement) : null,
    note(text('compare.index'), ' ', element('b', {}, text('compare.escort'))),
    families(movement),
  ];
}

const conditions = (movement) => [
  heading(text('compare.conditions')),
  element('ul', {class: 'plain'}, movement.conditions.map((said) => element('li', {}, say(said)))),
];

function compareHead(movement) {
  const facts = [
    movement.id, movement.organisation, say(movement.vehicles), movement.cargo, windowText(movement.depart),
    movement.persons === null ? null : text('movement.persons', {n: movement.persons}), say(movement.season),
  ].filter(Boolean);
  return element(
    'div',
    {class: 'detailhead'},
    movementBadge(movement),
    element('div', {}, element('h2', {}, tripText(movement)), element('p', {}, facts.flatMap((fact, i) => [i ? ' · ' : '', element('bdi', {}, fact)]))),
    backButton(),
  );
}

const backButton = () => button({class: 'button', id: 'back', on: {click: () => select(null)}}, text(isPhone() ? 'back.short' : 'back'));

const oneRoad = (movement) =>
  element(
    'div',
    {class: 'warning'},
    element('b', {}, text(movement.isOneRoad ? 'compare.oneroad' : 'compare.cuts')),
    movement.tried ? element('p', {}, say(movement.tried)) : null,
    movement.cuts.map((cut) => element('p', {}, say(cut.said))),
  );

function compareTable(movement) {
  const options = movement.options;
  const width = chartWidth(options.length);
  const largest = (value) => Math.max(1, ...options.map(value));
  const maxHours = Math.ceil(largest((option) => option.drive[1]));
  const maxExposure = largest((option) => option.exposure.high);
  const maxKm = largest(lengthOf);
  const axis = (max, unit) => text('compare.axis', {max: `${max}${unit}`});
  const row = (key, cell, extra = null) =>
    element(
      'tr',
      {},
      element('th', {scope: 'row'}, text(`compare.${key}`), extra ? element('small', {}, extra) : null),
      options.map((option, number) => element('td', {class: number === state.option ? 'on' : null}, cell(option, number))),
    );
  const bar = (exposure, className) => exposureBar(exposure, maxExposure, width, className);
  const rows = [
    row('reason', (option) => reasons(movement, option)),
    row('profile', (option) => profileChart(option, width, maxKm)),
    row('hours', (option) => [figure(`${wholeRange(option.drive)} h`), rangeBar(option.drive, maxHours, width, 'hours')], axis(maxHours, ' h')),
    options.some((option) => option.difference) ? row('difference', (option) => (option.difference ?? []).map((said) => element('div', {}, say(said)))) : null,
    row('days', (option) => [figure(text('compare.ndays', {n: range(option.days)})), option.halts.length ? option.halts.map((said) => small(say(said))) : small(text('compare.nohalt'))]),
    row('without', (option) => [exposureText(option.exposure), bar(option.exposure, 'hollow')], axis(maxExposure, '')),
    options.some((option) => option.exposureConfirmed) ? row('confirmed', (option) => exposureText(option.exposureConfirmed ?? option.exposure)) : null,
    row('with', (option) => [exposureText(option.exposureWithPatrols), small(coverText(option)), bar(option.exposureWithPatrols, 'solid')], axis(maxExposure, '')),
    options.some((option) => option.against) ? row('against', (option) => (option.against ?? []).map((said) => element('div', {}, say(said)))) : null,
    row('unpatrolled', (option) => [figure(String(option.unpatrolled)), ` / ${Math.round(lengthOf(option))} km`, unpatrolledTexts(option).map(small)]),
    row('worst', (option) => [element('b', {}, element('bdi', {}, segmentName(option.worst))), element('div', {}, swatch(`exposure-${option.worstClass}`), ' ', text(`exposure.${option.worstClass}`))]),
    row('crossings', (option) => passages(option)),
    row('ordnance', (option) => ordnance(option)),
    row('warnings', (option) => (option.warnings.length ? element('ul', {class: 'plain'}, option.warnings.map((said) => element('li', {}, say(said)))) : small(text('none')))),
    row('informed', (option) => `${option.exposure.informed} %`),
    row('length', (option) => `${wholeRange(option.length)} km`),
  ];
  return [
    element('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': text('compare.options', {n: options.length})},
      element('table', {class: `compare of${options.length}`}, element('thead', {}, element('tr', {}, element('td', {}), options.map((option, number) => optionHead(movement, option, number)))), element('tbody', {}, rows)),
    ),
    note(text('compare.count', {n: options.length, all: movement.exactRoutes})),
  ];
}

function chartWidth(columns) {
  if (isPhone()) return 138;
  const panel = byId('panel').clientWidth || 724;
  return Math.max(NARROWEST_CHART, Math.min(WIDEST_CHART, Math.floor((panel - HEAD_COLUMN) / columns) - 22));
}

const figure = (words) => element('span', {class: 'figure'}, words);
const small = (words) => element('small', {}, words);

function optionHead(movement, option, number) {
  const isOn = number === state.option;
  const middle = movement.isOneRoad ? movement.via ?? [] : option.via.slice(1, -1).slice(-2);
  const way = middle.length ? text('compare.via', {names: middle.map(placeName).join(', ')}) : text('compare.direct');
  return element(
    'th',
    {scope: 'col', class: isOn ? 'on' : null},
    button(
      {class: 'optionbutton', 'aria-pressed': String(isOn), on: {click: () => chooseOption(number)}},
      optionBadge(option, isOn),
      element('span', {}, decisionText(movement, option), small(way)),
    ),
  );
}

const decisionText = (movement, option) =>
  text(option.decision === 'kept' ? 'compare.kept' : isUndecided(movement) && option === movement.options[0] ? 'movement.pending' : 'compare.aside');

const capitalised = (words) => words.charAt(0).toUpperCase() + words.slice(1);

function reasons(movement, option) {
  if (option.reasons.length) return option.reasons.map((said) => element('div', {}, capitalised(say(said))));
  return small(movement.options.length === 1 ? text('compare.only') : '–');
}


function coverText(option) {
  const marks = [...new Set(option.cover.map((part) => part.patrol))];
  if (!marks.length) {
    const there = data.patrols.filter((patrol) => patrol.stretches.some(({segment}) => option.legs.some((leg) => leg.segment === segment)));
    return there.length ? text('compare.notcounted', {marks: there.map(({mark}) => mark).join(', ')}) : text('compare.nopatrol');
  }
  const ages = option.cover.map((part) => part.age);
  const age = wholeRange([Math.min(...ages.map((pair) => pair[0])), Math.max(...ages.map((pair) => pair[1]))]);
  return text('compare.cover', {marks: marks.join(', '), age});
}

function unpatrolledTexts(option) {
  const left = option.exposureUnpatrolled;
  const found = [];
  if (left && !isUninformed(left)) found.push(text('compare.unpatrolled.exposure', {range: range([left.low, left.high])}));
  if (option.offered) found.push(text('compare.offered', {km: option.offered}));
  return found;
}

function passages(option) {
  const closures = data.closures.filter((closure) => option.legs.some((leg) => roadsOfClosure(closure).includes(leg.segment)));
  const found = closures.map((closure) => element('div', {class: 'passage'}, closureBadge(closure), element('span', {}, closureUntil(closure))));
  for (const passage of option.passages) {
    const crossing = data.crossings.find((item) => item.id === passage.crossing);
    const mark = crossing ? crossingBadge(crossing) : badge('crossing', '?');
    const told = element('span', {}, element('bdi', {}, say(passage.said)), crossing && isReportExpired(crossing) ? small(text('closure.expired')) : null);
    found.push(element('div', {class: `passage${passage.isFlagged ? ' flagged' : ''}`}, mark, told));
  }
  return found.length ? found : small(text('compare.nocrossing'));
}

function ordnance(option) {
  if (option.ordnance === null) return small(text('compare.nosource'));
  if (!option.ordnance) return small(text('compare.noordnance'));
  return [ordnanceMark(), small(text('compare.ordnancekm', {n: option.ordnance, km: option.ordnanceKm}))];
}

const families = (movement) => [
  heading(text('families')),
  element(
    'dl',
    {class: 'families'},
    movement.families.flatMap((family) => [
      element('dt', {}, say(family.name)),
      family.said.map((said) => element('dd', {}, say(said))),
    ]),
  ),
];
