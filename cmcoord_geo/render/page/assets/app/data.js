// The data block, and the words of the chosen language.

let data = null;
let texts = null; // [French, English] by number
let shapes = null; // names of columns by number
const places = new Map();
const segments = new Map();

function load() {
  const block = JSON.parse(byId('data').textContent);
  texts = block.texts;
  shapes = block.shapes;
  data = unpack(block.payload);
  const { keys, steps } = data.texts; // where the number of a key leaves step with its place
  let step = 0;
  data.texts = Object.fromEntries(keys.split(' ').map((key, i) => [key, i + (step = steps[i] ?? step)]));
  for (const name of ['movements', 'patrols', 'conflicts', 'corridors', 'incidents', 'incidentCounts', 'movementCounts', 'dataNotes', 'roadNotes', 'areas', 'operations']) {
    data[name] = data[name] || [];
  }
  data.places.forEach((place) => places.set(place.id, place));
  data.segments.forEach((segment) => { segment.exposure = segment.exposure ?? null; segment.staleAt = segment.staleAt ?? null; });
  data.segments.forEach((segment) => segments.set(segment.id, segment));
}

// Tables {keys, rows, words, same, parts} become lists of objects again; what a row lacks is null. See pack.py.
function unpack(value) {
  if (Array.isArray(value)) return typeof value[0] === 'object' ? value.map(unpack) : value;
  if (value === null || typeof value !== 'object') return value;
  if (!value.rows) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unpack(part)]));
  const {words = {}, same, parts = {}} = value;
  const inner = Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, unpack(part)]));
  const cell = (key, part = null) => {
    if (inner[key] && part !== null) return part < 0 ? inner[key].shift() : inner[key].splice(0, part);
    return words[key] ? words[key][part] : unpack(part);
  };
  return value.rows.map((row) => ({...same, ...Object.fromEntries(shapes[value.keys].map((key, i) => [key, cell(key, row[i])]))}));
}

// The text of a number in the chosen language.
const say = (number) => texts[number][state.lang === 'fr' ? 0 : 1];

// The page's own text of a key, with {names} filled in.
function text(key, values) {
  const number = data.texts[key];
  if (number === undefined) {
    console.error('no text', key);
    return key;
  }
  return say(number).replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? values[name] : whole));
}

const has = (part) => data[part].length > 0;
const isFor = (audience) => data.frame.audience === audience;
const hasExposure = () => data.segments.some((segment) => segment.exposure !== null);

const placeName = (id) => (places.has(id) ? places.get(id).name : id);
// A road by its two ends; one that ends where nothing has a name, by its own, or by its one end if it has none.
const NO_NAME = '…';
function segmentName(id) {
  const segment = segments.get(id);
  if (!segment) return id;
  const ends = [segment.from, segment.to].map(placeName);
  const isBare = ends.every((end) => end === NO_NAME) || !/^[a-z_]+$/.test(segment.ref);
  return ends.includes(NO_NAME) && isBare ? segment.ref : ends.join('–');
}

const byMark = (list, mark) => list.find((item) => item.mark === mark);
const movementOf = (mark) => byMark(data.movements, mark);

// Two ends of a range as one text: "12–22", or "2" when they are equal.
const range = (ends) => (ends[0] === ends[1] ? String(ends[0]) : `${ends[0]}–${ends[1]}`);
const wholeRange = (ends) => range([Math.floor(ends[0]), Math.ceil(ends[1])]);
