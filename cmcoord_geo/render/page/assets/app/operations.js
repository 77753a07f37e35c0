// Announced operations and closures: a dash-dotted sleeve around their road, over the hours that were announced.

function drawOperations() {
  if (!state.shown.operations) return;
  drawEach('operations', data.operations, (operation) => {
    if (isOtherDay('operation', operation)) return false;
    for (const {segment, from, to} of operation.stretches) {
      drawSleeve('sleeves', 'sleeves', roadPart(segment, from, to), 6.5 * scale, {
        color: COLOURS.operation, weight: isSelected('operation', operation.mark) ? 2.8 : 1.8, dashArray: OPERATION_DASH, fill: COLOURS.operation, fillOpacity: 0.12,
      });
    }
    return true;
  });
}

const operationBadge = (operation) => badge('operation', operation.window === null ? `${operation.mark} ?` : operation.mark);

function drawOperationBadges() {
  if (!state.shown.operations) return;
  const focus = focusedRoads();
  attemptEach(data.operations, (operation) => {
    const [{segment, from, to}] = operation.stretches;
    if (isOtherDay('operation', operation) || isOutOfTheWay(segment, focus)) return;
    const middle = (from + to) / 2;
    placeBadge({
      anchors: [...anchorsAlong(segment, -20, [middle, middle - 0.15, middle + 0.15]), ...anchorsAlong(segment, 20, [middle])],
      make: () => operationBadge(operation),
      title: `${operation.mark} ${segmentName(segment)}`,
      onClick: () => select('operation', operation.mark),
      rank: 220,
    });
  });
}

const operationBars = () =>
  data.operations.filter(({window: span}) => span !== null && span[1] > 0).map(({mark, window: span}) => ({kind: 'operation', mark, window: span}));

const operationTable = () =>
  listTable(
    [text('ref'), text('stretch'), text('window')],
    data.operations.map((operation) =>
      listRow('operation', operation.mark, [
        [operationBadge(operation)],
        [rowButton([...new Set(operation.stretches.map((part) => segmentName(part.segment)))].join(', '), [operation.id, ...operation.movements].join(' · '))],
        operation.window === null ? [text('operation.anytime')] : twoLines(windowTexts(operation.window)),
      ]),
    ),
  );

const operationList = () => (has('operations') ? [heading(text('operation.title')), isFor('owner') ? note(text('operation.note')) : null, operationTable()] : []);
