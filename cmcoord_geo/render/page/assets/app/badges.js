// Badges on the map: each finds a free place near what it names, with a leader when it had to move away.

const HIT_BOX = 40; // pixels, for the finger
const AROUND = [
  [0, -26], [0, 26], [36, 0], [-36, 0], [32, -24], [-32, -24], [32, 24], [-32, 24], [0, -46], [0, 46], [60, 0],
  [-60, 0], [48, -40], [-48, -40], [48, 40], [-48, 40], [0, -70], [0, 70], [80, -30], [-80, -30], [80, 30], [-80, 30],
  [0, -95], [0, 95], [105, 0], [-105, 0], [70, -75], [-70, -75], [70, 75], [-70, 75],
];
const LEADER_FROM = 26;
const shownBadges = []; // {item, marker, make}: redrawn in place when the time changes

// Mark that stays where it is.
function fixedMark(where, node) {
  const icon = L.divIcon({className: 'mark', html: node, iconSize: [HIT_BOX, HIT_BOX]});
  return L.marker(where, {pane: 'badges', icon, interactive: false, keyboard: false}).addTo(groups.badges);
}

// Badge at the first free one of several points, else at the first.
function placeBadge({anchors, make, title, onClick, width = 32, rank = 0}) {
  const shrink = isSmall ? 0.72 : 1;
  const half = {x: (width * shrink) / 2, y: isSmall ? 9 : 12};
  const boxAt = ({x, y}) => [x - half.x - 1, y - half.y - 1, x + half.x + 1, y + half.y + 1];
  const points = anchors.map((anchor) => room.point(anchor));
  const near = points.slice(0, 3).flatMap((point) => AROUND.map(([dx, dy]) => L.point(point.x + dx * shrink, point.y + dy * shrink)));
  const free = [...points, ...near].filter((point) => room.isFree(boxAt(point)));
  const chosen = free.find((point) => room.isInside(boxAt(point))) || free[0] || points[0];
  room.block(boxAt(chosen));
  const where = map.layerPointToLatLng(chosen);
  if (chosen.distanceTo(points[0]) > LEADER_FROM) {
    line('badges', 'points', [anchors[0], where], {color: INK, weight: 1, opacity: 0.7});
  }
  const icon = L.divIcon({className: 'mark', html: make(), iconSize: [HIT_BOX, HIT_BOX]});
  const marker = L.marker(where, {pane: 'badges', icon, title, alt: title, keyboard: true, zIndexOffset: rank});
  marker.on('click', onClick).addTo(groups.badges);
  shownBadges.push({marker, make});
  return marker;
}

function refreshBadges() {
  for (const {marker, make} of shownBadges) {
    const node = marker.getElement();
    if (node) node.replaceChildren(make());
  }
}

const anchorsAlong = (id, pixels, shares) => shares.map((share) => pointBeside(id, share, pixels * scale));

function drawBadges() {
  shownBadges.length = 0;
  drawClosureBadges();
  drawNames('first');
  drawFerryBadges();
  drawConflictBadges();
  drawCorridorBadges();
  drawMovementBadges();
  drawOptionBadges();
  drawPatrolBadges();
  drawBridgeBadges();
  drawNames('rest');
}

// On a small map with something selected, badges of other roads stay away.
const isOutOfTheWay = (segment, focus) => isSmall && focus !== null && !focus.has(segment);

function drawClosureBadges() {
  if (!state.shown.closures) return;
  const focus = focusedRoads();
  drawEach('closures', data.closures, (closure) =>
    !isOutOfTheWay(closure.segment, focus) && placeBadge({
      anchors: [pointAt(closure.segment, closure.at)],
      make: () => closureBadge(closure),
      title: `${closure.mark} ${say(closure.said)}`,
      onClick: () => select('closure', closure.mark),
      width: 34,
      rank: 500,
    }),
  );
}

const crossingMark = (crossing, width) =>
  placeBadge({
    anchors: [pointAt(crossing.segment, crossing.at)],
    make: () => crossingBadge(crossing),
    title: crossingTitle(crossing),
    onClick: () => select('crossing', crossing.id),
    width,
    rank: 400,
  });

function drawFerryBadges() {
  if (!state.shown.ferries) return;
  const focus = focusedRoads();
  drawEach('ferries', ferries(), (crossing) => !isOutOfTheWay(crossing.segment, focus) && !(isSmall && isUnreported(crossing)) && crossingMark(crossing, 22));
}

function drawBridgeBadges() {
  if (!state.shown.bridges) return;
  const focus = focusedRoads();
  drawEach('bridges', bridges(), (crossing) => !isQuiet(crossing, focus) && crossingMark(crossing, 20));
}

