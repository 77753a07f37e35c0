// What the reader has chosen, and what holds at the map's time.

const state = {
  lang: 'fr',
  tab: null,
  selected: null, // {kind, id}
  option: 0,
  now: 0,
  playing: null,
  shown: {}, // layer -> drawn or not
  isKeyOpen: true,
  isPrinting: false,
};

const isSelected = (kind, id) => state.selected !== null && state.selected.kind === kind && state.selected.id === id;
const selectedOf = (kind, list, key = 'mark') =>
  state.selected !== null && state.selected.kind === kind ? list.find((item) => item[key] === state.selected.id) || null : null;
const selectedMovement = () => selectedOf('movement', data.movements);
const selectedConflict = () => selectedOf('conflict', data.conflicts);

const isExpired = () => state.now > data.frame.expires;

// Past the expiry of the page or of its own report a closure or a crossing is unknown, never open.
const isClosureCurrent = (closure) => !isExpired() && state.now <= closure.expires;
const crossingState = (crossing) =>
  crossing.expires === null || isExpired() || state.now > crossing.expires ? 'unknown' : crossing.state;

const roadsOfClosure = (closure) => [closure.segment, ...(closure.along || []).map(([road]) => road)];

// State of a road at the map's time: a report while it holds, else unknown; a default of the season until the page expires.
function roadState(segment) {
  if (isExpired()) return 'unknown';
  const closure = data.closures.find((item) => roadsOfClosure(item).includes(segment.id));
  return closure && !isClosureCurrent(closure) ? 'unknown' : segment.state;
}

// A report that no longer holds; what never had a report has none to expire.
const isReportExpired = (crossing) => crossing.reported !== null && (isExpired() || state.now > crossing.expires);

const keptOption = (movement) => movement.options.findIndex((option) => option.decision === 'kept');
const isUndecided = (movement) => keptOption(movement) < 0;

// The option drawn for a movement: the chosen one of the selected, else the kept one, else the first.
const shownOption = (movement) =>
  movement.options[isSelected('movement', movement.mark) ? state.option : Math.max(0, keptOption(movement))];
