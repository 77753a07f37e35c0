// Why a road is drawn as it is: its facts, its state, the records behind its exposure.

const NEAR_KM = 12;
const KM_PER_DEGREE = 111.2;

function why(segment) {
  return [
    element(
      'div',
      {class: 'detailhead'},
      badge('road', segment.ref.split('/')[0]),
      element('div', {}, element('h2', {}, element('bdi', {}, segmentName(segment.id))), element('p', {}, text(`surface.${segment.surface}`), ` · ${wholeRange(segment.km)} km`)),
      backButton(),
    ),
    element('dl', {class: 'facts'}, whyFacts(segment).flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)])),
    segment.exposure === null ? null : recordsOf(segment),
  ];
}

function whyFacts(segment) {
  const known = roadState(segment);
  const found = [[text('state'), [text(`state.${known}`), ' · ', whyState(segment)]]];
  const here = data.crossings.filter((crossing) => crossing.segment === segment.id);
  if (here.length) found.push([text('crossing'), here.map((crossing) => element('div', {class: 'passage'}, crossingBadge(crossing), crossingTitle(crossing)))]);
  if (segment.isSchematic) found.push([text('why.line'), text('chip.schematic.why')]);
  if (segment.exposure !== null) {
    found.push([text('exposure'), [swatch(`exposure-${segment.exposure}`), ' ', text(`exposure.${segment.exposure}`)]]);
    found.push([text('why.records'), whyRecords(segment)]);
    if (segment.ordnance) found.push([text('layer.ordnance'), text('why.ordnance', {n: segment.ordnance, when: segment.lastOrdnance === null ? '?' : dateText(segment.lastOrdnance)})]);
  }
  return found;
}

function whyState(segment) {
  if (segment.isReported) return text('why.reported');
  return segment.staleAt === null ? text('why.default') : text('why.stale', {when: dateText(segment.staleAt)});
}

const whyRecords = (segment) =>
  segment.lastRecord === null ? text('why.norecord') : text('why.count', {n: segment.records, when: dateText(segment.lastRecord)});

// Records of the file that lie near the road, or "in or around" one of its towns.
function recordsNear(segment) {
  const course = roadLine(segment.id);
  const names = [placeName(segment.from), placeName(segment.to)];
  return data.incidents
    .filter((incident) => (incident.isPrecise ? kmFromLine(incident, course) <= NEAR_KM : names.includes(incident.place) || kmFromLine(incident, course) <= NEAR_KM))
    .sort((a, b) => b.day - a.day);
}

function kmFromLine(incident, points) {
  const narrow = Math.cos((incident.lat * Math.PI) / 180);
  const flat = ({lng, lat}) => ({x: (lng - incident.lon) * narrow * KM_PER_DEGREE, y: (lat - incident.lat) * KM_PER_DEGREE});
  let nearest = Infinity;
  for (let i = 1; i < points.length; i += 1) {
    const [a, b] = [flat(points[i - 1]), flat(points[i])];
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const share = Math.max(0, Math.min(1, -(a.x * dx + a.y * dy) / (dx * dx + dy * dy || 1)));
    nearest = Math.min(nearest, Math.hypot(a.x + share * dx, a.y + share * dy));
  }
  return nearest;
}

function recordsOf(segment) {
  const near = recordsNear(segment);
  return [
    heading(text('why.near', {km: NEAR_KM, n: near.length})),
    data.incidentsSaid === undefined ? null : note(say(data.incidentsSaid)),
    near.length
      ? element(
          'ul',
          {class: 'records'},
          near.map((incident) =>
            element(
              'li',
              {},
              badge('incident', data.incidentClasses[incident.class][0]),
              element('span', {}, say(data.incidentClasses[incident.class][1]), small([dateText(incident.day), text(incident.isPrecise ? 'why.at' : 'why.around', {place: incident.place}), incident.source].join(' · '))),
            ),
          ),
        )
      : note(text('why.nonear')),
  ];
}
