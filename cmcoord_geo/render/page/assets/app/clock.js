// Minutes since the week began, as days and hours in Bangui (UTC+1 all year) and in UTC.

const MINUTES_A_DAY = 1440;
const BANGUI_OFFSET = 60;
const LOCALES = {fr: 'fr-FR', en: 'en-GB'};
const formats = {};

function dateFormat(options) {
  const key = state.lang + JSON.stringify(options);
  formats[key] = formats[key] || new Intl.DateTimeFormat(LOCALES[state.lang], {...options, timeZone: 'UTC'});
  return formats[key];
}

const banguiDate = (minute) => new Date((data.frame.weekStart + (minute + BANGUI_OFFSET) * 60) * 1000);

const dayOf = (minute) => Math.floor(minute / MINUTES_A_DAY);

// "lun. 30 nov.", "Mon 30 Nov"
const dayText = (minute) => dateFormat({weekday: 'short', day: 'numeric', month: 'short'}).format(banguiDate(minute)).replace(',', '');

// "30 nov. 2026"
const dateText = (minute) => dateFormat({day: 'numeric', month: 'short', year: 'numeric'}).format(banguiDate(minute));

// "L 30", for a narrow time bar
const dayLetter = (minute) => {
  const date = banguiDate(minute);
  return `${dateFormat({weekday: 'narrow'}).format(date).toUpperCase()} ${date.getUTCDate()}`;
};

function hourText(minute) {
  const ofDay = ((Math.round(minute) % MINUTES_A_DAY) + MINUTES_A_DAY) % MINUTES_A_DAY;
  const two = (number) => String(number).padStart(2, '0');
  return `${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}`;
}

const utcHour = (minute) => `${hourText(minute - BANGUI_OFFSET)} UTC`;
const momentText = (minute) => `${dayText(minute)} ${hourText(minute)}`;

// A window as day and hours when it lies in one day, else as two moments.
function windowTexts([start, end]) {
  if (dayOf(start) === dayOf(end - 1)) {
    const last = end % MINUTES_A_DAY === 0 ? '24:00' : hourText(end);
    return [dayText(start), `${hourText(start)}–${last}`];
  }
  return [momentText(start), `→ ${momentText(end)}`];
}

const windowText = (span) => windowTexts(span).join(' ');

// Sunrise and sunset of a day of the week: [first, last] minute of each, since they differ across the country.
function sunOf(dayStart) {
  const rows = data.frame.sun.filter((row) => row[1] === dayStart);
  if (!rows.length) return null;
  const span = (column) => [Math.min(...rows.map((row) => row[column])), Math.max(...rows.map((row) => row[column]))];
  return {rise: span(2), set: span(3)};
}

function isNight(minute) {
  const sun = sunOf(dayOf(minute) * MINUTES_A_DAY);
  return sun !== null && (minute < sun.rise[0] || minute > sun.set[1]);
}
