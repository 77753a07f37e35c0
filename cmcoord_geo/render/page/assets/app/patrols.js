// Patrol windows, requested corridors, conflicts.

function stretchKm(segmentId, from, to) {
  const length = segments.has(segmentId) ? segments.get(segmentId).kmMid : 0;
  return `km ${Math.round(from * length)}–${Math.round(to * length)}`;
}

function patrolTable() {
  return listTable(
    [text('ref'), text('stretch'), text('window'), text('state')],
    data.patrols.map((patrol) =>
      listRow('patrol', patrol.mark, [
        [patrolBadge(patrol)],
        [rowButton([...new Set(patrol.stretches.map((part) => segmentName(part.segment)))].join(', '), patrol.stretches.map((part) => stretchKm(part.segment, part.from, part.to)).join(' · '))],
        patrol.window === null ? [text('patrol.nowindow')] : twoLines(windowTexts(patrol.window)),
        [
          element('span', {class: `tag ${patrol.state}`}, text(`patrol.${patrol.state}`)),
          patrol.passed === null ? null : element('small', {}, text('patrol.passed', {when: momentText(patrol.passed)})),
        ],
      ]),
    ),
  );
}

const patrolList = () => (has('patrols') ? [heading(text('patrol.title')), note(text('patrol.note')), patrolTable()] : []);

function corridorTable() {
  return listTable(
    [text('ref'), text('stretch'), text('window')],
    data.corridors.map((corridor) =>
      listRow('corridor', corridor.mark, [
        [corridorBadge(corridor)],
        corridor.stretches.map((stretch) => rowButton(segmentName(stretch.segment), [`km ${wholeRange(stretch.km)}`, element('span', {class: 'line'}, endsText(stretch))])),
        [...new Set(corridor.stretches.map((stretch) => stretch.window.join()))].map((span) => element('div', {}, twoLines(windowTexts(span.split(',').map(Number))))),
      ]),
    ),
  );
}

// Coordinates of both ends, for those who plan on another map.
function endsText(stretch) {
  if (!segments.has(stretch.segment)) return '';
  const length = segments.get(stretch.segment).kmMid || 1;
  return stretch.km
    .map((km) => pointAt(stretch.segment, km / length))
    .map(({lat, lng}) => `${lat.toFixed(2)} N ${lng.toFixed(2)} E`)
    .join(' → ');
}

const corridorList = () => [heading(text('corridor.title')), note(text('corridor.note')), data.corridors.length > MANY_CORRIDORS ? note(text('corridor.day')) : null, corridorTable()];

function conflictTable() {
  const rows = data.conflicts.flatMap((conflict) => {
    const movement = movementOf(conflict.movement);
    const patrol = byMark(data.patrols, conflict.patrol);
    const row = listRow('conflict', conflict.mark, [
      [conflictBadge(conflict)],
      [rowButton(segmentName(conflict.segment), stretchKm(conflict.segment, conflict.from, conflict.to))],
      twoLines(windowTexts(conflict.window)),
      [element('div', {class: 'flags'}, movement ? movementBadge(movement) : conflict.movement, patrol ? patrolBadge(patrol) : conflict.patrol)],
    ]);
    if (!isSelected('conflict', conflict.mark)) return [row];
    return [row, element('tr', {class: 'details'}, element('td', {}), element('td', {colspan: 3}, say(conflict.said)))];
  });
  return listTable([text('ref'), text('stretch'), text('window'), text('conflict.between')], rows);
}

const conflictList = () => [
  note(text('conflict.note')),
  has('conflicts') ? conflictTable() : null,
  data.conflicts.some(isUnsure) ? note(text('conflict.unsure')) : null,
  note(text(has('conflicts') ? 'conflict.elsewhere' : data.noPatrols ? 'conflict.unknown' : 'conflict.none', {when: momentText(data.frame.asOf)})),
  note(text('conflict.other')),
  refusedData(),
];
