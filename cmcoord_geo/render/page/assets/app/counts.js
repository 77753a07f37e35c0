// Counts by prefecture, for the public: past, without lines, small counts not shown.

const countTable = (rows) =>
  element(
    'table',
    {class: 'list counts'},
    element('thead', {}, element('tr', {}, element('th', {scope: 'col'}, text('counts.area')), element('th', {scope: 'col'}, text('counts.number')))),
    element('tbody', {}, rows.map((row) => element('tr', {}, element('td', {}, element('bdi', {}, row.area)), element('td', {}, String(row.count))))),
  );

const countList = () => [
  note(text('counts.note')),
  has('movementCounts') ? [heading(text('counts.movements')), countTable(data.movementCounts)] : null,
  has('incidentCounts') ? [heading(text('counts.incidents')), countTable(data.incidentCounts)] : null,
];
