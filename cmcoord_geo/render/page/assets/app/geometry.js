// Lines of roads: their course, parts of them, and lanes beside them.

const ROAD_SCALE = 100000;
const BASE_SCALE = 1000;
const CURVE_POINTS = 16;
const BULGE = 0.055; // of the length, for a road drawn from town to town
const courses = new Map(); // segment id -> {points, shares}: LatLng and share of the way

// Whole numbers of a text in which five bits make a character; see basemap.py.
function numbersOf(letters) {
  const found = [];
  let [number, shift] = [0, 1];
  for (const letter of letters) {
    const bits = letter.charCodeAt(0) - 63;
    number += (bits % 32) * shift;
    shift *= 32;
    if (bits >= 32) continue;
    found.push(number % 2 ? -(number + 1) / 2 : number / 2);
    [number, shift] = [0, 1];
  }
  return found;
}

// Whole steps lon, lat, east, north, ... as LatLng.
function decode(letters, scale) {
  const steps = numbersOf(letters);
  const points = [];
  let lon = 0;
  let lat = 0;
  for (let i = 0; i < steps.length; i += 2) {
    lon += steps[i];
    lat += steps[i + 1];
    points.push(L.latLng(lat / scale, lon / scale));
  }
  return points;
}

// A line of two points becomes a shallow arc: it is not the road's true course and does not look like it.
function arc([start, end], isLeft) {
  const bend = BULGE * (isLeft ? 1 : -1);
  const middle = L.latLng(
    (start.lat + end.lat) / 2 + (end.lng - start.lng) * bend,
    (start.lng + end.lng) / 2 - (end.lat - start.lat) * bend,
  );
  const points = [];
  for (let i = 0; i <= CURVE_POINTS; i += 1) {
    const t = i / CURVE_POINTS;
    const part = (a, b, c) => (1 - t) * (1 - t) * a + 2 * (1 - t) * t * b + t * t * c;
    points.push(L.latLng(part(start.lat, middle.lat, end.lat), part(start.lng, middle.lng, end.lng)));
  }
  return points;
}

function buildCourses() {
  data.segments.forEach((segment, index) => {
    const line = decode(segment.line, ROAD_SCALE);
    const points = segment.isSchematic && line.length === 2 ? arc(line, index % 2 === 0) : line;
    const lengths = [0];
    for (let i = 1; i < points.length; i += 1) {
      lengths.push(lengths[i - 1] + Math.hypot(points[i].lat - points[i - 1].lat, points[i].lng - points[i - 1].lng));
    }
    const total = lengths[lengths.length - 1] || 1;
    courses.set(segment.id, {points, shares: lengths.map((length) => length / total)});
  });
}

const roadLine = (id) => courses.get(id).points;

// Point of a road at a share of its way.
function pointAt(id, share) {
  const {points, shares} = courses.get(id);
  const at = Math.min(1, Math.max(0, share));
  const i = Math.max(1, shares.findIndex((value) => value >= at));
  const part = (at - shares[i - 1]) / (shares[i] - shares[i - 1] || 1);
  const mix = (a, b) => a + (b - a) * part;
  return L.latLng(mix(points[i - 1].lat, points[i].lat), mix(points[i - 1].lng, points[i].lng));
}

// Part of a road between two shares of its way, in the road's own direction.
function roadPart(id, from, to) {
  const {points, shares} = courses.get(id);
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const inside = points.filter((_, i) => shares[i] > low && shares[i] < high);
  return [pointAt(id, low), ...inside, pointAt(id, high)];
}

// Line moved sideways by pixels: to the north or west for a positive distance, to the south or east for a negative one.
// The side belongs to the road, not to the direction of travel.
function beside(line, pixels) {
  const points = line.map((point) => map.project(point));
  const last = points.length - 1;
  const across = {x: points[last].y - points[0].y, y: points[0].x - points[last].x};
  const side = -0.6 * across.x - across.y >= 0 ? 1 : -1;
  return points.map((point, i) => {
    const before = points[Math.max(0, i - 1)];
    const after = points[Math.min(last, i + 1)];
    const length = Math.hypot(after.x - before.x, after.y - before.y) || 1;
    const step = (pixels * side) / length;
    return map.unproject([point.x + (after.y - before.y) * step, point.y - (after.x - before.x) * step]);
  });
}

// Point beside a road, for a badge.
function pointBeside(id, share, pixels) {
  const line = beside(roadPart(id, Math.max(0, share - 0.05), Math.min(1, share + 0.05)), pixels);
  return line[Math.floor(line.length / 2)];
}

// Share of a road for a km of an option that uses it.
function shareAt(leg, km) {
  const part = Math.min(1, Math.max(0, (km - leg.km[0]) / (leg.km[1] - leg.km[0] || 1)));
  return leg.isForward ? part : 1 - part;
}

// Parts of roads between two km of an option: [{segment, from, to}].
const partsBetween = (option, low, high) =>
  option.legs
    .filter((leg) => leg.km[1] > low && leg.km[0] < high)
    .map((leg) => ({segment: leg.segment, from: shareAt(leg, Math.max(low, leg.km[0])), to: shareAt(leg, Math.min(high, leg.km[1]))}));

// Parts of roads that a corridor asks for; its km are those of the segment.
const corridorParts = (corridor) =>
  corridor.stretches.map((stretch) => {
    const length = segments.get(stretch.segment).kmMid || 1;
    return {segment: stretch.segment, from: Math.min(1, stretch.km[0] / length), to: Math.min(1, stretch.km[1] / length)};
  });

// Km reached at a minute by a timetable [[minute, km], ...].
function kmAt(table, minute) {
  if (minute <= table[0][0]) return table[0][1];
  for (let i = 1; i < table.length; i += 1) {
    if (minute <= table[i][0]) {
      const [[start, low], [end, high]] = [table[i - 1], table[i]];
      return end === start ? high : low + ((high - low) * (minute - start)) / (end - start);
    }
  }
  return table[table.length - 1][1];
}

const arrivalOf = (option) => option.slow[option.slow.length - 1][0];
const lengthOf = (option) => option.legs[option.legs.length - 1].km[1];
