// Colours and lines of the map: design/mock/README.md of the project decides.

const INK = '#1d2530';
const COLOURS = {
  abroad: '#efece5', land: '#fffefb', band: '#c9bfae', border: '#6f6759', water: '#9cb9cb',
  prefecture: '#b9b1a2', movement: '#0072B2', movementDark: '#00507d', movementPale: '#9bd0ee',
  patrol: '#9a4c79', patrolPale: '#f3dfea', area: '#4b2e83', operation: '#00594c', road: '#8f877a', unknown: '#7c7f85',
};

// Fill of a road by exposure class, at the scale of the country. Lightness falls, width grows, and 3 has gaps
// and 4 rungs, so that grey print keeps the order. Class 0 is no information: not part of the scale.
const EXPOSURE = {
  1: {color: '#F0E442', weight: 2.2},
  2: {color: '#E69F00', weight: 3.6},
  3: {color: '#D55E00', weight: 5.2, gaps: {weight: 5.2, dashArray: '2 6'}},
  4: {color: '#8a2f00', weight: 7, gaps: {weight: 7, dashArray: '1.1 3.4'}},
  0: {color: COLOURS.unknown, weight: 2.8, dashArray: '0.1 5.5', lineCap: 'round'},
};

// Edge of a road by its class: how much wider than its fill, and which ink.
const CASING = {
  national: {color: '#24282f', wider: 2.2},
  regional: {color: '#8a857b', wider: 1.5},
};
const casingOf = (segment) => CASING[segment.roadClass] || CASING.regional;

// Fill of a road by its state, where exposure is not shown.
const STATE_FILL = {
  open: {color: '#ffffff', weight: 3.2},
  restricted: {color: '#ffffff', weight: 2, dashArray: '6 4'},
  closed: {color: '#000000', weight: 2.4},
  conflicting: {color: '#000000', weight: 2, dashArray: '2 3'},
  unknown: {color: COLOURS.unknown, weight: 2.4, dashArray: '0.1 5.5', lineCap: 'round'},
};

// By default of the season, without a report that speaks: lighter and thinner.
const CLOSED_BY_SEASON = {...STATE_FILL.closed, color: '#6f747c'};
const SEASON_FILL = {
  open: {...STATE_FILL.open, weight: 1},
  restricted: {...STATE_FILL.restricted, weight: 1.2, dashArray: '3 6'},
  closed: CLOSED_BY_SEASON,
};

// Hatching of a road whose last report no longer speaks: rungs across it, wider than its edge.
const HATCH = {color: INK, dashArray: '1.2 7', lineCap: 'butt'};
const HATCH_WIDER = 5;

const OFFERED_DASH = '7 4';
const OPERATION_DASH = '8 3 2 3';
const UNKNOWN_DASH = '4 3';
const OPTION_DASHES = ['9 4', '4 4', '12 3 3 3', '2 5'];
const LANE_FIRST = 8.5;
const LANE_STEP = 5.2;
const PATROL_LANE = -8.5;
