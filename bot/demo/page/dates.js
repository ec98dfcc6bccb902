// Times as the reader's browser writes them; the stand-in speaks Unix seconds.

// 24 hours, as the bot writes its own times.
const TIME = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const WEEKDAY = new Intl.DateTimeFormat(undefined, { weekday: "short" });
const DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long" });
const DAY_AND_YEAR = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "long",
  year: "numeric",
});
const SHORT = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const WHOLE = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

export function clock(seconds) {
  return TIME.format(seconds * 1000);
}

export function whole(seconds) {
  return WHOLE.format(seconds * 1000);
}

// Two messages of one day have the same key, in the reader's own time zone.
export function dayKey(seconds) {
  return new Date(seconds * 1000).toDateString();
}

export function dayName(seconds, now = new Date()) {
  const away = daysAgo(seconds, now);
  if (away === 0) return "Today";
  if (away === 1) return "Yesterday";
  const sameYear = new Date(seconds * 1000).getFullYear() === now.getFullYear();
  return (sameYear ? DAY : DAY_AND_YEAR).format(seconds * 1000);
}

// In the list of chats there is room for a few characters only.
export function shortStamp(seconds, now = new Date()) {
  const away = daysAgo(seconds, now);
  if (away === 0) return clock(seconds);
  return (away < 7 ? WEEKDAY : SHORT).format(seconds * 1000);
}

function daysAgo(seconds, now) {
  const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(now) - midnight(new Date(seconds * 1000))) / 86400000);
}
