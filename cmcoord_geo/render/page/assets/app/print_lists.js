// What stands on the sheets after the map.

const printHead = () =>
  element(
    'div',
    {class: 'sheethead'},
    data.frame.isExercise ? element('b', {}, `${text('exercise')} · ${text('exercise.other')}`) : null,
    element('span', {}, say(data.frame.title)),
    metaRows().map(([name, value]) => element('span', {}, `${name} ${value}`)),
  );

const printBlock = (title, ...content) => element('section', {}, heading(title), ...content);

function printSheets() {
  const blocks = [];
  if (has('movements')) blocks.push(printBlock(text('tab.movements'), movementTable(), note(text('movement.note'))));
  if (has('conflicts')) blocks.push(printBlock(text('tab.conflicts'), note(text('conflict.note')), conflictTable()));
  if (has('corridors')) blocks.push(printBlock(text('corridor.title'), note(text('corridor.note')), corridorTable()));
  if (has('patrols')) blocks.push(printBlock(text('patrol.title'), note(text('patrol.note')), patrolTable()));
  if (has('operations')) blocks.push(printBlock(text('operation.title'), operationTable()));
  if (has('closures')) blocks.push(printBlock(text('closure.title'), closureTable()));
  if (has('areas')) blocks.push(printBlock(text('area.title'), note(text('area.note')), areaItems()));
  blocks.push(printBlock(text('ferry.title'), crossingTable(ferries())));
  if (has('incidentCounts') || has('movementCounts')) blocks.push(printBlock(text('tab.counts'), countList()));
  return [printHead(), element('div', {class: 'columns'}, blocks)];
}
