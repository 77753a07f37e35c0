// List of the planned movements.

const ROW_BUTTON = 'rowbutton';

// A table of rows that select something: cells are given by column, each a list of nodes.
function listTable(columns, rows) {
  return element(
    'table',
    {class: 'list'},
    element('thead', {}, element('tr', {}, columns.map((column) => element('th', {scope: 'col'}, column)))),
    element('tbody', {}, rows),
  );
}

function listRow(kind, id, cells) {
  const attributes = {'data-kind': kind, 'data-id': id, on: {click: () => select(kind, id)}};
  if (isSelected(kind, id)) attributes['aria-current'] = 'true';
  return element('tr', attributes, cells.map((cell) => element('td', {}, cell)));
}

const rowButton = (title, detail) => button({class: ROW_BUTTON}, element('bdi', {}, title), detail ? element('small', {}, detail) : null);

const twoLines = ([first, second]) => [element('span', {}, first), element('small', {}, second)];

const tripText = (movement) => [element('bdi', {}, placeName(movement.from)), ' → ', element('bdi', {}, placeName(movement.to))];

function movementTable() {
  return listTable(
    [text('ref'), text('movement.trip'), text('movement.depart'), text('exposure')],
    data.movements.map((movement) =>
      listRow('movement', movement.mark, [
        [movementBadge(movement)],
        [button({class: ROW_BUTTON}, tripText(movement), element('small', {}, [movement.id, movement.organisation].filter(Boolean).flatMap((word) => [element('bdi', {}, word), ' · ']), say(movement.vehicles)))],
        twoLines(windowTexts(movement.depart)),
        movementExposure(movement),
      ]),
    ),
  );
}

function movementExposure(movement) {
  if (!movement.options.length) return [element('span', {class: 'tag question'}, text('movement.refused'))];
  const option = shownOption(movement);
  const found = [];
  if (isUndecided(movement)) {
    found.push(element('span', {class: 'tag question'}, text('movement.pending')));
  } else {
    found.push(element('span', {}, exposureText(option.exposure)));
    if (!isUninformed(option.exposure)) found.push(swatch(`exposure-${option.worstClass}`));
  }
  const flags = data.conflicts.filter((conflict) => conflict.movement === movement.mark).map((conflict) => conflictBadge(conflict));
  if (option.ordnance) flags.push(ordnanceMark());
  if (flags.length) found.push(element('div', {class: 'flags'}, flags));
  return found;
}

// What was refused stands above what was read: the list rests on less.
const refusedData = () => data.dataNotes.map((said) => element('p', {class: 'warning'}, say(said)));

const movementList = () => [refusedData(), movementTable(), note(text('movement.note'))];
