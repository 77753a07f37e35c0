// Search by place: without accents, hyphens or case; two places of one name are both offered, never guessed.

const MOST_HITS = 8;
const SHORTEST_QUERY = 2;

// "Ndélé", "N'DELE" and "ndele" are one word.
const folded = (words) =>
  words
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[-\u2019\u0027\u0060\u00b4]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

// Places whose name or other spelling holds the words; whole words of a name come first.
function findPlaces(query) {
  const wanted = folded(query);
  if (wanted.length < SHORTEST_QUERY) return [];
  const gradeOf = (place) => {
    const names = [place.name, ...place.others].map(folded);
    if (names.some((name) => name === wanted)) return 0;
    if (names.some((name) => name.split(/[\s(]/).includes(wanted))) return 1;
    if (names.some((name) => name.startsWith(wanted))) return 2;
    return names.some((name) => name.includes(wanted)) ? 3 : 4;
  };
  return data.places
    .map((place) => ({place, grade: gradeOf(place)}))
    .filter((hit) => hit.grade < 4)
    .sort((a, b) => a.grade - b.grade || a.place.name.localeCompare(b.place.name))
    .slice(0, MOST_HITS);
}

function showHits() {
  const input = byId('search').querySelector('input');
  const hits = findPlaces(input.value);
  const isUnclear = hits.filter((hit) => hit.grade <= 1).length > 1;
  const isTyped = folded(input.value).length >= SHORTEST_QUERY;
  fill(
    byId('hits'),
    isUnclear ? note(text('search.choose')) : null,
    hits.map(({place}) =>
      button({class: 'hit', on: {click: () => goToPlace(place)}}, element('bdi', {}, place.name), small([place.prefecture, ...place.others].filter(Boolean).join(' · '))),
    ),
    isTyped && !hits.length ? note(text('search.none')) : null,
  );
  byId('hits').hidden = !isTyped;
  input.setAttribute('aria-expanded', String(isTyped));
  return hits;
}

function goToPlace(place) {
  hideHits();
  byId('search').querySelector('input').value = place.name;
  state.selected = {kind: 'place', id: place.id};
  openSheet(false);
  renderPanel();
  showSelected();
  drawMap();
}

function hideHits() {
  byId('hits').hidden = true;
  byId('search').querySelector('input').setAttribute('aria-expanded', 'false');
}

function onSearchKey(event) {
  if (event.key === 'Escape') hideHits();
  if (event.key === 'ArrowDown') {
    const first = byId('hits').querySelector('button');
    if (first) first.focus();
    event.preventDefault();
  }
  if (event.key === 'Enter') {
    const hits = showHits();
    const sure = hits.filter((hit) => hit.grade <= 1);
    if (sure.length === 1) goToPlace(sure[0].place);
    else if (hits.length === 1) goToPlace(hits[0].place);
  }
}

// Arrow keys walk through the places that were found.
function onHitKey(event) {
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (!step) return;
  const all = [...byId('hits').querySelectorAll('button')];
  const next = all[all.indexOf(document.activeElement) + step];
  (next || byId('search').querySelector('input')).focus();
  event.preventDefault();
}

function prepareSearch() {
  const input = byId('search').querySelector('input');
  input.addEventListener('input', showHits);
  input.addEventListener('keydown', onSearchKey);
  byId('hits').addEventListener('keydown', onHitKey);
}
