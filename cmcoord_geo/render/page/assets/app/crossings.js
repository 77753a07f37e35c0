// Ferries, bridges and fords.

const isFerry = (crossing) => crossing.kind === 'ferry';
const layerOfCrossing = (crossing) => (isFerry(crossing) ? 'ferries' : 'bridges');

const ferries = () => data.crossings.filter(isFerry);
const bridges = () => data.crossings.filter((crossing) => !isFerry(crossing));

function crossingTitle(crossing) {
  const known = crossingState(crossing);
  const parts = [say(crossing.name), text(`crossing.${known}`)];
  if (crossing.capacity !== null) parts.push(`${say(crossing.capacity)} t`);
  if (!crossing.isPlaceKnown) parts.push(text('crossing.place'));
  return parts.join(' · ');
}

// A bridge or ford without any report waits for a closer look: unknown everywhere, it would only hide the rest.
const ZOOM_OF_CROSSINGS = 7.25;
const ZOOM_OF_ALL_CROSSINGS = 8.5;

const isUnreported = (crossing) => crossing.reported === null && crossing.capacity === null;

function isQuiet(crossing, focus) {
  if (!isUnreported(crossing)) return false;
  if (map.getZoom() >= ZOOM_OF_ALL_CROSSINGS) return false;
  return map.getZoom() < ZOOM_OF_CROSSINGS || (focus !== null && !focus.has(crossing.segment));
}
