// Small drawings in the comparison of options.

const CHART_HEIGHT = 36;
const GROUND = 28;
const HEIGHTS = {0: 3, 1: 5, 2: 9, 3: 13, 4: 17};

// Range on an axis from nought: hollow without patrols, solid with them; an arrow to the end of the axis when it has
// no upper end.
function rangeBar([low, high], max, width, className, isOpen = false) {
  const x = (value) => (value / (max || 1)) * (width - 2) + 1;
  return shape(
    'svg',
    {class: 'range', width, height: 16, viewBox: `0 0 ${width} 16`, 'aria-hidden': 'true'},
    shape('path', {d: `M1 12H${width - 1}M1 9v6M${width / 2} 9v6M${width - 1} 9v6`, stroke: '#c9c3b7', fill: 'none'}),
    shape('rect', {x: x(low), y: 7, width: Math.max(3, x(high) - x(low)), height: 9, class: className}),
    isOpen ? shape('path', {d: `M${x(high)} 11.5H${width - 6}M${width - 8} 7.5l6 4-6 4`, class: 'openend'}) : null,
  );
}

// Exposure along an option: the higher, the more exposed; patrol presence above, ordnance as triangles.
function profileChart(option, width, maxKm) {
  const x = (km) => (km / maxKm) * (width - 2) + 1;
  const drawn = option.profile.flatMap((part) => profilePart(x(part.km[0]), x(part.km[1]), part.exposure));
  for (const leg of option.legs) drawn.push(shape('line', {x1: x(leg.km[1]), x2: x(leg.km[1]), y1: GROUND, y2: GROUND + 4, stroke: INK}));
  for (const part of option.cover) {
    const isOffered = !part.isConfirmed;
    const [left, right] = part.km.map(x);
    drawn.push(shape('rect', {x: left, y: 5.5, width: Math.max(2, right - left), height: 3.6, class: isOffered ? 'cover offered' : 'cover'}));
  }
  for (const leg of option.legs.filter((item) => (segments.get(item.segment) || {}).ordnance)) {
    const middle = (x(leg.km[0]) + x(leg.km[1])) / 2;
    drawn.push(shape('path', {d: `M${middle} 0l4.2 7.4h-8.4z`, class: 'triangle'}));
  }
  drawn.push(shape('line', {x1: 1, x2: x(lengthOf(option)), y1: GROUND, y2: GROUND, stroke: INK}));
  return shape('svg', {class: 'profile', width, height: CHART_HEIGHT, viewBox: `0 0 ${width} ${CHART_HEIGHT}`, role: 'img', 'aria-label': text('compare.profile')}, drawn);
}

function profilePart(left, right, exposure) {
  if (exposure === 0) {
    const dots = {stroke: COLOURS.unknown, 'stroke-width': 3, 'stroke-dasharray': '.1 5', 'stroke-linecap': 'round'};
    return [shape('line', {x1: left + 2, x2: right - 2, y1: GROUND - 3, y2: GROUND - 3, ...dots})];
  }
  const top = GROUND - HEIGHTS[exposure];
  const drawn = [shape('rect', {x: left + 0.5, y: top, width: Math.max(1, right - left - 1), height: GROUND - top, fill: EXPOSURE[exposure].color})];
  const gap = {3: 7, 4: 4}[exposure];
  for (let at = left + 4; gap && at < right - 2; at += gap) {
    drawn.push(shape('line', {x1: at, x2: at, y1: top, y2: GROUND, stroke: '#fff', 'stroke-width': exposure === 3 ? 1.6 : 1}));
  }
  return drawn;
}
