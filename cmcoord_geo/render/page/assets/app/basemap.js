// Country, neighbours, waters and prefectures: drawn once.

function drawBase() {
  const base = data.base;
  const add = (layer) => layer.addTo(groups.base);
  const options = (extra) => ({renderer: renderers.base, interactive: false, ...extra});
  const country = base.country.map((ring) => decode(ring, BASE_SCALE));
  const lines = (list) => list.map((line) => decode(line, BASE_SCALE));

  for (const neighbour of base.neighbours) {
    const rings = lines(neighbour.rings);
    add(L.polygon(rings, options({stroke: false, fillColor: COLOURS.abroad, fillOpacity: 1})));
    add(L.polyline(rings.flatMap((ring) => withoutFrame(ring)), options({color: '#c4bdae', weight: 1})));
  }
  add(L.polygon(country, options({color: COLOURS.band, weight: 7, opacity: 0.55, fillColor: COLOURS.land, fillOpacity: 1})));
  add(L.polygon(lines(base.lakes), options({stroke: false, fillColor: COLOURS.water, fillOpacity: 1})));
  for (const river of base.rivers) {
    add(L.polyline(lines(river.lines), options({color: COLOURS.water, weight: [0, 2.4, 1.5, 1][river.rank] || 1, opacity: 0.9})));
  }
  L.polyline(lines(base.prefectureLines), options({color: COLOURS.prefecture, weight: 1, dashArray: '1 3'})).addTo(groups.prefectures);
  add(L.polygon(country, options({fill: false, color: COLOURS.border, weight: 1.4, dashArray: '9 3 2 3'})));
}

// Parts of a ring that do not run along the edge of the base map: that edge is no border.
function withoutFrame(ring) {
  const [west, south, east, north] = data.base.box;
  const onEdge = (a, b) =>
    [west, east].some((lon) => Math.abs(a.lng - lon) < 0.01 && Math.abs(b.lng - lon) < 0.01) ||
    [south, north].some((lat) => Math.abs(a.lat - lat) < 0.01 && Math.abs(b.lat - lat) < 0.01);
  const parts = [[]];
  [...ring, ring[0]].forEach((point, i, closed) => {
    if (i > 0 && onEdge(closed[i - 1], point)) parts.push([]);
    parts[parts.length - 1].push(point);
  });
  return parts.filter((part) => part.length > 1);
}

const countryBounds = () => L.latLngBounds(data.base.country.flatMap((ring) => decode(ring, BASE_SCALE)));
