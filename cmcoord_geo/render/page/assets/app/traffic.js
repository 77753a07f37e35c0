// Who uses the roads: movements to the north or west of them, patrols to the south or east, sleeves around them.

const lanes = new Map(); // segment id -> movements drawn beside it

const MANY_CORRIDORS = 12;

// With many corridors only those of the map's day stand out.
const isOfTheDay = (corridor) =>
  data.corridors.length <= MANY_CORRIDORS ||
  isSelected('corridor', corridor.mark) ||
  corridor.stretches.some((stretch) => dayOf(stretch.window[0]) <= dayOf(state.now) && dayOf(stretch.window[1] - 1) >= dayOf(state.now));

function drawCorridors() {
  if (!state.shown.corridors) return;
  drawEach('corridors', data.corridors, (corridor) => {
    const isOn = isSelected('corridor', corridor.mark);
    if (!isOfTheDay(corridor)) {
      for (const part of corridorParts(corridor)) line('sleeves', 'sleeves', roadPart(part.segment, part.from, part.to), {color: COLOURS.patrolPale, weight: 14 * scale});
      return;
    }
    for (const part of corridorParts(corridor)) {
      const points = roadPart(part.segment, part.from, part.to);
      drawSleeve('sleeves', 'sleeves', points, (isOn ? 13 : 11) * scale, {
        color: COLOURS.patrol,
        weight: isOn ? 2.6 : 1.8,
        fill: COLOURS.patrolPale,
        fillOpacity: 0.75,
        endWeight: 3.4,
      });
    }
  });
}

// Two lines along a road, closed at both ends.
function drawSleeve(group, pane, points, pixels, style) {
  const [one, other] = [beside(points, pixels), beside(points, -pixels)];
  area(group, pane, [...one, ...[...other].reverse()], {stroke: false, fillColor: style.fill, fillOpacity: style.fillOpacity});
  const edge = {color: style.color, weight: style.weight, dashArray: style.dashArray};
  line(group, pane, [one, other], edge);
  const last = points.length - 1;
  line(group, pane, [[one[0], other[0]], [one[last], other[last]]], {...edge, weight: style.endWeight || style.weight});
  for (const side of [one, other]) room.discourage(side, 2);
}

// On a small map patrols and conflicts of other days than the map's would hide those of its day.
const isOtherDay = (kind, {mark, window: span}) =>
  isSmall && !isSelected(kind, mark) && !isOfSelected(mark) && span !== null && (dayOf(span[0]) > dayOf(state.now) || dayOf(span[1] - 1) < dayOf(state.now));

const isOfSelected = (mark) => (selectedConflict() || {}).patrol === mark;

// ---- patrols: offered is dashed and hollow, confirmed is full

function drawPatrols() {
  if (!state.shown.patrols) return;
  const focus = focusedRoads();
  drawEach('patrols', data.patrols, (patrol) => {
    if (isOtherDay('patrol', patrol)) return false;
    const isFocused = focus === null || patrol.stretches.some((stretch) => focus.has(stretch.segment));
    const isOn = isSelected('patrol', patrol.mark) || (selectedConflict() || {}).patrol === patrol.mark;
    for (const stretch of patrol.stretches) {
      drawPatrolLine('patrols', 'patrols', patrol, stretch, {wider: isOn ? 2 : 0, opacity: isFocused ? 1 : 0.35});
    }
    return true;
  });
}

function drawPatrolLine(group, pane, patrol, stretch, {wider, opacity}) {
  const points = beside(roadPart(stretch.segment, stretch.from, stretch.to), PATROL_LANE * scale);
  const weight = (5.2 + wider) * scale;
  const isOffered = patrol.state !== 'confirmed';
  line(group, pane, points, {color: '#fff', weight: weight + 2.4 * scale, opacity});
  line(group, pane, points, {color: COLOURS.patrol, weight, opacity, dashArray: isOffered ? OFFERED_DASH : null});
  if (isOffered) line(group, pane, points, {color: '#fff', weight: weight * 0.42, opacity, dashArray: OFFERED_DASH});
  room.discourage(points, 2);
}

const isActive = (patrol) => patrol.window !== null && state.now >= patrol.window[0] && state.now <= patrol.window[1];

function drawActivePatrols() {
  if (!state.shown.patrols) return;
  const focus = focusedRoads();
  attemptEach(data.patrols.filter(isActive), (patrol) => {
    if (focus !== null && !patrol.stretches.some((stretch) => focus.has(stretch.segment))) return;
    for (const stretch of patrol.stretches) drawPatrolLine('now', 'now', patrol, stretch, {wider: 3, opacity: 1});
  });
}

// ---- movements

const DIRECTION_AT = 0.74;

function drawMovements() {
  lanes.clear();
  if (!state.shown.movements) return;
  const chosen = selectedMovement();
  const conflict = selectedConflict();
  const isLeftOut = (movement) => (chosen && movement !== chosen) || (conflict && conflict.movement !== movement.mark);
  drawEach('movements', data.movements, (movement) => {
    if (isLeftOut(movement)) return false;
    if (!movement.options.length) drawRefused(movement);
    else drawMovement(movement, movement === chosen);
    return true;
  });
}

