// Badges on the map: each finds a free place near what it names, with a leader when it had to move away.

const HIT_BOX = 40; // pixels, for the finger
const AROUND = [
  [0, -26], [0, 26], [36, 0], [-36, 0], [32, -24], [-32, -24], [32, 24], [-32, 24], [0, -46], [0, 46], [60, 0],
  [-60, 0], [48, -40], [-48, -40], [48, 40], [-48, 40], [0, -70], [0, 70], [80, -30], [-80, -30], [80, 30], [-80, 30],
  [0, -95], [0, 95], [105, 0], [-105, 0], [70, -75], [-70, -75], [70, 75], [-70, 75],
];
const LEADER_FROM = 26;
const SHRINK = 0.72; // of distances, on a small map
const LEADER_SHARE = 0.13;
const SHORTEST_CAP = 36; // pixels
const LEADER_CAP = 120;
const badgeBoxes = []; // of badges and of triangles, which no badge may hide
const shownBadges = []; // {item, marker, make}: redrawn in place when the time changes

// Mark that stays where it is.
function fixedMark(where, node) {
  const icon = L.divIcon({className: 'mark', html: node, iconSize: [HIT_BOX, HIT_BOX]});
  return L.marker(where, {pane: 'badges', icon, interactive: false, keyboard: false}).addTo(groups.badges);
}

// Badge at the first free one of several points, or beside one with a leader. Without free room it covers names, on a
// small map never another badge: then it is left out (its line is drawn all the same).
function placeBadge({anchors, make, title, onClick, width = 32, rank = 0}) {
  const node = make();
  const half = isSmall ? {x: smallWidth(node) / 2, y: 9} : {x: width / 2, y: 12};
  const boxAt = ({x, y}) => [x - half.x - 1, y - half.y - 1, x + half.x + 1, y + half.y + 1];
  const spots = badgeSpots(anchors.map((anchor) => room.point(anchor)));
  const inside = spots.filter(({at}) => room.isInside(boxAt(at)));
  const chosen = inside.find(({at}) => room.isFree(boxAt(at))) || (isSmall ? inside.find(({at}) => isClear(boxAt(at))) : spots[0]);
  if (!chosen) {
    tally.leave('badges', title);
    return null;
  }
  room.block(boxAt(chosen.at));
  badgeBoxes.push(boxAt(chosen.at));
  const where = map.layerPointToLatLng(chosen.at);
  if (chosen.at.distanceTo(chosen.from) > LEADER_FROM * (isSmall ? SHRINK : 1)) {
    line('badges', 'points', [map.layerPointToLatLng(chosen.from), where], {color: INK, weight: 1, opacity: 0.7, className: 'leader'});
  }
  const icon = L.divIcon({className: 'mark', html: node, iconSize: [HIT_BOX, HIT_BOX]});
  const marker = L.marker(where, {pane: 'badges', icon, title, alt: title, keyboard: true, zIndexOffset: rank});
  marker.on('click', onClick).addTo(groups.badges);
  shownBadges.push({marker, make});
  return marker;
}

const overlap = (one, other) => one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
const isClear = (box) => !badgeBoxes.some((other) => overlap(box, other));

const smallWidth = (node) => Math.max(21, textWidth(node.textContent, `700 10px ${FONT}`) + 13);

// A leader is no longer than this part of the map's width, so that a badge stays with its road.
const longestLeader = () => Math.max(SHORTEST_CAP, Math.min(LEADER_CAP, map.getSize().x * LEADER_SHARE));

// Places for a badge, best first: the points themselves, then those around each within a leader's length.
function badgeSpots(points) {
  const shrink = isSmall ? SHRINK : 1;
  const near = points.flatMap((from) => AROUND.map(([dx, dy]) => ({at: L.point(from.x + dx * shrink, from.y + dy * shrink), from})));
  const cap = longestLeader();
  return [...points.map((at) => ({at, from: at})), ...near.filter(({at, from}) => at.distanceTo(from) <= cap)];
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
  drawAreaNames();
  drawFerryBadges();
  drawConflictBadges();
  drawCorridorBadges();
  drawMovementBadges();
  drawOptionBadges();
  drawPatrolBadges();
  drawOperationBadges();
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
    if ((chosen && conflict !== chosen) || (movement && conflict.movement !== movement.mark) || isOtherDay('conflict', conflict)) return;
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

const BESIDE_PLACE = [[-30, 4], [0, 26], [-30, 26], [30, 26], [0, -26]]; // not on it: its name comes first
const MOVEMENT_BADGE_AT = [0.6, 0.42, 0.75, 0.28, 0.86, 0.5, 0.15];

// Points beside an option where its badge may stand.
function movementAnchors(movement) {
  if (!movement.options.length) {
    const at = map.latLngToLayerPoint([places.get(movement.from).lat, places.get(movement.from).lon]);
    return BESIDE_PLACE.map((to) => map.layerPointToLatLng(at.add(to)));
  }
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
  attemptEach(badgeGroups(data.movements.filter((item) => !left.has(item))), (group) => {
    const [first] = group;
    placeBadge({
      anchors: movementAnchors(first),
      make: () => movementsBadge(group),
      title: group.map((movement) => `${movement.mark} ${placeName(movement.from)} → ${placeName(movement.to)}`).join(' · '),
      onClick: () => (group.length > 1 ? showTab('movements') : select('movement', first.mark)),
      width: 34,
      rank: isSelected('movement', first.mark) ? 800 : 300,
    });
  });
}

const MARKS_IN_A_BADGE = 3;

// On a small map movements of one road share a badge: [[H2, H4], [H3], ...].
function badgeGroups(movements) {
  if (!isSmall) return movements.map((movement) => [movement]);
  const groupsOf = [];
  for (const movement of movements) {
    const roads = new Set(movement.options.length ? shownOption(movement).legs.map((leg) => leg.segment) : []);
    const isSame = ({road, group}) => roads.has(road) && group.length < MARKS_IN_A_BADGE && isUndecided(group[0]) === isUndecided(movement);
    const found = groupsOf.find(isSame);
    if (found) found.group.push(movement);
    else groupsOf.push({road: badgeRoad(movement), group: [movement]});
  }
  return groupsOf.map(({group}) => group);
}

// The road at which a movement's badge would like to stand.
function badgeRoad(movement) {
  if (!movement.options.length) return null;
  const option = shownOption(movement);
  return option.legs.find((leg) => leg.km[1] >= MOVEMENT_BADGE_AT[0] * lengthOf(option)).segment;
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
    if (!stretch || isOtherDay('patrol', patrol) || isOutOfTheWay(stretch.segment, focus) || (focus !== null && !patrol.stretches.some((part) => focus.has(part.segment)))) return;
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