function drawConflictBadges() {
  if (!state.shown.conflicts) return;
  const chosen = selectedConflict();
  const movement = selectedMovement();
  attemptEach(data.conflicts, (conflict) => {
    if ((chosen && conflict !== chosen) || (movement && conflict.movement !== movement.mark)) return;
    const isOn = conflict === chosen;
    const middle = (conflict.from + conflict.to) / 2;
    placeBadge({
      anchors: [
        ...anchorsAlong(conflict.segment, -36, [middle, conflict.from + 0.15, conflict.to - 0.15]),
        ...anchorsAlong(conflict.segment, 38, [0.5, 0.3, 0.7]),
      ],
      make: () => (isOn ? conflictBadge(conflict, windowText(conflict.window)) : conflictBadge(conflict)),
      title: `${conflict.mark} ${segmentName(conflict.segment)}`,
      onClick: () => select('conflict', conflict.mark),
      width: isOn ? 200 : 36,
      rank: 900,
    });
  });
}

function drawCorridorBadges() {
  if (!state.shown.corridors) return;
  attemptEach(data.corridors.filter(isOfTheDay), (corridor) => {
    const [part] = corridorParts(corridor);
    const middle = (part.from + part.to) / 2;
    const isOn = isSelected('corridor', corridor.mark);
    placeBadge({
      anchors: [...anchorsAlong(part.segment, 25, [middle, middle - 0.12, middle + 0.12]), ...anchorsAlong(part.segment, -30, [middle])],
      make: () => (isOn ? corridorBadge(corridor, windowText(corridor.stretches[0].window)) : corridorBadge(corridor)),
      title: `${corridor.mark} ${segmentName(part.segment)}`,
      onClick: () => select('corridor', corridor.mark),
      width: isOn ? 190 : 44,
      rank: 250,
    });
  });
}

const MOVEMENT_BADGE_AT = [0.6, 0.42, 0.75, 0.28, 0.86, 0.5, 0.15];

// Points beside an option where its badge may stand.
function movementAnchors(movement) {
  if (!movement.options.length) return [L.latLng(places.get(movement.from).lat, places.get(movement.from).lon)];
  const option = shownOption(movement);
  return MOVEMENT_BADGE_AT.flatMap((share) => {
    const km = share * lengthOf(option);
    const leg = option.legs.find((other) => other.km[1] >= km) || option.legs[0];
    const at = Math.max(0.1, Math.min(0.9, shareAt(leg, km)));
    return [20, 34, 46].map((pixels) => anchorsAlong(leg.segment, Math.max(pixels, leg.lane + 10), [at])[0]);
  });
}

function drawMovementBadges() {
  if (!state.shown.movements) return;
  const left = tally.left.movements || new Set();
  attemptEach(data.movements.filter((item) => !left.has(item)), (movement) => {
    placeBadge({
      anchors: movementAnchors(movement),
      make: () => movementBadge(movement),
      title: `${movement.mark} ${placeName(movement.from)} → ${placeName(movement.to)}`,
      onClick: () => select('movement', movement.mark),
      width: 34,
      rank: isSelected('movement', movement.mark) ? 800 : 300,
    });
  });
}

// Letters A to D on the stretch that only that option uses.
function drawOptionBadges() {
  const movement = selectedMovement();
  if (!movement || movement.options.length < 2) return;
  movement.options.forEach((option, number) => {
    const others = new Set(movement.options.filter((other) => other !== option).flatMap((other) => other.legs.map((leg) => leg.segment)));
    const own = option.legs.filter((leg) => !others.has(leg.segment));
    const leg = own[Math.floor(own.length / 2)] || option.legs[Math.floor(option.legs.length / 2)];
    placeBadge({
      anchors: [...anchorsAlong(leg.segment, 24, [0.5, 0.35, 0.65]), ...anchorsAlong(leg.segment, -22, [0.5, 0.4])],
      make: () => optionBadge(option, state.option === number),
      title: `${text('option')} ${option.letter}`,
      onClick: () => chooseOption(number),
      width: 28,
      rank: 850,
    });
  });
}

function drawPatrolBadges() {
  if (!state.shown.patrols) return;
  const focus = focusedRoads();
  attemptEach(data.patrols, (patrol) => {
    const [stretch] = patrol.stretches;
    if (!stretch || isOutOfTheWay(stretch.segment, focus) || (focus !== null && !patrol.stretches.some((part) => focus.has(part.segment)))) return;
    const middle = (stretch.from + stretch.to) / 2;
    placeBadge({
      anchors: [
        ...anchorsAlong(stretch.segment, -23, [middle, middle - 0.15, middle + 0.15, middle - 0.25, middle + 0.25]),
        ...anchorsAlong(stretch.segment, -38, [middle]),
      ],
      make: () => patrolBadge(patrol),
      title: `${patrol.mark} ${segmentName(stretch.segment)}`,
      onClick: () => select('patrol', patrol.mark),
      width: 32,
      rank: 200,
    });
  });
}