function drawMovement(movement, isChosen) {
  const shown = shownOption(movement);
  if (isChosen) {
    movement.options.forEach((option, number) => {
      if (option !== shown) drawOption(option, {dashArray: OPTION_DASHES[number], weight: 2.8, lane: LANE_FIRST + LANE_STEP * (number + 1)});
    });
  }
  drawOption(shown, {dashArray: isUndecided(movement) ? '2.5 3.5' : null, weight: isChosen ? 5 : 3});
}

function drawOption(option, {dashArray, weight, lane = null}) {
  for (const leg of option.legs) {
    const pixels = lane === null ? claimLane(leg.segment) : lane;
    leg.lane = pixels;
    const points = beside(roadLine(leg.segment), pixels * scale);
    line('movements', 'movements', points, {color: '#fff', weight: (weight + 2.2) * scale, opacity: 0.95});
    line('movements', 'movements', points, {color: COLOURS.movement, weight: weight * scale, dashArray});
    room.discourage(points, 2);
  }
  drawDirection(option.legs[option.legs.length - 1]);
}

function claimLane(segment) {
  const number = lanes.get(segment) || 0;
  lanes.set(segment, number + 1);
  return LANE_FIRST + LANE_STEP * number;
}

// Arrow head on the last leg.
function drawDirection(leg) {
  const [from, to] = leg.isForward ? [DIRECTION_AT, DIRECTION_AT + 0.06] : [1 - DIRECTION_AT, 1 - DIRECTION_AT - 0.06];
  const side = beside(roadPart(leg.segment, from, to), leg.lane * scale).map((point) => map.latLngToLayerPoint(point));
  const [tail, head] = leg.isForward ? [side[0], side[side.length - 1]] : [side[side.length - 1], side[0]];
  const length = head.distanceTo(tail) || 1;
  const along = {x: (head.x - tail.x) / length, y: (head.y - tail.y) / length};
  const reach = 6.5 * scale;
  const corner = (ahead, aside) =>
    map.layerPointToLatLng([tail.x + (along.x * ahead - along.y * aside) * reach, tail.y + (along.y * ahead + along.x * aside) * reach]);
  area('movements', 'movements', [corner(1.5, 0), corner(0, 0.95), corner(0, -0.95)], {
    color: '#fff',
    weight: 1.2,
    fillColor: COLOURS.movement,
    fillOpacity: 1,
  });
}

// No road was found: a dashed ring at both ends and nothing between them, for a straight line is no road.
function drawRefused(movement) {
  for (const id of [movement.from, movement.to]) {
    const place = places.get(id);
    L.circleMarker([place.lat, place.lon], {
      renderer: renderers.movements,
      interactive: false,
      radius: 9 * scale,
      color: COLOURS.movement,
      weight: 1.6,
      dashArray: '2.5 3.5',
      fill: false,
    }).addTo(groups.movements);
  }
}

const SHORTEST_POSITION_KM = 4;

// Where a movement may be at the map's time: from the slowest to the fastest, never a point.
function drawPositions() {
  if (!state.shown.movements) return;
  const chosen = selectedMovement();
  const conflict = selectedConflict();
  attemptEach(data.movements, (movement) => {
    if (!movement.options.length || isUndecided(movement)) return;
    if ((chosen && movement !== chosen) || (conflict && conflict.movement !== movement.mark)) return;
    const option = shownOption(movement);
    if (state.now < movement.depart[0] || state.now > arrivalOf(option)) return;
    drawPosition(option, kmAt(option.slow, state.now), kmAt(option.fast, state.now));
  });
}

function drawPosition(option, slow, fast) {
  const low = Math.min(slow, lengthOf(option) - SHORTEST_POSITION_KM);
  for (const part of partsBetween(option, low, Math.max(fast, low + SHORTEST_POSITION_KM))) {
    const leg = option.legs.find((other) => other.segment === part.segment);
    const points = beside(roadPart(part.segment, part.from, part.to), (leg.lane || LANE_FIRST) * scale);
    const round = {lineCap: 'round'};
    line('now', 'now', points, {color: '#fff', weight: 12 * scale, ...round});
    line('now', 'now', points, {color: COLOURS.movementDark, weight: 9 * scale, ...round});
    line('now', 'now', points, {color: COLOURS.movementPale, weight: 3 * scale, ...round});
  }
}

// ---- conflicts: a black sleeve, dashed where it is not known whether both are there

const isUnsure = (conflict) => conflict.answer === 'unknown';

function drawConflicts() {
  if (!state.shown.conflicts) return;
  const chosen = selectedConflict();
  const movement = selectedMovement();
  drawEach('conflicts', data.conflicts, (conflict) => {
    if ((chosen && conflict !== chosen) || (movement && conflict.movement !== movement.mark) || isOtherDay('conflict', conflict)) return false;
    const isOn = conflict === chosen;
    drawSleeve('conflicts', 'conflicts', roadPart(conflict.segment, conflict.from, conflict.to), (isOn ? 19 : 16) * scale, {
      color: '#000',
      weight: isOn ? 2.6 : 1.6,
      dashArray: isUnsure(conflict) ? UNKNOWN_DASH : null,
      fill: '#000',
      fillOpacity: isOn ? 0.1 : 0,
    });
    return true;
  });
}
