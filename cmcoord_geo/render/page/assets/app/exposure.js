// Exposure in words and as a bar: what is not known never reads as low.

const isUninformed = (exposure) => exposure.informed === 0;
const isPartlyInformed = (exposure) => exposure.informed > 0 && exposure.informed < 100;

// "12–22", "12–?" with the share that nothing is known of, or "no information".
function exposureText(exposure) {
  if (isUninformed(exposure)) return [swatch('exposure-0'), ' ', element('span', {class: 'unknown'}, text('exposure.none'))];
  if (!isPartlyInformed(exposure)) return [figure(range([exposure.low, exposure.high]))];
  return [figure(text('exposure.from', {n: exposure.low})), ' ', small(text('exposure.partly', {n: 100 - exposure.informed}))];
}

// No bar where nothing is known; one without an end where a part is not.
const exposureBar = (exposure, max, width, className) =>
  isUninformed(exposure) ? null : rangeBar([exposure.low, exposure.high], max, width, className, isPartlyInformed(exposure));
