// Reported closures and crossings, with their age and their end.

const closureUntil = (closure) =>
  isClosureCurrent(closure) ? text('closure.until', {when: momentText(closure.expires)}) : text('closure.expired');

function closureTable() {
  return listTable(
    [text('ref'), text('stretch'), text('state')],
    data.closures.map((closure) =>
      listRow('closure', closure.mark, [
        [closureBadge(closure)],
        [rowButton(say(closure.said), text('reported', {when: momentText(closure.reported)}))],
        [
          isClosureCurrent(closure) ? text(`state.${closure.state}`) : text('state.unknown'),
          element('small', {}, closureUntil(closure)),
        ],
      ]),
    ),
  );
}

// Road of a crossing; nothing where it is the crossing itself, as a ferry often is.
function roadOfCrossing(crossing) {
  const road = segmentName(crossing.segment);
  return road === say(crossing.name) ? null : road;
}

function crossingTable(list) {
  return listTable(
    [text('ref'), text('crossing'), text('state')],
    list.map((crossing) =>
      listRow('crossing', crossing.id, [
        [crossingBadge(crossing)],
        [rowButton(say(crossing.name), roadOfCrossing(crossing))],
        [
          text(`crossing.${crossingState(crossing)}`),
          crossing.capacity === null ? null : ` · ${say(crossing.capacity)} t`,
          element('small', {}, crossing.reported === null ? text('crossing.noreport') : text('reported', {when: momentText(crossing.reported)})),
        ],
      ]),
    ),
  );
}

const closureList = () => [
  heading(text('closure.title')),
  data.roadNotes.map((said) => note(say(said))),
  has('closures') ? closureTable() : note(text('closure.none')),
  heading(text('ferry.title')),
  crossingTable(ferries()),
];

const bridgeList = () => [heading(text('bridge.title')), note(text('bridge.note')), crossingTable(bridges())];
