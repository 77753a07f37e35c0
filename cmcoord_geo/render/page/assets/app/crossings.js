// Ferries, bridges and fords: always a mark on the road, with its letter where there is room.

const isFerry = (crossing) => crossing.kind === 'ferry';
const layerOfCrossing = (crossing) => (isFerry(crossing) ? 'ferries' : 'bridges');

const ferries = () => data.crossings.filter(isFerry);
const bridges = () => data.crossings.filter((crossing) => !isFerry(crossing));

function crossingTitle(crossing) {
  const known = crossingState(crossing);
  const parts = [say(crossing.name), text(`crossing.${known}`)];
  if (crossing.capacity !== null) parts.push(`${crossing.capacity} t`);
  if (!crossing.isPlaceKnown) parts.push(text('crossing.place'));
  return parts.join(' · ');
}

// A bridge or ford without report at the scale of the country: a small ring, so that it is there but does not shout.
function drawSmallCrossing(crossing) {
  const where = pointAt(crossing.segment, crossing.at);
  L.circleMarker(where, {
    renderer: renderers.points,
    interactive: false,
    radius: 2,
    color: INK,
    weight: 1,
    dashArray: '1.5 1.5',
    fillColor: '#fff',
    fillOpacity: 1,
  }).addTo(groups.points);
}

const isQuiet = (crossing) => !isFerry(crossing) && crossing.state === 'unknown' && crossing.capacity === null && map.getZoom() < 7.25;
