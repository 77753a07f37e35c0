// What stands around the map: title, dates, audience, notes; the chip that says what the drawing is.

function renderFrame() {
  const frame = data.frame;
  document.documentElement.lang = state.lang;
  document.title = (frame.isExercise ? `${text('exercise')} · ` : '') + say(frame.title);
  byId('exercise').hidden = !frame.isExercise;
  fill(byId('exercise'), text('exercise'), element('small', {}, text('exercise.other')));
  fill(byId('title'), element('h1', {}, say(frame.title)), element('p', {}, say(frame.subtitle)), element('p', {class: 'short'}, `${text('expires')} ${momentText(frame.expires)}`));
  fill(byId('meta'), metaRows().map(([name, value, detail]) => element('dl', {}, element('dt', {}, name), element('dd', {}, value), element('dd', {class: 'detail'}, detail))));
  for (const choice of byId('languages').children) choice.setAttribute('aria-pressed', String(choice.dataset.lang === state.lang));
  fill(byId('print'), text('print'));
  const input = byId('search').querySelector('input');
  input.placeholder = text('search');
  input.setAttribute('aria-label', text('search'));
  byId('tabs').setAttribute('aria-label', text('tabs'));
  byId('fold').setAttribute('aria-label', text('fold'));
  byId('bar').querySelector('input').setAttribute('aria-label', text('time'));
  const [zoomIn, zoomOut] = map.getContainer().querySelectorAll('.leaflet-control-zoom a');
  zoomIn.setAttribute('aria-label', text('zoom.in'));
  zoomOut.setAttribute('aria-label', text('zoom.out'));
  map.getContainer().setAttribute('aria-label', text('map'));
  fill(document.querySelector('footer'), footNotes());
  drawChip();
}

const metaRows = () => [
  [text('asof'), momentText(data.frame.asOf), `Bangui · ${utcHour(data.frame.asOf)}`],
  [text('expires'), momentText(data.frame.expires), `Bangui · ${utcHour(data.frame.expires)}`],
  [text('audience'), say(data.frame.audienceName), say(data.frame.audienceNote)],
];

const sourceTexts = () =>
  data.frame.sources.map((source) => {
    const said = say(source.said);
    return said.includes(source.name) && said.includes(source.licence) ? said : `${source.name} (${source.licence}) ${said}`;
  });

const footNotes = () => [
  element('p', {}, element('b', {}, say(data.frame.disclaimer))),
  element('p', {}, `${text('sources')} `, sourceTexts().join(' · ')),
];

// On a phone the foot stands at the end of the panel.
const phoneFoot = () =>
  element('div', {class: 'phonefoot'}, footNotes(), element('p', {}, metaRows().map(([name, value, detail]) => element('span', {class: 'line'}, `${name} ${value} · ${detail}`))));

function drawChip() {
  const chip = byId('chip');
  const isLate = isExpired();
  chip.classList.toggle('expired', isLate);
  const says = isLate ? ['chip.expired', 'chip.expired.why'] : ['chip.schematic', 'chip.schematic.why'];
  const key = `${state.lang} ${isLate}`;
  if (chip.dataset.key === key) return;
  chip.dataset.key = key;
  chip.hidden = !isLate && !data.frame.isSchematic && !data.frame.isExercise;
  fill(
    chip,
    data.frame.isExercise ? element('span', {class: 'exercise'}, `${text('exercise')} · ${text('exercise.other')}`) : null,
    isLate || data.frame.isSchematic ? [element('b', {}, text(says[0])), ' ', text(says[1])] : null,
  );
}

function setLanguage(lang) {
  state.lang = lang;
  renderFrame();
  renderPanel();
  drawTime();
  drawMap();
}
